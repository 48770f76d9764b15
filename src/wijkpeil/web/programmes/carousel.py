"""The project carousel: what comes back under a new name before anybody looked whether it worked.

It works on plain records, so that it can be tried on any list of measures; it warns, and decides nothing.
"""

import calendar
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

WITHIN = 24
"""A measure that begins so many months after another ended, or sooner, may be the same one."""
ALIKE = 0.5
"""Two aims are the same from this share of words in common (Dice); fixed beforehand."""
MOVED, UNMOVED = "catching_up", frozenset({"steady", "falling_behind"})
_NOTHING = ("", 0)
_SHORT = 4
_WORD = re.compile(r"\w+")
_STEM = 6


@dataclass(frozen=True, kw_only=True)
class Known:
    """What must be known of a measure; ``lag`` is in years, ``evaluated`` whether somebody looked if it worked."""

    key: str
    name: str
    aim: str
    area: str
    started: date
    ended: date | None = None
    evaluated: bool = False
    indicators: tuple[str, ...] = ()
    lag: int = 1
    city: str = ""
    """Of a measure for a whole city, of which ``area`` is empty, all that tells its place."""


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """Two measures with the same aim in the same place; ``alike`` is the share of words in common."""

    before: Known
    after: Known
    alike: float


@dataclass(frozen=True, kw_only=True)
class Unmoved:
    """A measure past its lag, and the verdicts (by indicator) that show no movement."""

    measure: Known
    verdicts: tuple[tuple[str, str], ...]


def repeats(measures: Iterable[Known]) -> list[Repeat]:
    """Give what began under another name within 24 months after the same aim ended in the same place, unevaluated.

    Measures are laid out by place and by the day on which they began, so that only those are compared that can be a
    pair, and a text is taken apart once: thousands of measures take hundredths of a second.
    """
    places: defaultdict[tuple[str, str], list[Known]] = defaultdict(list)
    for measure in measures:
        places[measure.city, measure.area].append(measure)
    found = [repeat for here in places.values() for repeat in _repeats_here(here)]
    return sorted(found, key=lambda one: (one.after.started, one.before.key, one.after.key))


def unmoved(measures: Iterable[Known], verdicts: Iterable[dict[str, Any]]) -> list[Unmoved]:
    """Give the measures past their lag of which no indicator moves and at least one is known to stand still.

    A verdict is a record with ``area``, ``indicator``, ``verdict`` and ``latest`` (a period that begins with its
    year). One that cannot be told is no proof of standing still.
    """
    said = {(one["area"], one["indicator"]): (str(one["verdict"]), _year(one["latest"])) for one in verdicts}
    found = []
    for measure in measures:
        due, past = measure.started.year + measure.lag, []
        for indicator in measure.indicators:
            verdict, latest = said.get((measure.area, indicator), _NOTHING)
            if latest >= due:
                past.append((indicator, verdict))
        if any(verdict == MOVED for _, verdict in past):
            continue
        still = tuple((name, verdict) for name, verdict in past if verdict in UNMOVED)
        if still:
            found.append(Unmoved(measure=measure, verdicts=still))
    return found


def likeness(one: str, other: str) -> float:
    """Give the share of longer words, by their first letters, that two texts have in common: 0 to 1."""
    first, second = _words(one), _words(other)
    return _dice(len(first & second), len(first) + len(second))


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _repeats_here(here: list[Known]) -> Iterator[Repeat]:
    """Compare the measures of one place; the words of an aim are bits of a number, so that common ones are counted."""
    here.sort(key=lambda one: one.started)
    bits: dict[str, int] = {}
    aims = [sum(1 << bits.setdefault(word, len(bits)) for word in _words(one.aim)) for one in here]
    starts, sizes = [one.started for one in here], [aim.bit_count() for aim in aims]
    for place, before in enumerate(here):
        if before.ended is None or before.evaluated:
            continue
        first = bisect_right(starts, before.started, lo=place)
        last = bisect_right(starts, months_after(before.ended, WITHIN), lo=first)
        for later in range(first, last):
            alike = _dice((aims[place] & aims[later]).bit_count(), sizes[place] + sizes[later])
            if alike >= ALIKE and _plain(here[later].name) != _plain(before.name):
                yield Repeat(before=before, after=here[later], alike=alike)


def _dice(common: int, together: int) -> float:
    return 2 * common / together if common else 0.0


def _words(text: str) -> frozenset[str]:
    """Give the words that carry a meaning: those of four letters or more, by their beginning (jongeren, jongere)."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()) if len(word) >= _SHORT)


def _plain(name: str) -> str:
    return " ".join(_WORD.findall(name.casefold()))


def _year(period: object) -> int:
    found = re.match(r"\d{4}", str(period or ""))
    return int(found[0]) if found else 0
