"""The form of a partner."""

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes.desk import WHOLE
from wijkpeil.web.programmes.forms.fields import DeskForm, choice, line
from wijkpeil.web.programmes.models.partner import PartnerKind


class PartnerForm(DeskForm):
    """An organisation that takes part."""

    name = line(mark("Naam van de organisatie"), most=200)
    kind = choice(mark("Soort partij"), PartnerKind.choices)

    def build(self) -> None:
        """Ask where a new partner takes part: in a city, or in the whole programme."""
        if self.thing is None:
            desk = self.desk
            named = {
                desk.cities[code]: desk.name_of(desk.cities[code]) for code, _ in desk.places_to(Kind.PARTNER, Verb.ADD)
            }
            whole = [one for one in desk.wider_to(Kind.PARTNER, Verb.ADD) if one[0] == WHOLE]
            self.fields = {"city": choice(mark("Waar doet zij mee?"), [*whole, *named.items()]), **self.fields}
