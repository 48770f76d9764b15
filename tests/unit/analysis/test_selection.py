"""The worst of two years improve by themselves; what is left after that is what counts."""

import numpy as np
import pytest

from wijkpeil.analysis.selection import NotEstimable, Past, Spread, correct_for_selection

AREAS, CHOSEN = 950, 40
YEARS = np.arange(2005, 2025)
ERROR = 0.1


def planted(rng, *, effect=0.0, passing=0.4):
    """Draw gaps with lasting differences and shocks that halve each year; choose the worst of 2005 and 2006."""
    state = np.empty((AREAS, len(YEARS)))
    state[:, 0] = rng.normal(scale=passing, size=AREAS)
    for year in range(1, len(YEARS)):
        state[:, year] = state[:, year - 1] / 2 + rng.normal(scale=passing * np.sqrt(0.75), size=AREAS)
    gaps = rng.normal(size=AREAS)[:, None] + state + rng.normal(scale=ERROR, size=state.shape)
    chosen = np.zeros(AREAS, dtype=bool)
    chosen[np.argsort(gaps[:, :2].mean(axis=1))[:CHOSEN]] = True
    gaps[chosen, 3:] += effect
    return gaps, chosen


def corrected(gaps, chosen, *, before=3):
    past = Past(
        gaps=gaps[:, 3 - before : 3],
        errors=np.full((len(gaps), before), ERROR),
        periods=YEARS[3 - before : 3],
        in_programme=chosen,
        chosen_in=np.arange(before) < before - 1,
    )
    return correct_for_selection(
        past, latest=gaps[:, -1], latest_errors=np.full(len(gaps), ERROR), latest_period=int(YEARS[-1])
    )


def test_without_an_effect_the_correction_takes_away_what_selection_brought():
    rng = np.random.default_rng(7)
    naive, excess = [], []
    for _ in range(200):
        gaps, chosen = planted(rng)
        found = corrected(gaps, chosen)
        naive.append(found.naive[chosen].mean())
        excess.append(found.excess[chosen].mean())
    assert np.mean(naive) > 0.08
    noise = np.std(excess) / np.sqrt(len(excess))
    assert abs(np.mean(excess)) < 0.1 * np.mean(naive) + 2 * noise


def test_a_planted_effect_is_left_after_the_correction():
    gaps, chosen = planted(np.random.default_rng(3), effect=1.0)
    found = corrected(gaps, chosen)
    assert found.excess[chosen].mean() == pytest.approx(1.0, abs=0.3)


def test_naive_change_is_what_selection_brings_and_what_is_left():
    found = corrected(*planted(np.random.default_rng(3)))
    assert np.allclose(found.naive, found.expected + found.excess)


def test_one_period_before_the_baseline_cannot_tell():
    gaps, chosen = planted(np.random.default_rng(3))
    found = corrected(gaps, chosen, before=2)
    assert found.reason is NotEstimable.ONE_PRE_PERIOD
    assert np.isnan(found.excess).all() and not np.isnan(found.naive).any()


def test_a_handful_of_areas_has_no_mean_to_return_to():
    gaps, chosen = planted(np.random.default_rng(3))
    keep = ~chosen | (np.cumsum(chosen) <= 9)
    assert corrected(gaps[keep], chosen[keep]).reason is NotEstimable.TOO_FEW_AREAS


def test_reliability_is_the_lasting_part_as_in_case_a9():
    rho = Spread(lasting=1.0, passing=0.0, kept=0.0).reliability(0.49)
    assert 1 - rho == pytest.approx(0.3289, abs=0.0001)
