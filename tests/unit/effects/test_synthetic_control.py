"""A synthetic control is a blend of what was really seen, and refuses where there is no likeness."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.effects.panel import panel
from wijkpeil.effects.synthetic import POOR, spread
from wijkpeil.effects.synthetic_control import CONTROL, synthetic_control

YEARS, START = 14, 9


def drawn(seed, treated=1, donors=20, start=START, effect=0.0):
    """Areas with common factors, so that a blend can follow them; the treated ones lie in the middle."""
    rng = np.random.default_rng(seed)
    factors = rng.normal(size=(2, YEARS)).cumsum(axis=1)
    outcome = rng.normal(size=(treated + donors, 2)) @ factors + 0.1 * rng.normal(size=(treated + donors, YEARS))
    blends = rng.dirichlet(np.ones(donors), treated)
    outcome[:treated] = blends @ outcome[treated:] + 0.02 * rng.normal(size=(treated, YEARS))
    outcome[:treated, start:] += effect
    return panel(outcome, [start] * treated + [YEARS] * donors)


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_weights_are_of_donors_only_at_least_zero_and_sum_to_one(seed, treated):
    found = CONTROL.estimate(drawn(seed, treated))
    assert (found.weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1, abs=1e-9)
    assert (found.weights[:treated] == 0).all()
    assert found.period_weights.size == 0


def test_a_donor_that_was_the_same_before_gives_the_counterfactual():
    outcome = np.random.default_rng(1).normal(size=(12, YEARS))
    outcome[0, :START] = outcome[5, :START]
    found = CONTROL.estimate(panel(outcome, [START] + [YEARS] * 11))
    assert found.weights[5] == pytest.approx(1, abs=1e-4)
    np.testing.assert_allclose(found.counterfactual, outcome[5], atol=1e-3)
    assert found.effect == pytest.approx((outcome[0] - outcome[5])[START:].mean(), abs=1e-3)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([-2.0, 0.5, 3.0]))
def test_an_effect_on_the_treated_adds_to_the_estimate_as_it_is(seed, effect):
    without, with_ = (CONTROL.estimate(drawn(seed, 2, effect=one)).effect for one in (0.0, effect))
    assert with_ - without == pytest.approx(effect, abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.sampled_from([-1000.0, 7.0]))
def test_a_constant_or_a_common_shock_of_a_year_changes_no_effect(seed, shift):
    one = drawn(seed)
    year = np.zeros(YEARS)
    year[seed % YEARS] = shift
    for moved in (one.outcome + shift, one.outcome + year):
        found = CONTROL.effects(one.with_outcome(moved), one.start[None])
        np.testing.assert_allclose(found, CONTROL.effects(one, one.start[None]), atol=1e-3)


@pytest.mark.parametrize("design", [CONTROL, synthetic_control(pooled=True)])
def test_many_assignments_at_once_are_as_one_by_one(design):
    one = drawn(3)
    rng = np.random.default_rng(4)
    starts = np.full((12, 21), YEARS)
    for row in starts:
        row[rng.permutation(21)[:4]] = [6, 6, 9, 11]
    alone = np.array([design.effects(one, row[None])[0] for row in starts])
    np.testing.assert_allclose(design.effects(one, starts), alone, atol=1e-5)


def test_the_effect_is_the_mean_of_the_path_by_treated_areas():
    start = np.array([9, 9, 11] + [YEARS] * 20)
    one = panel(drawn(5, 3).outcome, start)
    for lag, weights in ((0, [3, 3, 3, 2, 2]), (2, [0, 0, 3, 2, 2])):
        path = CONTROL.paths(one, start[None])[0][YEARS - 1 : YEARS + 4]
        assert CONTROL.effects(one, start[None], lag=lag)[0] == pytest.approx(np.average(path, weights=weights))


def test_one_control_for_all_is_that_of_their_mean():
    one = drawn(6, 3)
    mean = panel(np.vstack([one.outcome[:3].mean(axis=0), one.outcome[3:]]), [START] + [YEARS] * 20)
    pooled = synthetic_control(pooled=True)
    assert pooled.estimate(one).effect == pytest.approx(CONTROL.estimate(mean).effect, abs=1e-5)


def test_whoever_is_treated_later_is_no_donor():
    one = drawn(7, 2)
    start = one.start.copy()
    start[1] = 12
    both = panel(one.outcome, start)
    first, second = both.without([1]), both.without([0])
    assert (CONTROL.estimate(both).weights[:2] == 0).all()
    together = 2 * CONTROL.paths(both, start[None])[0]
    apart = CONTROL.paths(first, first.start[None])[0] + CONTROL.paths(second, second.start[None])[0]
    shared = np.isfinite(apart)
    assert shared.sum() == 9 + 2
    np.testing.assert_allclose(together[shared], apart[shared], atol=1e-4)


def test_an_assignment_without_enough_years_or_donors_has_no_estimate():
    one = drawn(8)
    starts = np.vstack([one.start, np.where(np.arange(21) == 3, 2, YEARS), np.where(np.arange(21) < 20, START, YEARS)])
    assert np.isfinite(CONTROL.effects(one, starts)).tolist() == [True, False, False]
    assert np.isnan(CONTROL.effects(one, one.start[None], lag=YEARS)).all()


def test_an_area_unlike_all_others_before_is_refused():
    one = drawn(9)
    outcome = one.outcome.copy()
    outcome[0] += outcome.max() - outcome[0].min() + 2 * POOR * spread(one)
    with pytest.raises(RefusedError) as refused:
        CONTROL.estimate(one.with_outcome(outcome))
    assert refused.value.refusal.reason is Why.POOR_FIT
    assert refused.value.refusal.facts["part"] > refused.value.refusal.facts["limit"]
    assert np.isfinite(CONTROL.effects(one.with_outcome(outcome), one.start[None])).all()


@pytest.mark.parametrize(
    ("start", "lag", "reason"),
    [
        ([YEARS] * 6, 0, Why.TOO_FEW_TREATED),
        ([START] * 6, 0, Why.NO_DONORS),
        ([START, START, START, 11, 11, 11], 0, Why.DONORS_TREATED_LATER),
        ([START] * 5 + [YEARS], 0, Why.TOO_FEW_AREAS),
        ([0] + [YEARS] * 5, 0, Why.NO_PERIOD_BEFORE),
        ([2] + [YEARS] * 5, 0, Why.TOO_FEW_PERIODS),
        ([START] + [YEARS] * 5, 5, Why.NO_PERIOD_AFTER),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_its_reason(start, lag, reason):
    one = panel(drawn(10, 1, 5).outcome, start)
    with pytest.raises(RefusedError) as refused:
        CONTROL.estimate(one, lag=lag)
    assert refused.value.refusal.reason is reason


def test_a_constant_outcome_is_refused():
    with pytest.raises(RefusedError) as refused:
        CONTROL.estimate(panel(np.ones((6, YEARS)), [START] + [YEARS] * 5))
    assert refused.value.refusal.reason is Why.CONSTANT
