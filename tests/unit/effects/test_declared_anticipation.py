"""Years in which people may have acted on it already are left out by every design, and held against none."""

from dataclasses import replace

import numpy as np
import pytest

from plain_differences import restless
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.study import Design
from wijkpeil.effects.checking import checks_of
from wijkpeil.effects.designs import COMPARING
from wijkpeil.effects.estimating import Case, before_anyone_knew, found_by
from wijkpeil.effects.grade import is_refuted
from wijkpeil.effects.interrupted import interrupted
from wijkpeil.effects.panel import panel

TRUTH = 3.0
EARLY = (CheckKind.PRE_TREND, CheckKind.PLACEBO_IN_TIME, CheckKind.ANTICIPATION)


def told_early(ahead: int, seed: int = 3) -> Case:
    """Five areas treated from the ninth period on, in which people rush to it two periods sooner."""
    starts = np.full(60, 12)
    starts[:5] = 8
    outcome = restless(seed, 5).outcome.copy()
    outcome[:5, 6:8] += 5.0
    outcome[:5, 8:] += TRUTH
    data = panel(outcome, starts, periods=range(2000, 2012))
    return Case(panel=data, city=np.arange(60) % 6, lag=0, ahead=ahead, draws=199, seed=1)


def mean_effect(design: Design, ahead: int) -> float:
    """The mean over eight countries, so that chance counts for little."""
    cases = (replace(told_early(ahead, seed), draws=19) for seed in (1, 2, 3, 4, 5, 6, 7, 8))
    return float(np.mean([found_by(design, one)[0].effect for one in cases]))


def statuses(case: Case, design: Design) -> dict[CheckKind, CheckStatus]:
    found, _ = found_by(design, case)
    checks = checks_of(found, case)
    assert is_refuted(design, checks) is (case.ahead == 0)
    return {check.kind: check.status for check in checks}


@pytest.mark.parametrize("design", sorted(COMPARING))
def test_every_design_finds_the_truth_where_the_years_were_declared(design: Design):
    assert mean_effect(design, ahead=2) == pytest.approx(TRUTH, abs=0.4)


@pytest.mark.parametrize("design", [Design.TWO_WAY, Design.DIFFERENCES, Design.IMPUTATION])
def test_and_too_little_where_they_were_not(design: Design):
    assert mean_effect(design, ahead=0) < TRUTH - 0.5


@pytest.mark.parametrize("design", sorted(COMPARING))
def test_what_is_told_of_years_counts_from_the_real_start(design: Design):
    found, _ = found_by(design, told_early(2))
    assert (found.before, found.after) == (8, 4)
    assert [point.time for point in found.path][-6:] == [-2, -1, 0, 1, 2, 3]
    early = {point.time: point.effect for point in found.path}
    assert early[-2] > 1.0 > abs(early[-4])
    assert all(line.times[-1] == 3 for line in found.placebo_paths)
    assert {row.name for row in found.balance if "@" in row.name} == {f"level@{year}" for year in range(2000, 2006)}


@pytest.mark.parametrize("design", sorted(COMPARING - {Design.BEFORE_AFTER}))
def test_declared_anticipation_never_refutes_the_study_that_declared_it(design: Design):
    case = told_early(2)
    checks = checks_of(found_by(design, case)[0], case)
    assert not is_refuted(design, checks)
    failing = {check.kind for check in checks if check.status is CheckStatus.FAILS}
    assert not failing & {*EARLY, CheckKind.FIT_BEFORE}


def test_one_line_of_its_own_leaves_the_same_years_out():
    case = told_early(2)
    alone = panel(case.panel.outcome[:1] * np.linspace(1, 1.1, 12), case.panel.start[:1], periods=range(2000, 2012))
    spoiled = alone.outcome.copy()
    spoiled[:, 6:8] += 40.0
    one, other = (interrupted(each, ahead=2) for each in (alone, alone.with_outcome(spoiled)))
    assert one.effect == other.effect
    assert [point.time for point in one.path] == [*range(-8, -2), 0, 1, 2, 3]
    assert (one.before, one.after) == (6, 4)
    assert interrupted(alone.with_outcome(spoiled)).effect != pytest.approx(one.effect, abs=1.0)


def test_declared_anticipation_is_no_drift_of_the_lines():
    found, _ = found_by(Design.DIFFERENCES, told_early(2))
    checks = checks_of(found, told_early(2))
    told = {check.kind: check.facts for check in checks}[CheckKind.SENSITIVITY]
    assert told["breakdown"] > 0.4 and told["effect"] == pytest.approx(found.effect, rel=0.3)


@pytest.mark.parametrize("design", [Design.DIFFERENCES, Design.IMPUTATION])
def test_anticipation_that_nobody_declared_is_still_seen(design):
    silent = statuses(told_early(0), design)
    assert CheckStatus.FAILS in {silent[kind] for kind in EARLY}


def test_without_declared_years_nothing_moves():
    case = told_early(0)
    same = before_anyone_knew(case)
    assert (same.panel.start == case.panel.start).all() and same.lag == case.lag
