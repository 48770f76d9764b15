"""Years in which people may have acted on it already are not held against a study that leaves them out."""

import numpy as np
import pytest

from plain_differences import restless
from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.domain.study import Design
from wijkpeil.effects.checking import before_anyone_knew, checks_of
from wijkpeil.effects.estimating import Case, found_by
from wijkpeil.effects.grade import is_refuted
from wijkpeil.effects.panel import panel

EARLY = (CheckKind.PRE_TREND, CheckKind.PLACEBO_IN_TIME, CheckKind.ANTICIPATION)


def told_early(ahead: int) -> Case:
    """Five areas treated from the ninth period on, in which the effect is there two periods sooner."""
    starts = np.full(60, 12)
    starts[:5] = 8
    outcome = restless(3, 5).outcome.copy()
    outcome[:5, 6:] += 3.0
    return Case(panel=panel(outcome, starts), city=np.arange(60) % 6, lag=0, ahead=ahead, draws=199, seed=1)


def statuses(case: Case, design: Design) -> dict[CheckKind, CheckStatus]:
    found, _ = found_by(design, case)
    checks = checks_of(found, case)
    assert is_refuted(design, checks) is (case.ahead == 0)
    return {check.kind: check.status for check in checks}


@pytest.mark.parametrize("design", [Design.DIFFERENCES, Design.IMPUTATION])
def test_declared_anticipation_never_refutes_the_study_that_declared_it(design):
    declared = statuses(told_early(2), design)
    assert all(declared[kind] is not CheckStatus.FAILS for kind in EARLY)


def test_declared_anticipation_is_no_drift_of_the_lines():
    found, _ = found_by(Design.DIFFERENCES, told_early(2))
    checks = checks_of(found, told_early(2))
    told = {check.kind: check.facts for check in checks}[CheckKind.SENSITIVITY]
    assert told["breakdown"] > 0.4 and told["effect"] == pytest.approx(found.effect, rel=0.3)


@pytest.mark.parametrize("design", [Design.DIFFERENCES, Design.IMPUTATION])
def test_anticipation_that_nobody_declared_is_still_seen(design):
    silent = statuses(told_early(0), design)
    assert CheckStatus.FAILS in {silent[kind] for kind in EARLY}


def test_the_base_stays_where_it_was():
    case = told_early(2)
    early = before_anyone_knew(case)
    same = early.comparing(Design.DIFFERENCES).estimate(early.panel, lag=early.lag).effect
    assert same == pytest.approx(case.comparing(Design.DIFFERENCES).estimate(case.panel).effect)
