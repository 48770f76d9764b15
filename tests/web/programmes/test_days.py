"""Days are those of the people: of Amsterdam, also around midnight and in the nights in which the clock changes."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from wijkpeil.publication import Shelf
from wijkpeil.web.programmes import items, stories, talks
from wijkpeil.web.programmes.acting import NotNowError
from wijkpeil.web.programmes.models import Consent, Item, Participant, Story, Talk
from wijkpeil.web.programmes.visible import visible

pytestmark = pytest.mark.django_db
AT = "/programma/wijkaanpak"
NIGHTS = [
    pytest.param(datetime(2027, 5, 31, 21, 59, tzinfo=UTC), date(2027, 5, 31), id="summer, a minute before midnight"),
    pytest.param(datetime(2027, 5, 31, 22, 0, tzinfo=UTC), date(2027, 6, 1), id="summer, midnight"),
    pytest.param(datetime(2027, 1, 31, 22, 59, tzinfo=UTC), date(2027, 1, 31), id="winter, a minute before midnight"),
    pytest.param(datetime(2027, 1, 31, 23, 0, tzinfo=UTC), date(2027, 2, 1), id="winter, midnight"),
    pytest.param(datetime(2026, 10, 24, 22, 0, tzinfo=UTC), date(2026, 10, 25), id="25 hours, its first minute"),
    pytest.param(datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25), id="25 hours, its last minute"),
    pytest.param(datetime(2026, 10, 25, 23, 0, tzinfo=UTC), date(2026, 10, 26), id="25 hours, over"),
    pytest.param(datetime(2026, 3, 28, 23, 0, tzinfo=UTC), date(2026, 3, 29), id="23 hours, its first minute"),
    pytest.param(datetime(2026, 3, 29, 21, 59, tzinfo=UTC), date(2026, 3, 29), id="23 hours, its last minute"),
    pytest.param(datetime(2026, 3, 29, 22, 0, tzinfo=UTC), date(2026, 3, 30), id="23 hours, over"),
]
AFTER_MIDNIGHT = datetime(2027, 3, 27, 23, 30, tzinfo=UTC)
"""Half past midnight on 28 March in Amsterdam, a day of 23 hours, and still the 27th in Greenwich."""


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture
def it_is(monkeypatch):
    """Set the clock."""
    return lambda now: monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
    first = programme.neighbourhoods[0]
    world.area, world.city = programme.code_of(first), first.gemeente


@pytest.mark.parametrize(("now", "day"), NIGHTS)
def test_an_item_is_overdue_from_the_first_minute_of_the_day_after(now, day, it_is):
    it_is(now)
    assert timezone.localdate() == day
    due_today, due_yesterday = (Item(state="agreed", due=one) for one in (day, date.fromordinal(day.toordinal() - 1)))
    assert items.days_late(due_today, timezone.localdate()) == 0
    assert items.days_late(due_yesterday, timezone.localdate()) == 1


@pytest.mark.parametrize(("now", "day"), NIGHTS)
def test_a_story_is_shown_through_the_last_day_of_its_consent_and_no_minute_longer(now, day, it_is, world):
    story = Story(**world.place, title="T", text="t", evidence="e", year=2026, author=world["residents"])
    story.state, story.shown_until = "published", day
    story.save()
    it_is(now)
    assert story.is_public
    assert list(visible(Story, world.programme, None)) == [story]
    story.shown_until = date.fromordinal(day.toordinal() - 1)
    story.save()
    assert not story.is_public
    assert not visible(Story, world.programme, None).exists()


def test_late_signed_and_reported_say_the_day_of_amsterdam_on_their_pages(
    world, real_place, corporation, municipality, it_is, visitor, signed_in
):
    it_is(AFTER_MIDNIGHT)
    agreement = world.published(corporation, municipality)
    assert agreement.signed_on == date(2027, 3, 28)
    page = visitor.get(f"{AT}/afspraken/{agreement.key}").content.decode()
    assert "ondertekend op 28 maart 2027" in page
    assert "27 maart" not in page
    item = agreement.items.order_by("pk").first()
    items.report(item, "underway", "Begonnen", by=world["Woningbouw"], seen=item.version)
    page = visitor.get(f"{AT}/onderdelen/{item.key}").content.decode()
    assert "28 maart 2027" in page
    assert "27 maart" not in page
    it_is(datetime(2027, 6, 1, 21, 59, tzinfo=UTC))
    assert "te laat" not in visitor.get(f"{AT}/onderdelen/{item.key}").content.decode()
    it_is(datetime(2027, 6, 1, 22, 0, tzinfo=UTC))
    assert "1 dag te laat" in visitor.get(f"{AT}/onderdelen/{item.key}").content.decode()


def test_a_talk_of_today_can_be_recorded_just_after_midnight_and_one_of_tomorrow_cannot(world, it_is):
    it_is(AFTER_MIDNIGHT)
    talk = Talk(**world.place, on=date(2027, 3, 28))
    talks.add(talk, [Participant(role="bewoner")], by=world["manager"])
    with pytest.raises(NotNowError, match="geweest"):
        talks.add(Talk(**world.place, on=date(2027, 3, 29)), [Participant(role="bewoner")], by=world["manager"])


def test_a_consent_that_ends_today_is_good_for_the_whole_of_today(world, it_is):
    it_is(datetime(2027, 3, 28, 21, 59, tzinfo=UTC))
    story = Story(**world.place, title="T", text="t", evidence="e", year=2026, portrayed=1)
    stories.add(story, by=world["residents"])
    given = Consent(name="C", given_on=date(2027, 3, 28), until=date(2027, 3, 28))
    stories.consent(story, given, by=world["residents"], seen=story.version)
    stories.submit(story, by=world["residents"], reason="", seen=story.version)
    it_is(datetime(2027, 3, 28, 22, 0, tzinfo=UTC))
    story = fresh(story)
    with pytest.raises(NotNowError, match="toestemming"):
        stories.publish(story, by=world["manager"], reason="", seen=story.version)


def test_what_was_erased_says_the_day_of_amsterdam(world, real_place, it_is, signed_in):
    it_is(AFTER_MIDNIGHT)
    talk = Talk(**world.place, on=date(2027, 3, 20))
    talks.add(talk, [Participant(role="bewoner")], by=world["manager"])
    talks.erase(talk, by=world["manager"], reason="Termijn")
    page = signed_in(world["manager"]).get(f"{AT}/gesprekken/{talk.key}").content.decode()
    assert "28 maart 2027" in page
    assert "27 maart" not in page
