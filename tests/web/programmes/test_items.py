"""What a partner reports stands beside what somebody independent finds, and only the second one counts."""

from datetime import date, timedelta

import pytest

from wijkpeil.web.accounts.models import Grant
from wijkpeil.web.programmes import items
from wijkpeil.web.programmes.acting import ForbiddenError, HiddenError, NotNowError
from wijkpeil.web.programmes.models import Item


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def item(world, corporation, municipality) -> Item:
    """Give an agreed item of the corporation."""
    return world.published(corporation, municipality).items.get(partner=corporation)


def report(world, item, status="kept", who="Woningbouw", **more):
    return items.report(item, status, "Alles is af", by=world[who], seen=item.version, **more)


def find(world, item, status="partly", who="reviewer"):
    return items.find(item, status, "Tien van de veertig", by=world[who], seen=item.version)


def test_reported_as_kept_without_evidence_changes_nothing_and_a_finding_stands_beside_it(world, item):
    report(world, item)
    assert fresh(item).state == "agreed"
    find(world, fresh(item))
    assert fresh(item).state == "partly"
    assert [one.status for one in item.reports.all()] == ["kept"]
    assert [one.status for one in item.findings.all()] == ["partly"]


def test_a_partner_reports_on_its_own_items_only(world, item):
    with pytest.raises(ForbiddenError):
        report(world, item, who="Gemeente")


def test_a_partner_finds_nothing(world, item):
    with pytest.raises(ForbiddenError):
        find(world, item, who="Woningbouw")


@pytest.mark.parametrize("when", ["now", "once"])
def test_a_reviewer_who_is_or_was_of_the_party_finds_nothing(world, item, corporation, when):
    reviewer = world["reviewer"]
    ended = {"revoked_at": item.made_at} if when == "once" else {}
    Grant.objects.create(account=reviewer, role="partner", programme=world.programme, party=corporation.pk, **ended)
    with pytest.raises(NotNowError, match="zelf partij"):
        find(world, item)
    assert fresh(item).state == "agreed"


def test_a_reviewer_of_a_party_that_helps_finds_nothing(world, corporation, municipality):
    helper = world.partner("Opbouwwerk")
    draft = world.agreement(corporation, municipality, amounts=(1,))
    [item] = draft.items.all()
    items.change(item, {}, [helper], by=world["coordinator"], reason="", seen=item.version)
    world.publish(draft)
    Grant.objects.create(account=world["reviewer"], role="partner", programme=world.programme, party=helper.pk)
    with pytest.raises(NotNowError, match="zelf partij"):
        find(world, fresh(item))


def test_who_wrote_it_finds_nothing(world, item):
    Grant.objects.create(account=world["coordinator"], role="reviewer", programme=world.programme)
    with pytest.raises(NotNowError, match="zelf partij"):
        find(world, item, who="coordinator")


@pytest.mark.parametrize("status", ["revised", "stopped", "proposed", "nonsense"])
def test_nobody_finds_what_is_no_finding(world, item, status):
    with pytest.raises(NotNowError):
        find(world, item, status)


@pytest.mark.parametrize("status", ["revised", "proposed", "nonsense"])
def test_nobody_reports_what_is_no_report(world, item, status):
    with pytest.raises(NotNowError, match="hoe ver"):
        report(world, item, status)


def test_money_spent_is_never_less_than_nothing(world, item):
    with pytest.raises(NotNowError, match="nul"):
        report(world, item, spent_cents=-1)
    assert not item.reports.exists()


def test_nothing_is_reported_of_what_nobody_agreed(world, corporation, municipality):
    draft = world.agreement(corporation, municipality)
    with pytest.raises(NotNowError):
        report(world, draft.items.get(partner=corporation))


def test_the_draft_of_an_item_is_not_there_for_others(world, corporation, municipality):
    draft = world.agreement(corporation, municipality)
    with pytest.raises(HiddenError):
        report(world, draft.items.first(), who="reader")


def test_work_begins_once(world, item):
    items.start(item, by=world["Woningbouw"], reason="", seen=item.version)
    assert fresh(item).state == "underway"
    with pytest.raises(NotNowError):
        items.start(fresh(item), by=world["Woningbouw"], reason="", seen=fresh(item).version)


@pytest.mark.parametrize(
    ("end_class", "state"), [("no_result", "stopped"), ("secured", "lapsed"), ("completed", "lapsed")]
)
def test_an_item_ends_with_a_class_and_a_reason(world, item, end_class, state):
    items.end(item, end_class, by=world["manager"], reason="Zo is het", seen=item.version)
    now = fresh(item)
    assert (now.state, now.end_class, now.ended_because) == (state, end_class, "Zo is het")
    assert (now.reason_class, now.why) == ("", "")


def test_an_item_does_not_end_without_a_reason_or_by_becoming_another(world, item):
    with pytest.raises(NotNowError, match="waarom"):
        items.end(item, "secured", by=world["manager"], reason="", seen=item.version)
    with pytest.raises(NotNowError, match="nieuwe versie"):
        items.end(fresh(item), "revised", by=world["manager"], reason="x", seen=fresh(item).version)


def test_overdue_is_computed_and_no_state(world, item):
    due = item.due
    assert not Item.objects.overdue(due).filter(pk=item.pk).exists()
    assert Item.objects.overdue(due + timedelta(days=1)).filter(pk=item.pk).exists()
    assert items.days_late(item, due) == 0
    assert items.days_late(item, due + timedelta(days=31)) == 31
    assert fresh(item).state == "agreed"


def test_what_was_found_to_be_kept_is_never_overdue(world, item):
    find(world, item, "kept")
    assert items.days_late(fresh(item), date(2099, 1, 1)) == 0
    assert not Item.objects.overdue(date(2099, 1, 1)).filter(pk=item.pk).exists()


def test_what_nobody_signed_is_never_overdue(world, corporation, municipality):
    world.agreement(corporation, municipality)
    assert not Item.objects.overdue(date(2099, 1, 1)).exists()


def test_an_item_that_is_new_was_not_changed_from_before(world, corporation, municipality):
    item = world.agreement(corporation, municipality).items.first()
    with pytest.raises(NotNowError, match="nieuw in deze versie"):
        items.change(
            item, {"reason_class": "revised", "why": "x"}, by=world["coordinator"], reason="", seen=item.version
        )
