"""A question without an honest answer gets a reason, what it rests on and what remains; never a number."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.study import Design, StudyKind
from wijkpeil.effects.refusals import NEEDS, WEAKER, Facts, before_estimating, refusals, weaker

FINE = Facts(
    kind=StudyKind.EVALUATION,
    design=Design.DIFFERENCES,
    nature=Nature.MEASURED,
    measure=Kind.PROPORTION,
    start=2012,
    first=2004,
    last=2020,
    before=8,
    after=9,
    with_figures=5,
    treated=5,
    compared=60,
)
RIVM = replace(FINE, nature=Nature.MODELLED, start=2008, first=2012, before=0, after=3)
ROTTERDAM = replace(FINE, start=2007, first=2014, last=2018, before=0, after=5, begun=2007)

BAD = {
    "no figures": ({"first": None, "last": None, "with_figures": 0, "before": 0, "after": 0}, Why.NO_FIGURES),
    "no pre-period": ({"first": 2012, "before": 0}, Why.NO_PERIOD_BEFORE),
    "treated before the data begin": ({"first": 2014, "before": 0}, Why.TREATED_BEFORE_DATA),
    "no period after": ({"last": 2011, "after": 0}, Why.NO_PERIOD_AFTER),
    "one treated area without donors": ({"treated": 1, "with_figures": 1, "compared": 0}, Why.NO_DONORS),
    "one donor": ({"compared": 1}, Why.TOO_FEW_AREAS),
    "all donors treated later": ({"compared": 0, "later": 3}, Why.DONORS_TREATED_LATER),
    "constant outcome": ({"is_constant": True}, Why.CONSTANT),
    "overlapping programmes": ({"programmes": ("krachtwijken",)}, Why.OVERLAPPING_PROGRAMMES),
    "city wholly treated": ({"same_city": True, "wholly_treated": ("GM9001",)}, Why.CITY_WHOLLY_TREATED),
    "gaps in the panel": ({"treated": 0, "missing": 0.4}, Why.GAPS),
    "modelled": ({"nature": Nature.MODELLED}, Why.MODELLED),
    "ordinal": ({"measure": Kind.ORDINAL}, Why.ORDINAL),
    "broken at the start": ({"is_broken": True, "before": 0}, Why.BROKEN_SERIES),
    "unknown area": ({"unknown": ("WK000199",)}, Why.UNKNOWN_AREA),
    "short for a synthetic control": ({"design": Design.SYNTHETIC_CONTROL, "before": 2}, Why.TOO_FEW_PERIODS),
}


def facts() -> st.SearchStrategy[Facts]:
    """Studies of every sort, most of them with something wrong."""
    small = st.integers(0, 9)
    year = st.integers(2000, 2020)
    return st.builds(
        Facts,
        kind=st.sampled_from(StudyKind),
        design=st.sampled_from(Design),
        nature=st.sampled_from(Nature),
        measure=st.sampled_from(Kind),
        start=year,
        first=st.none() | year,
        last=st.none() | year,
        before=small,
        after=small,
        with_figures=small,
        treated=small,
        compared=small,
        later=small,
        begun=st.none() | year,
        lag=st.integers(0, 3),
        missing=st.floats(0, 1),
        unknown=st.just(()) | st.just(("WK000199",)),
        programmes=st.just(()) | st.just(("zuid", "noord")),
        wholly_treated=st.just(()) | st.just(("GM9001",)),
        same_city=st.booleans(),
        is_broken=st.booleans(),
        is_constant=st.booleans(),
    )


def test_a_study_with_all_it_needs_is_not_refused():
    assert refusals(FINE) == ()
    assert before_estimating(FINE) is None


@pytest.mark.parametrize(("fault", "why"), BAD.values(), ids=BAD)
def test_every_fault_has_its_own_reason(fault, why):
    assert [one.reason for one in refusals(replace(FINE, **fault))] == [why]


def test_register_models_without_a_period_before_are_refused_for_both():
    assert [one.reason for one in refusals(RIVM)] == [Why.MODELLED, Why.TREATED_BEFORE_DATA]
    assert before_estimating(RIVM).weaker == ()


def test_a_programme_older_than_its_figures_cannot_be_evaluated():
    refusal = before_estimating(ROTTERDAM)
    assert refusal.reason is Why.TREATED_BEFORE_DATA
    assert refusal.facts == {"start": 2007, "first": 2014}
    assert refusal.weaker == (Design.CROSS_SECTION,)


def test_an_evaluation_cannot_date_its_programme_anew():
    renamed = replace(ROTTERDAM, start=2016, before=2, after=3)
    refusal = before_estimating(renamed)
    assert refusal.reason is Why.PROGRAMME_BEGAN_EARLIER
    assert refusal.facts == {"begun": 2007, "start": 2016, "first": 2014}


def test_a_fictitious_start_may_be_set_where_a_programme_runs():
    placebo = replace(ROTTERDAM, kind=StudyKind.PLACEBO, start=2016, before=2, after=3, programmes=("krachtwijken",))
    assert before_estimating(placebo) is None


def test_an_area_that_joined_later_may_be_evaluated_from_then_on():
    assert before_estimating(replace(FINE, begun=2008)) is None


def test_designs_that_compare_with_nobody_ask_for_nobody():
    assert before_estimating(replace(FINE, design=Design.INTERRUPTED_SERIES, compared=0)) is None


def test_before_and_after_needs_one_area_to_tell_how_usual_a_change_is():
    assert before_estimating(replace(FINE, design=Design.BEFORE_AFTER, compared=1)) is None
    assert before_estimating(replace(FINE, design=Design.BEFORE_AFTER, compared=0)).reason is Why.NO_DONORS


def test_a_wholly_treated_city_matters_only_to_a_comparison_within_cities():
    assert before_estimating(replace(FINE, wholly_treated=("GM9001",))) is None


def test_a_design_that_does_not_look_back_needs_no_period_before():
    assert before_estimating(replace(FINE, design=Design.DISCONTINUITY, first=2014, before=0)) is None


def test_without_donors_only_the_own_past_remains_and_only_if_it_is_long_enough():
    alone = replace(FINE, treated=1, with_figures=1, compared=0)
    assert before_estimating(alone).weaker == (Design.INTERRUPTED_SERIES,)
    assert before_estimating(replace(alone, before=2)).weaker == ()


def test_too_few_of_something_says_how_many_are_needed():
    short = before_estimating(replace(FINE, design=Design.SYNTHETIC_CONTROL, before=2))
    assert short.facts == {"before": 2, "needed": 3}
    series = replace(FINE, design=Design.INTERRUPTED_SERIES, before=4, after=3)
    assert before_estimating(series).facts == {"periods": 7, "needed": 8}
    assert before_estimating(replace(FINE, compared=1)).facts == {"compared": 1, "needed": 2}


def test_names_are_told_as_one_series():
    assert before_estimating(replace(FINE, unknown=("WK1", "WK2"))).facts == {"areas": "WK1, WK2"}


def test_every_reason_says_which_designs_it_leaves():
    assert set(WEAKER) == set(Why)
    assert set(NEEDS) == set(Design)


@given(facts())
def test_a_reason_is_never_given_twice_and_the_first_is_the_answer(given_facts):
    found = refusals(given_facts)
    assert len({one.reason for one in found}) == len(found)
    assert before_estimating(given_facts) == (found[0] if found else None)


@given(facts())
def test_what_remains_is_another_design_that_these_figures_can_bear(given_facts):
    for refusal in refusals(given_facts):
        assert given_facts.design not in refusal.weaker
        assert refusal.weaker == weaker(refusal.reason, given_facts)
        for design in refusal.weaker:
            assert NEEDS[design].are_met(given_facts)


@given(facts())
def test_a_modelled_or_ordinal_figure_is_never_estimated(given_facts):
    if given_facts.nature is Nature.MODELLED or given_facts.measure is Kind.ORDINAL:
        assert before_estimating(given_facts).weaker == ()


@given(facts())
def test_a_sentence_never_lacks_a_fact(given_facts):
    for refusal in refusals(given_facts):
        assert all(fact is not None for fact in refusal.facts.values())


@given(facts(), st.integers(0, 9), st.integers(0, 90))
def test_more_periods_before_or_areas_to_compare_with_never_bring_a_refusal(given_facts, periods, areas):
    richer = replace(given_facts, before=given_facts.before + periods, compared=given_facts.compared + areas)
    if before_estimating(given_facts) is None:
        assert before_estimating(richer) is None
