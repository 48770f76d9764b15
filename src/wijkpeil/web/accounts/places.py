"""The places in which a role can be given: a whole programme, one of its cities, or one of its neighbourhoods."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string

from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.design.request import ReaderRequest


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place with its name."""

    place: Place
    name: str

    @property
    def value(self) -> str:
        """How it stands in a form."""
        return f"{self.place.city}/{self.place.area}"


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A programme as far as roles go: its name, and its places from the whole to the neighbourhoods."""

    id: str
    name: str
    spots: tuple[Spot, ...]

    def name_of(self, place: Place) -> str:
        """Name a place; one that the edition does not know is named by its codes."""
        known = {one.place: one.name for one in self.spots}
        return known.get(place) or place.area or place.city or self.name


def scenes(request: ReaderRequest) -> dict[str, Scene]:
    """Give the programmes of the newest edition; a site without one has none."""
    try:
        edition = request.library.open(request.library.newest())
    except (NoSuchEditionError, EditionDamagedError):
        return {}
    names = dict(edition.areas.select("code", "name").iter_rows())
    found = {}
    for programme in edition.policy.programmes:
        label, cities = request.tongue.label(programme), {}
        areas = []
        for one in programme.neighbourhoods:
            code, city = programme.code_of(one), one.gemeente
            cities[city] = names.get(city, city)
            areas.append((cities[city], names.get(code, one.name), city, code))
        spots = [Spot(place=Place(programme=programme.id), name=label)]
        for city, name in sorted(cities.items(), key=lambda one: one[1]):
            spots.append(Spot(place=Place(programme=programme.id, city=city), name=name))
            spots.extend(
                Spot(place=Place(programme=programme.id, city=city, area=code), name=f"{name}: {area}")
                for _, area, at, code in sorted(areas)
                if at == city
            )
        found[programme.id] = Scene(id=programme.id, name=label, spots=tuple(spots))
    return found


def whole_programme(id_: str) -> Scene:
    """Give a programme of which the edition of today knows nothing: roles are given in all of it."""
    return Scene(id=id_, name=id_, spots=(Spot(place=Place(programme=id_), name=id_),))


def parties_of(programme: str) -> list[tuple[int, str]]:
    """Give the partners of a programme; the site says which room knows them."""
    return list(import_string(settings.PARTIES_OF)(programme))
