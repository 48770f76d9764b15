"""What a page or a screen about one area needs to know, as plain values handed down by whoever opened the edition."""

from dataclasses import dataclass
from datetime import date

from wijkpeil.domain.area import Level
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Certainty, Neighbourhood, Programme
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.likeness import LookAlike, Match, short_match
from wijkpeil.portrayal.reading import FIRST_TWO, Reading, Two
from wijkpeil.portrayal.scores import Score

PUBLIC = "openbaar"

_LEVELS = {
    Level.COUNTRY: mark("land"),
    Level.GROUP: mark("groep"),
    Level.GEMEENTE: mark("gemeente"),
    Level.PROGRAMME_AREA: mark("programmawijk"),
    Level.WIJK: mark("wijk"),
    Level.BUURT: mark("buurt"),
    Level.PC4: mark("postcodegebied"),
}
_LEVELS_MANY = {
    Level.COUNTRY: mark("landen"),
    Level.GROUP: mark("groepen"),
    Level.GEMEENTE: mark("gemeenten"),
    Level.PROGRAMME_AREA: mark("programmawijken"),
    Level.WIJK: mark("wijken"),
    Level.BUURT: mark("buurten"),
    Level.PC4: mark("postcodegebieden"),
}
_CERTAINTIES = {
    Certainty.OFFICIAL: mark("zo staat het in het besluit"),
    Certainty.NAME_MATCH: mark("gevonden op naam"),
    Certainty.WIDER: mark("het gebied met cijfers is ruimer dan de wijk van het programma"),
    Certainty.UNCERTAIN: mark("onzeker: we weten niet precies welk gebied het programma bedoelde"),
}


@dataclass(frozen=True, kw_only=True)
class EditionCard:
    """What every page and screen says of the edition it shows."""

    id: str
    made_on: date
    audience: str
    fictional: bool
    map_year: int
    code_version: str

    @property
    def is_public(self) -> bool:
        """Whether anyone may see it."""
        return self.audience == PUBLIC


@dataclass(frozen=True, kw_only=True)
class AreaCard:
    """What is known of the area itself."""

    code: str
    vintage: int
    name: str
    level: Level
    gemeente: str | None
    gemeente_name: str | None
    population: float | None
    land_km2: float | None
    pc4: tuple[str, ...]
    programmes: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Subject:
    """An area with all its readings; ``peers_level`` is the level of the neighbourhoods it is drawn among."""

    area: AreaCard
    edition: EditionCard
    policy: Policy
    readings: tuple[Reading, ...]
    look_alikes: tuple[LookAlike, ...]
    match: Match
    peers_level: Level
    scores: tuple[Score, ...] = ()

    def of_theme(self, theme: str) -> tuple[Reading, ...]:
        """Give the readings of one theme."""
        return tuple(reading for reading in self.readings if reading.indicator.theme == theme)

    @property
    def first_two(self) -> Two:
        """The comparators that are shown first."""
        return self.readings[0].first_two if self.readings else FIRST_TWO

    @property
    def memberships(self) -> tuple[tuple[Programme, Neighbourhood | None], ...]:
        """Give the programmes of the area with the neighbourhood that it is, or is part of."""
        programmes = (self.policy.programme[id_] for id_ in self.area.programmes if id_ in self.policy.programme)
        return tuple((programme, _neighbourhood(programme, self.area.code)) for programme in programmes)


def level_words(language: Language, level: Level) -> str:
    """Name a level."""
    return language.say(_LEVELS[level])


def levels_words(language: Language, level: Level) -> str:
    """Name several areas of a level."""
    return language.say(_LEVELS_MANY[level])


def areas_of(language: Language, level: Level, name: str) -> str:
    """Name the areas of a level in a city or the country: de wijken van Leeuwarden."""
    return language.say("de {levels} van {name}", levels=levels_words(language, level), name=name)


def certainty_words(language: Language, certainty: Certainty) -> str:
    """Say how sure it is that these codes are the neighbourhood of the programme."""
    return language.say(_CERTAINTIES[certainty])


def membership_words(language: Language, programme: Programme, neighbourhood: Neighbourhood | None) -> str:
    """Say that an area belongs to a programme, since when, until when, and how sure that is."""
    label = language.label(programme)
    if neighbourhood is None:
        return label
    said = language.say(
        "{programme}: {name}, sinds {start}",
        programme=label,
        name=neighbourhood.name,
        start=language.day(neighbourhood.start),
    )
    if neighbourhood.end:
        said = language.say("{said} tot {end}", said=said, end=language.day(neighbourhood.end))
    return f"{said} ({certainty_words(language, neighbourhood.certainty)})"


def facts(language: Language, subject: Subject) -> list[tuple[str, str]]:
    """List what and where the area is, a name and a value each, for the head of a page or screen."""
    say, area = language.say, subject.area
    level = level_words(language, area.level)
    listed = [(say("Gebied"), say("{level} {code}, kaart van {year}", level=level, code=area.code, year=area.vintage))]
    if area.gemeente_name and area.level is not Level.GEMEENTE:
        listed.append((say("Gemeente"), area.gemeente_name))
    if area.population is not None:
        listed.append((say("Inwoners"), language.whole(area.population)))
    if area.land_km2 is not None:
        listed.append((say("Oppervlakte"), say("{number} km² land", number=language.number(area.land_km2, 2))))
    if area.pc4:
        listed.append((say("Postcodes"), language.series(code.removeprefix("PC") for code in area.pc4)))
    if area.parts:
        listed.append((say("Bestaat uit"), language.series(area.parts)))
    for programme, neighbourhood in subject.memberships:
        listed.append((say("Programma"), membership_words(language, programme, neighbourhood)))
    if area.level not in {Level.GEMEENTE, Level.GROUP, Level.COUNTRY}:
        listed.append((say("Gelijkende wijken"), short_match(language, subject.match)))
    return listed


def warnings(language: Language, edition: EditionCard, policy: Policy) -> list[tuple[str, str]]:
    """List what must be seen before any figure: an invented country, an edition that is not for everyone."""
    say, listed = language.say, []
    if edition.fictional:
        listed.append(
            (
                say("VERZONNEN LAND"),
                say("{name} bestaat niet. Alle cijfers en gebieden zijn bedacht, als voorbeeld.", name=policy.name),
            )
        )
    if not edition.is_public:
        rule = policy.rule.get(edition.audience)
        listed.append(
            (
                say("NIET OPENBAAR"),
                say(
                    "Deze editie is alleen voor: {audience}. Deel haar niet verder.",
                    audience=rule.label if rule else edition.audience,
                ),
            )
        )
    return listed


def edition_words(language: Language, edition: EditionCard) -> str:
    """Name the edition with its day and map year."""
    return language.say(
        "Editie {id}, gemaakt op {day}, kaart van {year}",
        id=edition.id,
        day=language.day(edition.made_on),
        year=edition.map_year,
    )


def _neighbourhood(programme: Programme, code: str) -> Neighbourhood | None:
    for neighbourhood in programme.neighbourhoods:
        if code == programme.code_of(neighbourhood) or code in neighbourhood.parts:
            return neighbourhood
    return None


def has_number(reading: Reading) -> bool:
    """Whether an indicator has a value in this area at all."""
    return reading.latest is not None and reading.latest.is_present and quantity.is_defined(reading.latest.value)
