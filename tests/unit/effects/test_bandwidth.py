"""The local lines at a threshold, and the width within which they err least."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.effects.bandwidth import Kernel, kernel_weights, noise, smoother, widths

SEEDS = st.integers(0, 2**32 - 1)


@pytest.mark.parametrize("kernel", Kernel)
def test_no_area_beyond_the_width_has_weight(kernel):
    distance = np.linspace(-3, 3, 61)
    weights = kernel_weights(distance, 1.0, kernel)
    assert (weights[np.abs(distance) > 1] == 0).all()
    assert (weights[np.abs(distance) < 1] > 0).all()


@given(seed=SEEDS, order=st.integers(1, 3), derivative=st.integers(0, 3), kernel=st.sampled_from(Kernel))
def test_a_smoother_gives_the_coefficients_of_a_polynomial_of_its_order_exactly(seed, order, derivative, kernel):
    rng = np.random.default_rng(seed)
    derivative = min(derivative, order)
    distance = np.sort(rng.uniform(0, 1.5, 80))
    coefficients = rng.normal(size=order + 1)
    outcome = distance[:, None] ** np.arange(order + 1) @ coefficients
    weights = smoother(distance, 1.0, order, derivative, kernel)
    assert weights @ outcome == pytest.approx(coefficients[derivative], abs=1e-6)


def test_too_few_areas_for_a_polynomial_give_no_number():
    assert np.isnan(smoother(np.array([0.1, 0.1, 0.2]), 1.0, 2, 0, Kernel.TRIANGULAR)).all()


def slow_noise(distance, outcome):
    found = []
    for place in range(len(distance)):
        away = np.delete(np.abs(distance - distance[place]), place)
        others = np.delete(outcome, place)
        near = away <= np.sort(away)[min(3, len(away)) - 1]
        found.append(near.sum() / (near.sum() + 1) * (outcome[place] - others[near].mean()) ** 2)
    return np.array(found)


@given(seed=SEEDS, count=st.integers(2, 40), steps=st.integers(1, 30))
def test_noise_is_measured_beside_all_areas_as_near_as_the_third_nearest(seed, count, steps):
    rng = np.random.default_rng(seed)
    distance = np.sort(rng.integers(0, steps + 1, count)).astype(float)
    outcome = rng.normal(size=count)
    found = noise(distance, outcome, np.ones(count, dtype=bool))
    assert found == pytest.approx(slow_noise(distance, outcome), abs=1e-9)


def test_noise_does_not_look_at_areas_that_are_not_near():
    distance, outcome = np.arange(10.0), np.arange(10.0) ** 2
    near = distance < 5
    changed = np.where(near, outcome, 99.0)
    assert (noise(distance, outcome, near) == noise(distance, changed, near)).all()
    assert (noise(distance, outcome, near)[~near] == 0).all()


@given(seed=SEEDS, scale=st.floats(0.01, 100), shift=st.floats(-10, 10))
def test_a_width_is_in_units_of_the_score_and_free_of_those_of_the_outcome(seed, scale, shift):
    rng = np.random.default_rng(seed)
    distance = np.sort(rng.normal(0.2, 1, 200))
    outcome = np.sin(distance) + rng.normal(0, 0.3, 200)
    left = distance < 0
    one = widths((distance[left], outcome[left]), (distance[~left], outcome[~left]))
    moved = outcome * 3 + shift
    other = widths((distance[left] * scale, moved[left]), (distance[~left] * scale, moved[~left]))
    assert (other.main, other.bias) == pytest.approx((one.main * scale, one.bias * scale), rel=1e-4)
