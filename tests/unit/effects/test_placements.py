"""Chance may place the treatment elsewhere, and only as it could have fallen."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_differences import BY_COMPARISON, PLAIN, plain_effects, restless
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.noise import noise
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer, paths, placements, try_placements


def small(starts, strata=None, periods=6, seed=1):
    rng = np.random.default_rng(seed)
    return panel(rng.normal(size=(len(starts), periods)), starts, stratum=strata)


patterns = st.lists(st.sampled_from([3, 4, 6, 6, 6]), min_size=3, max_size=7).filter(
    lambda starts: any(start < 6 for start in starts) and starts.count(6) >= 1
)


@settings(max_examples=60, deadline=None)
@given(patterns, st.integers(1, 400), st.integers(0, 99))
def test_every_placement_is_different_possible_and_not_the_real_one(starts, draws, seed):
    data = small(starts)
    possible = set(permutations(starts)) - {tuple(starts)}
    placed = placements(data, draws=draws, seed=seed)
    found = [tuple(int(start) for start in row) for row in placed.starts]
    assert len(set(found)) == len(found) == min(draws, len(possible))
    assert set(found) <= possible
    assert placed.enumerated == (draws >= len(possible))


def test_each_stratum_keeps_its_number_of_every_start():
    strata = np.repeat([0, 1, 2], [5, 7, 4])
    starts = np.full(16, 6)
    starts[[0, 1, 5]] = 3, 4, 3
    for draws in (50, 100_000):
        placed = placements(small(starts, strata), draws=draws, seed=3)
        for stratum in (0, 1, 2):
            for start in (3, 4, 6):
                count = (placed.starts[:, strata == stratum] == start).sum(axis=1)
                assert (count == (starts[strata == stratum] == start).sum()).all()
    assert len(placed.starts) == 5 * 4 * 7 - 1


def test_the_same_seed_places_alike_and_another_otherwise():
    data = restless(1, 5)
    first, again, other = (placements(data, draws=50, seed=seed).starts for seed in (1, 1, 2))
    assert (first == again).all() and (first != other).any()


def test_among_the_comparison_no_treated_area_is_a_placebo_or_a_donor():
    data = restless(1, 2)
    placed = placements(data, draws=100, seed=1, among="comparison")
    assert len(placed.panel.areas) == 58 and not set(data.areas[:2]) & set(placed.panel.areas)
    assert ((placed.starts < data.never).sum(axis=1) == 2).all()


@pytest.mark.parametrize(
    ("starts", "strata", "reason"),
    [
        ([3, 3, 3], None, RefusalReason.NO_DONORS),
        ([6, 6, 6], None, RefusalReason.TOO_FEW_TREATED),
        ([3, 3, 6, 6], [0, 0, 1, 1], RefusalReason.CITY_WHOLLY_TREATED),
    ],
)
def test_where_nothing_can_be_exchanged_is_said_and_no_number_given(starts, strata, reason):
    with pytest.raises(RefusedError) as refused:
        infer(small(starts, strata), PLAIN)
    assert refused.value.refusal.reason is reason


def test_one_comparison_area_leaves_no_donor_for_a_placebo():
    with pytest.raises(RefusedError) as refused:
        infer(small([3, 6]), BY_COMPARISON)
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_AREAS


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 2, 3]), st.floats(-3, 3))
def test_the_interval_holds_exactly_what_the_test_does_not_reject(seed, treated, effect):
    data = restless(seed, treated, areas=25, effect=effect, spread=0.5)
    found = infer(data, PLAIN, draws=150, seed=seed)
    after = np.zeros(data.outcome.shape)
    after[:treated, 8:] = 1.0

    def p(tau):
        return infer(data.with_outcome(data.outcome - tau * after), PLAIN, draws=150, seed=seed).p

    if found.attainable > 0.05:
        assert found.low is None and found.high is None
        return
    width = found.high - found.low
    assert p(found.low + 1e-6 * width) > 0.05 >= p(found.low - 1e-6 * width)
    assert p(found.high - 1e-6 * width) > 0.05 >= p(found.high + 1e-6 * width)
    assert (found.p <= 0.05) == (not found.low <= 0 <= found.high)


def test_an_effect_without_bounds_gets_the_attainable_p_and_never_a_smaller_one():
    for treated in (1, 2, 5):
        found = infer(restless(4, treated, effect=1e6), PLAIN, draws=199)
        assert found.p == pytest.approx(found.attainable) and found.p >= 1 / (1 + found.placebos)


def test_of_ten_areas_one_treated_is_never_sure_and_the_interval_stays_open():
    found = infer(restless(1, 1, areas=10, effect=1e6), PLAIN)
    assert found.attainable == pytest.approx(0.1) and found.enumerated
    assert found.low is None and found.high is None


def test_a_mirrored_placement_counts_as_large():
    found = infer(small([3, 3, 3, 6, 6, 6]), PLAIN)
    assert found.attainable >= 2 / 20


def test_adding_a_constant_trend_or_level_changes_nothing():
    data = restless(7, 2, effect=1.0)
    moved = data.with_outcome(data.outcome * 3 + np.arange(12) * 5 + np.arange(60)[:, None])
    one, other = (infer(each, PLAIN, draws=99) for each in (data, moved))
    assert (one.p, one.as_large) == (other.p, other.as_large)
    assert other.low == pytest.approx(3 * one.low) and other.high == pytest.approx(3 * one.high)


def test_placebos_of_comparison_areas_do_not_know_what_became_of_the_treated():
    data = restless(7, 2)
    later = data.outcome.copy()
    later[:2, 8:] += 100.0
    one, other = (try_placements(each, BY_COMPARISON, draws=99) for each in (data, data.with_outcome(later)))
    assert (one.statistics == other.statistics).all()
    assert other.effect == pytest.approx(one.effect + 100)


def test_the_interval_beside_placebo_areas_agrees_with_their_p_value():
    for seed in range(20):
        found = infer(restless(seed, 2, effect=0.8), BY_COMPARISON, draws=99)
        assert (found.p <= 0.05) == (not found.low <= 0 <= found.high)


def test_noise_is_that_of_before_and_equal_where_areas_are_alike():
    data = restless(3, 2)
    later = data.outcome.copy()
    later[:, 8:] *= 50
    assert (noise(data) == noise(data.with_outcome(later))).all()
    rng = np.random.default_rng(1)
    alike = [noise(panel(rng.normal(size=(200, 8)), [7] + [8] * 199)) for _ in range(5)]
    assert np.median([one.max() / one.min() for one in alike]) < 1.7
    unlike = restless(3, 2, spread=1.0)
    assert noise(unlike)[:10].mean() > 20 * noise(unlike)[-10:].mean()


def test_an_area_that_stood_still_is_not_without_chance():
    data = restless(3, 1)
    still = data.outcome.copy()
    still[0, :8] = data.outcome[1:, :8].mean(axis=0)
    assert noise(data.with_outcome(still))[0] > 0


def false_alarms(rejects, seeds, treated, **world):
    return np.mean([rejects(restless(seed, treated, **world)) for seed in range(seeds)])


@pytest.mark.parametrize("treated", [1, 2, 5])
@pytest.mark.parametrize("design", [PLAIN, BY_COMPARISON])
def test_of_a_hundred_programmes_without_effect_about_five_seem_to_have_one(design, treated):
    found = false_alarms(lambda data: infer(data, design, draws=99).p <= 0.05, 200, treated)
    assert found <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 200)


@pytest.mark.parametrize("treated", [1, 5])
def test_restless_areas_chosen_for_treatment_do_not_make_an_effect(treated):
    world = {"spread": 0.7}
    divided = false_alarms(lambda data: infer(data, PLAIN, draws=99).p <= 0.05, 150, treated, **world)

    def undivided(data):
        placed = placements(data, draws=99, seed=1)
        size = np.abs(plain_effects(data, np.concatenate([data.start[None], placed.starts])))
        return (1 + (size[1:] >= size[0]).sum()) / (1 + len(placed.starts)) <= 0.05

    naive = false_alarms(undivided, 150, treated, **world)
    assert naive > 0.4 and divided < 0.17


@pytest.mark.parametrize("design", [PLAIN, BY_COMPARISON])
def test_the_path_has_a_band_around_what_was_found_and_grey_lines_without_it(design):
    data = restless(5, 2, effect=4.0)
    points, lines = paths(data, design, draws=199)
    assert [point.time for point in points] == list(range(-8, 4))
    assert all(point.low <= point.effect <= point.high for point in points)
    assert sum(point.low > 0 for point in points if point.time >= 0) >= 3
    assert 30 < len(lines) <= 60
    assert np.abs([line.effects for line in lines]).max() < 4.0
    assert all(line.times == tuple(range(-8, 4)) for line in lines)


def test_a_staggered_start_is_placed_as_a_whole():
    rng = np.random.default_rng(1)
    starts = [4, 4, 7, *[12] * 37]
    outcome = rng.normal(size=(40, 12))
    for area, start in enumerate(starts):
        outcome[area, start:] += 5
    found = infer(panel(outcome, starts), PLAIN, draws=199)
    assert found.p == pytest.approx(1 / 200) and found.low < 5 < found.high
