"""An honest interval at a threshold: as wide as the sharpest bend that is thought possible asks."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.bandwidth import Kernel, noise, smoother
from wijkpeil.effects.discontinuity import WEAKER, Scored

_FEWEST = 4
"""So many areas within the width on a side tell a line and the noise around it."""

_TRIED = 40


@dataclass(frozen=True, kw_only=True)
class HonestJump:
    """The jump at the threshold with the largest bias that the curvature allows, all in units of the outcome."""

    effect: float
    se: float
    largest_bias: float
    p: float
    low: float
    high: float
    width: float
    curvature: float
    left: int
    right: int


def honest_jump(
    areas: Scored,
    *,
    curvature: float | None = None,
    width: float | None = None,
    kernel: Kernel = Kernel.TRIANGULAR,
) -> HonestJump:
    """Estimate the jump by local lines and widen its interval by the largest bias they can have.

    The interval holds for few areas and for scores in few steps, where that of ``jump`` rests on many areas close by.
    It needs a bound on how sharply the outcome bends; that bound is a judgement, hence shown.

    Parameters
    ----------
    areas
        The areas with their scores and outcomes.
    curvature
        The largest second derivative (absolute) of the outcome by the score; without it that of a fourth-degree curve
        through all areas of a side, which is a rule of thumb and no bound that is known to hold.
    width
        In units of the score; without it the one with the shortest interval.
    kernel
        How weights fall with the distance.

    Raises
    ------
    RefusedError
        With fewer than four areas within the width on a side, or one score for all of them, or without any noise.

    References
    ----------
    Armstrong, Kolesár (2018), Econometrica 86, 655-683; (2020), Quantitative Economics 11, 1-39; the rule of thumb
    is that of the second, section 4.1.

    """
    bend = curvature if curvature is not None else _bend(areas)
    return _within(areas, bend, width if width is not None else _shortest(areas, bend, kernel), kernel)


def critical_value(bias: float) -> float:
    """Give how many standard errors an interval reaches when the bias is at most ``bias`` of them (95%)."""
    small, large = 1e-8, 20.0
    if bias > large:
        return bias + float(stats.norm.ppf(0.95))
    return float(np.sqrt(stats.ncx2.ppf(0.95, 1, bias**2))) if bias > small else float(stats.norm.ppf(0.975))


def _within(areas: Scored, bend: float, width: float, kernel: Kernel) -> HonestJump:
    """Estimate within one width."""
    effect, variance, tilt = 0.0, 0.0, 0.0
    counts = []
    for sign, side in ((-1, ~areas.right), (1, areas.right)):
        distance, outcome = areas.distance[side], areas.outcome[side]
        near = np.abs(distance) <= width
        counts.append(int(near.sum()))
        _enough(counts[-1] if len(np.unique(distance[near])) > 1 else 0, width)
        line = smoother(distance, width, 1, 0, kernel)
        effect += sign * float(line @ outcome)
        variance += float(line**2 @ noise(distance, outcome, line != 0))
        tilt += abs(float(line @ distance**2))
    if not variance > 0:
        raise RefusedError(Refusal(reason=RefusalReason.CONSTANT, facts={}, design=Design.DISCONTINUITY))
    se, bias = float(np.sqrt(variance)), bend / 2 * tilt
    reach = critical_value(bias / se) * se
    return HonestJump(
        effect=effect,
        se=se,
        largest_bias=bias,
        p=_p_value(abs(effect) / se, bias / se),
        low=effect - reach,
        high=effect + reach,
        width=width,
        curvature=bend,
        left=counts[0],
        right=counts[1],
    )


def _shortest(areas: Scored, bend: float, kernel: Kernel) -> float:
    """Find the width with the shortest interval, as if the noise were the same everywhere on a side.

    With the noise as found within each width the search would pick the one in which it came out small by luck.
    """
    sides = (~areas.right, areas.right)
    for side in sides:
        _enough(len(np.unique(areas.distance[side])), float(np.abs(areas.distance).max(initial=0.0)))
    away = [areas.distance[side] for side in sides]
    noises = [
        float(noise(distance, areas.outcome[side], np.ones(len(distance), dtype=np.bool_)).mean())
        for distance, side in zip(away, sides, strict=True)
    ]
    first = max(float(np.unique(np.abs(distance))[_FEWEST - 1]) for distance in away)
    last = max(float(np.abs(distance).max()) for distance in away)

    def reach(width: float) -> float:
        lines = [smoother(distance, width, 1, 0, kernel) for distance in away]
        se = float(np.sqrt(sum(spread * float(line @ line) for spread, line in zip(noises, lines, strict=True))))
        tilt = sum(abs(float(line @ distance**2)) for line, distance in zip(lines, away, strict=True))
        return critical_value(bend / 2 * tilt / se) * se if se > 0 else np.inf

    return float(min(np.geomspace(first * (1 + 1e-8), last * (1 + 1e-6), _TRIED), key=reach))


def _bend(areas: Scored) -> float:
    """Give the largest second derivative of a fourth-degree curve through all areas of a side."""
    sharpest = 0.0
    for side in (~areas.right, areas.right):
        distance = areas.distance[side]
        degree = min(4, len(np.unique(distance)) - 2)
        if degree >= 2:
            curve = np.polynomial.Polynomial.fit(distance, areas.outcome[side], degree).deriv(2)
            grid = np.linspace(distance[0], distance[-1], 200)
            sharpest = max(sharpest, float(np.abs(curve(grid)).max()))
    return sharpest


def _p_value(t: float, bias: float) -> float:
    """Give the largest p-value that a bias within its bound can make."""
    return float(min(1.0, stats.norm.sf(t - bias) + stats.norm.cdf(-t - bias)))


def _enough(areas: int, width: float) -> None:
    """Refuse where a side has too few areas for a line."""
    if areas < _FEWEST:
        facts: dict[str, Fact] = {"areas": areas, "needed": _FEWEST, "width": width}
        raise RefusedError(
            Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts, design=Design.DISCONTINUITY, weaker=WEAKER)
        )
