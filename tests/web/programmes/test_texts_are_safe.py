"""What people write is shown as they wrote it: nothing in it runs, leads anywhere, or turns a page around."""

from html.parser import HTMLParser

import pytest
from django import forms

from wijkpeil.publication import Shelf
from wijkpeil.web.programmes import ambitions, items, measures, stories
from wijkpeil.web.programmes.forms.fields import LONGEST, line, passage
from wijkpeil.web.programmes.models import Ambition, Output, Story

pytestmark = pytest.mark.django_db
AT = "/programma/wijkaanpak"
HOSTILE = """<script>alert("Kanarie")</script>
<img src=x onerror=alert(1)> <svg onload=alert(1)><a href="javascript:alert(1)">klik</a>
[klik](javascript:alert(1)) ![beeld](http://kwaad.example/p.png) <http://kwaad.example/> **vet**
data:text/html;base64,PHNjcmlwdD4= "'><iframe src=//kwaad.example> {{ 7 * 7 }} {% raw %} </p></main></html>
=HYPERLINK("http://kwaad.example") &lt;script&gt; &#60;b&#62;"""
"""Everything that a careless page would run, fetch or follow."""


class Seen(HTMLParser):
    """Reads a page as a browser does: its tags, where they lead, and what is to be read."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.leads, self.handlers, self.read = [], [], [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.leads += [value for name, value in attrs if name in {"href", "src", "action", "srcset"}]
        self.handlers += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data):
        self.read += data


def seen(html):
    reader = Seen()
    reader.feed(html)
    return reader


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


@pytest.fixture(autouse=True)
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
    first = programme.neighbourhoods[0]
    world.area, world.city = programme.code_of(first), first.gemeente


def pages(world, corporation, municipality, text):
    """Write a text wherever a text can be written, publish it, and give the addresses where it is read."""
    one = text.replace("\n", " ")
    agreement = world.agreement(corporation, municipality)
    agreement.title, agreement.text = one[:300], text
    agreement.save()
    item = agreement.items.order_by("pk").first()
    item.what, item.evidence_needed = text, text
    item.save()
    world.publish(agreement)
    item = fresh(item)
    items.report(item, "underway", text, by=world["Woningbouw"], seen=item.version, evidence=text)
    items.find(fresh(item), "partly", text, by=world["reviewer"], seen=fresh(item).version)
    measure = world.running(corporation, name=one[:300], aim=text, mechanism=text)
    made = Output(year=2026, what=one[:300], quantity=1, unit=one[:100], source=one[:300])
    measures.report(measure, made, by=world["Woningbouw"], seen=measure.version)
    ambition = Ambition(**world.place, theme="werken", words=text, satisfied_when=text)
    ambitions.add(ambition, by=world["residents"])
    story = Story(**world.place, title=one[:200], text=text, evidence=text, year=2026, portrayed=0)
    stories.add(story, by=world["residents"])
    stories.submit(story, by=world["residents"], reason="", seen=story.version)
    stories.publish(story, by=world["manager"], reason="", seen=story.version)
    things = (("afspraken", agreement), ("onderdelen", item), ("maatregelen", measure), ("verhalen", story))
    return [
        *(f"{AT}/{slug}/{thing.key}" for slug, thing in things),
        *(f"{AT}/{slug}" for slug, _ in things),
        f"{AT}/wijk/{world.area}",
    ], f"{AT}/ambities/{ambition.key}"


def test_a_hostile_text_is_read_on_every_page_and_runs_on_none(world, corporation, municipality, visitor, signed_in):
    public, draft = pages(world, corporation, municipality, HOSTILE)
    plain = seen(visitor.get("/programma/wijkaanpak/afspraken").content.decode())
    manager = signed_in(world["manager"])
    for at in [*public, draft]:
        answer = manager.get(at) if at == draft else visitor.get(at)
        assert answer.status_code == 200, at
        page = seen(answer.content.decode())
        assert page.tags.count("script") <= plain.tags.count("script"), at
        assert "iframe" not in page.tags, at
        assert not any(
            "javascript:" in lead or "kwaad" in lead or lead.startswith("data:text") for lead in page.leads
        ), at
        assert not page.handlers, at
        assert '<script>alert("Kanarie")</script>' in page.read, at
    assert "{{ 7 * 7 }}" in seen(visitor.get(public[0]).content.decode()).read
    assert "&lt;script&gt; &#60;b&#62;" in seen(visitor.get(public[0]).content.decode()).read


def test_lines_stay_apart_and_markdown_is_text(world, corporation, municipality, visitor):
    public, _ = pages(world, corporation, municipality, "Eerst **dit**.\n\n[dan](https://voorbeeld.example/) dat.")
    page = visitor.get(public[3]).content.decode()
    assert "<p>Eerst **dit**.</p>" in page
    assert "<p>[dan](https://voorbeeld.example/) dat.</p>" in page


@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "\x07", "\x1b", "\x85"])
@pytest.mark.parametrize("ask", [passage, line])
def test_a_sign_that_turns_a_text_around_or_that_nobody_sees_is_refused(ask, sign):
    with pytest.raises(forms.ValidationError, match="onzichtbaar teken"):
        ask("Tekst").clean(f"Het plan {sign}is goed")


def test_words_of_all_lands_and_marks_that_belong_to_them_are_not_refused():
    for text in ("Één, ÿ €", "שלום עליכם", "\u2067مرحبا\u2069 en \u200fhallo", "👩\u200d👩\u200d👧", "a\tb\r\nc"):
        assert passage("Tekst").clean(text) == text


def test_a_text_that_is_too_long_says_how_long_it_may_be_and_is_still_there(world, signed_in):
    said = {"title": "T", "evidence": "e", "year": 2026, "portrayed": 0, "area": world.area, "reason": ""}
    long = "woord " * 17_000
    answer = signed_in(world["residents"]).post(f"{AT}/verhalen/nieuw", {**said, "text": long})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"hoogstens {LONGEST} tekens" in page
    assert page.count("woord ") >= 16_999
    assert not Story.objects.exists()


def test_a_text_as_long_as_it_may_be_is_read_whole(world, visitor):
    text = ("woord\n" * LONGEST)[: LONGEST - 3] + "END"
    story = Story(**world.place, title="T", text=text, evidence="e", year=2026, author=world["residents"])
    story.state = "published"
    story.save()
    page = visitor.get(f"{AT}/verhalen/{story.key}").content.decode()
    assert page.count("<p>woord</p>") >= LONGEST // 6 - 1
    assert "END" in page
