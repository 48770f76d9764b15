"""Find a neighbourhood, and look at it."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect

from wijkpeil.portrayal.comparison import comparison, levels_differ
from wijkpeil.portrayal.likeness import match_sentences
from wijkpeil.portrayal.overview import blocks
from wijkpeil.portrayal.own_area import own_facts, own_themes, refusals
from wijkpeil.portrayal.profile import absences, around_words, named, origins, section
from wijkpeil.portrayal.subject import facts
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.own_area import own_subject
from wijkpeil.publication.records import csv_text, figures_table
from wijkpeil.publication.subject import is_known, subject_of
from wijkpeil.web.areas import around, comparing, composing
from wijkpeil.web.areas.finding import hits
from wijkpeil.web.areas.glance import gemeenten, glance, news
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
    edition, tongue = request.edition, request.tongue
    return page(
        request,
        "areas/start.html.j2",
        title=tongue.say("Hoe gaat het met je wijk?"),
        glance=glance(edition, tongue),
        gemeenten=gemeenten(edition),
        news=news(edition, tongue, request.library),
    )


def search(request: ReaderRequest) -> HttpResponse:
    """Find areas by name, code or postcode; one that is surely meant is opened at once."""
    asked = request.GET.get("q", "").strip()[:200]
    found = hits(request.edition, request.tongue, asked)
    if found.only is not None:
        return HttpResponseRedirect(address("area", edition=request.edition.id, code=found.only))
    programmes = request.library.open(request.library.newest()).policy.programmes
    return page(
        request,
        "areas/search.html.j2",
        title=request.tongue.say("Zoeken"),
        asked=asked,
        found=found,
        programmes=[(request.tongue.label(one), one.id) for one in programmes] if asked else [],
    )


def area(request: ReaderRequest, code: str) -> HttpResponse:
    """Show one area at a first look, theme by theme."""
    edition, tongue = request.edition, request.tongue
    _known(request, code)
    about = subject_of(edition, code, in_short=True)
    speaker = Speaker(language=tongue, policy=about.policy)
    return page(
        request,
        "areas/area.html.j2",
        title=about.area.name,
        about=about,
        over=around.what_and_where(tongue, about.area),
        steps=around.steps_to(edition, tongue, about.area),
        facts=facts(tongue, about),
        blocks=blocks(speaker, about),
        comparators=named(speaker, about),
        around_it=around_words(tongue, about) if any(len(one.peers) > 1 for one in about.readings) else "",
        absences=absences(speaker, about),
        match=match_sentences(tongue, about.match, about.policy),
        neighbourhood=around.neighbourhood_of(edition, about),
        dossiers=around.dossiers_of(tongue, about) if request.is_newest else [],
        parts=around.parts_of(edition, about.area),
        inside=around.inside(edition, tongue, about.area),
    )


def area_csv(request: ReaderRequest, code: str) -> HttpResponse:
    """Give the figures of one area, all years, as a file."""
    _known(request, code)
    table = figures_table(request.edition, [code], [one.id for one in request.edition.policy.indicators])
    answer = HttpResponse(csv_text(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="wijkpeil-{request.edition.id}-{code}.csv"'
    return answer


def theme(request: ReaderRequest, code: str, theme: str) -> HttpResponse:
    """Show one theme of an area, with every indicator in full."""
    chosen = request.edition.policy.theme.get(theme)
    if chosen is None:
        raise Http404(theme)
    _known(request, code)
    edition, tongue = request.edition, request.tongue
    ids = tuple(one.id for one in edition.policy.indicators if one.theme == theme)
    about = subject_of(edition, code, indicators=ids, beside_all=False, with_methods=True)
    speaker = Speaker(language=tongue, policy=about.policy)
    return page(
        request,
        "areas/theme.html.j2",
        title=tongue.say("{theme} in {name}", theme=tongue.label(chosen), name=about.area.name),
        about=about,
        over=around.what_and_where(tongue, about.area),
        steps=around.steps_to(edition, tongue, about.area, here=tongue.label(chosen)),
        section=section(speaker, about, chosen),
        comparators=named(speaker, about),
        around_it=around_words(tongue, about) if any(len(one.peers) > 1 for one in about.readings) else "",
        absences=absences(speaker, about),
        origins=origins(tongue, about),
        themes=[(tongue.label(one), one.id) for one in edition.policy.themes],
        theme=theme,
    )


def compare(request: ReaderRequest) -> HttpResponse:
    """Set two to six areas beside each other."""
    edition, tongue = request.edition, request.tongue
    wanted = comparing.asked(edition, tongue, request.GET)
    speaker = Speaker(language=tongue, policy=edition.policy)
    subjects = [subject_of(edition, code, in_short=True, with_peers=False) for code in wanted.codes]
    return page(
        request,
        "areas/compare.html.j2",
        title=tongue.say("Vergelijk gebieden"),
        wanted=wanted,
        sought=request.GET.get("erbij", "").strip()[:200],
        chosen=comparing.chosen(edition, tongue, wanted.codes),
        more=[
            (one, comparing.at(edition, wanted, codes=(*wanted.codes, one.code)))
            for one in wanted.found.listed
            if one.code not in wanted.codes and len(wanted.codes) < comparing.MOST
        ],
        themes=[
            (tongue.label(one), comparing.at(edition, wanted, theme=one.id), one == wanted.theme)
            for one in edition.policy.themes
        ],
        comparators=[(one, speaker.comparator(one)) for one in comparing.comparators()],
        compared=comparison(speaker, subjects, wanted.theme, wanted.comparator) if len(subjects) > 1 else None,
        levels_differ=levels_differ(subjects),
    )


def own_area(request: ReaderRequest) -> HttpResponse:
    """Compose an area from parts of one gemeente, and show what it is."""
    edition, tongue = request.edition, request.tongue
    wanted = composing.asked(edition, tongue, request.GET)
    shown: dict[str, Any] = {"themes": [], "refusals": [], "facts": [], "comparators": ("", "")}
    if len(wanted.parts) > 1:
        about, refused = own_subject(edition, wanted.parts, wanted.name or tongue.say("Je eigen gebied"))
        speaker = Speaker(language=tongue, policy=about.policy)
        shown = {
            "themes": own_themes(speaker, about),
            "refusals": refusals(tongue, refused),
            "facts": own_facts(tongue, about),
            "comparators": named(speaker, about)[:1],
            "around_it": around_words(tongue, about),
        }
    return page(
        request,
        "areas/own_area.html.j2",
        title=wanted.name or tongue.say("Je eigen gebied"),
        wanted=wanted,
        groups=composing.choices(edition, wanted.gemeente, wanted.parts) if wanted.gemeente else [],
        gemeenten=composing.gemeenten_to_choose(edition),
        **shown,
    )


def _known(request: ReaderRequest, code: str) -> None:
    """Raise ``Http404`` for an area that the edition does not know."""
    if not is_known(request.edition, code):
        raise Http404(code)
