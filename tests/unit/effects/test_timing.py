"""A study counts in years and a panel in figures: an effect that is expected later is never looked for sooner."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.evidence import EventPoint, PlaceboPath
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.panel import Panel, panel
from wijkpeil.effects.timing import in_periods, paths_in_years, points_in_years, step, years_of


def of(periods, *starts: int) -> Panel:
    """A panel without movement, of areas with these starts and one that is never treated."""
    return panel(np.zeros((len(starts) + 1, len(periods))), [*starts, len(periods)], periods=periods)


YEARLY, BIENNIAL, IRREGULAR = range(2005, 2012), range(2002, 2016, 2), (2002, 2006, 2008, 2010, 2012)


def test_figures_that_are_always_equally_far_apart_have_a_step():
    assert (step(of(YEARLY, 3)), step(of(BIENNIAL, 3)), step(of(IRREGULAR, 3)), step(of((2010,), 0))) == (
        1,
        2,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("periods", "years", "expected"),
    [
        (YEARLY, 0, 0),
        (YEARLY, 2, 2),
        (BIENNIAL, 0, 0),
        (BIENNIAL, 1, 1),
        (BIENNIAL, 2, 1),
        (BIENNIAL, 3, 2),
        (IRREGULAR, 0, 0),
        (IRREGULAR, 2, 1),
        (IRREGULAR, 3, 2),
        (IRREGULAR, 40, 3),
    ],
)
def test_years_become_periods_rounded_up(periods, years: int, expected: int):
    assert in_periods(of(periods, 2), years) == expected


@given(gaps=st.lists(st.integers(1, 4), min_size=4, max_size=9), start=st.integers(1, 4), years=st.integers(0, 6))
@settings(deadline=None)
def test_no_effect_is_looked_for_before_it_is_expected(gaps, start: int, years: int):
    periods = tuple(np.cumsum([2000, *gaps]).tolist())
    place = start + in_periods(of(periods, start), years)
    assert place >= len(periods) or periods[place] - periods[start] >= years
    assert all(later - earlier > 0 for earlier, later in pairwise(periods))


def test_times_become_years_since_the_start():
    points = tuple(EventPoint(time=time, effect=0.1 * time, low=None, high=None) for time in (-2, 0, 3))
    assert [one.time for one in points_in_years(of(BIENNIAL, 2), points)] == [-4, 0, 6]
    assert [one.effect for one in points_in_years(of(BIENNIAL, 2), points)] == [one.effect for one in points]
    line = PlaceboPath(name="a", times=(-1, 0, 1), effects=(0.1, 0.2, 0.3))
    (shown,) = paths_in_years(of(IRREGULAR, 2), (line,))
    assert (shown.times, shown.effects) == ((-2, 0, 2), line.effects)


def test_with_one_start_irregular_years_are_known():
    assert [years_of(of(IRREGULAR, 2), time) for time in (-2, -1, 0, 2)] == [-6, -2, 0, 4]


def test_with_several_starts_irregular_years_are_not():
    with pytest.raises(RefusedError) as refused:
        years_of(of(IRREGULAR, 2, 3), 1)
    assert refused.value.refusal.reason is RefusalReason.GAPS
    assert refused.value.refusal.facts["periods"] == "2002, 2006, 2008, 2010, 2012"
