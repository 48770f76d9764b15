"""What is left of an effect when the lines were not parallel, but bent no more than so much each year."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from wijkpeil.effects.bias_aware import critical_value
from wijkpeil.effects.coefficients import Coefficients
from wijkpeil.effects.panel import Floats

_LARGE = 100.0
"""A breakdown beyond this many standard errors a year is not looked for."""


@dataclass(frozen=True, kw_only=True)
class SmoothInterval:
    """The effect with a trend taken out, and 95% bounds that hold for every violation that bends at most ``bend``."""

    bend: float
    effect: float
    low: float
    high: float


def smooth_interval(study: Coefficients, bend: float) -> SmoothInterval:
    r"""Bound the effect when the slope of the difference may change by at most ``bend`` from one year to the next.

    The set of violations is Rambachan and Roth's :math:`\Delta^{SD}(M)`, ``M`` being ``bend`` (at least 0, units of the
    outcome per year per year); ``bend = 0`` is a straight line that goes on. The interval is the shortest one of fixed
    length around a weighted sum ``v'beta`` of all coefficients: ``v`` is the asked weights after the start, and before
    it whatever makes the sum blind to straight lines and the interval shortest.

    A path that is 0 in the reference year is a straight line plus kinks: ``(t - k)+`` for a bend in year ``k`` on or
    after it and ``(k - t)+`` before it. The worst bias of the sum is ``bend`` times the sum of the absolute weights of
    the kinks. After the start those are fixed; those before it are the unknowns of a convex problem in ``before - 1``
    numbers, solved as a smooth one in their positive and negative parts.

    Source: Rambachan, Roth (2023), Rev. Econ. Stud. 90, 2555-2591, section 4.1; Armstrong, Kolesar (2018),
    Econometrica 86, 655-683 (intervals of fixed length); Donoho (1994), Ann. Stat. 22, 238-270.
    """
    problem = _Problem.of(study, bend)
    free = study.before - 1
    found = (
        optimize.minimize(
            problem.reach,
            np.full(2 * free, 1e-3),
            jac=True,
            method="SLSQP",
            bounds=[(0, None)] * (2 * free),
            options={"ftol": 1e-13, "maxiter": 1000},
        ).x
        if free
        else np.empty(0)
    )
    vector = problem.vector(found)
    effect = float(vector @ study.beta)
    half = problem.reach(found)[0] * problem.unit
    return SmoothInterval(bend=bend, effect=effect, low=effect - half, high=effect + half)


def smooth_breakdown(study: Coefficients) -> float | None:
    """Give the largest bend at which 0 stays outside the interval; ``None`` where even a straight line hides it.

    At most a hundred standard errors of the effect.
    """

    def clear(bend: float) -> float:
        found = smooth_interval(study, bend)
        return max(found.low, -found.high)

    if clear(0.0) <= 0:
        return None
    high = study.se
    while clear(high) > 0:
        if high > _LARGE * study.se:
            return high
        high *= 2
    return float(optimize.brentq(clear, 0.0, high, xtol=1e-6 * study.se))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Problem:
    """The interval's half length as a function of the kinks before the start, in units of the effect's own error."""

    inverse: Floats
    slope: float
    fixed: float
    weights: Floats
    sigma: Floats
    bend: float
    unit: float

    @classmethod
    def of(cls, study: Coefficients, bend: float) -> "_Problem":
        later = np.arange(1, study.after + 1)
        bends = np.maximum(later[None, :] - np.arange(study.after)[:, None], 0) @ study.weights
        unit = study.se
        return cls(
            inverse=np.asarray(np.linalg.inv(_kinks_before(study.before)), dtype=np.float64),
            slope=float(later @ study.weights),
            fixed=float(np.abs(bends).sum()),
            weights=study.weights,
            sigma=study.sigma / unit**2,
            bend=bend / unit,
            unit=unit,
        )

    def vector(self, parts: Floats) -> Floats:
        """Give the weights of all coefficients for given kinks (their positive parts, then their negative ones)."""
        kinks = parts[: len(parts) // 2] - parts[len(parts) // 2 :]
        return np.concatenate([self.inverse @ np.append(kinks, self.slope), self.weights])

    def reach(self, parts: Floats) -> tuple[float, Floats]:
        """Give half the length of the interval, and how it changes with the parts."""
        vector = self.vector(parts)
        spread = self.sigma @ vector
        se = float(np.sqrt(vector @ spread))
        bias = self.bend * (self.fixed + float(parts.sum())) / se
        times = critical_value(bias)
        near, far = stats.norm.pdf(times - bias), stats.norm.pdf(times + bias)
        rise = (near - far) / (near + far)
        by_kink = (self.inverse.T @ spread[: len(self.inverse)])[:-1] / se
        change = (times - bias * rise) * np.concatenate([by_kink, -by_kink]) + rise * self.bend
        return se * times, change


def _kinks_before(before: int) -> Floats:
    """Give ``(before, before)``: the kink of each year up to the reference (last), by the coefficient of each year."""
    years = np.arange(-before, 0)
    return np.asarray(np.maximum(np.arange(1 - before, 1)[:, None] - years[None, :], 0), dtype=np.float64)
