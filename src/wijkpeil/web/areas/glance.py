"""The start of an edition: the programme at a glance, its neighbourhoods by city, and what is new."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.outcomes import About
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.outcomes import Outcome, read_outcomes, whole_sentences
from wijkpeil.portrayal.outcomes_page import GUIDE
from wijkpeil.portrayal.reading import FIRST_TWO
from wijkpeil.portrayal.subject import edition_words
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.library import AT_ONCE, Library
from wijkpeil.publication.subject import edition_card
from wijkpeil.web.design.addresses import address

Link = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class City:
    """A gemeente with the neighbourhoods of the programme that lie in it."""

    name: str
    address: str
    neighbourhoods: tuple[Link, ...]


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A programme in a few sentences beside each comparator, and where its neighbourhoods are."""

    id: str
    label: str
    comparisons: tuple[tuple[str, ...], ...]
    cities: tuple[City, ...]
    number: int
    caution: str


def glance(edition: Edition, language: Language) -> Glance:
    """Say how the programme of an edition stands."""
    programme = edition.policy.programme[edition.manifest.default_programme]
    speaker = Speaker(language=language, policy=edition.policy)
    cities = _cities(edition, programme.id)
    return Glance(
        id=programme.id,
        label=language.label(programme),
        comparisons=tuple(tuple(whole_sentences(speaker, one)) for one in _outcomes(edition)),
        cities=cities,
        number=sum(len(city.neighbourhoods) for city in cities),
        caution=language.say(GUIDE[-1]),
    )


def gemeenten(edition: Edition) -> list[Link]:
    """List all gemeenten by name."""
    rows = edition.areas.filter(pl.col("level") == Level.GEMEENTE).sort("name")
    return [(row["name"], address("area", edition=edition.id, code=row["code"])) for row in rows.iter_rows(named=True)]


def news(edition: Edition, language: Language, library: Library) -> list[tuple[str, str]]:
    """List what an edition holds and which one it follows, a name and a value each."""
    say, manifest = language.say, edition.manifest
    listed = [
        (say("Gemaakt op"), language.day(manifest.made_on)),
        (say("Cijfers"), language.whole(manifest.figures)),
        (say("Indicatoren"), language.whole(len(edition.policy.indicators))),
        (say("Gebieden"), language.whole(edition.areas.height)),
    ]
    latest = _latest_years(edition)
    if latest:
        count = sum(1 for year in latest.values() if year == max(latest.values()))
        said = language.say_count(
            "{year}: {count} indicator", "{year}: {count} indicatoren", count, year=max(latest.values())
        )
        listed.append((say("Nieuwste jaar"), said))
    earlier = [one for one in library.editions() if one.made_on < manifest.made_on]
    before = edition_words(language, edition_card(library.open(earlier[-1].id))) if earlier else say("dit is de eerste")
    return [*listed, (say("Vorige editie"), before)]


@lru_cache(maxsize=AT_ONCE)
def _outcomes(edition: Edition) -> tuple[Outcome, ...]:
    """Count the outcomes of the programme once per open edition: it takes seconds."""
    found = read_outcomes(edition.outcomes(comparators=FIRST_TWO))
    return tuple(one for one in found if one.about is About.PROGRAMME)


@lru_cache(maxsize=AT_ONCE)
def _latest_years(edition: Edition) -> dict[str, int]:
    """Give the latest period with a value in the whole country, per indicator."""
    there = edition.figures(area=edition.manifest.country).filter(pl.col("value").is_finite())
    found = there.group_by("indicator").agg(pl.col("period").max())
    return dict(zip(found["indicator"], found["period"], strict=True))


def _cities(edition: Edition, programme: str) -> tuple[City, ...]:
    mine = edition.areas.filter(
        pl.col("level") == Level.PROGRAMME_AREA, pl.col("programmes").list.contains(programme)
    ).sort("name")
    homes = edition.areas.filter(pl.col("code").is_in(mine["gemeente"].unique().implode())).sort("name")
    return tuple(
        City(
            name=home["name"],
            address=address("area", edition=edition.id, code=home["code"]),
            neighbourhoods=tuple(
                (row["name"], address("area", edition=edition.id, code=row["code"]))
                for row in mine.filter(pl.col("gemeente") == home["code"]).iter_rows(named=True)
            ),
        )
        for home in homes.iter_rows(named=True)
    )
