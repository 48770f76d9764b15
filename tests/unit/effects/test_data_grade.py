"""Figures are as good as their worst side, and a modelled figure is never fit for an effect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.grading import DataLevel, DataReason
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.study import Design
from wijkpeil.effects.data_grade import data_grade

ORDER = tuple(DataLevel)
natures = st.sampled_from(Nature)
parts = st.floats(0, 1)


def of(nature=Nature.MEASURED, design=Design.DIFFERENCES, before=8, missing=0.0, breaks=0):
    return data_grade(nature, design, before=before, missing=missing, breaks=breaks)


def test_a_long_whole_measured_series_is_good_and_has_no_reasons():
    assert (of().level, of().reasons) == (DataLevel.GOOD, ())


@given(st.integers(0, 30), parts, st.integers(0, 3), st.sampled_from(Design))
def test_a_modelled_figure_is_unfit_whatever_the_rest(before, missing, breaks, design):
    one = of(Nature.MODELLED, design, before, missing, breaks)
    assert one.level is DataLevel.UNFIT
    assert DataReason.MODELLED in one.reasons


def test_a_survey_is_fair_at_best():
    assert of(Nature.SURVEYED).level is DataLevel.FAIR


@pytest.mark.parametrize(
    ("before", "level"), [(0, "unfit"), (1, "weak"), (2, "weak"), (3, "fair"), (4, "fair"), (5, "good")]
)
def test_the_longer_the_period_before_the_better(before, level):
    assert of(before=before).level == level


@pytest.mark.parametrize(("missing", "level"), [(0.05, "good"), (0.06, "fair"), (0.20, "fair"), (0.21, "weak")])
def test_a_fifth_missing_is_still_fair(missing, level):
    assert of(missing=missing).level == level


def test_a_break_within_the_study_makes_it_fair():
    assert (of(breaks=1).level, of(breaks=1).reasons) == (DataLevel.FAIR, (DataReason.BREAKS,))


def test_a_design_that_does_not_look_back_is_not_asked_for_a_period_before():
    assert of(design=Design.DISCONTINUITY, before=0).level is DataLevel.GOOD


@given(natures, st.integers(0, 9), parts, parts, st.integers(0, 2))
def test_more_missing_never_makes_figures_better(nature, before, one, other, breaks):
    little, much = sorted((one, other))
    better = of(nature, before=before, missing=little, breaks=breaks)
    worse = of(nature, before=before, missing=much, breaks=breaks)
    assert ORDER.index(better.level) <= ORDER.index(worse.level)


@given(natures, st.integers(0, 9), st.integers(0, 9), parts)
def test_a_longer_period_before_never_makes_figures_worse(nature, before, more, missing):
    longer, shorter = of(nature, before=before + more, missing=missing), of(nature, before=before, missing=missing)
    assert ORDER.index(longer.level) <= ORDER.index(shorter.level)


@given(natures, st.integers(0, 9), parts, st.integers(0, 2))
def test_figures_are_less_than_good_exactly_where_a_reason_is_given(nature, before, missing, breaks):
    one = of(nature, before=before, missing=missing, breaks=breaks)
    assert (one.level is DataLevel.GOOD) == (one.reasons == ())


@pytest.mark.parametrize("wrong", [{"before": -1}, {"missing": 1.1}, {"missing": -0.1}, {"breaks": -1}])
def test_an_impossible_number_is_refused(wrong):
    with pytest.raises(ValueError, match="part of 1"):
        of(**wrong)
