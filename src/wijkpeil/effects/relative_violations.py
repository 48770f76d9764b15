"""What is left of an effect when the lines diverge after the start at most so many times as fast as before it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import special

from wijkpeil.effects.coefficients import Coefficients
from wijkpeil.effects.panel import Bools, Floats

LEVEL = 0.05
_FIRST = LEVEL / 10
"""The part of the level that is spent on the first step of the hybrid test, as its authors advise."""

_DRAWS, _SEED = 20_000, 1
_POINTS, _ZOOMS = 400, 3
_WIDEST = 1_000.0
"""An end further than so many standard errors away is called open."""

FURTHEST = 20.0
"""A breakdown beyond this many times what was seen before is not looked for."""


@dataclass(frozen=True, kw_only=True)
class RelativeInterval:
    """The 95% bounds of the effect when violations grow at most ``times`` as fast as before; ``None`` is open."""

    times: float
    low: float | None
    high: float | None


def relative_interval(study: Coefficients, times: float) -> RelativeInterval:
    r"""Bound the effect when the difference changes each year by at most ``times`` its largest change before the start.

    The set of violations is Rambachan and Roth's :math:`\Delta^{RM}(\bar M)`: a union over which year before the start
    had the largest change and in which direction. An effect belongs to the interval when it is not rejected for some
    year and direction, by the test of ``_Restriction`` (Andrews, Roth and Pakes' conditional test after a
    least-favourable first step), which holds its size although the largest change is itself estimated. Adding twice the
    error to a bound with the estimated largest change put in would not.

    Returns the outermost effects that are not rejected, found on a grid that widens until both ends are and is then
    refined around them. Source: Rambachan, Roth (2023), Rev. Econ. Stud. 90, 2555-2591, sections 2.4.2 and 3; Andrews,
    Roth, Pakes (2023), Rev. Econ. Stud. 90, 2763-2791.
    """
    restrictions = _restrictions(study, times, _chance(study.sigma))
    reach = 8 * study.se * (1 + times)
    while True:
        grid = study.effect + np.linspace(-reach, reach, _POINTS)
        kept = _kept(restrictions, grid)
        is_wide = reach > _WIDEST * study.se
        if is_wide or (kept.any() and not kept[0] and not kept[-1]):
            break
        reach *= 2
    places = np.flatnonzero(kept)
    if len(places) == 0:
        return RelativeInterval(times=times, low=None, high=None)
    first, last = int(places[0]), int(places[-1])
    low = None if first == 0 else _end(restrictions, grid[first - 1], grid[first])
    high = None if last == _POINTS - 1 else _end(restrictions, grid[last + 1], grid[last])
    return RelativeInterval(times=times, low=low, high=high)


def relative_breakdown(study: Coefficients) -> float | None:
    """Give how many times the largest change before can be allowed with 0 still rejected; at most ``FURTHEST``.

    ``None`` where 0 is not rejected although nothing may change after the start (``times = 0``).
    """
    nothing, chance = np.zeros(1), _chance(study.sigma)

    def is_clear(times: float) -> bool:
        return not _kept(_restrictions(study, times, chance), nothing)[0]

    if not is_clear(0.0):
        return None
    if is_clear(FURTHEST):
        return FURTHEST
    low, high = 0.0, FURTHEST
    while high - low > 1e-3:
        middle = (low + high) / 2
        low, high = (middle, high) if is_clear(middle) else (low, middle)
    return low


def _kept(restrictions: list["_Restriction"], effects: Floats) -> Bools:
    return np.asarray(np.any([~restriction.rejects(effects) for restriction in restrictions], axis=0))


def _end(restrictions: list["_Restriction"], outside: float, inside: float) -> float:
    """Find where the effects begin that are not rejected, between one that is and one that is not."""
    for _ in range(_ZOOMS):
        grid = np.linspace(outside, inside, 33)
        first = int(np.flatnonzero(_kept(restrictions, grid))[0])
        outside, inside = grid[max(first - 1, 0)], grid[first]
    return float(inside)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Restriction:
    r"""One year and direction: that ``violations`` of it are at most 0, whatever the path after the start was.

    With ``u`` the yearly changes after the start and ``v`` the largest one before it, the restriction is ``|u_t - a_t|
    <= times v`` for all ``t``, where the changes ``a`` of the effect itself are free but for ``w'a = effect``. Tested
    is the largest studentised violation left when ``a`` is chosen best. That is a linear programme; its dual has only
    these corners, so that none has to be solved:

    * a pair: ``u_t - a_t <= times v`` and ``a_t - u_t <= times v`` add up to ``-2 times v <= 0``, for each ``t``;
    * the two sums, with weights ``|w_t|``, in which all that is free drops out but ``+effect`` and ``-effect``.

    ``moments`` is ``(corners, k)`` times the coefficients, ``by_effect`` ``(corners,)`` what an effect adds to
    each, ``chance`` ``(k, draws)`` coefficients without any violation.
    """

    moments: Floats
    by_effect: Floats
    study: Coefficients
    chance: Floats

    @cached_property
    def covariance(self) -> Floats:
        """``(corners, corners)``."""
        return np.asarray(self.moments @ self.study.sigma @ self.moments.T)

    @cached_property
    def highest(self) -> float:
        """What the largest violation exceeds in one of 200 cases when all violations are 0."""
        return float(np.quantile((self.moments @ self.chance).max(axis=0), 1 - _FIRST))

    def rejects(self, effects: Floats) -> Bools:
        """Test ``(g,)`` effects: first against the least favourable case, then given which corner is the largest.

        Given that, and all that is independent of it, the largest is normal between two bounds (``_between``).
        """
        found = (self.moments @ self.study.beta)[:, None] + self.by_effect[:, None] * effects
        which = found.argmax(axis=0)
        largest = found[which, np.arange(len(effects))]
        variance = self.covariance[which, which]
        size = np.sqrt(np.maximum(variance, np.finfo(np.float64).tiny))
        low, high = self._between(found, which, largest, variance)
        high = np.minimum(high, self.highest)
        second = (LEVEL - _FIRST) / (1 - _FIRST)
        with np.errstate(invalid="ignore"):
            chance = _log_between(largest / size, high / size) - _log_between(low / size, high / size)
        is_moving = variance > 1e-12 * self.covariance.diagonal().max()
        conditional = (largest > 0) & (~is_moving | (chance < np.log(second)))
        return np.asarray((largest > self.highest) | conditional)

    def _between(
        self, found: Floats, which: npt.NDArray[np.intp], largest: Floats, variance: Floats
    ) -> tuple[Floats, Floats]:
        """Give between which values the largest corner stays the largest, all else being equal."""
        slope = self.covariance[:, which] / np.maximum(variance, np.finfo(np.float64).tiny)
        rest = found - slope * largest
        with np.errstate(divide="ignore", invalid="ignore"):
            bound = rest / (1 - slope)
        low = np.where(slope < 1 - 1e-9, bound, -np.inf).max(axis=0)
        high = np.where(slope > 1 + 1e-9, bound, np.inf).min(axis=0)
        return np.minimum(low, largest), np.maximum(high, largest)


def _restrictions(study: Coefficients, times: float, chance: Floats) -> list[_Restriction]:
    changes = _changes(study)
    before, after = changes[: study.before], changes[study.before :]
    return [
        _restriction(study, times, sign * before[year], after, before, chance)
        for year in range(study.before)
        for sign in (1, -1)
    ]


def _restriction(
    study: Coefficients, times: float, most: Floats, after: Floats, before: Floats, chance: Floats
) -> _Restriction:
    """Write down the corners for ``most``, the change before the start that is taken as the largest."""
    share = np.cumsum(study.weights[::-1])[::-1]
    up, down = after - times * most, -after - times * most
    size_up, size_down = _sizes(up, study.sigma), _sizes(down, study.sigma)
    rises = share >= 0
    over = np.abs(share) @ np.where(rises[:, None], up, down)
    under = np.abs(share) @ np.where(rises[:, None], down, up)
    over_size = float(np.abs(share) @ np.where(rises, size_up, size_down))
    under_size = float(np.abs(share) @ np.where(rises, size_down, size_up))
    pairs = (up + down) / (size_up + size_down)[:, None]
    others = pairs if study.after > 1 else _alone(before, most, study.sigma)
    return _Restriction(
        moments=np.vstack([over / over_size, under / under_size, others]),
        by_effect=np.concatenate([[-1 / over_size, 1 / under_size], np.zeros(len(others))]),
        study=study,
        chance=chance,
    )


def _alone(before: Floats, most: Floats, sigma: Floats) -> Floats:
    """With one period after the start nothing is free: then the changes before it are tested to be no larger."""
    rows = np.vstack([before - most, -before - most])
    sizes = _sizes(rows, sigma)
    moving = np.abs(rows).max(axis=1) > 0
    return np.asarray(rows[moving] / sizes[moving, None])


def _sizes(rows: Floats, sigma: Floats) -> Floats:
    return np.asarray(np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", rows, sigma, rows), 0)))


def _changes(study: Coefficients) -> Floats:
    """Give ``(k, k)``: from coefficients to changes from one year to the next, through the reference year's 0."""
    count = len(study.beta)
    with_reference = np.insert(np.eye(count), study.before, 0, axis=0)
    return np.asarray(np.diff(with_reference, axis=0))


def _chance(sigma: Floats) -> Floats:
    """Draw ``(k, draws)`` coefficients without any violation, always the same ones."""
    values, vectors = np.linalg.eigh(sigma)
    root = vectors * np.sqrt(np.maximum(values, 0))
    return np.asarray(root @ np.random.default_rng(_SEED).standard_normal((len(sigma), _DRAWS)))


def _log_between(low: Floats, high: Floats) -> Floats:
    """Give the logarithm of the chance that a standard normal number falls between two others, far out as well."""
    beyond_low, beyond_high = special.log_ndtr(-low), special.log_ndtr(-high)
    with np.errstate(divide="ignore"):
        return np.asarray(beyond_low + np.log1p(-np.exp(np.minimum(beyond_high - beyond_low, 0))))
