"""Find a neighbourhood, and look at it."""

from django.http import Http404, HttpResponse, HttpResponseRedirect

from wijkpeil.portrayal.profile import absences, origins, section
from wijkpeil.portrayal.subject import Subject, facts
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.subject import subject_of
from wijkpeil.web.areas.finding import hits
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest


def newest(request: ReaderRequest) -> HttpResponse:
    """Go to the start of the newest edition."""
    return HttpResponseRedirect(address("start", edition=request.library.newest()))


def newest_area(request: ReaderRequest, code: str) -> HttpResponse:
    """Go to an area in the newest edition."""
    return HttpResponseRedirect(address("area", edition=request.library.newest(), code=code))


def start(request: ReaderRequest) -> HttpResponse:
    """Show the start of an edition."""
    return page(request, "areas/start.html.j2", title=request.tongue.say("Hoe gaat het met je wijk?"))


def search(request: ReaderRequest) -> HttpResponse:
    """Find areas by name, code or postcode; one that is surely meant is opened at once."""
    asked = request.GET.get("q", "").strip()[:200]
    found = hits(request.edition, request.tongue, asked)
    if found.only is not None:
        return HttpResponseRedirect(address("area", edition=request.edition.id, code=found.only))
    return page(request, "areas/search.html.j2", title=request.tongue.say("Zoeken"), asked=asked, found=found)


def area(request: ReaderRequest, code: str) -> HttpResponse:
    """Show one area, theme by theme."""
    about = _about(request, code)
    speaker = Speaker(language=request.tongue, policy=about.policy)
    return page(
        request,
        "areas/area.html.j2",
        title=about.area.name,
        area=about.area,
        facts=facts(request.tongue, about),
        sections=[section(speaker, about, theme) for theme in about.policy.theme.values()],
        absences=absences(speaker, about),
        origins=origins(request.tongue, about),
    )


def theme(request: ReaderRequest, code: str, theme: str) -> HttpResponse:
    """Show one theme of an area, with every indicator in full."""
    chosen = request.edition.policy.theme.get(theme)
    if chosen is None:
        raise Http404(theme)
    ids = tuple(one.id for one in request.edition.policy.indicators if one.theme == theme)
    about = _about(request, code, ids)
    speaker = Speaker(language=request.tongue, policy=about.policy)
    return page(
        request,
        "areas/theme.html.j2",
        title=f"{about.area.name}: {request.tongue.label(chosen)}",
        area=about.area,
        section=section(speaker, about, chosen),
    )


def _about(request: ReaderRequest, code: str, indicators: tuple[str, ...] | None = None) -> Subject:
    try:
        return subject_of(request.edition, code, indicators=indicators)
    except KeyError:
        raise Http404(code) from None
