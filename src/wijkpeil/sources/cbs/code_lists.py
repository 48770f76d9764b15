"""Lists of area codes with their names, without any figures."""

from io import BytesIO

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import recognise
from wijkpeil.sources.cbs.text import opened
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import NAME, PERIOD, ParsedTable

CODES = ("Identifier", "Key", "statcode", "code", "gwb_code")
NAMES = ("Title", "statnaam", "naam", "name")


def parse_parquet(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read the members of the dimension "Wijken en buurten" (v3 ``Key``, v4 ``Identifier``) kept as Parquet."""
    try:
        frame = pl.read_parquet(BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise refuse(file, "Dit is geen leesbaar Parquet-bestand.", found=str(fault)[:80]) from fault
    return _parse(frame, None, source=source, table=table, file=file)


def parse_csv(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read a comma or semicolon file with a column of codes and one of names."""
    text, complaints = opened(data, file=file)
    separator = ";" if text.partition("\n")[0].count(";") else ","
    try:
        frame = pl.read_csv(BytesIO(text.encode()), separator=separator, infer_schema=False)
    except pl.exceptions.PolarsError as fault:
        raise refuse(file, "Dit is geen leesbare lijst met codes.", found=str(fault)[:80]) from fault
    lines = pl.Series("line", range(2, frame.height + 2), dtype=pl.UInt32)
    return _parse(frame, lines, source=source, table=table, file=file, complaints=complaints)


def _parse(
    frame: pl.DataFrame,
    lines: pl.Series | None,
    *,
    source: Source,
    table: Table,
    file: str,
    complaints: tuple[Complaint, ...] = (),
) -> ParsedTable:
    """Recognise codes and names; a list of codes is of its map year, whatever period it is used for."""
    code = next((name for name in CODES if name in frame.columns), None)
    name = next((name for name in NAMES if name in frame.columns), None)
    if code is None or name is None:
        raise recognise.no_column(file, " of ".join(CODES[:3]), frame.columns)
    year = pl.lit(table.vintage if table.year is None else table.year).alias(PERIOD)
    named = frame.with_columns(pl.col(name).str.strip_chars().alias(NAME), year).drop({name} - {NAME})
    return recognise.close(named, code, source=source, table=table, file=file, complaints=complaints, lines=lines)
