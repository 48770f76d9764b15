"""What somebody who steers a programme must see first: what is late, which talks are due, the money, the carousel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery, Sum

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.programmes.carousel import Known, Repeat, Unmoved, months_after, unmoved
from wijkpeil.web.programmes.models import Decision, Item, Promise, Recommendation, Report, Talk
from wijkpeil.web.programmes.models.agreement import OPEN, AgreementState, BudgetStatus
from wijkpeil.web.programmes.models.decision import Course, DecisionState
from wijkpeil.web.programmes.models.promise import PromiseState
from wijkpeil.web.programmes.models.visitation import RecommendationState
from wijkpeil.web.programmes.seeing import seen_by
from wijkpeil.web.programmes.warning import Warned, warned

EVERY = 12
"""A neighbourhood has a status talk once in so many months."""
LATELY = 60
"""The carousel looks at measures that ended in the last so many months, and at those that still run."""
SHOWN = 25
"""So many of each list are shown; the rest is counted."""


@dataclass(frozen=True, kw_only=True)
class Money:
    """Whole cents of what is agreed now; ``unknown`` items have no amount, which is not the same as none."""

    committed: int
    spent: int
    unknown: int


@dataclass(frozen=True, kw_only=True)
class Due:
    """A neighbourhood that has to be talked about: since when, or never."""

    area: str
    last: date | None


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """The first things to see of a programme; lists are cut at ``SHOWN`` and counted whole."""

    late_items: list[Item]
    count_late_items: int
    late_promises: list[Promise]
    open_recommendations: int
    talks_due: list[Due]
    courses: Mapping[str, str]
    money: Money
    carousel: list[Repeat]
    """What came back last stands first."""
    count_carousel: int
    standing_still: list[Unmoved]
    """What runs longest stands first."""
    count_standing_still: int


def dashboard(
    programme: str,
    cities: Mapping[str, str],
    *,
    by: Account | None,
    today: date,
    verdicts: Sequence[dict[str, object]] = (),
) -> Dashboard:
    """Gather it from what ``by`` may know.

    ``cities`` gives the city of each neighbourhood, ``verdicts`` are records of the newest edition. Which talks are
    due is only for who may read talks, and the carousel warns who works in the programme.
    """
    items = seen_by(Item.objects.filter(programme=programme), by).exclude(
        agreement__state__in=[AgreementState.REPLACED, AgreementState.WITHDRAWN]
    )
    late = items.filter(state__in=OPEN, due__lt=today)
    promises = seen_by(Promise.objects.filter(programme=programme), by)
    open_ones = seen_by(Recommendation.objects.filter(programme=programme), by).filter(state=RecommendationState.OPEN)
    courses = _courses(programme)
    works_here = by is not None and any(held.programme == programme for held in by.held)
    lately = months_after(today, -LATELY)
    told = warned(programme, by) if works_here else Warned(known=[], repeats=[])
    came_back = [one for one in told.repeats if _is_of(one.before, lately) and _is_of(one.after, lately)]
    still = unmoved([one for one in told.known if _is_of(one, lately)], verdicts)
    count_late, money = _added_up(items, today)
    return Dashboard(
        late_items=list(late.select_related("partner", "agreement").order_by("due", "pk")[:SHOWN]),
        count_late_items=count_late,
        late_promises=list(promises.filter(state=PromiseState.OPEN, due__lt=today).order_by("due", "pk")[:SHOWN]),
        open_recommendations=open_ones.count(),
        talks_due=_due(
            programme, [area for area in cities if _may_know(by, programme, cities[area], area)], courses, today
        ),
        courses=courses,
        money=money,
        carousel=came_back[: -SHOWN - 1 : -1],
        count_carousel=len(came_back),
        standing_still=sorted(still, key=lambda one: one.measure.started)[:SHOWN],
        count_standing_still=len(still),
    )


def talks_due(programme: str, areas: Sequence[str], today: date) -> list[Due]:
    """Give which of these neighbourhoods have to be talked about."""
    return _due(programme, areas, _courses(programme), today) if areas else []


def _due(programme: str, areas: Sequence[str], courses: Mapping[str, str], today: date) -> list[Due]:
    last = dict(Talk.objects.filter(programme=programme).values_list("area").annotate(last=Max("on")))
    out = {area for area, course in courses.items() if course == Course.WIND_DOWN}
    found = [Due(area=area, last=last.get(area)) for area in areas if area not in out]
    return [one for one in found if one.last is None or months_after(one.last, EVERY) <= today]


def _may_know(by: Account | None, programme: str, city: str, area: str) -> bool:
    place = Place(programme=programme, city=city, area=area)
    return by is not None and by.may(Kind.TALK, Verb.READ, place)


def _courses(programme: str) -> dict[str, str]:
    """Give the course that holds in each neighbourhood: the last that was decided."""
    taken = Decision.objects.filter(programme=programme, state=DecisionState.DECIDED).order_by("decided_on", "pk")
    return dict(taken.values_list("area", "course"))


def _added_up(items: QuerySet[Item], today: date) -> tuple[int, Money]:
    """Count the late ones and add up the money, in one question: it reads every item of the programme."""
    reports = Report.objects.filter(item=OuterRef("pk"), spent_cents__isnull=False).order_by("-on", "-pk")
    agreed = Q(budget_status__in=[BudgetStatus.COMMITTED, BudgetStatus.SPENT])
    told = items.annotate(spent=Subquery(reports.values("spent_cents")[:1])).aggregate(
        committed=Sum("budget_cents", filter=agreed),
        used=Sum("spent"),
        unknown=Count("pk", filter=Q(budget_cents=None)),
        late=Count("pk", filter=Q(state__in=OPEN, due__lt=today)),
    )
    money = Money(committed=told["committed"] or 0, spent=told["used"] or 0, unknown=told["unknown"])
    return told["late"], money


def _is_of(measure: Known, lately: date) -> bool:
    """Whether it runs, or ended not so long ago that a warning is still of use."""
    return measure.ended is None or measure.ended >= lately
