"""Where the figures of an edition come from: every source with what was read of it, and what was wrong with that."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.source import Source
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.table import Table
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import Input


@dataclass(frozen=True, kw_only=True)
class Told:
    """One source as readers see it."""

    source: Source
    feeds: tuple[str, ...]
    read: Table | None


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """What was wrong with one file."""

    file: str
    complaints: tuple[Complaint, ...]


def told(edition: Edition, tongue: Language) -> Iterator[Told]:
    """Give the sources from which the edition read something; the others fed nothing."""
    fed: dict[str, list[str]] = {}
    for one in edition.policy.indicators:
        for each in one.sources:
            fed.setdefault(each.source, []).append(tongue.label(one))
    read: dict[str, list[Input]] = {}
    for file in edition.manifest.inputs:
        read.setdefault(file.source, []).append(file)
    for source in sorted(edition.policy.sources, key=lambda one: (one.publisher, one.label)):
        if source.id in read:
            yield Told(source=source, feeds=tuple(fed.get(source.id, ())), read=_table(source, read[source.id], tongue))


def _table(source: Source, inputs: list[Input], tongue: Language) -> Table:
    tables = {one.id: one for one in source.tables}
    rows = []
    for file in inputs:
        table = tables.get(file.table)
        year = str(table.year) if table and table.year else tongue.say("meer jaren")
        rows.append(
            (
                (file.file,),
                (file.table,),
                (year,),
                (str(table.vintage) if table else "",),
                (tongue.whole(file.size),),
                (file.sha256,),
            )
        )
    say = tongue.say
    return Table(
        caption=say("{source}: wat er is gelezen", source=source.label),
        headers=(say("Bestand"), say("Tabel"), say("Jaar"), say("Kaart"), say("Bytes"), "SHA-256"),
        rows=tuple(rows),
    )


def wrong(edition: Edition) -> list[Wrong]:
    """Give what was wrong with the files that went in, file by file."""
    listed = sorted(edition.complaints, key=lambda one: one.file)
    return [Wrong(file=file, complaints=tuple(some)) for file, some in groupby(listed, key=lambda one: one.file)]
