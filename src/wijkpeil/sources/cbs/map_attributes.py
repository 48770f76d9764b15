"""The attribute table of the wijk- en buurtkaart (dbf): fixed fields, land and water in one list."""

import numpy as np
import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import recognise
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import NAME, ParsedTable

CODES = ("BU_CODE", "WK_CODE", "GM_CODE", "BUURTCODE", "WIJKCODE", "GEMEENTECODE")
NAMES = ("BU_NAAM", "WK_NAAM", "GM_NAAM", "BUURTNAAM", "WIJKNAAM", "GEMEENTENAAM")
WATER = ("WATER", "H2O")
LAND = "NEE"
"""What the water column says of land; water is ``JA``, and ``B`` is abroad."""

_FIELD = 32
_FIELDS_END = 0x0D
_DELETED = b"*"


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read a dbf: the rows of land, with the narrowest area code that it has.

    Rows of water and of "abroad" are no neighbourhoods; they are left out and counted in a complaint. Numbers
    stay text until ``sources.cells`` reads them. The format is dBase III (a heading of 32-byte field
    descriptions, then records of fixed width). Raises ``FaultsFound`` when the bytes are none.
    """
    frame = read_dbf(data, file=file)
    code = next((name for name in CODES if name in frame.columns), None)
    if code is None:
        raise recognise.no_column(file, " of ".join(CODES[:3]), frame.columns)
    complaints: tuple[Complaint, ...] = ()
    water = next((name for name in WATER if name in frame.columns), None)
    if water is not None:
        is_land = frame[water].str.to_uppercase() == LAND
        complaints = _left_out(frame.filter(~is_land)[water], file=file, column=water)
        frame = frame.filter(is_land)
    name = NAMES[CODES.index(code)]
    named = frame.rename({name: NAME}, strict=False)
    return recognise.close(named, code, source=source, table=table, file=file, complaints=complaints)


def read_dbf(data: bytes, *, file: str) -> pl.DataFrame:
    """Read all records of a dbf as text, without padding; deleted records are left out."""
    if len(data) < _FIELD or data[0] & 0x07 != 0x03:
        raise refuse(file, "Dit is geen dbf-bestand.")
    count = int.from_bytes(data[4:8], "little")
    start, width = (int.from_bytes(data[at : at + 2], "little") for at in (8, 10))
    fields: list[tuple[str, str]] = [("deleted", "S1")]
    at = _FIELD
    while at < start and data[at] != _FIELDS_END:
        fields.append((_decoded(data[at : at + 11].split(b"\0")[0]), f"S{data[at + 16]}"))
        at += _FIELD
    kind = np.dtype(fields)
    if kind.itemsize != width or len(data) < start + count * width:
        raise refuse(file, "Dit dbf-bestand is afgebroken of beschadigd.")
    records = np.frombuffer(data, dtype=kind, count=count, offset=start)
    records = records[records["deleted"] != _DELETED]
    return pl.DataFrame({name: _text(records[name]) for name, _ in fields[1:]})


def _text(cells: "np.ndarray[tuple[int], np.dtype[np.bytes_]]") -> pl.Series:
    """Read fixed-width cells as text without padding."""
    joined = _decoded(b"\n".join(cells.tolist()))
    return pl.Series(joined.split("\n")[: len(cells)], dtype=pl.String).str.strip_chars(" \0")


def _decoded(data: bytes) -> str:
    """Read the text of a dbf, which does not say its encoding: UTF-8 where it is valid, and otherwise Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _left_out(water: pl.Series, *, file: str, column: str) -> tuple[Complaint, ...]:
    """Count the rows that are no land."""
    if water.is_empty():
        return ()
    abroad = int((water.str.to_uppercase() != "JA").sum())
    wet = water.len() - abroad
    sentence = f"Weggelaten zijn de rijen die geen land zijn: {wet} van water, {abroad} van buiten Nederland."
    return (Complaint(file=file, place=f"kolom {column}", found="", sentence=sentence, severity=Severity.WARNING),)
