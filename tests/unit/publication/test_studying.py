"""A study gets an estimate with everything beside it, or a sentence why there is none; never a groundless number."""

import json
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from study_country import OUTCOME, YEARS, HandMade, noisy, study, treated, wijken
from study_runs import BOTH, DAY, GAIN, ONE, OTHERS, TWO, WIJKEN, helped, of_outcome, only, programme, ran
from wijkpeil.domain.evidence import CheckKind, CheckStatus, Conclusion, Method
from wijkpeil.domain.grading import ThreatBecause
from wijkpeil.domain.indicator import Direction, Kind
from wijkpeil.domain.refusal import RefusalReason as Why
from wijkpeil.domain.study import (
    Candidates,
    Cutoff,
    Design,
    Expected,
    Family,
    Movers,
    Registration,
    Study,
    StudyKind,
    StudyOutcome,
)
from wijkpeil.publication.study_records import to_json
from wijkpeil.publication.studying import power_of, run_study

# What is found


def test_what_helped_is_found_with_everything_beside_it():
    one = only(study(*BOTH, designs=(Design.DIFFERENCES, Design.IMPUTATION, Design.BEFORE_AFTER)), helped())
    assert one.conclusion is Conclusion.HELPED
    assert one.found.inference.low < GAIN < one.found.inference.high < 0
    assert (one.found.treated, one.found.compared, one.found.before, one.found.after) == (2, 18, 5, 5)
    assert one.grade.level == one.grade.from_design == 3
    assert [beside.name for beside in one.alternatives] == ["imputation", "before_after"]
    assert one.threats
    assert one.power.smallest_visible < -GAIN
    assert one.excluded == {"treated": 2}


def test_what_did_nothing_is_not_found():
    one = only(study(*BOTH), HandMade(values={OUTCOME: noisy(WIJKEN)}))
    assert one.conclusion is Conclusion.CANNOT_TELL
    assert one.found.inference.low < 0 < one.found.inference.high


@pytest.mark.parametrize(
    "design",
    [
        Design.DIFFERENCES,
        Design.IMPUTATION,
        Design.TWO_WAY,
        Design.MATCHED_DIFFERENCES,
        Design.SYNTHETIC_CONTROL,
        Design.SYNTHETIC_DIFFERENCES,
    ],
)
def test_every_design_that_compares_finds_it_and_has_its_checks(design: Design):
    found = only(study(*BOTH, designs=(design,)), helped()).found
    assert found.design is design
    assert found.effect == pytest.approx(GAIN, abs=0.005)
    assert {CheckKind.PLACEBO_IN_TIME, CheckKind.LEAVE_ONE_OUT, CheckKind.BALANCE} <= {one.kind for one in found.checks}


def test_before_and_after_finds_and_says_nothing():
    one = only(study(*BOTH, designs=(Design.BEFORE_AFTER,), candidates=None), helped())
    assert one.found is not None
    assert one.conclusion is Conclusion.NO_STATEMENT


def test_one_area_alone_has_its_own_past():
    years = tuple(range(2000, 2016))
    values = noisy(WIJKEN, years=years, effect={ONE: GAIN}, start=2008)
    of = study(*treated([ONE], 2008), designs=(Design.INTERRUPTED_SERIES,), candidates=None)
    one = only(of, HandMade(values={OUTCOME: values}))
    assert one.found.inference.method is Method.SERIAL_ERRORS
    assert one.found.check(CheckKind.SERIAL_CORRELATION) is not None
    assert one.found.effect == pytest.approx(GAIN, abs=0.01)
    assert one.power is None


@pytest.mark.parametrize("share", [1.0, -1.0], ids=["falls along", "moves to the neighbours"])
def test_the_ring_is_estimated_by_the_same_design(share: float):
    places = {code: (1.5 * place, 0.0) for place, code in enumerate(WIJKEN)}
    near = (WIJKEN[2], WIJKEN[9], WIJKEN[11])
    values = noisy(WIJKEN, effect={ONE: GAIN, WIJKEN[10]: GAIN} | dict.fromkeys((*near, TWO), share * GAIN))
    rule = Candidates(level="wijk", ring_km=1.0, estimate_ring=True)
    one = only(study(*treated([ONE, WIJKEN[10]]), candidates=rule), HandMade(values={OUTCOME: values}, places=places))
    assert one.ring.treated == 3
    assert one.ring.effect == pytest.approx(share * GAIN, abs=0.005)
    assert one.found.effect == pytest.approx(GAIN, abs=0.005)
    assert one.excluded["in_ring"] == 3
    expected = CheckStatus.DOUBTFUL if share > 0 else CheckStatus.FAILS
    assert one.found.check(CheckKind.DISPLACEMENT).status is expected


def test_who_came_and_who_stayed_are_told_apart():
    """The same people are as they were: others came to live there."""
    rng = np.random.default_rng(5)
    stayers, newcomers = noisy(WIJKEN, seed=2), noisy(WIJKEN, seed=3)
    total: dict[str, dict[int, float]] = {}
    for area in WIJKEN:
        for year in YEARS:
            newcomers[area][year] -= 0.2
        moved = {year: 0.2 if area in (ONE, TWO) and year >= 2010 else 0.0 for year in YEARS}
        share = {year: 0.8 + rng.normal(scale=0.002) - moved[year] for year in YEARS}
        total[area] = {
            year: share[year] * stayers[area][year] + (1 - share[year]) * newcomers[area][year] for year in YEARS
        }
    edition = HandMade(values={OUTCOME: total, "blijvers": stayers, "komers": newcomers})
    of = study(*BOTH, movers=(Movers(outcome=OUTCOME, stayers="blijvers", newcomers="komers"),))
    one = only(of, edition)
    assert one.found.effect == pytest.approx(-0.04, abs=0.01)
    assert one.found.check(CheckKind.COMPOSITION).status is CheckStatus.FAILS
    assert ThreatBecause.OTHER_PEOPLE in {threat.because for threat in one.threats}


def test_covariates_of_few_treated_areas_are_adjusted_for_by_regression():
    """Areas with more of something would have fallen anyway."""
    rng = np.random.default_rng(4)
    more = {area: 2.0 + rng.normal(scale=0.3) if area in (ONE, TWO) else rng.normal() + 1 for area in WIJKEN}
    values = noisy(WIJKEN)
    for area in WIJKEN:
        for year in YEARS:
            values[area][year] -= 0.004 * more[area] * max(year - 2009, 0)
    told = {area: {2009: value} for area, value in more.items()}
    edition = HandMade(values={OUTCOME: values, "kenmerk": told})
    plain, adjusted = (only(study(*BOTH, covariates=names), edition) for names in ((), ("kenmerk",)))
    assert abs(adjusted.found.effect) < 0.3 * abs(plain.found.effect)
    assert "kenmerk" in {one.name for one in adjusted.found.balance}


def by_score(moved: int = 0, seed: int = 3) -> tuple[Study, HandMade]:
    """Two hundred areas by score, those from 0 on treated; so many just below the threshold were let in."""
    rng = np.random.default_rng(seed)
    codes = [code for city in range(1, 11) for code in wijken(20, city=city)]
    score = dict(zip(codes, rng.uniform(-1, 1, len(codes)).tolist(), strict=True))
    let_in = sorted((code for code in codes if score[code] < 0), key=lambda code: -score[code])[:moved]
    chosen = [code for code in codes if score[code] >= 0 or code in let_in]
    values = noisy(codes, effect=dict.fromkeys(chosen, -0.05))
    for code in codes:
        values[code] = {year: value + 0.05 * score[code] for year, value in values[code].items()}
    edition = HandMade(values={OUTCOME: values, "score": {code: {2009: one} for code, one in score.items()}})
    cutoff = Cutoff(indicator="score", year=2009, threshold=0.0)
    return study(*treated(chosen), cutoff=cutoff, designs=(Design.DISCONTINUITY,)), edition


def test_a_clean_threshold_gives_the_effect():
    one = only(*by_score())
    assert one.found.inference.method is Method.LOCAL_POLYNOMIAL
    assert one.found.inference.low < -0.05 < one.found.inference.high < 0
    assert one.conclusion is Conclusion.HELPED
    assert one.grade.from_design == 4
    assert {beside.name for beside in one.alternatives} == {"half_width", "double_width", "donut", "honest"}


def test_a_threshold_that_areas_were_carried_across_is_none():
    result = ran(*by_score(moved=12))
    (one,) = result.outcomes
    assert (one.conclusion, one.refusal.reason) == (Conclusion.NO_STATEMENT, Why.INVALID_CUTOFF)
    assert one.refusal.facts["moved_across_added"] == 12
    assert set(one.refusal.facts["moved_across_areas_added"].split(", ")) <= set(result.names)
    assert one.refusal.weaker


def test_a_study_that_starts_with_the_first_whole_year_of_its_programme_starts_no_later():
    edition = programme(date(2004, 7, 1))
    one = only(study(*treated(edition.composed, 2005), programme="eigen"), edition)
    assert one.refusal.reason is Why.NO_PERIOD_BEFORE


# What kind of study it is


def test_what_never_began_cannot_have_helped():
    one = only(study(*BOTH, kind=StudyKind.PLACEBO), helped())
    assert one.conclusion is Conclusion.CHANGED


def test_a_placebo_may_be_set_where_programmes_run():
    one = only(study(*BOTH, kind=StudyKind.PLACEBO), helped(within={ONE: ("ander",)}))
    assert one.refusal is None


def test_a_description_shows_moves_between_classes_and_no_effect():
    values = {area: {2006: 2.0, 2012: 3.0 if area in (ONE, TWO) else 2.0} for area in WIJKEN}
    edition = HandMade(values={OUTCOME: values}, indicators=of_outcome(kind=Kind.ORDINAL))
    one = only(study(*BOTH, kind=StudyKind.DESCRIPTION, designs=(), candidates=None), edition)
    assert {(move.group, move.before, move.after, move.areas) for move in one.transitions} == {
        ("treated", "2", "3", 2),
        ("compared", "2", "2", 18),
    }
    assert (one.found, one.refusal, one.grade, one.p_adjusted) == (None, None, None, None)
    assert one.data.missing == 0


def test_a_context_figure_has_changed_and_not_helped():
    one = only(study(*BOTH), helped(indicators=of_outcome(direction=Direction.CONTEXT)))
    assert one.conclusion is Conclusion.CHANGED


# What a result rests on, and nothing else


@cache
def _untouched(of: Study) -> str:
    """Run a study on what helped; every example of a test is set beside the same run."""
    return to_json(run_study(of, helped(), computed_on=DAY))


def _twice(of: Study, before: HandMade, after: HandMade) -> tuple[str, str]:
    return tuple(to_json(run_study(of, edition, computed_on=DAY)) for edition in (before, after))


def test_the_same_study_on_the_same_edition_is_the_same_to_the_byte():
    of = study(*BOTH, designs=(Design.DIFFERENCES, Design.SYNTHETIC_DIFFERENCES, Design.MATCHED_DIFFERENCES))
    first, second = _twice(of, helped(), helped())
    assert first == second


@given(value=st.floats(0.01, 0.99))
@settings(max_examples=8, deadline=None)
def test_a_result_does_not_depend_on_figures_after_the_last_year(value: float):
    later = helped()
    for area in WIJKEN:
        later.values[OUTCOME][area] |= {2013: value, 2014: value}
    of = study(*BOTH, last=2012)
    assert _untouched(of) == to_json(run_study(of, later, computed_on=DAY))


@given(value=st.floats(0.01, 0.99))
@settings(max_examples=8, deadline=None)
def test_a_result_does_not_depend_on_areas_that_are_left_out(value: float):
    other = helped()
    other.values[OUTCOME][OTHERS[3]] = dict.fromkeys(YEARS, value)
    of = study(*BOTH, candidates=Candidates(level="wijk", without=(OTHERS[3],)))
    assert _untouched(of) == to_json(run_study(of, other, computed_on=DAY))


def test_what_could_be_seen_does_not_depend_on_what_happened():
    quiet = HandMade(values={OUTCOME: noisy(WIJKEN)})
    assert power_of(study(*BOTH), helped()) == power_of(study(*BOTH), quiet)
    assert power_of(study(*BOTH), quiet)[OUTCOME].smallest_visible > 0


def test_a_result_holds_the_hash_of_what_was_run_beside_what_was_registered():
    registered = Registration(by="A", on=DAY, hash="b" * 64)
    found = ran(study(*BOTH, registration=registered), helped())
    assert found.study_hash == "a" * 64
    assert json.loads(to_json(found))["study"]["registration"]["hash"] == "b" * 64
    assert not found.study.is_as_registered
    assert (found.edition, found.computed_on, found.fictional) == ("met-de-hand", DAY, True)


def test_every_area_that_a_result_names_has_a_name():
    found = ran(study(*BOTH, designs=(Design.SYNTHETIC_CONTROL,)), helped())
    (one,) = found.outcomes
    without = one.found.check(CheckKind.LEAVE_ONE_OUT).facts["without"]
    assert {*(weight.name for weight in one.found.weights), without, ONE, TWO} <= set(found.names)


# Several outcomes


def outcomes(*names: str) -> tuple[StudyOutcome, ...]:
    return tuple(StudyOutcome(indicator=name, expected=Expected.DOWN, smallest=0.001) for name in names)


@pytest.mark.parametrize("family", Family)
def test_what_is_refused_is_not_counted_among_the_outcomes(family: Family):
    values = {**helped().values, "ook": noisy(WIJKEN, seed=9), "leeg": noisy(OTHERS)}
    found = ran(study(*BOTH, outcomes=outcomes("leeg", OUTCOME, "ook"), family=family), HandMade(values=values))
    empty, moved, still = found.outcomes
    assert empty.p_adjusted is None
    assert moved.found.inference.p <= moved.p_adjusted <= 2 * moved.found.inference.p
    assert still.p_adjusted >= still.found.inference.p
    assert found.grade.level == min(moved.grade.level, still.grade.level)


def test_outcomes_without_placements_are_held_by_their_p_values():
    of, edition = by_score()
    edition.values = {**edition.values, "ook": noisy(list(edition.values[OUTCOME]), seed=8)}
    first, second = ran(replace(of, outcomes=outcomes(OUTCOME, "ook")), edition).outcomes
    assert first.p_adjusted == pytest.approx(2 * first.found.inference.p)
    assert second.p_adjusted >= second.found.inference.p


def test_biennial_figures_are_told_in_years():
    years = (2002, 2004, 2006, 2008, 2010, 2012, 2014)
    edition = HandMade(values={OUTCOME: noisy(WIJKEN, years=years, effect={ONE: GAIN, TWO: GAIN})})
    found = only(study(*BOTH, lag=1), edition).found
    assert [point.time for point in found.path if point.time >= 0] == [0, 2, 4]
    assert (found.before, found.after) == (4, 2)
