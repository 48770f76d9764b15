"""The forms of visitations, their recommendations, and reviews of studies."""

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.agreement import partner_field, partners_of
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.attachment import ask_for_file
from wijkpeil.web.programmes.forms.fields import DeskForm, NeedsReason, choice, line, passage
from wijkpeil.web.programmes.models.visitation import Answer


class VisitationForm(DeskForm):
    """Who came by, whom they met, what they found."""

    committee = line(mark("Welke commissie?"))
    on = day(mark("Op welke dag?"))
    met = passage(mark("Met wie is gesproken?"), required=False, help_text=mark("Noem rollen, geen namen."))
    findings = passage(mark("Bevindingen"), rows=8)
    report_at = forms.URLField(
        label=later(mark("Adres van het rapport")), required=False, max_length=500, assume_scheme="https"
    )

    def build(self) -> None:
        """Ask in which neighbourhood it was."""
        ask_for_place(self, Kind.VISITATION)
        ask_for_file(self, mark("Rapport als bestand"))


class RecommendationForm(DeskForm):
    """What is recommended, and to whom."""

    text = passage(mark("Wat beveel je aan?"))
    due = day(mark("Voor welke dag?"), required=False)

    def build(self) -> None:
        """Offer the partners."""
        self.fields["partner"] = partner_field(mark("Aan welke partij?"), partners_of(self))
        self.fields["partner"].required = False


class RespondForm(DeskForm):
    """The answer to a recommendation."""

    answer = choice(mark("Zijn jullie het ermee eens?"), Answer.choices)
    text = passage(mark("Wat doen jullie ermee, of waarom niet?"))


class CloseForm(NeedsReason):
    """Whether it was done."""

    state = choice(
        mark("Is het gedaan?"), [("done", mark("ja, uitgevoerd")), ("not_done", mark("nee, niet uitgevoerd"))]
    )


class ReviewForm(DeskForm):
    """What a committee thinks of a study."""

    study = line(mark("Welke studie?"), most=200)
    committee = line(mark("Welke commissie?"))
    verdict = passage(mark("Oordeel"))
    is_example = forms.BooleanField(label=later(mark("Dit is een voorbeeld voor anderen")), required=False)

    def build(self) -> None:
        """Ask which neighbourhood the study is about."""
        ask_for_place(self, Kind.REVIEW)
