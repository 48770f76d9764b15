"""Weights on the simplex are the best there are, the same for one problem and for many, and in any order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from wijkpeil.effects.simplex import EVEN, closest, closest_each, closest_many


@st.composite
def problems(draw, most=12, ridges=(0.0, 1e-3, 0.5, 10.0)):
    """Donors around a level, some of them twice, and a target near or far from them."""
    count, length = draw(st.integers(2, most)), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    donors = rng.normal(size=(count, length)) * draw(st.sampled_from([0.001, 1.0, 1e5])) + draw(
        st.sampled_from([0.0, 50.0])
    )
    if draw(st.booleans()):
        donors[-1] = donors[0]
    spread = float(donors.std())
    if spread < 1e-9:
        donors, spread = donors + np.arange(count)[:, None], 1.0
    target = donors.mean(axis=0) + rng.normal(size=length) * spread * draw(st.sampled_from([0.1, 1.0, 5.0]))
    return donors, target, draw(st.sampled_from(ridges)) * spread**2


def regret(donors, target, ridge, weight, pull=0.0):
    """How much a move to one single donor would still gain at most, as a part of the size of the problem."""
    slope = donors @ (weight @ donors - target) + ridge * weight + pull
    size = (
        ((donors - donors.mean(axis=0)) ** 2).sum(axis=1).max()
        + ridge
        + np.abs(target - donors.mean(axis=0)).max() ** 2
    )
    return (weight @ slope - slope.min()) / max(size, 1e-12)


def assert_on_simplex(weight):
    assert (weight >= 0).all()
    assert weight.sum() == pytest.approx(1, abs=1e-9)


@settings(deadline=None, max_examples=200)
@given(problems())
def test_no_other_weights_on_the_simplex_come_closer(problem):
    donors, target, ridge = problem
    weight = closest(donors, target, ridge=ridge)
    assert_on_simplex(weight)
    assert regret(donors, target, ridge, weight) < 1e-8


@settings(deadline=None, max_examples=100)
@given(problems(ridges=(1e-3, 0.5)), st.integers(0, 1000), st.booleans())
def test_a_pull_towards_some_donors_is_weighed_too(problem, seed, many):
    donors, target, ridge = problem
    pull = np.random.default_rng(seed).normal(size=len(donors)) * donors.std()
    if many:
        every = np.ones((1, len(donors)), dtype=bool)
        weight = closest_many(donors, target[None], every, np.array([ridge]), pull=pull[None])[0]
    else:
        weight = closest(donors, target, ridge=ridge, pull=pull)
    assert_on_simplex(weight)
    assert regret(donors, target, ridge, weight, pull) < 1e-7 * max(1, np.abs(pull).max() / donors.std() ** 2)


@settings(deadline=None, max_examples=200)
@given(problems(most=40))
def test_many_problems_at_once_have_the_best_weights_too(problem):
    donors, target, ridge = problem
    weight = closest_many(donors, target[None], np.ones((1, len(donors)), dtype=bool), np.array([ridge]))[0]
    assert_on_simplex(weight)
    least = EVEN * ((donors - donors.mean(axis=0)) ** 2).mean()
    assert regret(donors, target, max(ridge, least), weight) < 1e-7


@settings(deadline=None, max_examples=200)
@given(st.lists(problems(), min_size=1, max_size=4))
def test_problems_with_donors_of_their_own_have_the_best_weights_too(several):
    count, length = (min(donors.shape[axis] for donors, _, _ in several) for axis in (0, 1))
    donors = np.stack([one[:count, :length] for one, _, _ in several])
    targets, ridge = np.stack([target[:length] for _, target, _ in several]), np.array([one for _, _, one in several])
    for one, target, own, weight in zip(donors, targets, ridge, closest_each(donors, targets, ridge), strict=True):
        assert_on_simplex(weight)
        assert regret(one, target, own, weight) < 1e-8


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 1000), st.sampled_from([0.0, 0.1, 3.0]))
def test_many_at_once_are_as_one_by_one(seed, ridge):
    rng = np.random.default_rng(seed)
    donors, targets = rng.normal(size=(25, 5)), rng.normal(size=(8, 5))
    allowed = rng.random((8, 25)) < 0.7
    allowed[:, 0] = True
    ridges = np.full(8, ridge)
    together = closest_many(donors, targets, allowed, ridges)
    alone = [closest_many(donors, targets[[row]], allowed[[row]], ridges[[row]])[0] for row in range(8)]
    np.testing.assert_allclose(together, np.array(alone), atol=1e-6)
    assert (together[~allowed] == 0).all()


@settings(deadline=None, max_examples=25)
@given(problems(most=8, ridges=(0.1, 1.0)))
def test_they_are_those_of_a_general_optimiser(problem):
    donors, target, ridge = problem
    size = max(float(donors.std()), 1e-3)
    points, aim, own = (donors - donors.mean(axis=0)) / size, (target - donors.mean(axis=0)) / size, ridge / size**2
    found = minimize(
        lambda weight: ((weight @ points - aim) ** 2).sum() / 2 + own * (weight @ weight) / 2,
        np.full(len(donors), 1 / len(donors)),
        jac=lambda weight: points @ (weight @ points - aim) + own * weight,
        method="SLSQP",
        bounds=[(0, 1)] * len(donors),
        constraints={"type": "eq", "fun": lambda weight: weight.sum() - 1},
        options={"ftol": 1e-15, "maxiter": 1000},
    )
    np.testing.assert_allclose(closest(donors, target, ridge=ridge), found.x, atol=1e-4)


@settings(deadline=None, max_examples=50)
@given(problems(most=30), st.randoms(use_true_random=False))
def test_the_order_of_the_donors_changes_nothing(problem, random):
    donors, target, ridge = problem
    order = list(range(len(donors)))
    random.shuffle(order)
    every, own = np.ones((1, len(donors)), dtype=bool), np.array([ridge])
    weight = closest_many(donors, target[None], every, own)[0]
    np.testing.assert_allclose(closest_many(donors[order], target[None], every, own)[0], weight[order], atol=1e-5)


def test_among_weights_that_fit_equally_well_the_most_even_are_taken():
    donors = np.array([[0.0], [0.0], [2.0], [2.0]])
    weight = closest_many(donors, np.array([[1.0]]), np.ones((1, 4), dtype=bool), np.zeros(1))[0]
    np.testing.assert_allclose(weight, 0.25, atol=1e-6)


def test_a_donor_that_is_the_target_gets_all_the_weight():
    donors = np.random.default_rng(3).normal(size=(30, 40))
    np.testing.assert_allclose(closest(donors, donors[4]), np.eye(30)[4], atol=1e-9)
    many = closest_many(donors, donors, np.ones((30, 30), dtype=bool), np.zeros(30))
    np.testing.assert_allclose(many, np.eye(30), atol=1e-5)


def test_donors_that_are_all_alike_share_the_weight():
    donors = np.full((5, 3), 7.0)
    weight = closest_many(donors, np.array([[1.0, 2.0, 3.0]]), np.ones((1, 5), dtype=bool), np.zeros(1))[0]
    np.testing.assert_allclose(weight, 0.2, atol=1e-9)
