"""Puts a backup back in an empty database, whole or not at all, and erases again what was erased since."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

from wijkpeil.portrayal.language import mark
from wijkpeil.site.keeping.again import erase_again
from wijkpeil.site.keeping.archive import (
    Contents,
    RefusedError,
    lines_of,
    marks_of_keys,
    migrations,
    read_list,
)
from wijkpeil.site.keeping.tables import columns, kept_models, put
from wijkpeil.web.logbook.checking import Head, faults
from wijkpeil.web.logbook.remembering import Gone


@dataclass(frozen=True, kw_only=True)
class PutBack:
    """What was put back, how many erasures were done again, and which keys are not those of the backup."""

    contents: Contents
    erased: int
    other_keys: list[str]


def put_back(path: Path, gone: Sequence[Gone]) -> PutBack:
    """Put a backup back; every hash is seen to be right before the first row is written.

    ``gone`` is what was erased, whenever that was. Raises ``RefusedError`` where the database is not empty or is of
    another version, where the backup is damaged, or where its logbook is not what it was: then nothing is changed.
    """
    try:
        with ZipFile(path) as archive:
            contents = read_list(archive)
            _require_same_tables(contents)
            _require_empty()
            for table in contents.tables:
                for _ in lines_of(archive, table):
                    pass
            with transaction.atomic():
                _write(archive, contents)
                _require_whole(contents)
                erased = erase_again(gone)
    except BadZipFile:
        raise RefusedError(mark("Dit bestand is geen reservekopie van Wijkpeil.")) from None
    ours = marks_of_keys()
    return PutBack(
        contents=contents,
        erased=erased,
        other_keys=[name for name, told in contents.marks.items() if ours.get(name) != told],
    )


def _require_same_tables(contents: Contents) -> None:
    ours = {model._meta.label_lower: columns(model) for model in kept_models()}
    theirs = {table.name: table.columns for table in contents.tables}
    if contents.migrations != migrations() or ours != theirs:
        raise RefusedError(
            mark(
                "De reservekopie is van Wijkpeil {version} met andere tabellen. Installeer die versie, zet de kopie "
                "daarin terug, en werk daarna bij met wijkpeil migrate."
            ),
            version=contents.version,
        )


def _require_empty() -> None:
    if any(model._base_manager.exists() for model in kept_models()):
        raise RefusedError(
            mark("De databank is niet leeg. Een reservekopie zet je alleen terug in een nieuwe, lege databank.")
        )


def _write(archive: ZipFile, contents: Contents) -> None:
    models = [apps.get_model(table.name) for table in contents.tables]
    order = {model: place for place, model in enumerate(kept_models())}
    for table, model in sorted(zip(contents.tables, models, strict=True), key=lambda pair: order[pair[1]]):
        put(model, lines_of(archive, table))
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    connection.check_constraints()


def _require_whole(contents: Contents) -> None:
    number, seal = contents.head
    found = [(one.number, one.what.value) for one in faults(Head(number=number, at=None, seal=seal))]
    if found != contents.faults:
        raise RefusedError(
            mark("Het logboek in de reservekopie klopt niet: regel {number}. Er is niets teruggezet."),
            number=found[0][0] if found else contents.faults[0][0],
        )
