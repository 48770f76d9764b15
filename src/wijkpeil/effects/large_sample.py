"""The standard errors that software for staggered starts prints: right with dozens of treated areas, wrong with few."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from wijkpeil.domain.refusal import RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.cohorts import cohorts_of
from wijkpeil.effects.differences import compared_with
from wijkpeil.effects.group_times import without_estimate
from wijkpeil.effects.overlap import chances, singular, terms
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel


@dataclass(frozen=True, kw_only=True)
class Printed:
    """An effect with the error that it would have if very many areas were treated: for tables of others only."""

    effect: float
    se_if_many_treated: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Tables:
    """The effects by cohort and period, with what each area adds to their errors, and the averages made of them.

    ``cells`` are the start and the period (places) of each of ``c`` effects; ``influence`` is ``(c, n)``.
    """

    start: Ints
    cells: Ints
    effects: Floats
    influence: Floats

    def group_time(self) -> dict[tuple[int, int], Printed]:
        """Give the effect on each cohort in each period."""
        return {
            (int(start), int(period)): _printed(effect, influence)
            for (start, period), effect, influence in zip(self.cells, self.effects, self.influence, strict=True)
        }

    def simple(self) -> Printed:
        """Average over every treated area and period, each counted once."""
        return _printed(*self._by_size(self._begun))

    def dynamic(self) -> tuple[Printed, dict[int, Printed]]:
        """Average by time since the start, and over the times from 0 on, each counted the same."""
        times = self.cells[:, 1] - self.cells[:, 0]
        each = {int(time): self._by_size(times == time) for time in np.unique(times)}
        return _mean([one for time, one in each.items() if time >= 0]), _all_printed(each)

    def calendar(self) -> tuple[Printed, dict[int, Printed]]:
        """Average by period over the cohorts that have started, and over the periods, each counted the same."""
        periods = np.unique(self.cells[self._begun, 1])
        each = {int(one): self._by_size(self._begun & (self.cells[:, 1] == one)) for one in periods}
        return _mean(list(each.values())), _all_printed(each)

    def group(self) -> tuple[Printed, dict[int, Printed]]:
        """Average by cohort over its periods, and over the cohorts by how many areas they have."""
        starts = np.unique(self.cells[self._begun, 0])
        each: dict[int, tuple[float, Floats]] = {}
        for start in starts:
            mine = self._begun & (self.cells[:, 0] == start)
            each[int(start)] = float(self.effects[mine].mean()), self.influence[mine].mean(axis=0)
        effects = np.array([effect for effect, _ in each.values()])
        influence = np.stack([one for _, one in each.values()])
        return _printed(*self._sized(starts, effects, influence)), _all_printed(each)

    @property
    def _begun(self) -> Bools:
        return np.asarray(self.cells[:, 1] >= self.cells[:, 0])

    def _by_size(self, chosen: Bools) -> tuple[float, Floats]:
        return self._sized(self.cells[chosen, 0], self.effects[chosen], self.influence[chosen])

    def _sized(self, starts: Ints, effects: Floats, influence: Floats) -> tuple[float, Floats]:
        """Average by the share of each cohort; that the shares are themselves a sample adds to the error."""
        member = (self.start[None] == starts[:, None]).astype(np.float64)
        share = member.mean(axis=1)
        part = share / share.sum()
        mean = float(part @ effects)
        sampled = (effects - mean) @ (member - share[:, None]) / share.sum()
        return mean, part @ influence + sampled


def as_software_prints_it(
    panel: Panel,
    *,
    base: Literal["moving", "fixed"] = "moving",
    anticipation: int = 0,
    not_yet_treated: bool = False,
    by_covariates: bool = False,
) -> Tables:
    """Estimate group-time effects with the analytic standard errors of the influence function, as R's ``did`` does.

    It exists to reproduce published tables. Nothing that is said of a study rests on these errors: with one treated
    area they call a difference beyond chance in 79 of 100 cases without any effect (issue 5, methods.md). Inference is
    in ``placements``.

    ``base="moving"`` sets a period before the start beside the one before it, as ``did`` does by default; ``"fixed"``
    counts from ``start - 1 - anticipation`` throughout. ``by_covariates`` is the doubly robust estimate. Cohorts
    without a base are left out. Source: Callaway, Sant'Anna (2021), J. Econometrics 225, 200-230, theorem 2; Sant'Anna,
    Zhao (2020), J. Econometrics 219, 101-122. Raises ``RefusedError`` where there is no estimate or no overlap.
    """
    known = terms(panel) if by_covariates else np.ones((len(panel.areas), 1))
    cohorts, cells, effects, influence = cohorts_of(panel), [], [], []
    for start in cohorts.starts[:-1].tolist():
        for period in range(panel.never):
            before = start - 1 - anticipation
            since = period - 1 if base == "moving" and period <= before else before
            if before < 0 or since < 0 or (base == "fixed" and period == before):
                continue
            others = compared_with(
                cohorts, start, max(period, since), anticipation=anticipation, not_yet=not_yet_treated
            )
            compared = np.isin(panel.start, cohorts.starts[others])
            if not compared.any():
                continue
            change = panel.outcome[:, period] - panel.outcome[:, since]
            effect, own = _one(change, known, panel.start == start, compared)
            cells.append((start, period))
            effects.append(effect)
            influence.append(own)
    if not cells:
        raise RefusedError(without_estimate(panel, Design.DIFFERENCES))
    return Tables(
        start=panel.start,
        cells=np.array(cells, dtype=np.int64),
        effects=np.array(effects),
        influence=np.stack(influence),
    )


def _one(change: Floats, known: Floats, treated: Bools, compared: Bools) -> tuple[float, Floats]:
    """Give one doubly robust effect and its influence function ``(n,)``; with a constant only, the plain difference."""
    used = treated | compared
    count, length = int(used.sum()), known.shape[1]
    chance = chances(known, treated[None], compared[None])[0]
    system = known[compared].T @ known[compared] / count
    if not np.isfinite(chance[used]).all() or np.linalg.eigvalsh(system)[0] < 1e-8:
        raise RefusedError(singular(length - 1, int(compared.sum())))
    inverse = np.linalg.inv(system)
    left = change - known @ (inverse @ (known[compared].T @ change[compared]) / count)
    odds = np.where(compared, chance / (1 - chance), 0.0)
    share, weight = treated.sum() / count, odds.sum() / count
    own, others = left[treated].mean(), odds @ left / odds.sum()
    fitted = (compared * left)[:, None] * known @ inverse
    curve = (known * np.where(used, chance * (1 - chance), 0.0)[:, None]).T @ known / count
    scored = np.where(used, treated - chance, 0.0)[:, None] * known @ np.linalg.inv(curve)
    of_treated = (treated * (left - own) - fitted @ (treated @ known / count)) / share
    of_others = odds * (left - others) + scored @ ((odds * (left - others)) @ known / count)
    of_others = (of_others - fitted @ (odds @ known / count)) / weight
    return float(own - others), np.where(used, of_treated - of_others, 0.0) * len(change) / count


def _printed(effect: float, influence: Floats) -> Printed:
    return Printed(effect=float(effect), se_if_many_treated=float(np.sqrt((influence**2).mean() / len(influence))))


def _all_printed(each: dict[int, tuple[float, Floats]]) -> dict[int, Printed]:
    return {key: _printed(*one) for key, one in each.items()}


def _mean(each: list[tuple[float, Floats]]) -> Printed:
    return _printed(float(np.mean([effect for effect, _ in each])), np.mean([own for _, own in each], axis=0))
