"""Roles: an administrator gives them and takes them back, nobody gives himself one, and the logbook knows of each."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from wijkpeil.web.accounts.granting import Wanted, grant, revoke
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.refusals import ChangedMeanwhileError, HiddenError, NotNowError
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.logbook.models import Line

HERE = "/rollen/wijkaanpak"
FORM = {
    "email": "nieuw@wijkpeil.example",
    "name": "Nieuw Mens",
    "role": "coordinator",
    "where": "/",
    "reason": "Begint maandag",
}


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def wanted(email="nieuw@wijkpeil.example", role=Role.COORDINATOR, **more):
    return Wanted(email=email, name="Nieuw Mens", role=role, **{"programme": "wijkaanpak", **more})


@pytest.fixture
def administrator(somebody):
    return somebody(Role.ADMINISTRATOR, email="beheer@wijkpeil.example")


def test_an_administrator_invites_by_mail_and_the_link_opens_the_account(signed_in, visitor, administrator):
    answer = signed_in(administrator).post(HERE, FORM, follow=True)
    assert "De rol is gegeven" in text(answer) and "nieuw@wijkpeil.example" in text(answer)
    at = re.search(r"http://[^/]+(/\S+)", mail.outbox[0].body)[1]
    form = visitor.get(at)["Location"]
    new = "een zin om te onthouden"
    assert visitor.post(form, {"password1": new, "password2": new}).status_code == 302
    assert visitor.post("/inloggen", {"login": "nieuw@wijkpeil.example", "password": new})["Location"] == "/account"


def test_the_answer_is_the_same_whether_or_not_the_account_was_there(signed_in, administrator, somebody):
    somebody(email="er.al@wijkpeil.example")
    client, pages = signed_in(administrator), []
    for email in ("er.al@wijkpeil.example", "nog.niet@wijkpeil.example"):
        page = text(client.post(HERE, {**FORM, "email": email}, follow=True)).replace(email, "…")
        pages.append(re.sub(r'value="[^"]{64}"|[0-9a-f-]{36}', "", page))
        Grant.objects.filter(account__email=email).delete()
    assert pages[0] == pages[1]


def test_giving_and_taking_back_each_leave_one_line_without_a_name_or_address(administrator):
    given, _ = grant(wanted(), by=administrator, reason="Begint maandag")
    revoke(given, by=administrator, reason="Gaat weg", seen=given.version)
    lines = list(Line.objects.order_by("number"))
    assert [(one.verb, one.kind, one.thing, one.actor) for one in lines] == [
        ("grant", "grant", str(given.key), str(administrator.pk)),
        ("revoke", "grant", str(given.key), str(administrator.pk)),
    ]
    assert all("wijkpeil.example" not in str(one.text.payload) and "Mens" not in str(one.text.payload) for one in lines)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_himself_a_role_the_administrator_included(administrator, role):
    with pytest.raises(NotNowError):
        grant(
            wanted(email=" Beheer@Wijkpeil.example ", role=role, party=1 if role == Role.PARTNER else None),
            by=administrator,
            reason="",
        )
    assert administrator.grants.count() == 1
    assert not Line.objects.exists()


def test_the_database_itself_refuses_a_role_that_somebody_gave_himself(administrator):
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(account=administrator, given_by=administrator, role=Role.MINISTER, programme="wijkaanpak")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.AUDITOR}])
def test_for_everybody_else_the_pages_of_roles_are_not_there(signed_in, somebody, administrator, role):
    client, given = signed_in(somebody(role)), administrator.grants.get()
    assert client.get(HERE).status_code == 404
    assert client.get("/rollen").status_code == 404
    assert client.post(HERE, FORM).status_code == 404
    assert client.post(f"{HERE}/{given.key}/intrekken", {"reason": "x", "seen": 1}).status_code == 404
    assert not Line.objects.exists()


def test_an_auditor_sees_who_has_which_role_and_can_give_none(signed_in, somebody, administrator):
    client = signed_in(somebody(Role.AUDITOR))
    page = text(client.get(HERE))
    assert administrator.email in page and "Geef een rol" not in page
    client.post(HERE, FORM)
    assert not Account.objects.filter(email=FORM["email"]).exists()


def test_an_administrator_of_one_programme_or_city_reaches_no_further(somebody):
    here = somebody(Role.ADMINISTRATOR, city="GM0001")
    grant(wanted(city="GM0001"), by=here, reason="")
    for where in ({}, {"city": "GM0002"}, {"programme": "ander"}):
        with pytest.raises(HiddenError):
            grant(wanted(**where), by=here, reason="")


def test_the_role_of_administrator_opens_no_content(administrator):
    from wijkpeil.web.accounts.permissions import PERMISSIONS
    from wijkpeil.web.accounts.roles import Kind

    assert {kind for (kind, _), roles in PERMISSIONS.items() if Role.ADMINISTRATOR in roles} == {Kind.GRANT}


def test_a_role_taken_back_ends_every_session_at_once(signed_in, somebody, administrator):
    manager = somebody(Role.MANAGER)
    client = signed_in(manager)
    assert client.get("/account").status_code == 200
    at = f"{HERE}/{manager.grants.get().key}/intrekken"
    admin = signed_in(administrator)
    assert manager.email in text(admin.get(at))
    assert admin.post(at, {"seen": 1, "reason": "Uit dienst"}).status_code == 302
    assert client.get("/account")["Location"].startswith("/inloggen")
    assert admin.get(at).status_code == 404


def test_of_two_who_take_back_the_same_role_the_second_is_told(administrator, somebody):
    given = somebody(Role.MANAGER).grants.get()
    same = Grant.objects.get(pk=given.pk)
    revoke(given, by=administrator, reason="", seen=1)
    with pytest.raises(ChangedMeanwhileError):
        revoke(same, by=administrator, reason="", seen=1)


def test_a_role_ends_by_itself_on_its_last_day(somebody):
    account = somebody(Role.MANAGER, until=timezone.now() - timezone.timedelta(seconds=1))
    assert account.held == ()


def test_a_role_given_again_replaces_the_one_that_stood(administrator):
    first, _ = grant(wanted(), by=administrator, reason="")
    second, _ = grant(wanted(), by=administrator, reason="")
    first.refresh_from_db()
    assert first.revoked_at is not None and second.revoked_at is None


def test_a_form_keeps_what_was_typed_and_says_what_to_mend(signed_in, administrator):
    page = text(
        signed_in(administrator).post(HERE, {**FORM, "email": "geen adres", "until": "2020-01-01", "reason": ""})
    )
    assert 'value="geen adres"' in page and 'value="Nieuw Mens"' in page
    assert "Deze dag is al voorbij. Kies vandaag of later." in page
    assert page.count('aria-invalid="true"') == 3
    for field in ("id_email", "id_until", "id_reason"):
        assert f'href="#{field}"' in page


def test_a_partner_without_a_party_is_told_what_to_choose(signed_in, administrator):
    assert "Kies bij de rol partner een partij" in text(
        signed_in(administrator).post(HERE, {**FORM, "role": "partner"})
    )
