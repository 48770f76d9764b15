"""A grid is the rows and columns of a CSV or Excel file under their names, before anyone says what they mean."""

import csv
import io
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.mapping import Decimal, TableMapping
from wijkpeil.sources.headers import joined, unique_names
from wijkpeil.sources.opening import is_workbook, open_text, open_workbook, read_sheet, refuse
from wijkpeil.sources.table.guesses import delimiter_of, header_at

TOP = 40
"""So many rows at the top are looked at to find the header."""

_HEAD = 2_000_000
_SAMPLE = 1000
_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Named columns of texts and numbers; ``lines`` are the rows in the file, counted from 1.

    ``layout`` is the mapping with what was left open in it filled in.
    """

    frame: pl.DataFrame
    lines: pl.Series
    layout: TableMapping
    complaints: tuple[Complaint, ...]


@dataclass(frozen=True, kw_only=True)
class Top:
    """The first rows of a file as texts, and how they were parted; ``complaints`` are about opening it."""

    rows: list[list[str]]
    delimiter: str | None = None
    encoding: str | None = None
    text: str = ""
    complaints: tuple[Complaint, ...] = ()


def top_of(data: bytes, *, file: str, layout: TableMapping | None = None) -> Top:
    """Read the first rows of a file; raises ``FaultsFound`` when it is no table."""
    if is_workbook(data):
        reader = open_workbook(data, file=file)
        sheet = (layout.sheet if layout else None) or ""
        cells = read_sheet(reader, file=file, sheet=sheet, as_text=True, rows=TOP)
        return Top(rows=[[value or "" for value in row] for row in cells.rows()])
    opened = open_text(data, file=file, encoding=(layout.encoding if layout else None) or "")
    text = opened.text if "\n" in opened.text else opened.text.replace("\r", "\n")
    delimiter = (layout.delimiter if layout else None) or delimiter_of(text)
    try:
        rows = list(islice(csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=delimiter), TOP))
    except csv.Error as fault:
        raise refuse(file, "Dit bestand is niet als tabel met rijen en kolommen te lezen.") from fault
    return Top(rows=rows, delimiter=delimiter, encoding=opened.encoding, text=text, complaints=opened.complaints)


def read_grid(data: bytes, layout: TableMapping, *, file: str) -> Grid:
    """Read all rows of a file under their names.

    Numbers come out as numbers where a whole column is plainly of them, because turning two million texts into
    numbers one column at a time is what takes the time. The other columns are texts. Columns without a name and
    without content are left out, and so are empty rows. Raises ``FaultsFound`` when there is no header or no row.
    """
    top = top_of(data, file=file, layout=layout)
    header = layout.header_row or (header_at(top.rows) or 0) - layout.header_rows + 1
    if header < 1 or header + layout.header_rows - 1 > len(top.rows):
        raise refuse(file, "Er is geen rij met kolomnamen gevonden. Noem hem in de beschrijving (header_row).")
    filled = replace(layout, header_row=header, delimiter=layout.delimiter or top.delimiter)
    last = header + layout.header_rows - 1
    named = _squared(top.rows[header - 1 : last])
    if top.delimiter is None:
        body = read_sheet(open_workbook(data, file=file), file=file, sheet=layout.sheet or "", skip=last)
        lines = pl.Series("line", range(last + 1, last + 1 + body.height), dtype=pl.UInt32)
    else:
        body, lines = _body(top, filled, last, joined(named), file)
    names = joined(named)
    body, wide = _within(body, len(names), lines, file)
    frame, renamed = _named(body, names, file, last)
    full = frame.select(pl.any_horizontal(pl.all().is_not_null())).to_series() if frame.width else pl.Series([False])
    if not full.any():
        raise refuse(file, f"Onder de kolomnamen in rij {last} staan geen gegevens.")
    if not full.all():
        frame, lines = frame.filter(full), lines.filter(full)
    return Grid(frame=frame, lines=lines, layout=filled, complaints=(*top.complaints, *renamed, *wide))


def _squared(rows: list[list[str]]) -> list[list[str]]:
    width = max(map(len, rows))
    return [[*row, *([""] * (width - len(row)))] for row in rows]


def _named(body: pl.DataFrame, names: list[str], file: str, row: int) -> tuple[pl.DataFrame, tuple[Complaint, ...]]:
    """Put the names on the columns; a column of nothing without a name is no column."""
    width = min(body.width, len(names))
    absent = [pl.lit(None, dtype=pl.String).alias(f"absent{at}") for at in range(width, len(names))]
    body = body.with_columns(absent)
    kept = [at for at, name in enumerate(names) if name or body.to_series(at).null_count() < body.height]
    unique, complaints = unique_names([names[at] for at in kept], file=file, row=row)
    columns = [body.columns[at] for at in kept]
    return body.select(columns).rename(dict(zip(columns, unique, strict=True))), complaints


def _body(top: Top, layout: TableMapping, skip: int, names: list[str], file: str) -> tuple[pl.DataFrame, pl.Series]:
    """Read the rows of a CSV under its header."""
    assert top.delimiter is not None
    reader = csv.reader(io.StringIO(top.text[:_HEAD], newline=""), delimiter=top.delimiter)
    for _ in islice(reader, skip):
        pass
    start = _offset(top.text, reader.line_num)
    texts = {layout.code_column, layout.name_column, layout.period_column, layout.indicator_column}
    fixed = [at for at, name in enumerate(names) if name in texts]
    body = _fast(top.text[start:].encode(), top.delimiter, fixed, len(names), layout.decimal)
    if body is None:
        body = _slow(top.text[start:], top.delimiter, len(names), reader.line_num, file)
    lines = pl.Series("line", range(reader.line_num + 1, reader.line_num + 1 + body.height), dtype=pl.UInt32)
    return body, lines


def _offset(text: str, lines: int) -> int:
    """Find where the line after this many begins."""
    at = 0
    for _ in range(lines):
        at = text.find("\n", at) + 1
        if not at:
            return len(text)
    return at


def _fast(raw: bytes, delimiter: str, fixed: list[int], width: int, decimal: Decimal | None) -> pl.DataFrame | None:
    """Read with the types that the first rows show, or all rows where those mislead; ``None`` where neither works.

    Codes, names and years stay texts, so that no leading zero is lost. A column that might be thousands with a
    point (``1.234``) stays text unless the mapping names the decimal sign: ``cells`` decides or complains.
    """
    if not raw.strip() or not delimiter.isascii():
        return None
    first = pl.read_csv(b"x", has_header=False).columns[0]
    overrides = {f"column_{int(first.removeprefix('column_')) + at}": pl.String for at in fixed}
    if decimal is Decimal.COMMA:
        return _csv(raw, delimiter, width, infer_schema=False)
    frame = _csv(raw, delimiter, width, infer_schema_length=_SAMPLE, schema_overrides=overrides)
    if frame is None:
        frame = _csv(raw, delimiter, width, infer_schema_length=None, schema_overrides=overrides)
    if frame is None:
        return _csv(raw, delimiter, width, infer_schema=False)
    doubtful = [] if decimal is Decimal.POINT else _thousands_perhaps(frame)
    odd_kinds = [name for name, kind in frame.schema.items() if kind != pl.String and not kind.is_numeric()]
    if doubtful or odd_kinds:
        again = _csv(raw, delimiter, width, infer_schema=False)
        if again is None:
            return None
        frame = frame.with_columns(again.select(doubtful + odd_kinds))
    return frame


def _csv(raw: bytes, delimiter: str, width: int, **how: object) -> pl.DataFrame | None:
    try:
        frame = pl.read_csv(raw, separator=delimiter, has_header=False, **how)  # type: ignore[arg-type]
    except (pl.exceptions.PolarsError, ValueError, pl.exceptions.PanicException):
        return None
    return frame if frame.width >= min(width, 2) else None


def _thousands_perhaps(frame: pl.DataFrame) -> list[str]:
    """Name the columns of which every number may be thousands with a point: at most three decimals, below 1,000."""
    floats = [name for name, kind in frame.schema.items() if kind.is_float()]
    for rows in (frame.head(_SAMPLE), frame):
        if floats:
            thousand = pl.col(floats) * 1000
            may_be = (((thousand - thousand.round()).abs() < 1e-6) & (pl.col(floats).abs() < 1000)).all()
            floats = [name for name, yes in rows.select(may_be).row(0, named=True).items() if yes]
    return floats


def _slow(text: str, delimiter: str, width: int, skipped: int, file: str) -> pl.DataFrame:
    """Read a CSV that breaks its own rules, row by row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error as fault:
        sentence = "Deze rij is niet te lezen: er ontbreekt waarschijnlijk een aanhalingsteken."
        raise refuse(file, sentence, place=f"rij {skipped + reader.line_num}") from fault
    width = max([width, *map(len, rows)])
    cells = [[row[at] or None if at < len(row) else None for row in rows] for at in range(width)]
    return pl.DataFrame([pl.Series(f"column_{at + 1}", column, dtype=pl.String) for at, column in enumerate(cells)])


def _within(body: pl.DataFrame, width: int, lines: pl.Series, file: str) -> tuple[pl.DataFrame, tuple[Complaint, ...]]:
    """Leave out the cells to the right of all names, and complain of their rows.

    So it goes when a decimal comma stands in a file that is parted by commas: all cells after it shift.
    """
    extra = body.columns[width:]
    if not extra:
        return body, ()
    rows = lines.filter(body.select(pl.any_horizontal(pl.col(extra).is_not_null())).to_series())
    sentence = f"Deze rij heeft meer cellen dan er kolomnamen zijn ({width}); wat te veel is, is niet gelezen."
    complaints = [Complaint(file=file, place=f"rij {line}", found="", sentence=sentence) for line in rows.head(_SHOWN)]
    if rows.len() > _SHOWN:
        more = f"Nog {rows.len() - _SHOWN} andere rijen hebben te veel cellen."
        complaints.append(Complaint(file=file, place="", found="", sentence=more))
    return body.select(body.columns[:width]), tuple(complaints)
