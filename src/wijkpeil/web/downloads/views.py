"""Take the figures with you."""

from collections.abc import Callable, Iterator

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse

from wijkpeil.publication import downloads
from wijkpeil.publication.dcat import Catalogue
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.downloads.offer import offer
from wijkpeil.web.downloads.places import at, places, publisher


def contents(request: ReaderRequest) -> HttpResponse:
    """Show what can be taken away."""
    return page(
        request,
        "downloads/contents.html.j2",
        title=request.tongue.say("Cijfers downloaden"),
        offer=offer(request.edition, request.tongue),
    )


def edition_file(request: ReaderRequest) -> HttpResponseBase:
    """Send the whole edition."""
    here = at(request, "start", edition=request.edition.id)
    return _sent(
        f"wijkpeil-{request.edition.id}",
        lambda: downloads.of_edition(request.edition, publisher=publisher(), page=here),
    )


def indicator_file(request: ReaderRequest, indicator: str) -> HttpResponseBase:
    """Send one indicator."""
    here = at(request, "downloads", edition=request.edition.id)
    return _sent(
        f"wijkpeil-{request.edition.id}-{indicator}",
        lambda: downloads.of_indicator(request.edition, indicator, publisher=publisher(), page=here),
    )


def area_file(request: ReaderRequest, code: str) -> HttpResponseBase:
    """Send one area."""
    here = at(request, "area", edition=request.edition.id, code=code)
    return _sent(
        f"wijkpeil-{request.edition.id}-{code}",
        lambda: downloads.of_area(request.edition, code, publisher=publisher(), page=here),
    )


def catalogue(request: ReaderRequest) -> HttpResponse:
    """Give the catalogue of all editions."""
    editions = [request.library.open(one.id) for one in request.library.editions()]
    if not editions:
        raise Http404("editions")
    return _turtle(Catalogue(places=places(request), publisher=publisher()).whole(editions))


def edition_catalogue(request: ReaderRequest) -> HttpResponse:
    """Give the catalogue of one edition, indicator by indicator."""
    before = request.library.before(request.edition.id)
    found = Catalogue(places=places(request), publisher=publisher())
    return _turtle(found.of_edition(request.edition, request.library.open(before) if before else None))


def _sent(name: str, made: Callable[[], Iterator[bytes]]) -> HttpResponseBase:
    """Send a zip while it is written; it is not packed a second time on its way."""
    try:
        pieces = made()
    except KeyError as unknown:
        raise Http404(str(unknown)) from None
    headers = {"Content-Disposition": f'attachment; filename="{name}.zip"', "Content-Encoding": "identity"}
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


def _turtle(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/turtle; charset=utf-8", headers={"Access-Control-Allow-Origin": "*"})
