"""What a reader chose in the address of an indicator, and the choices that a page offers."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import levels_words
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import Choice, comparators_at, levels_of
from wijkpeil.web.design.errors import BadQuestionError

Options = tuple[tuple[str, str], ...]
_COUNTRY_WIDE = (Level.GEMEENTE, Level.PROGRAMME_AREA)
_MOST = 200
"""Letters of one part of a query that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A choice with how the areas are set in order and which one is looked for."""

    choice: Choice
    by_name: bool
    area: str | None


def asked(edition: Edition, language: Language, indicator: str, query: Mapping[str, str]) -> Asked:
    """Read the query of an indicator; raises ``BadQuestionError`` with what is allowed instead."""
    said = {name: part[:_MOST].strip() for name, part in query.items()}
    gemeente = said.get("gemeente") or None
    names = gemeenten(edition)
    if gemeente and gemeente not in names:
        raise BadQuestionError(language.say("De gemeente {code} komt niet voor in deze editie.", code=gemeente))
    level = _level(edition, language, said.get("niveau", ""), gemeente)
    comparator = said.get("vergelijking") or first_comparator(level)
    if comparator not in comparators_at(edition, level):
        raise BadQuestionError(language.say("Vergelijken met {other} kan hier niet.", other=comparator))
    order = said.get("volgorde", "naam")
    if order not in {"naam", "code"}:
        raise BadQuestionError(language.say("De volgorde is naam of code."))
    return Asked(
        choice=Choice(
            indicator=indicator,
            level=level,
            gemeente=gemeente if level is not Level.GEMEENTE else None,
            period=year_of(language, said.get("periode", "")),
            comparator=comparator,
        ),
        by_name=order == "naam",
        area=said.get("gebied") or gemeente,
    )


def gemeenten(edition: Edition) -> dict[str, str]:
    """Give the names of all gemeenten by code, in the order of their names."""
    found = edition.areas.filter(pl.col("level").cast(pl.String) == Level.GEMEENTE.value).sort("name")
    return dict(zip(found["code"], found["name"], strict=True))


def gemeente_options(edition: Edition, language: Language) -> Options:
    """List all gemeenten, after the choice of none."""
    return (("", language.say("Alle gemeenten")), *gemeenten(edition).items())


def level_options(edition: Edition, language: Language, gemeente: str | None) -> Options:
    """List the levels; wijken and buurten only of one gemeente."""
    there = [one for one in levels_of(edition) if gemeente or one in _COUNTRY_WIDE]
    return tuple((one.value, levels_words(language, one)) for one in there)


def comparator_options(edition: Edition, speaker: Speaker, level: Level) -> Options:
    """List everything that areas of a level may be set beside."""
    return tuple((one, speaker.comparator(one)) for one in comparators_at(edition, level))


def _level(edition: Edition, language: Language, said: str, gemeente: str | None) -> Level:
    there = levels_of(edition)
    if not said:
        return Level.WIJK if gemeente and Level.WIJK in there else there[0]
    if said not in {one.value for one in there}:
        allowed = language.series(one.value for one in there)
        raise BadQuestionError(language.say("Het niveau is een van: {allowed}.", allowed=allowed))
    level = Level(said)
    return level if gemeente or level in _COUNTRY_WIDE else there[0]


def first_comparator(level: Level) -> str:
    """Give the comparator that is shown where none is asked for."""
    return Comparator.COUNTRY.value if level is Level.GEMEENTE else Comparator.REST_OF_CITY.value


def year_of(language: Language, said: str) -> int | None:
    """Read a year; raises ``BadQuestionError`` for anything else."""
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and len(said) == 4):
        raise BadQuestionError(language.say("Een periode is een jaar met vier cijfers."))
    return int(said)
