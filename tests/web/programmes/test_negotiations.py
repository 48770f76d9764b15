"""People negotiate in whatever order; what was signed stays what it was, and every change leaves one line."""

from datetime import date, timedelta

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import agreements, items
from wijkpeil.web.programmes.acting import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.agreements import Treatment
from wijkpeil.web.programmes.budgets import bridge
from wijkpeil.web.programmes.models import Agreement, Item
from wijkpeil.web.programmes.withdrawing import withdraw


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def wording(agreement):
    """Everything that parties put their names under."""
    whole = fresh(agreement)
    said = [
        (one.what, one.partner_id, one.budget_cents, one.due, one.evidence_needed, one.reason_class, one.why)
        for one in whole.items.order_by("pk")
    ]
    return whole.title, whole.text, whole.valid_to, sorted(whole.parties), said


class Negotiations(RuleBasedStateMachine):
    make_world = None
    """Set by the test: the world in which people act."""

    def __init__(self):
        super().__init__()
        self.before = transaction.savepoint()
        self.world = type(self).make_world()
        self.partners = [self.world.partner("Woningbouw"), self.world.partner("Gemeente")]
        self.now = fresh(self.world.agreement(*self.partners))
        self.signed: dict[int, object] = {}
        self.lines = Line.objects.count()

    def teardown(self):
        transaction.savepoint_rollback(self.before)

    def tried(self, verb, *arguments, **named):
        try:
            verb(*arguments, **named)
        except (NotNowError, ForbiddenError, HiddenError, ChangedMeanwhileError):
            assert Line.objects.count() == self.lines
        else:
            self.lines += 1
        for one in Agreement.objects.all():
            if one.is_frozen and one.pk not in self.signed:
                self.signed[one.pk] = wording(one)

    @property
    def latest(self):
        return Agreement.objects.exclude(state="withdrawn").latest("number")

    @rule(text=st.sampled_from(["A", "B"]))
    def change(self, text):
        one = self.latest
        self.tried(agreements.change, one, {"title": text}, by=self.world["coordinator"], reason="", seen=one.version)

    @precondition(lambda self: self.latest.items.exists())
    @rule(cents=st.integers(0, 100), reason=st.sampled_from(["", "revised", "no_result"]))
    def change_item(self, cents, reason):
        item = self.latest.items.order_by("pk").first()
        values = {"budget_cents": cents, "reason_class": reason, "why": "omdat"}
        self.tried(items.change, item, values, by=self.world["coordinator"], reason="", seen=item.version)

    @rule()
    def add_item(self):
        item = Item(
            agreement=self.latest, what="Nog iets", partner=self.partners[1], due=date(2027, 1, 1), budget_cents=7
        )
        self.tried(items.add, item, by=self.world["coordinator"])

    @rule()
    def submit(self):
        one = self.latest
        self.tried(agreements.submit, one, by=self.world["coordinator"], reason="", seen=one.version)

    @rule(place=st.integers(0, 1))
    def sign(self, place):
        one, partner = self.latest, self.partners[place]
        self.tried(agreements.sign, one, partner, by=self.world[partner.name], seen=one.version)

    @rule()
    def all_sign(self):
        """A road that chance alone seldom takes to its end."""
        self.submit()
        self.sign(0)
        self.sign(1)

    @rule()
    def publish(self):
        one = self.latest
        self.tried(agreements.publish, one, by=self.world["minister"], reason="", seen=one.version)

    @precondition(lambda self: self.latest.number > 1)
    @rule(who=st.sampled_from(["coordinator", "manager", "Woningbouw"]))
    def withdraw(self, who):
        one = self.latest
        self.tried(withdraw, one, by=self.world[who], reason="x", seen=one.version)

    @rule(status=st.sampled_from(["kept", "late", "partly"]))
    def find(self, status):
        item = Item.objects.order_by("-pk").first()
        self.tried(items.find, item, status, "gezien", by=self.world["reviewer"], seen=item.version)

    @rule()
    def report(self):
        item = Item.objects.order_by("-pk").first()
        before = item.state
        self.tried(items.report, item, "kept", "klaar", by=self.world[item.partner.name], seen=item.version)
        assert fresh(item).state == before

    @rule()
    def end(self):
        item = Item.objects.order_by("pk").first()
        self.tried(items.end, item, "secured", by=self.world["manager"], reason="x", seen=item.version)

    @precondition(lambda self: self.latest.number < 4)
    @rule(outcome=st.sampled_from(["", "no_result", "revised", "postponed"]))
    def renegotiate(self, outcome):
        one = self.latest
        treatments = {
            item.key: Treatment(reason_class=outcome, why="omdat", due=item.due + timedelta(days=90))
            if outcome == "postponed"
            else Treatment(reason_class=outcome, why="omdat" if outcome else "")
            for item in one.items.filter(state__in=["agreed", "underway", "late"])
        }
        self.tried(agreements.renegotiate, one, treatments, by=self.world["coordinator"], reason="x", seen=one.version)

    @invariant()
    def what_was_signed_stays_what_it_was(self):
        for pk, said in self.signed.items():
            assert wording(Agreement.objects.get(pk=pk)) == said

    @invariant()
    def one_version_holds_and_it_adds_up_with_the_one_before(self):
        assert Agreement.objects.filter(state="published").count() <= 1
        for one in Agreement.objects.exclude(replaces=None):
            found = bridge(one.replaces.items.all(), one.items.all())
            moved = found.finished + found.released + found.changed + found.added
            assert found.before.cents + moved == found.after.cents

    @invariant()
    def every_change_left_one_line(self):
        assert Line.objects.count() == self.lines


def test_in_whatever_order_people_do_things_what_was_signed_stays_and_every_change_leaves_one_line(world):
    run_state_machine_as_test(
        type("Here", (Negotiations,), {"make_world": type(world)}),
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
