"""What else could have made the difference: seven threats, each with how it stands and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Found
from wijkpeil.domain.grading import Threat, ThreatKind, ThreatStatus
from wijkpeil.domain.grading import ThreatBecause as Because
from wijkpeil.domain.refusal import Fact
from wijkpeil.domain.study import Candidates, Design, Study
from wijkpeil.effects.designs import COMPARING
from wijkpeil.effects.grade import RULES, is_refuted


def threats(found: Found, study: Study, *, programmes: tuple[str, ...] = ()) -> tuple[Threat, ...]:
    """Say of every threat whether it is excluded, was tested, stands open or is present.

    A threat is ``tested`` where a check of the figures saw nothing of it, and ``present`` where one did; an unclear
    check leaves it ``open``. Without a check it is ``excluded`` where the way of comparing rules it out, and ``open``
    otherwise. All are always listed: a list of only those that were looked at reads as if there were no others.

    That the neighbours were left out keeps the comparison clean, and does not tell whether something moved to them:
    that stays open until the ring is estimated.

    Parameters
    ----------
    programmes
        Other programmes in which the treated areas have a part.

    Returns
    -------
    tuple[Threat, ...]
        One for each ``ThreatKind``, in that order; ``facts`` are those of the check, or what the study declared.

    References
    ----------
    Shadish, Cook and Campbell (2002), Experimental and Quasi-Experimental Designs, chapter 2, for such a list.
    """
    case = _Case(found=found, study=study, programmes=programmes)
    return tuple(_threat(kind, case) for kind in ThreatKind)


@dataclass(frozen=True, kw_only=True)
class _Case:
    """A finding with the study that it answers."""

    found: Found
    study: Study
    programmes: tuple[str, ...]

    @property
    def candidates(self) -> Candidates:
        return self.study.candidates or Candidates(level="")

    @property
    def is_alone(self) -> bool:
        """Whether nobody is compared with."""
        return self.found.design in {Design.BEFORE_AFTER, Design.INTERRUPTED_SERIES}

    @property
    def is_by_lot(self) -> bool:
        return self.found.design is Design.EXPERIMENT


_Stand = tuple[ThreatStatus, Because, dict[str, Fact]]

_AT_CUTOFF = (Because.NEAR_CUTOFF, Because.CUTOFF_INVALID)

_TESTS: Mapping[ThreatKind, Mapping[CheckKind, tuple[Because, Because]]] = {
    ThreatKind.SELECTION: {
        CheckKind.PRE_TREND: (Because.PARALLEL_BEFORE, Because.NOT_PARALLEL_BEFORE),
        CheckKind.FIT_BEFORE: (Because.FITS_BEFORE, Because.NO_FIT_BEFORE),
        CheckKind.BALANCE: (Because.BALANCED_BEFORE, Because.NOT_BALANCED_BEFORE),
        CheckKind.DENSITY: _AT_CUTOFF,
        CheckKind.COVARIATE_JUMP: _AT_CUTOFF,
        CheckKind.MOVED_ACROSS: _AT_CUTOFF,
    },
    ThreatKind.REGRESSION_TO_THE_MEAN: {
        CheckKind.REGRESSION_TO_THE_MEAN: (Because.RETURN_SMALL, Because.RETURN_EXPECTED)
    },
    ThreatKind.DISPLACEMENT: {CheckKind.DISPLACEMENT: (Because.RING_UNCHANGED, Because.RING_CHANGED)},
    ThreatKind.COMPOSITION: {CheckKind.COMPOSITION: (Because.SAME_PEOPLE, Because.OTHER_PEOPLE)},
    ThreatKind.ANTICIPATION: {CheckKind.ANTICIPATION: (Because.NOTHING_BEFORE_START, Because.MOVED_BEFORE_START)},
    ThreatKind.CONTAMINATION: {},
    ThreatKind.OTHER_SHOCKS: {CheckKind.CITY_SHOCK: (Because.CITY_UNCHANGED, Because.CITY_CHANGED)},
}
"""Which checks look for a threat, with what it says where they see nothing and where they see something."""

_LEAVING_YEARS_OUT = COMPARING | {Design.INTERRUPTED_SERIES}
"""Designs that look at years before and can leave out those in which people may have acted on it already."""

_GRAVITY = (CheckStatus.FAILS, CheckStatus.DOUBTFUL, CheckStatus.HOLDS)


def _threat(kind: ThreatKind, case: _Case) -> Threat:
    """Say how one threat stands: by the gravest of its checks, and where there is none by how was compared."""
    possible = [check for check in case.found.checks if _looks_for(check, kind, case)]
    worst = min(possible, key=lambda check: _GRAVITY.index(check.status), default=None)
    status, because, facts = _UNTESTED[kind](case) if worst is None else _seen(kind, worst)
    return Threat(kind=kind, status=status, because=because, facts=facts)


def _looks_for(check: Check, kind: ThreatKind, case: _Case) -> bool:
    """Whether a check says something of a threat; of selection only those say something that carry the design."""
    if check.kind not in _TESTS[kind] or check.status is CheckStatus.NOT_POSSIBLE:
        return False
    return kind is not ThreatKind.SELECTION or check.kind in RULES[case.found.design].shown


def _seen(kind: ThreatKind, check: Check) -> _Stand:
    nothing, something = _TESTS[kind][check.kind]
    if check.status is CheckStatus.DOUBTFUL:
        return ThreatStatus.OPEN, Because.TEST_UNCLEAR, check.facts
    if check.status is CheckStatus.FAILS:
        return ThreatStatus.PRESENT, something, check.facts
    return ThreatStatus.TESTED, nothing, check.facts


def _open(because: Because, **facts: Fact) -> _Stand:
    return ThreatStatus.OPEN, because, facts


def _excluded(because: Because, **facts: Fact) -> _Stand:
    return ThreatStatus.EXCLUDED, because, facts


def _chosen(case: _Case) -> _Stand:
    if case.is_by_lot:
        return _excluded(Because.BY_LOT)
    return _open(Because.NO_COMPARISON if case.is_alone else Because.NOT_TESTED)


def _returned(case: _Case) -> _Stand:
    at_cutoff = case.found.design is Design.DISCONTINUITY and _chose_near_cutoff(case.found)
    return _excluded(Because.NEAR_CUTOFF) if at_cutoff else _chosen(case)


def _chose_near_cutoff(found: Found) -> bool:
    """Whether a cut-off was tested and stands."""
    shown = [check for check in found.checks if check.kind in RULES[found.design].shown]
    return any(check.status is CheckStatus.HOLDS for check in shown) and not is_refuted(found.design, shown)


def _moved_away(case: _Case) -> _Stand:
    ring = case.candidates.ring_km
    return _open(Because.NO_RING) if ring is None else _open(Because.RING_LEFT_OUT, ring_km=ring)


def _others_came(case: _Case) -> _Stand:
    return _open(Because.NOT_TESTED if case.study.movers else Because.MOVERS_UNKNOWN)


def _acted_before(case: _Case) -> _Stand:
    years = case.study.anticipation
    left_out = years and case.found.design in _LEAVING_YEARS_OUT
    return _excluded(Because.YEARS_LEFT_OUT, years=years) if left_out else _open(Because.NOT_TESTED)


def _other_programmes(case: _Case) -> _Stand:
    if case.programmes:
        return ThreatStatus.PRESENT, Because.IN_OTHER_PROGRAMMES, {"programmes": ", ".join(case.programmes)}
    left_out = case.candidates.without_programmes
    if left_out and not case.is_alone:
        return _excluded(Because.PROGRAMMES_LEFT_OUT, programmes=", ".join(left_out))
    return _open(Because.PROGRAMMES_UNKNOWN)


def _something_else(case: _Case) -> _Stand:
    if case.is_by_lot or case.is_alone:
        return _chosen(case)
    several = case.found.check(CheckKind.LEAVE_ONE_CITY_OUT)
    if several is not None and several.status is CheckStatus.HOLDS:
        return ThreatStatus.TESTED, Because.SEVERAL_CITIES, several.facts
    return _excluded(Because.SAME_CITY) if case.candidates.same_city else _open(Because.OTHER_CITIES)


_UNTESTED: Mapping[ThreatKind, Callable[[_Case], _Stand]] = {
    ThreatKind.SELECTION: _chosen,
    ThreatKind.REGRESSION_TO_THE_MEAN: _returned,
    ThreatKind.DISPLACEMENT: _moved_away,
    ThreatKind.COMPOSITION: _others_came,
    ThreatKind.ANTICIPATION: _acted_before,
    ThreatKind.CONTAMINATION: _other_programmes,
    ThreatKind.OTHER_SHOCKS: _something_else,
}
"""How a threat stands where no check looked for it."""
