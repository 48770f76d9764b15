"""When a session has ended, and whether somebody in it has shown a second factor."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from wijkpeil.web.accounts.models import Account

BEGAN = "began"
FACTOR = "second_factor"
LONGEST = 12 * 60 * 60
"""A session ends after so many seconds, however busy somebody is."""


def listen() -> None:
    """Write down in a session when it began, and that a second factor was shown in it."""
    user_logged_in.connect(_began, dispatch_uid="accounts_began")
    authenticator_added.connect(_added, dispatch_uid="accounts_added")


def has_ended(request: HttpRequest, account: Account) -> bool:
    """Say whether a session is over: too old, or begun before the sessions of this account were ended."""
    began = float(request.session.get(BEGAN, 0.0))
    return began < account.sessions_from.timestamp() or began + LONGEST < timezone.now().timestamp()


def end_all(account: Account) -> None:
    """End every session of an account that runs now."""
    account.sessions_from = timezone.now()
    account.save(update_fields=["sessions_from"])


def lacks_second_factor(request: HttpRequest, account: Account) -> bool:
    """Say whether somebody must show a second factor first.

    It counts for the session in which it was shown: one that somebody else began with a stolen password gains
    nothing when the owner adds a factor.
    """
    if request.session.get(FACTOR) or not account.needs_second_factor:
        return False
    if any(record["method"] == "mfa" for record in get_authentication_records(request, account)):
        request.session[FACTOR] = True
        return False
    return True


def is_last_factor(authenticator: Authenticator) -> bool:
    """Say whether somebody is left without a second factor when this one goes; recovery codes are none."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
    return (
        authenticator.type != Authenticator.Type.RECOVERY_CODES
        and not others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    )


def _began(sender: object, request: HttpRequest, user: Account, **more: Any) -> None:
    request.session[BEGAN] = timezone.now().timestamp()


def _added(sender: object, request: HttpRequest, user: Account, **more: Any) -> None:
    """Take the new factor as shown, and end the other sessions: they may be somebody else's."""
    end_all(user)
    request.session[BEGAN] = user.sessions_from.timestamp()
    request.session[FACTOR] = True
