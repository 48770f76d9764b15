"""Makes a backup: everything in the database as it was at one moment, in one file that only its owner reads."""

import hashlib
import os
import secrets
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from wijkpeil.portrayal.language import mark
from wijkpeil.site.keeping.archive import (
    FORM,
    LIST,
    SEAL,
    Contents,
    RefusedError,
    Table,
    marks_of_keys,
    migrations,
    seal_of,
)
from wijkpeil.site.keeping.tables import columns, kept_models, rows
from wijkpeil.web.logbook.checking import faults, head
from wijkpeil.web.logbook.snapshots import snapshot


def back_up(path: Path) -> Contents:
    """Write a backup to a file that is not there yet; what is half done is never seen under its name.

    The keys of the site are not in it. Raises ``RefusedError`` where the file is there, ``OSError`` where it cannot
    be written and ``DatabaseError`` where the database does not answer.
    """
    if path.exists():
        raise RefusedError(
            mark("{name} is er al. Kies een andere naam: een kopie gaat niet over een kopie."), name=path
        )
    _require_same_version()
    half = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        made = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "wb") as file:
            with snapshot(), ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True) as archive:
                contents = _fill(archive)
            file.flush()
            os.fsync(file.fileno())
        half.replace(path)
    finally:
        with suppress(FileNotFoundError):
            half.unlink()
    return contents


def _require_same_version() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RefusedError(
            mark("De databank is van een oudere versie. Maak de kopie met die versie, of typ eerst: wijkpeil migrate")
        )


def _fill(archive: ZipFile) -> Contents:
    latest = head()
    contents = Contents(
        form=FORM,
        version=version("wijkpeil"),
        made_at=timezone.now().isoformat(),
        migrations=migrations(),
        tables=[_table(archive, model) for model in kept_models()],
        head=(latest.number, latest.seal),
        faults=[(one.number, one.what.value) for one in faults()],
        marks=marks_of_keys(),
    )
    written = contents.written()
    archive.writestr(LIST, written)
    archive.writestr(SEAL, seal_of(written))
    return contents


def _table(archive: ZipFile, model: type[models.Model]) -> Table:
    found, count, size, name = hashlib.sha256(), 0, 0, model._meta.label_lower
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as part:
        for line in rows(model):
            part.write(line)
            found.update(line)
            count, size = count + 1, size + len(line)
    return Table(name=name, columns=columns(model), rows=count, bytes=size, sha256=found.hexdigest())
