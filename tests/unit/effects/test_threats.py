"""Seven threats are always listed, each with a status that the checks and the way of comparing give it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unit.effects.findings import check, checks, found, study
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.grading import ThreatBecause as Because
from wijkpeil.domain.grading import ThreatKind, ThreatStatus
from wijkpeil.domain.study import Candidates, Design, Movers
from wijkpeil.effects.designs import COMPARING
from wijkpeil.effects.threats import threats

FAILS, DOUBTFUL = CheckStatus.FAILS, CheckStatus.DOUBTFUL
OPEN, TESTED, PRESENT, EXCLUDED = (
    ThreatStatus.OPEN,
    ThreatStatus.TESTED,
    ThreatStatus.PRESENT,
    ThreatStatus.EXCLUDED,
)
WIJK = Candidates(level="wijk")


def stands(kind, *done, design=Design.DIFFERENCES, programmes=(), **traits):
    """Give the status of one threat and why."""
    listed = threats(found(*done, design=design), study(**traits), programmes=programmes)
    one = next(threat for threat in listed if threat.kind is kind)
    return one.status, one.because


def test_a_study_that_looked_at_nothing_has_every_threat_open():
    assert {threat.status for threat in threats(found(), study())} == {OPEN}


@pytest.mark.parametrize(
    ("threat", "kind"),
    [
        (ThreatKind.SELECTION, CheckKind.PRE_TREND),
        (ThreatKind.REGRESSION_TO_THE_MEAN, CheckKind.REGRESSION_TO_THE_MEAN),
        (ThreatKind.DISPLACEMENT, CheckKind.DISPLACEMENT),
        (ThreatKind.COMPOSITION, CheckKind.COMPOSITION),
        (ThreatKind.ANTICIPATION, CheckKind.ANTICIPATION),
        (ThreatKind.OTHER_SHOCKS, CheckKind.CITY_SHOCK),
    ],
)
def test_a_check_that_looks_for_a_threat_decides_how_it_stands(threat, kind):
    assert stands(threat, check(kind))[0] is TESTED
    assert stands(threat, check(kind, FAILS))[0] is PRESENT
    assert stands(threat, check(kind, DOUBTFUL)) == (OPEN, Because.TEST_UNCLEAR)
    assert stands(threat, check(kind, CheckStatus.NOT_POSSIBLE))[0] is OPEN


def test_a_threat_carries_the_facts_of_the_check_that_decided():
    listed = threats(found(check(CheckKind.DISPLACEMENT, FAILS, effect=-0.02)), study())
    assert {threat.kind: threat.facts for threat in listed}[ThreatKind.DISPLACEMENT] == {"effect": -0.02}


def test_neighbours_that_are_left_out_keep_displacement_open():
    ring = replace(WIJK, ring_km=0.5)
    assert stands(ThreatKind.DISPLACEMENT, candidates=ring) == (OPEN, Because.RING_LEFT_OUT)
    assert stands(ThreatKind.DISPLACEMENT) == (OPEN, Because.NO_RING)


def test_a_lottery_excludes_selection_return_and_other_shocks():
    for kind in (ThreatKind.SELECTION, ThreatKind.REGRESSION_TO_THE_MEAN, ThreatKind.OTHER_SHOCKS):
        assert stands(kind, design=Design.EXPERIMENT) == (EXCLUDED, Because.BY_LOT)


def test_a_cutoff_that_stands_excludes_return_and_one_that_does_not_shows_selection():
    cutoff = {"design": Design.DISCONTINUITY}
    holding = [check(CheckKind.DENSITY), check(CheckKind.COVARIATE_JUMP)]
    jumping = [check(CheckKind.DENSITY), check(CheckKind.COVARIATE_JUMP, FAILS)]
    assert stands(ThreatKind.REGRESSION_TO_THE_MEAN, *holding, **cutoff) == (EXCLUDED, Because.NEAR_CUTOFF)
    assert stands(ThreatKind.SELECTION, *holding, **cutoff) == (TESTED, Because.NEAR_CUTOFF)
    assert stands(ThreatKind.REGRESSION_TO_THE_MEAN, *jumping, **cutoff)[0] is OPEN
    assert stands(ThreatKind.SELECTION, *jumping, **cutoff) == (PRESENT, Because.CUTOFF_INVALID)


@pytest.mark.parametrize("design", [Design.BEFORE_AFTER, Design.INTERRUPTED_SERIES])
def test_without_a_comparison_most_threats_can_never_be_answered(design):
    for kind in (ThreatKind.SELECTION, ThreatKind.REGRESSION_TO_THE_MEAN, ThreatKind.OTHER_SHOCKS):
        assert stands(kind, design=design) == (OPEN, Because.NO_COMPARISON)


def test_another_programme_in_the_treated_areas_is_present_whatever_was_left_out():
    left_out = replace(WIJK, without_programmes=("zuid",))
    assert stands(ThreatKind.CONTAMINATION, candidates=left_out) == (EXCLUDED, Because.PROGRAMMES_LEFT_OUT)
    both = stands(ThreatKind.CONTAMINATION, candidates=left_out, programmes=("noord",))
    assert both == (PRESENT, Because.IN_OTHER_PROGRAMMES)


def test_years_of_anticipation_are_left_out_where_they_were_declared():
    for design in (*COMPARING, Design.INTERRUPTED_SERIES):
        left_out = stands(ThreatKind.ANTICIPATION, design=design, anticipation=1)
        assert left_out == (EXCLUDED, Because.YEARS_LEFT_OUT)


@pytest.mark.parametrize("design", sorted(set(Design) - COMPARING - {Design.INTERRUPTED_SERIES}))
def test_no_years_are_left_out_by_a_design_that_looks_at_none_before(design):
    assert stands(ThreatKind.ANTICIPATION, design=design, anticipation=1) == (OPEN, Because.NOT_TESTED)


def test_movers_are_untested_where_there_are_figures_and_unknown_where_there_are_none():
    movers = (Movers(outcome="bijstand", stayers="blijvers", newcomers="komers"),)
    assert stands(ThreatKind.COMPOSITION, movers=movers) == (OPEN, Because.NOT_TESTED)
    assert stands(ThreatKind.COMPOSITION) == (OPEN, Because.MOVERS_UNKNOWN)


def test_what_hits_a_city_hits_both_sides_of_a_comparison_within_it():
    within = replace(WIJK, same_city=True)
    assert stands(ThreatKind.OTHER_SHOCKS, candidates=within) == (EXCLUDED, Because.SAME_CITY)
    several = check(CheckKind.LEAVE_ONE_CITY_OUT)
    assert stands(ThreatKind.OTHER_SHOCKS, several) == (TESTED, Because.SEVERAL_CITIES)


def test_only_what_carries_a_design_says_something_of_selection():
    fits = check(CheckKind.FIT_BEFORE)
    assert stands(ThreatKind.SELECTION, fits, design=Design.SYNTHETIC_CONTROL) == (TESTED, Because.FITS_BEFORE)
    assert stands(ThreatKind.SELECTION, fits, design=Design.DIFFERENCES) == (OPEN, Because.NOT_TESTED)


def test_a_study_without_rules_for_its_candidates_still_has_its_threats():
    assert len(threats(found(), study(candidates=None))) == len(ThreatKind)


@given(checks(), st.sampled_from(Design))
def test_seven_threats_are_always_listed_in_order(done, design):
    assert [threat.kind for threat in threats(found(*done, design=design), study())] == list(ThreatKind)


@given(checks(), st.sampled_from(Design))
def test_a_failing_check_never_leaves_its_threat_out_of_sight(done, design):
    looked = {
        CheckKind.DISPLACEMENT: ThreatKind.DISPLACEMENT,
        CheckKind.COMPOSITION: ThreatKind.COMPOSITION,
        CheckKind.ANTICIPATION: ThreatKind.ANTICIPATION,
        CheckKind.CITY_SHOCK: ThreatKind.OTHER_SHOCKS,
        CheckKind.REGRESSION_TO_THE_MEAN: ThreatKind.REGRESSION_TO_THE_MEAN,
    }
    status = {threat.kind: threat.status for threat in threats(found(*done, design=design), study())}
    for one in done:
        if one.status is FAILS and one.kind in looked:
            assert status[looked[one.kind]] is PRESENT


@given(checks(), st.sampled_from(Design))
def test_nothing_is_tested_that_no_check_looked_at(done, design):
    possible = [one for one in done if one.status is CheckStatus.HOLDS]
    seen = [threat for threat in threats(found(*done, design=design), study()) if threat.status is TESTED]
    assert len(seen) <= len(possible)
