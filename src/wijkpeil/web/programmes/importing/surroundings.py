"""What the words in a workbook can mean: the areas, cities, themes, figures and partners of a programme."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.publication.edition import Edition
from wijkpeil.web.programmes.importing.cells import WrongCellError
from wijkpeil.web.programmes.importing.columns import Form
from wijkpeil.web.programmes.models.partner import Partner

_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """One programme of an edition, as people name its parts."""

    edition: Edition
    programme: Programme
    language: Language

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Name every area of the edition."""
        return dict(self.edition.areas.select("code", "name").iter_rows())

    @cached_property
    def cities(self) -> Mapping[str, str]:
        """Give the city of every neighbourhood of the programme, by its code."""
        return {self.programme.code_of(one): one.gemeente for one in self.programme.neighbourhoods}

    @cached_property
    def _cities_by_word(self) -> Mapping[str, str]:
        codes = dict.fromkeys(self.cities.values())
        return {word.casefold(): code for code in codes for word in (code, self.names.get(code, code))}

    @cached_property
    def _areas_by_word(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.programme.neighbourhoods:
            code = self.programme.code_of(one)
            name = self.names.get(code, one.name)
            city = self.names.get(one.gemeente, one.gemeente)
            for word in dict.fromkeys((code, code.rpartition(".")[2], name, one.name, f"{name} ({city})")):
                if code not in found[word.casefold()]:
                    found[word.casefold()].append(code)
        return found

    def area(self, typed: str, city: str) -> str:
        """Find a neighbourhood by its code or name, in a city where that is given."""
        fitting = [one for one in self._areas_by_word.get(typed.casefold(), []) if city in {"", self.cities[one]}]
        if not fitting:
            near = [word for word in self.area_words() if not city or self.names.get(city, city) in word]
            raise WrongCellError(mark("Deze wijk hoort niet bij het programma. Kies uit: {listed}."), listed=_few(near))
        if len(fitting) > 1:
            raise WrongCellError(mark("Er zijn meer wijken met deze naam. Vul ook de stad in."))
        return fitting[0]

    def city(self, typed: str) -> str:
        """Find a city of the programme by its code or name."""
        found = self._cities_by_word.get(typed.casefold())
        if found is None:
            raise WrongCellError(
                mark("Deze stad hoort niet bij het programma. Kies uit: {listed}."), listed=_few(self.city_words())
            )
        return found

    def theme(self, typed: str) -> str:
        """Find a theme by its id or name."""
        for id_, one in self.edition.policy.theme.items():
            if typed.casefold() in {id_.casefold(), one.label.casefold(), self.language.label(one).casefold()}:
                return str(id_)
        raise WrongCellError(mark("Dit thema bestaat niet. Kies uit: {listed}."), listed=_few(self.theme_words()))

    def indicators(self, typed: Iterable[str]) -> list[str]:
        """Find figures by their ids or names."""
        known: dict[str, str] = {}
        for one in self.edition.policy.indicators:
            known |= {one.label.casefold(): one.id, self.language.label(one).casefold(): one.id}
        known |= {one.id.casefold(): one.id for one in self.edition.policy.indicators}
        found = []
        for word in typed:
            if word.casefold() not in known:
                raise WrongCellError(
                    mark("Het cijfer ‘{word}’ bestaat niet. Zoek zijn naam of id op de site op."), word=word[:100]
                )
            found.append(known[word.casefold()])
        return list(dict.fromkeys(found))

    def area_words(self) -> list[str]:
        """Name every neighbourhood with its city."""
        named = [(self.names.get(city, city), self.names.get(code, code)) for code, city in self.cities.items()]
        return [f"{name} ({city})" for city, name in sorted(named)]

    def city_words(self) -> list[str]:
        """Name every city."""
        return sorted({self.names.get(city, city) for city in self.cities.values()})

    def theme_words(self) -> list[str]:
        """Name every theme."""
        return [self.language.label(one) for one in self.edition.policy.theme.values()]

    def example(self, form: Form) -> str:
        """Give an example of what can be typed, from the programme itself."""
        first = {Form.AREA: self.area_words(), Form.CITY: self.city_words(), Form.THEME: self.theme_words()}
        judged = [one.id for one in self.edition.policy.indicators if one.is_judged]
        first[Form.INDICATORS] = ["; ".join(judged[:2])]
        return next(iter(first.get(form, [])), "")


class Partners:
    """The partners that may take part, by name: those of the city and of the whole programme."""

    def __init__(self, programme: str) -> None:
        """Know of nobody yet."""
        self._programme = programme
        self._known: dict[str, dict[str, Partner]] = {}

    def named(self, typed: str, city: str) -> Partner:
        """Find a partner; one of the city comes before one of the whole programme."""
        own, everywhere = self._of(city), self._of("")
        found = own.get(typed.casefold()) or everywhere.get(typed.casefold())
        if found is None:
            listed = _few(sorted({one.name for one in (*own.values(), *everywhere.values())}))
            sentence = mark(
                "‘{word}’ doet in deze stad niet mee. Kies uit: {listed}, of zet de partij op het blad Partijen."
            )
            if not listed:
                sentence = mark("‘{word}’ doet in deze stad niet mee. Zet de partij op het blad Partijen.")
            raise WrongCellError(sentence, word=typed[:100], listed=listed)
        return found

    def standing(self, name: str, city: str) -> Partner | None:
        """Give the partner with this name in exactly this city, if there is one."""
        return self._of(city).get(name.casefold())

    def add(self, partner: Partner) -> None:
        """Know of a new one."""
        self._of(partner.city)[partner.name.casefold()] = partner

    def _of(self, city: str) -> dict[str, Partner]:
        if city not in self._known:
            rows = Partner.objects.filter(programme=self._programme, city=city).order_by("pk")
            self._known[city] = {one.name.casefold(): one for one in rows}
        return self._known[city]


def _few(words: Iterable[str]) -> str:
    listed = list(words)
    return ", ".join(listed[:_SHOWN]) + (", …" if len(listed) > _SHOWN else "")
