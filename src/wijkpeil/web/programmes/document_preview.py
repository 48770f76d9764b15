"""What the text of a draft report would become today: every reference with its figure, and every complaint."""

from dataclasses import dataclass

from wijkpeil.publication.evidence_library import studies_for_readers
from wijkpeil.reports.editing import Resolved
from wijkpeil.reports.references import Fault
from wijkpeil.reports.remaking import checked
from wijkpeil.web.programmes import documents
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.models.document import Document, DocumentSort, DocumentState

MOST = 500
"""So many references, and so many complaints, stand on a page."""
_LONGEST = 400
"""So many letters of what a reference became stand in its row."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A text as it stands: what every reference becomes (where, what was typed, what it says), and the complaints.

    ``more`` counts what does not stand on the page.
    """

    becomes: tuple[tuple[str, str, str], ...]
    complaints: tuple[tuple[str, str, str], ...]
    accepted: tuple[tuple[str, str, str], ...]
    more: int


def preview(one: Document, desk: Desk) -> Preview | None:
    """Hold the text of a draft against the figures and the programme of today; nothing for what is no draft report."""
    if one.sort != DocumentSort.PROGRESS or one.state != DocumentState.DRAFT:
        return None
    draft = documents.draft(one, desk.edition, studies_for_readers(desk.request.library))
    found = checked(draft, desk.edition)
    return Preview(
        becomes=tuple(_row(resolved) for resolved in found.resolved[:MOST]),
        complaints=tuple(_told(fault) for fault in found.faults[:MOST]),
        accepted=tuple((str(a.fault.place), a.fault.sentence, a.reason) for a in found.accepted[:MOST]),
        more=max(0, len(found.resolved) - MOST) + max(0, len(found.faults) - MOST),
    )


def _row(one: Resolved) -> tuple[str, str, str]:
    words = " ".join(one.answer.words.split())
    if not words:
        words = " ".join(part.text for block in one.answer.blocks for part in getattr(block, "caption", ()))
    short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
    return str(one.reference.place), one.reference.source.strip("{} "), short


def _told(one: Fault) -> tuple[str, str, str]:
    return str(one.place), one.sentence, ", ".join(one.near)
