"""Differences between areas that resemble each other: right if either the odds or the regression is."""

from dataclasses import dataclass
from functools import partial

import numpy as np

from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.design import Comparing, Estimated
from wijkpeil.effects.group_times import without_estimate
from wijkpeil.effects.overlap import chances, singular, terms
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel

_AT_ONCE = 2_000_000
"""So many areas times draws in memory at once."""


def doubly_robust(*, anticipation: int = 0, by_odds: bool = True) -> Comparing:
    """Make difference-in-differences given the covariates of the panel.

    Areas that differ in what was known of them beforehand would have changed differently. Comparison areas are weighed
    by their odds of being treated, and a regression of their change on the covariates mends what the weights leave; the
    estimate is right when either of the two is. Both follow from covariates and starts alone, so that the effect is
    linear in the outcome and the interval by placements exact.

    Odds exist where the covariates do not tell the treated apart without fail; a single area at the edge of what was
    known has none, and the design is then refused. ``by_odds=False`` uses the regression only, which has an answer
    there and leans on straight lines for it.

    Comparison areas are those never treated, the base is ``start - 1 - anticipation``, and averaging is as in
    ``differences``. A placement without odds has no estimate (NaN). ``estimate`` and the batched functions raise
    ``RefusedError`` where the covariates are missing or say the same; ``estimate`` also where there is no overlap.
    Source: Sant'Anna, Zhao (2020), J. Econometrics 219, 101-122; Heckman, Ichimura, Todd (1997), Rev. Econ. Stud. 64,
    605-654 (the regression).
    """
    deviating = partial(_deviations, anticipation=anticipation, by_odds=by_odds)

    def effects(panel: Panel, starts: Ints, *, lag: int = 0) -> Floats:
        found = deviating(panel, starts)
        return found.over(found.times >= lag)

    def paths(panel: Panel, starts: Ints) -> Floats:
        found = deviating(panel, starts)
        return np.stack([found.over(found.times == time) for time in panel.event_times], axis=1)

    def estimate(panel: Panel, *, lag: int = 0) -> Estimated:
        plain = without_estimate(panel, Design.DIFFERENCES, lag=lag)
        if plain.reason is not RefusalReason.TOO_FEW_PERIODS:
            raise RefusedError(plain)
        effect = float(effects(panel, panel.start[None], lag=lag)[0])
        if not np.isfinite(effect):
            raise RefusedError(singular(panel.covariates.shape[1], int((~panel.is_treated).sum())))
        return Estimated(
            effect=effect,
            path=paths(panel, panel.start[None])[0],
            weights=_compared(panel, deviating(panel, panel.start[None]), lag, by_odds),
        )

    return Comparing(estimate=estimate, effects=effects, paths=paths, is_linear=True)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Deviations:
    """What each cohort differs by in each period under each assignment: ``(draws, g, t)``, and how many it has."""

    starts: Ints
    counts: Floats
    differ: Floats

    @property
    def times(self) -> Ints:
        return np.asarray(np.arange(self.differ.shape[2])[None] - self.starts[:, None])

    def over(self, chosen: Bools) -> Floats:
        """Average over every treated area in every chosen period; NaN where one of them has no estimate."""
        part = self.counts[:, :, None] * chosen
        total = part.sum(axis=(1, 2))
        mean = np.where(part > 0, part * self.differ, 0.0).sum(axis=(1, 2)) / np.where(total > 0, total, np.nan)
        return np.asarray(mean)


def _deviations(panel: Panel, starts: Ints, *, anticipation: int, by_odds: bool) -> _Deviations:
    known, rows = terms(panel), max(1, _AT_ONCE // len(panel.areas))
    different = np.unique(starts[(starts > anticipation) & (starts < panel.never)])
    counts = (starts[:, None, :] == different[:, None]).sum(axis=2).astype(np.float64)
    differ = np.full((len(starts), len(different), panel.never), np.nan)
    for first in range(0, len(starts), rows):
        some = starts[first : first + rows]
        for place, start in enumerate(different.tolist()):
            gap = _area_weights(known, some == start, some == panel.never, by_odds) @ panel.outcome
            differ[first : first + rows, place] = gap - gap[:, [start - 1 - anticipation]]
    return _Deviations(starts=different, counts=counts, differ=differ)


def _area_weights(known: Floats, treated: Bools, compared: Bools, by_odds: bool) -> Floats:
    """Give ``(draws, n)``: the mean of the treated less what comparison areas stand in for it; NaN where none can."""
    own = treated / np.maximum(treated.sum(axis=1, keepdims=True), 1)
    if by_odds:
        chance = chances(known, treated, compared)
        odds = np.where(compared, chance / (1 - chance), 0.0)
    else:
        odds = compared.astype(np.float64)
    others = odds / np.maximum(odds.sum(axis=1, keepdims=True), np.finfo(np.float64).tiny)
    products = (known[:, :, None] * known[:, None, :]).reshape(len(known), -1)
    system = (compared @ products).reshape(-1, known.shape[1], known.shape[1])
    is_sound = np.linalg.eigvalsh(system)[:, 0] > 1e-8 * np.maximum(compared.sum(axis=1), 1)
    system[~is_sound] = np.eye(known.shape[1])
    left = ((own - others) @ known)[:, :, None]
    others = others + np.where(compared, np.linalg.solve(system, left)[:, :, 0] @ known.T, 0.0)
    return np.where(is_sound[:, None], own - others, np.nan)


def _compared(panel: Panel, found: _Deviations, lag: int, by_odds: bool) -> Floats:
    """Average the weights of the comparison areas over the cohorts, as the effect does."""
    part = found.counts[0] * (found.times >= lag).sum(axis=1)
    never = ~panel.is_treated
    known = terms(panel)
    each = [-_area_weights(known, (panel.start == start)[None], never[None], by_odds)[0] for start in found.starts]
    return np.where(never, part / part.sum() @ np.stack(each), 0.0)
