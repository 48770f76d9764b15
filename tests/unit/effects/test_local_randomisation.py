"""Few areas near a threshold are compared by placements, all of them where that can be."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.discontinuity import scored
from wijkpeil.effects.local_randomisation import balanced_window, local_placements, needed, needed_each

SEEDS = st.integers(0, 2**32 - 1)


def few(seed, left=5, right=5, effect=0.0):
    rng = np.random.default_rng(seed)
    distance = np.concatenate([-rng.uniform(0.1, 1, left), rng.uniform(0.1, 1, right)])
    return scored(distance, rng.normal(0, 1, left + right) + effect * (distance >= 0), threshold=0)


def p_of(outcome, right):
    count, chosen = len(right), int(right.sum())
    found = outcome[right].mean() - outcome[~right].mean()
    larger = total = 0
    for places in combinations(range(count), chosen):
        side = np.isin(np.arange(count), places)
        larger += abs(outcome[side].mean() - outcome[~side].mean()) >= abs(found) - 1e-9
        total += 1
    return larger / total


@settings(deadline=None, max_examples=15)
@given(seed=SEEDS, left=st.integers(4, 6), right=st.integers(4, 6))
def test_p_is_the_share_of_placements_with_at_least_as_large_a_difference(seed, left, right):
    areas = few(seed, left, right)
    found = local_placements(areas, window=1)
    assert found.inference.enumerated
    assert found.inference.p == pytest.approx(p_of(areas.outcome, areas.right))


@settings(deadline=None, max_examples=15)
@given(seed=SEEDS)
def test_the_interval_holds_exactly_the_effects_that_the_test_does_not_reject(seed):
    areas = few(seed, effect=1.0)
    found = local_placements(areas, window=1).inference
    for limit, inward in ((found.low, 1e-6), (found.high, -1e-6)):
        if limit is not None:
            assert p_of(areas.outcome - (limit + inward) * areas.right, areas.right) > 0.05
            assert p_of(areas.outcome - (limit - inward) * areas.right, areas.right) <= 0.05


def test_three_areas_a_side_are_refused_and_four_are_needed():
    with pytest.raises(RefusedError) as refused:
        local_placements(few(1, 3, 3), window=1)
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_AREAS
    assert refused.value.refusal.facts["needed"] == needed_each() == 4
    assert local_placements(few(1, 4, 4), window=1).inference.attainable < 0.05


@given(other=st.integers(3, 60))
def test_fewer_than_the_number_needed_could_never_stand_out(other):
    count = needed(other)
    assert needed(other + 1) <= count
    if count < 60:
        assert needed(count) <= max(other, count)


def test_with_many_areas_placements_are_drawn_and_the_draw_is_the_seeds():
    areas = few(3, 30, 30, effect=0.8)
    one, same, other = (local_placements(areas, window=1, seed=seed).inference for seed in (1, 1, 2))
    assert not one.enumerated
    assert one == same
    assert one != other
    assert one.placebos == 999


def test_the_window_ends_before_a_covariate_differs():
    rng = np.random.default_rng(5)
    distance = np.sort(rng.uniform(-1, 1, 200))
    poor = np.where(np.abs(distance) < 0.3, 0.0, np.sign(distance)) + rng.normal(0, 0.3, 200)
    areas = scored(distance, distance, threshold=0, covariates=poor[:, None], names=("poor",))
    assert 0.2 < balanced_window(areas) < 0.4


def test_covariates_that_differ_in_the_smallest_window_leave_none():
    distance = np.linspace(-1, 1, 100)
    areas = scored(distance, distance, threshold=0, covariates=np.sign(distance)[:, None], names=("poor",))
    with pytest.raises(RefusedError) as refused:
        balanced_window(areas)
    assert refused.value.refusal.reason is RefusalReason.INVALID_CUTOFF


@pytest.mark.slow
def test_without_an_effect_at_most_5_of_100_stand_out():
    found = [local_placements(few(seed, 6, 7), window=1).inference.p < 0.05 for seed in range(1_000)]
    assert 0.03 <= np.mean(found) <= 0.065
