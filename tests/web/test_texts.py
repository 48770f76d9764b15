"""The written pages on the site: all of them, in order, with links that hold and without a tag that is not ours."""

import re
from html import unescape

import pytest

from wijkpeil.web.texts.documents import COLLECTIONS, documents, packaged_folder

PAGES = [f"/{collection}/{name}".rstrip("/") for collection in COLLECTIONS for name in documents(collection)]


def page(client, at: str) -> str:
    answer = client.get(at)
    assert answer.status_code == 200, at
    return answer.content.decode()


def article(written: str) -> str:
    return re.search(r'<article class="prose".*?</article>', written, re.DOTALL)[0]


def test_every_page_that_is_written_is_on_the_site():
    files = [file for collection in COLLECTIONS for file in (packaged_folder() / collection).glob("*.md")]
    assert len(PAGES) == len(files) > 30


@pytest.mark.parametrize("at", PAGES)
def test_a_page_shows_its_title_once_and_no_sign_of_how_it_is_marked_up(client, at):
    written = page(client, at)
    assert written.count("<h1") == 1
    assert "<!--" not in article(written)
    assert "&lt;br&gt;" not in written
    said = unescape(re.sub(r"<pre.*?</pre>|<code>.*?</code>|<[^>]+>", " ", article(written), flags=re.DOTALL))
    assert "](" not in said
    assert "```" not in said
    assert "| ---" not in said


def test_every_link_of_every_page_leads_to_a_page_and_to_a_part_that_is_there(client):
    written = {at: page(client, at) for at in PAGES}
    for at, text in written.items():
        for href in re.findall(r'href="([^"]+)"', article(text)):
            path, _, part = unescape(href).partition("#")
            if path.startswith("http"):
                continue
            target = written[path] if path else text
            assert not part or f'id="{part}"' in target, (at, href)


def test_what_is_made_from_docstrings_is_read_aloud_in_english(client):
    for code in ("", "/en"):
        written = article(page(client, f"{code}/methoden/oordeel"))
        dutch, english = written.split('<div lang="en">')
        assert "Wat er getoetst wordt" in dutch
        assert "Give the verdict on every change" in english


def test_an_english_reader_is_told_that_a_page_is_dutch_and_it_is_read_aloud_so(client):
    written = page(client, "/en/methoden/oordeel")
    assert '<article class="prose" lang="nl">' in written
    assert "only in Dutch" in written
    assert "alleen in het Nederlands" not in page(client, "/methoden/oordeel")
    assert 'href="/en/methoden/selectie"' in written


def test_raw_html_in_a_page_is_shown_and_not_obeyed():
    from wijkpeil.web.texts.rendering import _render, _Seen

    seen = _Seen(document=documents("methoden")["oordeel"])
    body = _render("# x\n\n<script>alert(1)</script> [a](javascript:alert(1)) een<br>twee\n", seen)
    assert "<script" not in body
    assert 'href="javascript' not in body
    assert "een<br>\ntwee" in body


@pytest.mark.parametrize("at", ["/methoden/nooit", "/handboek/..%2F..%2Fsecrets", "/methoden/README"])
def test_a_page_that_is_not_written_is_not_there(client, at):
    assert client.get(at).status_code == 404
