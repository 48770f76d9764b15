"""The spread over weights that fit nearly as well holds every such effect, and has ends that are reached."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from wijkpeil.domain.evidence import CheckStatus
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.near_optimal import NEGLIGIBLE, Spread, near_optimal
from wijkpeil.effects.panel import panel
from wijkpeil.effects.simplex import closest
from wijkpeil.effects.synthetic import spread
from wijkpeil.effects.synthetic_control import CONTROL
from wijkpeil.effects.synthetic_differences import DIFFERENCES

YEARS, START = 12, 8
BOTH = [(Design.SYNTHETIC_CONTROL, CONTROL), (Design.SYNTHETIC_DIFFERENCES, DIFFERENCES)]


def drawn(seed, treated=1, donors=10):
    outcome = np.random.default_rng(seed).normal(size=(treated + donors, YEARS)).cumsum(axis=1)
    return panel(outcome, [START] * treated + [YEARS] * donors)


@pytest.mark.parametrize(("design", "comparing"), BOTH)
@settings(deadline=None, max_examples=5)
@given(seed=st.integers(0, 10_000), treated=st.integers(1, 3))
def test_the_effect_lies_within_and_more_tolerance_never_narrows(design, comparing, seed, treated):
    one = drawn(seed, treated)
    narrow, wide = (near_optimal(one, design, tolerance=part) for part in (0.05, 0.5))
    assert narrow.effect == pytest.approx(comparing.effects(one, one.start[None])[0])
    slack = 1e-6 * (1 + abs(narrow.effect))
    assert wide.low - slack <= narrow.low <= narrow.effect + slack
    assert narrow.effect - slack <= narrow.high <= wide.high + slack


def test_the_ends_are_those_of_a_general_optimiser():
    one = drawn(1)
    before, after = one.outcome[1:, :START], one.outcome[1:, START:].mean(axis=1)
    weights = closest(before, one.outcome[0, :START])
    least = ((weights @ before - one.outcome[0, :START]) ** 2).sum()
    limit = max(1.05 * least, START * (NEGLIGIBLE * spread(one)) ** 2)
    ends = []
    for sign in (1, -1):
        found = minimize(
            lambda weight, sign=sign: sign * weight @ after,
            weights,
            jac=lambda weight, sign=sign: sign * after,
            method="SLSQP",
            bounds=[(0, 1)] * 10,
            constraints=[
                {"type": "eq", "fun": lambda weight: weight.sum() - 1},
                {"type": "ineq", "fun": lambda weight: limit - ((weight @ before - one.outcome[0, :START]) ** 2).sum()},
            ],
            options={"ftol": 1e-12, "maxiter": 1000},
        )
        ends.append(one.outcome[0, START:].mean() - found.x @ after)
    found = near_optimal(one, Design.SYNTHETIC_CONTROL)
    assert [found.high, found.low] == pytest.approx(sorted(ends, reverse=True), abs=1e-3)


@pytest.mark.parametrize(
    ("effect", "low", "status"),
    [(2.0, 0.1, CheckStatus.HOLDS), (2.0, -0.1, CheckStatus.DOUBTFUL), (2.0, -2.1, CheckStatus.FAILS)],
)
def test_an_effect_that_rests_on_the_choice_of_weights_is_doubtful_or_fails(effect, low, status):
    up = Spread(effect=effect, low=low, high=3.0, tolerance=0.05)
    down = Spread(effect=-effect, low=-3.0, high=-low, tolerance=0.05)
    assert [up.check().status, down.check().status] == [status, status]


def test_without_donors_there_is_no_spread():
    with pytest.raises(RefusedError):
        near_optimal(panel(drawn(3).outcome, [START] * 11), Design.SYNTHETIC_CONTROL)
