"""Taking back a draft: it is never public, those who could read it still can, and nothing stands in its way after."""

from datetime import date

import pytest

from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import agreements, ambitions, decisions, promises, visitations
from wijkpeil.web.programmes.acting import ForbiddenError, HiddenError, NotNowError, is_visible
from wijkpeil.web.programmes.agreements import Treatment
from wijkpeil.web.programmes.dashboard import dashboard
from wijkpeil.web.programmes.dossier import dossier
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Item,
    Measure,
    Promise,
    Review,
    Visitation,
)
from wijkpeil.web.programmes.proposal import propose
from wijkpeil.web.programmes.states import AMBITION, MEASURE
from wijkpeil.web.programmes.visible import visible
from wijkpeil.web.programmes.withdrawing import STEPS, withdraw

DAY = date(2026, 1, 5)
WRITERS = {
    "ambition": "residents",
    "agreement": "coordinator",
    "measure": "coordinator",
    "visitation": "reviewer",
    "review": "reviewer",
    "decision": "manager",
    "promise": "minister",
}


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def draft(kind, world, partners):
    """Make a draft of a kind, by whoever writes those."""
    by, place = world[WRITERS[kind]], world.place
    makers = {
        "ambition": lambda: ambitions.add(Ambition(**place, theme="werken", words="w", satisfied_when="s"), by=by),
        "agreement": lambda: world.agreement(*partners),
        "measure": lambda: world.measure(partners[0]),
        "visitation": lambda: visitations.add(Visitation(**place, committee="c", on=DAY, findings="f"), by=by),
        "review": lambda: visitations.add(Review(**place, study="s", committee="c", verdict="v"), by=by),
        "decision": lambda: decisions.add(
            Decision(**place, course="continue", why="w"), [], edition="e", judged=[], proposal=propose([], []), by=by
        ),
        "promise": lambda: promises.add(Promise(**place, kind="motion", paper="p", text="t", due=DAY), by=by),
    }
    return makers[kind]()


@pytest.mark.parametrize("kind", WRITERS)
def test_a_draft_that_is_withdrawn_is_never_public_and_the_auditor_still_reads_it(
    world, corporation, municipality, kind
):
    thing = fresh(draft(kind, world, (corporation, municipality)))
    by, lines = world[WRITERS[kind]], world.written()
    with pytest.raises(NotNowError, match="waarom"):
        withdraw(thing, by=by, reason=" ", seen=thing.version)
    thing = fresh(thing)
    withdraw(thing, by=by, reason="Het stond er al", seen=thing.version)
    now = fresh(thing)
    assert (now.state, now.withdrawn_because, now.get_state_display()) == (
        "withdrawn",
        "Het stond er al",
        "ingetrokken",
    )
    assert world.written() == lines + 1
    assert Line.objects.order_by("number").last().verb == "withdraw"
    assert not is_visible(now, None)
    assert not visible(type(now), world.programme, None).exists()
    assert now in visible(type(now), world.programme, world["auditor"])
    with pytest.raises(NotNowError):
        withdraw(now, by=by, reason="nog eens", seen=now.version)
    assert all(("withdrawn", verb) not in steps for steps in STEPS.values() for _, verb in steps)


def test_who_may_not_change_a_draft_does_not_withdraw_it(world, corporation, municipality):
    one = fresh(world.agreement(corporation, municipality))
    for who, refusal in (("residents", ForbiddenError), ("reader", HiddenError), ("minister", ForbiddenError)):
        with pytest.raises(refusal):
            withdraw(one, by=world[who], reason="weg", seen=one.version)
    assert fresh(one).state == "draft"


def test_what_is_approved_or_signed_is_not_withdrawn(world, corporation, municipality):
    for one in (world.running(corporation), world.sign(world.agreement(corporation, municipality))):
        with pytest.raises(NotNowError):
            withdraw(one, by=world["coordinator"], reason="weg", seen=one.version)
    assert ("approved", "withdraw") not in {(str(state), str(verb)) for state, verb in (*AMBITION, *MEASURE)}


def test_a_next_version_that_was_withdrawn_makes_room_for_another(world, corporation, municipality):
    first = world.published(corporation, municipality)
    on = {one.key: Treatment() for one in first.items.all()}
    by = world["coordinator"]
    second = agreements.renegotiate(first, on, by=by, reason="Anders", seen=first.version)
    with pytest.raises(NotNowError, match="al aan een nieuwe versie"):
        agreements.renegotiate(fresh(first), on, by=by, reason="Nog anders", seen=first.version)
    withdraw(fresh(second), by=by, reason="Te vroeg", seen=second.version)
    assert set(second.items.values_list("state", flat=True)) == {"lapsed"}
    third = agreements.renegotiate(fresh(first), on, by=by, reason="Nu wel", seen=first.version)
    world.publish(third)
    assert fresh(first).state == "replaced"
    assert Item.objects.filter(agreement=second, state="lapsed").count() == 2


def test_what_was_withdrawn_is_in_no_dossier_no_money_and_no_warning(world, corporation, municipality):
    agreement = world.agreement(corporation, municipality)
    Item.objects.update(budget_status="committed")
    measure = fresh(world.measure(corporation, name="Ingetrokken werkplaats", ended=DAY))
    after = world.running(corporation, name="Nieuwe werkplaats", started=date(2026, 2, 1))
    Measure.objects.filter(pk=after.pk).update(aim=measure.aim)
    by, cities = world["manager"], {world.area: world.city}
    before = dashboard(world.programme, cities, by=by, today=date(2026, 6, 1))
    assert (before.money.committed, len(before.carousel)) == (150_000, 1)
    for one in (agreement, measure):
        withdraw(fresh(one), by=world["coordinator"], reason="weg", seen=fresh(one).version)
    found = dashboard(world.programme, cities, by=world["manager"], today=date(2026, 6, 1))
    assert (found.money.committed, found.carousel) == (0, [])
    told = dossier(world.programme, world.city, world.area, by=world["manager"], today=date(2026, 6, 1))
    assert {one.key for one in told.entries} == {after.key}


class TestAtTheDesk:
    """The button, the page, and the place where the reason is read."""

    def test_the_author_withdraws_with_a_reason_that_only_insiders_read(self, world, signed_in, visitor):
        one = draft("ambition", world, ())
        at = f"/programma/wijkaanpak/ambities/{one.key}"
        browser = signed_in(world["residents"])
        assert f"{at}/intrekken" in browser.get(at).content.decode()
        assert browser.post(f"{at}/intrekken", {"seen": 1, "reason": ""}).status_code == 422
        assert browser.post(f"{at}/intrekken", {"seen": 1, "reason": "Te snel opgeschreven"}).status_code == 303
        written = browser.get(at).content.decode()
        assert "Te snel opgeschreven" in written
        assert f"{at}/intrekken" not in written
        assert f"{at}/wijzigen" not in written
        assert visitor.get(at).status_code == 404
        assert Agreement.objects.count() == 0
