"""Tables of StatLine as its open data interface gives them: a typed data set, or observations one by one."""

import json
from io import BytesIO
from typing import Any

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import recognise
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import NAME, PERIOD, ParsedTable

AREA_DIMENSIONS = ("WijkenEnBuurten", "RegioS", "Regios", "RegioSCodes", "Codering_3")
PERIOD_DIMENSION = "Perioden"
NAME_COLUMNS = ("Gemeentenaam_1",)
LONG_COLUMNS = ("Measure", "Value")
REASONS = {"Confidential": "x", "Secret": "x", "Impossible": "n.v.t."}
"""Why version 4 gives no figure (``ValueAttribute``), in the marks of ``sources.cells``; others are a plain gap."""

_BOOKKEEPING = {"Id", "ID", "Measure", "ValueAttribute", "Value", "StringValue"}


def parse_parquet(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read a typed data set (v3) or observations (v4) that were kept as Parquet.

    Raises ``FaultsFound`` when the bytes are no Parquet or have no column with area codes.
    """
    try:
        frame = pl.read_parquet(BytesIO(data))
    except (pl.exceptions.PolarsError, OSError) as fault:
        raise refuse(file, "Dit is geen leesbaar Parquet-bestand.", found=str(fault)[:80]) from fault
    return _parse(_as_written(frame), source=source, table=table, file=file)


def parse_json(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read a typed data set (v3) or observations (v4) as the interface sends them: records under ``value``.

    The envelope names its own table; when that is not the table of the policy file, it is an error. Raises
    ``FaultsFound`` when the bytes are no (whole) JSON or have no column with area codes.
    """
    try:
        envelope: dict[str, Any] = json.loads(data)
        records = envelope["value"]
    except (ValueError, KeyError, TypeError) as fault:
        sentence = "Dit is geen (volledige) JSON van de open data van CBS: de lijst 'value' ontbreekt."
        raise refuse(file, sentence, found=data[:40].decode("utf-8", "replace")) from fault
    if not records:
        raise refuse(file, "De lijst 'value' is leeg: deze tabel heeft nog geen cijfers.")
    said = str(envelope.get("odata.metadata") or envelope.get("@odata.context") or "")
    frame = pl.DataFrame(records, infer_schema_length=None)
    return _parse(frame, source=source, table=table, file=file, complaints=_another_table(said, table, file=file))


def _as_written(frame: pl.DataFrame) -> pl.DataFrame:
    """Give numbers of single precision back the digits that were published: 7888.2, not 7888.2001953125."""
    single = [name for name, kind in frame.schema.items() if kind == pl.Float32]
    return frame.with_columns(pl.col(single).cast(pl.String).cast(pl.Float64)) if single else frame


def _another_table(said: str, table: Table, *, file: str) -> tuple[Complaint, ...]:
    """Complain when the address in the envelope is that of another table than the policy file declares."""
    if not said or not table.address:
        return ()
    declared = table.address.rstrip("/").rpartition("/")[2]
    if f"/{declared.lower()}/" in said.lower():
        return ()
    sentence = f"Dit bestand is van een andere tabel dan {declared}."
    return (Complaint(file=file, place="odata.metadata", found=said, sentence=sentence),)


def _parse(
    frame: pl.DataFrame, *, source: Source, table: Table, file: str, complaints: tuple[Complaint, ...] = ()
) -> ParsedTable:
    """Bring either form to one row per area and period."""
    if all(name in frame.columns for name in LONG_COLUMNS):
        frame, unclear = _wide(frame, file=file)
        complaints += unclear
    code = next((name for name in AREA_DIMENSIONS if name in frame.columns), None)
    if code is None:
        raise recognise.no_column(file, " of ".join(AREA_DIMENSIONS[:2]), frame.columns)
    frame = frame.with_columns(_name(frame, code))
    if PERIOD_DIMENSION in frame.columns:
        frame = frame.with_columns(_year(pl.col(PERIOD_DIMENSION)).alias(PERIOD)).filter(pl.col(PERIOD).is_not_null())
    frame = frame.drop(PERIOD_DIMENSION, "ID", strict=False)
    return recognise.close(frame, code, source=source, table=table, file=file, complaints=complaints)


def _name(frame: pl.DataFrame, code: str) -> pl.Expr:
    """Take the name where it is the area's own: that of gemeenten and the country, not of what lies in them."""
    name = next((name for name in NAME_COLUMNS if name in frame.columns), None)
    if name is None:
        return pl.lit(None, dtype=pl.String).alias(NAME)
    own = pl.col(code).str.contains("^(GM|NL)")
    return pl.when(own).then(pl.col(name).str.strip_chars()).alias(NAME)


def _year(period: pl.Expr) -> pl.Expr:
    """Read a period of StatLine as a year: whole years (``JJ``, ``X0``) and days (``G4``), never quarters or months."""
    return period.str.strip_chars().str.extract(r"^(\d{4})(?:JJ|X0|G4|SJ|HJ)\d{2}$").cast(pl.Int16)


def _wide(frame: pl.DataFrame, *, file: str) -> tuple[pl.DataFrame, tuple[Complaint, ...]]:
    """Turn observations (one figure a record) into one row per area and period, with a column per measure.

    A further dimension (age, margins) is part of the name of a column when it has more than one member in the
    file: ``<measure> | <member> | ...``; with one member it says nothing about the difference between columns.
    """
    keys = [name for name in (*AREA_DIMENSIONS, PERIOD_DIMENSION) if name in frame.columns]
    others = [name for name in frame.columns if name not in keys and name not in _BOOKKEEPING]
    telling = [name for name in others if frame[name].n_unique() > 1]
    value = pl.col("Value")
    if "StringValue" in frame.columns:
        value = pl.coalesce(value.cast(pl.String), pl.col("StringValue"))
    if "ValueAttribute" in frame.columns and frame["ValueAttribute"].is_in(list(REASONS)).any():
        reason = pl.col("ValueAttribute").replace_strict(REASONS, default=None, return_dtype=pl.String)
        value = pl.coalesce(value.cast(pl.String), reason)
    parts = [pl.col(name).cast(pl.String).str.strip_chars() for name in ("Measure", *telling)]
    long = frame.select(*keys, pl.concat_str(parts, separator=" | ").alias("column"), value.alias("figure"))
    twice = long.select(pl.struct(*keys, "column").is_duplicated().sum()).item()
    wide = long.pivot("column", index=keys, values="figure", aggregate_function="first", maintain_order=True)
    if not twice:
        return wide, ()
    sentence = f"{twice} waarnemingen komen vaker voor; van elk is de eerste genomen."
    return wide, (Complaint(file=file, place="Observations", found="", sentence=sentence),)
