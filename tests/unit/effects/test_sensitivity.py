"""The wider the violations that are allowed, the wider the interval, until nothing is left of an effect."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.coefficients import coefficients, coefficients_from_placements, sigma_from_placements
from wijkpeil.effects.relative_violations import _restrictions as restrictions
from wijkpeil.effects.relative_violations import relative_breakdown, relative_interval
from wijkpeil.effects.sensitivity import checked
from wijkpeil.effects.smooth_violations import smooth_breakdown, smooth_interval


def drawn(seed, before=4, after=3, effect=0.5, noise=0.05, slope=0.0):
    rng = np.random.default_rng(seed)
    root = rng.normal(0, 1, (before + after, 2 * (before + after)))
    sigma = noise**2 * (root @ root.T / root.shape[1] + 0.2)
    times = np.concatenate([np.arange(-before, 0), np.arange(1, after + 1)])
    beta = slope * times + np.where(times > 0, effect, 0) + rng.multivariate_normal(np.zeros(len(times)), sigma)
    return coefficients(beta, sigma, before=before)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), before=st.integers(1, 6), after=st.integers(1, 5))
def test_the_more_is_allowed_the_wider_the_interval(seed, before, after):
    study = drawn(seed, before, after)
    smooth = [smooth_interval(study, bend) for bend in (0.0, 0.01, 0.05, 0.2)]
    lengths = [one.high - one.low for one in smooth]
    assert all(later >= earlier * (1 - 1e-9) for earlier, later in pairwise(lengths))
    half, twice = relative_interval(study, 0.5), relative_interval(study, 4.0)
    assert twice.low < half.low
    assert twice.high > half.high


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), slope=st.floats(-3, 3))
def test_a_straight_line_does_not_move_the_smooth_interval(seed, slope):
    flat, steep = (smooth_interval(drawn(seed, slope=each), 0.01) for each in (0.0, slope))
    assert (flat.low, flat.high) == pytest.approx((steep.low, steep.high), abs=1e-5)


def test_no_other_weights_before_the_start_make_a_shorter_smooth_interval():
    study, bend, half = drawn(3), 0.02, 0.0
    found = smooth_interval(study, bend)
    half = (found.high - found.low) / 2
    times = np.concatenate([np.arange(-4, 0), np.arange(1, 4)])
    rng = np.random.default_rng(1)
    for _ in range(200):
        free = rng.normal(0, 0.3, 4)
        free -= times[:4] * (free @ times[:4] + study.weights @ times[4:]) / (times[:4] @ times[:4])
        vector = np.concatenate([free, study.weights])
        worst = -optimize.linprog(-vector, *bent(times, bend), bounds=(None, None)).fun
        assert np.sqrt(vector @ study.sigma @ vector) * 1.64 + worst >= half * (1 - 1e-6)


def bent(times, bend):
    """Write the restriction on a path's second differences down, through its 0 in the reference year."""
    years = np.insert(np.eye(len(times)), 4, 0, axis=0)
    second = np.diff(years, n=2, axis=0)
    return np.vstack([second, -second]), np.full(2 * len(second), bend)


def test_the_corners_give_what_a_linear_programme_gives():
    study = drawn(5)
    times, changes = 1.5, np.diff(np.insert(np.eye(7), 4, 0, axis=0), axis=0)
    most, after = changes[1], changes[4:]
    rows = np.vstack([after - times * most, -after - times * most])
    sizes = np.sqrt(np.einsum("ij,jk,ik->i", rows, study.sigma, rows))
    restriction = restrictions(study, times, np.zeros((7, 1)))[2]
    for effect in (-0.4, 0.1, 0.5, 1.3):
        free = np.vstack([np.diff(np.eye(4), axis=0)[:, 1:], -np.diff(np.eye(4), axis=0)[:, 1:]])
        found = optimize.linprog(
            [1.0, 0, 0, 0],
            A_ub=np.column_stack([-sizes, -free]),
            b_ub=-(rows @ study.beta),
            A_eq=[[0.0, *study.weights]],
            b_eq=[effect],
            bounds=(None, None),
        )
        ours = (restriction.moments @ study.beta + restriction.by_effect * effect).max()
        assert ours == pytest.approx(found.fun, abs=1e-8)


@pytest.mark.slow
def test_the_true_effect_is_seldom_outside_although_the_largest_change_is_estimated():
    outside, draws = 0, 400
    for seed in range(draws):
        rng = np.random.default_rng(seed)
        sigma = 0.05**2 * (np.eye(6) + 0.5)
        path = np.array([-0.1, 0.0, -0.1, 0.1, 0.2, 0.3])
        study = coefficients(path + rng.multivariate_normal(np.zeros(6), sigma), sigma, before=3)
        found = relative_interval(study, 1.0)
        outside += not found.low <= 0.0 <= found.high
    assert outside <= 0.05 * draws + 2.6 * np.sqrt(0.05 * 0.95 * draws)


@pytest.mark.parametrize("seed", range(4))
def test_the_breakdown_is_where_the_interval_reaches_0(seed):
    study = drawn(seed, noise=0.02)
    times, bend = relative_breakdown(study), smooth_breakdown(study)
    assert relative_interval(study, times).low == pytest.approx(0, abs=5e-3)
    assert smooth_interval(study, bend).low == pytest.approx(0, abs=1e-4)


def test_a_large_effect_holds_and_one_that_is_not_there_fails():
    strong, absent = checked(drawn(1, effect=3.0)), checked(drawn(2, effect=0.0))
    assert [check.kind for check in strong] == [CheckKind.SENSITIVITY, CheckKind.SENSITIVITY_SMOOTH]
    assert [check.status for check in strong] == [CheckStatus.HOLDS, CheckStatus.HOLDS]
    assert [check.status for check in absent] == [CheckStatus.FAILS, CheckStatus.FAILS]
    assert absent[0].facts["breakdown"] == 0
    assert strong[0].facts["low_2"] < strong[0].facts["low_1"] < strong[0].facts["low_0.5"] < strong[0].facts["effect"]


def test_a_trend_that_just_goes_on_is_no_effect():
    assert checked(drawn(1, effect=0.0, slope=0.3, noise=0.02))[1].status is CheckStatus.FAILS


def test_one_coefficient_before_the_start_shows_no_slope():
    assert checked(drawn(1, before=1))[1].status is CheckStatus.NOT_POSSIBLE


def test_without_a_coefficient_before_the_start_there_is_nothing_to_compare_with():
    with pytest.raises(RefusedError) as refused:
        coefficients(np.ones(2), np.eye(2), before=0)
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_PERIODS


def test_the_covariance_of_placements_is_that_of_what_they_draw_from():
    rng = np.random.default_rng(1)
    root = rng.normal(size=(4, 4))
    paths = rng.normal(size=(20_000, 4)) @ root.T
    assert sigma_from_placements(paths) == pytest.approx(root @ root.T, abs=0.2)


def test_too_few_placements_give_no_covariance():
    with pytest.raises(RefusedError) as refused:
        sigma_from_placements(np.random.default_rng(1).normal(size=(19, 4)))
    assert refused.value.refusal.facts == {"placements": 19, "needed": 20}


def test_a_path_of_placements_is_measured_from_the_year_before_the_start():
    rng = np.random.default_rng(1)
    times = np.arange(-5, 6)
    path = np.array([np.nan, 1.0, 2, 3, 4, 6, 7, 8, np.nan, 9, np.nan])
    paths = np.where(np.isnan(path), np.nan, rng.normal(size=(200, 11)))
    study = coefficients_from_placements(path, paths, times, lag=1)
    assert study.beta.tolist() == [-3, -2, -1, 2, 3, 4]
    assert study.before == 3
    assert study.weights.tolist() == [0, 0.5, 0.5]
    moved = coefficients_from_placements(path + 5, paths + rng.normal(size=(200, 1)), times, lag=1)
    assert moved.beta.tolist() == study.beta.tolist()
    assert moved.sigma == pytest.approx(study.sigma)
