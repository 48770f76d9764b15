"""A measure is fixed when it is approved, what it made is checked by somebody else, and it ends with a reason."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import measures, partners
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.models import Measure, Output, Partner
from wijkpeil.web.programmes.withdrawing import withdraw

STOPPED = date(2026, 1, 1)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def output(**values) -> Output:
    return Output(
        **{"year": 2025, "what": "Trajecten", "quantity": 12, "unit": "jongeren", "source": "Register"} | values
    )


@pytest.fixture
def running(world, corporation) -> Measure:
    return world.running(corporation)


def report(world, measure, who="Woningbouw", **values):
    return measures.report(measure, output(**values), by=world[who], seen=measure.version)


def test_a_partner_adds_its_own_measure_and_no_other(world, corporation, municipality):
    values = {"name": "n", "aim": "a", "mechanism": "m", "theme": "werken", "started": STOPPED}
    measures.add(Measure(**world.place, partner=corporation, **values), by=world["Woningbouw"])
    with pytest.raises(HiddenError):
        measures.add(Measure(**world.place, partner=municipality, **values), by=world["Woningbouw"])


def test_who_wrote_it_does_not_approve_it(world, corporation):
    draft = fresh(world.measure(corporation))
    Grant.objects.create(account=world["coordinator"], role="manager", programme=world.programme)
    with pytest.raises(NotNowError, match="zelf"):
        measures.approve(draft, by=world["coordinator"], reason="", seen=draft.version)


def test_who_wrote_in_a_draft_of_somebody_else_does_not_approve_it_either(world, corporation):
    made = world.measure(corporation)
    manager = world["manager"]
    Grant.objects.create(account=manager, role=Role.COORDINATOR, programme=world.programme)
    both = Account.objects.get(pk=manager.pk)
    measures.change(made, {"aim": "Iets heel anders"}, by=both, reason="Beter", seen=made.version)
    with pytest.raises(NotNowError, match="zelf hebt gemaakt"):
        measures.approve(fresh(made), by=both, reason="Goed", seen=fresh(made).version)


def test_a_version_that_is_yet_to_come_writes_nothing_over_what_somebody_else_makes(world, corporation):
    made = world.measure(corporation)
    stale = fresh(made)
    measures.change(made, {"aim": "Van een ander"}, by=world["coordinator"], reason="Beter", seen=made.version)
    with pytest.raises(ChangedMeanwhileError):
        measures.change(stale, {"name": "x"}, by=world["coordinator"], reason="Snel", seen=stale.version + 1)
    assert fresh(made).aim == "Van een ander"


def test_what_it_should_move_is_fixed_before_the_outcome_is_known(world, running):
    with pytest.raises(NotNowError):
        measures.change(running, {"lag": 9}, by=world["coordinator"], reason="", seen=running.version)
    assert fresh(running).lag == 1


def test_a_cost_is_never_less_than_nothing(world, corporation):
    with pytest.raises(NotNowError, match="nul"):
        world.measure(corporation, cost_cents=-1)
    assert not Measure.objects.exists()


def test_an_output_is_unchecked_until_somebody_else_looked(world, running):
    made = report(world, running)
    assert fresh(made).checked_by is None
    measures.check(fresh(running), made, by=world["reviewer"], seen=fresh(running).version)
    assert fresh(made).checked_by == world["reviewer"]


def test_nobody_checks_an_output_of_his_own_or_of_his_party(world, running, corporation):
    made = report(world, running)
    now = fresh(running)
    with pytest.raises(ForbiddenError):
        measures.check(now, made, by=world["Woningbouw"], seen=now.version)
    Grant.objects.create(account=world["Woningbouw"], role="reviewer", programme=world.programme)
    Grant.objects.create(account=world["reviewer"], role="partner", programme=world.programme, party=corporation.pk)
    for who in ("Woningbouw", "reviewer"):
        now = fresh(running)
        with pytest.raises(NotNowError, match="zelf partij"):
            measures.check(now, made, by=world[who], seen=now.version)
    assert fresh(made).checked_by is None


def test_an_output_is_checked_once_and_belongs_to_its_measure(world, running, corporation):
    made = report(world, running)
    other = world.running(corporation, name="Iets anders")
    with pytest.raises(Output.DoesNotExist):
        measures.check(other, made, by=world["reviewer"], seen=other.version)
    measures.check(fresh(running), made, by=world["reviewer"], seen=fresh(running).version)
    with pytest.raises(NotNowError, match="al nagekeken"):
        measures.check(fresh(running), made, by=world["reviewer"], seen=fresh(running).version)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"quantity": -1}, "nul of meer"),
        ({"quantity": float("nan")}, "nul of meer"),
        ({"quantity": float("inf")}, "nul of meer"),
        ({"year": 2023}, "liep in dat jaar"),
        ({"source": " "}, "Zonder bron"),
    ],
)
def test_an_output_that_cannot_be_is_refused(world, running, values, match):
    with pytest.raises(NotNowError, match=match):
        report(world, running, **values)
    assert not Output.objects.exists()


@pytest.mark.parametrize("end_class", ["no_result", "postponed", "completed"])
def test_it_ends_with_a_class_and_a_reason(world, running, end_class):
    measures.end(running, end_class, by=world["manager"], reason="Zo is het", seen=running.version, on=STOPPED)
    now = fresh(running)
    assert (now.state, now.end_class, now.ended, now.ended_because) == ("ended", end_class, STOPPED, "Zo is het")


@pytest.mark.parametrize(
    ("end_class", "reason", "on", "match"),
    [
        ("secured", "x", STOPPED, "geborgd"),
        ("completed", " ", STOPPED, "waarom"),
        ("completed", "x", date(2024, 2, 29), "voordat hij begon"),
        ("unknown", "x", STOPPED, "hoe de maatregel"),
    ],
)
def test_it_does_not_end_otherwise(world, running, end_class, reason, on, match):
    with pytest.raises(NotNowError, match=match):
        measures.end(running, end_class, by=world["manager"], reason=reason, seen=running.version, on=on)
    assert fresh(running).state == "approved"


def test_a_partner_does_not_end_what_it_does_itself(world, running):
    with pytest.raises(ForbiddenError):
        measures.end(running, "completed", by=world["Woningbouw"], reason="x", seen=running.version, on=STOPPED)


def test_a_partners_name_is_used_once_in_a_city(world, corporation):
    again = Partner(programme=world.programme, city=world.city, area=world.area, name="Woningbouw", kind="other")
    with pytest.raises(NotNowError, match="deze naam"):
        partners.add(again, by=world["manager"])
    assert Partner.objects.count() == 1


def test_only_the_manager_changes_a_partner(world, corporation):
    Partner.objects.filter(pk=corporation.pk).update(area=world.area)
    mine = fresh(corporation)
    with pytest.raises(ForbiddenError):
        partners.change(mine, {"name": "Ander"}, by=world["Woningbouw"], reason="", seen=mine.version)
    partners.change(mine, {"name": "Ander"}, by=world["manager"], reason="", seen=mine.version)
    assert fresh(corporation).name == "Ander"


class Anybody(RuleBasedStateMachine):
    """Anybody does anything to one measure."""

    make_world = None
    """Set by the test: the world in which people act."""

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint()
        self.world = type(self).make_world()
        self.measure = self.world.measure(self.world.partner("Woningbouw"))
        self.lines, self.approved, self.end_said = Line.objects.count(), None, None

    def teardown(self):
        transaction.savepoint_rollback(self.before)

    def tried(self, verb, *arguments, **named):
        now = fresh(self.measure)
        try:
            verb(now, *arguments, seen=now.version, **named)
        except (NotNowError, ForbiddenError, HiddenError, ChangedMeanwhileError):
            assert Line.objects.count() == self.lines
        else:
            self.lines += 1

    who = st.sampled_from(["coordinator", "manager", "reviewer", "Woningbouw", "reader", "minister", "auditor"])

    @rule(who=who, lag=st.integers(1, 5))
    def change(self, who, lag):
        self.tried(measures.change, {"lag": lag}, by=self.world[who], reason="")

    @rule(who=who)
    def approve(self, who):
        self.tried(measures.approve, by=self.world[who], reason="")

    @rule(who=who)
    def withdraw(self, who):
        self.tried(withdraw, by=self.world[who], reason="x")

    @rule(who=who, quantity=st.floats())
    def report(self, who, quantity):
        self.tried(measures.report, output(quantity=quantity), by=self.world[who])

    @rule(who=who)
    def check(self, who):
        made = Output.objects.first()
        if made is not None:
            self.tried(measures.check, made, by=self.world[who])

    @rule(who=who, end_class=st.sampled_from(["secured", "completed", "x"]), where=st.sampled_from(["", "Gemeente"]))
    def end(self, who, end_class, where):
        self.tried(measures.end, end_class, by=self.world[who], reason="x", on=STOPPED, secured_at=where)

    @invariant()
    def what_was_approved_stays_and_ends_once(self):
        now = fresh(self.measure)
        assert now.state != "withdrawn" or (now.approved_by is None and not self.approved)
        if now.state not in {"draft", "withdrawn"}:
            self.approved = self.approved or measures.written(now)
            assert measures.written(now) == self.approved
            assert now.approved_by_id not in {None, now.author_id}
        if now.state == "ended":
            said = (now.end_class, now.ended_because, now.secured_at)
            self.end_said = self.end_said or said
            assert said == self.end_said
            assert now.secured_at or now.end_class != "secured"

    @invariant()
    def nobody_checked_what_he_reported(self):
        assert all(one.checked_by_id != one.by_id for one in Output.objects.all())

    @invariant()
    def every_change_left_one_line(self):
        assert Line.objects.count() == self.lines


def test_in_whatever_order_people_do_things_a_measure_stays_what_was_approved(world):
    run_state_machine_as_test(
        type("Here", (Anybody,), {"make_world": type(world)}),
        settings=settings(
            max_examples=20, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
