"""A programme at a glance, its rug, its quadrant and its outcomes."""

from django.http import HttpResponse, HttpResponseRedirect

from wijkpeil.portrayal.rug import MOMENTS, TABS
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.asking import ALL, asked, indicator_of, moment_of, theme_of, themes_of
from wijkpeil.web.programmes.gathering import cities, facts, glance, guide, outcome_tables, rug_of
from wijkpeil.web.programmes.steering import first_of, offered, quadrant_of


def programmes(request: ReaderRequest) -> HttpResponse:
    """List the programmes of the edition; where there is one, go to it."""
    found = request.edition.policy.programmes
    if len(found) == 1:
        return HttpResponseRedirect(address("programme", edition=request.edition.id, id=found[0].id))
    return page(request, "programmes/programmes.html.j2", title=request.tongue.say("Programma's"), programmes=found)


def programme(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Show what a programme is, how it went in short, and its neighbourhoods."""
    about = asked(request, id)
    return page(
        request,
        "programmes/programme.html.j2",
        title=about.title,
        about=about,
        facts=facts(about),
        said=glance(about),
        cities=cities(about),
    )


def overview(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Show the rug of a programme, by theme or (to print) whole."""
    about, moment = asked(request, id), moment_of(request)
    theme = theme_of(request, about)
    chosen = [one for one in about.judged if theme in {ALL, one.theme}]
    whole = theme == ALL
    label = request.tongue.say("Alle thema's") if whole else request.tongue.label(about.edition.policy.theme[theme])
    return page(
        request,
        "programmes/rug.html.j2",
        title=about.title,
        about=about,
        moment=moment,
        moments=[(request.tongue.say(label), one) for one, label in TABS.items()],
        moment_words=request.tongue.say(MOMENTS[moment]),
        theme=theme,
        theme_label=label,
        themes=[(one, request.tongue.label(about.edition.policy.theme[one])) for one in themes_of(about)],
        whole=whole,
        rug=rug_of(about, moment, chosen, in_full=not whole),
    )


def quadrant(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Show level against change for one indicator."""
    about = asked(request, id)
    choice = offered(about)
    chosen = indicator_of(request, choice, first_of(about, choice)) if choice else None
    return page(
        request,
        "programmes/quadrant.html.j2",
        title=about.title,
        about=about,
        choice=[
            (
                request.tongue.label(about.edition.policy.theme[theme]),
                [(one.id, request.tongue.label(one)) for one in choice if one.theme == theme],
            )
            for theme in dict.fromkeys(one.theme for one in choice)
        ],
        chosen=chosen,
        label=request.tongue.label(chosen) if chosen else "",
        drawn=quadrant_of(about, chosen) if chosen else None,
    )


def outcomes(request: ReaderRequest, id: str) -> HttpResponse:  # noqa: A002
    """Show in how many neighbourhoods gaps became smaller, beside what luck gives, theme by theme."""
    about = asked(request, id)
    said, tables = outcome_tables(about)
    return page(
        request,
        "programmes/outcomes.html.j2",
        title=about.title,
        about=about,
        said=said,
        tables=tables,
        guide=guide(request.tongue),
    )
