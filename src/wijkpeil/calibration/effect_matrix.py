"""Every way to go wrong beside every design: it must hold there, be flagged by its own check, or be seen to fail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from wijkpeil.calibration.lines import Claim, Limits, Line, Part, share_of
from wijkpeil.calibration.planted import Country, Scenario, draw
from wijkpeil.calibration.planted_threshold import EFFECT, simulate_discontinuity
from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.composition import composition
from wijkpeil.effects.designs import comparing
from wijkpeil.effects.displacement import displacement, ring_panel
from wijkpeil.effects.estimating import Case, found_by
from wijkpeil.effects.in_time import anticipation
from wijkpeil.effects.panel import Ints
from wijkpeil.effects.placements import infer
from wijkpeil.effects.regression_to_the_mean import regression_to_the_mean
from wijkpeil.effects.shocks import city_shock, within_city
from wijkpeil.effects.validity import discontinuity, validity

DRAWS = 199
"""Placements in each world."""

HOLDS = Limits(low=0.92, high=0.97)
"""The part of the worlds in which the interval holds the truth, where a design must hold."""
FLAGGED = Limits(low=0.8)
"""The part of the worlds in which a check of the design itself is not passed, where it must not be."""
FAILS = Limits(high=0.5)
"""The part of the worlds in which the interval holds the truth, where a design must be seen to fail."""

_LINEAR = (Design.DIFFERENCES, Design.IMPUTATION)
_SYNTHETIC = (Design.SYNTHETIC_CONTROL, Design.SYNTHETIC_DIFFERENCES)
_ALL = (*_LINEAR, Design.MATCHED_DIFFERENCES, *_SYNTHETIC)


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What must be seen of a design in a scenario.

    Without a ``check`` it is how often the interval holds the truth, with one how often that check is not passed.
    """

    scenario: Scenario
    design: Design
    limits: Limits
    check: CheckKind | None = None


MATRIX = (
    *(
        Cell(scenario=scenario, design=design, limits=HOLDS)
        for scenario in (Scenario.NOTHING, Scenario.EFFECT, Scenario.DISPLACEMENT)
        for design in _ALL
    ),
    *(
        Cell(scenario=Scenario.STAGGERED, design=design, limits=HOLDS)
        for design in (*_LINEAR, Design.SYNTHETIC_DIFFERENCES)
    ),
    Cell(scenario=Scenario.WORST_CHOSEN, design=Design.BEFORE_AFTER, limits=FAILS),
    *(
        Cell(scenario=Scenario.WORST_CHOSEN, design=design, limits=FLAGGED, check=CheckKind.REGRESSION_TO_THE_MEAN)
        for design in (Design.BEFORE_AFTER, *_LINEAR)
    ),
    *(
        Cell(scenario=Scenario.DISPLACEMENT, design=design, limits=FLAGGED, check=CheckKind.DISPLACEMENT)
        for design in _LINEAR
    ),
    *(
        Cell(scenario=Scenario.ANTICIPATION, design=design, limits=FLAGGED, check=CheckKind.ANTICIPATION)
        for design in _LINEAR
    ),
    *(Cell(scenario=Scenario.MOVERS, design=design, limits=FLAGGED, check=CheckKind.COMPOSITION) for design in _LINEAR),
    *(
        Cell(scenario=Scenario.CITY_SHOCK, design=design, limits=FLAGGED, check=CheckKind.CITY_SHOCK)
        for design in _LINEAR
    ),
    *(Cell(scenario=Scenario.CITY_SHOCK, design=design, limits=FAILS) for design in _LINEAR),
)
"""What is claimed; of a design that is not named in a scenario nothing is."""


def effect_matrix(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Draw countries of every scenario and look at each design that something is claimed of there."""
    lines = []
    for scenario in Scenario:
        cells = [cell for cell in MATRIX if cell.scenario is scenario]
        seeds = rng.integers(0, 2**31, worlds)
        countries = [draw(scenario, np.random.default_rng(seed)) for seed in seeds]
        lines += [_line(cell, countries) for cell in cells]
    return [*lines, *_at_threshold(rng.integers(0, 2**31, worlds))]


def _at_threshold(seeds: Ints) -> list[Line]:
    """Draw a score on which was selected: clean, where the interval must hold, and manipulated, which must be seen."""
    lines = []
    for manipulated in (False, True):
        told = [_seen_at_threshold(int(seed), manipulated=manipulated) for seed in seeds]
        known = [one for one in told if one is not None]
        limits = FLAGGED if manipulated else HOLDS
        measured, error = share_of(known, claimed=0.8 if manipulated else 0.95)
        lines.append(
            Line(
                part=Part.EFFECT_MATRIX,
                claim=Claim.FLAGGED if manipulated else Claim.TRUTH_HELD,
                of=Design.DISCONTINUITY.value,
                measured=measured,
                error=error,
                limits=limits,
                worlds=len(known),
            )
        )
    return lines


def _seen_at_threshold(seed: int, *, manipulated: bool) -> bool | None:
    """Say whether a manipulated score is refused or doubted; of a clean one whether the interval holds the effect."""
    areas = simulate_discontinuity(seed, manipulated=manipulated)
    if manipulated:
        return any(check.status in {CheckStatus.FAILS, CheckStatus.DOUBTFUL} for check in validity(areas))
    try:
        found = discontinuity(areas, draws=DRAWS, seed=seed).inference
    except RefusedError:
        return None
    return found.low is not None and found.high is not None and found.low <= EFFECT <= found.high


def _line(cell: Cell, countries: list[Country]) -> Line:
    seen = [_seen(cell, country, number) for number, country in enumerate(countries)]
    told = [one for one in seen if one is not None]
    claimed = {HOLDS: 0.95, FLAGGED: 0.8, FAILS: 0.5}[cell.limits]
    measured, error = share_of(told, claimed=claimed)
    return Line(
        part=Part.EFFECT_MATRIX,
        claim=Claim.TRUTH_HELD if cell.check is None else Claim.FLAGGED,
        of=cell.design.value,
        measured=measured,
        error=error,
        limits=cell.limits,
        setting={"scenario": float(list(Scenario).index(cell.scenario))},
        worlds=len(told),
    )


def _seen(cell: Cell, country: Country, seed: int) -> bool | None:
    """Say whether what is claimed is so in one country; ``None`` where the design refuses for a poor fit."""
    case = _case(country, seed)
    if cell.check is not None:
        return _CHECKS[cell.check](cell.design, country, case).status in {CheckStatus.FAILS, CheckStatus.DOUBTFUL}
    made = comparing(cell.design, treated=int(case.panel.is_treated.sum()))
    try:
        made.estimate(case.panel)
        found = infer(case.panel, made, draws=DRAWS, seed=seed)
    except RefusedError as refused:
        if refused.refusal.reason is not RefusalReason.POOR_FIT:
            raise
        return None
    return (found.low is None or found.low <= country.truth) and (found.high is None or country.truth <= found.high)


def _case(country: Country, seed: int) -> Case:
    ring = ring_panel(country.panel, country.in_ring, country.ring_start) if country.in_ring.any() else None
    return Case(
        panel=country.outside_ring,
        city=country.city[~country.in_ring],
        lag=0,
        ahead=0,
        draws=DRAWS,
        seed=seed,
        ring=ring,
    )


def _returned(design: Design, country: Country, case: Case) -> Check:
    found = comparing(design).estimate(case.panel)
    return regression_to_the_mean(
        case.panel,
        found.effect,
        weights=found.weights,
        from_last=design is Design.DIFFERENCES,
        draws=DRAWS,
        seed=case.seed,
    )


def _displaced(design: Design, country: Country, case: Case) -> Check:
    ring = found_by(design, replace(case, panel=case.ring or case.panel))[0]
    return displacement(found_by(design, case)[0], ring)


def _early(design: Design, country: Country, case: Case) -> Check:
    return anticipation(case.panel, comparing(design), draws=DRAWS, seed=case.seed)


def _others_came(design: Design, country: Country, case: Case) -> Check:
    if country.people is None:
        raise ValueError("nobody moved in this scenario")
    made = comparing(design)
    return composition(
        case.panel,
        country.people,
        lambda one: made.estimate(one).effect,
        lambda one: infer(one, made, draws=DRAWS, seed=case.seed),
    )


def _shaken(design: Design, country: Country, case: Case) -> Check:
    made, inside = comparing(design), within_city(case.panel, case.city)
    within = None if inside is None else made.estimate(inside).effect
    return city_shock(case.panel, case.city, effect=made.estimate(case.panel).effect, within=within)


_CHECKS: Mapping[CheckKind, Callable[[Design, Country, Case], Check]] = {
    CheckKind.REGRESSION_TO_THE_MEAN: _returned,
    CheckKind.DISPLACEMENT: _displaced,
    CheckKind.ANTICIPATION: _early,
    CheckKind.COMPOSITION: _others_came,
    CheckKind.CITY_SHOCK: _shaken,
}
