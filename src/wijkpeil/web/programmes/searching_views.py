"""The page on which words are sought in a programme, by whoever may read it."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse

from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.desk_views import EACH, answer
from wijkpeil.web.programmes.searching import LONGEST, Snippet, found, snippet, words_of
from wijkpeil.web.programmes.sections import Section

FEW = 5
"""So many of each kind are shown at first; the rest a click away."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A thing that was found: its name, where it is, what is said of it in lists, and the words around the hit."""

    title: str
    at: str
    said: str
    snippet: Snippet


@dataclass(frozen=True, kw_only=True)
class Group:
    """What was found of one kind."""

    slug: str
    heading: str
    count: int
    hits: list[Hit]
    more: str


def searching(request: ReaderRequest, programme: str, sections: tuple[Section, ...]) -> HttpResponse:
    """Find words: some things of every kind, or all of one kind, page by page."""
    desk = desk_of(request, programme)
    asked = request.GET.get("q", "").strip()[:LONGEST]
    chosen = request.GET.get("soort", "")
    known = [one for one in sections if one.slug == chosen] or list(sections)
    words, say = words_of(asked), request.tongue.say
    whole = len(known) == 1
    groups, pages, now = [], [], 1
    for section in known if words else ():
        rows = found(section.model, desk.programme.id, words, by=desk.by).select_related(*section.related)
        shown = Paginator(rows.order_by(*section.order), EACH if whole else FEW).get_page(
            request.GET.get("bladzijde") if whole else 1
        )
        if shown.paginator.count:
            groups.append(_group(desk, section, list(shown), shown.paginator.count, words, asked))
        if whole:
            now = shown.number
            pages = [(number, _at(desk, asked, section.slug, number)) for number in shown.paginator.page_range]
    return answer(
        desk,
        "programmes/search.html.j2",
        title=say("Zoeken in {programme}", programme=request.tongue.label(desk.programme)),
        sought=asked,
        chosen=chosen if whole else "",
        kinds=[("", say("Alles")), *((one.slug, say(one.heading)) for one in sections if _is_for(desk, one))],
        groups=groups,
        count=sum(one.count for one in groups),
        is_asked=bool(words),
        pages=pages,
        now=now,
    )


def _is_for(desk: Desk, section: Section) -> bool:
    """Offer a kind that can be public; one that never is, only to who may know of such a thing."""
    can_be_public = bool(section.model.PUBLIC) or section.slug in {"onderdelen", "aanbevelingen"}
    return can_be_public or desk.visible(section.model).exists()


def _group(desk: Desk, section: Section, rows: list[object], count: int, words: tuple[str, ...], asked: str) -> Group:
    return Group(
        slug=section.slug,
        heading=desk.request.tongue.say(section.heading),
        count=count,
        hits=[
            Hit(
                title=section.title(one),
                at=desk.at(f"{section.slug}_one", key=getattr(one, "key", "")),
                said=section.said(one, desk),
                snippet=snippet(one, words),
            )
            for one in rows
        ],
        more=_at(desk, asked, section.slug) if count > len(rows) else "",
    )


def _at(desk: Desk, asked: str, kind: str, number: int = 1) -> str:
    query: dict[str, object] = {"q": asked, "soort": kind, "bladzijde": number if number > 1 else None}
    return address("programme_search", query=query, programme=desk.programme.id)
