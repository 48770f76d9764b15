"""The worst of some years improve by themselves; what is left after that is what counts."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from wijkpeil.analysis.selection import Past, Spread, correct_for_selection
from wijkpeil.domain.verdict import NotEstimable

AREAS, CHOSEN, AHEAD = 500, 40, 8
FIRST = 2004
TIMES = 50


@dataclass(frozen=True)
class World:
    """Lasting differences of sd 1, passing ones of which a share is kept a year, and sampling error."""

    before: int = 3
    looked_at: tuple[int, ...] = (1, 2)
    kept: float = 0.3
    passing: float = 0.5
    sampling: float = 0.5
    effect: float = 0.0
    missing: float = 0.0


def passing_states(rng, world):
    state = np.empty((AREAS, world.before + 1))
    state[:, 0] = rng.normal(scale=world.passing, size=AREAS)
    for place in range(1, world.before + 1):
        kept = world.kept ** (AHEAD if place == world.before else 1)
        new = rng.normal(scale=world.passing * np.sqrt(1 - kept**2), size=AREAS)
        state[:, place] = kept * state[:, place - 1] + new
    return state


def planted(rng, world):
    """Draw the gaps up to the baseline and the latest; choose the worst by what was published."""
    gaps = rng.normal(size=(AREAS, 1)) + passing_states(rng, world)
    gaps += rng.normal(scale=world.sampling, size=gaps.shape)
    gaps[rng.random(gaps.shape) < world.missing] = np.nan
    seen = gaps[:, list(world.looked_at)].mean(axis=1)
    chosen = np.zeros(AREAS, dtype=bool)
    chosen[np.argsort(np.nan_to_num(seen, nan=np.inf))[:CHOSEN]] = True
    gaps[chosen, -1] += world.effect
    return gaps, chosen


def past_of(gaps, chosen, world):
    return Past(
        gaps=gaps[:, : world.before],
        errors=np.full((AREAS, world.before), world.sampling),
        periods=np.arange(FIRST, FIRST + world.before),
        in_programme=chosen,
        chosen_in=np.isin(np.arange(world.before), world.looked_at),
    )


def corrected(gaps, chosen, world, **changed):
    return correct_for_selection(
        replace(past_of(gaps, chosen, world), **changed),
        latest=gaps[:, -1],
        latest_errors=np.full(AREAS, world.sampling),
        latest_period=FIRST + world.before - 1 + AHEAD,
    )


def many(world, times, seed=11):
    """Correct many countries; give the mean naive change, the mean excess with its noise, and both coverages."""
    rng = np.random.default_rng(seed)
    naive, excess, of_mean, of_areas = [], [], [], []
    for _ in range(times):
        gaps, chosen = planted(rng, world)
        found = corrected(gaps, chosen, world)
        mean, error = found.mean_excess(chosen)
        naive.append(np.nanmean(found.naive[chosen]))
        excess.append(mean - world.effect)
        of_mean.append(abs(mean - world.effect) < 1.96 * error)
        known = chosen & ~np.isnan(found.excess)
        missed = np.abs(found.excess - world.effect)[known] / found.excess_error[known]
        of_areas.append(np.mean(missed < 1.96))
    noise = np.std(excess) / np.sqrt(times)
    return np.mean(naive), np.mean(excess), noise, np.mean(of_mean), np.mean(of_areas)


def test_without_an_effect_hardly_a_tenth_of_what_selection_brought_is_left():
    naive, excess, _, of_mean, of_areas = many(World(), 40)
    assert naive > 0.4
    assert abs(excess) < 0.1 * naive
    assert of_mean >= 0.85
    assert of_areas == pytest.approx(0.95, abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize(("before", "looked_at"), [(2, (1,)), (2, (0, 1)), (3, (2,)), (3, (0, 1, 2)), (5, (3, 4))])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.6])
@pytest.mark.parametrize(("passing", "sampling", "missing"), [(0.5, 0.5, 0.0), (0.5, 0.1, 0.0), (0.5, 0.5, 0.1)])
def test_bias_and_intervals_hold_in_all_declared_worlds(before, looked_at, kept, passing, sampling, missing):
    """In fifty countries of each; the mean's band is wider by two of its errors in so many, that of areas is not."""
    world = World(before, looked_at, kept, passing, sampling, missing=missing)
    naive, excess, noise, of_mean, of_areas = many(world, TIMES)
    assert naive > 0.15
    assert abs(excess) < 0.1 * naive + 2 * noise
    assert of_mean > 0.93 - 2 * np.sqrt(0.95 * 0.05 / TIMES)
    assert 0.93 < of_areas < 0.97


def test_a_planted_effect_is_left_after_the_correction():
    world = World(effect=1.0)
    gaps, chosen = planted(np.random.default_rng(3), world)
    found = corrected(gaps, chosen, world)
    mean, error = found.mean_excess(chosen)
    assert abs(mean - 1.0) < 2.5 * error
    assert mean > 4 * error


def test_what_became_of_the_programme_never_tells_what_was_expected_of_it():
    before, after = (planted(np.random.default_rng(3), World(effect=effect)) for effect in (0.0, 2.0))
    first, second = (corrected(gaps, chosen, World()) for gaps, chosen in (before, after))
    assert np.array_equal(first.expected, second.expected)
    assert np.array_equal(first.excess_error, second.excess_error)


def test_naive_change_is_what_selection_brings_and_what_is_left():
    found = corrected(*planted(np.random.default_rng(3), World()), World())
    assert np.allclose(found.naive, found.expected + found.excess)


def test_both_groups_return_to_a_mean_of_their_own_and_the_worst_go_furthest():
    gaps, chosen = planted(np.random.default_rng(3), World())
    found = corrected(gaps, chosen, World())
    assert gaps[chosen, 2].mean() < found.programme_mean < found.others_mean < 0.3
    worst = np.argsort(gaps[:, 2])
    assert found.expected[worst[:20]].mean() > found.expected[worst[100:120]].mean() > 0
    assert found.expected[worst[-20:]].mean() < 0


def test_what_was_looked_at_beside_it_is_heeded():
    """Chosen on two indicators that share a bad year: each alone shows only half of that bad luck."""
    rng, world = np.random.default_rng(5), World(sampling=0.1)
    alone, together = [], []
    for _ in range(16):
        shared = passing_states(rng, world)
        two = [rng.normal(size=(AREAS, 1)) + shared + rng.normal(scale=0.1, size=shared.shape) for _ in range(2)]
        chosen = np.zeros(AREAS, dtype=bool)
        chosen[np.argsort(sum(one[:, 1:3].mean(axis=1) for one in two))[:CHOSEN]] = True
        other = past_of(two[1], chosen, world)
        alone.append(corrected(two[0], chosen, world).mean_excess(chosen)[0])
        together.append(corrected(two[0], chosen, world, beside=(other,)).mean_excess(chosen)[0])
    assert abs(np.mean(together)) < 0.5 * np.mean(alone)


def test_one_period_up_to_the_baseline_cannot_tell():
    world = World(before=1, looked_at=(0,))
    found = corrected(*planted(np.random.default_rng(3), world), world)
    assert found.reason is NotEstimable.ONE_PRE_PERIOD
    assert np.isnan(found.excess).all() and not np.isnan(found.naive).any()


def test_luck_in_years_that_are_not_there_is_not_seen():
    gaps, chosen = planted(np.random.default_rng(3), World())
    nowhere = np.zeros(3, dtype=bool)
    assert corrected(gaps, chosen, World(), chosen_in=nowhere).reason is NotEstimable.NOT_SEEN
    gaps[:, 1] = np.nan
    assert corrected(gaps, chosen, World()).reason is NotEstimable.NOT_SEEN


def test_an_area_that_was_chosen_on_a_hidden_figure_has_no_expectation():
    gaps, chosen = planted(np.random.default_rng(3), World())
    one = np.flatnonzero(chosen)[0]
    gaps[one, 1] = np.nan
    found = corrected(gaps, chosen, World())
    assert np.isnan(found.expected[one]) and np.isnan(found.excess_error[one]) and not np.isnan(found.naive[one])
    assert np.count_nonzero(np.isnan(found.expected)) == 1


def test_areas_with_holes_are_foretold_by_what_is_there():
    world = World(before=4, looked_at=(3,), missing=0.1)
    gaps, chosen = planted(np.random.default_rng(3), world)
    found = corrected(gaps, chosen, world)
    assert np.array_equal(np.isnan(found.expected), np.isnan(gaps[:, 3] + gaps[:, -1]))
    least, most = (np.isnan(gaps[:, :3]).sum(axis=1) == holes for holes in (0, 2))
    assert np.nanmean(found.excess_error[least]) < np.nanmean(found.excess_error[most])


def test_a_handful_of_others_cannot_tell():
    gaps, chosen = planted(np.random.default_rng(3), World())
    assert corrected(gaps, np.zeros_like(chosen), World()).reason is NotEstimable.TOO_FEW_AREAS
    gaps[~chosen & (np.cumsum(~chosen) > 40), 0] = np.nan
    assert corrected(gaps, chosen, World()).reason is NotEstimable.TOO_FEW_AREAS


@pytest.mark.filterwarnings("error")
def test_a_constant_series_has_nothing_to_return_from():
    gaps, chosen = planted(np.random.default_rng(3), World())
    found = corrected(np.zeros_like(gaps), chosen, World())
    assert np.allclose(found.expected, 0) and np.isfinite(found.excess_error).all()


def test_the_order_of_the_areas_does_not_matter():
    gaps, chosen = planted(np.random.default_rng(3), World())
    order = np.random.default_rng(1).permutation(AREAS)
    assert np.allclose(
        corrected(gaps, chosen, World()).expected[order], corrected(gaps[order], chosen[order], World()).expected
    )


def test_reliability_is_the_lasting_part_as_in_case_a9():
    rho = Spread(lasting=1.0, passing=0.0, kept=0.0).reliability(0.49)
    assert 1 - rho == pytest.approx(0.3289, abs=0.0001)
