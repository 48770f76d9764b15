"""The page of a report in a real browser: read by who cannot see it, held in one hand, and printed."""

import pytest

from renderings import everything
from wijkpeil.reports.document import Document, Heading, Provenance, Table, plain
from wijkpeil.reports.page import page_html

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    from datetime import date

    made = Provenance(edition="2026-11", edition_hash="ab" * 32, made_on=date(2026, 11, 24), code_version="0.1.0")
    wide = Table(
        id="breed",
        caption=plain("Een brede tabel"),
        headers=tuple(f"Jaar {year}" for year in range(2005, 2025)),
        rows=(tuple((plain("1.234,5"),) for _ in range(20)),),
    )
    long = Heading(text="Wijkontwikkelingsmaatschappijenoverleg" * 2, id="lang")
    blocks = (Heading(text="Een kop", id="kop"), *everything("Schippersbuurt"), long, wide)
    document = Document(
        title="Voortgang", language="nl", provenance=made, blocks=blocks, contents=True, address="https://example.org/a"
    )
    file = tmp_path_factory.mktemp("rapport") / "rapport.html"
    file.write_text(page_html(document), encoding="utf-8")
    return file.as_uri()


@pytest.fixture(scope="module")
def at(browser, written):
    contexts = {}

    def open_at(width):
        if width not in contexts:
            context = browser.new_context(viewport={"width": width, "height": 900})
            page = context.new_page()
            page.asked = []
            page.on("request", lambda request: page.asked.append(request.url))
            page.goto(written)
            contexts[width] = page
        return contexts[width]

    yield open_at
    for page in contexts.values():
        page.context.close()


@pytest.mark.parametrize("width", [375, 1280])
def test_nothing_is_wrong_for_who_cannot_see_it(at, width):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(at(width)).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_a_page_never_scrolls_sideways_and_a_wide_table_does_by_itself(at, width):
    page = at(width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("(e => e.scrollWidth > e.clientWidth)(document.querySelector('#breed').parentElement)")


def test_it_asks_nothing_of_a_network_and_is_styled(at, written):
    page = at(1280)
    assert page.asked == [written]
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(10, 79, 143)"


def test_pictures_keep_their_clip_and_their_shape(at):
    sizes = at(1280).evaluate("[...document.querySelectorAll('svg')].map(e => e.getBoundingClientRect().toJSON())")
    assert [round(one["width"] / one["height"], 1) for one in sizes] == [3.0, 3.0]
