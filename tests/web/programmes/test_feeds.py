"""Following a programme: an entry for everything that became public, the same for everybody, and gone when it is."""

import uuid
import xml.etree.ElementTree as ET
from datetime import date, datetime
from html import unescape

import pytest
from django.utils import timezone

from wijkpeil.publication import Shelf
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import measures, promises, stories, visitations
from wijkpeil.web.programmes.following import ENTRIES, HAPPENINGS
from wijkpeil.web.programmes.models import Measure, Promise, Story, Visitation

AT = "/programma/wijkaanpak/feed.atom"
ATOM = "{http://www.w3.org/2005/Atom}"
CANARY = "Kanariegeel"


@pytest.fixture(autouse=True)
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    first, second = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"].neighbourhoods[:2]
    world.city, world.area = first.gemeente, f"wijkaanpak.{first.id}"
    world.other = f"wijkaanpak.{second.id}"


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def feed(browser, at: str = AT) -> ET.Element:
    answer = browser.get(at)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content)


def titles(browser, at: str = AT) -> list[str]:
    return [one.findtext(f"{ATOM}title") or "" for one in feed(browser, at).iter(f"{ATOM}entry")]


def test_everything_that_became_public_is_told_the_newest_first(visitor, world, corporation, municipality):
    world.published(corporation, municipality)
    measure = world.running(corporation, name="Groeikas")
    measures.end(
        measure,
        "no_result",
        by=world["manager"],
        reason="Het hielp niet",
        seen=measure.version,
        on=date(2025, 5, 1),
        secured_at="",
        evaluated_by="",
    )
    visit = visitations.add(
        Visitation(**world.place, committee="Commissie Brug", on=date(2025, 1, 1), findings="Goed"),
        by=world["reviewer"],
    )
    visitations.publish(fresh(visit), by=world["minister"], reason="", seen=1)
    promise = promises.add(
        Promise(**world.place, kind="motion", paper="30 995-1", text="Doen", due=date(2026, 1, 1)),
        by=world["minister"],
    )
    promises.answer(fresh(promise), text="Gedaan", paper="30 995-2", on=date(2025, 6, 1), by=world["minister"], seen=1)
    said = [one.split(": ", 1)[1] for one in titles(visitor)]
    assert said == [
        "Toezegging beantwoord: 30 995-1",
        "Visitatie gepubliceerd: Commissie Brug",
        "Maatregel beëindigd (gestopt: geen resultaat): Groeikas",
        "Maatregel goedgekeurd: Groeikas",
        "Afspraak gepubliceerd: Afspraak voor de wijk, versie 1",
    ]


def test_a_feed_is_what_readers_of_feeds_expect(visitor, world, corporation):
    measure = world.running(corporation, name="Groei & <kas>", aim="Bel\x0b en \x01 tel")
    told = feed(visitor)
    line = Line.objects.get(thing=measure.key, verb="approve")
    entry = told.find(f"{ATOM}entry")
    assert entry is not None
    assert uuid.UUID(told.findtext(f"{ATOM}id"))
    assert uuid.UUID(entry.findtext(f"{ATOM}id"))
    assert told.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")
    assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) == line.at
    assert "Groei & <kas>" in entry.findtext(f"{ATOM}title")
    assert entry.findtext(f"{ATOM}content") == "Bel en  tel"
    links = {one.get("rel"): one.get("href") for one in told.findall(f"{ATOM}link")}
    assert links["self"] == f"http://localhost{AT}"
    at = entry.find(f"{ATOM}link").get("href").removeprefix("http://localhost")
    assert visitor.get(at).status_code == 200
    assert visitor.get(links["alternate"].removeprefix("http://localhost")).status_code == 200


def test_an_entry_keeps_its_name_and_both_moments_of_a_thing_have_their_own(visitor, world, corporation):
    measure = world.running(corporation)
    first = [one.findtext(f"{ATOM}id") for one in feed(visitor).iter(f"{ATOM}entry")]
    measures.end(
        measure,
        "completed",
        by=world["manager"],
        reason="Klaar",
        seen=measure.version,
        on=date(2025, 5, 1),
        secured_at="",
        evaluated_by="",
    )
    second = [one.findtext(f"{ATOM}id") for one in feed(visitor).iter(f"{ATOM}entry")]
    assert second[1:] == first
    assert len(set(second)) == 2


def test_drafts_are_in_no_feed_whoever_asks(visitor, signed_in, world, corporation):
    measure = world.measure(corporation, name=CANARY)
    for browser in (visitor, signed_in(world["manager"])):
        assert titles(browser) == []
    measures.approve(fresh(measure), by=world["manager"], reason=CANARY * 2, seen=measure.version)
    for browser in (visitor, signed_in(world["manager"])):
        written = browser.get(AT).content.decode()
        assert CANARY in written
        assert CANARY * 2 not in written, "why it was approved is in the logbook and nowhere else"


@pytest.mark.parametrize("how", ["withdrawn", "shown no longer"])
def test_a_story_that_may_not_be_shown_is_out_of_every_feed_at_once(visitor, world, how):
    story = Story.objects.create(
        **world.place, author=world["coordinator"], title=CANARY, text="t", evidence="e", year=2025, state="submitted"
    )
    stories.publish(story, by=world["manager"], reason="", seen=1)
    place = f"/programma/wijkaanpak/wijk/{world.area}/feed.atom"
    answer = visitor.get(AT)
    assert CANARY in answer.content.decode()
    assert CANARY in visitor.get(place).content.decode()
    assert answer.headers["Cache-Control"] == "no-cache", "nobody gives it again without asking"
    if how == "withdrawn":
        stories.withdraw(fresh(story), by=world["manager"], reason="", seen=2)
    else:
        Story.objects.filter(pk=story.pk).update(shown_until=date(2020, 1, 1))
    again = visitor.get(AT, headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 200
    assert CANARY not in again.content.decode()
    assert CANARY not in visitor.get(place).content.decode()


def test_a_copy_that_is_still_good_is_not_sent_again_and_a_draft_changes_no_tag(visitor, world, corporation):
    world.running(corporation)
    tag = visitor.get(AT).headers["ETag"]
    world.measure(corporation, name=CANARY)
    assert visitor.get(AT, headers={"if-none-match": tag}).status_code == 304


def test_a_neighbourhood_has_its_own_feed_with_what_is_of_its_whole_city(visitor, world, corporation):
    world.running(corporation, name="Hier")
    there = world.running(corporation, name="Daar")
    Measure.objects.filter(pk=there.pk).update(area=world.other, city="GM0000")
    wide = world.running(corporation, name="Overal")
    Measure.objects.filter(pk=wide.pk).update(area="", city=world.city)
    place = f"/programma/wijkaanpak/wijk/{world.area}/feed.atom"
    assert [one.rsplit(": ", 1)[1] for one in titles(visitor, place)] == ["Overal", "Hier"]
    assert len(titles(visitor)) == 3
    assert visitor.get("/programma/wijkaanpak/wijk/nergens/feed.atom").status_code == 404
    assert visitor.get("/programma/nergens/feed.atom").status_code == 404


def test_pages_name_their_feed_and_english_readers_have_their_own(visitor, world, corporation):
    world.running(corporation)
    for page, its_feed in (
        ("/programma/wijkaanpak/sturing", AT),
        ("/programma/wijkaanpak/maatregelen", AT),
        (f"/programma/wijkaanpak/wijk/{world.area}", f"/programma/wijkaanpak/wijk/{world.area}/feed.atom"),
        (f"/programma/wijkaanpak/maatregelen?wijk={world.area}", f"/programma/wijkaanpak/wijk/{world.area}/feed.atom"),
    ):
        written = unescape(visitor.get(page).content.decode())
        assert f'<link rel="alternate" type="application/atom+xml" href="{its_feed}">' in written
    dutch, english = feed(visitor), feed(visitor, f"/en{AT}")
    assert dutch.findtext(f"{ATOM}id") != english.findtext(f"{ATOM}id")
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_feed_is_bounded_in_entries_and_in_questions(visitor, world, corporation, django_assert_max_num_queries):
    first = world.running(corporation)
    line = Line.objects.get(thing=first.key, verb="approve")
    rows = [
        Measure(**world.place, author=world["coordinator"], partner=corporation, name=f"M{number}", aim="a",
                mechanism="m", theme="t", started=date(2025, 1, 1), state="approved")
        for number in range(ENTRIES + 5)
    ]  # fmt: skip
    Measure.objects.bulk_create(rows)
    Line.objects.bulk_create(
        Line(number=line.number + 1 + place, at=timezone.now(), actor="", verb="approve", kind="measure",
             thing=one.key, programme="wijkaanpak", content="", before="", seal="")
        for place, one in enumerate(rows)
    )  # fmt: skip
    with django_assert_max_num_queries(2 * len(HAPPENINGS) + 2):
        shown = titles(visitor)
    assert len(shown) == ENTRIES
    assert shown[0].endswith(f"M{ENTRIES + 4}")
