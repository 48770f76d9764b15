"""Every check that the figures allow is done, each once, and what went wrong is seen by its own check."""

from collections import Counter

import numpy as np
import pytest

from study_cases import EFFECT, case, moved
from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.checking import before_anyone_knew, checks_of
from wijkpeil.effects.composition import groups
from wijkpeil.effects.designs import COMPARING, SYNTHETIC
from wijkpeil.effects.estimating import Case, found_by

EVERYONE = {
    CheckKind.PLACEBO_IN_TIME,
    CheckKind.ANTICIPATION,
    CheckKind.BALANCE,
    CheckKind.REGRESSION_TO_THE_MEAN,
    CheckKind.LEAVE_ONE_OUT,
    CheckKind.LEAVE_ONE_CITY_OUT,
    CheckKind.CITY_SHOCK,
}


def checked(of: Case, design: Design = Design.DIFFERENCES, **parts) -> dict[CheckKind, Check]:
    checks = checks_of(found_by(design, of)[0], of, **parts)
    assert not [kind for kind, count in Counter(one.kind for one in checks).items() if count > 1]
    assert all(np.isfinite(fact) for one in checks for fact in one.facts.values() if not isinstance(fact, str))
    return {one.kind: one for one in checks}


@pytest.mark.parametrize("design", sorted(COMPARING - {Design.BEFORE_AFTER}))
def test_a_design_is_checked_in_every_way_that_fits_it(design: Design):
    kinds = set(checked(case(), design))
    assert kinds >= EVERYONE
    assert (CheckKind.PRE_TREND in kinds) is (design not in SYNTHETIC)
    assert (CheckKind.FIT_BEFORE in kinds) is (design in SYNTHETIC)
    assert (CheckKind.NEAR_OPTIMAL in kinds) is (design in SYNTHETIC)


def test_before_and_after_is_asked_only_whether_it_would_have_come_back_by_itself():
    assert set(checked(case(), Design.BEFORE_AFTER)) == {CheckKind.REGRESSION_TO_THE_MEAN}


def test_only_an_effect_that_was_found_is_asked_what_it_takes_to_lose_it():
    assert CheckKind.SENSITIVITY in checked(case())
    assert CheckKind.SENSITIVITY not in checked(case(moved(0.0, seed=2)))


def test_a_design_that_is_in_order_is_not_refuted():
    checks = checked(case())
    assert checks[CheckKind.PRE_TREND].status is CheckStatus.HOLDS
    assert checks[CheckKind.LEAVE_ONE_OUT].status is CheckStatus.HOLDS
    assert checks[CheckKind.CITY_SHOCK].status is not CheckStatus.FAILS


def test_lines_that_parted_before_the_start_are_seen():
    data = moved()
    outcome = data.outcome.copy()
    outcome[:2] += -0.6 * np.arange(10)
    checks = checked(case(data.with_outcome(outcome)))
    assert checks[CheckKind.PRE_TREND].status is CheckStatus.FAILS
    assert checks[CheckKind.PLACEBO_IN_TIME].status is CheckStatus.FAILS


def test_moving_before_the_start_is_seen_unless_it_was_foreseen():
    data = moved()
    outcome = data.outcome.copy()
    outcome[:2, 5] += EFFECT
    early = data.with_outcome(outcome)
    assert checked(case(early))[CheckKind.ANTICIPATION].status is CheckStatus.FAILS
    foreseen = checked(case(early, ahead=1))
    assert foreseen[CheckKind.ANTICIPATION].status is CheckStatus.HOLDS
    assert foreseen[CheckKind.PRE_TREND].status is CheckStatus.HOLDS


def test_before_anyone_knew_the_base_stays_where_it_was():
    early = before_anyone_knew(case(lag=1, ahead=2))
    assert set(early.panel.start.tolist()) == {4, 10}
    assert (early.lag, early.ahead) == (3, 0)


def test_a_city_that_moved_as_a_whole_is_seen():
    data = moved(0.0, areas=60)
    city = np.arange(60) % 10
    outcome = data.outcome.copy()
    outcome[(city < 2), 6:] += EFFECT
    checks = checked(case(data.with_outcome(outcome), city=city))
    assert checks[CheckKind.CITY_SHOCK].status is CheckStatus.FAILS


@pytest.mark.parametrize("design", sorted(SYNTHETIC))
def test_a_likeness_that_is_not_near_raises_a_doubt_and_one_that_is_far_gives_no_estimate(design: Design):
    """One area is as another until it goes up and down as no mean of others does."""
    data, restless = moved(treated=1, noise=0.05), np.array([1, -1, 1, -1, 1, -1])

    def with_own_ups_and_downs(size: float) -> Case:
        outcome = data.outcome.copy()
        outcome[0] = outcome[5] + EFFECT * (np.arange(10) >= 6)
        outcome[0, :6] += size * restless
        return case(data.with_outcome(outcome))

    assert checked(with_own_ups_and_downs(0.0), design)[CheckKind.FIT_BEFORE].status is CheckStatus.HOLDS
    assert checked(with_own_ups_and_downs(0.15), design)[CheckKind.FIT_BEFORE].status is CheckStatus.DOUBTFUL
    with pytest.raises(RefusedError, match="poor_fit"):
        found_by(design, with_own_ups_and_downs(0.3))


def test_people_that_came_or_went_raise_a_doubt_and_never_take_one_away():
    data = moved()
    size = data.with_outcome(moved(0.0, seed=5).outcome)
    left = data.with_outcome(moved(-3.0, seed=5).outcome)
    assert checked(case(data), size=size)[CheckKind.COMPOSITION].status is CheckStatus.NOT_POSSIBLE
    assert checked(case(data), size=left)[CheckKind.COMPOSITION].status is CheckStatus.DOUBTFUL


def test_figures_of_movers_go_before_the_number_of_people():
    data = moved()
    stayers, newcomers = data.outcome, data.outcome + 1.0
    people = groups(0.7 * stayers + 0.3 * newcomers, stayers, newcomers)
    found = checked(case(data), people=people, size=data)[CheckKind.COMPOSITION]
    assert {"stayers", "newcomers"} <= set(found.facts)
    assert found.status is CheckStatus.HOLDS


def test_a_ring_that_lost_what_was_gained_is_seen_and_one_that_is_refused_says_so():
    lost = found_by(Design.DIFFERENCES, case(moved(-EFFECT, seed=4)))[0]
    refused = Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts={})
    assert checked(case(), ring=lost)[CheckKind.DISPLACEMENT].status is CheckStatus.FAILS
    assert checked(case(), ring=refused)[CheckKind.DISPLACEMENT].status is CheckStatus.NOT_POSSIBLE
    assert CheckKind.DISPLACEMENT not in checked(case())
