"""What the figures propose for a neighbourhood, with the reasons; it proposes and never decides.

It works on plain records. The thresholds are fixed here, before any figure is looked at.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.models.decision import Course

BOTH = (Comparator.REST_OF_CITY.value, Comparator.LOOK_ALIKES.value)
"""A neighbourhood is always set beside two: its city and the neighbourhoods that resembled it."""
LEAST = 3
"""So many verdicts that say something are needed beside a comparator."""
ENOUGH = 1 / 3
"""And such a part of all that could be judged."""
MANY = 1 / 4
"""From this part of the verdicts on, it is not one figure but the neighbourhood."""


class Level(StrEnum):
    """Where a neighbourhood stands now beside a comparator."""

    BEHIND = "behind"
    NOT_BEHIND = "not_behind"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One verdict of an edition: the level, the change of the gap with its interval, and what may be said of it."""

    indicator: str
    comparator: str
    level: Level
    verdict: Verdict
    change: float | None = None
    low: float | None = None
    high: float | None = None
    latest: int | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One ambition that was approved: its words, and whether it was reached; ``None`` where only people can tell."""

    words: str
    is_reached: bool | None


@dataclass(frozen=True, kw_only=True)
class Reason:
    """A sentence that ``gettext`` knows, and what fills it in."""

    text: str
    parts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What is proposed and why."""

    course: Course
    reasons: tuple[Reason, ...]

    def record(self) -> dict[str, Any]:
        """Give it as it is kept with a decision."""
        return {"course": self.course.value, "reasons": [asdict(one) for one in self.reasons]}


_BESIDE = {
    Comparator.REST_OF_CITY.value: {
        "few": mark("Naast de stad zegt {count} van de {all} cijfers iets. Dat is te weinig."),
        "said": mark(
            "Naast de stad: van {count} cijfers staat de wijk op {behind} achter. "
            "Op {better} loopt zij in, op {worse} staat zij achter en wordt het slechter."
        ),
    },
    Comparator.LOOK_ALIKES.value: {
        "few": mark("Naast gelijkende wijken zegt {count} van de {all} cijfers iets. Dat is te weinig."),
        "said": mark(
            "Naast gelijkende wijken: van {count} cijfers staat de wijk op {behind} achter. "
            "Op {better} loopt zij in, op {worse} staat zij achter en wordt het slechter."
        ),
    },
}


def propose(judged: Sequence[Judged], wanted: Sequence[Wanted]) -> Proposal:
    """Propose a course from the verdicts beside both comparators and from the ambitions.

    Winding down takes both comparators and every measured ambition; intensifying takes one comparator, unless the
    other points the opposite way. Beside one comparator only, or where the two contradict each other, nothing is said.
    """
    sides = {name: _side([one for one in judged if one.comparator == name]) for name in BOTH}
    reasons = [Reason(text=_BESIDE[name][kind], parts=parts) for name, (_, kind, parts) in sides.items()]
    courses = [course for course, _, _ in sides.values()]
    course = _together(courses)
    if course is Course.CANNOT_SAY and Course.CANNOT_SAY not in courses:
        reasons.append(
            Reason(text=mark("De twee vergelijkingen spreken elkaar tegen. Daar moeten jullie over praten."), parts={})
        )
    missed = [one for one in wanted if one.is_reached is False]
    open_ones = [one for one in wanted if one.is_reached is None]
    reached = len(wanted) - len(missed) - len(open_ones)
    if wanted:
        text = mark(
            "Van {all} ambities zijn er {reached} gehaald en {missed} niet. "
            "Over {open} kunnen alleen mensen iets zeggen."
        )
        parts = {"all": len(wanted), "reached": reached, "missed": len(missed), "open": len(open_ones)}
        reasons.append(Reason(text=text, parts=parts))
    else:
        reasons.append(Reason(text=mark("Er zijn geen goedgekeurde ambities om naast de cijfers te leggen."), parts={}))
    if course is Course.WIND_DOWN and missed:
        course = Course.CONTINUE
        reasons.append(
            Reason(
                text=mark("De cijfers zijn goed genoeg om af te bouwen, maar niet elke ambitie is gehaald."), parts={}
            )
        )
    return Proposal(course=course, reasons=tuple(reasons))


@dataclass(frozen=True, kw_only=True)
class Revised:
    """A verdict that a decision rests on and that reads differently in a later edition."""

    indicator: str
    comparator: str
    before: str
    after: str


def revised(kept: Sequence[dict[str, Any]], now: Sequence[Judged]) -> list[Revised]:
    """Compare the verdicts that a decision was based on with those of a later edition; one that is gone counts too."""
    later = {(one.indicator, one.comparator): one.verdict.value for one in now}
    found = [
        Revised(
            indicator=one["indicator"],
            comparator=one["comparator"],
            before=one["verdict"],
            after=later.get((one["indicator"], one["comparator"]), ""),
        )
        for one in kept
    ]
    return [one for one in found if one.before != one.after]


def kept(judged: Sequence[Judged]) -> list[dict[str, Any]]:
    """Give verdicts as they are kept with a decision."""
    return [asdict(one) for one in judged]


def _side(judged: Sequence[Judged]) -> tuple[Course, str, dict[str, Any]]:
    could = [one for one in judged if one.verdict is not Verdict.NOT_JUDGED]
    claims = [one for one in could if one.verdict.is_claim]
    if len(claims) < max(LEAST, ENOUGH * len(could)):
        return Course.CANNOT_SAY, "few", {"count": len(claims), "all": len(judged)}
    behind = [one for one in claims if one.level is Level.BEHIND]
    worse = [one for one in behind if one.verdict is Verdict.FALLING_BEHIND]
    better = [one for one in claims if one.verdict is Verdict.CATCHING_UP]
    parts = {"count": len(claims), "behind": len(behind), "better": len(better), "worse": len(worse)}
    if len(worse) >= MANY * len(claims) and len(worse) > len(better):
        return Course.INTENSIFY, "said", parts
    if len(behind) <= MANY * len(claims) and not worse:
        return Course.WIND_DOWN, "said", parts
    return Course.CONTINUE, "said", parts


def _together(courses: Sequence[Course]) -> Course:
    there = set(courses)
    if Course.CANNOT_SAY in there or {Course.WIND_DOWN, Course.INTENSIFY} <= there:
        return Course.CANNOT_SAY
    if Course.INTENSIFY in there:
        return Course.INTENSIFY
    return Course.WIND_DOWN if there == {Course.WIND_DOWN} else Course.CONTINUE
