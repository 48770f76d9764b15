"""The forms of a story, and of the consent of those who are portrayed in it."""

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.agreement import partner_field, partners_of
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.attachment import ask_for_file
from wijkpeil.web.programmes.forms.fields import DeskForm, choice, line, passage


class StoryForm(DeskForm):
    """A small success, or a result that nobody sought."""

    title = line(mark("Titel"), most=200)
    text = passage(mark("Het verhaal of het citaat"), rows=8)
    evidence = passage(mark("Waar blijkt het uit?"))
    year = forms.IntegerField(label=later(mark("Jaar")), min_value=1990, max_value=2100)
    indicator = choice(mark("Bij welk cijfer hoort het?"), (), required=False)
    was_sought = forms.BooleanField(label=later(mark("Dit was de bedoeling van het programma")), required=False)
    portrayed = forms.IntegerField(
        label=later(mark("Hoeveel mensen zijn herkenbaar?")),
        help_text=later(mark("Van elk van hen leg je daarna de toestemming vast.")),
        min_value=0,
        max_value=200,
    )

    def build(self) -> None:
        """Offer the figures and the partners."""
        policy, language = self.desk.edition.policy, self.desk.request.tongue
        self.fields["indicator"].choices += [(one.id, language.label(one)) for one in policy.indicators]  # type: ignore[attr-defined]
        self.fields["partner"] = partner_field(mark("Van welke partij is het?"), partners_of(self, Kind.STORY))
        self.fields["partner"].required = False
        ask_for_place(self, Kind.STORY)
        ask_for_file(self, mark("Foto of ander bestand"), is_photo=True)


class ConsentForm(DeskForm):
    """That somebody who is portrayed agreed."""

    name = line(mark("Wie gaf toestemming?"), help_text=mark("Dit wordt nooit openbaar."), most=200)
    is_minor = forms.BooleanField(label=later(mark("Jonger dan 16 jaar")), required=False)
    guardian = line(mark("Welke ouder of voogd?"), required=False, most=200)
    given_on = day(mark("Op welke dag?"))
    until = day(mark("Tot en met welke dag?"), required=False)
