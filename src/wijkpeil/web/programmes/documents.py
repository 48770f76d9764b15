"""What can be done to a document: drafted, frozen with its figures, approved by another, sent; and a story cut out."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import timezone

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.portrayal.language import mark
from wijkpeil.publication.edition import Edition
from wijkpeil.reports.archive import (
    Archive,
    ArchiveError,
    Erratum,
    Recipe,
    archive_bytes,
    read_archive,
    sha256,
    without_story,
)
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.kept import BusyError, Kept, one_at_a_time
from wijkpeil.reports.remaking import code_version, made
from wijkpeil.reports.state import ProgrammeState
from wijkpeil.reports.written import Written
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.acting import NotNowError, acting, require
from wijkpeil.web.programmes.models.document import Document, DocumentSort, DocumentState, Frozen
from wijkpeil.web.programmes.models.story import Story
from wijkpeil.web.programmes.policy import put, require_another, step
from wijkpeil.web.programmes.state_of import picture_bytes, programme_state
from wijkpeil.web.programmes.states import DOCUMENT

FIELDS = ("sort", "title", "text", "corrects", "wrong", "wrong_where", "right")

TEXT_FILE = "tekst.md"
"""What the text of an editor is called where a complaint tells its place."""

_PATIENCE = 20.0
"""So many seconds who freezes a document waits for another report."""


def add(document: Document, *, by: Account, reason: str = "") -> Document:
    """Begin a document, as a draft."""
    document.author = by
    payload = {name: getattr(getattr(document, name), "key", getattr(document, name)) for name in FIELDS}
    with acting(document, Verb.ADD, by=by, reason=reason, payload=payload):
        _require_whole(document)
        document.save()
    return document


def change(document: Document, values: Mapping[str, Any], *, by: Account, reason: str, seen: int) -> None:
    """Change a draft; one that was frozen thaws, and its archive is gone."""
    payload = {name: getattr(value, "key", value) for name, value in values.items()}
    with acting(document, Verb.CHANGE, by=by, reason=reason, payload=payload, seen=seen):
        step(document, DOCUMENT, Verb.CHANGE)
        put(document, values, FIELDS)
        _require_whole(document)
        _thaw(document)
        document.save()


def freeze(
    document: Document,
    edition: Edition,
    *,
    studies: tuple[StudyResult, ...] = (),
    by: Account,
    reason: str = "",
    seen: int,
) -> None:
    """Freeze the figures, the state of the programme and the photos of today, and make the document from them.

    ``studies`` are those that a text may cite. It is made before anything is written, so that nobody waits for it;
    raises ``NotNowError`` where it cannot be made, and where there are complaints about its text.
    """
    require(document, Verb.FREEZE, by=by)
    step(Document(state=document.state), DOCUMENT, Verb.FREEZE)
    try:
        with one_at_a_time(_PATIENCE):
            archive = made(draft(document, edition, studies), edition)
    except BusyError:
        raise NotNowError(mark("Er wordt nu een ander rapport gemaakt. Probeer het over een minuut opnieuw.")) from None
    except (ArchiveError, DocumentError) as fault:
        raise NotNowError(_as_it_is(str(fault))) from fault
    payload: dict[str, Any] = {"edition": edition.id, "edition_sha256": edition.manifest.content}
    with acting(document, Verb.FREEZE, by=by, reason=reason, payload=payload, seen=seen):
        step(document, DOCUMENT, Verb.FREEZE)
        document.edition, document.frozen_on = edition.id, timezone.localdate()
        payload |= _put_away(document, archive)
        document.save()


def approve(document: Document, *, by: Account, reason: str = "", seen: int) -> None:
    """Approve a frozen document of somebody else."""
    payload = {"archive": document.archive_hash, "document": document.document_hash}
    with acting(document, Verb.APPROVE, by=by, reason=reason, payload=payload, seen=seen):
        require_another(document, by)
        step(document, DOCUMENT, Verb.APPROVE)
        document.approved_by = by
        document.save()


def send(document: Document, *, paper: str, by: Account, reason: str = "", seen: int) -> None:
    """Send an approved document: from now on everybody can read it, and nothing of it changes."""
    payload = {"paper": paper, "archive": document.archive_hash, "document": document.document_hash}
    with acting(document, Verb.SEND, by=by, reason=reason, payload=payload, seen=seen):
        step(document, DOCUMENT, Verb.SEND)
        document.sent_on, document.paper = timezone.localdate(), paper.strip()
        document.save()


def redact(story: Story) -> int:
    """Cut a story out of every archive that tells it, at once; gives of how many.

    It is a part of withdrawing the story, in the same transaction: who takes a consent back waits for nobody. The
    documents are issued again by whoever asks for them first, as the next redaction.
    """
    found = [
        one
        for one in Frozen.objects.filter(document__programme=story.programme)
        .select_related("document")
        .defer("content")
        if story.key in one.stories
    ]
    for one in found:
        _cut(one.document, story.key)
    Kept(settings.REPORTS, settings.REPORTS_MOST).forget_all()
    return len(found)


def archive_of(document: Document) -> Archive | None:
    """Give the archive of a document, or nothing while it has none."""
    found = Frozen.objects.filter(document=document).first()
    return None if found is None else read_archive(bytes(found.content))


def issued(document: Document, edition: Edition) -> Archive | None:
    """Give the archive with its document, which is made where a story was cut out since; nothing while it has none.

    Raises ``ArchiveError`` where the figures of the document are not those of the edition, and ``BusyError`` while
    others are served.
    """
    archive = archive_of(document)
    if archive is None or archive.document:
        return archive
    with one_at_a_time():
        document.refresh_from_db()
        archive = archive_of(document)
        if archive is None or archive.document:
            return archive
        whole = made(archive, edition)
        payload: dict[str, Any] = {"redaction": whole.recipe.redaction}
        with acting(document, Verb.REDACT, by=None, reason="", payload=payload):
            payload |= _put_away(document, whole)
            document.save()
    return whole


def _cut(document: Document, key: str) -> None:
    payload: dict[str, Any] = {"story": key, "archive_before": document.archive_hash}
    with acting(document, Verb.REDACT, by=None, reason="", payload=payload):
        archive = archive_of(document)
        if archive is not None:
            payload |= _put_away(document, without_story(archive, key, on=timezone.localdate()))
            document.save()


def _put_away(document: Document, archive: Archive) -> dict[str, Any]:
    """Keep an archive in the place of the one before, and give what the logbook tells of it."""
    content = archive_bytes(archive)
    Frozen.objects.update_or_create(document=document, defaults={"content": content, "stories": sorted(archive.holds)})
    document.redaction = archive.recipe.redaction
    document.archive_hash = sha256(content)
    document.document_hash = sha256(archive.document) if archive.document else ""
    return {"archive": document.archive_hash, "document": document.document_hash}


def _as_it_is(sentence: str) -> str:
    """Write a sentence in which somebody's own text stands so that its braces name no part to be filled in."""
    return sentence.replace("{", "{{").replace("}", "}}")


def _thaw(document: Document) -> None:
    Frozen.objects.filter(document=document).delete()
    document.edition, document.frozen_on = "", None
    document.archive_hash = document.document_hash = ""
    document.redaction = 0


def draft(document: Document, edition: Edition, studies: tuple[StudyResult, ...] = ()) -> Archive:
    """Give what a document would be made from if it were frozen today; nothing is made, and nothing kept."""
    today = timezone.localdate()
    state = (
        ProgrammeState(programme=document.programme, taken_on=today)
        if document.sort == DocumentSort.ERRATUM
        else programme_state(document.programme, taken_on=today)
    )
    is_written = document.sort == DocumentSort.PROGRESS
    return Archive(
        recipe=Recipe(
            sort=document.sort,
            programme=document.programme,
            city=document.city,
            area=document.area,
            edition=edition.id,
            edition_hash=edition.manifest.content,
            code_version=code_version(),
            frozen_on=today.isoformat(),
            site=settings.SITE_ADDRESS,
            title=document.title,
            erratum=_erratum(document),
        ),
        state=state,
        written=Written(title=document.title, parts=((TEXT_FILE, document.text),)) if is_written else None,
        studies=studies if is_written else (),
        pictures=picture_bytes(state) if document.sort == DocumentSort.MAGAZINE else {},
    )


def _erratum(document: Document) -> Erratum | None:
    about = document.corrects
    if document.sort != DocumentSort.ERRATUM or about is None:
        return None
    return Erratum(
        of_title=about.title,
        of_document=about.document_hash,
        wrong=document.wrong,
        where=document.wrong_where,
        right=document.right,
    )


def _require_whole(document: Document) -> None:
    """Refuse a report without its text, and an erratum that does not say of which document, what, where and how."""
    if (document.sort == DocumentSort.PROGRESS) != bool(document.text.strip()):
        raise NotNowError(mark("Een voortgangsrapportage heeft een tekst, en een ander rapport niet."))
    if document.sort != DocumentSort.ERRATUM:
        if document.corrects is not None or document.wrong or document.wrong_where or document.right:
            raise NotNowError(mark("Alleen een erratum verbetert een ander rapport. Kies bij soort: erratum."))
        return
    about = document.corrects
    if about is None or about.state != DocumentState.SENT or about.programme != document.programme:
        raise NotNowError(mark("Kies welk verzonden rapport je verbetert."))
    if not (document.wrong.strip() and document.wrong_where.strip() and document.right.strip()):
        raise NotNowError(mark("Schrijf op wat er niet klopt, waar het staat, en wat het moet zijn."))
