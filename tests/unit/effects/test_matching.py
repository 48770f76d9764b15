"""Who is compared with whom is settled by what was known before the start, and by the smallest total distance."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plain_differences import restless
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.assignment import placements
from wijkpeil.effects.matching import balanced, distances, matched, nearest, resemblance
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer

DESIGNS = [matched(), matched(neighbours=1, caliper=None), balanced()]


def alone(data, **asked):
    return nearest(data, data.start, **({"neighbours": 1, "caliper": None, "within_stratum": False} | asked))


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), treated=st.integers(1, 3))
def test_no_other_pairs_have_a_smaller_total_distance(seed, treated):
    data = restless(seed, treated, areas=8)
    apart = distances(data, data.start)
    best = min(
        sum(apart[row, column] for row, column in enumerate(chosen))
        for chosen in permutations(range(treated, 8), treated)
    )
    weight = alone(data)
    assert (weight * apart).sum() == pytest.approx(best)
    assert sorted(weight.sum(axis=0)) == [0] * (8 - treated) + [1] * treated


def test_nobody_goes_without_a_neighbour_because_another_took_two():
    """The second resembles only the third, which the first would like to have beside the fourth."""
    levels = np.array([0.0, 0.6, 0.2, -0.1, 20.0, -20.0])
    data = panel(np.repeat(levels[:, None], 4, axis=1), [2, 2, 4, 4, 4, 4])
    apart = distances(data, data.start)
    weight = alone(data, neighbours=2, caliper=(apart[1, 2] + apart[1, 3]) / 2)
    assert weight.tolist() == [[0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0]]


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
@pytest.mark.parametrize("design", DESIGNS)
def test_what_happened_after_the_start_has_no_part_in_who_is_compared(design, seed):
    data = restless(seed, 3)
    later = data.outcome.copy()
    later[:, 8:] = np.random.default_rng(seed).normal(0, 50, (60, 4))
    try:
        first = design.estimate(data).weights
    except RefusedError:
        with pytest.raises(RefusedError):
            design.estimate(data.with_outcome(later))
        return
    assert design.estimate(data.with_outcome(later)).weights.tolist() == first.tolist()


@pytest.mark.parametrize("design", DESIGNS)
def test_what_was_added_to_the_treated_is_what_is_found(design):
    data = restless(4, 3)
    added = restless(4, 3, effect=2.0)
    assert design.estimate(added).effect - design.estimate(data).effect == pytest.approx(2.0)
    rise = design.estimate(added).path - design.estimate(data).path
    assert rise[11:15] == pytest.approx(2.0)
    assert rise[3:11] == pytest.approx(0.0)


@pytest.mark.parametrize("design", DESIGNS)
def test_many_assignments_give_what_each_gives_alone(design):
    data = restless(2, 3)
    data = replace(data, start=np.where(np.arange(60) == 0, 6, data.start))
    placed = placements(data, draws=20, seed=1)
    effects = design.effects(data, placed.starts, lag=1)
    paths = design.paths(data, placed.starts)
    for row, starts in enumerate(placed.starts):
        try:
            found = design.estimate(replace(data, start=starts), lag=1)
        except RefusedError:
            assert np.isnan(effects[row])
            continue
        assert effects[row] == pytest.approx(found.effect)
        assert paths[row] == pytest.approx(found.path, nan_ok=True)


@pytest.mark.parametrize("design", DESIGNS)
def test_the_weights_are_of_comparison_areas_only_and_sum_to_one(design):
    found = design.estimate(restless(3, 3))
    assert found.weights[:3].tolist() == [0, 0, 0]
    assert found.weights.sum() == pytest.approx(1)
    assert (found.weights >= 0).all()
    assert len(found.counterfactual) == 12


def test_entropy_balancing_leaves_no_difference_in_level_slope_or_covariates():
    rng = np.random.default_rng(1)
    data = restless(3, 3, covariates=rng.normal(size=(60, 2)))
    found = balanced().estimate(data)
    known = resemblance(data, 8)
    assert found.weights @ known == pytest.approx(known[:3].mean(axis=0), abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_nobody_is_compared_beyond_the_caliper_or_outside_the_stratum(seed):
    data = restless(seed, 3, stratum=np.arange(60) % 3)
    try:
        weight = alone(data, neighbours=3, caliper=0.8, within_stratum=True)
    except RefusedError as refused:
        assert refused.refusal.reason is RefusalReason.POOR_FIT
        return
    apart = distances(data, data.start)
    assert (apart[weight > 0] <= 0.8).all()
    rows, columns = np.nonzero(weight)
    assert (data.stratum[rows] == data.stratum[columns]).all()


def test_whom_nobody_resembles_is_refused():
    data = restless(1, 1)
    outcome = data.outcome.copy()
    outcome[0] += 50
    for design in (matched(), balanced()):
        with pytest.raises(RefusedError) as refused:
            design.estimate(data.with_outcome(outcome))
        assert refused.value.refusal.reason is RefusalReason.POOR_FIT
        assert np.isnan(design.effects(data.with_outcome(outcome), data.start[None])).all()


def test_without_comparison_or_a_period_before_there_is_no_estimate():
    rng = np.random.default_rng(1)
    cases = {
        RefusalReason.NO_DONORS: panel(rng.normal(size=(3, 6)), [3, 3, 3]),
        RefusalReason.TOO_FEW_TREATED: panel(rng.normal(size=(3, 6)), [6, 6, 6]),
        RefusalReason.NO_PERIOD_BEFORE: panel(rng.normal(size=(9, 6)), [0] + [6] * 8),
    }
    for reason, data in cases.items():
        with pytest.raises(RefusedError) as refused:
            matched().estimate(data)
        assert refused.value.refusal.reason is reason


@pytest.mark.slow
@pytest.mark.parametrize("treated", [1, 2, 5])
def test_chance_alone_is_seldom_called_an_effect(treated):
    """Recipe D5: no effect at all, an AR(1) of 0.6."""
    draws = 120
    tested, found = 0, 0
    for seed in range(draws):
        try:
            inference = infer(restless(seed, treated), matched(caliper=None), draws=99)
        except RefusedError:
            continue
        tested += 1
        found += inference.p <= 0.05
    assert tested > 0.9 * draws
    assert found <= 0.05 * tested + 2.6 * np.sqrt(0.05 * 0.95 * tested)
