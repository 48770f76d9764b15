"""The frame of every page: where you are, which edition, in which language, and what must be seen first."""

import re

import pytest
from django.test import Client, override_settings

START, SEARCH = "/editie/voorbeeld", "/editie/voorbeeld/zoek"


@pytest.fixture
def two_editions(tmp_path, example_shelf):
    """A shelf with the example under two names, so that one is older."""
    import json
    import shutil

    for name, made_on in (("voorbeeld", None), ("voorbeeld-2", "2026-12-01")):
        shutil.copytree(example_shelf / "voorbeeld", tmp_path / name)
        manifest = next((tmp_path / name).glob("manifest*"), None) or next((tmp_path / name).glob("*.json"))
        said = json.loads(manifest.read_text(encoding="utf-8"))
        said["id"] = name
        if made_on:
            said["made_on"] = made_on
        manifest.write_text(json.dumps(said), encoding="utf-8")
    return tmp_path


def page(client, at: str) -> str:
    return client.get(at).content.decode()


@pytest.mark.parametrize(("at", "code"), [(START, "nl"), (f"/en{START}", "en"), ("/er/is/niets", "nl")])
def test_a_page_says_in_which_language_it_is(client, at, code):
    assert f'<html lang="{code}">' in page(client, at)


def test_the_first_link_skips_to_the_content(client):
    written = page(client, START)
    assert re.search(r'<a[^>]*href="([^"]*)"', written)[1] == "#inhoud"
    assert 'id="inhoud"' in written


def test_the_other_language_is_one_link_away_with_everything_that_was_asked(client):
    assert '<a class="tongue" href="/en/editie/voorbeeld/zoek?q=haven" hreflang="en" lang="en">English</a>' in page(
        client, f"{SEARCH}?q=haven"
    )
    assert 'href="/editie/voorbeeld/zoek?q=haven" hreflang="nl"' in page(client, f"/en{SEARCH}?q=haven")


@pytest.mark.parametrize(
    "at", ["/en//kwaad.example/", "/en/%2Fkwaad.example", "/en/%5Ckwaad.example", "/%5Ckwaad.example"]
)
def test_the_other_language_is_never_another_site(client, at):
    to = re.search(r'class="tongue" href="([^"]*)"', page(client, at))[1]
    assert re.match(r"/(?![/\\])", to)
    assert to.endswith(("/kwaad.example/", "/kwaad.example", "/%5Ckwaad.example"))


def test_an_invented_country_says_so_before_anything_else(client):
    written = page(client, START)
    assert written.index("VERZONNEN LAND") < written.index("<header")
    assert "<title>VERZONNEN LAND" in written


def test_the_address_of_a_page_is_whole_and_keeps_its_edition(client):
    assert '<link rel="canonical" href="http://localhost/editie/voorbeeld">' in page(client, START)
    with override_settings(SITE_ADDRESS="https://wijkpeil.example"):
        assert '<link rel="canonical" href="https://wijkpeil.example/editie/voorbeeld">' in page(client, START)


def test_only_rooms_that_exist_are_in_the_navigation(client):
    menu = re.search(r'<nav class="rooms".*?</nav>', page(client, SEARCH), re.DOTALL)[0]
    addresses = re.findall(r'href="([^"]+)"', menu)
    assert SEARCH in addresses
    assert all(client.get(at, follow=True).status_code == 200 for at in addresses)


def test_who_is_logged_in_is_not_asked_to_log_in(client, signed_in, somebody):
    foot = client.get("/over").content.decode().partition("<footer")[2]
    assert "Inloggen" in foot
    told = signed_in(somebody()).get("/account").content.decode()
    assert "Jouw account" in told
    assert "Inloggen" not in told.partition("<footer")[2]


def test_the_navigation_says_where_you_are(client):
    assert f'<a href="{SEARCH}" aria-current="page">' in page(client, SEARCH)
    assert 'aria-current="page">Zoek' not in page(client, START)


def test_an_older_edition_says_so_and_leads_to_the_same_page_in_the_newest(client, two_editions):
    with override_settings(SHELF=two_editions):
        older, newest = page(client, f"{SEARCH}?q=haven"), page(client, "/editie/voorbeeld-2/zoek?q=haven")
    assert "Dit is niet de nieuwste editie." in older
    assert 'href="/editie/voorbeeld-2/zoek?q=haven"' in older
    assert "niet de nieuwste" not in newest


@pytest.mark.parametrize("at", ["/er/is/niets", "/editie/nooit", "/editie/voorbeeld/gebied/WK000000"])
def test_a_lost_reader_gets_words_and_a_way_on(client, at):
    answer = client.get(at)
    written = answer.content.decode()
    assert answer.status_code == 404
    assert 'role="search"' in written
    assert "Naar het begin" in written
    assert "Traceback" not in written


def test_what_a_reader_typed_stays_a_text(client):
    written = page(client, f"{SEARCH}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in written
    assert "&lt;script&gt;" in written


def test_an_edition_whose_policy_cannot_be_read_is_a_page_in_words_and_no_trace(two_editions):
    for file in (two_editions / "voorbeeld" / "beleid").rglob("*.toml"):
        file.write_text('label = "\n', encoding="utf-8")
    with override_settings(SHELF=two_editions):
        answer = Client(headers={"host": "localhost"}, raise_request_exception=False).get(START)
    assert answer.status_code == 503
    assert "niet te lezen" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
