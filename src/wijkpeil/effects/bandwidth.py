"""How far from a threshold a straight line may be trusted: local lines, their noise, and the width that errs least."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wijkpeil.effects.panel import Bools, Floats, Ints

MATCHES = 3
"""So many nearest areas on the same side tell the noise of an area."""

FEWEST = 6
"""So many different scores on a side carry the curves from which a width is learned."""

_PILOT = {"triangular": 2.576, "epanechnikov": 2.34, "uniform": 1.843}
_ROUNDED = 0.2
"""From this share of repeated scores on, a width holds at least ``_DIFFERENT`` different scores on each side."""
_DIFFERENT = 10
_NORMAL_QUARTILES = 1.349


class Kernel(StrEnum):
    """How the weight of an area falls with its distance from the threshold."""

    TRIANGULAR = "triangular"
    EPANECHNIKOV = "epanechnikov"
    UNIFORM = "uniform"


@dataclass(frozen=True, kw_only=True)
class Widths:
    """``main`` is the width for the lines, ``bias`` the wider one for their curvature; both in units of the score."""

    main: float
    bias: float


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """Variance, bias and uncertainty of the bias of one side, per unit of width, for one step of the plug-in."""

    variance: float
    bias: float
    unsure: float


def kernel_weights(distance: Floats, width: float, kernel: Kernel) -> Floats:
    """Give the weight of each area by its distance from the threshold; 0 beyond ``width``."""
    away = np.abs(distance) / width
    within = away <= 1
    match kernel:
        case Kernel.TRIANGULAR:
            height = 1 - away
        case Kernel.EPANECHNIKOV:
            height = 0.75 * (1 - away**2)
        case Kernel.UNIFORM:
            height = np.full_like(away, 0.5)
    return np.asarray(np.where(within, height / width, 0.0))


def smoother(distance: Floats, width: float, order: int, derivative: int, kernel: Kernel) -> Floats:
    """Give the ``(n,)`` weights that turn outcomes into a coefficient of a local polynomial on one side.

    The coefficient of ``distance ** derivative`` is the sum of weight times outcome, which makes every estimate here
    a weighted sum of outcomes: its variance and its bias then follow from the weights alone. All weights are NaN where
    the areas within ``width`` do not carry a polynomial of this ``order``.
    """
    weight = kernel_weights(distance, width, kernel)
    near = weight > 0
    powers = (distance[near] / width)[:, None] ** np.arange(order + 1)
    root = np.sqrt(weight[near])
    found = np.full(len(distance), np.nan)
    if len(np.unique(distance[near])) > order:
        found[:] = 0.0
        found[near] = np.linalg.pinv(powers * root[:, None], rcond=1e-13)[derivative] * root / width**derivative
    return found


def noise(distance: Floats, outcome: Floats, near: Bools) -> Floats:
    """Give the squared error of each area by its three nearest ones among those that are ``near``; 0 for the others.

    An area is set beside the mean of its neighbours on the score, all of those that are as near as the third; the
    square grows by ``matches / (matches + 1)`` for the noise of that mean. No line is fitted, so that a wrong one does
    not pass for noise. ``distance`` is sorted.

    Source: Abadie, Imbens (2006), Econometrica 74, 235-267; Calonico, Cattaneo, Titiunik (2014), section 5.
    """
    score, value = distance[near], outcome[near]
    squares = np.zeros(len(distance))
    if len(score) > 1:
        first, last = _neighbours(score)
        sums = np.concatenate([[0.0], np.cumsum(value)])
        matches = last - first - 1
        others = (sums[last] - sums[first] - value) / matches
        squares[near] = matches / (matches + 1) * (value - others) ** 2
    return squares


def widths(left: tuple[Floats, Floats], right: tuple[Floats, Floats], *, kernel: Kernel = Kernel.TRIANGULAR) -> Widths:
    """Find the widths with the smallest mean squared error of the jump, one for both sides.

    Three plug-in steps: a rule of thumb serves the variance everywhere; the third derivative comes from the whole
    range, the second from the width that suits it best, and the jump from the width that suits it best, each with
    a penalty for how unsure the bias is (otherwise a straight stretch would call for an endless width).

    Parameters
    ----------
    left, right
        Distance from the threshold (negative on the left, sorted) and outcome of the areas on each side, which have
        at least ``FEWEST`` different distances and outcomes that are not all the same.

    References
    ----------
    Calonico, Cattaneo, Titiunik (2014), Econometrica 82, 2295-2326, and its supplement S.2.6; Calonico, Cattaneo,
    Farrell, Titiunik (2017), Stata Journal 17, 372-404 (``mserd`` with three nearest neighbours).

    """
    sides = (left, right)
    apart = [np.unique(np.abs(distance)) for distance, _ in sides]
    least, largest = _reaching(apart, FEWEST), float(max(unique[-1] for unique in apart))

    def kept(width: float) -> float:
        return float(np.clip(width, least, largest))

    pilot = kept(_pilot(np.concatenate([left[0], right[0]]), kernel))
    if max(1 - len(unique) / len(side[0]) for unique, side in zip(apart, sides, strict=True)) >= _ROUNDED:
        pilot = max(pilot, _reaching(apart, _DIFFERENT))
    reach = tuple(float(np.abs(distance).max()) for distance, _ in sides)
    third = kept(_best([_parts(side, 3, 3, pilot, far, kernel) for side, far in zip(sides, reach, strict=True)], 3, 0))
    bias = kept(_best([_parts(side, 2, 2, pilot, third, kernel) for side in sides], 2, 1))
    main = _best([_parts(side, 1, 0, pilot, bias, kernel) for side in sides], 1, 1)
    return Widths(main=min(main, largest), bias=bias)


def _parts(side: tuple[Floats, Floats], order: int, derivative: int, near: float, far: float, kernel: Kernel) -> _Parts:
    """Give variance and bias of a derivative by a polynomial within ``near``; its bias is learned within ``far``."""
    distance, outcome = side
    local = smoother(distance, near, order, derivative, kernel)
    higher = smoother(distance, far * (1 + 1e-8), order + 1, order + 1, kernel)
    constant = near ** (derivative - order - 1) * float(local @ distance ** (order + 1))
    steps = order + 1 - derivative
    spread = float(local**2 @ noise(distance, outcome, local != 0))
    unsure = float(higher**2 @ noise(distance, outcome, higher != 0))
    return _Parts(
        variance=(2 * derivative + 1) * near ** (2 * derivative + 1) * spread,
        bias=np.sqrt(2 * steps) * constant * float(higher @ outcome),
        unsure=2 * steps * 3 * constant**2 * unsure,
    )


def _best(parts: list[_Parts], order: int, penalty: float) -> float:
    """Balance variance and squared bias of the difference between both sides."""
    left, right = parts
    squared = (right.bias - left.bias) ** 2 + penalty * (right.unsure + left.unsure)
    return float(((left.variance + right.variance) / squared) ** (1 / (2 * order + 3)))


def _pilot(distance: Floats, kernel: Kernel) -> float:
    """Give the width of a rule of thumb, for the variance; repeated scores count once."""
    quartiles = np.quantile(distance, [0.25, 0.75])
    spread = min(float(distance.std(ddof=1)), float(quartiles[1] - quartiles[0]) / _NORMAL_QUARTILES)
    return float(_PILOT[kernel] * spread * len(np.unique(distance)) ** -0.2)


def _reaching(apart: list[Floats], needed: int) -> float:
    """Give the width within which each side has so many different distances, or all that it has."""
    return max(float(unique[min(needed, len(unique)) - 1]) + 1e-8 for unique in apart)


def _neighbours(score: Floats) -> tuple[Ints, Ints]:
    """Give the range (from, to) of areas that are as near to each one as its third nearest; itself is in it."""
    count = len(score)
    wanted = min(MATCHES, count - 1)
    padded = np.concatenate([np.full(wanted, -np.inf), score, np.full(wanted, np.inf)])
    places = np.arange(count)[:, None] + np.delete(np.arange(2 * wanted + 1), wanted)
    away = np.sort(np.abs(padded[places] - score[:, None]), axis=1)[:, wanted - 1]
    reach = away + 4 * np.finfo(float).eps * np.abs(score).max()
    return np.searchsorted(score, score - reach, "left"), np.searchsorted(score, score + reach, "right")
