"""The balance table tells how alike the areas were, in a unit that comparing otherwise does not change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_differences import restless
from wijkpeil.domain.evidence import Balance, CheckKind, CheckStatus
from wijkpeil.effects.balance import balance, balance_check
from wijkpeil.effects.matching import balanced
from wijkpeil.effects.panel import panel

NOTHING = np.empty(0)


def drawn(seed=1, treated=3):
    covariates = np.random.default_rng(seed).normal(size=(60, 2))
    return restless(seed, treated, covariates=covariates, names=("income", "age"), periods=12)


def row(name, compared, raw=1.0):
    return Balance(name=name, treated=0.0, raw=0.0, compared=0.0, difference_raw=raw, difference_compared=compared)


def test_level_slope_covariates_and_each_year_before_the_start_have_a_row():
    names = [one.name for one in balance(drawn(), NOTHING)]
    assert names == ["level", "slope", "income", "age", *(f"level@{year}" for year in range(8))]


def test_a_difference_is_in_standard_deviations_of_areas_never_treated():
    outcome = np.array([[5.0, 5, 0], [1.0, 1, 0], [2.0, 2, 0], [3.0, 3, 0]])
    found = balance(panel(outcome, [2, 3, 3, 3]), np.array([0.0, 0, 0, 1]))[0]
    assert (found.name, found.treated, found.raw, found.compared) == ("level", 5, 2, 3)
    assert (found.difference_raw, found.difference_compared) == pytest.approx((3, 2))


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), scale=st.floats(0.001, 1000), shift=st.floats(-100, 100))
def test_the_unit_of_the_outcome_does_not_change_a_difference(seed, scale, shift):
    data = drawn(seed)
    other = balance(data.with_outcome(data.outcome * scale + shift), NOTHING)
    for one, same in zip(balance(data, NOTHING), other, strict=True):
        assert one.difference_raw == pytest.approx(same.difference_raw, abs=1e-6)


def test_without_weights_the_comparison_is_as_it_came():
    assert all(one.difference_raw == one.difference_compared for one in balance(drawn(), NOTHING))


def test_entropy_balancing_leaves_nothing_to_the_check():
    data = drawn()
    rows = balance(data, balanced().estimate(data).weights)
    check = balance_check(rows)
    assert check.kind is CheckKind.BALANCE
    assert check.status is CheckStatus.HOLDS
    assert check.facts["difference"] == pytest.approx(0, abs=1e-6)
    assert check.facts["difference_raw"] > 0


def test_what_happened_after_the_start_is_in_no_row():
    data = drawn()
    later = data.outcome.copy()
    later[:, 8:] = 99
    assert balance(data, NOTHING) == balance(data.with_outcome(later), NOTHING)


def test_what_is_the_same_for_all_has_no_row():
    data = drawn()
    same = replace(data, covariates=np.column_stack([data.covariates[:, 0], np.ones(60)]))
    assert "age" not in [one.name for one in balance(same, NOTHING)]


@pytest.mark.parametrize(
    ("compared", "status"),
    [
        (0.0, CheckStatus.HOLDS),
        (-0.09, CheckStatus.HOLDS),
        (0.1, CheckStatus.DOUBTFUL),
        (-0.24, CheckStatus.DOUBTFUL),
        (0.25, CheckStatus.FAILS),
        (-3.0, CheckStatus.FAILS),
    ],
)
def test_the_largest_difference_decides_whatever_its_sign(compared, status):
    check = balance_check((row("level", 0.01), row("income", compared), row("slope", 0.0)))
    assert check.status is status
    assert check.facts["difference"] == max(0.01, abs(compared))


def test_the_noise_of_a_single_year_is_shown_and_not_checked():
    assert balance_check((row("level", 0.0), row("level@2019", 0.9))).status is CheckStatus.HOLDS


def test_without_rows_there_is_nothing_to_check():
    assert balance_check(()).status is CheckStatus.NOT_POSSIBLE
