"""Tells somebody of a new role: with a link to choose a password, or to whoever has one, that it is there."""

from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest

from wijkpeil.portrayal.language import Language
from wijkpeil.web.accounts.adapters import link_to_begin
from wijkpeil.web.accounts.mails import written
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.design.addresses import address, whole


def tell(account: Account, *, is_new: bool, request: HttpRequest, language: Language) -> None:
    """Send the mail; who gave the role sees the same either way."""
    parts: dict[str, object] = {"user": account, "login_url": whole(request, address("account_login"))}
    if is_new:
        parts["password_reset_url"] = link_to_begin(account, request)
    mail = written("accounts/invited" if is_new else "accounts/granted", language, parts)
    if mail is not None:
        send_mail(mail[0], mail[1], settings.DEFAULT_FROM_EMAIL, [account.email])
