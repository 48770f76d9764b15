"""With few areas near a threshold, chance itself is the yardstick: who fell on which side could have been otherwise."""

from itertools import combinations
from math import comb

import numpy as np

from wijkpeil.domain.evidence import Found, Inference, Method
from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.discontinuity import WEAKER, Scored
from wijkpeil.effects.panel import Bools, Floats

LEVEL = 0.05
_ENUMERATED = 20_000
"""Up to so many placements all are tried."""

_BALANCED = 0.15
"""A covariate is taken as alike on both sides from this p-value on; a window ends before one falls below it."""

_STEP = 2
"""A window grows by so many areas on each side."""


def needed(other: int) -> int:
    """Give how many areas one side needs beside ``other`` on the other, so that p can come below 0.05 at all."""
    return next((count for count in range(2, 200) if 2 / comb(count + other, count) < LEVEL), 200)


def local_placements(areas: Scored, *, window: float, draws: int = 999, seed: int = 1) -> Found:
    """Compare the areas within a window around the threshold as if chance had put them on their side.

    That is a stronger claim than that of local lines (no slope within the window), but the inference is exact with
    any number of areas. Every placement of as many areas on the right is tried where there are at most 20,000;
    the interval holds the effects, the same for every area, that the same test does not reject.

    Parameters
    ----------
    areas
        The areas with their scores and outcomes.
    window
        Half the width of the window, in units of the score.
    draws, seed
        How many placements are drawn where they cannot all be tried, and from which seed.

    Raises
    ------
    RefusedError
        With so few areas on a side that no outcome could be told from chance; ``needed`` is the number for each side.

    References
    ----------
    Cattaneo, Frandsen, Titiunik (2015), Journal of Causal Inference 3, 1-24.

    """
    near = areas.where(np.abs(areas.distance) <= window)
    _enough(near, window)
    placed, enumerated = _placements(near.right, draws, seed)
    effect = float(near.outcome[near.right].mean() - near.outcome[~near.right].mean())
    if np.ptp(near.outcome) == 0:
        raise RefusedError(Refusal(reason=RefusalReason.CONSTANT, facts={}, design=Design.DISCONTINUITY))
    by_chance = placed @ near.outcome
    as_large = _as_large(by_chance, effect)
    low, high = _limits(effect, by_chance, placed @ near.right.astype(np.float64), enumerated=enumerated)
    extra = 0 if enumerated else 1
    smallest = 2 if near.right.sum() * 2 == len(near.areas) else 1
    return Found(
        design=Design.DISCONTINUITY,
        effect=effect,
        inference=Inference(
            method=Method.LOCAL_PLACEMENTS,
            p=(as_large + extra) / (len(placed) + extra),
            low=low,
            high=high,
            placebos=len(placed),
            as_large=as_large,
            attainable=smallest / len(placed) if enumerated else 1 / (len(placed) + 1),
            enumerated=enumerated,
        ),
        treated=int(near.right.sum()),
        compared=int((~near.right).sum()),
        before=0,
        after=1,
    )


def balanced_window(areas: Scored, *, draws: int = 999, seed: int = 1) -> float:
    """Find the widest window in which, and within which, no covariate differs between both sides.

    It starts at the smallest window that can tell anything and grows by two areas a side; the p-value of each
    covariate is that of the same placements, and 0.15 is deliberately high, since here a miss is worse than a false
    alarm. Without covariates it stays at the smallest.

    Raises
    ------
    RefusedError
        With too few areas on a side, or with covariates that differ even in the smallest window (5%, of them all).

    """
    _enough(areas, None)
    least = needed_each()
    away = [np.sort(np.abs(areas.distance[side])) for side in (~areas.right, areas.right)]
    windows = [
        float(max(side[count - 1] for side in away))
        for count in range(least, min(len(side) for side in away) + 1, _STEP)
    ]
    found = windows[0]
    if _smallest_p(areas, found, draws, seed) * max(len(areas.names), 1) < LEVEL:
        facts: dict[str, Fact] = {"window": found, "needed": least}
        raise RefusedError(
            Refusal(reason=RefusalReason.INVALID_CUTOFF, facts=facts, design=Design.DISCONTINUITY, weaker=WEAKER)
        )
    for window in windows[1:] if areas.names else ():
        if _smallest_p(areas, window, draws, seed) < _BALANCED:
            break
        found = window
    return found


def needed_each() -> int:
    """Give how many areas each side needs when both have as many."""
    return next(count for count in range(2, 200) if needed(count) <= count)


def _smallest_p(areas: Scored, window: float, draws: int, seed: int) -> float:
    """Give the smallest p-value of a difference between both sides of the window, over the covariates."""
    near = areas.where(np.abs(areas.distance) <= window)
    smallest = 1.0
    for column in near.covariates.T:
        known = np.isfinite(column)
        side, values = near.right[known], column[known]
        if side.any() and not side.all():
            placed, _ = _placements(side, draws, seed)
            difference = float(values[side].mean() - values[~side].mean())
            smallest = min(smallest, _as_large(placed @ values, difference) / len(placed))
    return smallest


def _placements(right: Bools, draws: int, seed: int) -> tuple[Floats, bool]:
    """Give a row of weights for each placement that makes the difference of the means, and whether they are all."""
    count, chosen = len(right), int(right.sum())
    total = comb(count, chosen)
    if total <= _ENUMERATED:
        places = np.array(list(combinations(range(count), chosen)))
    else:
        rng = np.random.default_rng(seed)
        places = rng.permuted(np.tile(np.arange(count), (draws, 1)), axis=1)[:, :chosen]
    weights = np.full((len(places), count), -1 / (count - chosen))
    np.put_along_axis(weights, places, 1 / chosen, axis=1)
    return weights, total <= _ENUMERATED


def _as_large(by_chance: Floats, effect: float) -> int:
    """Count the placements with at least as large a difference; rounding does not make one smaller."""
    return int((np.abs(by_chance) >= abs(effect) * (1 - 1e-9)).sum())


def _limits(
    effect: float, by_chance: Floats, overlap: Floats, *, enumerated: bool
) -> tuple[float | None, float | None]:
    """Give the effects that the test does not reject.

    Take an effect ``e`` away from the treated: the difference is then ``effect - e``, and that of a placement
    ``by_chance - e * overlap``. The second is at least as large as the first for ``e`` between two ends that are
    known in closed form and have ``effect`` between them, so that each limit is an order statistic of the ends.
    """
    gap, sum_ = 1 - overlap, 1 + overlap
    with np.errstate(divide="ignore", invalid="ignore"):
        ends = np.stack([(effect - by_chance) / gap, (effect + by_chance) / sum_])
    always = (gap < 1e-12) | (sum_ < 1e-12)
    low = np.where(always, -np.inf, np.min(ends, axis=0))
    high = np.where(always, np.inf, np.max(ends, axis=0))
    extra = 0 if enumerated else 1
    counted = int(np.floor(LEVEL * (len(by_chance) + extra) + 1e-9)) - extra
    if counted < 0:
        return None, None
    lower, upper = float(np.sort(low)[counted]), float(np.sort(high)[::-1][counted])
    return (lower if np.isfinite(lower) else None), (upper if np.isfinite(upper) else None)


def _enough(near: Scored, window: float | None) -> None:
    """Refuse where even the most extreme outcome would not stand out."""
    right, left = int(near.right.sum()), int((~near.right).sum())
    if min(left, right) < 2 or needed(left) > right:
        facts: dict[str, Fact] = {"left": left, "right": right, "needed": needed_each()}
        if window is not None:
            facts["window"] = window
        raise RefusedError(
            Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts, design=Design.DISCONTINUITY, weaker=WEAKER)
        )
