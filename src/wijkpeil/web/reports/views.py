"""Take a profile along, and find which reports there are."""

from http import HTTPStatus

from django.http import Http404, HttpResponse

from wijkpeil.portrayal.language import mark
from wijkpeil.publication.subject import is_known
from wijkpeil.reports.checking import DocumentError
from wijkpeil.reports.kept import BusyError
from wijkpeil.reports.page import policy
from wijkpeil.reports.workshop import Progress
from wijkpeil.web.accounts.refusals import ForbiddenError
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest, person_of
from wijkpeil.web.reports.ordering import FORMATS, book_of, profile_of

_SHOWN = frozenset({"pdf", "html"})
"""What a browser shows; anything else it keeps."""
AGAIN_IN = 5
"""After so many seconds a page that waits asks again by itself."""


def contents(request: ReaderRequest) -> HttpResponse:
    """List the reports that can be had of this edition."""
    edition = request.edition
    names = dict(edition.areas.select("code", "name").iter_rows())
    programmes = [
        (
            request.tongue.label(programme),
            sorted(
                (names[code], address("report-profile", edition=edition.id, code=code, form="pdf"))
                for one in programme.neighbourhoods
                if (code := programme.code_of(one)) in names
            ),
            address("rapporten", query=None, programme=programme.id),
            address("report-book", edition=edition.id, id=programme.id) if _works_in(request, programme.id) else "",
        )
        for programme in edition.policy.programmes
    ]
    return page(request, "reports/contents.html.j2", title=request.tongue.say("Rapporten"), programmes=programmes)


def profile(request: ReaderRequest, code: str, form: str) -> HttpResponse:
    """Give the profile of an area as a file, or a page that says when to come back."""
    if form not in FORMATS or not is_known(request.edition, code):
        raise Http404(code)
    try:
        found = profile_of(request, code, form)
    except BusyError:
        return _later(request)
    except DocumentError as fault:
        return _refused(request, str(fault))
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer.headers["ETag"] = found.tag
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Content-Disposition"] = (
        f'{"inline" if form in _SHOWN else "attachment"}; filename="wijkpeil-{request.edition.id}-{code}.{form}"'
    )
    if form == "html":
        # The page has its style within it, sealed by its hash; it may do less than any other page of the site.
        answer.headers["Content-Security-Policy"] = f"{policy()}; frame-ancestors 'none'"
    return answer


def programme_book(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Give the book of a programme to who works in it, or a page that says how far it is."""
    programme = request.edition.policy.programme.get(id)
    if programme is None:
        raise Http404(id)
    if not _works_in(request, id):
        raise ForbiddenError
    found = book_of(request, programme)
    if found is Progress.FAILED:
        sentence = request.tongue.say("Het maken is niet gelukt. Vraag het nog eens, of meld het aan de beheerder.")
        return _refused(request, sentence)
    if isinstance(found, Progress):
        return _later(request, found)
    answer = HttpResponse(found.content, content_type=found.media_type)
    answer.headers["ETag"] = found.tag
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = f'inline; filename="wijkpeil-{request.edition.id}-{id}.pdf"'
    return answer


def _works_in(request: ReaderRequest, programme: str) -> bool:
    by = person_of(request)
    return by is not None and any(held.programme == programme for held in by.held)


_SAID = {
    Progress.UNDER_WAY: mark("Je rapport wordt nu gemaakt. Dat duurt hoogstens een minuut."),
    Progress.WAITING: mark("Er worden nu andere rapporten gemaakt. Het jouwe komt zo."),
    Progress.FULL: mark("Er wachten al veel rapporten. Het jouwe komt in de rij zodra er plaats is."),
}


def _later(request: ReaderRequest, progress: Progress = Progress.WAITING) -> HttpResponse:
    """Say that it is being made; the page asks again by itself, and has a link for who rather does that."""
    is_ordered = progress is Progress.UNDER_WAY
    answer = page(
        request,
        "reports/later.html.j2",
        status=HTTPStatus.ACCEPTED if is_ordered else HTTPStatus.SERVICE_UNAVAILABLE,
        title=request.tongue.say("Je rapport wordt gemaakt"),
        said=request.tongue.say(_SAID[progress]),
    )
    answer.headers["Retry-After"] = str(AGAIN_IN)
    answer.headers["Refresh"] = str(AGAIN_IN)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(request: ReaderRequest, fault: str) -> HttpResponse:
    return page(
        request,
        "reports/refused.html.j2",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        title=request.tongue.say("Dit rapport kan niet worden gemaakt"),
        fault=fault,
    )
