"""One design on one outcome: the estimate, how surely it is not chance, its path and what it leaned on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from wijkpeil.domain.evidence import EventPoint, Found, PlaceboPath, Weight
from wijkpeil.domain.study import Design
from wijkpeil.effects.balance import balance
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.designs import comparing
from wijkpeil.effects.panel import Floats, Ints, Panel
from wijkpeil.effects.placements import Tried, paths, try_placements
from wijkpeil.effects.timing import paths_in_years, points_in_years

_SHOWN = 0.001
"""A weight below this part is not listed."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One outcome as a design meets it.

    ``city`` is ``(n,)``, a number for the gemeente of each area. ``lag`` and ``ahead`` (how early people may have acted
    on it) are in periods. ``ring`` is the same outcome with the neighbours as the treated, where that is asked.
    """

    panel: Panel
    city: Ints
    lag: int
    ahead: int
    draws: int
    seed: int
    ring: Panel | None = None

    def comparing(self, design: Design) -> Comparing:
        """Make a design for this outcome."""
        return comparing(design, covariates=self.panel.covariates.shape[1], treated=int(self.panel.is_treated.sum()))


def before_anyone_knew(case: Case) -> Case:
    """Let every start be that of the periods in which people may have acted on it already.

    Those periods are then no part of what a design takes for before, nor of what its checks look at, and the longer
    ``lag`` keeps them out of the effect: every design leaves them out in one way, also where it knows no base.
    """
    panel, ahead = case.panel, case.ahead
    start = np.where(panel.is_treated, np.maximum(panel.start - ahead, 0), panel.never)
    return replace(case, panel=replace(panel, start=start), lag=case.lag + ahead, ahead=0)


def found_by(design: Design, case: Case) -> tuple[Found, Tried]:
    """Estimate by a design, with its path, weights, balance and checks; ``Tried`` serves all outcomes together.

    What is told of years counts from the real start. Raises ``RefusedError`` where the design has no honest answer.
    """
    early, panel = before_anyone_knew(case), case.panel
    made = early.comparing(design)
    estimated = made.estimate(early.panel, lag=early.lag)
    tried = try_placements(early.panel, made, lag=early.lag, draws=case.draws, seed=case.seed)
    points, lines = _path(case, early, made)
    found = Found(
        design=design,
        effect=estimated.effect,
        inference=tried.inference(),
        treated=int(panel.is_treated.sum()),
        compared=int((~panel.is_treated).sum()),
        before=panel.cohorts[0],
        after=panel.never - panel.cohorts[0] - case.lag,
        path=points,
        placebo_paths=lines,
        weights=_weights(panel.areas, estimated.weights),
        period_weights=_weights(tuple(map(str, panel.periods)), estimated.period_weights),
        balance=balance(early.panel, estimated.weights),
    )
    return found, tried


def _path(case: Case, early: Case, made: Comparing) -> tuple[tuple[EventPoint, ...], tuple[PlaceboPath, ...]]:
    """Give the path with its band and the grey lines, by years since the real start."""
    points, lines = paths(early.panel, made, draws=case.draws, seed=case.seed)
    points = tuple(replace(point, time=point.time - case.ahead) for point in points)
    lines = tuple(replace(line, times=tuple(time - case.ahead for time in line.times)) for line in lines)
    return points_in_years(case.panel, points), paths_in_years(case.panel, lines)


def _weights(names: Sequence[str], weights: Floats) -> tuple[Weight, ...]:
    """List the weights that count, the largest first; none where all areas weigh alike."""
    if not len(weights) or np.ptp(weights[weights > 0]) <= _SHOWN / len(weights):
        return ()
    order = np.argsort(-weights, kind="stable")
    return tuple(Weight(name=names[place], weight=float(weights[place])) for place in order if weights[place] >= _SHOWN)
