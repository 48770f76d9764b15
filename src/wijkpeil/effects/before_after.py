"""The treated areas after their start beside themselves before it: the weakest comparison there is."""

from functools import partial

import numpy as np

from wijkpeil.domain.study import Design
from wijkpeil.effects.cohorts import Cohorts
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.group_times import GroupTimes, by_group_times


def before_after(*, anticipation: int = 0) -> Comparing:
    """Make the comparison of the treated with their own mean before the start.

    Everything else that happened counts as effect: the trend of the whole country, and the return to the mean of areas
    that were chosen because they did badly. It is there to be seen failing beside better designs, and for a study that
    has nothing else. Placements still tell how usual such a change is, and only that.

    ``anticipation`` periods before the start are left out of the mean before. ``estimate`` raises ``RefusedError``
    where there is no period before or after.
    """
    return by_group_times(partial(_group_times, anticipation=anticipation), Design.BEFORE_AFTER)


def _group_times(cohorts: Cohorts, *, anticipation: int) -> GroupTimes:
    found = GroupTimes.empty(cohorts)
    for place, start in enumerate(cohorts.starts[:-1].tolist()):
        before, count = start - anticipation, cohorts.counts[place]
        if before < 1 or count == 0:
            continue
        found.known[place] = True
        mean = (np.arange(cohorts.periods) < before) / before
        found.weights[place, :, place] = (np.eye(cohorts.periods) - mean) / count
    return found
