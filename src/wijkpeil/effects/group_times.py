"""From the effect on each cohort in each period to one effect, and to a path by time since the start."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.cohorts import Cohorts, cohorts_of, weighed
from wijkpeil.effects.design import Comparing, Estimated
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupTimes:
    """An estimate for each of ``g`` treated cohorts in each of ``t`` periods, as weights on the sums of all cohorts.

    ``weights`` is ``(g, t, h, t)``; ``known`` is ``(g, t)``: where there is an estimate, zero before the start where
    the design holds.
    """

    cohorts: Cohorts
    weights: Floats
    known: Bools

    @classmethod
    def empty(cls, cohorts: Cohorts) -> "GroupTimes":
        """Give a table in which nothing is known yet."""
        size, length = len(cohorts.starts), cohorts.periods
        return cls(
            cohorts=cohorts,
            weights=np.zeros((size - 1, length, size, length)),
            known=np.zeros((size - 1, length), dtype=bool),
        )

    @property
    def times(self) -> Ints:
        """``(g, t)``: the time since the start of each cohort in each period."""
        return np.asarray(np.arange(self.cohorts.periods)[None] - self.cohorts.starts[:-1, None])

    def parts(self, chosen: Bools) -> Floats:
        """``(g, t)``: what each estimate counts for where every treated area in every chosen period counts the same."""
        part = np.where(chosen & self.known, self.cohorts.counts[:-1, None], 0.0)
        total = part.sum()
        return np.asarray(part / total) if total > 0 else np.full(part.shape, np.nan)

    def over(self, chosen: Bools) -> Floats:
        """``(h, t)``: the weights of the mean effect over the chosen estimates; NaN where none is known."""
        parts = self.parts(chosen)
        if not np.isfinite(parts).all() or parts.size == 0:
            return np.full(self.weights.shape[2:], np.nan)
        return np.asarray(np.tensordot(parts, self.weights, axes=2))


Estimating = Callable[[Cohorts], GroupTimes]
"""Makes the estimates of a design for one set of cohorts."""


def by_group_times(estimating: Estimating, design: Design, *, shows_weights: bool = False) -> Comparing:
    """Make a design of group-time estimates: averaged to one effect, and to a path.

    The effect is the mean over every treated area in every period from ``lag`` on after its own start, each counted
    once ("simple" in Callaway and Sant'Anna at lag 0): an area that started early counts for more, since more of it was
    seen. The path averages at each time since the start over the areas that are seen so long; which areas these are
    differs from time to time.

    ``shows_weights`` is for designs in which the comparison areas have weights that sum to one.
    """

    def effects(panel: Panel, starts: Ints, *, lag: int = 0) -> Floats:
        def weigh(cohorts: Cohorts) -> Floats:
            found = estimating(cohorts)
            return found.over(found.times >= lag)[None]

        return np.asarray(weighed(panel, starts, weigh)[:, 0])

    def paths(panel: Panel, starts: Ints) -> Floats:
        return weighed(panel, starts, lambda cohorts: _path(estimating(cohorts)))

    def estimate(panel: Panel, *, lag: int = 0) -> Estimated:
        effect = float(effects(panel, panel.start[None], lag=lag)[0])
        if not np.isfinite(effect):
            raise RefusedError(without_estimate(panel, design, lag=lag))
        found = estimating(cohorts_of(panel))
        return Estimated(
            effect=effect,
            path=paths(panel, panel.start[None])[0],
            weights=_compared(panel, found, lag) if shows_weights else np.empty(0),
            counterfactual=_counterfactual(panel, found),
        )

    return Comparing(estimate=estimate, effects=effects, paths=paths, is_linear=True)


def without_estimate(panel: Panel, design: Design, *, lag: int = 0) -> Refusal:
    """Say what is missing where a design that compares over time has no estimate."""
    treated = panel.start[panel.is_treated]
    if len(treated) == 0:
        return Refusal(reason=RefusalReason.TOO_FEW_TREATED, facts={"treated": 0}, design=design)
    facts: dict[str, str | int | float] = {"start": panel.periods[int(treated.min())], "first": panel.periods[0]}
    if not (treated > 0).any():
        return Refusal(reason=RefusalReason.NO_PERIOD_BEFORE, facts=facts, design=design)
    if not (treated + lag < panel.never).any():
        facts = {"last": panel.periods[-1], "lag": lag}
        return Refusal(reason=RefusalReason.NO_PERIOD_AFTER, facts=facts, design=design)
    if panel.is_treated.all():
        later = int((treated > treated.min()).sum())
        reason = RefusalReason.DONORS_TREATED_LATER if later else RefusalReason.NO_DONORS
        return Refusal(reason=reason, facts={"treated": len(treated)}, design=design)
    return Refusal(reason=RefusalReason.TOO_FEW_PERIODS, facts={"periods": panel.never}, design=design)


def _path(found: GroupTimes) -> Floats:
    length = found.cohorts.periods
    return np.stack([found.over(found.times == time) for time in range(1 - length, length)])


def _compared(panel: Panel, found: GroupTimes, lag: int) -> Floats:
    """Give the part that each area has in what the treated are compared with: its weight in the period itself."""
    parts = found.parts(found.times >= lag)
    now = np.einsum("gtht->gth", found.weights).copy()
    own = np.arange(len(parts))
    now[own, :, own] = 0.0
    by_cohort = -np.tensordot(parts, now, axes=2)
    return np.asarray(by_cohort[np.searchsorted(found.cohorts.starts, panel.start)])


def _counterfactual(panel: Panel, found: GroupTimes) -> Floats:
    """Give the mean outcome of the treated less what they differ by; empty where that is not known in every period."""
    counted = found.known.any(axis=1)
    if not found.known[counted].all():
        return np.empty(0)
    seen = np.isin(panel.start, found.cohorts.starts[:-1][counted])
    differ = weighed(panel, panel.start[None], lambda _: _by_period(found))[0]
    return np.asarray(panel.outcome[seen].mean(axis=0) - differ)


def _by_period(found: GroupTimes) -> Floats:
    periods = np.arange(found.cohorts.periods)
    return np.stack([found.over(np.broadcast_to(periods == one, found.known.shape)) for one in periods])
