"""The jump at a threshold, beside a second implementation and under its own claims."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.calibration.planted_threshold import EFFECT, simulate_discontinuity
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.bandwidth import Kernel, widths
from wijkpeil.effects.discontinuity import ENOUGH, jump, scored

SEEDS = st.integers(0, 2**32 - 1)


def world(seed, count=1_200):
    rng = np.random.default_rng(seed)
    score = rng.normal(0.3, 1, count) if seed % 2 else rng.uniform(-1, 2, count)
    outcome = np.sin(score) + 0.5 * (score > 0) * score**2 + (score >= 0) + rng.normal(0, 0.5, count)
    return score, outcome


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("kernel", [Kernel.TRIANGULAR, Kernel.UNIFORM, Kernel.EPANECHNIKOV])
def test_jump_equals_that_of_a_second_implementation(seed, kernel):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import diff_diff
        import pandas as pd

        score, outcome = world(seed)
        oracle = diff_diff.RegressionDiscontinuity(kernel=kernel.value).fit(
            pd.DataFrame({"y": outcome, "x": score}), "y", "x"
        )
    found = jump(scored(score, outcome, threshold=0), kernel=kernel)
    assert (found.widths.main, found.widths.bias) == pytest.approx((oracle.h_left, oracle.b_left), rel=1e-5)
    assert (found.effect, found.se) == pytest.approx((oracle.att_conventional, oracle.se_conventional), rel=1e-5)
    assert (found.corrected, found.se_corrected) == pytest.approx((oracle.att, oracle.se), rel=1e-5)
    assert (found.p, found.low, found.high) == pytest.approx((oracle.p_value, *oracle.conf_int), rel=1e-4, abs=1e-12)
    assert (found.left, found.right) == (oracle.n_h_left, oracle.n_h_right)


@pytest.mark.parametrize("steps", [6, 10, 40])
def test_with_repeated_scores_the_widths_are_those_of_a_second_implementation(steps):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import diff_diff
        import pandas as pd

        rng = np.random.default_rng(steps)
        score = np.sort(np.round(rng.normal(0.3, 1, 600) * steps))
        outcome = score / steps + (score >= 0) * (1 + (score / steps) ** 2) + rng.normal(0, 0.5, 600)
        oracle = diff_diff.RegressionDiscontinuity().fit(pd.DataFrame({"y": outcome, "x": score}), "y", "x")
    left = score < 0
    found = widths((score[left], outcome[left]), (score[~left], outcome[~left]))
    assert (found.main, found.bias) == pytest.approx((oracle.h_left, oracle.b_left), rel=1e-3)


@settings(deadline=None, max_examples=25)
@given(seed=SEEDS, added=st.floats(-5, 5), times=st.floats(0.1, 10))
def test_an_effect_that_is_added_above_the_threshold_is_found_whole(seed, added, times):
    score, outcome = world(seed)
    one = jump(scored(score, outcome, threshold=0))
    other = jump(scored(score, times * outcome + added * (score >= 0), threshold=0), width=one.widths.main)
    same = jump(scored(score, outcome, threshold=0), width=one.widths.main)
    assert other.effect == pytest.approx(times * same.effect + added, abs=1e-8)


@settings(deadline=None, max_examples=25)
@given(seed=SEEDS, turn=st.floats(-3, 3))
def test_turning_the_score_around_turns_nothing_else(seed, turn):
    score, outcome = world(seed)
    above = jump(scored(score + turn, outcome, threshold=turn))
    below = jump(scored(-score - turn, outcome, threshold=-turn, treated_above=False))
    assert (below.effect, below.low, below.high) == pytest.approx((above.effect, above.low, above.high), rel=1e-6)


def test_an_area_exactly_at_the_threshold_should_be_treated_on_either_side():
    for above in (True, False):
        assert scored([1.0, 2.0, 3.0], [0, 0, 0], threshold=2.0, treated_above=above).right.sum() == 2


def test_too_few_areas_beside_the_threshold_are_refused_with_the_number_needed():
    score = np.concatenate([np.linspace(-1, -0.01, 100), np.linspace(0, 1, ENOUGH - 1)])
    with pytest.raises(RefusedError) as refused:
        jump(scored(score, np.sin(40 * score), threshold=0))
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_AREAS
    assert refused.value.refusal.facts == {"areas": ENOUGH - 1, "needed": ENOUGH}
    assert refused.value.refusal.weaker


@pytest.mark.parametrize("width", [None, 0.5])
def test_a_constant_outcome_is_refused(width):
    with pytest.raises(RefusedError) as refused:
        jump(scored(np.linspace(-1, 1, 200), np.ones(200), threshold=0), width=width)
    assert refused.value.refusal.reason is RefusalReason.CONSTANT


def test_a_score_in_a_few_steps_is_refused_with_the_number_needed():
    score = np.tile(np.arange(-4.0, 4.0), 50)
    with pytest.raises(RefusedError) as refused:
        jump(scored(score, np.sin(np.arange(400.0)), threshold=0))
    assert refused.value.refusal.facts == {"different": 4, "needed": 6}


@settings(deadline=None, max_examples=60)
@given(seed=SEEDS, count=st.integers(2, 160), steps=st.one_of(st.none(), st.integers(1, 20)))
def test_there_is_an_estimate_or_a_refusal_and_never_anything_in_between(seed, count, steps):
    rng = np.random.default_rng(seed)
    score = rng.standard_t(2, count)
    score = score if steps is None else np.round(score * steps) / steps
    try:
        found = jump(scored(score, rng.normal(size=count), threshold=0))
    except RefusedError as refused:
        numbers = [fact for fact in refused.refusal.facts.values() if isinstance(fact, float)]
        assert np.isfinite(numbers).all()
    else:
        assert found.low < found.corrected < found.high
        assert np.isfinite([found.effect, found.se, found.p, found.widths.main, found.widths.bias]).all()


def test_an_area_without_an_outcome_is_left_out():
    score, outcome = world(1)
    outcome[:5] = np.nan
    assert len(scored(score, outcome, threshold=0).areas) == len(score) - 5


@pytest.mark.slow
def test_the_interval_at_a_clean_threshold_holds_the_truth_in_92_to_97_of_100():
    draws = 400
    found = [jump(simulate_discontinuity(seed)) for seed in range(draws)]
    covered = np.mean([one.low <= EFFECT <= one.high for one in found])
    error = 2 * np.sqrt(0.05 * 0.95 / draws)
    assert 0.92 - error / 2 <= covered <= 0.97 + error / 2
