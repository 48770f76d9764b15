"""Did it help, by example: from a question that is refused to an effect, its grade and what may be said of it.

The numbers of the method pages are computed here: a page that says -3 is right or this fails.
"""

from pathlib import Path

import numpy as np
import pytest

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Conclusion
from wijkpeil.domain.grading import ThreatStatus
from wijkpeil.domain.indicator import Direction, Kind, Nature
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Candidates, Design, Expected, Study, StudyKind, StudyOutcome, TreatedArea
from wijkpeil.effects.coefficients import coefficients
from wijkpeil.effects.conclusion import conclude
from wijkpeil.effects.data_grade import data_grade
from wijkpeil.effects.differences import differences
from wijkpeil.effects.discontinuity import scored
from wijkpeil.effects.grade import grade, grade_of
from wijkpeil.effects.interrupted import interrupted
from wijkpeil.effects.matching import matched
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer
from wijkpeil.effects.refusals import Facts, before_estimating
from wijkpeil.effects.relative_violations import relative_breakdown, relative_interval
from wijkpeil.effects.synthetic_control import CONTROL
from wijkpeil.effects.threats import threats
from wijkpeil.effects.validity import discontinuity

PAGES = Path(__file__).parents[2] / "docs" / "methoden"
MEASURED = data_grade(Nature.MEASURED, Design.DIFFERENCES, before=6, missing=0.0, breaks=0)
BURGLARIES = StudyOutcome(indicator="inbraken", expected=Expected.DOWN, smallest=0.5)
STUDY = Study(
    id="zuid",
    kind=StudyKind.EVALUATION,
    title="",
    title_en="",
    question="",
    question_en="",
    done="",
    mechanism="",
    hash="",
    treated=(TreatedArea(area="zuid", start=2010),),
    candidates=Candidates(level="wijk", ring_km=0.5),
)


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def town(others: int, *, effect: float, seed: int = 1):
    """One treated area among others that go the same way, with a little noise of their own, over ten years."""
    rng = np.random.default_rng(seed)
    outcome = 20 + 0.5 * np.arange(10) + rng.normal(0, 0.2, (others + 1, 10))
    outcome[0, 6:] += effect
    return panel(outcome, [6] + [10] * others, periods=range(2004, 2014))


def test_a_question_without_a_measurement_before_is_answered_with_a_sentence():
    """Health in the forty: modelled, and not measured before 2012, while the programme began in 2008."""
    facts = Facts(
        kind=StudyKind.EVALUATION,
        design=Design.DIFFERENCES,
        nature=Nature.MODELLED,
        measure=Kind.PROPORTION,
        start=2008,
        first=2012,
        last=2020,
        before=0,
        after=3,
        with_figures=40,
        treated=40,
        compared=2000,
    )
    refusal = before_estimating(facts)
    assert refusal.reason is RefusalReason.MODELLED
    assert refusal.weaker == ()


def test_a_difference_in_differences_takes_off_what_happened_anyway():
    two = panel([[20.0, 15.0], [18.0, 16.0]], [1, 2])
    assert differences().estimate(two).effect == pytest.approx(-3)
    assert "(15 - 20) - (16 - 18) = -3" in page("verschil_in_verschillen")


def test_a_mixture_of_others_shows_what_would_have_been():
    zuid, one, other = [10.0, 12, 14, 13], [8.0, 10, 12, 14], [12.0, 14, 16, 18]
    found = CONTROL.estimate(panel([zuid, one, other], [3, 4, 4]))
    assert found.weights == pytest.approx([0, 0.5, 0.5], abs=1e-3)
    assert found.effect == pytest.approx(-3, abs=1e-2)
    assert "het effect is -3" in page("synthetische_controle")


def test_only_an_area_that_stood_the_same_is_set_beside_it():
    town = panel([[30.0, 24.0], [30.0, 28.0], [10.0, 10.0], [11.0, 11.0]], [1, 2, 2, 2])
    assert differences().estimate(town).effect == pytest.approx(-6 - (-2 + 0 + 0) / 3)
    assert matched().estimate(town).effect == pytest.approx(-4)
    assert "-6 - (-2 + 0 + 0) / 3 = -5,3" in page("gekoppelde_vergelijking")
    assert "-6 - (-2) = -4" in page("gekoppelde_vergelijking")


def test_lines_that_drift_as_they_did_before_leave_so_much_of_an_effect():
    path = coefficients(np.array([1.0, 3.0]), np.eye(2) * 0.01**2, before=1)
    as_before = relative_interval(path, 1.0)
    assert (as_before.low, as_before.high) == pytest.approx((2, 4), abs=0.1)
    assert relative_breakdown(path) == pytest.approx(3, abs=0.1)
    assert "ligt het effect tussen 2 en 4" in page("gevoeligheid")
    assert "Het breekpunt is 3." in page("gevoeligheid")


def test_one_area_among_twenty_is_surely_odd_only_when_it_is_the_oddest():
    found = infer(town(19, effect=-5), differences())
    assert (found.as_large, found.p, found.attainable) == (0, 0.05, 0.05)
    assert "p = (1 + 0) / (1 + 19) = 5%" in page("plaatsing")


def test_among_ten_nothing_can_be_proved_and_that_is_said():
    found = infer(town(9, effect=-5), differences())
    assert found.attainable == pytest.approx(0.1)
    assert "Met 9 andere wijken is dat 10%" in page("plaatsing")


def test_a_series_is_held_against_where_it_was_going():
    before, after = [10.0, 11, 12, 13, 14, 15], [14.0, 15, 16, 17]
    noise = np.random.default_rng(3).normal(0, 0.05, 10)
    found = interrupted(panel([np.array(before + after) + noise], [6]))
    assert found.effect == pytest.approx(-2, abs=0.2)
    assert "Het effect is -2" in page("onderbroken_reeks")


def test_a_jump_at_the_threshold_is_found_and_areas_carried_across_are_refused():
    rng = np.random.default_rng(2)
    score = rng.uniform(-1, 1, 400)
    outcome = 0.5 + 0.5 * score + 0.5 * (score >= 0) + rng.normal(0, 0.1, 400)
    clean = scored(score, outcome, threshold=0.0)
    assert discontinuity(clean).effect == pytest.approx(0.5, abs=0.1)
    moved = scored(score, outcome, threshold=0.0, is_treated=score >= -0.2)
    with pytest.raises(RefusedError) as refused:
        discontinuity(moved)
    assert refused.value.refusal.reason is RefusalReason.INVALID_CUTOFF
    assert "moved_across" in refused.value.refusal.facts["failing"]


def test_the_grade_follows_from_what_the_checks_found():
    parallel = Check(kind=CheckKind.PRE_TREND, status=CheckStatus.HOLDS, facts={})
    jump = Check(kind=CheckKind.COVARIATE_JUMP, status=CheckStatus.FAILS, facts={})
    assert grade(Design.DIFFERENCES, [parallel]).level == 3
    assert (grade(Design.DISCONTINUITY, [jump]).level, grade(Design.DISCONTINUITY, []).from_design) == (2, 4)
    assert "niveau 3. Een grens waar ook de kenmerken van\nwijken verspringen kon 4 halen, en krijgt 2." in page(
        "bewijskracht"
    )


def test_from_an_interval_to_a_statement_with_everything_that_is_still_open():
    broken = np.append(np.arange(10.0, 16), np.arange(13.0, 19))
    found = interrupted(panel([broken + np.random.default_rng(5).normal(0, 0.05, 12)], [6]))
    fewer = Direction.LOWER_IS_BETTER
    assert conclude(found, BURGLARIES, fewer, p_adjusted=found.inference.p, data=MEASURED) is Conclusion.HELPED
    graded = grade_of(found, study=STUDY, data=MEASURED)
    assert graded.level <= 2
    assert ThreatStatus.OPEN in {threat.status for threat in threats(found, STUDY)}
