"""Weights that balance do so exactly, and nothing that almost balances is ever given."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.entropy_balance import entropy_weights


def drawn(seed, areas=40, columns=3):
    rng = np.random.default_rng(seed)
    known = rng.normal(0, [1, 100, 0.001][:columns], (areas, columns))
    return known, rng.dirichlet(np.ones(areas)) @ known


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000), columns=st.integers(1, 3))
def test_the_means_are_those_of_the_treated(seed, columns):
    known, target = drawn(seed, columns=columns)
    weight = entropy_weights(known, target)
    assert weight.sum() == pytest.approx(1)
    assert (weight > 0).all()
    assert (weight @ known - target) / known.std(axis=0) == pytest.approx(0, abs=1e-7)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_logarithm_of_a_weight_is_linear_in_what_is_known(seed):
    known, target = drawn(seed)
    weight = entropy_weights(known, target)
    wide = np.column_stack([np.ones(len(known)), known / known.std(axis=0)])
    fitted = wide @ np.linalg.lstsq(wide, np.log(weight), rcond=None)[0]
    assert fitted == pytest.approx(np.log(weight), abs=1e-8)


def test_a_general_optimiser_finds_the_same_weights():
    known, target = drawn(7, areas=12, columns=2)
    found = optimize.minimize(
        lambda weight: weight @ np.log(weight),
        np.full(12, 1 / 12),
        jac=lambda weight: np.log(weight) + 1,
        bounds=[(1e-9, 1)] * 12,
        constraints=[
            {"type": "eq", "fun": lambda weight: weight.sum() - 1},
            {"type": "eq", "fun": lambda weight: (weight @ known - target) / known.std(axis=0)},
        ],
        method="SLSQP",
        options={"ftol": 1e-14, "maxiter": 1000},
    )
    assert entropy_weights(known, target) == pytest.approx(found.x, abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_unit_of_a_column_does_not_matter(seed):
    known, target = drawn(seed)
    scale, shift = np.array([3.0, 0.01, 1000.0]), np.array([1.0, -2.0, 0.5])
    assert entropy_weights(known * scale + shift, target * scale + shift) == pytest.approx(
        entropy_weights(known, target), abs=1e-6
    )


@pytest.mark.parametrize("seed", range(5))
def test_treated_at_the_edge_of_what_mixtures_can_be_are_balanced_too(seed):
    known = np.exp(np.random.default_rng(seed).normal(0, 2, (40, 1)))
    target = 0.99 * known.max(axis=0)
    assert entropy_weights(known, target) @ known == pytest.approx(target, rel=1e-6)


def test_equal_weights_stay_equal_where_they_balance():
    known = drawn(1)[0]
    assert entropy_weights(known, known.mean(axis=0)) == pytest.approx(np.full(40, 1 / 40))


@pytest.mark.parametrize("beyond", [1.01, 2.0, 50.0])
def test_whom_no_mixture_resembles_is_refused(beyond):
    known = drawn(1)[0]
    with pytest.raises(RefusedError) as refused:
        entropy_weights(known, known.max(axis=0) * beyond)
    assert refused.value.refusal.reason is RefusalReason.POOR_FIT
    assert refused.value.refusal.weaker


def test_a_column_that_is_the_same_for_all_is_no_trouble_unless_the_treated_differ():
    known, target = drawn(1)
    constant = np.column_stack([known, np.ones(40)])
    assert entropy_weights(constant, np.append(target, 1.0)) == pytest.approx(entropy_weights(known, target))
    with pytest.raises(RefusedError):
        entropy_weights(constant, np.append(target, 2.0))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_it_balances_exactly_when_a_linear_programme_says_that_some_mixture_does(seed):
    rng = np.random.default_rng(seed)
    known, target = rng.normal(size=(30, 4)), rng.normal(0, 0.8, 4)
    possible = optimize.linprog(
        np.zeros(30), A_eq=np.vstack([known.T, np.ones(30)]), b_eq=np.append(target, 1), bounds=(0, None)
    )
    try:
        entropy_weights(known, target)
        assert possible.status == 0
    except RefusedError:
        assert possible.status == 2
