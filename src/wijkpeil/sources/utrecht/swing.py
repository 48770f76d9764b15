"""The export of a Swing database: areas by level and name, a column per topic, answer and year."""

import io
import re

import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.codes import without_duplicates
from wijkpeil.sources.headers import unique_names
from wijkpeil.sources.opening import open_text, refuse
from wijkpeil.sources.parsed import ParsedTable, parsed_table
from wijkpeil.sources.utrecht.gebieden import GEMEENTE, SUBWIJKEN, WIJKEN

_FIRST = {"niveau", "regio", "gebied", "gebieden"}
_YEAR_AT_END = re.compile(r"^(.+)\|((?:19|20)\d{2})$")


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read an export of Utrecht: ``"Niveau";"topic|answer|2023"`` with a row per subwijk and for the city.

    The year at the end of a column's name becomes the period; a column without one is of the year of the table.
    Areas are named and not coded: a name that is exactly one CBS area gets its code, every other row is a
    complaint "geen gebiedscode", with the CBS buurten left for the reader to compose.
    """
    opened = open_text(data, file=file)
    sheet, odd = _sheet(opened.text, file)
    first = sheet.columns[0]
    lines = pl.Series("line", range(2, sheet.height + 2), dtype=pl.UInt32)
    codes = [code_of(name) for name in sheet[first].fill_null("")]
    areas = sheet.rename({first: "name"}).with_columns(pl.Series("area", codes, dtype=pl.String), lines)
    without = _without_code(areas.filter(pl.col("area").is_null() & pl.col("name").is_not_null()), file)
    dated = _by_year(areas.filter(pl.col("area").is_not_null()), table, file)
    single = without_duplicates(dated.drop("line"), file=file, lines=dated["line"])
    complaints = (*opened.complaints, *odd, *without, *single.complaints)
    return parsed_table(single.frame, source=source, table=table, file=file, complaints=complaints, lines=single.lines)


def code_of(name: str) -> str | None:
    """Give the CBS code of the one area that a name of Utrecht means, or ``None`` where there is no such area.

    A subwijk, wijk and buurt may bear the same name, so a level that is written before it must agree; "Wijk 01
    West", "Wijk West" and "West" are the wijk.
    """
    plain = " ".join(name.lower().split())
    if plain.startswith("subwijk "):
        return SUBWIJKEN.get(plain.removeprefix("subwijk "))
    if plain.startswith("gemeente "):
        return GEMEENTE.get(plain.removeprefix("gemeente "))
    bare = re.sub(r"^(wijk )?(\d{2} )?", "", plain)
    return GEMEENTE.get(plain) or WIJKEN.get(bare)


def _sheet(text: str, file: str) -> tuple[pl.DataFrame, tuple[Complaint, ...]]:
    try:
        cells = pl.read_csv(io.BytesIO(text.encode()), separator=";", has_header=False, infer_schema=False)
    except pl.exceptions.PolarsError as fault:
        raise refuse(file, "Dit bestand is niet als CSV met puntkomma's te lezen.") from fault
    names, complaints = unique_names(cells.row(0), file=file, row=1)
    if names[0].lower() not in _FIRST:
        allowed = ", ".join(sorted(_FIRST))
        sentence = f"Dit is geen export van Utrecht: de eerste kolom hoort een van deze namen te hebben: {allowed}."
        raise refuse(file, sentence, place="rij 1, kolom 1", found=names[0])
    return cells.slice(1).rename(dict(zip(cells.columns, names, strict=True))), complaints


def _by_year(areas: pl.DataFrame, table: Table, file: str) -> pl.DataFrame:
    """Put the columns of each year under the same names, a row per area and year."""
    years: dict[int, dict[str, str]] = {}
    for column in areas.columns:
        if column in {"area", "name", "line"}:
            continue
        found = _YEAR_AT_END.match(column)
        year = int(found[2]) if found else table.year
        if year is None:
            raise refuse(file, "Bij deze kolom staat geen jaar, en bij de bron ook niet.", place=f"kolom {column}")
        years.setdefault(year, {})[column] = found[1] if found else column
    frames = [
        areas.select("area", "name", "line", pl.lit(year, dtype=pl.Int16).alias("period"), *columns).rename(columns)
        for year, columns in sorted(years.items())
    ]
    if not frames:
        raise refuse(file, "Er staan geen cijfers in dit bestand: het heeft maar een kolom.")
    return pl.concat(frames, how="diagonal")


def _without_code(rows: pl.DataFrame, file: str) -> tuple[Complaint, ...]:
    return tuple(
        Complaint(
            file=file,
            place=f"rij {row['line']}, kolom 1",
            found=str(row["name"]),
            sentence="Geen gebiedscode: een subwijk van Utrecht bestaat uit CBS-buurten en heeft zelf geen CBS-code. "
            "De rij is niet gelezen.",
            severity=Severity.WARNING,
        )
        for row in rows.iter_rows(named=True)
    )
