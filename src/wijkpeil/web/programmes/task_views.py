"""The page on which somebody who logs in finds what waits for him, and a way to everything he works on."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.design.page import page
from wijkpeil.web.design.request import as_reader
from wijkpeil.web.programmes.dashboard import talks_due
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.sections import Section
from wijkpeil.web.programmes.tasks import Task, waiting


@login_required
def mine(request: HttpRequest, sections: Mapping[str, Section]) -> HttpResponse:
    """Show what waits for who is logged in, programme by programme."""
    reader, by = as_reader(request), cast(Account, request.user)
    desks = []
    for programme in sorted({held.programme for held in by.held}):
        try:
            desks.append(desk_of(reader, programme))
        except Http404:
            continue
    written = page(
        reader,
        "programmes/mine.html.j2",
        title=reader.tongue.say("Mijn taken"),
        desks=[(desk, _waiting(desk, by, sections), _talks(desk, by)) for desk in desks],
    )
    written.headers["Cache-Control"] = "private, no-store"
    return written


def _waiting(desk: Desk, by: Account, sections: Mapping[str, Section]) -> list[dict[str, Any]]:
    return [
        {
            "label": desk.request.tongue.say(one.task.label),
            "count": one.count,
            "shown": [_line(thing, one.task, desk, sections[one.task.slug]) for thing in one.things],
        }
        for one in waiting(desk.programme.id, by, timezone.localdate())
    ]


def _line(thing: Any, task: Task, desk: Desk, section: Section) -> tuple[str, str, str, bool]:
    at = (
        desk.at(f"{task.slug}_act", key=thing.key, act=task.act)
        if task.act
        else desk.at(f"{task.slug}_one", key=thing.key)
    )
    day = desk.request.tongue.day(thing.due) if task.by_day and thing.due else ""
    is_late = bool(task.by_day and thing.due and thing.due < timezone.localdate())
    return section.title(thing), at, ", ".join(filter(None, (desk.where(thing), day))), is_late


def _talks(desk: Desk, by: Account) -> list[tuple[str, str, str]]:
    """Give the neighbourhoods that have to be talked about, to who may write such a talk down."""
    names = dict(desk.places_to(Kind.TALK, Verb.ADD))
    due = talks_due(desk.programme.id, list(names), timezone.localdate())
    say, day = desk.request.tongue.say, desk.request.tongue.day
    return [
        (
            names[one.area],
            desk.at("dossier", area=one.area),
            say("laatste gesprek op {day}", day=day(one.last)) if one.last else say("nog geen gesprek"),
        )
        for one in due
    ]
