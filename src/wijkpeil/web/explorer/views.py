"""The movable map, its shapes and its values."""

import gzip

from django.http import Http404, HttpResponse, JsonResponse

from wijkpeil.domain.area import Level
from wijkpeil.publication.coverage import coverage_of
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.explorer.asking import mapped_levels, wanted
from wijkpeil.web.explorer.colours import colours
from wijkpeil.web.explorer.showing import explored

_SHAPES_KEPT = 31_536_000
"""Seconds that a browser keeps shapes: their address has the hash of the edition in it."""


def explorer(request: ReaderRequest) -> HttpResponse:
    """Show the map; without a script a small map and a table."""
    told = explored(request.edition, request.tongue, request.GET.dict())
    return page(request, "explorer/explorer.html.j2", title=request.tongue.say("Kaart"), told=told)


def values(request: ReaderRequest) -> HttpResponse:
    """Give the values of one map, in the order of its shapes."""
    asked = wanted(request.edition, request.tongue, request.GET.dict())
    return JsonResponse(
        colours(request.edition, request.tongue, asked),
        json_dumps_params={"ensure_ascii": False, "separators": (",", ":")},
    )


def shapes(request: ReaderRequest, level: str) -> HttpResponse:
    """Give the shapes of a level, in gzip to whoever reads it."""
    if level not in {one.value for one in mapped_levels(request.edition)}:
        raise Http404(level)
    packed = coverage_of(request.edition, Level(level)).packed
    reads_gzip = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(packed if reads_gzip else gzip.decompress(packed), content_type="application/json")
    if reads_gzip:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    if "v" in request.GET:
        answer["Cache-Control"] = f"public, max-age={_SHAPES_KEPT}, immutable"
    return answer
