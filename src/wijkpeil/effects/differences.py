"""Did treated areas change more than others, when nobody is compared with an area that was treated already?"""

from functools import partial

import numpy as np

from wijkpeil.domain.study import Design
from wijkpeil.effects.cohorts import Cohorts
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.group_times import GroupTimes, by_group_times
from wijkpeil.effects.panel import Bools


def differences(*, anticipation: int = 0, not_yet_treated: bool = False) -> Comparing:
    """Make difference-in-differences for starts in different years, by cohort and period.

    The change of each cohort since the last period before its start is set beside the change of areas that are not
    treated; the estimates are averaged only afterwards. A regression on all areas at once (``two_way``) also compares
    with areas that were treated already, and may turn a growing effect into a harm.

    Every period, also one before the start, counts from the same base: ``start - 1 - anticipation``, where the path is
    zero by construction. So the path before the start reads as one line (a "universal" base); software that lets the
    base move on before the start shows changes from year to year there, which look smaller.

    ``anticipation`` is the number of periods before the start in which people may already act on it. Comparison areas
    are those never treated; with ``not_yet_treated`` also those that start (less the anticipation) after both the
    period and the base. A cohort without a base in the panel is left out, and so is a period without comparison.

    Source: Callaway, Sant'Anna (2021), J. Econometrics 225, 200-230; Goodman-Bacon (2021), J. Econometrics 225,
    254-277 (forbidden comparisons). ``estimate`` raises ``RefusedError`` where nothing is left to estimate from.
    """
    estimating = partial(_group_times, anticipation=anticipation, not_yet=not_yet_treated)
    return by_group_times(estimating, Design.DIFFERENCES, shows_weights=True)


def compared_with(cohorts: Cohorts, start: int, after: int, *, anticipation: int, not_yet: bool) -> Bools:
    """``(h,)``: the cohorts that one with this start may be compared with over changes that end in ``after``."""
    never = cohorts.starts == cohorts.periods
    later = (cohorts.starts > after + anticipation) & (cohorts.starts != start)
    return np.asarray(never | (later & not_yet))


def _group_times(cohorts: Cohorts, *, anticipation: int, not_yet: bool) -> GroupTimes:
    found = GroupTimes.empty(cohorts)
    for place, start in enumerate(cohorts.starts[:-1].tolist()):
        base, count = start - 1 - anticipation, cohorts.counts[place]
        if base < 0 or count == 0:
            continue
        for period in range(cohorts.periods):
            others = compared_with(cohorts, start, max(period, base), anticipation=anticipation, not_yet=not_yet)
            size = cohorts.counts[others].sum()
            if size == 0:
                continue
            found.known[place, period] = True
            for when, sign in ((period, 1.0), (base, -1.0)):
                found.weights[place, period, place, when] += sign / count
                found.weights[place, period, others, when] -= sign / size
    return found
