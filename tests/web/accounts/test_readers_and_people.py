"""What somebody who is logged in gets is his alone, and readers notice nothing of it."""

import pytest
from django.test import Client, override_settings

from wijkpeil.web.accounts.roles import Role

AREA = "/editie/voorbeeld"


def test_readers_get_no_cookie_and_may_keep_a_page(client):
    answer = client.get(AREA)
    assert not answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300" and answer["ETag"]
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_reading_asks_nothing_of_the_database(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(AREA)
        client.get("/en/inloggen")


def test_with_a_session_nothing_is_kept_and_no_tag_is_given(signed_in, somebody):
    client = signed_in(somebody(Role.READER))
    answer = client.get(AREA)
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    assert "Jouw account" in answer.content.decode()


def test_a_tag_of_readers_is_no_answer_to_somebody_with_a_session(client, signed_in, somebody):
    tag = client.get(AREA)["ETag"]
    assert client.get(AREA, headers={"if-none-match": tag}).status_code == 304
    assert signed_in(somebody(Role.READER)).get(AREA, headers={"if-none-match": tag}).status_code == 200


def test_the_memory_of_pages_never_holds_nor_gives_a_page_of_somebody(example_shelf, somebody):
    with override_settings(SHELF=example_shelf, MEMORY=10_000_000):
        client = Client(headers={"host": "localhost"})  # one client is one memory
        as_reader = client.get(AREA).content
        client.force_login(somebody(Role.READER))
        as_somebody = client.get(AREA).content
        client.cookies.clear()
        assert client.get(AREA).content == as_reader
    assert b"Jouw account" in as_somebody
    assert b"Jouw account" not in as_reader


def test_logging_in_clears_what_the_browser_kept_as_a_reader(visitor, somebody):
    account = somebody(Role.READER)
    answer = visitor.post("/inloggen", {"login": account.email, "password": "een zin die alleen zij kent"})
    assert answer["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize("at", ["/editie/voorbeeld", "/account", "/api/v1", "/er/is/niets"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_sent_where_no_form_stands(client, at, method):
    assert getattr(client, method)(at).status_code == 405


def test_a_form_from_elsewhere_is_refused(example_shelf, db):
    with override_settings(SHELF=example_shelf):
        strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
        answer = strict.post("/inloggen", {"login": "an@wijkpeil.example", "password": "x"})
    assert answer.status_code == 403
    assert "werkt niet meer" in answer.content.decode()


def test_forms_go_to_this_site_only(visitor):
    assert "form-action 'self'" in visitor.get("/inloggen")["Content-Security-Policy"]


def test_the_administration_of_the_framework_is_not_there(client):
    for at in ("/admin", "/admin/", "/admin/login/"):
        assert client.get(at).status_code == 404
