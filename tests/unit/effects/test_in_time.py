"""Before the start there is nothing to find, and what is found there counts against a design."""

import numpy as np
import pytest

from plain_differences import BY_COMPARISON, PLAIN, restless
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.effects.differences import differences
from wijkpeil.effects.imputation import imputation
from wijkpeil.effects.in_time import anticipation, placebo_in_time, pre_trend
from wijkpeil.effects.panel import panel

CHECKS = [placebo_in_time, pre_trend, anticipation]


def drifting(seed, slope, treated=5):
    data = restless(seed, treated)
    outcome = data.outcome.copy()
    outcome[:treated] += slope * np.arange(12)
    return data.with_outcome(outcome)


@pytest.mark.parametrize("check", CHECKS)
def test_what_happened_after_the_start_does_not_touch_a_check_of_before(check):
    data = restless(1, 3)
    later = data.outcome.copy()
    later[:3, 8:] += np.random.default_rng(1).normal(5, 3, (3, 4))
    assert check(data, PLAIN, draws=99) == check(data.with_outcome(later), PLAIN, draws=99)


@pytest.mark.parametrize("check", [placebo_in_time, pre_trend])
@pytest.mark.parametrize("design", [PLAIN, BY_COMPARISON])
def test_areas_that_were_already_drifting_off_are_seen(check, design):
    seen = [check(drifting(seed, 0.6), design, draws=199).status for seed in range(20)]
    assert seen.count(CheckStatus.HOLDS) <= 3 and seen.count(CheckStatus.FAILS) >= 12


@pytest.mark.parametrize("check", CHECKS)
def test_areas_that_moved_alike_seldom_fail(check):
    statuses = [check(restless(seed, 2), PLAIN, draws=99).status for seed in range(120)]
    assert statuses.count(CheckStatus.FAILS) <= 0.01 * 120 + 2.6 * np.sqrt(0.01 * 0.99 * 120)
    assert statuses.count(CheckStatus.HOLDS) >= 0.95 * 120 - 2.6 * np.sqrt(0.05 * 0.95 * 120)


def test_people_who_acted_a_year_before_are_seen():
    seen = 0
    for seed in range(20):
        data = restless(seed, 5)
        outcome = data.outcome.copy()
        outcome[:5, 7] += 2.5
        seen += anticipation(data.with_outcome(outcome), PLAIN, draws=99).status is CheckStatus.FAILS
    assert seen >= 16


def test_a_fictitious_start_is_a_period_halfway_the_years_before():
    data = restless(1, 2)
    check = placebo_in_time(data, PLAIN, draws=99)
    assert check.facts["fictitious_start"] == 4
    assert check.facts["low"] < check.facts["effect"] < check.facts["high"]


def test_what_a_test_of_the_years_before_could_not_have_seen_is_told():
    wide, narrow = (pre_trend(restless(1, treated), PLAIN, draws=99).facts["visible"] for treated in (1, 10))
    assert wide > 1.5 * narrow > 0


@pytest.mark.parametrize(("design", "years"), [(differences(), 7), (imputation(), 8)])
def test_a_year_that_is_zero_by_construction_is_not_counted_as_tested(design, years):
    """All changes are measured from the last year before the start, so that it can tell nothing."""
    assert pre_trend(restless(1, 3), design, draws=99).facts["years"] == years


@pytest.mark.parametrize("check", CHECKS)
def test_too_few_years_before_or_too_few_areas_make_a_check_impossible(check):
    rng = np.random.default_rng(1)
    short = panel(rng.normal(size=(30, 4)), [1] + [4] * 29)
    few = panel(rng.normal(size=(8, 12)), [8] + [12] * 7)
    nobody = panel(rng.normal(size=(3, 12)), [8] * 3)
    for data in (short, few, nobody):
        found = check(data, PLAIN, draws=99)
        assert found.status is CheckStatus.NOT_POSSIBLE
        assert found.kind in (CheckKind.PRE_TREND, CheckKind.PLACEBO_IN_TIME, CheckKind.ANTICIPATION)
