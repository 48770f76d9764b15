"""The forms of logging in, in our words: those of django-allauth with their labels and hints."""

from typing import Any

from allauth.account import forms as local
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkey
from django.forms import BaseForm

from wijkpeil.portrayal.language import mark
from wijkpeil.web.design.mending import mend
from wijkpeil.web.design.wording import later

_CODE = later(mark("De zes cijfers in de app op je telefoon, of een van je herstelcodes."))
_PASSWORD = later(mark("Minstens 12 tekens. Een zin die alleen jij kent, werkt goed."))


def _word(form: BaseForm, name: str, label: str, hint: str = "") -> None:
    """Give a field our label and hint, and no text inside the box: that disappears as soon as somebody types."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)
    mend(field)


class Login(local.LoginForm):  # type: ignore[misc]
    """E-mail address and password."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the fields."""
        super().__init__(*arguments, **parts)
        _word(self, "login", later(mark("E-mailadres")))
        _word(self, "password", later(mark("Wachtwoord")))


class Forgotten(local.ResetPasswordForm):  # type: ignore[misc]
    """Ask for a link to choose a new password."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the field."""
        super().__init__(*arguments, **parts)
        _word(self, "email", later(mark("E-mailadres")))


class Chosen(local.ResetPasswordKeyForm):  # type: ignore[misc]
    """Choose a password from a link in a mail."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the fields."""
        super().__init__(*arguments, **parts)
        _word(self, "password1", later(mark("Nieuw wachtwoord")), _PASSWORD)
        _word(self, "password2", later(mark("Nieuw wachtwoord, nog een keer")))


class Changed(local.ChangePasswordForm):  # type: ignore[misc]
    """Change a password that one knows."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the fields."""
        super().__init__(*arguments, **parts)
        _word(self, "oldpassword", later(mark("Wachtwoord van nu")))
        _word(self, "password1", later(mark("Nieuw wachtwoord")), _PASSWORD)
        _word(self, "password2", later(mark("Nieuw wachtwoord, nog een keer")))


class Again(local.ReauthenticateForm):  # type: ignore[misc]
    """Show once more who one is, before something weighty."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the field."""
        super().__init__(*arguments, **parts)
        _word(self, "password", later(mark("Wachtwoord")))


class Code(factor.AuthenticateForm):  # type: ignore[misc]
    """The code of the second step."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the field."""
        super().__init__(*arguments, **parts)
        _word(self, "code", later(mark("Code")), _CODE)


class CodeAgain(factor.ReauthenticateForm):  # type: ignore[misc]
    """The code once more, before something weighty."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the field."""
        super().__init__(*arguments, **parts)
        _word(self, "code", later(mark("Code")), _CODE)


class App(totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code of an app on the telephone."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the field."""
        super().__init__(*arguments, **parts)
        _word(self, "code", later(mark("Code")), later(mark("De zes cijfers die de app nu laat zien.")))


class Passkey(passkey.AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: a telephone, a computer or a key that shows who somebody is."""

    def __init__(self, *arguments: Any, **parts: Any) -> None:
        """Word the fields."""
        super().__init__(*arguments, **parts)
        self.fields.pop("passwordless", None)
        _word(self, "name", later(mark("Naam")), later(mark("Zoals ‘mijn telefoon’, zodat je hem later herkent.")))
