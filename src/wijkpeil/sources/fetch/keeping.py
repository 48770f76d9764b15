"""What must be known of a download for as long as it is kept, and what a keeper of downloads can do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, kw_only=True)
class Retrieval:
    """One time that some bytes were fetched.

    ``fetched_at`` has a time zone; ``etag`` and ``modified`` are what the server said of this version, or
    ``None``; ``media_type`` is its Content-Type.
    """

    address: str
    fetched_at: datetime
    publisher: str
    licence: str
    attribution: str
    media_type: str | None = None
    etag: str | None = None
    modified: str | None = None


Check = Callable[[Path], None]
"""Looks at a complete download before it is kept; raises when it is not what was asked for."""


class Keeper(Protocol):
    """Keeps bytes by the hash of their content: the same bytes are there once, and never change.

    A protocol, because ``store`` lies above ``sources``: whoever starts a download hands the keeper down.
    """

    def keep(self, chunks: Iterable[bytes], *, retrieval: Retrieval, check: Check | None = None) -> str:
        """Keep a stream that ends well and passes its check; give its hash."""
        ...

    def has(self, sha256: str) -> bool:
        """Tell whether the bytes of this hash are there, undamaged."""
        ...

    def read(self, sha256: str) -> bytes:
        """Give the bytes of this hash; raises ``ValueError`` with a Dutch sentence when they are damaged."""
        ...
