"""Feeds of a programme and of each of its neighbourhoods, with an entry for everything that became public."""

from django.http import Http404, HttpResponse
from django.shortcuts import render

from wijkpeil.web.design.addresses import whole
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.following import clean, identity_of, moments

ATOM = "application/atom+xml; charset=utf-8"


def programme_feed(request: ReaderRequest, programme: str) -> HttpResponse:
    """Let a reader follow a whole programme."""
    desk = desk_of(request, programme)
    return _feed(desk, request.tongue.label(desk.programme), desk.at("steering"), None)


def neighbourhood_feed(request: ReaderRequest, programme: str, area: str) -> HttpResponse:
    """Let a reader follow one neighbourhood."""
    desk = desk_of(request, programme)
    if area not in desk.cities:
        raise Http404(area)
    return _feed(desk, desk.name_of(area), desk.at("dossier", area=area), (desk.cities[area], area))


def _feed(desk: Desk, name: str, at: str, place: tuple[str, str] | None) -> HttpResponse:
    """Write a feed; readers ask every time whether it is still the same, for a story can be withdrawn."""
    request, told = desk.request, moments(desk.programme.id, desk.request.tongue, place=place)
    answer = render(
        request,
        "programmes/feed.atom.j2",
        {
            "say": request.tongue.say,
            "language": request.tongue,
            "identity": identity_of("feed", desk.programme.id, place[1] if place else "", request.tongue.code),
            "name": clean(name),
            "moments": told,
            "itself": whole(request, request.path),
            "page": whole(request, at),
            "fictional": desk.edition.manifest.fictional,
            "at": lambda one: whole(request, desk.at(f"{one.slug}_one", key=one.key)),
            "where": lambda one: clean(desk.name_of(one.area)) if one.area else "",
        },
        content_type=ATOM,
    )
    answer.headers["Cache-Control"] = "no-cache"
    return answer
