"""Static files by the hash of what is in them, so that a browser may keep them for ever."""

import hashlib
from functools import lru_cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class HashedFiles(StaticFilesStorage):
    """Gives every file an address that changes when the file does, without a step before serving."""

    def url(self, name: str | None) -> str:
        """Give the address of a file with a piece of its hash behind it."""
        return f"{super().url(name)}?v={_piece(name)}" if name else super().url(name)


@lru_cache(maxsize=512)
def _piece(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    with open(found, "rb") as stream:  # noqa: PTH123  finders give a string
        return hashlib.file_digest(stream, "sha256").hexdigest()[:12]
