"""One neighbourhood in time order: what was wanted, agreed, done, seen, talked about and decided, and what is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Kind
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Item,
    Measure,
    Promise,
    Recommendation,
    Story,
    Talk,
    Visitation,
)
from wijkpeil.web.programmes.models.agreement import OPEN
from wijkpeil.web.programmes.models.decision import Course, DecisionState
from wijkpeil.web.programmes.models.promise import PromiseState
from wijkpeil.web.programmes.models.thing import WITHDRAWN, Retractable, Thing
from wijkpeil.web.programmes.models.visitation import RecommendationState
from wijkpeil.web.programmes.proposal import Judged, Revised, revised
from wijkpeil.web.programmes.seeing import Row, seen_by


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One moment: ``said`` is a text that ``gettext`` knows, ``parts`` fill it in, ``words`` are of people."""

    on: date
    kind: Kind
    said: str
    words: str = ""
    key: str = ""
    is_draft: bool = False
    reach: str = ""
    """Whether it is of more than this neighbourhood: ``city``, ``programme``, or (empty) of this one alone."""
    parts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """A neighbourhood: its moments, the newest first, what is still open, and what a later edition revised."""

    entries: list[Entry]
    open_ends: list[Entry]
    standing: Decision | None
    revised: list[Revised]


def dossier(
    programme: str, city: str, area: str, *, by: Account | None, today: date, judged: Sequence[Judged] = ()
) -> Dossier:
    """Gather what ``by`` may know of a neighbourhood; ``judged`` are the verdicts of the edition that is newest now."""
    here = _Here(programme=programme, city=city, area=area, by=by)
    decisions = list(here.of(Decision, "talk", prefetch=("grounds",)))
    taken = [one for one in decisions if one.state == DecisionState.DECIDED and one.area == area]
    standing = max(taken, key=lambda one: (one.decided_on or date.min, one.pk), default=None)
    entries = [entry for one in decisions for entry in _of_decision(one)]
    open_ends: list[Entry] = []
    for gather in (_wanted, _agreed, _done, _visited, _promised, _talked, _told):
        for entry, is_open in gather(here, today):
            (open_ends if is_open else entries).append(entry)
    open_ends += [entry for one in taken for entry in _untold(one)]
    return Dossier(
        entries=sorted(entries, key=lambda one: (one.on, one.kind, one.key), reverse=True),
        open_ends=sorted(open_ends, key=lambda one: (one.on, one.kind, one.key)),
        standing=standing,
        revised=revised(standing.verdicts, judged) if standing is not None and judged else [],
    )


@dataclass(frozen=True, kw_only=True)
class _Here:
    programme: str
    city: str
    area: str
    by: Account | None

    def of(self, model: type[Row], *related: str, prefetch: tuple[str, ...] = ()) -> QuerySet[Row]:
        """Give the things of this neighbourhood, and those of its whole city or programme."""
        wide = Q(area=self.area) | Q(area="", city__in=["", self.city])
        rows = model._default_manager.filter(wide, programme=self.programme)
        if issubclass(model, Retractable):
            rows = rows.exclude(state=WITHDRAWN)
        return seen_by(rows, self.by).select_related(*related).prefetch_related(*prefetch)


_Found = Iterator[tuple[Entry, bool]]


def _entry(thing: Thing, on: date, said: str, words: str = "", **parts: Any) -> Entry:
    is_draft = not thing.is_public
    reach = "" if thing.area else "city" if thing.city else "programme"
    return Entry(
        on=on, kind=thing.KIND, said=said, words=words, key=thing.key, is_draft=is_draft, reach=reach, parts=parts
    )


def _of_decision(one: Decision) -> Iterator[Entry]:
    if one.state != DecisionState.DECIDED or one.decided_on is None:
        yield _entry(
            one,
            timezone.localdate(one.made_at),
            mark("Een besluit wordt voorbereid: {course}"),
            one.why,
            course=_course(one),
        )
        return
    names = ", ".join(ground.name for ground in one.grounds.all())
    yield _entry(
        one,
        one.decided_on,
        mark("Besloten: {course}, op grond van {grounds}"),
        one.why,
        course=_course(one),
        grounds=names,
    )
    if one.parliament_informed_on is not None:
        said = mark("De Kamer hoorde van het besluit: {paper}")
        yield _entry(one, one.parliament_informed_on, said, paper=one.parliament_paper)


def _course(one: Decision) -> str:
    return str(Course(one.course).label)


def _untold(one: Decision) -> Iterator[Entry]:
    if one.parliament_informed_on is None and one.decided_on is not None:
        yield _entry(one, one.decided_on, mark("De Kamer is nog niet geïnformeerd over het besluit."))


def _wanted(here: _Here, today: date) -> _Found:
    for one in here.of(Ambition):
        yield _entry(one, timezone.localdate(one.made_at), mark("Ambitie"), one.words), False


def _agreed(here: _Here, today: date) -> _Found:
    for one in here.of(Agreement):
        on = one.signed_on or timezone.localdate(one.made_at)
        yield (
            _entry(one, on, mark("Afspraak, versie {number}: {title}"), one.why, number=one.number, title=one.title),
            False,
        )
    late = here.of(Item, "agreement", "partner").filter(state__in=OPEN, due__lt=today)
    for item in late.exclude(agreement__state="replaced"):
        yield _entry(item, item.due, mark("Te laat: {partner}"), item.what, partner=item.partner.name), True


def _done(here: _Here, today: date) -> _Found:
    for one in here.of(Measure):
        yield _entry(one, one.started, mark("Maatregel begon: {name}"), one.aim, name=one.name), False
        if one.ended is not None:
            said = mark("Maatregel eindigde ({how}): {name}")
            yield _entry(one, one.ended, said, one.ended_because, how=one.get_end_class_display(), name=one.name), False


def _visited(here: _Here, today: date) -> _Found:
    for one in here.of(Visitation):
        yield _entry(one, one.on, mark("Visitatie door {committee}"), one.findings, committee=one.committee), False
    for two in here.of(Recommendation, "visitation").filter(state=RecommendationState.OPEN):
        said = mark("Aanbeveling zonder antwoord") if not two.answer else mark("Aanbeveling, nog niet gesloten")
        yield _entry(two, two.due or two.visitation.on, said, two.text), True


def _promised(here: _Here, today: date) -> _Found:
    for one in here.of(Promise):
        if one.state == PromiseState.OPEN:
            said = mark("Te laat: {kind} {paper}") if one.due < today else mark("Open: {kind} {paper}")
            yield _entry(one, one.due, said, one.text, kind=one.get_kind_display(), paper=one.paper), True
        elif one.answered_on is not None:
            said = mark("Beantwoord: {kind} {paper}")
            yield _entry(one, one.answered_on, said, one.answer, kind=one.get_kind_display(), paper=one.paper), False


def _talked(here: _Here, today: date) -> _Found:
    for one in here.of(Talk, prefetch=("participants",)):
        roles = ", ".join(dict.fromkeys(who.role for who in one.participants.all()))
        yield _entry(one, one.on, mark("Statusgesprek met {roles}"), one.about, roles=roles), False


def _told(here: _Here, today: date) -> _Found:
    for one in here.of(Story):
        if one.erased_at is None:
            yield _entry(one, date(one.year, 12, 31), mark("Verhaal: {title}"), one.text, title=one.title), False
