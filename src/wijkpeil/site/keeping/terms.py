"""How long what tells of people is kept: one table with each kind, its term and the reason of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts import leaving
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import stories, talks
from wijkpeil.web.programmes.models import Story, Upload
from wijkpeil.web.programmes.models.story import StoryState

_OVER = mark("De bewaartermijn is voorbij.")
WITHDRAWN_DAYS = 30
"""So long somebody can still be asked whether a story was meant to be withdrawn."""
WORKBOOK_KEPT = timedelta(days=1)
"""So long who sent a workbook in can say yes to it."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """A kind of personal data: what it is, its term and reason in words, what is due on a day, and how it goes."""

    what: str
    term: str
    reason: str
    due: Callable[[date], Iterable[Any]]
    erase: Callable[[Any], object]


def _withdrawn(today: date) -> list[Story]:
    """Give the stories that were withdrawn, or whose consent ended, longer ago than the term."""
    until = today - timedelta(days=WITHDRAWN_DAYS)
    lines = Line.objects.filter(kind=Kind.STORY, verb=Verb.WITHDRAW, at__date__lt=until).values_list("thing", flat=True)
    waiting = Story.objects.filter(erased_at=None)
    return [
        *waiting.filter(state=StoryState.WITHDRAWN, key__in=list(lines)).order_by("pk"),
        *waiting.filter(state=StoryState.PUBLISHED, shown_until__lt=until).order_by("pk"),
    ]


def _erase_story(story: Story) -> None:
    if story.state != StoryState.WITHDRAWN:
        stories.withdraw(story, by=None, reason=_OVER)
        story = Story.objects.get(pk=story.pk)
    stories.erase(story, by=None, reason=_OVER)


def _workbooks(today: date) -> Iterable[Upload]:
    """Give the workbooks that were sent in longer than a day ago, whether or not they were brought in."""
    return Upload.objects.filter(made_at__lt=timezone.now() - WORKBOOK_KEPT).defer("content")


def _sessions(today: date) -> Iterable[Session]:
    return Session.objects.filter(expire_date__lt=datetime.combine(today, datetime.min.time(), tzinfo=UTC))


TERMS = (
    Term(
        what=mark("Namen, verslag en bezwaren van gesprekken"),
        term=mark("24 maanden na het gesprek"),
        reason=mark("Zolang kan een besluit nog ter discussie staan; welke rollen erbij waren, blijft."),
        due=talks.due,
        erase=lambda talk: talks.erase(talk, by=None, reason=_OVER),
    ),
    Term(
        what=mark("Verhalen die zijn ingetrokken of waarvan de toestemming voorbij is"),
        term=mark("30 dagen na de laatste dag"),
        reason=mark("Zolang kan iemand zich nog vergissen; openbaar zijn ze meteen niet meer."),
        due=_withdrawn,
        erase=_erase_story,
    ),
    Term(
        what=mark("Werkbladen die zijn ingestuurd om in te lezen"),
        term=mark("1 dag na het insturen"),
        reason=mark("Zolang kan de inzender ja zeggen en het verslag bekijken."),
        due=_workbooks,
        erase=lambda workbook: workbook.delete(),
    ),
    Term(
        what=mark("Sessies van mensen die waren ingelogd"),
        term=mark("als de sessie voorbij is, 12 uur na het inloggen"),
        reason=mark("Daarna heeft niemand er nog iets aan."),
        due=_sessions,
        erase=lambda session: session.delete(),
    ),
    Term(
        what=mark("Naam, e-mailadres en inlogmiddelen van accounts zonder rol"),
        term=mark("24 maanden na de laatste keer inloggen"),
        reason=mark("Zolang kan iemand een rol terugkrijgen; wat iemand deed, blijft staan zonder naam."),
        due=lambda today: leaving.forgotten(),
        erase=lambda account: leaving.erase_forgotten(account, reason=_OVER),
    ),
)
"""Everything that has a term; a test sees that each is in the handbook."""
