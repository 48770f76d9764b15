"""The things of a programme as plain records, each with only the fields that are for the one who asks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wijkpeil.portrayal.language import mark
from wijkpeil.web.accounts.models import Account
from wijkpeil.web.accounts.roles import Role, Verb
from wijkpeil.web.programmes import record_fields as fields
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Finding,
    Item,
    Measure,
    Output,
    Promise,
    Recommendation,
    Report,
    Review,
    Story,
    Visitation,
)
from wijkpeil.web.programmes.models.thing import Thing
from wijkpeil.web.programmes.record_shape import Audience, Field, Form
from wijkpeil.web.programmes.seeing import seen_by

__all__ = ["KINDS", "Audience", "Field", "Form", "Records", "fields_for", "records", "records_of", "rows_of"]
_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Records:
    """A kind of record: its name in addresses and files, its fields, and where its rows come from.

    ``owner`` is the thing that a row belongs to, for rows that are no thing of their own: whoever may know of that
    thing may know of them. The order is by what a row says and then by its random name, so that it tells nothing.
    """

    id: str
    title: str
    meaning: str
    model: type[Any]
    fields: Sequence[Field]
    order: tuple[str, ...]
    related: tuple[str, ...] = ()
    gathered: tuple[str, ...] = ()
    owner: str = ""
    owners: type[Thing] | None = None
    page: str = ""
    """The name of the address of its page, where it has one."""


_ALL = (
    Records(
        id="ambities",
        title=mark("Ambities"),
        meaning=mark("Wat bewoners en partijen voor een wijk willen, en wanneer zij tevreden zijn."),
        model=Ambition,
        fields=fields.AMBITION,
        order=("area", "theme", "key"),
        page="ambities_one",
    ),
    Records(
        id="afspraken",
        title=mark("Afspraken"),
        meaning=mark("Elke versie van elke afspraak, met wie haar ondertekenden."),
        model=Agreement,
        fields=fields.AGREEMENT,
        order=("area", "title", "number", "key"),
        related=("replaces",),
        gathered=("partners",),
        page="afspraken_one",
    ),
    Records(
        id="onderdelen",
        title=mark("Onderdelen van afspraken"),
        meaning=mark("Wie wat doet, voor hoeveel en wanneer het klaar is."),
        model=Item,
        fields=fields.ITEM,
        order=("area", "due", "key"),
        related=("partner", "agreement", "follows"),
        gathered=("supporting",),
        page="onderdelen_one",
    ),
    Records(
        id="meldingen",
        title=mark("Meldingen"),
        meaning=mark("Wat een partij zelf van haar onderdeel meldt. Dat is niet vastgesteld."),
        model=Report,
        fields=fields.REPORT,
        order=("item__area", "item__key", "on", "pk"),
        related=("item", "item__agreement"),
        owner="item",
        owners=Item,
    ),
    Records(
        id="bevindingen",
        title=mark("Bevindingen"),
        meaning=mark("Wat iemand die er los van staat van een onderdeel heeft vastgesteld."),
        model=Finding,
        fields=fields.FINDING,
        order=("item__area", "item__key", "on", "pk"),
        related=("item", "item__agreement"),
        owner="item",
        owners=Item,
    ),
    Records(
        id="maatregelen",
        title=mark("Maatregelen"),
        meaning=mark("Wat waar gebeurt, wat het moet veranderen en hoe het afliep."),
        model=Measure,
        fields=fields.MEASURE,
        order=("area", "started", "name", "key"),
        related=("partner", "item"),
        gathered=("paid_by",),
        page="maatregelen_one",
    ),
    Records(
        id="opbrengsten",
        title=mark("Opbrengsten"),
        meaning=mark("Wat een maatregel maakte of deed, met de bron en of die is nagekeken."),
        model=Output,
        fields=fields.OUTPUT,
        order=("measure__area", "measure__key", "year", "pk"),
        related=("measure",),
        owner="measure",
        owners=Measure,
    ),
    Records(
        id="visitaties",
        title=mark("Visitaties"),
        meaning=mark("Wat een commissie zag die langskwam."),
        model=Visitation,
        fields=fields.VISITATION,
        order=("area", "on", "key"),
        page="visitaties_one",
    ),
    Records(
        id="aanbevelingen",
        title=mark("Aanbevelingen"),
        meaning=mark("Wat een commissie aanbeval, met het antwoord ernaast."),
        model=Recommendation,
        fields=fields.RECOMMENDATION,
        order=("area", "visitation__on", "key"),
        related=("visitation", "partner"),
        page="aanbevelingen_one",
    ),
    Records(
        id="besluiten",
        title=mark("Statusbesluiten"),
        meaning=mark("Wat er over een wijk is besloten, waarom, en op welke bronnen."),
        model=Decision,
        fields=fields.DECISION,
        order=("area", "decided_on", "key"),
        related=("talk",),
        gathered=("grounds", "talk__participants"),
        page="besluiten_one",
    ),
    Records(
        id="toezeggingen",
        title=mark("Toezeggingen"),
        meaning=mark("Wat er aan de Kamer is toegezegd, en het antwoord."),
        model=Promise,
        fields=fields.PROMISE,
        order=("due", "key"),
        page="toezeggingen_one",
    ),
    Records(
        id="verhalen",
        title=mark("Verhalen"),
        meaning=mark("Kleine successen en onverwachte opbrengsten, met toestemming van wie herkenbaar is."),
        model=Story,
        fields=fields.STORY,
        order=("area", "year", "key"),
        related=("partner",),
        page="verhalen_one",
    ),
    Records(
        id="beoordelingen",
        title=mark("Beoordelingen van studies"),
        meaning=mark("Wat een commissie van een studie vindt."),
        model=Review,
        fields=fields.REVIEW,
        order=("study", "key"),
        page="beoordelingen_one",
    ),
)
KINDS: Mapping[str, Records] = {one.id: one for one in _ALL}
"""Every kind, by its name, in the order of the files."""


def records(kind: str, programme: str, *, by: Account | None, area: str = "") -> list[dict[str, Any]]:
    """Give the records of a kind that somebody (or, with nobody, the public) may know of, in an order that stays.

    A record has only the fields that are for whoever asks: who may not read a thing before it is public gets of it
    what everybody gets. Raises ``KeyError`` for a kind that is not there.
    """
    return records_of(kind, programme, rows_of(kind, programme, by=by, area=area), by=by)


def rows_of(kind: str, programme: str, *, by: Account | None, area: str = "") -> Any:
    """Give the rows of a kind that somebody may know of, for who keeps only some of them; ``KeyError`` as above."""
    return _rows(KINDS[kind], programme, by, area)


def records_of(kind: str, programme: str, rows: Any, *, by: Account | None) -> list[dict[str, Any]]:
    """Give the records of rows that ``rows_of`` gave for the same person; of one thing all parts or none."""
    told, around = KINDS[kind], _Around(programme, by)
    found = rows.iterator(chunk_size=_AT_ONCE) if told.gathered else rows.iterator()
    return list(_records(told, found, around, by))


def fields_for(kind: str, audience: Audience) -> list[Field]:
    """Give the fields of a kind that are for an audience; raises ``KeyError`` for a kind that is not there."""
    return [one for one in KINDS[kind].fields if one.audience <= audience]


def audience_of(thing: Thing, by: Account | None) -> Audience:
    """Say what somebody is to a thing: the public, who works with it, or an auditor."""
    if by is None or not by.may(thing.KIND, Verb.READ, thing.place):
        return Audience.PUBLIC
    is_auditor = any(held.role == Role.AUDITOR and held.covers(thing.place) for held in by.held)
    return Audience.AUDITOR if is_auditor else Audience.PROGRAMME


def _rows(told: Records, programme: str, by: Account | None, area: str) -> Any:
    rows = told.model._default_manager.all()
    if told.owners is None:
        rows = seen_by(rows.filter(programme=programme, **({"area": area} if area else {})), by)
    else:
        owners = told.owners._default_manager.filter(programme=programme, **({"area": area} if area else {}))
        rows = rows.filter(**{f"{told.owner}__in": seen_by(owners, by).values("pk")})
    return rows.select_related(*told.related).prefetch_related(*told.gathered).order_by(*told.order)


def _records(told: Records, rows: Iterator[Any], around: "_Around", by: Account | None) -> Iterator[dict[str, Any]]:
    for row in rows:
        owner = getattr(row, told.owner) if told.owner else row
        around.count(row, owner)
        audience = audience_of(owner, by)
        yield {one.name: _plain(one.of(row, around)) for one in told.fields if one.audience <= audience}


def _plain(value: Any) -> Any:
    """Let nothing be nothing, whether it is an empty text or not there."""
    return None if value == "" else value


class _Around:
    """What may be known around a row, asked once for each kind of thing."""

    def __init__(self, programme: str, by: Account | None) -> None:
        self._programme, self._by = programme, by
        self._known: dict[type[Thing], Collection[int]] = {}
        self._owner, self._place = 0, 0

    def key(self, thing: Thing | None) -> str | None:
        """Give the public name of another thing, or nothing where it may not be known."""
        if thing is None:
            return None
        model = type(thing)
        if model not in self._known:
            rows = model._default_manager.filter(programme=self._programme)
            self._known[model] = frozenset(seen_by(rows, self._by).values_list("pk", flat=True))
        return thing.key if thing.pk in self._known[model] else None

    def count(self, row: Any, owner: Any) -> None:
        """Count the rows of one owner, which come one after the other."""
        self._place = self._place + 1 if owner.pk == self._owner else 1
        self._owner = owner.pk

    def place_in(self, row: Any) -> int:
        """Give the how-manieth row of its thing this is."""
        return self._place
