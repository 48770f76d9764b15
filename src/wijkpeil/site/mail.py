"""How mail leaves the site: by a server, into a folder, or on the screen of whoever runs it."""

from typing import Any
from urllib.parse import unquote, urlsplit

_BACKEND = "django.core.mail.backends"


def mail(address: str, *, folder: str) -> dict[str, Any]:
    """Read the address of a mail server; without one mail goes into ``folder``, and without that on the screen.

    Raises ``ValueError`` with the forms that are allowed. An address holds a password, so it is never repeated.
    """
    if not address:
        if folder:
            return {"EMAIL_BACKEND": f"{_BACKEND}.filebased.EmailBackend", "EMAIL_FILE_PATH": folder}
        return {"EMAIL_BACKEND": f"{_BACKEND}.console.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError(
            "WIJKPEIL_SMTP is geen adres dat we kennen. Gebruik smtp://naam:wachtwoord@server:587 of "
            "smtps://naam:wachtwoord@server:465."
        )
    is_wrapped = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": f"{_BACKEND}.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if is_wrapped else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": is_wrapped,
        "EMAIL_USE_TLS": not is_wrapped and "plain" not in parts.query,
        "EMAIL_TIMEOUT": 20,
    }
