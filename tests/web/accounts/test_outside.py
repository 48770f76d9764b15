"""Logging in through an organisation, at a real server of OpenID Connect on this machine."""

import re
from urllib.parse import urlsplit

import httpx
import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client, override_settings
from oidc_provider_mock import User, run_server_in_thread

from wijkpeil.site.outside import outside
from wijkpeil.web.accounts.models import Account

MAIL = "an@wijkpeil.example"


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def at(issuer):
    name, id_, providers = outside(issuer=issuer, client="wijkpeil", secret="geheim", name="Stadskantoor")
    return override_settings(OIDC_ISSUER=issuer, OIDC_NAME=name, OIDC_ID=id_, SOCIALACCOUNT_PROVIDERS=providers)


@pytest.fixture
def issuer():
    """Two people of the organisation have the same e-mail address there: it proves nothing."""
    people = [User(sub=sub, claims={"email": MAIL, "email_verified": True, "name": "Een naam"}) for sub in ("17", "18")]
    with run_server_in_thread(user_claims=people) as server, at(f"http://localhost:{server.server_port}"):
        yield f"http://localhost:{server.server_port}"


def go(client, sub, process="login", **answered):
    """Go to the organisation and come back as ``sub``."""
    from django.conf import settings

    sent = client.post(f"/inloggen/organisatie/{settings.OIDC_ID}?process={process}")
    back = httpx.post(sent["Location"], data=answered or {"sub": sub}, follow_redirects=False).headers["Location"]
    parts = urlsplit(back)
    return client.get(f"{parts.path}?{parts.query}", follow=True)


@pytest.fixture
def linked(issuer, signed_in, somebody):
    """An account that its owner linked to number 17."""
    account = somebody(email=MAIL, name="An van Dijk")
    go(signed_in(account), "17", process="connect")
    return account


def test_a_linked_account_logs_in(linked, visitor):
    answer = go(visitor, "17")
    assert answer.request["PATH_INFO"] == "/account" and "An van Dijk" in text(answer)


def test_the_same_e_mail_address_opens_nothing(issuer, visitor, somebody):
    somebody(email=MAIL, name="An van Dijk")
    answer = go(visitor, "18")
    assert "hier niet gekoppeld" in text(answer)
    assert visitor.get("/account").status_code == 302
    assert not SocialAccount.objects.exists()


def test_somebody_unknown_gets_no_account(issuer, visitor):
    go(visitor, "nieuw")
    assert not Account.objects.exists()


def test_the_same_number_at_another_issuer_opens_nothing(linked, visitor):
    with run_server_in_thread() as other, at(f"http://localhost:{other.server_port}"):
        assert "hier niet gekoppeld" in text(go(visitor, "17"))


def test_nothing_is_kept_but_the_issuer_and_the_number(linked):
    kept = SocialAccount.objects.get()
    assert (kept.uid, kept.user_id, kept.extra_data) == ("17", linked.pk, {})


def test_who_refuses_at_the_organisation_is_told(issuer, visitor):
    assert "Inloggen is niet gelukt" in text(go(visitor, "", action="deny"))


def test_an_answer_that_was_not_asked_for_is_refused(issuer, visitor):
    from django.conf import settings

    answer = visitor.get(f"/inloggen/organisatie/{settings.OIDC_ID}/terug?code=x&state=y")
    assert "Inloggen is niet gelukt" in text(answer)


def test_a_link_from_elsewhere_starts_nothing(issuer, visitor):
    from django.conf import settings

    answer = visitor.get(f"/inloggen/organisatie/{settings.OIDC_ID}?process=connect")
    assert answer.status_code == 200 and "Ga verder naar Stadskantoor" in text(answer)


def test_a_form_from_elsewhere_starts_nothing_either(issuer, example_shelf, db):
    from django.conf import settings

    with override_settings(SHELF=example_shelf):
        strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
        assert strict.post(f"/inloggen/organisatie/{settings.OIDC_ID}").status_code == 403


def test_the_button_is_there_only_where_an_organisation_is(issuer, visitor):
    assert "Log in met Stadskantoor" in text(visitor.get("/inloggen"))
    with override_settings(OIDC_ID="", OIDC_NAME=""):
        assert "Via je organisatie" not in text(visitor.get("/inloggen"))
