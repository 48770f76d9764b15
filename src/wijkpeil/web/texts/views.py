"""Read what the project explains, and what it says of itself."""

from django.http import Http404, HttpResponse

from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.texts.documents import COLLECTIONS, documents
from wijkpeil.web.texts.rendering import written


def explanation(request: ReaderRequest) -> HttpResponse:
    """Show what there is to read."""
    return page(
        request, "texts/explanation.html.j2", title=request.tongue.say("Uitleg"), collections=COLLECTIONS.values()
    )


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
