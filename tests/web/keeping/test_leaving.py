"""Of whoever was away for two years only a number is left, which what he did goes on referring to."""

import json
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from web.conftest import PASSWORD
from wijkpeil.site.keeping import tables
from wijkpeil.site.keeping.again import erase_again
from wijkpeil.site.keeping.backup import back_up
from wijkpeil.site.keeping.restore import put_back
from wijkpeil.site.keeping.terms import TERMS
from wijkpeil.web.accounts import leaving
from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.checking import faults
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.logbook.remembering import listed_in
from wijkpeil.web.programmes.models import Ambition

from .conftest import SQLITE, standing_on

NAME, EMAIL = "Jannigje van der Vecht", "jannigje@wijk.example"
LONG_AGO = timedelta(days=800)
TERM = next(one for one in TERMS if "accounts" in one.what)


def somebody_of_long_ago(**values: object) -> Account:
    one = Account.objects.create_user(EMAIL, NAME, PASSWORD)
    EmailAddress.objects.create(user=one, email=EMAIL, primary=True, verified=True)
    for kind in Authenticator.Type:
        Authenticator.objects.create(user=one, type=kind, data={"whose": EMAIL})
    SocialAccount.objects.create(user=one, provider="gemeente", uid="jannigje", extra_data={"name": NAME})
    Client().force_login(one)
    ago = timezone.now() - LONG_AGO
    Account.objects.filter(pk=one.pk).update(**{"made_at": ago, "last_login": ago, **values})
    return Account.objects.get(pk=one.pk)


def erase_due() -> int:
    due = list(TERM.due(timezone.localdate()))
    for one in due:
        TERM.erase(one)
    return len(due)


def words() -> str:
    return json.dumps([row.decode() for model in tables.kept_models() for row in tables.rows(model)])


def test_of_an_account_only_its_number_is_left_and_one_line(db, erased):
    one = somebody_of_long_ago()
    wrote = Ambition.objects.create(programme="p", area="a", theme="t", words="Een bankje", author=one)
    Client().force_login(Account.objects.create_user("ander@wijk.example", "Ander"))
    assert (NAME in words(), Session.objects.count()) == (True, 2)
    assert erase_due() == 1
    left = Account.objects.get(pk=one.pk)
    assert not any(told in words() for told in (NAME, EMAIL, "jannigje"))
    assert Ambition.objects.get(pk=wrote.pk).author == left
    assert not left.is_active
    assert not left.has_usable_password()
    assert leaving.is_erased(left)
    for model in (EmailAddress, Authenticator, SocialAccount):
        assert not model.objects.exists()
    assert Session.objects.count() == 1, "that of the other one stays"
    line = Line.objects.get(kind=Kind.ACCOUNT)
    assert (line.verb, line.thing, line.actor) == (Verb.ERASE, str(one.pk), "")
    assert list(faults()) == []
    assert erase_due() == 0, "what was erased is not erased every night"


def test_two_who_are_erased_are_two(db, erased):
    for number in range(2):
        one = Account.objects.create_user(f"mens{number}@wijk.example", "Mens")
        Account.objects.filter(pk=one.pk).update(made_at=timezone.now() - LONG_AGO)
    assert erase_due() == 2
    assert Account.objects.values("email").distinct().count() == 2


def test_who_leaves_can_be_invited_again_as_somebody_new(db, erased):
    old = somebody_of_long_ago()
    erase_due()
    assert Account.objects.create_user(EMAIL, NAME).pk != old.pk


@pytest.mark.parametrize("values", [{"last_login": timezone.now()}, {"last_login": None, "made_at": timezone.now()}])
def test_who_logged_in_or_was_invited_lately_stays(db, values):
    somebody_of_long_ago(**values)
    assert erase_due() == 0


@pytest.mark.parametrize(("since", "until"), [(-900, None), (-900, 5), (5, None)])
def test_who_has_a_role_or_will_have_one_stays(db, since, until):
    one, now = somebody_of_long_ago(), timezone.now()
    ends = None if until is None else now + timedelta(days=until)
    Grant.objects.create(account=one, role="reader", programme="p", since=now + timedelta(days=since), until=ends)
    assert erase_due() == 0


@pytest.mark.parametrize("over", [{"until": timezone.now()}, {"revoked_at": timezone.now()}])
def test_who_had_a_role_goes(db, erased, over):
    one = somebody_of_long_ago()
    Grant.objects.create(account=one, role="reader", programme="p", since=timezone.now() - LONG_AGO, **over)
    assert erase_due() == 1


def test_who_comes_back_while_the_erasing_goes_on_stays(db):
    one = somebody_of_long_ago()
    due = list(TERM.due(timezone.localdate()))
    Account.objects.filter(pk=one.pk).update(last_login=timezone.now())
    for account in due:
        TERM.erase(account)
    assert Account.objects.get(pk=one.pk).name == NAME
    assert not Line.objects.filter(kind=Kind.ACCOUNT).exists()


def test_a_backup_of_before_does_not_bring_a_name_back(empty, erased, tmp_path):
    with standing_on(empty(SQLITE)):
        somebody_of_long_ago()
        back_up(tmp_path / "heel.zip")
        assert erase_due() == 1
    assert NAME not in erased.read_text()
    with standing_on(empty(SQLITE)):
        assert put_back(tmp_path / "heel.zip", list(listed_in(erased))).erased == 1
        assert not any(told in words() for told in (NAME, EMAIL, "jannigje"))
        assert list(faults()) == []
        assert erase_again(listed_in(erased)) == 0
