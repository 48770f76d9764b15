"""However many outcomes a study has, it seldom tells of an effect that is not there."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plain_differences import BY_COMPARISON, PLAIN, restless
from wijkpeil.domain.study import Family
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import try_placements
from wijkpeil.effects.several_outcomes import adjusted, holm, step_down

STATISTICS = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).normal(size=(np.random.default_rng(seed).integers(1, 7), 60)).round(1)
)


def step_by_step(statistics):
    """Do it the slow way: drop the largest outcome and start again with the others."""
    standard = np.abs(statistics) / np.sqrt((statistics**2).mean(axis=1, keepdims=True))
    left, result, least = list(range(len(standard))), {}, 0.0
    while left:
        top = max(left, key=lambda one: standard[one, 0])
        count = sum(max(standard[one, draw] for one in left) >= standard[top, 0] - 1e-9 for draw in range(60))
        least = max(least, count / 60)
        result[top] = least
        left.remove(top)
    return [result[one] for one in range(len(standard))]


@given(STATISTICS)
def test_stepping_down_is_dropping_the_largest_and_starting_again(statistics):
    assert step_down(statistics) == pytest.approx(step_by_step(statistics))


@given(STATISTICS, st.floats(0.01, 100))
def test_another_unit_of_an_outcome_changes_nothing(statistics, factor):
    scaled = statistics.copy()
    scaled[0] *= factor
    assert step_down(scaled) == pytest.approx(step_down(statistics))


@given(STATISTICS)
def test_an_adjusted_p_is_never_below_its_own_and_never_above_one(statistics):
    own = (np.abs(statistics) >= np.abs(statistics[:, :1]) - 1e-9).mean(axis=1)
    assert (step_down(statistics) >= own - 1e-12).all() and (step_down(statistics) <= 1).all()


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_the_rule_of_holm(p):
    ranked = sorted(range(len(p)), key=lambda one: p[one])
    expected, least = [0.0] * len(p), 0.0
    for place, one in enumerate(ranked):
        least = max(least, min(1.0, p[one] * (len(p) - place)))
        expected[one] = least
    assert holm(np.array(p)) == pytest.approx(expected)


def family(seed, number=6, alike=0.8, treated=2, effect=()):
    """Draw outcomes of the same areas that hang together."""
    shared = restless(seed, treated).outcome
    drawn = []
    for place in range(number):
        own = restless(10_000 + seed * number + place, treated).outcome
        outcome = np.sqrt(alike) * shared + np.sqrt(1 - alike) * own
        if place < len(effect):
            outcome[:treated, 8:] += effect[place]
        drawn.append(restless(seed, treated).with_outcome(outcome))
    return [try_placements(one, PLAIN, draws=99, seed=1) for one in drawn]


@pytest.mark.parametrize("kind", [Family.ROMANO_WOLF, Family.HOLM])
def test_a_study_of_six_outcomes_without_effect_claims_one_in_a_twentieth_at_most(kind):
    studies = [family(seed) for seed in range(120)]
    claimed = np.mean([(adjusted(study, kind) <= 0.05).any() for study in studies])
    naive = np.mean([any(one.inference().p <= 0.05 for one in study) for study in studies])
    assert claimed <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 120)
    assert naive > 0.09


def test_outcomes_that_hang_together_cost_less_by_romano_and_wolf_than_by_holm():
    studies = [family(seed, effect=(2.2,) * 6) for seed in range(15)]
    stepped, ruled = (np.mean([adjusted(one, kind) for one in studies]) for kind in (Family.ROMANO_WOLF, Family.HOLM))
    assert stepped < 0.6 * ruled


def test_an_effect_among_others_without_is_found():
    found = [adjusted(family(seed, effect=(0, 5.0)), Family.ROMANO_WOLF) for seed in range(10)]
    assert np.mean([one[1] <= 0.05 for one in found]) >= 0.8


def test_outcomes_of_different_areas_are_adjusted_by_holm():
    whole = restless(1, 2, effect=2.0)
    other = restless(2, 2)
    gaps = panel(other.outcome[:50], other.start[:50])
    tried = [try_placements(one, PLAIN, draws=99) for one in (whole, gaps)]
    p = np.array([one.inference().p for one in tried])
    assert (adjusted(tried, Family.ROMANO_WOLF) == holm(p)).all()


def test_other_designs_on_the_same_areas_are_not_the_same_placements():
    tried = [try_placements(restless(1, 2), design, draws=99) for design in (PLAIN, BY_COMPARISON)]
    p = np.array([one.inference().p for one in tried])
    assert (adjusted(tried, Family.ROMANO_WOLF) == holm(p)).all()


def test_false_discovery_is_the_milder_rule():
    tried = family(3, effect=(2.0, 2.0, 2.0))
    assert (adjusted(tried, Family.FALSE_DISCOVERY) <= adjusted(tried, Family.HOLM) + 1e-12).all()


def test_one_outcome_needs_no_adjustment_and_none_gives_none():
    one = family(1, number=1)
    assert adjusted(one, Family.ROMANO_WOLF)[0] == pytest.approx(one[0].inference().p)
    assert adjusted([], Family.HOLM).size == 0
