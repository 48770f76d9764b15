"""The shelf of editions, what changed between two of them, and feeds to follow an area or an indicator."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.subject import level_words, warnings
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import area_card, edition_card
from wijkpeil.web.design.addresses import address, whole
from wijkpeil.web.design.page import KEPT, page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.editions import comparing
from wijkpeil.web.editions.following import Followed, entries
from wijkpeil.web.editions.shelf import cards

ATOM, CSV = "application/atom+xml; charset=utf-8", "text/csv; charset=utf-8"


def editions(request: ReaderRequest) -> HttpResponse:
    """List the editions, the newest first, withdrawn ones too."""
    return page(request, "editions/editions.html.j2", title=request.tongue.say("Edities"), cards=cards(request))


def revision(request: ReaderRequest, old: str, new: str) -> HttpResponse:
    """Show every cause of what changed, and what changed by theme."""
    before, after = _pair(request, old, new)
    found = comparing.revision_of(before, after)
    return page(
        request,
        "editions/revision.html.j2",
        title=request.tongue.say("Wat veranderde van {old} naar {new}", old=old, new=new),
        old=old,
        new=new,
        warnings=warnings(request.tongue, edition_card(after), after.policy),
        said=comparing.in_short(request.tongue, found),
        summary=comparing.summary(request.tongue, found),
        is_same=found.counts.is_empty() and found.flips.is_empty(),
        unexplained=found.unexplained.height,
        sections=comparing.sections(request.tongue, found, after),
    )


def changed_figures(request: ReaderRequest, old: str, new: str) -> StreamingHttpResponse:
    """Give every figure that changed, as CSV."""
    before, after = _pair(request, old, new)
    return StreamingHttpResponse(
        comparing.figures_csv(before, after), content_type=CSV, headers=_as_file(f"cijfers-{old}-{new}.csv")
    )


def flipped_verdicts(request: ReaderRequest, old: str, new: str) -> HttpResponse:
    """Give every verdict that flipped, as CSV."""
    found = comparing.revision_of(*_pair(request, old, new))
    return HttpResponse(comparing.flips_csv(found), content_type=CSV, headers=_as_file(f"oordelen-{old}-{new}.csv"))


def area_feed(request: ReaderRequest, code: str) -> HttpResponse:
    """Let a reader follow an area."""
    edition = _newest(request)
    try:
        area = area_card(edition, code)
    except KeyError:
        raise Http404(code) from None
    what = level_words(request.tongue, Level(area.level))
    at = address("area", edition=edition.id, code=code)
    return _feed(request, Followed(area=code), f"{area.name} ({what})", at)


def indicator_feed(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Let a reader follow an indicator."""
    edition = _newest(request)
    if id not in edition.policy.indicator:
        raise Http404(id)
    label = request.tongue.label(edition.policy.indicator[id])
    return _feed(request, Followed(indicator=id), label, address("start", edition=edition.id))


def _feed(request: ReaderRequest, followed: Followed, name: str, at: str) -> HttpResponse:
    told = entries(request.library, request.tongue, followed)
    answer = render(
        request,
        "editions/feed.atom.j2",
        {
            "say": request.tongue.say,
            "language": request.tongue,
            "name": name,
            "entries": told,
            "itself": whole(request, request.path),
            "page": whole(request, at),
            "fictional": _newest(request).manifest.fictional,
            "at": lambda one: whole(request, _at(followed, one)),
        },
        content_type=ATOM,
    )
    answer.headers["Cache-Control"] = f"public, max-age={KEPT}"
    return answer


def _at(followed: Followed, edition: str) -> str:
    if followed.area is not None:
        return address("area", edition=edition, code=followed.area)
    return address("start", edition=edition)


def _pair(request: ReaderRequest, old: str, new: str) -> tuple[Edition, Edition]:
    return request.library.open(old), request.library.open(new)


def _newest(request: ReaderRequest) -> Edition:
    return request.library.open(request.library.newest())


def _as_file(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
