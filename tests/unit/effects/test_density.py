"""Crowding at a threshold, beside a second implementation and under its own claims."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.density import ENOUGH, density_jump


@pytest.mark.parametrize(("count", "middle"), [(200, 0), (100, 0.5), (400, 1), (400, -1.2), (3_000, -2)])
def test_density_jump_equals_that_of_a_second_implementation(count, middle):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import diff_diff
        import pandas as pd

        score = np.random.default_rng(count).normal(middle, 1, count)
        oracle = diff_diff.RDDensityTest().fit(pd.DataFrame({"s": score}), running="s")
    found = density_jump(score)
    assert (found.left_width, found.right_width) == pytest.approx((oracle.h_left, oracle.h_right), rel=1e-5)
    assert (found.left, found.right, found.se) == pytest.approx(
        (oracle.f_left, oracle.f_right, oracle.se_diff), rel=1e-5
    )
    assert (found.z, found.p) == pytest.approx((oracle.t_stat, oracle.p_value), abs=1e-5)
    assert (found.left_near, found.right_near) == (oracle.n_eff_left, oracle.n_eff_right)


@pytest.mark.parametrize("seed", range(3))
def test_with_repeated_scores_the_densities_are_those_of_a_second_implementation(seed):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import diff_diff
        import pandas as pd

        score = np.round(np.random.default_rng(seed).normal(0.3, 1, 600) * 20)
        oracle = diff_diff.RDDensityTest().fit(pd.DataFrame({"s": score}), running="s")
    found = density_jump(score)
    assert (found.left_width, found.right_width) == pytest.approx((oracle.h_left, oracle.h_right), rel=1e-2)
    assert (found.left, found.right) == pytest.approx((oracle.f_left, oracle.f_right), rel=1e-2)
    assert found.se == pytest.approx(oracle.se_diff, rel=0.05)


def test_a_jump_in_an_even_density_is_its_size():
    rng = np.random.default_rng(2)
    score = np.concatenate([rng.uniform(-1, 0, 8_000), rng.uniform(0, 1, 16_000)])
    found = density_jump(score)
    assert (found.left, found.right) == pytest.approx((1 / 3, 2 / 3), abs=0.05)
    assert found.p < 1e-6


def test_scores_in_steps_are_no_crowd():
    steps = [density_jump(np.round(np.random.default_rng(seed).normal(0.2, 1, 500) * 30)).p for seed in range(60)]
    assert np.mean(np.array(steps) < 0.05) < 0.15


@pytest.mark.slow
def test_a_smooth_density_is_called_a_crowd_in_about_5_of_100():
    found = [density_jump(np.random.default_rng(seed).normal(0.3, 1, 800)).p for seed in range(400)]
    assert 0.02 <= np.mean(np.array(found) < 0.05) <= 0.09


def test_too_few_scores_on_a_side_are_refused():
    score = np.concatenate([np.linspace(-1, -0.01, 200), np.linspace(0, 1, ENOUGH - 1)])
    with pytest.raises(RefusedError) as refused:
        density_jump(score)
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_AREAS


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 2**32 - 1),
    count=st.integers(2, 300),
    steps=st.one_of(st.none(), st.integers(1, 30)),
    scale=st.floats(1e-3, 1e3),
)
def test_there_is_a_density_or_a_refusal_and_never_anything_in_between(seed, count, steps, scale):
    score = np.random.default_rng(seed).standard_t(2, count)
    score = scale * (score if steps is None else np.round(score * steps) / steps)
    try:
        found = density_jump(score)
    except RefusedError as refused:
        assert refused.refusal.facts["areas"] < ENOUGH
    else:
        assert np.isfinite([found.left, found.right, found.z, found.left_width, found.right_width]).all()
        assert found.se > 0


def test_a_score_spread_evenly_around_the_threshold_has_no_jump():
    assert density_jump(np.linspace(-1, 1, 400)).p > 0.5
