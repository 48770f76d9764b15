"""Where a neighbourhood stands and how it moves, both with their uncertainty: the points of the quadrant."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wijkpeil.domain.indicator import GapScale, Indicator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import quantity, verdicts
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.rug import Place
from wijkpeil.portrayal.table import Cell, Table
from wijkpeil.portrayal.verdicts import Judgement
from wijkpeil.portrayal.words import Speaker

Row = Mapping[str, Any]
_WIDE = 2 * 1.959964
"""A 95% interval is so many standard errors wide."""
_MOST = 0.999


class Corner(StrEnum):
    """Where a point lies: ahead or behind, and getting better or worse."""

    ON_COURSE = "on_course"
    GAINING = "gaining"
    SLIPPING = "slipping"
    FALLING_BEHIND = "falling_behind"
    HARDLY = "hardly"


CORNERS = {
    Corner.GAINING: mark("haalt in"),
    Corner.ON_COURSE: mark("op koers"),
    Corner.FALLING_BEHIND: mark("raakt achter"),
    Corner.SLIPPING: mark("zakt weg"),
    Corner.HARDLY: mark("nauwelijks veranderd"),
}
"""The corners by name: above and then below, the left one first."""

_EXPLAINED = {
    Corner.GAINING: mark("haalt in: staat achter, en het wordt beter"),
    Corner.ON_COURSE: mark("op koers: staat voor, en het wordt beter"),
    Corner.FALLING_BEHIND: mark("raakt achter: staat achter, en het wordt slechter"),
    Corner.SLIPPING: mark("zakt weg: staat voor, maar het wordt slechter"),
    Corner.HARDLY: mark("nauwelijks veranderd: minder dan de drempel, het grijze vlak"),
}


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The standard errors of a level and its change, and how the two hang together."""

    level: float
    change: float
    covariance: float


@dataclass(frozen=True, kw_only=True)
class Point:
    """One neighbourhood: its gap now, the change of it, and what is known of their errors."""

    place: Place
    level: float
    change: float
    spread: Spread | None
    judgement: Judgement
    change_low: float | None
    change_high: float | None
    baseline: int
    latest: int


def points(
    indicator: Indicator,
    places: Sequence[Place],
    judged: Mapping[str, Row],
    now: Mapping[str, Row],
    then: Mapping[str, Row],
) -> list[Point]:
    """Gather the points of one indicator beside one comparator, on the scale that decides.

    ``judged`` are rows of ``Verdicts`` by area, ``now`` and ``then`` the rows of ``Positions`` in the periods that
    were compared. What is not judged has no spread: nobody knows the margin of it, or the margin is no such margin.
    """
    found = []
    for place in places:
        row, at = judged.get(place.code), now.get(place.code)
        if row is None or at is None or (not is_ratio(indicator) and row["change"] is None):
            continue
        names = (
            ("relative_change", "relative_low", "relative_high")
            if is_ratio(indicator)
            else (
                "change",
                "change_low",
                "change_high",
            )
        )
        change, low, high = (row[name] for name in names)
        level = at["relative_gap"] if is_ratio(indicator) else at["gap"]
        if not quantity.is_defined(level) or not quantity.is_defined(change):
            continue
        one = verdicts.judgement_of(row)
        is_known = one.verdict is not Verdict.NOT_JUDGED
        spread = _spread(indicator, at, then.get(place.code), low, high) if is_known else None
        found.append(
            Point(
                place=place,
                level=level,
                change=change,
                spread=spread,
                judgement=one,
                change_low=low,
                change_high=high,
                baseline=row["baseline"],
                latest=row["latest"],
            )
        )
    return found


def is_ratio(indicator: Indicator) -> bool:
    """Whether the ratio decides."""
    return indicator.gap_scale is GapScale.RELATIVE


def corner(indicator: Indicator, one: Point) -> Corner:
    """Name the corner in which a point lies; what changed less than the threshold lies in none."""
    if abs(one.change) <= (indicator.materiality or 0.0):
        return Corner.HARDLY
    if one.change > 0:
        return Corner.ON_COURSE if one.level >= 0 else Corner.GAINING
    return Corner.SLIPPING if one.level >= 0 else Corner.FALLING_BEHIND


def sentences(speaker: Speaker, indicator: Indicator, found: Sequence[Point], other: str) -> list[str]:
    """Say how many lie in each corner, what is surely so, and how many have no known margin."""
    language = speaker.language
    say = language.say
    counted = Counter(corner(indicator, one) for one in found)
    listed = [f"{language.whole(counted[one])} {say(CORNERS[one])}" for one in CORNERS if counted[one]]
    said = [
        say("Naast {other}, van {all} wijken: {listed}.", other=other, all=len(found), listed=language.series(listed))
    ]
    said.append(say("Dat zegt waar een wijk ligt. Of het meer is dan toeval, zegt het oordeel:"))
    said[-1] = f"{said[-1]} {verdicts.counts(language, [one.judgement for one in found])}."
    without = [one for one in found if one.spread is None]
    if without:
        said.append(
            language.say_count(
                "{count} wijk heeft geen ellips: de marge is niet bekend, of dit cijfer beoordelen we niet.",
                "{count} wijken hebben geen ellips: de marge is niet bekend, of dit cijfer beoordelen we niet.",
                len(without),
            )
        )
    return said


def explained(speaker: Speaker) -> list[str]:
    """Say what every corner means."""
    return [speaker.language.say(words) for words in _EXPLAINED.values()]


def table(speaker: Speaker, indicator: Indicator, found: Sequence[Point], *, caption: str) -> Table:
    """Set all points in a table: level, change with its margin, corner and verdict."""
    say = speaker.language.say
    headers = (say("Wijk"), say("Verschil nu"), say("Verandering"), say("Hoek"), say("Oordeel"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            (one.place.name, one.place.city),
            (
                level_words(speaker, indicator, one.level),
                quantity.short_period(speaker.language, indicator, one.latest),
            ),
            _change_cell(speaker, indicator, one),
            (say(CORNERS[corner(indicator, one)]),),
            (verdicts.short(speaker.language, one.judgement),),
        )
        for one in found
    )
    return Table(caption=caption, headers=headers, rows=rows)


def level_words(speaker: Speaker, indicator: Indicator, level: float) -> str:
    """Write a gap: 4,2 pp achter, or 12% achter where the ratio decides."""
    if not is_ratio(indicator):
        return speaker.short_gap(indicator, level)
    size = speaker.language.number(100 * abs(math.expm1(level)), 1)
    return speaker.language.say(mark("{size}% achter") if level < 0 else mark("{size}% voor"), size=size)


def change_words(speaker: Speaker, indicator: Indicator, change: float) -> str:
    """Write a change: 1,2 pp beter."""
    if is_ratio(indicator):
        size = f"{speaker.language.number(100 * abs(math.expm1(change)), 1)}%"
    elif quantity.is_zero(indicator, change):
        return speaker.language.say("gelijk")
    else:
        size = quantity.short_size(speaker.language, indicator, change)
    return speaker.language.say(mark("{size} slechter") if change < 0 else mark("{size} beter"), size=size)


def _change_cell(speaker: Speaker, indicator: Indicator, one: Point) -> Cell:
    since = speaker.language.say("sinds {year}", year=one.baseline)
    if one.change_low is None or one.change_high is None:
        return (change_words(speaker, indicator, one.change), since, speaker.language.say("marge niet bekend"))
    low, high = (change_words(speaker, indicator, end) for end in (one.change_low, one.change_high))
    margin = speaker.language.say("marge: {low} tot {high}", low=low, high=high)
    return (change_words(speaker, indicator, one.change), margin, since)


def _spread(indicator: Indicator, now: Row, then: Row | None, low: float | None, high: float | None) -> Spread | None:
    """Work out from three published margins (then, now, the change) how level and change hang together.

    Var(change) = Var(then) + Var(now) - 2 Cov(then, now), so that Cov(now, change) = Var(now) - Cov(then, now). Where
    the margin of then is not known, then and now are taken to be independent.
    """
    level = _error(indicator, now)
    if level is None or low is None or high is None:
        return None
    change, before = (high - low) / _WIDE, _error(indicator, then) if then is not None else None
    shared = 0.0 if before is None else (before**2 + level**2 - change**2) / 2
    most = _MOST * level * change
    return Spread(level=level, change=change, covariance=max(-most, min(most, level**2 - shared)))


def _error(indicator: Indicator, row: Row) -> float | None:
    """Give the standard error of a gap from its published margin; of a ratio from the margins of both sides."""
    if not is_ratio(indicator):
        if row["gap_low"] is None or row["gap_high"] is None:
            return None
        return float(row["gap_high"] - row["gap_low"]) / _WIDE or None
    ends = [row[name] for name in ("low", "high", "comparator_low", "comparator_high")]
    if any(end is None or end <= 0 for end in ends):
        return None
    own, there = math.log(ends[1] / ends[0]), math.log(ends[3] / ends[2])
    return math.hypot(own, there) / _WIDE or None
