"""A level follows from the design and its checks, falls when one of them gets worse, and says why it is no higher."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.effects.findings import GOOD, MODELLED, check, checks, found, study
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.grading import GradeReason
from wijkpeil.domain.study import Design
from wijkpeil.effects.grade import FIRMNESS, RULES, grade, grade_of, is_refuted, lowest

FAILS, DOUBTFUL, HOLDS = CheckStatus.FAILS, CheckStatus.DOUBTFUL, CheckStatus.HOLDS
WORSE = {HOLDS: DOUBTFUL, DOUBTFUL: FAILS}
designs = st.sampled_from(Design)

AT_BEST = {
    Design.BEFORE_AFTER: 1,
    Design.CROSS_SECTION: 2,
    Design.INTERRUPTED_SERIES: 2,
    Design.DIFFERENCES: 3,
    Design.IMPUTATION: 3,
    Design.MATCHED_DIFFERENCES: 3,
    Design.TWO_WAY: 3,
    Design.SYNTHETIC_CONTROL: 3,
    Design.SYNTHETIC_DIFFERENCES: 3,
    Design.DISCONTINUITY: 4,
    Design.EXPERIMENT: 5,
}
UNSHOWN = {Design.CROSS_SECTION: 1, Design.DISCONTINUITY: 3, Design.EXPERIMENT: 4}
REFUTED = {
    Design.CROSS_SECTION: 1,
    Design.INTERRUPTED_SERIES: 1,
    Design.DISCONTINUITY: 2,
    Design.EXPERIMENT: 4,
    Design.BEFORE_AFTER: 1,
}


def sound(design: Design) -> list:
    """Give every check that the design has to show, each of which holds."""
    return [check(kind) for kind in sorted(RULES[design].shown)]


@pytest.mark.parametrize("design", Design)
def test_a_design_whose_checks_hold_earns_what_the_scale_gives_it(design):
    assert grade(design, sound(design)).level == AT_BEST[design] == grade(design, []).from_design


@pytest.mark.parametrize("design", Design)
def test_chance_that_is_not_shown_to_be_chance_is_worth_a_level_less(design):
    graded = grade(design, [])
    assert graded.level == UNSHOWN.get(design, AT_BEST[design])
    assert (GradeReason.UNTESTED in graded.reasons) == bool(RULES[design].shown)


@pytest.mark.parametrize("design", Design)
def test_a_design_that_fails_its_own_check_falls_to_what_is_left_of_it(design):
    for kind in RULES[design].shown:
        others = [one for one in sound(design) if one.kind is not kind]
        assert grade(design, [*others, check(kind, FAILS)]).level == REFUTED.get(design, 2)


def test_one_doubt_is_said_and_two_doubts_take_a_level():
    one = grade(Design.DIFFERENCES, [check(CheckKind.PRE_TREND, DOUBTFUL)])
    assert (one.level, GradeReason.ONE_DOUBT in one.reasons) == (3, True)
    two = grade(Design.DIFFERENCES, [check(CheckKind.PRE_TREND, DOUBTFUL), check(CheckKind.BALANCE, DOUBTFUL)])
    assert (two.level, GradeReason.SEVERAL_DOUBTS in two.reasons) == (2, True)


def test_what_moved_next_door_is_said_and_takes_nothing_because_the_ring_is_not_compared_with():
    moved = check(CheckKind.DISPLACEMENT, FAILS)
    one = grade(Design.DIFFERENCES, [check(CheckKind.PRE_TREND), moved])
    assert (one.level, one.reasons) == (3, (GradeReason.NOT_BY_CHANCE, GradeReason.DISPLACEMENT))


def test_one_failing_check_takes_a_level_and_two_take_two():
    moved = check(CheckKind.COMPOSITION, FAILS)
    assert grade(Design.DIFFERENCES, [check(CheckKind.PRE_TREND), moved]).level == 2
    assert grade(Design.DIFFERENCES, [check(CheckKind.PRE_TREND, FAILS), moved]).level == 1


def test_groups_that_differ_are_a_doubt_to_a_comparison_of_changes_and_a_failure_of_matching():
    differ = [check(CheckKind.PRE_TREND), check(CheckKind.BALANCE, FAILS)]
    for design in (Design.DIFFERENCES, Design.IMPUTATION, Design.SYNTHETIC_DIFFERENCES):
        graded = grade(design, differ)
        assert (graded.level, GradeReason.BALANCE in graded.reasons) == (3, True)
        assert grade(design, [*differ, check(CheckKind.ANTICIPATION, DOUBTFUL)]).level == 2
    assert grade(Design.MATCHED_DIFFERENCES, differ).level == 2


def test_two_failures_are_named_and_not_called_doubts_besides():
    graded = grade(Design.DISCONTINUITY, [check(CheckKind.COVARIATE_JUMP, FAILS), check(CheckKind.DENSITY, FAILS)])
    assert GradeReason.SEVERAL_DOUBTS not in graded.reasons


def test_what_a_finding_rests_on_is_named_and_takes_nothing():
    shaken = [check(kind, FAILS) for kind in FIRMNESS]
    one_doubt = [check(CheckKind.PRE_TREND), check(CheckKind.ANTICIPATION, DOUBTFUL)]
    graded = grade(Design.DIFFERENCES, [*one_doubt, *shaken])
    assert graded.level == 3
    assert {*FIRMNESS.values(), GradeReason.ONE_DOUBT} <= set(graded.reasons)


def test_one_treated_area_and_too_few_placements_are_said_and_take_nothing():
    graded = grade(Design.DIFFERENCES, sound(Design.DIFFERENCES), treated=1, attainable=1 / 11)
    assert graded.level == 3
    assert graded.reasons[-2:] == (GradeReason.ONE_TREATED_AREA, GradeReason.TOO_FEW_PLACEMENTS)


def test_a_two_way_regression_with_different_starts_compares_with_the_treated():
    graded = grade_of(found(check(CheckKind.PRE_TREND), design=Design.TWO_WAY), study=study(2010, 2012), data=GOOD)
    assert (graded.level, graded.reasons) == (2, (GradeReason.FORBIDDEN_COMPARISONS,))
    assert grade_of(found(design=Design.TWO_WAY), study=study(2012, 2012), data=GOOD).level == 3


def test_a_modelled_outcome_earns_no_level():
    assert grade_of(found(*sound(Design.DIFFERENCES)), study=study(), data=MODELLED) is None


def test_only_a_lottery_whose_groups_are_alike_has_nothing_to_say_for_itself():
    assert grade(Design.EXPERIMENT, sound(Design.EXPERIMENT)).reasons == ()
    for design in set(Design) - {Design.EXPERIMENT}:
        assert grade(design, sound(design)).reasons != ()


def test_a_study_is_as_sure_as_the_least_sure_of_its_outcomes():
    high, low = grade(Design.DIFFERENCES, []), grade(Design.BEFORE_AFTER, [])
    assert lowest([high, None, low]) == low
    assert lowest([None]) is None


@pytest.mark.parametrize("kind", [CheckKind.PLACEBO_IN_TIME, CheckKind.REGRESSION_TO_THE_MEAN, CheckKind.CITY_SHOCK])
def test_what_explains_a_finding_away_refutes_every_design(kind):
    for design in Design:
        assert is_refuted(design, [check(kind, FAILS)])
        assert not is_refuted(design, [*sound(design), check(kind, DOUBTFUL)])


def test_an_effect_that_others_pay_for_or_that_came_with_others_is_still_one():
    for kind in (CheckKind.DISPLACEMENT, CheckKind.COMPOSITION):
        assert not is_refuted(Design.DIFFERENCES, [check(CheckKind.PRE_TREND), check(kind, FAILS)])


def test_groups_of_a_lottery_that_differ_do_not_refute_it():
    assert not is_refuted(Design.EXPERIMENT, [check(CheckKind.BALANCE, FAILS)])


def test_every_check_that_can_fail_has_its_reason():
    for kind in CheckKind:
        failing = grade(Design.DIFFERENCES, [check(kind, FAILS)])
        assert (FIRMNESS[kind] if kind in FIRMNESS else GradeReason(kind.value)) in failing.reasons


@given(designs, checks(), st.booleans())
def test_a_level_lies_between_one_and_what_the_design_can_earn(design, done, staggered):
    graded = grade(design, done, staggered=staggered)
    assert 1 <= graded.level <= graded.from_design <= AT_BEST[design]
    assert len(set(graded.reasons)) == len(graded.reasons)


@given(designs, checks(), st.data())
def test_a_check_that_gets_worse_never_raises_the_level(design, done, data):
    able = [place for place, one in enumerate(done) if one.status in WORSE]
    if able:
        place = data.draw(st.sampled_from(able))
        worse = [*done]
        worse[place] = replace(done[place], status=WORSE[done[place].status])
        assert grade(design, worse).level <= grade(design, done).level


@given(designs, checks(), st.sampled_from(CheckKind))
def test_one_more_failing_check_never_raises_the_level(design, done, kind):
    others = [one for one in done if one.kind is not kind]
    assert grade(design, [*others, check(kind, FAILS)]).level <= grade(design, others).level


@given(designs, checks())
def test_a_level_lower_than_the_design_allows_says_why(design, done):
    graded = grade(design, done)
    if graded.level < graded.from_design:
        assert set(graded.reasons) - {RULES[design].lacks}


@given(designs, checks(), st.randoms())
def test_the_order_of_the_checks_does_not_matter(design, done, random):
    shuffled = [*done]
    random.shuffle(shuffled)
    assert grade(design, shuffled) == grade(design, done)


@given(designs, checks())
def test_a_refuted_design_never_stands_where_a_sound_one_does(design, done):
    if is_refuted(design, done):
        assert grade(design, done).level < max(2, AT_BEST[design])
