"""Logging in: who has an account and a second factor gets in, and the answers tell nothing to anybody else."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import Client

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Role

PASSWORD = "een zin die alleen zij kent"
OTHER = "een heel andere lange zin"


def log_in(client, email, password=PASSWORD, **more):
    return client.post("/inloggen", {"login": email, "password": password, **more})


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def said(answer):
    """A page without what is new on every page: the token of its form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text(answer))


@pytest.fixture
def with_app(monkeypatch):
    """Turn the app on for an account, and give its secret; nothing waits for the end of a transaction."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda done, **_: done())

    def turn_on(client, account):
        log_in(client, account.email)
        assert client.get("/tweede-stap/app")["Location"].startswith("/inloggen/opnieuw")
        client.post("/inloggen/opnieuw", {"password": PASSWORD})
        secret = re.search(r"<code>(\w+)</code>", text(client.get("/tweede-stap/app")))[1]
        assert client.post("/tweede-stap/app", {"code": code_for(secret)}).status_code == 302
        return secret

    return turn_on


def test_a_reader_is_sent_to_the_form_and_back(visitor, somebody):
    somebody(email="an@wijkpeil.example", name="An van Dijk")
    asked = visitor.get("/account")
    assert asked["Location"] == "/inloggen?next=/account"
    assert "E-mailadres" in text(visitor.get(asked["Location"]))
    assert log_in(visitor, "an@wijkpeil.example", next="/account")["Location"] == "/account"
    assert "An van Dijk" in text(visitor.get("/account"))


def test_the_form_speaks_english_under_en(visitor):
    assert '<html lang="en">' in text(visitor.get("/en/inloggen"))


def test_what_was_typed_stays_and_what_is_wrong_is_told(visitor, somebody):
    somebody(email="an@wijkpeil.example")
    page = text(log_in(visitor, "an@wijkpeil.example", "iets anders dan dat"))
    assert "Het e-mailadres of het wachtwoord klopt niet." in page
    assert 'value="an@wijkpeil.example"' in page
    assert "iets anders" not in page


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(visitor, somebody):
    somebody(email="an@wijkpeil.example")
    known = said(log_in(visitor, "an@wijkpeil.example", "niet het goede woord"))
    unknown = said(log_in(visitor, "ab@wijkpeil.example", "niet het goede woord"))
    assert known.replace("an@", "ab@") == unknown


def test_asking_for_a_new_password_never_tells_whether_there_is_an_account(visitor, somebody):
    somebody(email="an@wijkpeil.example")
    answers = {
        email: visitor.post("/wachtwoord/vergeten", {"email": email}, follow=True)
        for email in ("an@wijkpeil.example", "ab@wijkpeil.example")
    }
    assert len({said(answer) for answer in answers.values()}) == 1
    assert [one.to for one in mail.outbox] == [["an@wijkpeil.example"]]


def test_a_link_chooses_a_password_once(visitor, somebody):
    somebody(email="an@wijkpeil.example")
    visitor.post("/wachtwoord/vergeten", {"email": "an@wijkpeil.example"})
    at = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]
    form = visitor.get(at)["Location"]
    weak = text(visitor.post(form, {"password1": "kort", "password2": "kort"}))
    assert "Er is iets nog niet goed" in weak
    assert visitor.post(form, {"password1": OTHER, "password2": OTHER})["Location"] == "/wachtwoord/gekozen"
    assert "werkt niet meer" in text(Client(headers={"host": "localhost"}).get(at))
    assert log_in(visitor, "an@wijkpeil.example").status_code == 200
    assert log_in(visitor, "an@wijkpeil.example", OTHER).status_code == 302


def test_nobody_can_sign_up(visitor):
    for at in ("/aanmelden", "/signup", "/accounts/signup/", "/account/signup"):
        assert visitor.get(at).status_code == 404


def test_who_tries_too_often_has_to_wait(visitor, somebody):
    somebody(email="an@wijkpeil.example")
    for _ in range(12):
        last = log_in(visitor, "an@wijkpeil.example", "steeds een ander woord")
    assert "te vaak" in text(last)
    assert log_in(visitor, "an@wijkpeil.example").status_code != 302


def test_a_role_that_writes_asks_a_second_factor_first(visitor, somebody, with_app):
    account = somebody(Role.MANAGER)
    log_in(visitor, account.email)
    assert visitor.get("/rollen")["Location"] == "/tweede-stap"
    assert visitor.get("/editie/voorbeeld")["Location"] == "/tweede-stap"
    with_app(visitor, account)
    assert visitor.get("/editie/voorbeeld").status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role != Role.READER])
def test_every_role_but_the_reader_needs_a_second_factor(visitor, somebody, role):
    log_in(visitor, somebody(role).email)
    assert visitor.get("/editie/voorbeeld").status_code == 302


def test_a_reader_with_an_account_needs_none(visitor, somebody):
    log_in(visitor, somebody(Role.READER).email)
    assert visitor.get("/editie/voorbeeld").status_code == 200


def test_with_a_factor_a_password_alone_opens_nothing(visitor, somebody, with_app):
    account = somebody(Role.MANAGER)
    secret = with_app(visitor, account)
    other = Client(headers={"host": "localhost"})
    assert log_in(other, account.email)["Location"] == "/inloggen/tweede-stap"
    assert other.get("/account")["Location"].startswith("/inloggen")
    assert "klopt niet" in text(other.post("/inloggen/tweede-stap", {"code": "000000"}))
    assert other.get("/account").status_code == 302
    from django.core.cache import cache

    cache.clear()  # a code works once
    other.post("/inloggen/tweede-stap", {"code": code_for(secret)})
    assert other.get("/account").status_code == 200


def test_a_recovery_code_works_once(visitor, somebody, with_app):
    account = somebody(Role.MANAGER)
    with_app(visitor, account)
    code = re.findall(r"<li>(\d{8})</li>", text(visitor.get("/tweede-stap/herstelcodes")))[0]
    for status in (200, 302):
        other = Client(headers={"host": "localhost"})
        log_in(other, account.email)
        other.post("/inloggen/tweede-stap", {"code": code})
        assert other.get("/account").status_code == status


def test_a_session_that_began_with_a_stolen_password_gains_nothing_when_the_owner_adds_a_factor(
    visitor, somebody, with_app
):
    account = somebody(Role.MANAGER)
    thief = Client(headers={"host": "localhost"})
    log_in(thief, account.email)
    with_app(visitor, account)
    assert thief.get("/account")["Location"].startswith("/inloggen")
    assert visitor.get("/account").status_code == 200


def test_the_last_factor_of_a_role_that_writes_stays(visitor, somebody, with_app):
    account = somebody(Role.MANAGER)
    with_app(visitor, account)
    assert "Jouw rol vraagt een tweede stap" in text(visitor.post("/tweede-stap/app/weg"))
    assert account.authenticator_set.filter(type="totp").exists()


def test_the_last_passkey_of_a_role_that_writes_stays_and_one_of_two_goes(visitor, somebody, with_app):
    account = somebody(Role.MANAGER)
    with_app(visitor, account)
    account.authenticator_set.filter(type="totp").delete()
    first, second = (account.authenticator_set.create(type="webauthn", data={"name": name}) for name in "ab")
    visitor.post(f"/tweede-stap/passkeys/{first.pk}/weg")
    assert [one.pk for one in account.authenticator_set.filter(type="webauthn")] == [second.pk]
    answer = visitor.post(f"/tweede-stap/passkeys/{second.pk}/weg", follow=True)
    assert "Jouw rol vraagt een tweede stap" in text(answer)
    assert account.authenticator_set.filter(pk=second.pk).exists()


def test_the_secret_of_a_factor_is_unreadable_in_the_database(visitor, somebody, with_app):
    account = somebody(Role.MANAGER)
    secret = with_app(visitor, account)
    kept = [str(one.data) for one in account.authenticator_set.all()]
    assert kept and not any(secret in one for one in kept)


def test_a_closed_account_is_out_at_once(signed_in, somebody):
    account = somebody(Role.READER)
    client = signed_in(account)
    assert client.get("/account").status_code == 200
    Account.objects.filter(pk=account.pk).update(is_active=False)
    assert client.get("/account")["Location"].startswith("/inloggen")


def test_a_session_ends_after_a_working_day_however_busy_somebody_is(signed_in, somebody):
    client = signed_in(somebody(Role.READER))
    session = client.session
    session["began"] -= 12 * 60 * 60 + 1
    session.save()
    assert client.get("/account")["Location"].startswith("/inloggen")


def test_logging_out_takes_a_form_and_ends_the_session(signed_in, somebody):
    client = signed_in(somebody(Role.READER))
    assert client.get("/uitloggen").status_code == 200
    assert client.get("/account").status_code == 200
    client.post("/uitloggen")
    assert client.get("/account").status_code == 302


def test_a_secret_is_made_of_enough_chance():
    assert len(generate_totp_secret()) >= 32
