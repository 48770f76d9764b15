"""The project carousel: what comes back under a new name before anybody looked whether it worked.

It works on plain records, so that it can be tried on any list of measures; it warns, and decides nothing.
"""

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

WITHIN = 24
"""A measure that begins so many months after another ended, or sooner, may be the same one."""
ALIKE = 0.5
"""Two aims are the same from this share of words in common (Dice); fixed beforehand."""
MOVED, UNMOVED = "catching_up", frozenset({"steady", "falling_behind"})
_SHORT = 4
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


def repeats(measures: Sequence[Known]) -> list[Repeat]:
    """Give what began under another name within 24 months after the same aim ended in the same place, unevaluated."""
    found = []
    for before in measures:
        if before.ended is None or before.evaluated:
            continue
        last = months_after(before.ended, WITHIN)
        for after in measures:
            if after.area != before.area or not before.started < after.started <= last:
                continue
            if _plain(after.name) == _plain(before.name):
                continue
            alike = likeness(before.aim, after.aim)
            if alike >= ALIKE:
                found.append(Repeat(before=before, after=after, alike=alike))
    return sorted(found, key=lambda one: (one.after.started, one.before.key, one.after.key))


def unmoved(measures: Iterable[Known], verdicts: Iterable[dict[str, Any]]) -> list[Unmoved]:
    """Give the measures past their lag of which no indicator moves and at least one is known to stand still.

    A verdict is a record with ``area``, ``indicator``, ``verdict`` and ``latest`` (a period that begins with its
    year). One that cannot be told is no proof of standing still.
    """
    said = {(one["area"], one["indicator"]): one for one in verdicts}
    found = []
    for measure in measures:
        known = [(indicator, said.get((measure.area, indicator))) for indicator in measure.indicators]
        due = measure.started.year + measure.lag
        past = [(name, str(one["verdict"])) for name, one in known if one is not None and _year(one["latest"]) >= due]
        if any(verdict == MOVED for _, verdict in past):
            continue
        still = tuple((name, verdict) for name, verdict in past if verdict in UNMOVED)
        if still:
            found.append(Unmoved(measure=measure, verdicts=still))
    return found


def likeness(one: str, other: str) -> float:
    """Give the share of longer words, by their first letters, that two texts have in common: 0 to 1."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _words(text: str) -> frozenset[str]:
    """Give the words that carry a meaning: those of four letters or more, by their beginning (jongeren, jongere)."""
    return frozenset(word[:_STEM] for word in re.findall(r"\w+", text.casefold()) if len(word) >= _SHORT)


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def _year(period: object) -> int:
    found = re.match(r"\d{4}", str(period or ""))
    return int(found[0]) if found else 0
