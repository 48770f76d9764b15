"""Which rows of a table are areas, and whether the table is the one that it is said to be."""

import re

import polars as pl

from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.codes import code_in_full, read_areas, without_duplicates
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import ParsedTable, parsed_table

_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)\s?(?:-|–|t/m|tot en met)\s?(19[5-9]\d|20[0-4]\d)(?!\d)")


def close(
    frame: pl.DataFrame,
    code: str,
    *,
    source: Source,
    table: Table,
    file: str,
    complaints: tuple[Complaint, ...] = (),
    lines: pl.Series | None = None,
) -> ParsedTable:
    """Keep the rows whose ``code`` is an area code, one per area and period, and close the table.

    ``lines`` are the rows in the file; without them the records are counted from 1. Raises ``FaultsFound`` when
    no row has an area code: such a table cannot be joined to anything, and guessing areas from their names is
    no parser's work.
    """
    numbered = pl.Series("line", range(1, frame.height + 1), dtype=pl.UInt32) if lines is None else lines
    if frame.select(code_in_full(pl.col(code)).is_null().all()).item():
        raise refuse(file, _no_codes(frame.height), place=f"kolom {code}")
    areas = read_areas(frame, column=code, file=file, lines=numbered)
    single = without_duplicates(areas.frame, file=file, lines=areas.lines)
    return parsed_table(
        single.frame,
        source=source,
        table=table,
        file=file,
        complaints=complaints + areas.complaints + single.complaints,
        lines=single.lines,
    )


def another_year(said: str | None, table: Table, *, file: str, place: str) -> tuple[Complaint, ...]:
    """Complain when what a table calls itself names years, and its year in the policy files is not among them.

    A range (``2003-2012``) holds all its years. A title without a year says nothing, and is no fault.
    """
    if table.year is None or said is None:
        return ()
    years = {int(year) for year in _YEAR.findall(said)}
    for first, last in _RANGE.findall(said):
        years |= set(range(int(first), int(last) + 1))
    if not years or table.year in years:
        return ()
    sentence = (
        f"Dit bestand gaat volgens zichzelf over {', '.join(map(str, sorted(years)))}, "
        f"maar het staat bij tabel {table.id} als cijfers over {table.year}."
    )
    return (Complaint(file=file, place=place, found=said.strip(), sentence=sentence),)


def no_column(file: str, names: str, found: list[str]) -> FaultsFound:
    """Say that the column with area codes (``names``: the names it may have) is not in the file."""
    sentence = f"De kolom met gebiedscodes ontbreekt; zij heet {names}."
    return refuse(file, sentence, place="kolomnamen", found=", ".join(found[:8]))


def _no_codes(rows: int) -> str:
    """Word the complaint about a table without any area code."""
    return (
        f"Geen enkele van de {rows} rijen heeft een gebiedscode (zoals GM0363, WK036300 of BU03630000); "
        "namen alleen zijn niet genoeg, want dezelfde naam komt vaker voor."
    )
