"""The forms of measures: the draft, what it made, who looked at that, and how it ended."""

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.forms.agreement import PartnersField, partner_field, partners_of
from wijkpeil.web.programmes.forms.ambition import ask_for_place
from wijkpeil.web.programmes.forms.attachment import ask_for_file
from wijkpeil.web.programmes.forms.fields import (
    PUBLIC,
    DeskForm,
    Euros,
    NeedsReason,
    Numbers,
    choice,
    line,
    passage,
)
from wijkpeil.web.programmes.models.agreement import Item
from wijkpeil.web.programmes.models.measure import EndClass


class MeasureForm(DeskForm):
    """What is done where, what it should move, and after how long."""

    name = line(mark("Naam"))
    aim = passage(mark("Wat moet er beter worden?"), rows=3)
    mechanism = passage(mark("Hoe werkt dit? Waarom zou het helpen?"), rows=3)
    theme = choice(mark("Thema"), ())
    indicators = forms.MultipleChoiceField(
        label=later(mark("Cijfers die moeten veranderen")), required=False, widget=forms.CheckboxSelectMultiple
    )
    lag = forms.IntegerField(label=later(mark("Na hoeveel jaar is dat te zien?")), min_value=0, max_value=30, initial=1)
    started = day(mark("Begonnen op"))
    cost_cents = Euros(
        label=later(mark("Kosten in euro")),
        required=False,
        max_length=30,
        help_text=later(mark("Leeg betekent dat de kosten niet bekend zijn.")),
    )

    def build(self) -> None:
        """Offer partners, themes, figures, and the items that it can be part of."""
        policy, language = self.desk.edition.policy, self.desk.request.tongue
        self.fields["theme"].choices += [(id_, language.label(one)) for id_, one in policy.theme.items()]  # type: ignore[attr-defined]
        self.fields["indicators"].choices = [(one.id, language.label(one)) for one in policy.indicators]  # type: ignore[attr-defined]
        self.fields["partner"] = partner_field(mark("Wie voert het uit?"), partners_of(self, Kind.MEASURE))
        self.fields["paid_by"] = PartnersField(
            mark("Wie betaalt mee?"), partners_of(self, Kind.MEASURE), required=False
        )
        self.fields["item"] = forms.ModelChoiceField(
            self.desk.visible(Item).exclude(state="lapsed"),
            label=later(mark("Onderdeel van een afspraak")),
            required=False,
            to_field_name="key",
            empty_label=later(mark("Geen")),
        )
        self.fields["item"].label_from_instance = lambda item: item.what[:80]  # type: ignore[attr-defined]
        ask_for_place(self, Kind.MEASURE)


class OutputForm(DeskForm):
    """What a measure made or did."""

    WHY = mark("Opmerking")

    year = forms.IntegerField(label=later(mark("Jaar")), min_value=1990, max_value=2100)
    what = line(mark("Wat is er gemaakt of gedaan?"), help_text=PUBLIC)
    quantity = Numbers(label=later(mark("Hoeveel?")), max_length=20)
    unit = line(mark("Waarvan? Bijvoorbeeld: woningen"), most=100)
    source = line(mark("Waar komt dit aantal vandaan?"), help_text=PUBLIC)

    def build(self) -> None:
        """Ask for evidence in a file."""
        ask_for_file(self, mark("Bewijs als bestand"))


class CheckForm(DeskForm):
    """Somebody else looked at the source."""

    WHY = mark("Opmerking")

    def build(self) -> None:
        """Offer what nobody checked yet."""
        found = self.thing.outputs.filter(checked_by=None, erased_at=None).order_by("year", "pk")
        field = forms.ModelChoiceField(found, label=later(mark("Wat heb je nagekeken?")))
        field.label_from_instance = lambda obj: f"{obj.year}: {obj.what} ({obj.quantity:g} {obj.unit})"  # type: ignore[method-assign]
        self.fields["output"] = field


class EndMeasureForm(NeedsReason):
    """How a measure ended."""

    end_class = choice(mark("Hoe eindigde de maatregel?"), EndClass.choices)
    on = day(mark("Geëindigd op"))
    secured_at = line(mark("Bij wie is de maatregel geborgd?"), required=False)
    evaluated_by = line(
        mark("Wie heeft onderzocht of de maatregel werkte?"),
        required=False,
        help_text=mark("Leeg betekent dat niemand dat heeft gedaan."),
    )
