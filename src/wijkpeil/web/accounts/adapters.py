"""How we differ from django-allauth: nobody signs up, mail is in our words, and secrets are locked away."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language

from wijkpeil.portrayal.language import language, mark
from wijkpeil.web.accounts.mails import written
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.sessions import is_last_factor
from wijkpeil.web.design.addresses import whole
from wijkpeil.web.design.wording import later

_AGAIN = {
    "reauthenticate": later(mark("Gebruik je wachtwoord")),
    "mfa_reauthenticate": later(mark("Gebruik een code")),
    "mfa_reauthenticate:webauthn": later(mark("Gebruik een passkey")),
}


class OurAccounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Local accounts: an administrator invites, nobody signs up."""

    error_messages = {  # noqa: RUF012  as allauth has it
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": later(mark("Het e-mailadres of het wachtwoord klopt niet.")),
        "enter_current_password": later(mark("Dit is niet je wachtwoord van nu.")),
        "incorrect_password": later(mark("Dit wachtwoord klopt niet.")),
        "invalid_or_expired_key": later(mark("Deze link werkt niet meer. Vraag een nieuwe aan.")),
        "invalid_password_reset": later(mark("Deze link werkt niet meer. Vraag een nieuwe aan.")),
        "too_many_login_attempts": later(
            mark("Dat is te vaak misgegaan. Wacht een paar minuten en probeer het dan weer.")
        ),
        "rate_limited": later(mark("Dat is te vaak. Wacht een paar minuten en probeer het dan weer.")),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for himself."""
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Name the ways to show once more who one is."""
        listed = super().get_reauthentication_methods(user)
        return [{**one, "description": _AGAIN.get(one["id"], one["description"])} for one in listed]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail in our words; what we have no words for is not sent."""
        mail = written(template_prefix, language(get_language() or "nl"), context)
        if mail is not None:
            subject, text = mail
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [email])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Give the link in a mail, under the address by which people find the site."""
        identity, token = key.split("-", 1)
        return link_for(self.request, identity, token)


class OurFactors(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors, of which the secrets are unreadable in the database and in its backups."""

    error_messages = {  # noqa: RUF012
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": later(
            mark("Jouw rol vraagt een tweede stap. Voeg eerst een andere toe; daarna kan deze weg.")
        ),
        "incorrect_code": later(mark("Deze code klopt niet. Kijk op je telefoon wat de code nu is.")),
    }

    def encrypt(self, text: str) -> str:
        """Lock a secret with the key of the site."""
        return Fernet(settings.FACTOR_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock it again."""
        return Fernet(settings.FACTOR_KEY).decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last factor of whoever needs one."""
        account = Account.objects.get(pk=authenticator.user_id)
        return not (account.needs_second_factor and is_last_factor(authenticator))

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002  as allauth has it
        """Name a passkey that its owner gave no name, apart from those that are there."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return language(get_language() or "nl").say("Passkey {number}", number=count + 1)

    def get_totp_issuer(self) -> str:
        """Name the site in the app on the telephone."""
        return "Wijkpeil"


class OutsideAccounts(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Logging in through an organisation: linked by who issued the account and its number there, never by e-mail."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody makes an account for himself this way either."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let in whose account was linked before, and tell the others how that is done.

        Only the number of the account at its issuer is kept; name and e-mail address that came along are forgotten.
        """
        told = sociallogin.account.extra_data.get("id_token") or {}
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []
        if told.get("iss") != settings.OIDC_ISSUER:
            messages.error(request, later(mark("Het antwoord van je organisatie klopt niet. Probeer het opnieuw.")))
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        if sociallogin.is_existing or sociallogin.state.get("process") == "connect":
            return
        messages.error(
            request,
            later(
                mark(
                    "Je account bij je organisatie is hier niet gekoppeld. Log in met je e-mailadres en wachtwoord, en "
                    "koppel het daarna bij ‘Jouw account’."
                )
            ),
        )
        raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))


def link_to_begin(account: Account, request: HttpRequest | None = None) -> str:
    """Give the link with which somebody chooses a password; it works once and for a few days."""
    return link_for(request, user_pk_to_url_str(account), default_token_generator.make_token(account))


def link_for(request: HttpRequest | None, identity: str, token: str) -> str:
    """Write the link to choose a password."""
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": identity, "key": token})
    return whole(request, path) if request is not None else f"{settings.SITE_ADDRESS or 'http://127.0.0.1:8000'}{path}"
