"""The form of a partner."""

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes.forms.fields import DeskForm, choice, line
from wijkpeil.web.programmes.models.partner import PartnerKind


class PartnerForm(DeskForm):
    """An organisation that takes part."""

    name = line(mark("Naam van de organisatie"), most=200)
    kind = choice(mark("Soort partij"), PartnerKind.choices)

    def build(self) -> None:
        """Ask for the city of a new partner."""
        if self.thing is None:
            desk = self.desk
            cities = {
                desk.cities[code]: desk.name_of(desk.cities[code]) for code, _ in desk.places_to(Kind.PARTNER, Verb.ADD)
            }
            self.fields = {"city": choice(mark("Stad"), cities.items()), **self.fields}
