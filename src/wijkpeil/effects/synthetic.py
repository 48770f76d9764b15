"""What synthetic designs share: who is treated from when, who may lend weight, and paths averaged by time since."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np

from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.design import Comparing, Estimated
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel
from wijkpeil.effects.refusals import NEEDS

POOR = 0.25
"""A counterfactual further than this from the treated before the start is not a likeness of them: the mean distance in
the spread of the comparison areas. Where groups differ by more than a quarter of a standard deviation no weighting can
be trusted to have removed it (Imbens, Rubin 2015, Causal Inference, 14.2)."""

AreaWeights = Callable[[Floats, Floats, Bools, Floats], Floats]
"""Fits the weights of areas, as ``simplex.closest_many`` does."""

_CELLS = 1 << 20
"""So many weights at once at most, to stay within a few tens of megabytes."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohort:
    """Targets with one start, under one or more assignments: ``u`` rows.

    ``draw`` is ``(u,)``, the place of the assignment; ``size`` ``(u,)``, of how many areas the target is the mean;
    ``target`` is ``(u, t)``; ``donors`` ``(u, n)`` tells who is never treated under the assignment.
    """

    start: int
    draw: Ints
    size: Ints
    target: Floats
    donors: Bools

    def rows(self, kept: Bools) -> "Cohort":
        """Keep some of the targets."""
        return replace(
            self, draw=self.draw[kept], size=self.size[kept], target=self.target[kept], donors=self.donors[kept]
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """What was fitted to a cohort: ``weights`` ``(u, n)``, ``gap`` ``(u, t)``, ``periods`` ``(u, start)`` or none."""

    weights: Floats
    gap: Floats
    periods: Floats = field(default_factory=lambda: np.empty((0, 0)))


class Fit(Protocol):
    """Makes the counterfactual of every target of a cohort."""

    def __call__(self, panel: Panel, cohort: Cohort) -> Fitted:
        """Give the weights, and the gap between each target and its counterfactual."""


def synthetic(design: Design, fit: Fit, *, pooled: bool) -> Comparing:
    """Make a design from a fit: one estimate that may be refused, and the same for many assignments.

    ``pooled`` takes the mean of the areas that start together as one target; else every treated area is a target of
    its own. Effects are averaged by time since the start, each time by the number of treated areas that reach it. The
    donors of an assignment are the areas that it never treats.
    """

    def estimate(panel: Panel, *, lag: int = 0) -> Estimated:
        refuse(panel, design, lag=lag)
        parts = list(cohorts(panel, panel.start[None], pooled=pooled))
        fits = [fit(panel, part) for part in parts]
        found = _estimated(panel, parts, fits, lag)
        refuse_poor(panel, found, design)
        return found

    def effects(panel: Panel, starts: Ints, *, lag: int = 0) -> Floats:
        return over(panel, *_sums(panel, starts, design, fit, pooled=pooled), lag=lag)

    def paths(panel: Panel, starts: Ints) -> Floats:
        total, count = _sums(panel, starts, design, fit, pooled=pooled)
        return np.where(count > 0, total / np.maximum(count, 1), np.nan)

    return Comparing(estimate=estimate, effects=effects, paths=paths, is_linear=False)


def cohorts(panel: Panel, starts: Ints, *, pooled: bool) -> Iterator[Cohort]:
    """Go through the targets under many assignments, those with one start together and not too many at once."""
    rows = max(1, _CELLS // len(panel.areas))
    for start in np.unique(starts[starts < panel.never]):
        treated = starts == start
        if pooled:
            draw = np.flatnonzero(treated.any(axis=1))
            size = treated[draw].sum(axis=1)
        else:
            draw, area = np.nonzero(treated)
            size = np.ones(len(draw), dtype=np.int64)
        for first in range(0, len(draw), rows):
            part = slice(first, first + rows)
            mean = treated[draw[part]] @ panel.outcome / size[part, None] if pooled else panel.outcome[area[part]]
            donors = starts[draw[part]] >= panel.never
            yield Cohort(start=int(start), draw=draw[part], size=size[part], target=mean, donors=donors)


def over(panel: Panel, total: Floats, count: Floats, *, lag: int) -> Floats:
    """Average over the event times from ``lag`` on; NaN where no treated area reaches one."""
    reached = panel.event_times >= lag
    areas = count[:, reached].sum(axis=1)
    return np.where(areas > 0, total[:, reached].sum(axis=1) / np.maximum(areas, 1), np.nan)


def spread(panel: Panel) -> float:
    """Give the standard deviation of the comparison areas about the mean of each period, before the first start."""
    before = panel.outcome[~panel.is_treated, : int(panel.start.min())]
    return float(np.sqrt(((before - before.mean(axis=0)) ** 2).mean()))


def misfit(panel: Panel, path: Floats, design: Design = Design.SYNTHETIC_CONTROL) -> float:
    """Give the root of the mean squared distance of a path from zero before the start.

    Where a design takes a constant distance away, so does this.
    """
    before = path[(panel.event_times < 0) & np.isfinite(path)]
    if design is Design.SYNTHETIC_DIFFERENCES:
        before = before - before.mean()
    return float(np.sqrt((before**2).mean()))


def refuse(panel: Panel, design: Design, *, lag: int = 0) -> None:
    """Raise ``RefusedError`` where a synthetic design cannot be fitted: no donors, too few periods, nothing moves."""
    needs = NEEDS[design]
    treated, compared = int(panel.is_treated.sum()), int((~panel.is_treated).sum())
    if treated == 0:
        raise _refused(design, RefusalReason.TOO_FEW_TREATED, treated=0)
    first = int(panel.start.min())
    if compared == 0:
        later = len(panel.cohorts) > 1
        reason = RefusalReason.DONORS_TREATED_LATER if later else RefusalReason.NO_DONORS
        raise _refused(design, reason, treated=treated)
    if compared < needs.compared:
        raise _refused(design, RefusalReason.TOO_FEW_AREAS, compared=compared, needed=needs.compared)
    if first == 0:
        raise _refused(design, RefusalReason.NO_PERIOD_BEFORE, start=panel.periods[0], first=panel.periods[0])
    if first < needs.before:
        raise _refused(design, RefusalReason.TOO_FEW_PERIODS, before=first, needed=needs.before)
    if first + lag >= panel.never:
        raise _refused(
            design, RefusalReason.NO_PERIOD_AFTER, start=panel.periods[first], last=panel.periods[-1], lag=lag
        )
    if np.ptp(panel.outcome[:, :first]) == 0 or np.ptp(panel.outcome) == 0:
        raise _refused(design, RefusalReason.CONSTANT)


def refuse_poor(panel: Panel, found: Estimated, design: Design) -> None:
    """Raise ``RefusedError`` where the counterfactual is no likeness of the treated before the start (``POOR``)."""
    distance, size = misfit(panel, found.path, design), spread(panel)
    if distance > POOR * size:
        part = distance / size if size > 0 else float(np.inf)
        raise _refused(design, RefusalReason.POOR_FIT, misfit=distance, spread=size, part=part, limit=POOR)


def _refused(design: Design, reason: RefusalReason, **facts: Fact) -> RefusedError:
    return RefusedError(Refusal(reason=reason, facts=facts, design=design))


def _sums(panel: Panel, starts: Ints, design: Design, fit: Fit, *, pooled: bool) -> tuple[Floats, Floats]:
    """Sum gaps over treated areas by time since the start, and count the areas: ``(draws, 2t - 1)`` each."""
    total = np.zeros((len(starts), 2 * panel.never - 1))
    count = np.zeros_like(total)
    needs = NEEDS[design]
    for part in cohorts(panel, starts, pooled=pooled):
        columns = np.arange(panel.never) - part.start + panel.never - 1
        is_possible = (part.donors.sum(axis=1) >= needs.compared) & (part.start >= needs.before)
        total[part.draw[~is_possible]] = np.nan
        if not is_possible.any():
            continue
        part = part.rows(is_possible)
        gap = fit(panel, part).gap * part.size[:, None]
        np.add.at(total, (part.draw[:, None], columns), gap)
        np.add.at(count, (part.draw[:, None], columns), part.size[:, None].astype(np.float64))
    return total, count


def _estimated(panel: Panel, parts: list[Cohort], fits: list[Fitted], lag: int) -> Estimated:
    areas = panel.is_treated.sum()
    total, count = np.zeros(2 * panel.never - 1), np.zeros(2 * panel.never - 1)
    weights, periods, gap = np.zeros(len(panel.areas)), np.zeros(panel.never), np.zeros(panel.never)
    for part, one in zip(parts, fits, strict=True):
        columns = np.arange(panel.never) - part.start + panel.never - 1
        total[columns] += part.size @ one.gap
        count[columns] += part.size.sum()
        weights += part.size @ one.weights / areas
        gap += part.size @ one.gap / areas
        if one.periods.size:
            periods[: part.start] += part.size @ one.periods / areas
    return Estimated(
        effect=float(over(panel, total[None], count[None], lag=lag)[0]),
        path=np.where(count > 0, total / np.maximum(count, 1), np.nan),
        weights=weights,
        period_weights=periods if periods.any() else np.empty(0),
        counterfactual=panel.outcome[panel.is_treated].mean(axis=0) - gap,
    )
