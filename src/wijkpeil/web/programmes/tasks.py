"""What waits for somebody: everything that only he, or somebody in his role, can do now, the most urgent first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.programmes.models import Agreement, Ambition, Decision, Item, Measure, Promise, Recommendation, Story
from wijkpeil.web.programmes.models.agreement import OPEN, AgreementState, Signature
from wijkpeil.web.programmes.models.ambition import AmbitionState
from wijkpeil.web.programmes.models.decision import DecisionState
from wijkpeil.web.programmes.models.measure import MeasureState
from wijkpeil.web.programmes.models.promise import PromiseState
from wijkpeil.web.programmes.models.story import StoryState
from wijkpeil.web.programmes.models.visitation import RecommendationState
from wijkpeil.web.programmes.seeing import doable_by

SOON = timedelta(days=60)
"""What is due within so many days waits for somebody now."""
SHOWN = 25
"""So many of each are shown; the rest is counted."""
Rows = QuerySet[Any]


@dataclass(frozen=True, kw_only=True)
class Task:
    """A kind of work: what it is called, to which things, and the address of the form that does it."""

    label: str
    model: Any
    verb: Verb
    slug: str
    act: str
    waits: Callable[[Rows, Account, date], Rows]
    by_day: bool = False
    """Whether the thing has a day before which it must be done."""
    is_own: bool = False
    """Whether only the author finds it; otherwise only another than the author does."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The things that wait for one kind of work; ``things`` is cut at ``SHOWN`` and ``count`` is whole."""

    task: Task
    things: list[Any]
    count: int


def _in(*states: str) -> Callable[[Rows, Account, date], Rows]:
    return lambda rows, by, today: rows.filter(state__in=states)


def _parties(by: Account) -> set[int]:
    return {held.party for held in by.held if held.party is not None}


def _to_report(rows: Rows, by: Account, today: date) -> Rows:
    return rows.filter(state__in=OPEN, due__lte=today + SOON)


def _to_find(rows: Rows, by: Account, today: date) -> Rows:
    """Keep what was reported after it was last found, by a party that one is not of."""
    others: Rows = rows.filter(state__in=OPEN).exclude(partner__in=_parties(by))
    told: Rows = others.annotate(reported=Max("reports__on"), found=Max("findings__on"))
    return told.filter(Q(reported__isnull=False), Q(found=None) | Q(found__lt=F("reported")))


def _to_sign(rows: Rows, by: Account, today: date) -> Rows:
    """Keep what a party that one speaks for did not sign yet."""
    signed = Signature.objects.filter(agreement=OuterRef("pk"), partner__in=_parties(by))
    return rows.filter(~Exists(signed), state=AgreementState.SUBMITTED, partners__in=_parties(by)).distinct()


TASKS = (
    Task(
        label=mark("Meld hoe ver het is"),
        model=Item,
        verb=Verb.REPORT,
        slug="onderdelen",
        act="melden",
        waits=_to_report,
        by_day=True,
    ),
    Task(label=mark("Onderteken"), model=Agreement, verb=Verb.SIGN, slug="afspraken", act="", waits=_to_sign),
    Task(
        label=mark("Stel vast hoe ver het is"),
        model=Item,
        verb=Verb.FIND,
        slug="onderdelen",
        act="vaststellen",
        waits=_to_find,
        by_day=True,
    ),
    Task(
        label=mark("Geef antwoord op een aanbeveling"),
        model=Recommendation,
        verb=Verb.RESPOND,
        slug="aanbevelingen",
        act="",
        waits=lambda rows, by, today: rows.filter(state=RecommendationState.OPEN, answer=""),
    ),
    Task(
        label=mark("Geef antwoord op een toezegging"),
        model=Promise,
        verb=Verb.CLOSE,
        slug="toezeggingen",
        act="",
        waits=lambda rows, by, today: rows.filter(state=PromiseState.OPEN, due__lte=today + SOON),
        by_day=True,
    ),
    Task(
        label=mark("Neem een besluit"),
        model=Decision,
        verb=Verb.DECIDE,
        slug="besluiten",
        act="",
        waits=_in(DecisionState.SUBMITTED),
    ),
    Task(
        label=mark("Informeer de Kamer over een besluit"),
        model=Decision,
        verb=Verb.INFORM,
        slug="besluiten",
        act="",
        waits=lambda rows, by, today: rows.filter(state=DecisionState.DECIDED, parliament_informed_on=None),
    ),
    Task(
        label=mark("Publiceer een afspraak"),
        model=Agreement,
        verb=Verb.PUBLISH,
        slug="afspraken",
        act="",
        waits=_in(AgreementState.SIGNED),
    ),
    Task(
        label=mark("Keur een ambitie goed"),
        model=Ambition,
        verb=Verb.APPROVE,
        slug="ambities",
        act="",
        waits=_in(AmbitionState.SUBMITTED),
    ),
    Task(
        label=mark("Keur een maatregel goed"),
        model=Measure,
        verb=Verb.APPROVE,
        slug="maatregelen",
        act="",
        waits=_in(MeasureState.DRAFT),
    ),
    Task(
        label=mark("Publiceer een verhaal"),
        model=Story,
        verb=Verb.PUBLISH,
        slug="verhalen",
        act="",
        waits=_in(StoryState.SUBMITTED),
    ),
    *(
        Task(label=label, model=model, verb=Verb.SUBMIT, slug=slug, act="", waits=_in("draft"), is_own=True)
        for label, model, slug in (
            (mark("Maak je concept van een ambitie af"), Ambition, "ambities"),
            (mark("Maak je concept van een afspraak af"), Agreement, "afspraken"),
            (mark("Maak je concept van een besluit af"), Decision, "besluiten"),
            (mark("Maak je concept van een verhaal af"), Story, "verhalen"),
        )
    ),
)
"""Every kind of work, in the order in which it is shown."""
_APPROVING = frozenset({Verb.APPROVE, Verb.PUBLISH, Verb.DECIDE})


def waiting(programme: str, by: Account, today: date) -> list[Waiting]:
    """Give what waits for ``by`` in a programme; a kind of work with nothing in it is left out."""
    found = []
    for task in TASKS:
        rows = task.waits(doable_by(task.model.objects.filter(programme=programme), by, task.verb), by, today)
        if task.is_own:
            rows = rows.filter(author=by)
        elif task.verb in _APPROVING:
            rows = rows.exclude(author=by)
        things = list(rows.order_by("due" if task.by_day else "made_at", "pk")[: SHOWN + 1])
        if things:
            count = len(things) if len(things) <= SHOWN else rows.count()
            found.append(Waiting(task=task, things=things[:SHOWN], count=count))
    return found
