"""What a study could see is known before it is known what it saw."""

from dataclasses import replace

import numpy as np
import pytest

from plain_differences import BY_COMPARISON, PLAIN, restless
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer
from wijkpeil.effects.power import power


@pytest.mark.parametrize("design", [PLAIN, BY_COMPARISON])
def test_no_figure_from_after_the_start_is_read(design):
    data = restless(1, 3)
    later = data.outcome.copy()
    later[:, 8:] = np.random.default_rng(2).normal(100, 50, (60, 4))
    one, other = (power(each, design, worth_having=1.0, draws=99) for each in (data, data.with_outcome(later)))
    assert one == other


def test_more_treated_areas_see_smaller_effects():
    visible = [
        np.mean([power(restless(seed, k), PLAIN, worth_having=1.0, draws=199).smallest_visible for seed in range(10)])
        for k in (1, 2, 5, 20)
    ]
    assert visible == sorted(visible, reverse=True) and visible[0] > 2.5 * visible[-1]


def test_a_larger_effect_is_seen_more_often_and_the_smallest_visible_one_in_eighty_of_a_hundred():
    data = restless(1, 3)
    smallest = power(data, PLAIN, worth_having=1.0, draws=499).smallest_visible
    chances = [power(data, PLAIN, worth_having=times * smallest, draws=499).chance_to_see for times in (0, 0.5, 1, 2)]
    assert chances == sorted(chances)
    assert chances[0] == pytest.approx(0.05, abs=0.01) and chances[2] == pytest.approx(0.8, abs=0.02)


def test_the_more_outcomes_are_looked_at_the_larger_an_effect_must_be_to_be_seen():
    told = [power(restless(1, 3), PLAIN, worth_having=2.0, draws=499, outcomes=number) for number in (1, 2, 5, 10)]
    visible, chances = ([getattr(one, name) for one in told] for name in ("smallest_visible", "chance_to_see"))
    assert visible == sorted(visible) and visible[-1] > 1.2 * visible[0]
    assert chances == sorted(chances, reverse=True) and chances[-1] < chances[0] - 0.02


def test_no_effect_passes_more_often_than_the_outcomes_together_allow():
    found = power(restless(1, 3), PLAIN, worth_having=0.0, draws=999, outcomes=5)
    assert found.chance_to_see == pytest.approx(0.01, abs=0.002)


def test_too_few_placements_for_so_many_outcomes_see_nothing():
    """With 39 of them one may just reach 5% alone, and never beside others."""
    alone, beside = (power(restless(1, 1, areas=40), PLAIN, worth_having=9.0, outcomes=number) for number in (1, 3))
    assert alone.chance_to_see > 0.5
    assert beside.smallest_visible is None and beside.chance_to_see == 0.0


def test_which_way_the_effect_goes_does_not_matter():
    data = restless(1, 3)
    assert power(data, PLAIN, worth_having=1.0).chance_to_see == power(data, PLAIN, worth_having=-1.0).chance_to_see


@pytest.mark.parametrize("treated", [2, 5])
def test_the_visible_effect_is_really_seen_in_about_eighty_of_a_hundred_studies(treated):
    """It is rather seen more often: the years before are fewer than those of the study."""
    told = np.median(
        [power(restless(seed, treated), PLAIN, worth_having=1, draws=99).smallest_visible for seed in range(40)]
    )
    seen = np.mean([infer(restless(seed, treated, effect=told), PLAIN, draws=99).p <= 0.05 for seed in range(150)])
    assert 0.72 <= seen <= 0.97


def test_a_study_that_can_never_be_sure_sees_nothing():
    found = power(restless(1, 1, areas=12), PLAIN, worth_having=1.0)
    assert found.smallest_visible is None and found.chance_to_see == 0.0


def test_too_few_years_before_or_nobody_to_compare_with_leave_it_unknown():
    rng = np.random.default_rng(1)
    for data in (
        panel(rng.normal(size=(40, 6)), [2] + [6] * 39),
        panel(rng.normal(size=(4, 12)), [8] * 4),
    ):
        found = power(data, PLAIN, worth_having=1.0)
        assert found.smallest_visible is None and found.chance_to_see is None


def test_a_staggered_start_and_a_lag_fit_into_the_years_before():
    data = restless(1, 3)
    starts = data.start.copy()
    starts[:3] = 7, 9, 11
    found = power(replace(data, start=starts), PLAIN, worth_having=1.0, lag=2, draws=99)
    assert found.smallest_visible > 0
