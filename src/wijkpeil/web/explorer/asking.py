"""What a reader asks of the map, read from its address."""

from collections.abc import Mapping
from dataclasses import dataclass

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.publication.coverage import has_coverage
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import comparators_at, first_indicator, levels_of
from wijkpeil.publication.layers import What, has_verdicts
from wijkpeil.web.design.choosing import first_comparator, year_of
from wijkpeil.web.design.errors import BadQuestionError

WORDS = {
    What.VALUE: mark("het cijfer"),
    What.GAP: mark("het verschil met de vergelijking"),
    What.CHANGE: mark("hoe het verschil veranderde"),
    What.VERDICT: mark("het oordeel (wijken van een programma)"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One map: what of which indicator, at which level, when, and beside what."""

    indicator: str
    level: Level
    what: What
    period: int | None
    comparator: str


def wanted(edition: Edition, language: Language, query: Mapping[str, str]) -> Wanted:
    """Read the query of the map; what is left out has a first choice. Raises ``BadQuestionError``."""
    indicator = query.get("indicator") or first_indicator(edition) or ""
    if indicator not in edition.policy.indicator:
        raise BadQuestionError(language.say("Dit cijfer komt niet voor in deze editie."))
    what = _one_of(language, query.get("wat"), [one.value for one in What], What.VALUE.value)
    there = [one.value for one in mapped_levels(edition)]
    level = Level(_one_of(language, query.get("niveau"), there, there[0] if there else Level.GEMEENTE.value))
    if what == What.VERDICT.value and has_verdicts(edition, Level.PROGRAMME_AREA):
        level = Level.PROGRAMME_AREA
    offered = comparators_at(edition, level)
    asked = query.get("vergelijking") or first_comparator(level)
    return Wanted(
        indicator=indicator,
        level=level,
        what=What(what),
        period=year_of(language, query.get("periode", "")),
        comparator=asked if asked in offered else first_comparator(level),
    )


def mapped_levels(edition: Edition) -> list[Level]:
    """Give the levels that have shapes in this edition, from wide to narrow."""
    return [one for one in levels_of(edition) if has_coverage(edition, one)]


def _one_of(language: Language, said: str | None, allowed: list[str], otherwise: str) -> str:
    if not said:
        return otherwise
    if said not in allowed:
        raise BadQuestionError(language.say("Kies een van: {allowed}.", allowed=language.series(allowed)))
    return said
