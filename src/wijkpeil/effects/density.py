"""Areas that crowd on one side of a threshold were pushed across it: the jump in the density of the score."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite_e import hermeval
from scipy import stats

from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.effects.bandwidth import Kernel, smoother
from wijkpeil.effects.panel import Floats

ORDER = 2
"""The density is the slope of a local polynomial of this order through the distribution function."""

ENOUGH = 20 + ORDER + 1
"""So many areas, with different scores, are within the width on each side."""

_CONSTANT = 3840 / 7, 3_430_865.4551236
"""Variance over squared bias of the slope by order 2, and of the third derivative by order 4, at an edge (uniform)."""


_TINY = 1e-300


@dataclass(frozen=True, kw_only=True)
class DensityJump:
    """The density of the score (areas per unit, as a share of all) just left and right of the threshold.

    ``z`` is the difference right minus left over its standard error, ``p`` two-sided. ``left_width`` and
    ``right_width`` are in units of the score; ``left_near`` and ``right_near`` count the areas within them.
    """

    left: float
    right: float
    se: float
    z: float
    p: float
    left_width: float
    right_width: float
    left_near: int
    right_near: int
    areas: int


def density_jump(distance: Floats) -> DensityJump:
    """Test whether the density of the score jumps at the threshold.

    On each side the distribution function is smoothed by a local cubic, whose slope is the density at the edge: no
    histogram, no bins to choose. The widths suit a local quadratic, so that the cubic has hardly any bias left and
    the test needs no correction for it. The variance leaves each area out in turn.

    Parameters
    ----------
    distance
        ``(n,)`` scores minus the threshold; an area at 0 is on the right.

    Raises
    ------
    RefusedError
        With fewer than 23 different scores on a side.

    References
    ----------
    Cattaneo, Jansson, Ma (2020), Journal of the American Statistical Association 115, 1449-1455; the plug-in widths
    are those of Cattaneo, Jansson, Ma (2018), Stata Journal 18, 234-261 (the middle of those for a side, for the
    difference and for the sum).

    """
    score = np.sort(distance)
    fewest = min(len(np.unique(score[score < 0])), len(np.unique(score[score >= 0])))
    if fewest < ENOUGH:
        facts: dict[str, str | int | float] = {"areas": fewest, "needed": ENOUGH}
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts))
    left_width, right_width = _widths(score)
    left = _weights(score, left_width, ORDER + 1, 1, left=True)
    right = _weights(score, right_width, ORDER + 1, 1, left=False)
    shares = _distribution(score)
    densities = float(left @ shares), float(right @ shares)
    se = math.sqrt(_variance(score, right - left))
    z = (densities[1] - densities[0]) / se
    return DensityJump(
        left=densities[0],
        right=densities[1],
        se=se,
        z=z,
        p=float(2 * stats.norm.sf(abs(z))),
        left_width=left_width,
        right_width=right_width,
        left_near=int(((score < 0) & (score >= -left_width)).sum()),
        right_near=int(((score >= 0) & (score <= right_width)).sum()),
        areas=len(score),
    )


def _distribution(score: Floats) -> Floats:
    """Give the share of areas with a lower or the same score, from 0 to 1."""
    last = np.searchsorted(score, score, "right") - 1
    return np.asarray(last / (len(score) - 1))


def _weights(score: Floats, width: float, order: int, derivative: int, *, left: bool) -> Floats:
    """Give the weights of one side for a coefficient of the local polynomial; 0 on the other side."""
    side = score < 0 if left else score >= 0
    weights = np.zeros(len(score))
    weights[side] = smoother(score[side], width, order, derivative, Kernel.TRIANGULAR)
    return weights


def _variance(score: Floats, weights: Floats) -> float:
    """Give the variance of a weighted sum of the distribution function: each area moves it from its score upwards."""
    first = np.searchsorted(score, score, "left")
    upwards = np.cumsum(weights[::-1])[::-1][first]
    return float(upwards @ upwards / (len(score) - 1) ** 2)


def _widths(score: Floats) -> tuple[float, float]:
    """Find the width of each side: the middle of those that suit the side, the difference and the sum."""
    count = len(score)
    slope_width, curve_width = _pilots(score)
    variances, biases = [], []
    for left in (True, False):
        slope = _weights(score, slope_width, ORDER, 1, left=left)
        third = _weights(score, curve_width, ORDER + 2, ORDER + 1, left=left)
        variances.append(count * slope_width * _variance(score, slope))
        biases.append(float(third @ _distribution(score)) * _edge_constant())
    pairs = (
        (variances[0], biases[0]),
        (variances[1], biases[1]),
        (sum(variances), biases[1] - biases[0]),
        (sum(variances), biases[1] + biases[0]),
    )
    best = [(variance / max(bias**2, _TINY) / (2 * ORDER * count)) ** (1 / (2 * ORDER + 1)) for variance, bias in pairs]
    reach = (-score[0], score[-1], max(-score[0], score[-1]), max(-score[0], score[-1]))
    kept = [_enough(score, min(width, float(far)), ENOUGH) for width, far in zip(best, reach, strict=True)]
    return float(np.median([kept[0], *kept[2:]])), float(np.median(kept[1:]))


def _edge_constant() -> float:
    """Give the bias of the slope at an edge for a third derivative of 1 and a width of 1, with triangular weights."""
    powers = np.arange(ORDER + 1)
    moments = 1 / ((np.arange(2 * ORDER + 2) + 1) * (np.arange(2 * ORDER + 2) + 2))
    return float(np.linalg.solve(moments[powers[:, None] + powers], moments[powers + ORDER + 1])[1])


def _pilots(score: Floats) -> tuple[float, float]:
    """Give the widths for the variance of the slope and for the third derivative, as a normal distribution has them."""
    spread = float(score.std(ddof=1))
    away = float(score.mean()) / spread
    widths = []
    for order, derivative, constant in ((ORDER, 1, _CONSTANT[0]), (ORDER + 2, ORDER + 1, _CONSTANT[1])):
        bend = float(hermeval(away, [0.0] * order + [1.0])) ** 2 * float(stats.norm.pdf(away))
        steps = (2 * derivative - 1) / (2 * (order + 1 - derivative))
        width = spread * (steps * constant / max(bend, _TINY) / len(score)) ** (1 / (2 * order + 1))
        widths.append(_enough(score, min(width, max(-float(score[0]), float(score[-1]))), 20 + order + 1))
    return widths[0], widths[1]


def _enough(score: Floats, width: float, needed: int) -> float:
    """Widen until so many different scores are within the width on each side, where there are so many."""
    for side in (np.unique(-score[score < 0]), np.unique(score[score >= 0])):
        width = max(width, float(side[min(needed, len(side)) - 1]))
    return width
