"""Where decisions are kept: one address, of a file on this machine or of a PostgreSQL server."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

_FORMS = "sqlite:///pad/naar/wijkpeil.sqlite3 of postgresql://naam:wachtwoord@server:5432/databank"


def database(address: str, *, default: Path) -> dict[str, Any]:
    """Read the address of the database; without one it is the file ``default``.

    Raises ``ValueError`` with the forms that are allowed. An address holds a password, so it is never repeated.
    """
    if not address:
        return _sqlite(default)
    parts = urlsplit(address)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return _sqlite(Path(unquote(parts.path.removeprefix("/"))))
    if parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    raise ValueError(f"WIJKPEIL_DATABASE is geen adres dat we kennen. Gebruik {_FORMS}.")


def _sqlite(path: Path) -> dict[str, Any]:
    """Write ahead and take the lock at the start of a transaction: who writes never finds the file changed halfway."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }
