"""A file as somebody sent it and as it was cleaned, on its way to the thing it belongs to."""

import hashlib
from dataclasses import dataclass

from wijkpeil.web.programmes.attachments.names import shown
from wijkpeil.web.programmes.attachments.types import Cleaned


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What it was called, what it shows, and what it is after cleaning."""

    name: str
    cleaned: Cleaned
    shows: str = ""

    @classmethod
    def of(cls, name: str, cleaned: Cleaned, shows: str = "") -> "Sent":
        """Take a name as it was typed."""
        return cls(name=shown(name), cleaned=cleaned, shows=shows.strip())

    @property
    def content(self) -> bytes:
        """Its bytes."""
        return self.cleaned.content

    @property
    def media_type(self) -> str:
        """What it is."""
        return self.cleaned.format.media_type

    @property
    def sha256(self) -> str:
        """The hash of what is kept, which is never that of what was sent."""
        return hashlib.sha256(self.content).hexdigest()
