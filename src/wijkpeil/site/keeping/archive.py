"""The file of a backup: one zip with a table a part, and a sealed list of what is in it."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from wijkpeil.portrayal.language import mark

FORM = 1
LIST, SEAL = "lijst.json", "lijst.zegel"
_LONGEST_LIST = 5_000_000
_KEYS = {"WIJKPEIL_SECRET_KEY": "SECRET_KEY", "WIJKPEIL_ACCOUNT_KEY": "FACTOR_KEY"}


class RefusedError(Exception):
    """A backup is not made or not put back; the sentence says why and what to do."""

    def __init__(self, sentence: str, **named: object) -> None:
        """Keep the sentence, which ``gettext`` knows, with what is filled in."""
        super().__init__(sentence)
        self.sentence, self.named = sentence, named


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in a backup: how many rows and bytes it has, and their hash."""

    name: str
    columns: list[str]
    rows: int
    bytes: int
    sha256: str

    @property
    def part(self) -> str:
        """The name of its part of the zip."""
        return f"{self.name}.jsonl"


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What is in a backup; ``faults`` are those that the chain of the logbook had when it was made."""

    form: int
    version: str
    made_at: str
    migrations: list[list[str]]
    tables: list[Table]
    head: tuple[int, str]
    faults: list[tuple[int, str]]
    marks: dict[str, str]

    def written(self) -> bytes:
        """Write it down."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1).encode()


def seal_of(written: bytes) -> str:
    """Seal a list with the key of the logbook: nobody without it makes a backup that is put back here."""
    return hmac.new(settings.LOGBOOK_KEY.encode(), b"wijkpeil backup\x1f" + written, hashlib.sha256).hexdigest()


def marks_of_keys() -> dict[str, str]:
    """Give a mark of each other key, from which nobody finds the key but by which it is known again."""
    seal, found = settings.LOGBOOK_KEY.encode(), {}
    for name, setting in _KEYS.items():
        key = getattr(settings, setting)
        told = key if isinstance(key, bytes) else str(key).encode()
        found[name] = hmac.new(seal, b"wijkpeil key\x1f" + told, hashlib.sha256).hexdigest()[:32]
    return found


def migrations() -> list[list[str]]:
    """Name the migrations that the database has had."""
    return sorted(map(list, MigrationRecorder(connection).applied_migrations()))


def read_list(archive: ZipFile) -> Contents:
    """Read what is in a backup; raises ``RefusedError`` where it was not sealed here or was changed since."""
    try:
        told = _part(archive, LIST)
        seal = _part(archive, SEAL).decode("ascii").strip()
        if not hmac.compare_digest(seal, seal_of(told)):
            raise RefusedError(
                mark(
                    "Deze reservekopie is veranderd, of gemaakt met een andere WIJKPEIL_LOGBOOK_KEY. "
                    "Gebruik de sleutel van de site die haar maakte."
                )
            )
        read: dict[str, Any] = json.loads(told)
        if read["form"] != FORM:
            raise RefusedError(mark("Deze reservekopie is van een nieuwere Wijkpeil. Installeer die versie."))
        tables = [Table(**table) for table in read.pop("tables")]
        faults = [(number, what) for number, what in read.pop("faults")]
        return Contents(**{**read, "head": tuple(read["head"])}, tables=tables, faults=faults)
    except (KeyError, TypeError, ValueError, BadZipFile) as fault:
        raise RefusedError(mark("Dit bestand is geen reservekopie van Wijkpeil.")) from fault


def lines_of(archive: ZipFile, table: Table) -> Iterator[bytes]:
    """Give the lines of a table; after the last one it is known whether they are what was written.

    Raises ``RefusedError`` where they are not, before more is read than there should be.
    """
    found, rows, size = hashlib.sha256(), 0, 0
    try:
        with archive.open(table.part) as part:
            for line in iter(lambda: part.readline(table.bytes + 1), b""):
                found.update(line)
                rows, size = rows + 1, size + len(line)
                if size > table.bytes:
                    break
                yield line
    except (KeyError, EOFError, OSError, BadZipFile, RuntimeError) as fault:
        raise _damaged(table) from fault
    if (rows, size, found.hexdigest()) != (table.rows, table.bytes, table.sha256):
        raise _damaged(table)


def _damaged(table: Table) -> RefusedError:
    return RefusedError(
        mark("De reservekopie is beschadigd: {part} is niet wat er geschreven is. Gebruik een andere kopie."),
        part=table.part,
    )


def _part(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        read = part.read(_LONGEST_LIST + 1)
    if len(read) > _LONGEST_LIST:
        raise ValueError(name)
    return read
