"""Searching in a programme: what is found is what who asks may know of, whichever way it is written."""

import re
from datetime import date
from html import unescape

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.publication import Shelf
from wijkpeil.web.programmes import stories, talks
from wijkpeil.web.programmes.models import Consent, Measure, Participant, Story, Talk
from wijkpeil.web.programmes.models.visitation import PublicationState, Visitation
from wijkpeil.web.programmes.searching import LONGEST, MOST_WORDS, WRITTEN, fold, found, snippet, words_of

AT = "/programma/wijkaanpak/zoek"


@pytest.fixture(autouse=True)
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    first = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"].neighbourhoods[0]
    world.city = first.gemeente
    world.area = f"wijkaanpak.{first.id}"


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def asked(browser: Client, words: str, at: str = AT, **more: str) -> str:
    answer = browser.get(at, {"q": words, **more})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def hits(written: str) -> list[str]:
    return re.findall(r'<a class="whole" href="([^"]*)"', written)


@pytest.mark.parametrize(
    "sought",
    [
        "beëindigd",
        "BEEINDIGD",
        "Beëindigd",
        "eindig",
        "groei ingang",
        "ingang   GROEI",
        "be\u0065\u0308indigd",
        "ÉÉN project",
    ],
)
def test_words_are_found_without_accents_and_capitals_and_in_any_order(visitor, world, corporation, sought):
    world.running(corporation, name="Groeikas", aim="Één project is be\u00ebindigd bij de ingang")
    world.running(corporation, name="Iets anders", aim="Niets hiervan")
    written = asked(visitor, sought)
    assert len(hits(written)) == 1, sought
    assert "Groeikas" in written
    assert "Iets anders" not in written


def test_all_words_must_be_there_and_may_stand_in_different_parts(visitor, world, corporation):
    world.running(corporation, name="Groeikas", aim="Planten", mechanism="Samen oogsten")
    assert len(hits(asked(visitor, "groeikas oogsten woningbouw"))) == 1, "its partner is one of its words"
    assert hits(asked(visitor, "groeikas strand")) == []


@pytest.mark.parametrize("sought", ["50%", "a_b", "c\\d", "it's", '"x"', "<b>"])
def test_signs_that_mean_something_to_a_database_or_a_page_are_only_signs(visitor, world, corporation, sought):
    world.running(corporation, name=f"Begin {sought} eind")
    world.running(corporation, name="Begin 50 aXb cd its x b eind")
    answer = visitor.get(AT, {"q": sought}).content.decode()
    assert len(hits(unescape(answer))) == 1
    assert "<b>" not in answer


def test_what_was_found_is_marked_in_the_words_around_it(visitor, world, corporation):
    world.running(corporation, name="Kas", aim=f"{'Voor dit alles ' * 20} komt de Smidse {'en nog meer ' * 40}")
    written = asked(visitor, "smidse")
    shown = re.search(r"<p>(… .*<mark>Smidse</mark>.* …)</p>", written)
    assert shown is not None
    assert len(shown.group(1)) < 350


def test_a_draft_is_found_by_who_may_read_it_and_changes_nothing_for_others(signed_in, visitor, world, corporation):
    before = asked(visitor, "kanariegeel")
    world.measure(corporation, name="Kanariegeel")
    assert asked(visitor, "kanariegeel") == before, "not a count, not a word"
    assert len(hits(asked(signed_in(world["coordinator"]), "kanariegeel"))) == 1
    stranger = world.somebody("coordinator", city="GM0000", area="")
    assert hits(asked(signed_in(stranger), "kanariegeel")) == []


def test_a_public_thing_is_not_found_by_a_word_of_it_that_is_hidden(visitor, signed_in, world):
    story = stories.add(
        Story(**world.place, title="Tuin", text="Zij plantte bomen", evidence="Foto", year=2025, portrayed=1),
        by=world["coordinator"],
    )
    stories.consent(story, Consent(name="Kanariegeel", given_on=date(2025, 1, 1)), by=world["coordinator"], seen=1)
    Story.objects.filter(pk=story.pk).update(state="published")
    assert len(hits(asked(visitor, "tuin"))) == 1
    assert hits(asked(visitor, "kanariegeel")) == []
    assert hits(asked(signed_in(world["manager"]), "kanariegeel")) == [], "who reads the name does not seek by it"


def test_a_story_that_is_withdrawn_or_may_be_shown_no_longer_is_found_by_nobody(visitor, signed_in, world):
    story = Story.objects.create(
        **world.place, author=world["coordinator"], title="Tuin", text="Bomen", evidence="e", year=2025
    )
    Story.objects.filter(pk=story.pk).update(state="published")
    assert len(hits(asked(visitor, "bomen"))) == 1
    Story.objects.filter(pk=story.pk).update(shown_until="2020-01-01")
    assert hits(asked(visitor, "bomen")) == []
    Story.objects.filter(pk=story.pk).update(shown_until=None)
    stories.withdraw(fresh(story), by=world["manager"], reason="", seen=1)
    assert hits(asked(visitor, "bomen")) == []
    assert hits(asked(signed_in(world["manager"]), "bomen")) == []
    stories.erase(fresh(story), by=world["manager"], reason="Op verzoek", seen=2)
    assert hits(asked(signed_in(world["auditor"]), "bomen")) == []


def test_minutes_are_found_by_who_was_to_read_them_until_they_are_erased(signed_in, visitor, world):
    talk = talks.add(
        Talk(**world.place, on=date(2025, 1, 1), minutes="Over de Smidse"),
        [Participant(role="bewoner", name="Kanariegeel")],
        by=world["manager"],
    )
    talk = fresh(talk)
    reader = signed_in(world["residents"])
    assert len(hits(asked(reader, "smidse"))) == 1
    assert hits(asked(reader, "kanariegeel")) == [], "nobody is sought by name"
    assert hits(asked(visitor, "smidse")) == hits(asked(signed_in(world["reviewer"]), "smidse")) == []
    assert "gesprekken" not in asked(visitor, "smidse")
    talks.erase(talk, by=world["manager"], reason="Op verzoek", seen=talk.version)
    assert hits(asked(reader, "smidse")) == []


def test_one_kind_is_shown_page_by_page_and_the_rest_is_a_click_away(visitor, world, corporation):
    for number in range(7):
        world.running(corporation, name=f"Smidse {number}")
    whole = asked(visitor, "smidse")
    assert len(hits(whole)) == 5
    assert "Bekijk alle 7" in whole
    only = asked(visitor, "smidse", soort="maatregelen")
    assert len(hits(only)) == 7
    assert hits(asked(visitor, "smidse", soort="verhalen")) == []
    assert len(hits(asked(visitor, "smidse", soort="bestaatniet"))) == 5


def test_the_page_is_of_one_programme_works_in_english_and_is_not_to_be_kept(visitor, signed_in, world, corporation):
    world.running(corporation, name="Smidse")
    assert hits(asked(visitor, "smidse", at=f"/en{AT}"))[0].startswith("/en/programma/wijkaanpak/maatregelen/")
    assert visitor.get("/programma/bestaatniet/zoek?q=smidse").status_code == 404
    answer = visitor.get(AT, {"q": "smidse"})
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-cache"
    assert signed_in(world["manager"]).get(AT, {"q": "smidse"}).headers["Cache-Control"] == "private, no-store"


def test_the_search_of_the_site_leads_to_that_of_the_programme(visitor):
    written = unescape(visitor.get("/editie/voorbeeld/zoek", {"q": "smidse & co"}).content.decode())
    assert f"{AT}?q=smidse+%26+co" in written


def test_every_word_that_is_sought_is_a_column_of_its_kind():
    for model, names in WRITTEN.items():
        known = {one.name for one in model._meta.get_fields()}
        assert {name.split("__")[0] for name in names} <= known


@pytest.mark.django_db
def test_nothing_asked_is_nothing_found_and_a_long_question_is_cut(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert list(found(Measure, "wijkaanpak", words_of(" \0 "), by=None)) == []
    assert len(words_of("a b c d e f g h i j k")) == MOST_WORDS
    assert len(words_of("x" * 1000)[0]) == LONGEST


@given(st.text(max_size=60), st.text(min_size=1, max_size=5))
def test_a_snippet_is_a_part_of_the_text_and_marks_only_what_was_sought(text, sought):
    thing = Visitation(committee="", findings=text, met="", state=PublicationState.DRAFT)
    words = words_of(sought)
    shown = snippet(thing, words)
    whole = "".join(part for part, _ in shown.pieces)
    assert whole in " ".join(text.split())
    for part, is_hit in shown.pieces:
        assert not is_hit or any(word in fold(part) for word in words)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)
