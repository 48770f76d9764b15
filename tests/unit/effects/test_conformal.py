"""One treated area is held against its own years, and only where there are enough of them."""

from importlib import import_module

import numpy as np
import pytest

from wijkpeil.domain.evidence import Method
from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.effects.conformal import conformal
from wijkpeil.effects.panel import panel


def drawn(seed, years=24, start=20, effect=0.0, donors=12):
    rng = np.random.default_rng(seed)
    outcome = rng.normal(size=(donors + 1, 2)) @ rng.normal(size=(2, years)) + 0.3 * rng.normal(
        size=(donors + 1, years)
    )
    outcome[0] = rng.dirichlet(np.ones(donors)) @ outcome[1:] + 0.3 * rng.normal(size=years)
    outcome[0, start:] += effect
    return panel(outcome, [start] + [years] * donors)


def test_a_large_effect_is_the_most_unusual_stretch_of_years():
    found = conformal(drawn(1, effect=5.0))
    assert (found.method, found.as_large, found.placebos) == (Method.CONFORMAL, 0, 23)
    assert found.p == found.attainable == pytest.approx(1 / 24)
    assert found.low is not None and found.high is not None and 0 < found.low < 5 < found.high


def test_the_interval_moves_along_with_the_effect():
    without, with_ = conformal(drawn(2)), conformal(drawn(2, effect=3.0))
    assert with_.low - without.low == pytest.approx(3, abs=1e-4)
    assert with_.high - without.high == pytest.approx(3, abs=1e-4)


@pytest.mark.parametrize("seed", range(2))
def test_just_inside_an_end_is_possible_and_just_outside_is_not(seed):
    one = drawn(seed)
    found = conformal(one)
    for end, outward in ((found.low, -1), (found.high, 1)):
        for step, is_possible in ((-1e-4, True), (1e-4, False)):
            moved = one.outcome.copy()
            moved[0, 20:] -= end + outward * step
            assert (conformal(one.with_outcome(moved)).p > 0.05) is is_possible


@pytest.mark.parametrize("effect", [0.0, 4.0])
def test_with_fewer_than_twenty_years_nothing_could_be_found(effect):
    with pytest.raises(RefusedError) as refused:
        conformal(drawn(3, years=19, start=15, effect=effect))
    told = refused.value.refusal
    assert told.reason is Why.TOO_FEW_PERIODS
    assert told.facts == {"periods": 19, "needed": 20, "attainable": pytest.approx(1 / 19)}


def test_years_within_the_lag_count_for_nothing():
    one = drawn(4, years=26, start=20)
    moved = one.outcome.copy()
    moved[0, 20:22] += 1000
    found, expected = conformal(one.with_outcome(moved), lag=2), conformal(one, lag=2)
    assert (found.p, found.placebos) == (expected.p, 23)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-4)


def test_areas_with_different_starts_have_no_one_series():
    one = drawn(5)
    start = one.start.copy()
    start[1] = 21
    with pytest.raises(RefusedError):
        conformal(panel(one.outcome, start))


@pytest.mark.slow
def test_without_an_effect_it_is_rejected_no_more_often_than_chance_allows(monkeypatch):
    """Only the p-values are asked for: the search for the limits takes most of the time and tells nothing of them."""
    monkeypatch.setattr(import_module("wijkpeil.effects.conformal"), "_bounds", lambda *given: (None, None))
    rejected = sum(conformal(drawn(seed)).p <= 0.05 for seed in range(150))
    assert rejected / 150 < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 150)
