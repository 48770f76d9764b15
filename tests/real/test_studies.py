"""The studies of this house on the real files: what cannot be known is refused, and what never began is not found."""

from datetime import date
from pathlib import Path

import pytest

from wijkpeil import catalogue
from wijkpeil.domain.evidence import Conclusion, StudyResult
from wijkpeil.domain.grading import DataReason
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.refusal import RefusalReason
from wijkpeil.domain.study import StudyKind
from wijkpeil.publication import Edition
from wijkpeil.publication.study_records import from_json, to_json
from wijkpeil.publication.studying import run_study

pytestmark = [pytest.mark.real, pytest.mark.slow]

STUDIES = Path(__file__).parents[2] / "studies"
CHANCE = 0.05


def ran(name: str, edition: Edition) -> StudyResult:
    study, complaints = catalogue.read_study(STUDIES / f"{name}.toml", policy=edition.policy)
    assert study is not None, complaints
    return run_study(study, edition, computed_on=date(2026, 11, 24))


@pytest.fixture(scope="module")
def placebo(edition: Edition) -> StudyResult:
    return ran("rotterdam-zuid-verzonnen-start-2016", edition)


def reasons(result: StudyResult) -> list[set[RefusalReason]]:
    return [{one.refusal.reason, *(other.reason for other in one.also)} for one in result.outcomes if one.refusal]


def test_health_in_the_forty_is_refused_for_every_outcome(edition: Edition) -> None:
    """RIVM models from 2012 on what is asked of a programme that began in 2007."""
    result = ran("aandachtswijken-gezondheid", edition)
    assert len(result.outcomes) == len(result.study.outcomes) == 3
    for one in result.outcomes:
        assert one.refusal is not None
        assert one.refusal.reason is RefusalReason.MODELLED
        assert RefusalReason.TREATED_BEFORE_DATA in {other.reason for other in one.also}
        assert (one.found, one.grade, one.conclusion) == (None, None, Conclusion.NO_STATEMENT)
        assert one.data is not None
        assert {DataReason.MODELLED, DataReason.NO_PERIOD_BEFORE} <= set(one.data.reasons)


def test_classes_of_liveability_are_counted_from_one_to_another_and_never_subtracted(edition: Edition) -> None:
    (one,) = ran("aandachtswijken-leefbaarheid-klassen", edition).outcomes
    assert {(move.first, move.last) for move in one.transitions} == {(2002, 2016)}
    assert {move.group for move in one.transitions} == {"treated", "compared"}
    assert all(move.before.isdigit() and move.after.isdigit() for move in one.transitions)
    assert sum(move.areas for move in one.transitions if move.group == "treated") > 20
    assert (one.found, one.grade, one.power, one.p_adjusted) == (None, None, None, None)
    assert one.conclusion is Conclusion.NO_STATEMENT


def test_rotterdam_south_is_no_evaluation_of_what_began_before_the_registers(edition: Edition) -> None:
    result = ran("rotterdam-zuid-registers", edition)
    assert len(reasons(result)) == len(result.outcomes) == 6
    for told in reasons(result):
        assert {RefusalReason.OVERLAPPING_PROGRAMMES, RefusalReason.TREATED_BEFORE_DATA} <= told
    assert all(one.found is None for one in result.outcomes)


def test_a_start_that_never_was_gives_no_effect_more_often_than_chance(placebo: StudyResult) -> None:
    """Six register figures, 20 neighbourhoods of Rotterdam South beside 42 others: none of six is below 5%."""
    assert placebo.study.kind is StudyKind.PLACEBO
    assert {one.start for one in placebo.study.treated} == {2016}
    found = [one for one in placebo.outcomes if one.found is not None]
    assert len(found) == 6
    assert all(one.data is not None and one.data.nature is Nature.MEASURED for one in found)
    assert sum(one.found is not None and one.found.inference.p < CHANCE for one in found) == 0
    assert all(one.p_adjusted is not None and one.p_adjusted > CHANCE for one in found)
    assert {one.conclusion for one in found} <= {Conclusion.CANNOT_TELL, Conclusion.NO_EFFECT_WORTH_HAVING}


def test_the_placebo_can_be_kept_and_read_back(placebo: StudyResult) -> None:
    assert from_json(to_json(placebo)) == placebo


def test_every_study_by_others_is_graded_by_the_same_rules_or_refused_by_them(edition: Edition) -> None:
    studies, complaints = catalogue.read_studies(STUDIES, policy=edition.policy)
    assert complaints == ()
    others = [one for one in studies if one.kind is StudyKind.ELSEWHERE]
    assert len(others) > 8
    for study in others:
        result = run_study(study, edition, computed_on=date(2026, 11, 24))
        assert (result.grade is None) == (result.refusal is not None)
        assert result.outcomes == ()
