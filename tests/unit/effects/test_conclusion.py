"""What is said follows from the interval, the better side and the checks, and is never more than they bear."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from unit.effects.findings import GOOD, MODELLED, check, found
from wijkpeil.domain.evidence import CheckKind, CheckStatus, Conclusion
from wijkpeil.domain.indicator import Direction
from wijkpeil.domain.study import Design, Expected, StudyOutcome
from wijkpeil.effects.conclusion import WITHOUT_STATEMENT, conclude

UP, DOWN, CONTEXT = Direction.HIGHER_IS_BETTER, Direction.LOWER_IS_BETTER, Direction.CONTEXT
FAILS = CheckStatus.FAILS
MIRRORED = {Conclusion.HELPED: Conclusion.HARMED, Conclusion.HARMED: Conclusion.HELPED}

numbers = st.floats(-0.2, 0.2)
shares = st.floats(0, 1)


def said(one, direction=UP, smallest=0.01, p_adjusted=0.01, data=GOOD):
    outcome = StudyOutcome(indicator="bijstand", expected=Expected.EITHER, smallest=smallest)
    return conclude(one, outcome, direction, p_adjusted=p_adjusted, data=data)


def some(one, other, p, **more):
    """A finding whose effect lies in the middle of its interval."""
    low, high = sorted((one, other))
    return found(effect=(low + high) / 2, low=low, high=high, p=p, **more)


def test_an_effect_to_the_better_side_helped_and_to_the_other_harmed():
    assert said(found(), UP) is Conclusion.HELPED
    assert said(found(), DOWN) is Conclusion.HARMED


def test_a_figure_without_a_better_side_changed():
    assert said(found(), CONTEXT) is Conclusion.CHANGED


def test_no_proof_of_an_effect_is_no_proof_of_none():
    assert said(found(effect=0.01, low=-0.03, high=0.05, p=0.4), p_adjusted=0.4) is Conclusion.CANNOT_TELL


def test_an_interval_within_what_is_too_small_says_that_nothing_worth_having_happened():
    assert said(found(effect=0.001, low=-0.005, high=0.007, p=0.7), p_adjusted=0.7) is Conclusion.NO_EFFECT_WORTH_HAVING


def test_a_sure_trifle_is_a_trifle():
    assert said(found(effect=0.005, low=0.003, high=0.007)) is Conclusion.NO_EFFECT_WORTH_HAVING


def test_an_open_interval_is_never_within_anything():
    assert said(found(effect=0.0, low=None, high=0.001, p=0.9), p_adjusted=0.9) is Conclusion.CANNOT_TELL


def test_many_outcomes_take_back_what_one_alone_would_say():
    assert said(found(p=0.04), p_adjusted=0.04) is Conclusion.HELPED
    assert said(found(p=0.04), p_adjusted=0.12) is Conclusion.CANNOT_TELL


def test_a_single_outcome_is_its_own_family():
    assert said(found(p=0.04), p_adjusted=None) is Conclusion.HELPED
    assert said(found(p=0.06), p_adjusted=None) is Conclusion.CANNOT_TELL


@pytest.mark.parametrize(
    ("design", "kind"),
    [
        (Design.DIFFERENCES, CheckKind.PRE_TREND),
        (Design.SYNTHETIC_CONTROL, CheckKind.FIT_BEFORE),
        (Design.DISCONTINUITY, CheckKind.COVARIATE_JUMP),
        (Design.IMPUTATION, CheckKind.PLACEBO_IN_TIME),
        (Design.DIFFERENCES, CheckKind.REGRESSION_TO_THE_MEAN),
    ],
)
def test_a_failing_check_that_carries_the_design_or_explains_the_finding_leaves_nothing_to_say(design, kind):
    assert said(found(check(kind), design=design)) is Conclusion.HELPED
    assert said(found(check(kind, FAILS), design=design)) is Conclusion.NO_STATEMENT


@pytest.mark.parametrize("design", sorted(WITHOUT_STATEMENT))
def test_what_moved_is_no_effect_without_a_comparison_before_and_after(design):
    assert said(found(design=design)) is Conclusion.NO_STATEMENT


@given(numbers, numbers, shares, st.sampled_from(Direction), st.floats(0, 0.1))
def test_a_modelled_figure_never_has_a_statement(one, other, p, direction, smallest):
    assert said(some(one, other, p), direction, smallest, p, MODELLED) is Conclusion.NO_STATEMENT


@given(numbers, numbers, shares, st.floats(0, 0.1))
def test_the_other_direction_mirrors_what_is_said(one, other, p, smallest):
    first = said(some(one, other, p), UP, smallest, p)
    assert said(some(one, other, p), DOWN, smallest, p) is MIRRORED.get(first, first)


@given(numbers, numbers, shares, st.floats(0, 0.1))
def test_turning_the_figures_over_mirrors_what_is_said(one, other, p, smallest):
    first = said(some(one, other, p), UP, smallest, p)
    assert said(some(-one, -other, p), UP, smallest, p) is MIRRORED.get(first, first)


@given(numbers, numbers, shares)
def test_helped_or_harmed_is_only_said_where_the_interval_leaves_out_nothing(one, other, p):
    result = said(some(one, other, p), UP, 0.0, p)
    if result in MIRRORED:
        low, high = sorted((one, other))
        assert low > 0 or high < 0
        assert p <= 0.05


@given(numbers, numbers, shares)
def test_without_a_smallest_effect_nothing_is_too_small(one, other, p):
    assume(one != other)
    assert said(some(one, other, p), UP, 0.0, p) is not Conclusion.NO_EFFECT_WORTH_HAVING


@given(numbers, numbers, shares, shares)
def test_more_outcomes_never_make_a_surer_statement(one, other, p, more):
    low, high = sorted((p, more))
    if said(some(one, other, p), UP, 0.01, low) is Conclusion.CANNOT_TELL:
        assert said(some(one, other, p), UP, 0.01, high) is Conclusion.CANNOT_TELL
