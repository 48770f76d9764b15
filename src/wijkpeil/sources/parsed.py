"""What a parser hands on: one table as its publisher wrote it, with the areas and periods recognised."""

from dataclasses import dataclass, field
from typing import Protocol

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.source import Source, Table

AREA, NAME, PERIOD = "area", "name", "period"
KEYS = (AREA, NAME, PERIOD)
"""The columns that every parsed frame starts with; all others bear the publisher's own names."""


@dataclass(frozen=True, kw_only=True)
class ParsedTable:
    """One table of a source, read but not yet interpreted.

    ``frame`` has ``area`` (String, written in full as ``domain.area.canonical_code`` does), ``name`` (String,
    null where the file has none), ``period`` (Int16, a year) and then the publisher's columns under their own
    names, as String or as numbers: what a cell means is decided by ``sources.cells``, once for all publishers.
    There is one row per area and period. ``file`` is the name that complaints bear; ``lines`` gives per row the
    line or row in that file (counted from 1, as an editor or a spreadsheet shows it), or is ``None`` where the
    form has no lines (parquet, dbf, JSON).
    """

    source: str
    table: str
    vintage: int
    provisional: bool
    file: str
    frame: pl.DataFrame
    complaints: tuple[Complaint, ...] = ()
    lines: pl.Series | None = None
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Keep the publisher's column names apart from the keys."""
        object.__setattr__(self, "columns", tuple(name for name in self.frame.columns if name not in KEYS))


class Parser(Protocol):
    """The one shape of every parser: bytes in, a parsed table out, and no other input or output."""

    def __call__(self, data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
        """Read the bytes of one file as one table; raises ``FaultsFound`` when it cannot be that table."""
        ...


def parsed_table(
    frame: pl.DataFrame,
    *,
    source: Source,
    table: Table,
    file: str,
    complaints: tuple[Complaint, ...] = (),
    lines: pl.Series | None = None,
) -> ParsedTable:
    """Close a parsed frame: set the keys first and in their types, and take the rest from the policy.

    ``frame`` needs ``area``; ``name`` and ``period`` are added where they are absent (the period is then the
    year of the table). Raises ``ValueError`` when neither the frame nor the table knows the period: that is a
    fault of the parser, not of the file.
    """
    if PERIOD not in frame.columns and table.year is None:
        raise ValueError(f"{table.id} has no year and its parser gives no period")
    name = pl.col(NAME).cast(pl.String) if NAME in frame.columns else pl.lit(None, dtype=pl.String).alias(NAME)
    period = pl.col(PERIOD) if PERIOD in frame.columns else pl.lit(table.year).alias(PERIOD)
    keys = [pl.col(AREA).cast(pl.String), name, period.cast(pl.Int16)]
    return ParsedTable(
        source=source.id,
        table=table.id,
        vintage=table.vintage,
        provisional=table.provisional,
        file=file,
        frame=frame.select(*keys, pl.exclude(KEYS)),
        complaints=complaints,
        lines=lines,
    )
