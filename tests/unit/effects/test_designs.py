"""Every design that a study file may name is made, and a lack of areas is answered by a simpler one."""

import numpy as np
import pytest

from staggered import planted
from wijkpeil.domain.study import Design
from wijkpeil.effects.designs import COMPARING, SYNTHETIC, comparing, is_pooled
from wijkpeil.effects.doubly_robust import doubly_robust
from wijkpeil.effects.panel import panel

BY_OTHER_MEANS = {
    Design.DISCONTINUITY,
    Design.INTERRUPTED_SERIES,
    Design.EXPERIMENT,
    Design.CROSS_SECTION,
}


def test_every_design_is_made_here_or_by_other_means():
    assert set(Design) == COMPARING | BY_OTHER_MEANS
    assert {one for one in Design if one.compares_over_time} == COMPARING - {Design.BEFORE_AFTER}


@pytest.mark.parametrize("design", sorted(BY_OTHER_MEANS))
def test_what_does_not_compare_over_time_is_not_made(design: Design):
    with pytest.raises(KeyError):
        comparing(design)


@pytest.mark.parametrize("design", sorted(COMPARING - {Design.BEFORE_AFTER}))
def test_every_design_finds_what_was_planted(design: Design):
    data = planted(lambda start, time: 2.0 + 0 * time, starts=[6, 6, *[10] * 12], periods=10)
    assert comparing(design, treated=2).estimate(data).effect == pytest.approx(2.0, abs=0.3)


@pytest.mark.parametrize("design", sorted(COMPARING))
def test_designs_that_weigh_by_the_outcome_say_that_they_are_not_linear(design: Design):
    linear = design not in SYNTHETIC | {Design.MATCHED_DIFFERENCES}
    assert comparing(design, treated=2).is_linear is linear


def _with_covariate(treated: int):
    rng = np.random.default_rng(2)
    known = rng.normal(size=(30, 1)) + np.where(np.arange(30) < treated, 1.0, 0.0)[:, None]
    outcome = rng.normal(scale=0.01, size=(30, 8)) + known * np.maximum(np.arange(8) - 4, 0)
    start = np.where(np.arange(30) < treated, 5, 8)
    return panel(outcome, start, covariates=known, names=("kenmerk",))


def test_few_treated_areas_are_adjusted_by_regression_alone():
    """With two of them their odds would be chance."""
    few = _with_covariate(2)
    found = comparing(Design.DIFFERENCES, covariates=1, treated=2).estimate(few)
    assert found.effect == pytest.approx(0.0, abs=0.05)
    assert found.effect == doubly_robust(by_odds=False).estimate(few).effect


def test_enough_treated_areas_are_adjusted_by_odds_as_well():
    many = _with_covariate(8)
    by_odds, alone = (comparing(Design.DIFFERENCES, covariates=1, treated=number) for number in (8, 2))
    assert by_odds.estimate(many).effect == pytest.approx(0.0, abs=0.05)
    assert by_odds.estimate(many).effect != alone.estimate(many).effect


def test_many_treated_areas_get_one_synthetic_control_together():
    assert [is_pooled(number) for number in (1, 5, 6, 40)] == [False, False, True, True]
