"""The choice made beforehand answers; what stands beside it decides nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study_cases import EFFECT, OUTCOME, moved, question
from wijkpeil.domain.evidence import Found
from wijkpeil.domain.refusal import RefusalReason
from wijkpeil.domain.study import Cutoff, Design, Family
from wijkpeil.effects.answering import Answered, answer, case_of, power_seen, together
from wijkpeil.effects.discontinuity import scored

BESIDE = (Design.IMPUTATION, Design.SYNTHETIC_DIFFERENCES, Design.BEFORE_AFTER)


def test_alternatives_change_nothing_of_the_answer():
    alone, accompanied = (answer(question(designs=(Design.DIFFERENCES, *more))) for more in ((), BESIDE))
    assert alone.found == accompanied.found
    assert alone.alternatives == ()
    assert [one.design for one in accompanied.alternatives] == list(BESIDE)
    assert all(one.effect == pytest.approx(EFFECT, abs=1.2) for one in accompanied.alternatives)


def test_an_alternative_that_is_refused_stands_with_its_reason():
    few = moved(areas=30, treated=16)
    beside, *_ = answer(question(few, designs=(Design.DIFFERENCES, Design.SYNTHETIC_DIFFERENCES))).alternatives
    assert (beside.effect, beside.p, beside.low, beside.high) == (None, None, None, None)
    assert beside.refusal.design is Design.SYNTHETIC_DIFFERENCES


def test_where_the_choice_is_refused_no_alternative_takes_its_place():
    few = moved(areas=30, treated=16)
    answered = answer(question(few, designs=(Design.SYNTHETIC_DIFFERENCES, Design.DIFFERENCES)))
    assert answered.found is None
    assert answered.refusal.design is Design.SYNTHETIC_DIFFERENCES
    assert answered.alternatives[0].effect is not None


def test_an_answer_has_its_checks_and_its_ring():
    ring = moved(-EFFECT, seed=4)
    answered = answer(question(ring=ring))
    assert answered.found.checks
    assert isinstance(answered.ring, Found)
    assert answered.ring.effect == pytest.approx(-EFFECT, abs=0.3)


def test_a_ring_without_an_answer_does_not_take_away_that_of_the_study():
    answered = answer(question(ring=moved(areas=2)))
    assert answered.ring is None
    assert answered.found is not None


def test_years_of_a_study_become_periods_of_its_panel():
    biennial = replace(moved(), periods=tuple(range(2000, 2020, 2)))
    found = case_of(question(biennial, lag=3, anticipation=1))
    assert (found.lag, found.ahead, found.draws, found.seed) == (2, 1, 199, 1)


@given(effect=st.floats(-5, 5))
@settings(max_examples=15, deadline=None)
def test_what_could_be_seen_reads_no_figure_of_after_the_start(effect: float):
    assert power_seen(question(moved(effect))) == power_seen(question(moved(0.0)))


def test_what_could_be_seen_counts_all_outcomes_of_the_study():
    alone, several = (power_seen(question(outcomes=(OUTCOME,) * number)) for number in (1, 4))
    assert several.smallest_visible > alone.smallest_visible


def test_designs_without_placements_tell_no_power():
    assert power_seen(question(designs=(Design.INTERRUPTED_SERIES,))) is None


def test_a_threshold_is_told_with_other_widths_beside_the_declared_designs():
    rng = np.random.default_rng(1)
    score = rng.uniform(-1, 1, 400)
    areas = scored(score, score + 2.0 * (score >= 0) + rng.normal(scale=0.3, size=400), threshold=0.0)
    cutoff = Cutoff(indicator="score", year=2005, threshold=0.0, bandwidth=0.6)
    answered = answer(question(designs=(Design.DISCONTINUITY, Design.DIFFERENCES), scored=areas, cutoff=cutoff))
    assert answered.found.inference.low < 2.0 < answered.found.inference.high
    assert [one.name for one in answered.alternatives] == [
        "differences", "half_width", "double_width", "donut", "honest",
    ]  # fmt: skip
    assert answered.tried is None


# All outcomes of a study together

FOUND, STILL = (answer(question(moved(effect))) for effect in (EFFECT, 0.0))
REFUSED = answer(question(moved(areas=2)))
ONE_AREA = answer(question(moved(years=16, start=8), designs=(Design.INTERRUPTED_SERIES,)))


def test_what_is_refused_has_no_p_value_and_costs_the_others_nothing():
    assert REFUSED.refusal.reason in {RefusalReason.NO_DONORS, RefusalReason.TOO_FEW_AREAS}
    with_it = together([REFUSED, FOUND, REFUSED, STILL], Family.ROMANO_WOLF)
    without = together([FOUND, STILL], Family.ROMANO_WOLF)
    assert with_it == (None, without[0], None, without[1])


def test_one_outcome_keeps_its_own_p_value():
    for family in Family:
        assert together([FOUND], family) == (pytest.approx(FOUND.found.inference.p),)


def test_nothing_found_is_nothing_to_adjust():
    assert together([], Family.HOLM) == ()
    assert together([REFUSED, Answered()], Family.ROMANO_WOLF) == (None, None)


@pytest.mark.parametrize("family", Family)
def test_more_outcomes_never_make_one_surer(family: Family):
    p = together([FOUND, STILL, STILL], family)
    for value, one in zip(p, (FOUND, STILL, STILL), strict=True):
        assert value >= one.found.inference.p - 1e-12


def test_where_one_design_has_no_placements_all_go_by_their_p_values():
    assert ONE_AREA.tried is None
    own = np.array([one.found.inference.p for one in (ONE_AREA, FOUND)])
    assert max(together([ONE_AREA, FOUND], Family.ROMANO_WOLF)) <= min(1.0, 2 * own.max())
    assert min(together([ONE_AREA, FOUND], Family.ROMANO_WOLF)) == pytest.approx(2 * own.min())
    assert together([ONE_AREA, FOUND], Family.FALSE_DISCOVERY)[1] <= 2 * own[1]
