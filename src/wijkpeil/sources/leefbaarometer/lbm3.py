"""Leefbaarometer 3: scores of buurten, wijken and gemeenten, under the names of its web service."""

import io

import polars as pl

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.codes import read_areas, without_duplicates
from wijkpeil.sources.opening import open_text, refuse
from wijkpeil.sources.parsed import ParsedTable, parsed_table

_CODES = ("id", "bu_code", "wk_code", "gm_code")
_NAMES = ("name", "bu_naam", "wk_naam", "gm_naam")
_YEARS = ("year", "jaar")


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read the fields of the web service (``id,name,...,year,kscore,afw,...``) or the file per wijk (``wk_code,...``).

    A first column that only counts the rows has no part in it; without a column for the year it is that of the
    table. Scores are numbers with a decimal point. Raises ``FaultsFound`` where the columns of another table stand.
    """
    opened = open_text(data, file=file)
    try:
        sheet = pl.read_csv(io.BytesIO(opened.text.encode()), infer_schema_length=None)
    except pl.exceptions.PolarsError as fault:
        raise refuse(file, "Dit bestand is niet als CSV met komma's te lezen.") from fault
    code, name, year = (_one_of(names, sheet.columns) for names in (_CODES, _NAMES, _YEARS))
    if code is None or (year is None and table.year is None):
        allowed = f"{', '.join(_CODES)} en {' of '.join(_YEARS)}"
        raise refuse(
            file, f"Dit is geen tabel van de Leefbaarometer 3: in rij 1 hoort een van {allowed}.", place="rij 1"
        )
    counts_rows = [sheet.columns[0]] if sheet.columns[0].strip() in {"", "1", "X", "Unnamed: 0"} else []
    keys = {found: key for found, key in ((year, "period"), (name, "name")) if found is not None}
    renamed = sheet.drop(counts_rows).rename(keys)
    lines = pl.Series("line", range(2, sheet.height + 2), dtype=pl.UInt32)
    areas = read_areas(renamed, column=code, file=file, lines=lines)
    single = without_duplicates(areas.frame, file=file, lines=areas.lines)
    return parsed_table(
        single.frame,
        source=source,
        table=table,
        file=file,
        complaints=(*opened.complaints, *areas.complaints, *single.complaints),
        lines=single.lines,
    )


def _one_of(names: tuple[str, ...], columns: list[str]) -> str | None:
    return next((name for name in names if name in columns), None)
