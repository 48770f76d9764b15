"""The mails that have to do with logging in, in both languages; none tells whether somebody has an account."""

from typing import Any

from wijkpeil.portrayal.language import Language, mark

_MAILS = {
    "account/email/password_reset_key": (
        mark("Kies een nieuw wachtwoord voor Wijkpeil"),
        mark(
            "Hallo {name},\n\nJe kunt hier een nieuw wachtwoord kiezen:\n{password_reset_url}\n\n"
            "De link werkt één keer en {days} dagen lang. Heb je dit niet gevraagd? Dan hoef je niets te doen.\n"
        ),
    ),
    "accounts/invited": (
        mark("Je bent uitgenodigd voor Wijkpeil"),
        mark(
            "Hallo {name},\n\nJe hebt een rol gekregen in Wijkpeil. Kies hier je wachtwoord:\n{password_reset_url}\n\n"
            "De link werkt één keer en {days} dagen lang. Is hij te oud? Vraag dan bij het inloggen een nieuwe aan.\n"
        ),
    ),
    "accounts/granted": (
        mark("Je hebt een rol gekregen in Wijkpeil"),
        mark("Hallo {name},\n\nJe hebt een rol gekregen in Wijkpeil. Log in om te zien welke:\n{login_url}\n"),
    ),
    "account/email/password_changed": (
        mark("Je wachtwoord voor Wijkpeil is veranderd"),
        mark("Hallo,\n\nJe wachtwoord is veranderd. Was jij dat niet? Vraag dan meteen een nieuw wachtwoord aan.\n"),
    ),
    "account/email/password_reset": (
        mark("Je wachtwoord voor Wijkpeil is veranderd"),
        mark("Hallo,\n\nJe wachtwoord is veranderd. Was jij dat niet? Vraag dan meteen een nieuw wachtwoord aan.\n"),
    ),
    **dict.fromkeys(
        (
            "mfa/email/totp_activated",
            "mfa/email/totp_deactivated",
            "mfa/email/webauthn_added",
            "mfa/email/webauthn_removed",
            "mfa/email/recovery_codes_generated",
            "socialaccount/email/account_connected",
            "socialaccount/email/account_disconnected",
        ),
        (
            mark("Er is iets veranderd aan hoe je inlogt bij Wijkpeil"),
            mark(
                "Hallo,\n\nEr is iets veranderd aan je tweede stap, je herstelcodes of een koppeling. "
                "Was jij dat niet? Kies dan meteen een nieuw wachtwoord en meld het bij de beheerder.\n"
            ),
        ),
    ),
}
DAYS = 3


def written(name: str, language: Language, parts: dict[str, Any]) -> tuple[str, str] | None:
    """Write a mail: its subject and its text; nothing for a mail that we do not send."""
    if name not in _MAILS:
        return None
    subject, text = _MAILS[name]
    user = parts.get("user")
    kept = {"name": user.name if user is not None else "", "days": DAYS}
    links = {key: value for key, value in parts.items() if key in {"password_reset_url", "login_url"}}
    return language.say(subject), language.say(text, **kept, **links)
