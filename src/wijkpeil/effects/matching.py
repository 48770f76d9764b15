"""Before and after, beside areas that resembled the treated ones in level, in slope and in what they were.

What is compared on is known before anything began: the mean level and the slope of the outcome over the periods before
the own start, and the covariates. Nothing of after it has a part in who is compared with whom.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.design import Comparing, Estimated
from wijkpeil.effects.entropy_balance import entropy_weights
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel

Weigh = Callable[[Panel, Ints], Floats]
"""Gives ``(k, n)`` for ``(n,)`` starts: the weights, each row summing to 1, beside which each treated area is set."""

ALIKE = 1.0
"""Areas further apart than this many standard deviations do not resemble each other."""


def matched(*, neighbours: int = 3, caliper: float | None = ALIKE, within_stratum: bool = False) -> Comparing:
    """Give the design that sets each treated area beside the ``neighbours`` most like it, each used once.

    The pairs are those with the smallest distances in total, not the first ones that come by (``optimal matching``), so
    that the order of areas does not matter. Everybody first gets one neighbour, and further ones as far as there are
    within the ``caliper``; whoever has none within it makes the estimate refused. ``within_stratum`` compares only
    inside a stratum (a city).

    Source: Rosenbaum (1989), JASA 84, 1024-1032 (optimal matching); Heckman, Ichimura, Todd (1997), Rev. Econ. Stud.
    64, 605-654 (differences in differences after matching); Stuart (2010), Stat. Sci. 25, 1-21.
    """

    def weigh(panel: Panel, starts: Ints) -> Floats:
        return nearest(panel, starts, neighbours=neighbours, caliper=caliper, within_stratum=within_stratum)

    return _comparing(weigh)


def balanced() -> Comparing:
    """Give the design that weighs the comparison areas until their means equal those of the treated of each start."""
    return _comparing(entropy)


def distances(panel: Panel, starts: Ints) -> Floats:
    """Give ``(k, n)``: how far each treated area is from each area, in standard deviations.

    The root of the mean square of the standardised differences in level, slope and every covariate; the slope counts
    only with two periods before. The standard deviations are those of all areas.
    """
    treated = np.flatnonzero(starts < panel.never)
    found = np.empty((len(treated), len(starts)))
    for start in np.unique(starts[treated]):
        known = resemblance(panel, int(start))
        spread = known.std(axis=0)
        scaled = known / np.where(spread > 0, spread, 1.0)
        rows = starts[treated] == start
        apart = scaled[treated[rows], None] - scaled[None]
        found[rows] = np.sqrt((apart**2).mean(axis=2))
    return found


def resemblance(panel: Panel, start: int) -> Floats:
    """Give ``(n, 1 + 1 + k)``: what areas are compared on before a start: mean level, slope, covariates."""
    if start < 1:
        raise _refused(RefusalReason.NO_PERIOD_BEFORE, before=start)
    before = panel.outcome[:, :start]
    level = before.mean(axis=1, keepdims=True)
    time = np.arange(start) - (start - 1) / 2
    slope = before @ time[:, None] / (time @ time) if start > 1 else np.empty((len(before), 0))
    return np.hstack([level, slope, panel.covariates])


def nearest(panel: Panel, starts: Ints, *, neighbours: int, caliper: float | None, within_stratum: bool) -> Floats:
    """Give the weights of ``matched``. Raises ``RefusedError``: ``NO_DONORS``, or ``POOR_FIT`` beyond the caliper."""
    treated, others = _both(panel, starts)
    apart = distances(panel, starts)[:, others]
    allowed = np.full(apart.shape, True) if caliper is None else apart <= caliper
    if within_stratum:
        allowed &= panel.stratum[treated][:, None] == panel.stratum[others][None]
    if not allowed.any(axis=1).all():
        alone = int((~allowed.any(axis=1)).sum())
        raise _refused(RefusalReason.POOR_FIT, without_neighbour=alone, nearest=float(apart.min(axis=1).max()))
    pairs = _paired(apart, allowed, neighbours)
    if not pairs.any(axis=1).all():
        raise _refused(RefusalReason.POOR_FIT, without_neighbour=int((~pairs.any(axis=1)).sum()))
    weight = np.zeros((len(treated), len(starts)))
    weight[:, others] = pairs / pairs.sum(axis=1, keepdims=True)
    return weight


def _paired(apart: Floats, allowed: Bools, neighbours: int) -> Bools:
    """Pair with the smallest total distance: first as many areas as can have one, then as many further ones."""
    copies = max(1, min(neighbours, apart.shape[1] // len(apart)))
    places = len(apart) * copies + 1
    far = places * float(apart[allowed].max() + 1)
    first, further = np.where(allowed, apart, places * far), np.where(allowed, apart, far)
    rows, columns = optimize.linear_sum_assignment(np.vstack([first] + [further] * (copies - 1)))
    pairs = np.zeros(apart.shape, dtype=np.bool_)
    pairs[rows % len(apart), columns] = True
    return pairs & allowed


def entropy(panel: Panel, starts: Ints) -> Floats:
    """Give the weights of ``balanced``; all that started together are set beside the same mixture."""
    treated, others = _both(panel, starts)
    weight = np.zeros((len(treated), len(starts)))
    for start in np.unique(starts[treated]):
        known = resemblance(panel, int(start))
        together = starts[treated] == start
        mixture = entropy_weights(known[others], known[treated[together]].mean(axis=0))
        weight[np.ix_(together, others)] = mixture
    return weight


def _both(panel: Panel, starts: Ints) -> tuple[Ints, Ints]:
    treated, others = np.flatnonzero(starts < panel.never), np.flatnonzero(starts >= panel.never)
    if len(treated) == 0:
        raise _refused(RefusalReason.TOO_FEW_TREATED, treated=0)
    if len(others) == 0:
        raise _refused(RefusalReason.NO_DONORS, treated=len(treated))
    return treated, others


def _comparing(weigh: Weigh) -> Comparing:
    design = _Weighted(weigh=weigh)
    return Comparing(estimate=design.estimate, effects=design.effects, paths=design.paths, is_linear=False)


@dataclass(frozen=True, kw_only=True)
class _Weighted:
    """Differences in differences beside weighted areas, measured from the mean of all periods before the own start."""

    weigh: Weigh

    def estimate(self, panel: Panel, *, lag: int = 0) -> Estimated:
        """Estimate under the panel's own starts, with the weights; refuses as the weights do."""
        weight = self.weigh(panel, panel.start)
        treated = panel.is_treated
        gaps = _gaps(panel, panel.start, weight)
        return Estimated(
            effect=_mean(gaps, panel, panel.start, lag),
            path=_path(gaps, panel, panel.start),
            weights=weight.mean(axis=0),
            counterfactual=(panel.outcome[treated] - gaps).mean(axis=0),
        )

    def effects(self, panel: Panel, starts: Ints, *, lag: int = 0) -> Floats:
        """Give the effect under many assignments, weighing anew for each; NaN where there are no weights."""
        return np.array(
            [np.nan if gaps is None else _mean(gaps, panel, row, lag) for row, gaps in self._all(panel, starts)]
        )

    def paths(self, panel: Panel, starts: Ints) -> Floats:
        """Give the paths under many assignments, weighing anew for each; NaN where there are no weights."""
        nothing = np.full(2 * panel.never - 1, np.nan)
        return np.array(
            [nothing if gaps is None else _path(gaps, panel, row) for row, gaps in self._all(panel, starts)]
        )

    def _all(self, panel: Panel, starts: Ints) -> list[tuple[Ints, Floats | None]]:
        return [(row, self._gaps_or_none(panel, row)) for row in starts]

    def _gaps_or_none(self, panel: Panel, starts: Ints) -> Floats | None:
        try:
            return _gaps(panel, starts, self.weigh(panel, starts))
        except RefusedError:
            return None


def _gaps(panel: Panel, starts: Ints, weight: Floats) -> Floats:
    """Give ``(k, t)``: each treated area less its comparison, less the mean of that before its start."""
    own = starts[starts < panel.never]
    gaps = panel.outcome[starts < panel.never] - weight @ panel.outcome
    before = np.arange(panel.never)[None] < own[:, None]
    return np.asarray(gaps - (gaps * before).sum(axis=1, keepdims=True) / own[:, None])


def _mean(gaps: Floats, panel: Panel, starts: Ints, lag: int) -> float:
    """Average over every treated area and period from ``lag`` on; NaN where there is none."""
    counted = np.arange(panel.never)[None] >= starts[starts < panel.never][:, None] + lag
    return float(gaps[counted].mean()) if counted.any() else float("nan")


def _path(gaps: Floats, panel: Panel, starts: Ints) -> Floats:
    """Average by time since the own start."""
    place = np.arange(panel.never)[None] - starts[starts < panel.never][:, None] + panel.never - 1
    length = 2 * panel.never - 1
    count = np.bincount(place.ravel(), minlength=length)
    total = np.bincount(place.ravel(), weights=gaps.ravel(), minlength=length)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _refused(reason: RefusalReason, **facts: Fact) -> RefusedError:
    weaker = (Design.DIFFERENCES, Design.BEFORE_AFTER)
    return RefusedError(Refusal(reason=reason, facts=facts, design=Design.MATCHED_DIFFERENCES, weaker=weaker))
