"""Decisions: on two named sources, after a talk with residents, by somebody else; what they rest on is kept."""

import contextlib
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from wijkpeil.domain.verdict import Verdict
from wijkpeil.web.programmes import decisions, talks
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.decision_policy import standing
from wijkpeil.web.programmes.models import Decision, Ground, Participant, Talk
from wijkpeil.web.programmes.models.decision import Course
from wijkpeil.web.programmes.proposal import BOTH, Judged, Level, propose
from wijkpeil.web.programmes.withdrawing import withdraw

pytestmark = pytest.mark.django_db
JUDGED = [
    Judged(indicator=f"i{place}", comparator=beside, level=Level.NOT_BEHIND, verdict=Verdict.CATCHING_UP)
    for beside in BOTH
    for place in range(4)
]
TALKED, DECIDED = date(2026, 3, 2), date(2026, 4, 1)


def grounds(count=2):
    names = ["Analyse van het CBS", "Visitatie 2026", "Stadsmonitor"]
    return [Ground(name=name, says="De wijk loopt in.") for name in names[:count]]


def talk(world, residents=True, **elsewhere):
    there = [Participant(name="A", role="bewoner" if residents else "gemeente", is_resident=residents)]
    return talks.add(Talk(**{**world.place, **elsewhere}, on=TALKED), there, by=world.somebody("manager", area=""))


def prepared(world, course=Course.WIND_DOWN, count=2, talked=None, **more):
    words = {"why": "De wijk staat er goed voor.", "returns_when": "Als de wijk weer terugvalt."} | more
    made = Decision(**world.place, course=course, talk=talked, **words)
    return decisions.add(
        made, grounds(count), edition="2026-11", judged=JUDGED, proposal=propose(JUDGED, []), by=world["manager"]
    )


def taken(world, course=Course.WIND_DOWN, on=DECIDED, **more):
    made = prepared(world, course, talked=talk(world), **more)
    decisions.submit(made, by=world["manager"], reason="", seen=made.version)
    decisions.decide(made, on=on, by=world["minister"], reason="", seen=made.version)
    return made


def test_a_decision_with_two_sources_and_a_talk_with_residents_is_taken_and_public(world):
    made = taken(world)
    assert made.is_public
    assert standing(world.programme, world.area) == made
    decisions.inform(made, on=DECIDED, paper="30995-99", by=world["minister"], reason="", seen=made.version)
    assert Decision.objects.get().parliament_informed_on == DECIDED


@pytest.mark.parametrize("count", [0, 1])
@pytest.mark.parametrize("course", [Course.WIND_DOWN, Course.CONTINUE, Course.INTENSIFY])
def test_on_fewer_than_two_sources_nothing_is_decided(world, course, count):
    made = prepared(world, course, count, talk(world))
    with pytest.raises(NotNowError, match="minstens twee bronnen"):
        decisions.submit(made, by=world["manager"], reason="", seen=made.version)


def test_the_same_source_twice_is_one(world):
    twice = [Ground(name="Analyse van het CBS", says="a"), Ground(name=" analyse van het  cbs", says="b")]
    with pytest.raises(NotNowError, match="dezelfde bron"):
        decisions.add(
            Decision(**world.place, course=Course.CONTINUE),
            twice,
            edition="e",
            judged=JUDGED,
            proposal=propose(JUDGED, []),
            by=world["manager"],
        )


@pytest.mark.parametrize("residents", [None, False])
def test_without_a_talk_with_residents_nothing_is_wound_down(world, residents):
    made = prepared(world, talked=None if residents is None else talk(world, residents))
    with pytest.raises(NotNowError, match="gesprek waar bewoners bij waren"):
        decisions.submit(made, by=world["manager"], reason="", seen=made.version)


def test_a_talk_about_another_neighbourhood_does_not_count(world):
    made = prepared(world, talked=talk(world, area="wijkaanpak.elders"))
    with pytest.raises(NotNowError, match="een andere wijk"):
        decisions.submit(made, by=world["manager"], reason="", seen=made.version)


def test_winding_down_says_when_the_neighbourhood_returns(world):
    made = prepared(world, talked=talk(world), returns_when=" ")
    with pytest.raises(NotNowError, match="wanneer de wijk terugkeert"):
        decisions.submit(made, by=world["manager"], reason="", seen=made.version)


def test_who_prepared_a_decision_does_not_take_it(world):
    both = world.somebody("manager")
    world.people["manager"] = both
    type(both.grants.get()).objects.create(account=both, role="minister", programme=world.programme, city="", area="")
    made = prepared(world, talked=talk(world))
    decisions.submit(made, by=world["manager"], reason="", seen=made.version)
    with pytest.raises(NotNowError, match="zelf hebt gemaakt"):
        decisions.decide(made, on=DECIDED, by=world["manager"], reason="", seen=made.version)


def test_the_rules_are_looked_at_again_when_the_decision_is_taken(world):
    made = prepared(world, talked=talk(world))
    decisions.submit(made, by=world["manager"], reason="", seen=made.version)
    made.talk.participants.update(is_resident=False)
    with pytest.raises(NotNowError, match="bewoners"):
        decisions.decide(made, on=DECIDED, by=world["minister"], reason="", seen=made.version)


def test_what_was_decided_changes_no_more_and_neither_does_its_talk(world):
    made = taken(world)
    with pytest.raises(NotNowError):
        decisions.change(made, {"why": "anders"}, by=world["manager"], reason="", seen=made.version)
    with pytest.raises(NotNowError, match="rust een besluit"):
        talks.change(made.talk, {"minutes": "x"}, by=world["manager"], reason="", seen=made.talk.version)


def test_a_released_neighbourhood_returns_only_by_a_decision_to_return(world):
    taken(world)
    later = prepared(world, Course.INTENSIFY, talked=talk(world))
    with pytest.raises(NotNowError, match="komt alleen terug"):
        decisions.submit(later, by=world["manager"], reason="", seen=later.version)
    back = taken(world, Course.RETURN, on=DECIDED + timedelta(days=1))
    assert standing(world.programme, world.area) == back


def test_a_neighbourhood_that_never_left_cannot_return(world):
    made = prepared(world, Course.RETURN, talked=talk(world))
    with pytest.raises(NotNowError, match="die is afgebouwd"):
        decisions.submit(made, by=world["manager"], reason="", seen=made.version)


def test_days_that_are_yet_to_come_or_lie_before_the_talk_are_refused(world):
    made = prepared(world, talked=talk(world))
    decisions.submit(made, by=world["manager"], reason="", seen=made.version)
    for day, said in ((timezone.localdate() + timedelta(days=1), "moet nog komen"), (date(2026, 1, 1), "ligt voor")):
        with pytest.raises(NotNowError, match=said):
            decisions.decide(Decision.objects.get(), on=day, by=world["minister"], reason="", seen=made.version)


def test_a_decision_keeps_the_edition_the_verdicts_and_the_proposal_it_was_based_on(world):
    kept = Decision.objects.get(pk=taken(world).pk)
    assert (kept.edition, kept.proposal) == ("2026-11", "wind_down")
    assert [one["verdict"] for one in kept.verdicts] == ["catching_up"] * 8
    assert kept.proposal_record == propose(JUDGED, []).record()


def test_a_draft_is_hidden_from_who_may_not_read_it(world):
    made = prepared(world, talked=talk(world))
    with pytest.raises(HiddenError):
        decisions.submit(made, by=world["residents"], reason="", seen=made.version)
    with pytest.raises(ForbiddenError):
        decisions.submit(made, by=world["coordinator"], reason="", seen=made.version)
    with pytest.raises(ChangedMeanwhileError):
        decisions.submit(made, by=world["manager"], reason="", seen=made.version - 1)


def require_enough():
    for one in Decision.objects.filter(state="decided"):
        assert one.grounds.count() >= 2
        assert one.course in {"wind_down", "continue", "intensify", "return"}
        if one.course == Course.RETURN:
            assert Decision.objects.filter(state="decided", course=Course.WIND_DOWN, pk__lt=one.pk).exists()
        if one.course == Course.WIND_DOWN:
            assert one.talk is not None and one.talk.had_residents and one.returns_when


def test_however_one_clicks_nothing_is_wound_down_without_two_sources_and_a_talk(world):
    """A machine that tries everything in every order, as the manager and as the ministry."""
    talked = [None, talk(world, residents=False), talk(world)]
    manager, minister = world["manager"], world["minister"]

    class Clicking(RuleBasedStateMachine):
        def __init__(self):
            super().__init__()
            self.before = transaction.savepoint()
            self.made = prepared(world, count=0)

        def teardown(self):
            transaction.savepoint_rollback(self.before)

        def tried(self, verb, *given, **named):
            now = Decision.objects.get(pk=self.made.pk)
            with contextlib.suppress(NotNowError):
                verb(now, *given, seen=now.version, **{"reason": "", **named})

        @rule(
            course=st.sampled_from([*Course]),
            place=st.integers(0, 2),
            count=st.integers(0, 3),
            when=st.sampled_from(["", "x"]),
        )
        def change(self, course, place, count, when):
            values = {"course": course, "talk": talked[place], "returns_when": when}
            self.tried(decisions.change, values, grounds(count), by=manager)

        @rule()
        def submit(self):
            self.tried(decisions.submit, by=manager)

        @rule()
        def decide(self):
            self.tried(decisions.decide, on=DECIDED, by=minister)

        @rule()
        def withdraw(self):
            self.tried(withdraw, by=manager, reason="x")

        @rule()
        def begin_again(self):
            self.made = prepared(world, count=0)

        @invariant()
        def nothing_is_decided_without_its_grounds(self):
            require_enough()

    run_state_machine_as_test(
        Clicking,
        settings=settings(
            max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
