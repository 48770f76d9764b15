"""The form of an ambition."""

from django import forms

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.wording import later
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.forms.fields import DeskForm, Numbers, choice, passage


def year(label: str) -> forms.IntegerField:
    """Ask for a year."""
    return forms.IntegerField(label=later(label), required=False, min_value=1990, max_value=2100)


class AmbitionForm(DeskForm):
    """What residents want, when they are satisfied, and a measurable side where there is one."""

    theme = choice(mark("Thema"), ())
    words = passage(mark("Wat willen jullie?"), help_text=mark("In de woorden van bewoners en partijen."))
    satisfied_when = passage(
        mark("Wanneer zijn jullie tevreden?"),
        required=False,
        help_text=mark("Leg dit vast voordat de uitkomst bekend is."),
    )
    indicator = choice(mark("Cijfer"), (), required=False)
    baseline = Numbers(label=later(mark("Nulmeting")), required=False, max_length=20)
    baseline_year = year(mark("Jaar van de nulmeting"))
    target = Numbers(label=later(mark("Doel")), required=False, max_length=20)
    target_year = year(mark("Jaar van het doel"))
    caveat = passage(mark("Voorbehoud: wat zegt dit cijfer niet?"), required=False, rows=2)

    def build(self) -> None:
        """Offer the themes and figures of the edition, and the neighbourhoods in which one may add."""
        policy, language = self.desk.edition.policy, self.desk.request.tongue
        self.fields["theme"].choices += [(id_, language.label(one)) for id_, one in policy.theme.items()]  # type: ignore[attr-defined]
        self.fields["indicator"].choices += [(one.id, language.label(one)) for one in policy.indicators]  # type: ignore[attr-defined]
        ask_for_place(self, Kind.AMBITION)


def ask_for_place(form: DeskForm, kind: Kind) -> None:
    """Ask where a new thing stands; what is there already does not move."""
    if form.thing is None:
        found = places_to_add(form.desk, kind)
        label = mark("Waar geldt dit?") if kind in WIDE else mark("Wijk")
        form.fields = {"area": choice(label, found), **form.fields}


def places_to_add(desk: Desk, kind: Kind) -> list[tuple[str, str]]:
    """Give where somebody may add such a thing, the widest first; a talk, a decision and a story are of one place."""
    parties = frozenset(own_parties(desk))
    wider = desk.wider_to(kind, Verb.ADD, parties) if kind in WIDE else []
    return wider + desk.places_to(kind, Verb.ADD, parties)


WIDE = frozenset(
    {
        Kind.AMBITION,
        Kind.AGREEMENT,
        Kind.MEASURE,
        Kind.VISITATION,
        Kind.REVIEW,
        Kind.PROMISE,
        Kind.PARTNER,
        Kind.DOCUMENT,
    }
)
"""What can be of a whole city or of the whole programme."""


def own_parties(desk: object) -> list[int]:
    """Give the parties that who sits at the desk speaks for."""
    by = getattr(desk, "by", None)
    return [held.party for held in by.held if held.party is not None] if by else []
