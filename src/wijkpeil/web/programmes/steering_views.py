"""The dossier of a neighbourhood, and what must be seen first of a whole programme."""

from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.dashboard import SHOWN, dashboard
from wijkpeil.web.programmes.decision_views import revised_words
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.desk_views import answer
from wijkpeil.web.programmes.dossier import Entry, dossier
from wijkpeil.web.programmes.dossier_lines import lines_of
from wijkpeil.web.programmes.glance import pictures
from wijkpeil.web.programmes.judged import judged_of
from wijkpeil.web.programmes.models.decision import Course

_PAGES = {
    Kind.AMBITION: "ambities",
    Kind.AGREEMENT: "afspraken",
    Kind.ITEM: "onderdelen",
    Kind.MEASURE: "maatregelen",
    Kind.VISITATION: "visitaties",
    Kind.RECOMMENDATION: "aanbevelingen",
    Kind.TALK: "gesprekken",
    Kind.DECISION: "besluiten",
    Kind.PROMISE: "toezeggingen",
    Kind.STORY: "verhalen",
}
_REACH = {"city": mark("voor de hele stad"), "programme": mark("voor het hele programma")}
_LONGEST = 400


def neighbourhood(request: ReaderRequest, programme: str, area: str) -> HttpResponse:
    """Show everything about a neighbourhood that who asks may know, in time order."""
    desk = desk_of(request, programme)
    if area not in desk.cities:
        raise Http404(area)
    judged = judged_of(desk.edition, programme, area)
    found = dossier(programme, desk.cities[area], area, by=desk.by, today=timezone.localdate(), judged=judged)
    say, standing = request.tongue.say, found.standing
    return answer(
        desk,
        "programmes/dossier.html.j2",
        title=desk.name_of(area),
        area=area,
        standing=say(str(Course(standing.course).label)) if standing else say("er is nog niets besloten"),
        returns_when=standing.returns_when if standing and standing.course == Course.WIND_DOWN else "",
        entries=[_line(one, desk) for one in found.entries],
        open_ends=[_line(one, desk) for one in found.open_ends],
        revised=[revised_words(one, desk) for one in found.revised],
        courses=lines_of(desk, area),
    )


def steering(request: ReaderRequest, programme: str) -> HttpResponse:
    """Show what must be seen first of a programme."""
    desk = desk_of(request, programme)
    verdicts = desk.edition.verdicts(programme=programme, comparator="rest_of_city")
    records = list(verdicts.select("area", "indicator", "verdict", "latest").iter_rows(named=True))
    found = dashboard(programme, desk.cities, by=desk.by, today=timezone.localdate(), verdicts=records)
    language, names = request.tongue, dict(desk.places)
    return answer(
        desk,
        "programmes/steering.html.j2",
        title=language.say("Sturing van {programme}", programme=language.label(desk.programme)),
        found=found,
        pictures=pictures(desk),
        most=SHOWN,
        money=[
            (language.say("Toegezegd"), _euros(found.money.committed, desk)),
            (language.say("Uitgegeven, zoals partijen melden"), _euros(found.money.spent, desk)),
            (language.say("Onderdelen zonder bekend bedrag"), language.whole(found.money.unknown)),
        ],
        courses=[
            (
                name,
                desk.at("dossier", area=area),
                language.say(str(Course(found.courses[area]).label))
                if area in found.courses
                else language.say("nog niets besloten"),
            )
            for area, name in desk.places
        ],
        due=[
            (names[one.area], desk.at("dossier", area=one.area), _since(one.last, desk))
            for one in sorted(found.talks_due, key=lambda one: (one.last is None, one.last or date.min))
        ],
        unmoved_words={
            "steady": language.say(mark("gelijk gebleven")),
            "falling_behind": language.say(mark("raakt achter")),
        },
    )


def _line(one: Entry, desk: Desk) -> dict[str, object]:
    language = desk.request.tongue
    parts = {
        name: language.say(part) if name in {"course", "how", "kind"} else part for name, part in one.parts.items()
    }
    return {
        "day": language.day(one.on),
        "title": language.say(one.said, **parts),
        "words": one.words if len(one.words) <= _LONGEST else f"{one.words[:_LONGEST]} …",
        "at": desk.at(f"{_PAGES[one.kind]}_one", key=one.key),
        "is_draft": one.is_draft,
        "reach": language.say(_REACH[one.reach]) if one.reach else "",
    }


def _since(last: date | None, desk: Desk) -> str:
    language = desk.request.tongue
    return (
        language.say("laatste gesprek op {day}", day=language.day(last)) if last else language.say("nog geen gesprek")
    )


def _euros(cents: int, desk: Desk) -> str:
    return f"€ {desk.request.tongue.whole(cents / 100)}"
