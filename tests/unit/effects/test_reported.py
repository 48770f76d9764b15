"""Studies by others are graded by our own rules, with what they did not report counted as not done."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.effects.findings import study
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.grading import GradeReason
from wijkpeil.domain.refusal import RefusalReason
from wijkpeil.domain.study import Design, Reported, StudyKind
from wijkpeil.effects.grade import grade
from wijkpeil.effects.reported import graded, reported_checks

TODAY = date(2026, 11, 24)


def reported(design, *checks, **traits) -> Reported:
    given = {"areas": 40, "people": None, "finding": "", "finding_en": "", **traits}
    return Reported(authors="", year=2016, source="", design=design, checks=checks, **given)


def result(design, *checks, **traits):
    one = study(kind=StudyKind.ELSEWHERE, reported=reported(design, *checks, **traits), candidates=None)
    return graded(one, computed_on=TODAY)


def test_a_cutoff_that_its_authors_found_invalid_is_lowered():
    """The forty by ranking: the make-up of areas jumps at the threshold, and areas were added and removed."""
    found = result(Design.DISCONTINUITY, "covariate_jump: fails", "moved_across: fails")
    assert (found.grade.level, found.grade.from_design) == (2, 4)
    assert {GradeReason.COVARIATE_JUMP, GradeReason.MOVED_ACROSS} <= set(found.grade.reasons)


def test_the_same_design_counts_the_same_whoever_did_it():
    checks = ("pre_trend: holds", "displacement: doubtful")
    one = reported(Design.DIFFERENCES, *checks)
    assert result(Design.DIFFERENCES, *checks).grade == grade(Design.DIFFERENCES, reported_checks(one), treated=40)


def test_what_was_not_reported_counts_as_not_done():
    silent = result(Design.CROSS_SECTION).grade
    assert (silent.level, GradeReason.UNTESTED in silent.reasons) == (1, True)
    assert result(Design.CROSS_SECTION, "balance: holds").grade.level == 2


def test_a_study_of_modelled_figures_earns_no_level_and_says_why():
    found = result(Design.DIFFERENCES, "pre_trend: holds", is_modelled=True)
    assert found.grade is None
    assert found.refusal.reason is RefusalReason.MODELLED


def test_one_area_is_said():
    assert GradeReason.ONE_TREATED_AREA in result(Design.INTERRUPTED_SERIES, areas=1).grade.reasons


def test_a_library_entry_has_no_outcomes_of_its_own():
    found = result(Design.DIFFERENCES)
    assert (found.outcomes, found.names, found.fictional) == ((), {}, False)
    assert found.computed_on == TODAY


@pytest.mark.parametrize("words", ["", "pre_trend", "trend: holds", "pre_trend: good", "pre_trend holds"])
def test_words_that_are_not_ours_are_refused(words):
    with pytest.raises(ValueError, match="no check with its status"):
        result(Design.DIFFERENCES, words)


def test_a_study_of_our_own_is_not_graded_as_one_of_others():
    with pytest.raises(ValueError, match="reports nothing"):
        graded(study(), computed_on=TODAY)


@given(st.sampled_from(CheckKind), st.sampled_from(CheckStatus))
def test_every_check_can_be_written_in_words(kind, status):
    one = reported_checks(reported(Design.DIFFERENCES, f"{kind.value}: {status.value}"))[0]
    assert (one.kind, one.status) == (kind, status)
