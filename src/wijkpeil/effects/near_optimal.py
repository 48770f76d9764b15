"""How far the effect moves among all weights that fit nearly as well as the best."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Fact
from wijkpeil.domain.study import Design
from wijkpeil.effects.panel import Floats, Panel
from wijkpeil.effects.simplex import closest_many
from wijkpeil.effects.synthetic import Cohort, Fitted, cohorts, refuse, spread
from wijkpeil.effects.synthetic_control import fit_control
from wijkpeil.effects.synthetic_differences import fit_differences, moves, noise_of, ridge

TOLERANCE = 0.05
"""Weights fit nearly as well when their loss before the start is at most this part above the least."""

NEGLIGIBLE = 0.01
"""A distance before the start of less than this part of the spread of the areas is as good as none."""

_WIDENINGS, _HALVINGS = 60, 40


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The effect with the best weights, and the lowest and highest among the nearly best ones."""

    effect: float
    low: float
    high: float
    tolerance: float

    def check(self) -> Check:
        """Tell whether the sign of the effect rests on the choice among weights that fit nearly as well.

        Doubtful where they may give the other sign, failed where they may give as large an effect the other way.
        """
        farthest = self.low if self.effect > 0 else -self.high
        same, opposite = farthest > 0 or self.effect == 0, farthest <= -abs(self.effect) < 0
        status = CheckStatus.HOLDS if same else CheckStatus.FAILS if opposite else CheckStatus.DOUBTFUL
        facts: dict[str, Fact] = {"effect": self.effect, "low": self.low, "high": self.high}
        return Check(kind=CheckKind.NEAR_OPTIMAL, status=status, facts={**facts, "tolerance": self.tolerance})


def near_optimal(
    panel: Panel, design: Design, *, lag: int = 0, tolerance: float = TOLERANCE, pooled: bool = False
) -> Spread:
    """Bound the effect over all area weights whose loss before the start is within ``tolerance`` of the least.

    Weights that differ widely may fit the same handful of years equally well, and an optimiser names one of them. The
    effect is a linear function of the weights and the nearly best ones form a convex set, so that its lowest and
    highest value there are found exactly: the loss with ever more pull towards a higher effect rises until the limit.
    A loss counts as the least wherever the distance is ``NEGLIGIBLE``, since a perfect fit has nothing within 5%.

    Period weights stay as they are. Effects of several targets add up, and so do their bounds. Raises ``RefusedError``
    as ``synthetic.refuse``. Source: Abadie (2021), J. Econ. Lit. 59, 391-425 (weights that are not unique); the set of
    nearly optimal solutions is usual in multi-criteria planning (Brill et al. 1982, Management Sci. 28, 221-235).
    """
    refuse(panel, design, lag=lag)
    is_differences = design is Design.SYNTHETIC_DIFFERENCES
    fit = fit_differences() if is_differences else fit_control()
    parts = list(cohorts(panel, panel.start[None], pooled=pooled or is_differences))
    reached = sum(int(part.size.sum()) * max(panel.never - part.start - lag, 0) for part in parts)
    effect = low = high = 0.0
    for part in parts:
        fitted = fit(panel, part)
        after = slice(min(part.start + lag, panel.never), None)
        part_of = part.size / reached
        effect += float(part_of @ fitted.gap[:, after].sum(axis=1))
        problem = _problem(panel, part, fitted, is_differences)
        pull = part_of[:, None] * _given(panel, part, fitted, after)
        gap = part_of @ fitted.gap[:, after].sum(axis=1) + np.einsum("un,un->", pull, fitted.weights)
        low += float(gap - _most(problem, pull, fitted.weights, tolerance))
        high += float(gap + _most(problem, -pull, fitted.weights, tolerance))
    return Spread(effect=effect, low=low, high=high, tolerance=tolerance)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Problem:
    """The donors, targets and ridges of a cohort as they were fitted, and the loss that counts as none."""

    donors: Floats
    part: Cohort
    target: Floats
    ridge: Floats
    none: float

    def loss(self, weights: Floats) -> Floats:
        """Give the squared distance and the ridge of each row."""
        distance = ((weights @ self.donors - self.target) ** 2).sum(axis=1)
        return np.asarray(distance + self.ridge * (weights**2).sum(axis=1))

    def pulled(self, pull: Floats) -> Floats:
        """Fit again under a pull."""
        return closest_many(self.donors, self.target, self.part.donors, self.ridge, pull=pull)


def _problem(panel: Panel, part: Cohort, fitted: Fitted, is_differences: bool) -> _Problem:
    donors, target = panel.outcome[:, : part.start], part.target[:, : part.start]
    own = np.zeros(len(target))
    if is_differences:
        own = ridge(panel, part, noise_of(donors, part.donors))
        donors, target = moves(donors), moves(target)
    none = part.start * (NEGLIGIBLE * spread(panel)) ** 2
    return _Problem(donors=donors, part=part, target=target, ridge=own, none=none)


def _given(panel: Panel, part: Cohort, fitted: Fitted, after: slice) -> Floats:
    """Give ``(u, n)``: what each donor's outcome adds to the counterfactual, summed over the periods that count."""
    own = panel.outcome[:, after]
    if not fitted.periods.size:
        return np.broadcast_to(own.sum(axis=1), fitted.weights.shape)
    base = fitted.periods @ panel.outcome[:, : part.start].T
    return np.asarray(own.sum(axis=1)[None] - own.shape[1] * base)


def _most(problem: _Problem, pull: Floats, best: Floats, tolerance: float) -> float:
    """Find the largest sum of ``pull * weights`` over the weights of every row within the limit on its loss."""
    least = problem.loss(best)
    limit = np.maximum(least * (1 + tolerance), problem.none)
    size = np.ptp(pull, axis=1)
    scale = limit / np.where(size > 0, size, 1.0)
    weak, strong = np.zeros(len(limit)), np.full(len(limit), np.inf)
    force, found = 1e-3 * scale, best
    for _ in range(_WIDENINGS + _HALVINGS):
        weights = problem.pulled(-force[:, None] * pull)
        inside = problem.loss(weights) <= limit
        found = np.where(inside[:, None], weights, found)
        weak, strong = np.where(inside, force, weak), np.where(inside, strong, force)
        bounded = np.isfinite(strong)
        if (bounded & (strong - weak <= 1e-4 * strong) | (weak > 1e9 * scale)).all():
            break
        force = np.where(
            bounded, np.where(weak > 0, np.sqrt(weak * np.where(bounded, strong, 1)), strong / 8), 4 * weak
        )
    return float(np.einsum("un,un->", pull, found))
