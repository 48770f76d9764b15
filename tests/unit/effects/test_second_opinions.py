"""Chance of another sort stands beside the answer where the figures allow it, and says so where they do not."""

import numpy as np
import pytest

from study_cases import EFFECT, case, moved, question
from wijkpeil.domain.evidence import Method
from wijkpeil.domain.refusal import RefusalReason
from wijkpeil.domain.study import Design
from wijkpeil.effects.answering import answer
from wijkpeil.effects.conformal import conformal
from wijkpeil.effects.estimating import before_anyone_knew, found_by
from wijkpeil.effects.second_opinions import second_opinions

LONG = {"treated": 1, "start": 20, "years": 26}


def beside(design: Design, data, **changed):
    told = case(data, **changed)
    return second_opinions(found_by(design, told)[0], told)


def test_one_synthetic_control_has_its_own_years_to_go_by():
    (one,) = beside(Design.SYNTHETIC_CONTROL, moved(**LONG))
    assert (one.name, one.design) == (Method.CONFORMAL.value, Design.SYNTHETIC_CONTROL)
    assert one.effect == pytest.approx(EFFECT, abs=0.3)
    assert one.low < one.effect < one.high and one.p <= 0.05


def test_with_few_years_it_stands_there_with_its_refusal():
    (one,) = beside(Design.SYNTHETIC_CONTROL, moved(treated=1))
    assert (one.effect, one.p) == (None, None)
    assert one.refusal.reason is RefusalReason.TOO_FEW_PERIODS


def test_several_treated_areas_or_another_design_have_no_years_of_one_area():
    assert beside(Design.SYNTHETIC_CONTROL, moved(**{**LONG, "treated": 2})) == ()
    assert beside(Design.SYNTHETIC_DIFFERENCES, moved(noise=0.1, **LONG)) == ()


@pytest.mark.parametrize("design", [Design.DIFFERENCES, Design.IMPUTATION, Design.TWO_WAY])
def test_a_linear_design_is_held_against_whole_cities(design: Design):
    (one,) = beside(design, moved(areas=72, treated=4), city=np.arange(72) % 9)
    assert (one.name, one.design) == (Method.WILD_BOOTSTRAP.value, Design.TWO_WAY)
    assert one.effect == pytest.approx(EFFECT, abs=0.3)
    assert one.low < one.effect < one.high


def test_what_befell_a_city_makes_the_bootstrap_doubt_more_than_areas_do():
    """Every city moves by itself; the treated areas are those of four of twelve cities."""
    rng = np.random.default_rng(3)
    data = moved(0.0, areas=120, treated=40)
    city = np.arange(120) // 10
    shared = data.with_outcome(data.outcome + np.repeat(rng.normal(scale=1.0, size=(12, 10)), 10, axis=0))
    told = case(shared, city=city)
    found, _ = found_by(Design.DIFFERENCES, told)
    (one,) = second_opinions(found, told)
    assert one.p > found.inference.p


def test_treated_areas_in_two_cities_are_refused_and_two_treated_areas_not_spoken_of():
    (one,) = beside(Design.DIFFERENCES, moved(treated=4), city=np.arange(24) % 2)
    assert one.refusal.reason is RefusalReason.TOO_FEW_TREATED
    assert one.refusal.design is Design.TWO_WAY
    assert beside(Design.DIFFERENCES, moved(treated=2)) == ()


def test_where_starts_differ_a_biased_regression_is_not_set_beside_the_answer():
    data = moved(treated=4)
    assert beside(Design.DIFFERENCES, data) != ()
    staggered = data.__class__(**{**vars(data), "start": np.where(np.arange(24) < 2, 7, data.start)})
    assert beside(Design.DIFFERENCES, staggered) == ()


def test_years_in_which_people_may_have_acted_are_left_out_here_too():
    told = case(moved(**LONG), ahead=2)
    (one,) = second_opinions(found_by(Design.SYNTHETIC_CONTROL, told)[0], told)
    early = before_anyone_knew(told)
    assert (one.low, one.high) == (conformal(early.panel, lag=2).low, conformal(early.panel, lag=2).high)


def test_an_answer_carries_them_after_the_declared_alternatives():
    data = moved(areas=72, treated=4)
    told = question(data, designs=(Design.DIFFERENCES, Design.IMPUTATION), city=np.arange(72) % 9)
    assert [one.name for one in answer(told).alternatives] == ["imputation", "wild_bootstrap"]
