"""A complaint says what is wrong, where, and what is allowed; nothing is refused without one."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the thing can go on: an ``error`` stops it, a ``warning`` stays visible in the edition."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """One fault in one place.

    ``file`` is a name or a path relative to the folder that was read; ``place`` a key (``judgement.materiality``)
    or a row and column (``rij 12, kolom AantalInwoners_5``); ``found`` what stands there; ``sentence`` what is
    wrong and what is allowed, in Dutch and ending in a full stop.
    """

    file: str
    place: str
    found: str
    sentence: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """Write the complaint on one line."""
        found = f" (hier staat: {self.found})" if self.found else ""
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{place}: {self.sentence}{found}"


class FaultsFound(Exception):  # noqa: N818 -- reads as a sentence: "raise FaultsFound(complaints)"
    """Carries every complaint of a whole reading at once."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        """Keep all complaints, worded together in the message."""
        super().__init__("\n".join(str(complaint) for complaint in complaints))
        self.complaints = complaints
