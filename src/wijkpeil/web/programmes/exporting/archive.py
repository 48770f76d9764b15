"""All of a programme for the auditor: every row, drafts too, and every line of the logbook, with a list of hashes."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import Model

from wijkpeil.web.accounts.models import Account, Grant
from wijkpeil.web.accounts.permissions import Place
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.logbook.snapshots import snapshot
from wijkpeil.web.programmes import models
from wijkpeil.web.programmes.acting import acting
from wijkpeil.web.programmes.exporting.zipping import Entry, Member, zipped

_AT_ONCE = 1000

TABLES: Mapping[str, tuple[type[Model], str]] = {
    "partijen": (models.Partner, "programme"),
    "ambities": (models.Ambition, "programme"),
    "afspraken": (models.Agreement, "programme"),
    "ondertekeningen": (models.Signature, "agreement__programme"),
    "onderdelen": (models.Item, "programme"),
    "meldingen": (models.Report, "item__programme"),
    "bevindingen": (models.Finding, "item__programme"),
    "maatregelen": (models.Measure, "programme"),
    "opbrengsten": (models.Output, "measure__programme"),
    "visitaties": (models.Visitation, "programme"),
    "aanbevelingen": (models.Recommendation, "programme"),
    "beoordelingen": (models.Review, "programme"),
    "gesprekken": (models.Talk, "programme"),
    "deelnemers": (models.Participant, "talk__programme"),
    "afwijkende_meningen": (models.Dissent, "talk__programme"),
    "besluiten": (models.Decision, "programme"),
    "bronnen_van_besluiten": (models.Ground, "decision__programme"),
    "toezeggingen": (models.Promise, "programme"),
    "verhalen": (models.Story, "programme"),
    "toestemmingen": (models.Consent, "story__programme"),
    "rapporten": (models.Document, "programme"),
    "bijlagen": (models.Attachment, "programme"),
    "ingelezen_regels": (models.Imported, "programme"),
    "rollen": (Grant, "programme"),
}
"""Every table of a programme, by its name in the archive, and how a row knows its programme."""
APART: frozenset[type[Model]] = frozenset({models.Upload, models.AttachmentBytes, models.Frozen})
"""What only waits for a yes of its sender is left out; the bytes of attachments are files of their own, and the
archive of a document is taken from its page."""


@dataclass(frozen=True, kw_only=True)
class WholeProgramme:
    """A programme as a thing that somebody does something to; only roles are given in all of it at once."""

    programme: str
    KIND: ClassVar[Kind] = Kind.GRANT
    pk: ClassVar[None] = None
    version: ClassVar[int] = 1
    is_public: ClassVar[bool] = True

    @property
    def key(self) -> str:
        """Name it in the logbook."""
        return self.programme[:36]

    @property
    def place(self) -> Place:
        """It stands everywhere."""
        return Place(programme=self.programme)


def may_take(programme: str, by: Account | None) -> bool:
    """Say whether somebody may take everything: an auditor of the whole programme."""
    return by is not None and by.may(Kind.GRANT, Verb.EXPORT, Place(programme=programme))


def take(programme: str, *, by: Account, reason: str = "") -> Iterator[bytes]:
    """Write down who takes everything, and give it as a zip in pieces; raises ``ForbiddenError`` for anybody else.

    There are names in it, so that it was taken is a line of the logbook. All that follows is read at one moment, and
    that line is in it: what others write while the archive is on its way is in none of its parts.
    """
    thing = cast(Any, WholeProgramme(programme=programme))
    with acting(thing, Verb.EXPORT, by=by, reason=reason, payload={"what": "archive"}):
        pass
    return _read_at_once(programme, by)


def _read_at_once(programme: str, by: Account) -> Iterator[bytes]:
    """Read everything in one snapshot, which ends when the last piece is sent or nobody waits for it any more.

    Who is in a transaction already reads in that.
    """
    counts: dict[str, int] = {}
    with nullcontext() if connection.in_atomic_block else snapshot():
        last = Line.objects.filter(programme=programme).order_by("-number").first()
        if last is None:
            raise LookupError("the line of an export is there as soon as the export is allowed")
        members = [*_members(programme, counts), *_people(programme, last, counts), *_attachments(programme)]
        yield from zipped(members, lambda entries: _manifest(programme, by, last, entries, counts))


def _members(programme: str, counts: dict[str, int]) -> Iterator[Member]:
    for name, (model, path) in TABLES.items():
        many = [one.name for one in model._meta.many_to_many]
        rows = model._default_manager.filter(**{path: programme}).order_by("pk").prefetch_related(*many)
        told = _counted(name, rows.iterator(chunk_size=_AT_ONCE), counts)
        yield Member(path=f"{name}.jsonl", pieces=lambda told=told: _lines(map(_row, told)))  # type: ignore[misc]


def _people(programme: str, last: Line, counts: dict[str, int]) -> Iterator[Member]:
    """Give the lines of the logbook with what was written, as far as it was not erased, and who the actors are."""
    lines = Line.objects.filter(programme=programme, number__lte=last.number).order_by("number")
    told = _counted("logboek", lines.select_related("text").iterator(chunk_size=_AT_ONCE), counts)
    yield Member(path="logboek.jsonl", pieces=lambda: _lines(map(_line, told)))
    actors = set(lines.exclude(actor="").values_list("actor", flat=True).distinct())
    granted = Grant.objects.filter(programme=programme).values_list("account_id", flat=True)
    ids = sorted(actors | {str(one) for one in granted})
    people = _counted("accounts", iter(_named(ids)), counts)
    yield Member(path="accounts.jsonl", pieces=lambda: _lines(people))


def _attachments(programme: str) -> Iterator[Member]:
    """Give every attachment that was not erased as a file of its own, read when it is its turn."""
    found = models.Attachment.objects.filter(programme=programme, erased_at=None, kept__isnull=False)
    for pk, key in found.order_by("pk").values_list("pk", "key"):
        yield Member(path=f"bijlagen/{key}", pieces=lambda pk=pk: [_bytes(pk)])  # type: ignore[misc]


def _bytes(attachment: int) -> bytes:
    return bytes(models.AttachmentBytes.objects.get(pk=attachment).content)


def _named(ids: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(ids), _AT_ONCE // 2):
        found = Account.objects.filter(pk__in=ids[start : start + _AT_ONCE // 2]).order_by("pk")
        for one in found:
            yield {"id": one.pk, "name": one.name, "is_active": one.is_active}


def _counted(name: str, rows: Iterable[Any], counts: dict[str, int]) -> Iterator[Any]:
    counts[name] = 0
    for row in rows:
        counts[name] += 1
        yield row


def _row(row: Model) -> dict[str, Any]:
    own = {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}
    return own | {
        one.name: sorted(other.pk for other in getattr(row, one.name).all()) for one in row._meta.many_to_many
    }


def _line(line: Line) -> dict[str, Any]:
    text = getattr(line, "text", None)
    return _row(line) | {"salt": text.salt if text else None, "said": text.said if text else None}


def _lines(rows: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    piece: list[str] = []
    for row in rows:
        piece.append(json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True))
        if len(piece) == _AT_ONCE:
            yield ("\n".join(piece) + "\n").encode()
            piece = []
    if piece:
        yield ("\n".join(piece) + "\n").encode()


def _manifest(programme: str, by: Account, last: Line, entries: list[Entry], counts: Mapping[str, int]) -> Member:
    told = {
        "programme": programme,
        "madeAt": last.at,
        "by": str(by.pk),
        "lastLine": last.number,
        "seal": last.seal,
        "files": [vars(one) | {"rows": counts.get(one.path.removesuffix(".jsonl"))} for one in entries],
    }
    text = (json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1) + "\n").encode()
    return Member(path="manifest.json", pieces=lambda: [text])
