"""What untreated areas and years say that the treated would have been: a second opinion on differences."""

from functools import partial

import numpy as np

from wijkpeil.domain.study import Design
from wijkpeil.effects.cohorts import Cohorts
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.group_times import GroupTimes, by_group_times


def imputation(*, anticipation: int = 0) -> Comparing:
    """Make the design that fills in what treated areas would have been from everything untreated.

    An effect of each area and of each period are fitted to the untreated observations only, and the treated ones are
    set beside what these predict. It leans on all years before the start where ``differences`` leans on one: more
    precise when the noise of years is independent, and more wrong when the areas were drifting apart. Not-yet-treated
    areas help to fit the periods before their own start.

    Areas of one cohort have the same untreated periods, so that the effects of the periods follow from the sums of the
    cohorts by one small system of ``(t, t)``, whatever the number of areas. The path before the start is what is left
    of the fit: it averages to zero for each cohort and is not the pre-trend of ``differences``.

    ``anticipation`` periods before the start count as treated when fitting. Source: Borusyak, Jaravel, Spiess (2024),
    Rev. Econ. Stud. 91, 3253-3285; Gardner (2022), arXiv 2207.05943 (the same estimate in two stages). ``estimate``
    raises ``RefusedError`` where nothing is left to estimate from.
    """
    return by_group_times(partial(_group_times, anticipation=anticipation), Design.IMPUTATION)


def _group_times(cohorts: Cohorts, *, anticipation: int) -> GroupTimes:
    found = GroupTimes.empty(cohorts)
    periods = np.arange(cohorts.periods)
    last = np.where(cohorts.starts < cohorts.periods, cohorts.starts - anticipation, cohorts.periods)
    untreated = (periods[None] < last[:, None]) & (cohorts.counts > 0)[:, None]
    before = untreated / np.maximum(untreated.sum(axis=1), 1)[:, None]
    number = untreated * cohorts.counts[:, None]
    system = np.diag(number.sum(axis=0)) - number.T @ before
    change = np.einsum("hp,ps->phs", untreated, np.eye(cohorts.periods)) - np.einsum("hp,hs->phs", untreated, before)
    period_effects = np.tensordot(np.linalg.pinv(system, rcond=1e-10, hermitian=True), change, axes=1)
    for place in np.flatnonzero(untreated[:-1].any(axis=1)):
        found.known[place] = untreated.any(axis=0)
        found.weights[place] -= period_effects - np.tensordot(before[place], period_effects, axes=1)
        found.weights[place, :, place] += (np.eye(cohorts.periods) - before[place]) / cohorts.counts[place]
    return found
