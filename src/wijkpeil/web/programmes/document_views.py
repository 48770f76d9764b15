"""Documents at the desk, and the files that everybody may take along once they are sent."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from wijkpeil.portrayal.language import NO_BREAK, mark
from wijkpeil.publication.evidence_library import studies_for_readers
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.reports.archive import Archive, ArchiveError, archive_bytes, document_name
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.kept import BusyError
from wijkpeil.web.accounts.refusals import HiddenError
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes import documents
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.desk_views import answer, thing_of
from wijkpeil.web.programmes.document_preview import preview
from wijkpeil.web.programmes.forms.document import DocumentForm, SendForm
from wijkpeil.web.programmes.forms.fields import JustDo
from wijkpeil.web.programmes.models.document import Document, DocumentState
from wijkpeil.web.programmes.sections import Act, Section
from wijkpeil.web.programmes.taking import place, taken
from wijkpeil.web.programmes.withdrawing import withdrawing

_WRITING = frozenset({DocumentState.DRAFT, DocumentState.FROZEN})
AGAIN_IN = "5"
"""After so many seconds a page that waits looks again by itself."""
PDF, ARCHIVE = "application/pdf", "application/zip"


def detail(one: Document, desk: Desk) -> dict[str, Any]:
    """Give what it is, from which figures, who sent it when, and the files."""
    say, language = desk.request.tongue.say, desk.request.tongue
    facts = [
        (say("Soort"), say(one.get_sort_display())),
        (say("Waar"), desk.where(one)),
        (say("Stand"), say(one.get_state_display())),
        (say("Editie"), one.edition),
        (say("Bevroren op"), language.day(one.frozen_on) if one.frozen_on else ""),
        (say("Verzonden op"), language.day(one.sent_on) if one.sent_on else ""),
        (say("Kamerstuk"), one.paper),
        (say("Redactie"), str(one.redaction) if one.redaction else ""),
        (say("Document, sha256"), one.document_hash),
        (say("Archief, sha256"), one.archive_hash),
    ]
    about = one.corrects if one.corrects is not None and one.corrects.is_public else None
    errata = desk.visible(Document).filter(corrects=one).order_by("pk")
    return {
        "facts": facts,
        "texts": [
            (say("Wat er niet klopt"), [one.wrong]),
            (say("Waar het staat"), [one.wrong_where]),
            (say("Wat het moet zijn"), [one.right]),
        ],
        "taking": _files(one, desk),
        "preview": preview(one, desk),
        "related": [
            *(
                [(say("Verbetert: {title}", title=about.title), desk.at("rapporten_one", key=about.key))]
                if about
                else []
            ),
            *((say("Erratum: {title}", title=two.title), desk.at("rapporten_one", key=two.key)) for two in errata),
        ],
    }


def _files(one: Document, desk: Desk) -> list[tuple[str, str]]:
    if not one.archive_hash:
        return []
    say = desk.request.tongue.say
    return [
        (f"{say('Het rapport')}{NO_BREAK}(PDF)", desk.at("rapporten_pdf", key=one.key)),
        (f"{say('Het archief waaruit het is gemaakt')}{NO_BREAK}(zip)", desk.at("rapporten_archive", key=one.key)),
    ]


def pdf(request: ReaderRequest, programme: str, key: str) -> HttpResponse:
    """Give the document; where a story was cut out since, it is issued again first."""
    return _given(request, programme, key, lambda archive: archive.document, PDF, document_name)


def archive(request: ReaderRequest, programme: str, key: str) -> HttpResponse:
    """Give the archive, from which anybody can make the document again."""
    return _given(
        request, programme, key, archive_bytes, ARCHIVE, lambda recipe: document_name(recipe).replace(".pdf", ".zip")
    )


def _given(request: ReaderRequest, programme: str, key: str, part: Any, media_type: str, name: Any) -> HttpResponse:
    desk = desk_of(request, programme)
    one: Document = thing_of(desk, DOCUMENTS, key)
    found = None
    try:
        found = documents.issued(one, request.library.open(one.edition)) if one.edition else None
    except BusyError:
        return _later(desk, one)
    except (ArchiveError, DocumentError, NoSuchEditionError, EditionDamagedError) as fault:
        return _refused(desk, one, str(fault))
    if found is None:
        raise HiddenError
    return _file(one, found, part(found), media_type, name(found.recipe))


def _file(one: Document, found: Archive, content: bytes, media_type: str, name: str) -> HttpResponse:
    given = HttpResponse(content, content_type=media_type)
    given.headers["Content-Disposition"] = (
        f'inline; filename="{name}"' if media_type == PDF else f'attachment; filename="{name}"'
    )
    given.headers["ETag"] = f'"{one.archive_hash[:32]}-{found.recipe.redaction}"'
    given.headers["Cache-Control"] = "no-cache" if one.is_public else "private, no-store"
    given.headers["X-Content-Type-Options"] = "nosniff"
    return given


def _later(desk: Desk, one: Document) -> HttpResponse:
    """Say that it is being issued again; the page looks again by itself."""
    say = desk.request.tongue.say
    fault = say("Het wordt nu opnieuw gemaakt. Deze pagina kijkt over een paar tellen zelf opnieuw.")
    later = _refused(desk, one, fault, status=HTTPStatus.SERVICE_UNAVAILABLE)
    later.headers["Retry-After"] = later.headers["Refresh"] = AGAIN_IN
    return later


def _refused(desk: Desk, one: Document, fault: str, status: int = HTTPStatus.CONFLICT) -> HttpResponse:
    """Say why a document that lost a story cannot be issued again; the old one is not given out."""
    return answer(
        desk,
        "programmes/unissued.html.j2",
        status=status,
        title=one.title,
        section=DOCUMENTS,
        fault=fault,
        back=desk.at("rapporten_one", key=one.key),
    )


DOCUMENTS = Section(
    slug="rapporten",
    model=Document,
    heading=mark("Rapporten van dit programma"),
    lead=mark("Wat over dit programma is verzonden, en van welke cijfers het is gemaakt."),
    template="programmes/document.html.j2",
    title=lambda one: str(one.title),
    said=lambda one, desk: desk.request.tongue.say(
        "{sort}, {state}",
        sort=desk.request.tongue.say(one.get_sort_display()),
        state=desk.request.tongue.say(one.get_state_display()),
    ),
    detail=detail,
    order=("-made_at", "pk"),
    related=("corrects",),
    acts=(
        Act(
            slug="wijzigen",
            verb=Verb.CHANGE,
            label=mark("Wijzigen"),
            form=DocumentForm,
            states=_WRITING,
            opening=lambda one: {
                **{name: getattr(one, name) for name in documents.FIELDS},
                "corrects": one.corrects.key if one.corrects else "",
            },
            do=lambda one, said, by, seen: documents.change(
                one, taken(said, documents.FIELDS), by=by, reason=said["reason"], seen=seen
            ),
        ),
        Act(
            slug="bevriezen",
            verb=Verb.FREEZE,
            label=mark("Cijfers bevriezen"),
            form=JustDo,
            states=frozenset({DocumentState.DRAFT}),
            do=lambda one, said, by, seen: documents.freeze(
                one,
                said["form"].desk.edition,
                studies=studies_for_readers(said["form"].desk.request.library),
                by=by,
                reason=said["reason"],
                seen=seen,
            ),
        ),
        Act(
            slug="goedkeuren",
            verb=Verb.APPROVE,
            label=mark("Goedkeuren"),
            form=JustDo,
            states=frozenset({DocumentState.FROZEN}),
            do=lambda one, said, by, seen: documents.approve(one, by=by, reason=said["reason"], seen=seen),
        ),
        Act(
            slug="verzenden",
            verb=Verb.SEND,
            label=mark("Verzenden"),
            form=SendForm,
            states=frozenset({DocumentState.APPROVED}),
            do=lambda one, said, by, seen: documents.send(
                one, paper=said["paper"], by=by, reason=said["reason"], seen=seen
            ),
        ),
        withdrawing(Kind.DOCUMENT),
    ),
    adding=Act(
        slug="nieuw",
        verb=Verb.ADD,
        label=mark("Nieuw rapport"),
        form=DocumentForm,
        do=lambda one, said, by, seen: documents.add(one, by=by, reason=said["reason"]),
    ),
    new_of=lambda desk, said: Document(**place(desk, said), **taken(said, documents.FIELDS)),
)
