"""Secrets that must be the same for all processes of a site: from the environment, or kept beside the shelf."""

import base64
import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path


def kept_secret(path: Path) -> str:
    """Give the secret in a file that only its owner reads; it is made the first time.

    Two processes that begin together end with the same one: who is late reads what the other wrote.
    """
    with suppress(FileExistsError):
        path.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text(encoding="ascii").strip()


def locking_key(secret: str) -> bytes:
    """Make the key that locks secrets in the database (Fernet: 32 bytes in base64) out of a secret of any length."""
    return base64.urlsafe_b64encode(hashlib.sha256(secret.encode()).digest())
