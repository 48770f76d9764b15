"""Read what the project explains, and what it says of itself."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse

from wijkpeil.web.design.addresses import whole
from wijkpeil.web.design.page import edition_at_hand, page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.texts.documents import COLLECTIONS, documents
from wijkpeil.web.texts.examples import examples
from wijkpeil.web.texts.rendering import written
from wijkpeil.web.texts.sources import told, wrong


def explanation(request: ReaderRequest) -> HttpResponse:
    """Show what there is to read."""
    collections = [(one, list(documents(one.id).values())) for one in COLLECTIONS.values()]
    return page(request, "texts/explanation.html.j2", title=request.tongue.say("Uitleg"), collections=collections)


def text(request: ReaderRequest, collection: str, name: str = "") -> HttpResponse:
    """Show one written page, or the index of its collection."""
    pages = documents(collection)
    if name not in pages:
        raise Http404(name)
    order = list(pages.values())
    place = list(pages).index(name)
    return page(
        request,
        "texts/text.html.j2",
        title=pages[name].title,
        collection=COLLECTIONS[collection],
        pages=order,
        now=pages[name],
        before=order[place - 1] if place else None,
        after=order[place + 1] if place + 1 < len(order) else None,
        written=written(collection, name, request.tongue.code),
    )


def sources(request: ReaderRequest) -> HttpResponse:
    """Show where the figures of an edition come from."""
    return page(
        request,
        "texts/sources.html.j2",
        title=request.tongue.say("Bronnen"),
        sources=list(told(request.edition, request.tongue)),
        complaints=len(request.edition.complaints),
    )


def complaints(request: ReaderRequest) -> HttpResponse:
    """Show what was wrong with the files that went into an edition."""
    return page(
        request,
        "texts/complaints.html.j2",
        title=request.tongue.say("Wat er mis was met de bestanden"),
        files=wrong(request.edition),
    )


def about(request: ReaderRequest) -> HttpResponse:
    """Say what this site is, whose it is and how to reach them."""
    return _own_page(request, "about", request.tongue.say("Over Wijkpeil"))


def privacy(request: ReaderRequest) -> HttpResponse:
    """Say what the site keeps of its readers."""
    return _own_page(request, "privacy", request.tongue.say("Privacy"))


def accessibility(request: ReaderRequest) -> HttpResponse:
    """Say for whom the site works, and what was tested."""
    return _own_page(request, "accessibility", request.tongue.say("Toegankelijkheid"))


def open_data(request: ReaderRequest) -> HttpResponse:
    """Show how to use the figures with a program, and on which terms."""
    newest = edition_at_hand(request)
    edition = request.library.open(newest) if newest else None
    questions = examples(edition, request.tongue) if edition else []
    return _own_page(request, "open-data", request.tongue.say("Open data en API"), questions=questions)


def _own_page(request: ReaderRequest, name: str, title: str, **context: Any) -> HttpResponse:
    """Write a page that the site says of itself, with who is behind it."""
    told: dict[str, Any] = {
        "site": whole(request, "/").rstrip("/"),
        "publisher": settings.PUBLISHER,
        "publisher_address": settings.PUBLISHER_ADDRESS,
        "contact": settings.CONTACT,
    }
    return page(request, f"texts/{name}.html.j2", title=title, **told, **context)
