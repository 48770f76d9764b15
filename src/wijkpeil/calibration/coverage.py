"""How often the 95% intervals of a level, a gap and a change hold the truth."""

from dataclasses import dataclass, replace

import numpy as np

from wijkpeil.analysis.tree import Floats
from wijkpeil.calibration.declared import (
    BASES,
    FEW,
    Truth,
    drawn_cases,
    drawn_rest,
    drawn_truth,
    expected_cases,
)
from wijkpeil.calibration.lines import Claim, Limits, Line, Part, share_of
from wijkpeil.calibration.worlds import Reported, by_area, indicator_of, policy_of, through_the_house
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import IntervalChoice, Kind

APPROXIMATE = Limits(low=0.93, high=0.97)
"""Of Wilson and mid-P: 95% on average over the truths."""

AT_LEAST = Limits(low=0.95)
"""Of exact intervals; and of all where few cases are expected."""

_NAMES = {Kind.PROPORTION: "share", Kind.RATE: "rate"}
_EXACT = "exact_"
_MATERIALITY = 0.01


@dataclass(frozen=True, kw_only=True, eq=False)
class _World:
    of: str
    base: int
    truth: Truth
    few: bool
    reported: Reported


def coverage(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Draw ``worlds`` areas of every base, each in a city of its own, and look where the truth lies.

    Approximate and mid-P intervals must hold it in 93-97% of the worlds, over all truths that are drawn. Where fewer
    than five cases are expected on average (rates of small areas) the possible outcomes lie so far apart that an
    interval can only be right more often, and must be: at least 95%, told apart. Exact intervals must hold it in
    at least 95% everywhere; they are given for the same figures.
    """
    drawn = [one for kind in _NAMES for base in BASES for one in _drawn(kind, base, worlds, rng)]
    drawn.sort(key=lambda one: one.reported.indicator.id)
    figures, positions, changes = through_the_house(
        [one.reported for one in drawn],
        city=np.arange(worlds),
        comparator=Comparator.REST_OF_CITY,
        policy=policy_of([one.reported.indicator for one in drawn]),
    )
    found = {
        Claim.LEVEL: [by_area(figures, end, areas=worlds) for end in ("low", "high")],
        Claim.GAP: [by_area(positions, end, areas=worlds) for end in ("gap_low", "gap_high")],
        Claim.CHANGE: [by_area(changes, end, areas=worlds) for end in ("change_low", "change_high")],
    }
    return [
        _line(one, claim, low[place], high[place])
        for place, one in enumerate(drawn)
        for claim, (low, high) in found.items()
    ]


def _drawn(kind: Kind, base: int, worlds: int, rng: np.random.Generator) -> list[_World]:
    """Draw the figures of one kind and base; they are published twice, with usual and with exact intervals."""
    truth = drawn_truth(kind, worlds, rng)
    bases, rest_bases = np.full((worlds, 2), float(base)), drawn_rest(base, worlds, rng)
    cases, rest_cases = drawn_cases(kind, truth.area, bases, rng), drawn_cases(kind, truth.rest, rest_bases, rng)
    few = bool(expected_cases(kind, truth.area, bases).mean() < FEW)
    usual = indicator_of(f"{_NAMES[kind]}_{base:05d}", kind, materiality=_MATERIALITY)
    exact = replace(usual, id=_EXACT + usual.id, interval=IntervalChoice.EXACT)
    return [
        _World(
            of=(_EXACT if indicator is exact else "") + _NAMES[kind],
            base=base,
            truth=truth,
            few=few,
            reported=Reported(
                indicator=indicator,
                value=cases / bases,
                base=bases,
                error=None,
                city_value=(cases + rest_cases) / (bases + rest_bases),
                city_base=bases + rest_bases,
                city_error=None,
            ),
        )
        for indicator in (usual, exact)
    ]


def _line(one: _World, claim: Claim, low: Floats, high: Floats) -> Line:
    gap = one.truth.area - one.truth.rest
    truth = {Claim.LEVEL: one.truth.area, Claim.GAP: gap, Claim.CHANGE: gap[:, 1:] - gap[:, :1]}[claim]
    holds = (low <= truth) & (truth <= high)
    measured, error = share_of(holds, claimed=0.95)
    exact = one.of.startswith(_EXACT)
    return Line(
        part=Part.SPARSE if one.few and not exact else Part.COVERAGE,
        claim=claim,
        of=one.of,
        measured=measured,
        error=error,
        limits=AT_LEAST if exact or one.few else APPROXIMATE,
        setting={"base": one.base},
        worlds=len(holds),
    )
