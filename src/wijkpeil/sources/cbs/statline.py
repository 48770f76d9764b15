"""Tables exported by hand from StatLine: a heading of topics, areas below it or beside it."""

import re
from collections import Counter

import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import recognise
from wijkpeil.sources.cbs.text import body, heading, opened
from wijkpeil.sources.opening import refuse
from wijkpeil.sources.parsed import NAME, PERIOD, ParsedTable

AREA_DIMENSIONS = ("Wijken en buurten", "Regio's", "Gemeenten")
PERIOD_DIMENSIONS = ("Perioden", "Jaar")
SUBJECT = "Onderwerp"
_WHOLE_YEAR = r"^\s*(\d{4})\*{0,2}\s*$"
_TOTAL = re.compile(r"\btotaal\s*$", re.IGNORECASE)
_CODE = re.compile(r"(^|[|/]\s*)(codering|regiocode)\b", re.IGNORECASE)


def parse_csv(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read an export with an area per row: title, blank line, subject, topics, units, then the rows.

    Topics are written as a path (``Inkomen | Inkomen van personen | ...``) where the file has the path. An
    export that went through a spreadsheet lost the names of its groups and keeps only marks of their depth;
    there a topic bears its own title, and one whose title occurs twice the title of the total that leads its
    group as well (``Gemiddeld aardgasverbruik totaal | Appartement``).

    Raises ``FaultsFound`` when the heading is not that of such an export or no row has an area code.
    """
    text, complaints = opened(data, file=file)
    rows = heading(text)
    at = next((place for place, row in enumerate(rows) if SUBJECT in row[1:]), None)
    if at is None or at + 2 >= len(rows):
        raise refuse(file, "Dit is geen export van StatLine: de regel met 'Onderwerp' ontbreekt.")
    dimensions = rows[at].index(SUBJECT)
    topics, units = rows[at + 1], rows[at + 2]
    topics = units[:dimensions] + topics[dimensions:]
    frame, lines = body(text, skip=at + 3, width=len(topics), file=file)
    names, doubles = topic_names(topics, [""] * dimensions + units[dimensions:], file=file)
    frame = _named(frame, names)
    complaints += doubles + recognise.another_year(" ".join(rows[0][:1]), table, file=file, place="rij 1")
    return _areas(frame, lines, source=source, table=table, file=file, complaints=complaints)


def parse_transposed(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read an export with an area per column: topic, unit, and then a figure for each area.

    Raises ``FaultsFound`` when the heading is not that of such an export or no column has an area code.
    """
    text, complaints = opened(data, file=file)
    rows = heading(text)
    at = next((place for place, row in enumerate(rows) if row[:1] == [SUBJECT]), None)
    if at is None:
        raise refuse(file, "Dit is geen gekantelde export: geen regel begint met 'Onderwerp'.")
    width = len(rows[at])
    wide, _ = body(text, skip=at + 1, width=width, file=file)
    first = next((place for place, cell in enumerate(rows[at][1:], 1) if cell.strip()), width)
    units = wide["1"].fill_null("").to_list() if first > 1 else [""] * wide.height
    names, doubles = topic_names(wide["0"].fill_null("").to_list(), units, file=file)
    figures = wide.select(str(place) for place in range(first, width)).transpose()
    frame = _named(figures, names).with_columns(pl.Series(AREA_DIMENSIONS[0], rows[at][first:]))
    complaints += doubles + recognise.another_year(" ".join(rows[0][:1]), table, file=file, place="rij 1")
    return _areas(frame, None, source=source, table=table, file=file, complaints=complaints)


def parse_symbols(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read a "CSV met statistische symbolen": one heading row with path and unit, values padded with blanks.

    The columns keep the publisher's heading as it is (``SES-WOA/Totaalscore/Gemiddelde score (Getal)``): the
    slash that joins the path also stands within titles. Raises ``FaultsFound`` as ``parse_csv`` does.
    """
    text, complaints = opened(data, file=file)
    rows = heading(text)
    if not rows or not any(_CODE.search(cell) for cell in rows[0]):
        found = [] if not rows else rows[0]
        raise recognise.no_column(file, "Codering (code) of Regiocode (code)", found)
    frame, lines = body(text, skip=1, width=len(rows[0]), file=file)
    often = Counter(rows[0])
    frame = _named(frame, [name if often[name] == 1 else None for name in rows[0]])
    return _areas(frame, lines, source=source, table=table, file=file, complaints=complaints)


def topic_names(topics: list[str], units: list[str], *, file: str) -> tuple[list[str | None], tuple[Complaint, ...]]:
    """Give every topic one name of its own: its path, or its title with as much before it as makes it the only one.

    A topic that stays one of several with the same name cannot be asked for: its name is ``None`` and it is
    complained of, so that no figure is taken from the wrong column.
    """
    paths = [" | ".join(part.strip() for part in topic.split("|") if part.strip()) for topic in topics]
    led = zip(_leads(paths), paths, strict=True)
    under_total = [f"{lead} | {path}" if lead not in ("", path) else path for lead, path in led]
    with_unit = [f"{name} | {unit}" if unit else name for name, unit in zip(under_total, units, strict=True)]
    names = paths
    for longer in (under_total, with_unit):
        often = Counter(names)
        names = [more if often[name] > 1 else name for name, more in zip(names, longer, strict=True)]
    often = Counter(names)
    complaints = tuple(
        Complaint(
            file=file,
            place=f"kolom {place + 1}",
            found=name,
            sentence="Deze kolom heet net als een andere en is weggelaten: niet te zeggen is welke bedoeld wordt.",
        )
        for place, name in enumerate(names)
        if name and often[name] > 1
    )
    return [name if name and often[name] == 1 else None for name in names], complaints


def _named(frame: pl.DataFrame, names: list[str | None]) -> pl.DataFrame:
    """Give the columns their names and leave out those that have none."""
    pairs = zip(frame.columns, names, strict=True)
    return frame.select(pl.col(column).alias(name) for column, name in pairs if name is not None)


def _leads(paths: list[str]) -> list[str]:
    """Give per topic the last total at or before it: a group of figures that is split starts with its total."""
    leads, lead = [], ""
    for path in paths:
        lead = path if _TOTAL.search(path) else lead
        leads.append(lead)
    return leads


def _areas(
    frame: pl.DataFrame,
    lines: pl.Series | None,
    *,
    source: Source,
    table: Table,
    file: str,
    complaints: tuple[Complaint, ...],
) -> ParsedTable:
    """Recognise the areas, their names and their year in a table that has the publisher's columns."""
    code = next((name for name in frame.columns if _CODE.search(name)), None)
    name = next((name for name in frame.columns if name in AREA_DIMENSIONS), None)
    if code is None and name is None:
        raise recognise.no_column(file, "Codering", frame.columns)
    if name is not None and code is not None:
        frame = frame.with_columns(pl.col(name).str.strip_chars().alias(NAME)).drop(name)
    period = next((name for name in PERIOD_DIMENSIONS if name in frame.columns), None)
    if period is not None:
        complaints += _other_years(frame[period], table, file=file, column=period)
        years = frame.select(pl.col(period).str.extract(_WHOLE_YEAR).cast(pl.Int16)).to_series()
        complaints += _no_years(frame[period].filter(years.is_null()), file=file, column=period)
        frame = frame.with_columns(years.alias(PERIOD)).drop(period).filter(years.is_not_null())
        lines = None if lines is None else lines.filter(years.is_not_null())
    column = code or name or ""
    return recognise.close(frame, column, source=source, table=table, file=file, complaints=complaints, lines=lines)


def _other_years(periods: pl.Series, table: Table, *, file: str, column: str) -> tuple[Complaint, ...]:
    """Complain when the rows are about other years than the table is declared to be."""
    years = periods.str.extract(_WHOLE_YEAR).drop_nulls().unique().sort()
    if table.year is None or years.is_empty() or str(table.year) in years:
        return ()
    return recognise.another_year(", ".join(years), table, file=file, place=f"kolom {column}")


def _no_years(periods: pl.Series, *, file: str, column: str) -> tuple[Complaint, ...]:
    """Count the rows that are about something else than a whole year (a quarter, a month)."""
    if periods.is_empty():
        return ()
    sentence = f"{periods.len()} rijen gaan niet over een heel jaar en zijn weggelaten."
    found = periods[0] or ""
    return (Complaint(file=file, place=f"kolom {column}", found=found, sentence=sentence, severity=Severity.WARNING),)
