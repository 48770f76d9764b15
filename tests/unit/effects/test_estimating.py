"""What a design found is told whole: in years, with its weights, its balance and how usual such a change is."""

from dataclasses import replace

import numpy as np
import pytest

from study_cases import EFFECT, case, moved
from wijkpeil.domain.evidence import Method
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.designs import COMPARING
from wijkpeil.effects.estimating import found_by
from wijkpeil.effects.panel import panel

ALL = sorted(COMPARING)


@pytest.mark.parametrize("design", ALL)
def test_every_design_tells_its_effect_with_a_path_in_years(design: Design):
    found, tried = found_by(design, case())
    assert found.effect == pytest.approx(EFFECT, abs=1.0 if design is Design.BEFORE_AFTER else 0.3)
    assert found.effect == pytest.approx(tried.effect)
    assert (found.treated, found.compared, found.before, found.after) == (2, 22, 6, 4)
    after = [point.effect for point in found.path if point.time >= 0]
    assert [point.time for point in found.path if point.time >= 0] == [0, 1, 2, 3]
    assert np.mean(after) == pytest.approx(found.effect, abs=0.2)
    assert found.inference.p == tried.inference().p
    assert found.checks == ()


def test_the_lag_is_no_part_of_the_effect():
    late = moved()
    outcome = late.outcome.copy()
    outcome[:2, 6:8] -= EFFECT
    found, _ = found_by(Design.DIFFERENCES, case(late.with_outcome(outcome), lag=2))
    assert found.effect == pytest.approx(EFFECT, abs=0.3)
    assert found.after == 2


def test_figures_two_years_apart_are_told_in_years():
    biennial = replace(moved(), periods=tuple(range(2000, 2020, 2)))
    found, _ = found_by(Design.DIFFERENCES, case(biennial))
    assert [point.time for point in found.path if point.time >= 0] == [0, 2, 4, 6]
    assert {line.times[-1] for line in found.placebo_paths} == {6}


@pytest.mark.parametrize("design", [Design.SYNTHETIC_CONTROL, Design.SYNTHETIC_DIFFERENCES])
def test_weights_are_listed_the_largest_first_and_name_no_treated_area(design: Design):
    found, _ = found_by(design, case())
    sizes = [one.weight for one in found.weights]
    assert sizes == sorted(sizes, reverse=True)
    assert 0.9 < sum(sizes) <= 1.0 + 1e-9
    assert min(sizes) >= 0.001
    assert not {"0", "1"} & {one.name for one in found.weights}


def test_periods_that_count_are_named_by_their_year():
    found, _ = found_by(Design.SYNTHETIC_DIFFERENCES, case())
    assert {one.name for one in found.period_weights} <= {str(year) for year in range(2004, 2010)}


def test_areas_that_all_count_alike_are_not_listed():
    assert found_by(Design.DIFFERENCES, case())[0].weights == ()


def test_a_design_that_resembles_is_held_against_placebo_areas():
    assert found_by(Design.SYNTHETIC_CONTROL, case())[0].inference.method is Method.PLACEBO_AREAS
    assert found_by(Design.DIFFERENCES, case())[0].inference.method is Method.PLACEMENTS


def test_the_same_seed_gives_the_same_and_another_other_placements():
    first, again, other = (found_by(Design.DIFFERENCES, case(seed=seed))[0] for seed in (1, 1, 2))
    assert first == again
    assert first.placebo_paths != other.placebo_paths


@pytest.mark.parametrize("design", ALL)
def test_without_anyone_to_compare_with_there_is_a_refusal(design: Design):
    alone = moved(areas=2)
    with pytest.raises(RefusedError) as refused:
        found_by(design, case(alone))
    assert refused.value.refusal.reason in {RefusalReason.NO_DONORS, RefusalReason.TOO_FEW_AREAS}


@pytest.mark.parametrize("design", ALL)
def test_without_a_period_before_there_is_a_refusal(design: Design):
    with pytest.raises(RefusedError):
        found_by(design, case(panel(moved().outcome, [0, 0, *[10] * 22], periods=range(2004, 2014))))
