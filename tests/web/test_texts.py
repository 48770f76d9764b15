"""The written pages on the site: all of them, in order, with links that hold and without a tag that is not ours."""

import re
from html import unescape

import pytest
from django.test import override_settings

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
    assert "in Dutch only" in written
    assert "alleen in het Nederlands" not in page(client, "/methoden/oordeel")
    assert 'href="/en/methoden/selectie"' in written


def test_raw_html_in_a_page_is_shown_and_not_obeyed():
    from wijkpeil.web.texts.rendering import _render, _Seen

    seen = _Seen(document=documents("methoden")["oordeel"])
    body = _render("# x\n\n<script>alert(1)</script> [a](javascript:alert(1)) een<br>twee\n", seen)
    assert "<script" not in body
    assert 'href="javascript' not in body
    assert "een<br>\ntwee" in body


OWN = ("/uitleg", "/over", "/privacy", "/toegankelijkheid", "/open-data")
OF_EDITION = ("/editie/voorbeeld/bronnen", "/editie/voorbeeld/bronnen/opmerkingen")


def test_every_page_about_the_site_is_one_link_away(client):
    foot = re.search(r"<footer.*?</footer>", page(client, "/editie/voorbeeld"), re.DOTALL)[0]
    for at in (*OWN[1:], OF_EDITION[0], "/editie/voorbeeld/download"):
        assert f'href="{at}"' in foot, at
    assert 'href="/uitleg"' in page(client, "/editie/voorbeeld")


@pytest.mark.parametrize("at", [*OWN, *OF_EDITION])
def test_a_page_about_the_site_is_there_in_both_languages(client, at):
    dutch, english = page(client, at), page(client, f"/en{at}")
    leads = [re.search(r'<p class="lead">(.*?)</p>', one)[1] for one in (dutch, english)]
    assert leads[0] != leads[1]


@pytest.mark.parametrize("at", [*OWN, *OF_EDITION, "/editie/voorbeeld", "/editie/voorbeeld/download"])
def test_no_page_leaves_a_cookie_or_asks_another_site_for_anything(client, at):
    answer = client.get(at)
    assert not answer.cookies
    loaded = re.findall(
        r'<(?:script|link rel="stylesheet"|img|iframe)[^>]*(?:src|href)="([^"]+)"', answer.content.decode()
    )
    assert loaded
    assert all(one.startswith("/static/") for one in loaded)


def test_the_log_holds_no_reader(client, capsys, caplog):
    client.get("/editie/voorbeeld/zoek?q=geheim", headers={"user-agent": "Mijn browser"})
    said = caplog.text + "".join(capsys.readouterr())
    assert "/editie/voorbeeld/zoek" in said
    assert not any(word in said for word in ("geheim", "Mijn browser", "127.0.0.1"))


def test_every_example_of_a_question_is_answered_as_it_stands(client):
    commands = [unescape(one) for one in re.findall(r"<code>(curl .*?)</code>", page(client, "/open-data"))]
    assert len(commands) == 9
    for command in commands:
        header, path = re.fullmatch(
            r"curl (?:-H 'Accept: ([^']+)' )?'http://localhost(/api/v1/[^']+)'", command
        ).groups()
        answer = client.get(path, headers={"accept": header} if header else {})
        assert answer.status_code == 200, command
        assert answer["Content-Type"].startswith(header or "application/json")
        assert len(answer.content) > 100
    [layer] = re.findall(r"<code>http://localhost(/api/v1/\w+)</code>", page(client, "/open-data"))
    assert client.get(layer).status_code == 200


def test_the_page_says_who_publishes_and_where_to_write(client):
    with override_settings(PUBLISHER="Gemeente Ergens", CONTACT="wijken@ergens.example"):
        written = page(client, "/over")
    assert "Gemeente Ergens" in written
    assert 'href="mailto:wijken@ergens.example"' in written


def test_every_source_says_whose_it_is_what_you_may_do_and_which_file_was_read(client, example_shelf):
    from wijkpeil.publication import Shelf

    edition = Shelf(example_shelf).open("voorbeeld")
    written = unescape(page(client, OF_EDITION[0]))
    for file in edition.manifest.inputs:
        source = edition.policy.source[file.source]
        for said in (source.label, source.publisher, source.licence, source.attribution, file.sha256):
            assert said in written, said


def test_every_complaint_about_a_file_stays_to_be_seen(client, example_shelf):
    from wijkpeil.publication import Shelf

    written = unescape(page(client, OF_EDITION[1]))
    complaints = Shelf(example_shelf).open("voorbeeld").complaints
    assert all(one.sentence in written for one in complaints)
    assert complaints or "Er was niets mis" in written


@pytest.mark.parametrize("at", ["/methoden/nooit", "/handboek/..%2F..%2Fsecrets", "/methoden/README"])
def test_a_page_that_is_not_written_is_not_there(client, at):
    assert client.get(at).status_code == 404
