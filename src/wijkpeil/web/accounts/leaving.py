"""Erases whoever left: name, address and every way to log in go, the bare number that things refer to stays."""

import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone

from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.writing import take_turn, write

FORGOTTEN_AFTER = timedelta(days=730)
"""After so long without a role and without logging in, nobody needs to know any more who somebody was."""
NOBODY = "—"
"""What stands where the name was."""
_NOWHERE = "@gewist.invalid"
"""No mail ever comes here: ``.invalid`` is kept free for that (RFC 2606)."""
_ERASED = models.Q(is_active=False, email__endswith=_NOWHERE)


def forgotten() -> "models.QuerySet[Account]":
    """Give the accounts that nobody used for two years and that have no role, not even one that is yet to begin."""
    until = timezone.now() - FORGOTTEN_AFTER
    unused = models.Q(last_login__lt=until) | models.Q(last_login=None, made_at__lt=until)
    still = models.Q(until=None) | models.Q(until__gt=timezone.now())
    needed = Grant.objects.filter(still, revoked_at=None).values("account")
    return Account.objects.filter(unused).exclude(pk__in=needed).exclude(_ERASED).order_by("made_at", "pk")


def is_erased(account: Account) -> bool:
    """Say whether nothing is left of somebody but a number."""
    return not account.is_active and account.email.endswith(_NOWHERE)


def erase(account: Account, *, reason: str) -> None:
    """Leave nothing of an account but its number, in one transaction with its line in the logbook.

    What somebody wrote, signed or decided goes on referring to that number: it stays visible that one person did
    both, and not who. In the place of the address comes something random, no hash: of a hash anybody finds the address
    by trying.
    """
    with transaction.atomic():
        take_turn()
        one = Account.objects.select_for_update().get(pk=account.pk)
        one.name, one.email = NOBODY, f"{secrets.token_hex(16)}{_NOWHERE}"
        one.is_active, one.last_login, one.sessions_from = False, None, timezone.now()
        one.set_unusable_password()
        one.save()
        EmailAddress.objects.filter(user=one).delete()
        Authenticator.objects.filter(user=one).delete()
        SocialAccount.objects.filter(user=one).delete()
        _end_sessions(one)
        write(by=None, verb=Verb.ERASE, kind=Kind.ACCOUNT, thing=str(one.pk), programme="", reason=reason, payload={})


def erase_forgotten(account: Account, *, reason: str) -> bool:
    """Erase an account whose term is over; not one that logged in or got a role since somebody looked."""
    with transaction.atomic():
        take_turn()
        if not forgotten().filter(pk=account.pk).exists():
            return False
        erase(account, reason=reason)
        return True


def _end_sessions(account: Account) -> None:
    """Delete the rows of its sessions; what is in a row can only be read by opening it."""
    own = [one.pk for one in Session.objects.iterator() if one.get_decoded().get(SESSION_KEY) == str(account.pk)]
    Session.objects.filter(pk__in=own).delete()
