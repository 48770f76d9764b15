"""The honest interval at a threshold widens with what it does not know."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from wijkpeil.calibration.planted_threshold import EFFECT, simulate_discontinuity
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.bias_aware import critical_value, honest_jump
from wijkpeil.effects.discontinuity import scored


@given(bias=st.floats(0, 40))
@example(bias=1e-161)  # its square has hardly any digits left
def test_within_the_critical_value_lie_95_of_100_estimates_with_the_largest_bias(bias):
    value = critical_value(bias)
    assert stats.norm.cdf(value - bias) - stats.norm.cdf(-value - bias) == pytest.approx(0.95, abs=1e-6)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 999), sharper=st.floats(1.01, 10))
def test_a_sharper_bend_never_gives_a_shorter_interval_or_a_smaller_p(seed, sharper):
    areas = simulate_discontinuity(seed, areas=200)
    one, other = (honest_jump(areas, curvature=0.1 * times, width=0.5) for times in (1, sharper))
    assert other.high - other.low > one.high - one.low
    assert other.p >= one.p
    assert other.effect == one.effect


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 999))
def test_zero_is_outside_the_interval_exactly_where_p_is_below_5_percent(seed):
    found = honest_jump(simulate_discontinuity(seed, areas=150))
    assert (found.low > 0 or found.high < 0) == (found.p < 0.05)


def test_with_a_parabola_the_largest_bias_is_reached():
    distance = np.linspace(-1, 1, 401)
    bend = np.where(distance >= 0, 1.0, -1.0) * distance**2
    wiggle = 1e-4 * (-1.0) ** np.arange(401)
    found = honest_jump(scored(distance, bend + wiggle, threshold=0), curvature=2.0, width=0.6)
    assert abs(found.effect) == pytest.approx(found.largest_bias, rel=1e-2)


def test_with_three_areas_on_a_side_it_is_refused():
    with pytest.raises(RefusedError) as refused:
        honest_jump(scored([-3, -2, -1, 0, 1, 2, 3, 4], np.arange(8.0) % 3, threshold=0))
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_AREAS
    assert refused.value.refusal.facts["needed"] == 4


def test_one_score_for_all_areas_of_a_side_is_refused():
    with pytest.raises(RefusedError):
        honest_jump(scored([-1.0] * 6 + [0, 1, 2, 3, 4], np.arange(11.0) % 3, threshold=0), width=5)


@settings(deadline=None, max_examples=60)
@given(seed=st.integers(0, 2**32 - 1), count=st.integers(2, 80), steps=st.one_of(st.none(), st.integers(1, 9)))
def test_there_is_an_estimate_or_a_refusal_and_never_anything_in_between(seed, count, steps):
    rng = np.random.default_rng(seed)
    score = rng.standard_t(2, count)
    score = score if steps is None else np.round(score * steps) / steps
    try:
        found = honest_jump(scored(score, rng.normal(size=count), threshold=0))
    except RefusedError as refused:
        numbers = [fact for fact in refused.refusal.facts.values() if isinstance(fact, float)]
        assert np.isfinite(numbers).all()
    else:
        assert np.isfinite([found.effect, found.se, found.p, found.width, found.curvature]).all()
        assert found.low < found.effect < found.high


@pytest.mark.slow
def test_the_honest_interval_holds_the_truth_in_at_least_92_of_100_with_few_areas():
    found = [honest_jump(simulate_discontinuity(seed, areas=120)) for seed in range(300)]
    assert np.mean([one.low <= EFFECT <= one.high for one in found]) >= 0.92
