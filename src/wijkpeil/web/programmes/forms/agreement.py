"""The forms of agreements: the draft, a signature, and the next version with a choice for every item."""

from typing import Any

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.mending import day
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.agreements import Treatment
from wijkpeil.web.programmes.forms.ambition import ask_for_place, places_to_add
from wijkpeil.web.programmes.forms.fields import DeskForm, NeedsReason, choice, line, passage
from wijkpeil.web.programmes.models.agreement import OPEN, ReasonClass
from wijkpeil.web.programmes.models.partner import Partner
from wijkpeil.web.programmes.policy import signs_for


class PartnersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # no type at run time
    """Partners, by their public names."""

    def __init__(self, label: str, queryset: Any, *, required: bool = True) -> None:
        """Offer these partners."""
        super().__init__(
            queryset,
            label=later(label),
            required=required,
            to_field_name="key",
            widget=forms.CheckboxSelectMultiple,
        )


def partner_field(label: str, queryset: Any) -> "forms.ModelChoiceField[Partner]":
    """Ask for one partner, by its public name."""
    return forms.ModelChoiceField(queryset, label=later(label), to_field_name="key", empty_label=later(mark("Kies…")))


def partners_of(form: DeskForm, kind: Kind = Kind.AGREEMENT) -> Any:
    """Give the partners that can take part: those of its city, or of the cities in which one may add, and of none."""
    found = Partner.objects.filter(programme=form.desk.programme.id).order_by("city", "name")
    if form.thing is None:
        cities = {form.desk.chosen(value)["city"] for value, _ in places_to_add(form.desk, kind)}
    else:
        cities = {form.thing.city}
    return found.filter(city__in={"", *cities})


class AgreementForm(DeskForm):
    """What the parties agree."""

    title = line(mark("Titel"))
    text = passage(mark("Afspraak in het kort"), required=False)
    valid_to = day(mark("Geldt tot en met"), required=False)

    def build(self) -> None:
        """Offer the partners, and the neighbourhoods in which one may add."""
        self.fields["partners"] = PartnersField(mark("Partijen die ondertekenen"), partners_of(self, Kind.AGREEMENT))
        ask_for_place(self, Kind.AGREEMENT)


class SignForm(DeskForm):
    """A signature for a party that one speaks for."""

    WHY = mark("Opmerking")

    def build(self) -> None:
        """Offer the parties that one speaks for and that did not sign yet."""
        self.fields["partner"] = partner_field(mark("Voor welke partij teken je?"), to_sign(self.thing, self.desk))


def to_sign(agreement: Any, desk: Any) -> Any:
    """Give the parties for which who sits at the desk can still sign."""
    signed = {one.partner_id for one in agreement.signatures.all()}
    found = [
        one.pk
        for one in agreement.partners.all()
        if one.pk not in signed and desk.by is not None and signs_for(agreement, one, desk.by)
    ]
    return agreement.partners.filter(pk__in=found)


_SHORT = 60
_ASKED = {
    "wat": mark("Wat gebeurt er met ‘{what}’?"),
    "waarom": mark("Waarom verandert ‘{what}’?"),
    "datum": mark("Nieuwe datum van ‘{what}’, als het is uitgesteld"),
}
"""What is asked of every open item; each question names its item, so that it can be told apart when read aloud."""


class RenegotiateForm(NeedsReason):
    """What the next version does with every item that is still open."""

    WHY = mark("Waarom maken jullie een nieuwe versie?")

    def build(self) -> None:
        """Ask three things of every open item."""
        self.items = list(self.thing.items.filter(state__in=OPEN).order_by("due", "pk"))
        offered = [("loopt", mark("loopt door zoals het is")), *ReasonClass.choices]
        for item in self.items:
            named = {"what": item.what if len(item.what) <= _SHORT else f"{item.what[:_SHORT]}…"}
            self.fields[f"wat_{item.key}"] = choice("", offered)
            self.fields[f"waarom_{item.key}"] = passage("", required=False, rows=2)
            self.fields[f"datum_{item.key}"] = day("", required=False)
            for name, label in _ASKED.items():
                self.fields[f"{name}_{item.key}"].label = self.desk.request.tongue.say(label, **named)

    def treatments(self) -> dict[str, Treatment]:
        """Give what was chosen, by item."""
        said = self.cleaned_data
        return {
            item.key: Treatment(
                reason_class="" if said[f"wat_{item.key}"] == "loopt" else said[f"wat_{item.key}"],
                why=said[f"waarom_{item.key}"],
                due=said[f"datum_{item.key}"] if said[f"wat_{item.key}"] == ReasonClass.POSTPONED else None,
            )
            for item in self.items
        }

    def clean(self) -> dict[str, Any]:
        """Say at its own place what is missing."""
        said = super().clean() or {}
        for item in self.items:
            what = said.get(f"wat_{item.key}")
            if what and what != "loopt" and not said.get(f"waarom_{item.key}"):
                self.add_error(f"waarom_{item.key}", later(mark("Schrijf op waarom dit verandert.")))
            due = said.get(f"datum_{item.key}")
            if what == ReasonClass.POSTPONED and (due is None or due <= item.due):
                self.add_error(f"datum_{item.key}", later(mark("Kies een latere datum dan die er nu staat.")))
        return said
