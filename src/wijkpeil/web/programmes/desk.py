"""The desk at which somebody reads and changes the things of a programme: whose it is, and which places there are."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import Http404

from wijkpeil.domain.programme import Programme
from wijkpeil.publication.edition import Edition
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.request import ReaderRequest, person_of
from wijkpeil.web.programmes.visible import visible

WHOLE = "programma"
"""How the whole programme is chosen in a form; a city or a neighbourhood is chosen by its code."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """One programme of the newest edition, and who sits at the desk: an account, or nobody for the public."""

    request: ReaderRequest
    edition: Edition
    programme: Programme
    by: Account | None

    @cached_property
    def names(self) -> dict[str, str]:
        """Name every area of the edition."""
        return dict(self.edition.areas.select("code", "name").iter_rows())

    @cached_property
    def cities(self) -> dict[str, str]:
        """Give the city of every neighbourhood of the programme, by its area code."""
        return {self.programme.code_of(one): one.gemeente for one in self.programme.neighbourhoods}

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """Give the neighbourhoods with their names, city by city."""
        named = [(code, f"{self.name_of(code)} ({self.name_of(city)})") for code, city in self.cities.items()]
        return sorted(named, key=lambda one: (self.cities[one[0]], one[1]))

    def name_of(self, code: str) -> str:
        """Name an area; a code that the edition lacks names itself."""
        return self.names.get(code, code)

    def where(self, thing: Any) -> str:
        """Name where a thing stands: its neighbourhood, else its city, else the whole programme."""
        code = thing.area or thing.city
        return self.name_of(code) if code else self.request.tongue.label(self.programme)

    def may(self, kind: Kind, verb: Verb, place: Place) -> bool:
        """Say whether who sits here may do this."""
        return self.by is not None and self.by.may(kind, verb, place)

    def places_to(self, kind: Kind, verb: Verb, parties: frozenset[int] = frozenset()) -> list[tuple[str, str]]:
        """Give the neighbourhoods in which who sits here may do this."""
        return [
            (code, name)
            for code, name in self.places
            if self.may(
                kind, verb, Place(programme=self.programme.id, city=self.cities[code], area=code, parties=parties)
            )
        ]

    def wider_to(self, kind: Kind, verb: Verb, parties: frozenset[int] = frozenset()) -> list[tuple[str, str]]:
        """Give the whole programme and the whole cities in which who sits here may do this."""
        say, whole = self.request.tongue.say, Place(programme=self.programme.id, parties=parties)
        found = [(WHOLE, say("Het hele programma"))] if self.may(kind, verb, whole) else []
        named = sorted((self.name_of(city), city) for city in set(self.cities.values()))
        return found + [
            (city, say("De hele stad {city}", city=name))
            for name, city in named
            if self.may(kind, verb, replace(whole, city=city))
        ]

    def chosen(self, value: str) -> dict[str, str]:
        """Read a place that was chosen in a form: a neighbourhood, a whole city, or the whole programme."""
        city = self.cities.get(value, "" if value == WHOLE else value)
        return {"programme": self.programme.id, "city": city, "area": value if value in self.cities else ""}

    def visible(self, model: Any) -> Any:
        """Give the things of a kind that who sits here may know of."""
        return visible(model, self.programme.id, self.by)

    def at(self, name: str, **parts: object) -> str:
        """Give the address of a page of this desk."""
        return address(name, query=None, programme=self.programme.id, **parts)


def desk_of(request: ReaderRequest, programme: str) -> Desk:
    """Sit down at the desk of a programme; raises ``Http404`` for one that is not there."""
    edition = request.library.open(request.library.newest())
    chosen = edition.policy.programme.get(programme)
    if chosen is None:
        raise Http404(programme)
    return Desk(request=request, edition=edition, programme=chosen, by=person_of(request))
