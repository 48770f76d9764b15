"""Synthetic difference-in-differences: levels and common shocks fall out, and its weights are as published."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.effects.assignment import placements
from wijkpeil.effects.panel import panel
from wijkpeil.effects.standard_error import Variance, standard_error
from wijkpeil.effects.synthetic_differences import DIFFERENCES

YEARS, START = 12, 7


def drawn(seed, treated=1, donors=15, effect=0.0):
    rng = np.random.default_rng(seed)
    count = treated + donors
    outcome = rng.normal(size=(count, 1)) * 3 + 0.3 * rng.normal(size=(count, 1)) @ rng.normal(size=(1, YEARS)).cumsum(
        axis=1
    )
    outcome = outcome + 0.3 * rng.normal(size=(count, YEARS))
    outcome[:treated, START:] += effect
    return panel(outcome, [START] * treated + [YEARS] * donors)


def effect_of(one, **more):
    return DIFFERENCES.effects(one, one.start[None], **more)[0]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_area_and_period_weights_are_at_least_zero_and_sum_to_one(seed, treated):
    one = drawn(seed, treated)
    try:
        found = DIFFERENCES.estimate(one)
    except RefusedError as refused:
        assert refused.refusal.reason is Why.POOR_FIT
        return
    assert (found.weights >= 0).all() and (found.period_weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1, abs=1e-9)
    assert found.period_weights.sum() == pytest.approx(1, abs=1e-9)
    assert (found.weights[:treated] == 0).all() and (found.period_weights[START:] == 0).all()


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from([-1000.0, 7.0]))
def test_a_common_level_that_of_the_treated_and_a_shock_to_a_later_year_fall_out(seed, shift):
    one = drawn(seed, 2)
    treated, year = np.zeros((17, 1)), np.zeros((1, YEARS))
    treated[:2], year[0, START + seed % (YEARS - START)] = shift, shift
    for moved in (shift, treated, year):
        assert effect_of(one.with_outcome(one.outcome + moved)) == pytest.approx(effect_of(one), abs=1e-5)


def test_a_shock_to_an_earlier_year_falls_out_but_for_the_ridge_that_counts_it_as_noise():
    one = drawn(1, 2)
    shocked = one.with_outcome(one.outcome + np.where(np.arange(YEARS) == 3, 0.5, 0.0))
    assert effect_of(shocked) == pytest.approx(effect_of(one), abs=0.02)
    assert effect_of(shocked) != pytest.approx(effect_of(one), abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000))
def test_the_order_of_the_areas_changes_nothing(seed):
    one = drawn(seed, 2)
    order = np.random.default_rng(seed).permutation(17)
    assert effect_of(panel(one.outcome[order], one.start[order])) == pytest.approx(effect_of(one), abs=1e-8)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([0.01, 1000.0]))
def test_another_unit_gives_the_effect_in_that_unit(seed, unit):
    one = drawn(seed, 2, effect=1.0)
    assert effect_of(one.with_outcome(one.outcome * unit)) == pytest.approx(unit * effect_of(one), rel=1e-6)


def test_an_effect_on_the_treated_adds_to_the_estimate_as_it_is():
    assert effect_of(drawn(1, 3, effect=2.5)) - effect_of(drawn(1, 3)) == pytest.approx(2.5, abs=1e-9)


def test_the_weights_are_those_of_the_published_definition():
    one = drawn(2)
    before, after = one.outcome[1:, :START], one.outcome[1:, START:].mean(axis=1)
    noise = np.diff(before, axis=1).std(ddof=1)
    areas = _definition(before.T, one.outcome[0, :START], START * (noise * (YEARS - START) ** 0.25) ** 2)
    periods = _definition(before, after, len(before) * (1e-6 * noise) ** 2)
    found = DIFFERENCES.estimate(one)
    np.testing.assert_allclose(found.weights[1:], areas, atol=1e-4)
    np.testing.assert_allclose(found.period_weights[:START], periods, atol=1e-3)
    gap = one.outcome[0] - areas @ one.outcome[1:]
    assert found.effect == pytest.approx(gap[START:].mean() - periods @ gap[:START], abs=1e-3)


def _definition(table, aim, ridge):
    """Minimise |level + table w - aim|^2 + ridge |w|^2 over a level and weights on the simplex, by an optimiser."""
    table, aim = table - table.mean(axis=0), aim - aim.mean()
    count = table.shape[1]
    return minimize(
        lambda weight: ((table @ weight - aim) ** 2).sum() + ridge * (weight @ weight),
        np.full(count, 1 / count),
        method="SLSQP",
        bounds=[(0, 1)] * count,
        constraints={"type": "eq", "fun": lambda weight: weight.sum() - 1},
        options={"ftol": 1e-14, "maxiter": 1000},
    ).x


def test_cohorts_are_weighed_by_treated_area_years():
    outcome = drawn(3, 3).outcome
    start = np.array([7, 7, 9] + [YEARS] * 15)
    one = panel(outcome, start)
    first, second = one.without([2]), one.without([0, 1])
    years = np.array([2 * 5, 1 * 3])
    expected = np.average([effect_of(first), effect_of(second)], weights=years)
    assert effect_of(one) == pytest.approx(expected, abs=1e-6)


def test_many_placements_at_once_are_as_one_by_one():
    placed = placements(drawn(4, 3, 20), draws=40, seed=1, among="comparison")
    together = DIFFERENCES.effects(placed.panel, placed.starts)
    alone = [DIFFERENCES.effects(placed.panel, row[None])[0] for row in placed.starts]
    np.testing.assert_allclose(together, alone, atol=1e-9)


def test_the_path_is_zero_on_the_weighted_years_before():
    found = DIFFERENCES.estimate(drawn(5, 2))
    before = found.path[YEARS - 1 - START : YEARS - 1]
    assert found.period_weights[:START] @ before == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("by", [Variance.BOOTSTRAP, Variance.JACKKNIFE])
def test_bootstrap_and_jackknife_need_two_that_start_together(by):
    outcome = drawn(6, 2).outcome
    for start in ([START] + [YEARS] * 16, [START, 9] + [YEARS] * 15):
        with pytest.raises(RefusedError) as refused:
            standard_error(panel(outcome, start), by=by)
        assert refused.value.refusal.reason is Why.TOO_FEW_TREATED
    assert standard_error(drawn(6, 4), by=by, draws=20) > 0


def test_the_placebo_error_is_the_spread_over_all_comparison_areas():
    one = drawn(7)
    rest = one.without([0])
    each = [DIFFERENCES.effects(rest, np.where(np.arange(15) == place, START, YEARS)[None])[0] for place in range(15)]
    assert standard_error(one, by=Variance.PLACEBO) == pytest.approx(np.std(each), rel=1e-9)


def test_one_year_before_is_too_few():
    one = drawn(8)
    with pytest.raises(RefusedError) as refused:
        DIFFERENCES.estimate(panel(one.outcome[:, START - 1 :], np.minimum(one.start - START + 1, YEARS - START + 1)))
    assert refused.value.refusal.reason is Why.TOO_FEW_PERIODS
