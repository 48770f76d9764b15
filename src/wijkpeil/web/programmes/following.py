"""What became public in a programme, moment by moment, for who follows it in a reader of feeds."""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from wijkpeil.portrayal.language import Language, mark
from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Measure,
    Promise,
    Recommendation,
    Review,
    Story,
    Visitation,
)
from wijkpeil.web.programmes.models.decision import Course
from wijkpeil.web.programmes.seeing import seen_by

ENTRIES = 50
"""So many moments are told of; older ones are in the dossier."""
_LONGEST = 600
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What a form takes and XML 1.0 does not."""

Parts = Callable[[Any, Language], dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class Happening:
    """A moment at which everybody could read something new: which verb did that, and how it is told."""

    model: type[Any]
    verb: Verb
    slug: str
    said: str
    words: Callable[[Any], str]
    parts: Parts


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One moment of one thing; ``identity`` is the same for ever, in whatever place the site stands."""

    identity: str
    at: datetime
    number: int
    title: str
    words: str
    slug: str
    key: str
    area: str


def _named(name: str) -> Parts:
    return lambda one, language: {"name": str(getattr(one, name))}


HAPPENINGS = (
    Happening(
        model=Ambition,
        verb=Verb.APPROVE,
        slug="ambities",
        said=mark("Ambitie goedgekeurd"),
        words=lambda one: one.words,
        parts=lambda one, language: {},
    ),
    Happening(
        model=Agreement,
        verb=Verb.PUBLISH,
        slug="afspraken",
        said=mark("Afspraak gepubliceerd: {name}, versie {number}"),
        words=lambda one: one.why or one.text,
        parts=lambda one, language: {"name": one.title, "number": str(one.number)},
    ),
    Happening(
        model=Measure,
        verb=Verb.APPROVE,
        slug="maatregelen",
        said=mark("Maatregel goedgekeurd: {name}"),
        words=lambda one: one.aim,
        parts=_named("name"),
    ),
    Happening(
        model=Measure,
        verb=Verb.END,
        slug="maatregelen",
        said=mark("Maatregel beëindigd ({how}): {name}"),
        words=lambda one: one.ended_because,
        parts=lambda one, language: {"name": one.name, "how": language.say(one.get_end_class_display())},
    ),
    Happening(
        model=Decision,
        verb=Verb.DECIDE,
        slug="besluiten",
        said=mark("Besloten op {day}: {course}"),
        words=lambda one: one.why,
        parts=lambda one, language: {
            "course": language.say(str(Course(one.course).label)),
            "day": language.day(one.decided_on),
        },
    ),
    Happening(
        model=Decision,
        verb=Verb.INFORM,
        slug="besluiten",
        said=mark("De Kamer hoorde van het besluit: {name}"),
        words=lambda one: "",
        parts=_named("parliament_paper"),
    ),
    Happening(
        model=Visitation,
        verb=Verb.PUBLISH,
        slug="visitaties",
        said=mark("Visitatie gepubliceerd: {name}"),
        words=lambda one: one.findings,
        parts=_named("committee"),
    ),
    Happening(
        model=Recommendation,
        verb=Verb.CLOSE,
        slug="aanbevelingen",
        said=mark("Aanbeveling {how}"),
        words=lambda one: one.text,
        parts=lambda one, language: {"how": language.say(one.get_state_display())},
    ),
    Happening(
        model=Review,
        verb=Verb.PUBLISH,
        slug="beoordelingen",
        said=mark("Studie beoordeeld: {name}"),
        words=lambda one: one.verdict,
        parts=_named("study"),
    ),
    Happening(
        model=Story,
        verb=Verb.PUBLISH,
        slug="verhalen",
        said=mark("Verhaal gepubliceerd: {name}"),
        words=lambda one: one.text,
        parts=_named("title"),
    ),
    Happening(
        model=Promise,
        verb=Verb.CLOSE,
        slug="toezeggingen",
        said=mark("Toezegging beantwoord: {name}"),
        words=lambda one: one.answer,
        parts=_named("paper"),
    ),
)


def moments(programme: str, language: Language, *, place: tuple[str, str] | None = None) -> list[Moment]:
    """Give the newest moments of a programme, or of one neighbourhood: ``place`` is its city and its code.

    A feed is the same for everybody, whoever asks. It is gathered anew from what is public at this moment, so what
    was withdrawn, or may be shown no longer, is out of it at once. When something became public is the time of its
    line in the logbook; nothing else of that line is told.
    """
    told = [one for what in HAPPENINGS for one in _of(what, programme, language, place)]
    return sorted(told, key=lambda one: (one.at, one.number), reverse=True)[:ENTRIES]


def identity_of(*parts: str) -> str:
    """Name something for ever by what it is, not by where it stands."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("wijkpeil", *parts))).urn


def _of(what: Happening, programme: str, language: Language, place: tuple[str, str] | None) -> Iterator[Moment]:
    public = seen_by(what.model.objects.filter(programme=programme), None)
    if place is not None:
        city, area = place
        public = public.filter(Q(area=area) | Q(area="", city__in=["", city]))
    lines = Line.objects.filter(
        programme=programme, kind=what.model.KIND, verb=what.verb, thing__in=public.values("key")
    )
    latest = {one.thing: one for one in reversed(lines.order_by("-number")[:ENTRIES])}
    things = public.filter(key__in=latest)
    for one in things:
        line = latest[one.key]
        yield Moment(
            identity=identity_of(what.slug, one.key, what.verb),
            at=line.at,
            number=line.number,
            title=clean(language.say(what.said, **what.parts(one, language))),
            words=clean(_cut(what.words(one))),
            slug=what.slug,
            key=one.key,
            area=one.area or one.city,
        )


def clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return _NO_XML.sub("", text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
