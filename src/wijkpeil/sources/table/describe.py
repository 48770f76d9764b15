"""A description is a first guess at what a table holds, made to be corrected by who made the table."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity
from wijkpeil.domain.mapping import Encoding, Layout, TableMapping
from wijkpeil.sources.cells import read_cells
from wijkpeil.sources.faults import Rows
from wijkpeil.sources.opening import is_workbook, open_workbook, refuse, sheet_names
from wijkpeil.sources.parsed import KEYS, ParsedTable
from wijkpeil.sources.table.columns import ColumnSeen, look_at
from wijkpeil.sources.table.grid import Grid, Top, read_grid, top_of
from wijkpeil.sources.table.guesses import header_at, header_rows_above
from wijkpeil.sources.table.meaning import changed_meaning, shares_out_of_bounds
from wijkpeil.sources.table.reading import TableRead, read_table, split_year

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PERIOD_WORD = re.compile(r"jaar|year|period", re.IGNORECASE)
_CODE_WORD = re.compile(r"code|gwb|nummer|^(wijk|buurt|gemeente|pc4|gm|wk|bu|id)(nr)?$|nr$", re.IGNORECASE)
_NAME_WORDS = (re.compile(r"naam|name", re.IGNORECASE), re.compile(r"regio|gebied|wijk|buurt|gemeente", re.IGNORECASE))


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a table seems to hold: its ``layout``, what was seen of each column, and where to look twice.

    ``doubts`` has a sentence per key of the mapping that the owner should check; ``complaints`` are what reading
    the file with this mapping says of its rows and cells.
    """

    file: str
    layout: TableMapping
    columns: tuple[ColumnSeen, ...]
    rows: int
    doubts: dict[str, str]
    complaints: tuple[Complaint, ...]


def describe(data: bytes, *, file: str) -> Description:
    """Guess the layout of any CSV or Excel file.

    The guesses are checked at once by reading the file with them, so that the first thing its owner sees is what
    is wrong in it. Raises ``FaultsFound`` with one sentence for a file that is no table at all.
    """
    top = top_of(data, file=file)
    header = header_at(top.rows)
    if header is None:
        raise refuse(file, "Er is geen rij met kolomnamen en daaronder cijfers gevonden.", found=_first_cells(top))
    rows = header_rows_above(top.rows, header)
    opened = TableMapping(
        code_column="",
        header_row=header - rows + 1,
        header_rows=rows,
        delimiter=top.delimiter,
        encoding=_encoding(top.encoding),
    )
    grid = read_grid(data, opened, file=file)
    columns = look_at(grid.frame)
    layout, doubts = _roles(opened, columns, grid)
    layout, more = _numbers(layout, columns)
    layout, dated = _year_of(layout, top, header, file)
    doubts |= more | dated | _sheets(data, file)
    complaints = (
        _look_through(data, layout, columns, file) if layout.code_column else (*grid.complaints, _no_code(file))
    )
    return Description(
        file=file, layout=layout, columns=columns, rows=grid.frame.height, doubts=doubts, complaints=complaints
    )


def _first_cells(top: Top) -> str:
    return " ".join(cell for row in top.rows[:3] for cell in row[:3] if cell)[:60]


def _encoding(found: str | None) -> Encoding | None:
    known = {"utf-8": Encoding.UTF8, "utf-8-sig": Encoding.UTF8, "cp1252": Encoding.CP1252, "utf-16": Encoding.UTF16}
    return known.get(found or "")


def _roles(opened: TableMapping, columns: Sequence[ColumnSeen], grid: Grid) -> tuple[TableMapping, dict[str, str]]:
    """Say which column is what."""
    doubts: dict[str, str] = {}
    code, level = _code_column(columns)
    if code and level:
        doubts["level"] = f"De codes zijn niet voluit geschreven; ze lezen als codes van een {level.value}."
    left = [column for column in columns if column.name != code]
    years = [c for c in left if c.years >= 0.9 and c.filled and (_PERIOD_WORD.search(c.name) or c.distinct <= 60)]
    period = next((c.name for c in sorted(years, key=lambda c: not _PERIOD_WORD.search(c.name))), None)
    left = [column for column in left if column.name != period]
    name = _name_column(left)
    figures = [c for c in left if c.is_figure and c.name != name]
    texts = [c for c in left if not c.is_figure and c.name != name]
    layout = replace(opened, code_column=code, level=level, name_column=name, period_column=period)
    indicator = _indicator_column(grid.frame, layout, texts, figures)
    if indicator:
        doubts["layout"] = "Elk gebied staat er vaker; de kolom met woorden lijkt te zeggen welk cijfer het is."
        value = figures[0].name
        return replace(layout, layout=Layout.LONG, indicator_column=indicator, value_column=value), doubts
    dated = [c for c in figures if split_year(c.name)] if period is None else []
    in_header = len(dated) * 2 > len(figures) and bool(dated)
    if in_header:
        doubts["years_in_header"] = "De kolomnamen bevatten een jaar."
    chosen = tuple(c.name for c in figures) if texts else ()
    return replace(layout, value_columns=chosen, years_in_header=in_header), doubts


def _code_column(columns: Sequence[ColumnSeen]) -> tuple[str, Level | None]:
    """Find the column of area codes: in full, or else of numbers under a name that says so."""
    full = max(columns, key=lambda c: c.codes, default=None)
    if full is not None and full.codes >= 0.3:
        return full.name, None
    short = [c for c in columns if c.short_codes >= 0.9 and _CODE_WORD.search(c.name)]
    short = short or [c for c in columns[:1] if c.short_codes >= 0.9 and c.longest >= 5]
    return (short[0].name, short[0].level) if short else ("", None)


def _name_column(columns: Sequence[ColumnSeen]) -> str | None:
    texts = [c for c in columns if not c.is_figure and c.filled]
    for word in _NAME_WORDS:
        if found := next((c.name for c in texts if word.search(c.name)), None):
            return found
    return None


def _indicator_column(
    frame: pl.DataFrame, layout: TableMapping, texts: Sequence[ColumnSeen], figures: Sequence[ColumnSeen]
) -> str | None:
    """Find the column that tells figures apart, where one area has more than one row in a year."""
    if len(figures) != 1 or not layout.code_column:
        return None
    keys = [name for name in (layout.code_column, layout.period_column) if name]
    rows = frame.filter(pl.col(layout.code_column).is_not_null())
    if not rows.height or rows.n_unique(keys) == rows.height:
        return None
    found = [
        c.name
        for c in texts
        if c.filled and c.distinct < rows.height and rows.n_unique([*keys, c.name]) > rows.n_unique(keys)
    ]
    return max(found, key=lambda name: rows.n_unique([*keys, name]), default=None)


def _numbers(layout: TableMapping, columns: Sequence[ColumnSeen]) -> tuple[TableMapping, dict[str, str]]:
    """Say how numbers are written, and with which marks they are absent."""
    doubts: dict[str, str] = {}
    keys = {layout.code_column, layout.name_column, layout.period_column}
    figures = [c for c in columns if c.is_figure and c.name not in keys]
    signs = {sign for c in figures for sign in c.signs}
    decimal = next(iter(signs)) if len(signs) == 1 else None
    if len(signs) == 2:
        doubts["decimal"] = "Er staan getallen met een komma en met een punt als decimaalteken; elke kolom telt apart."
    elif not signs and any(c.is_ambiguous for c in figures):
        doubts["decimal"] = 'Er staan getallen als 1.234: zijn dat duizendtallen (decimal = ",") of decimalen (".")?'
    marks = tuple(dict.fromkeys(mark for c in figures for mark in c.marks))
    if marks:
        doubts["missing"] = "Deze tekens staan op de plaats van een cijfer. Betekenen ze 'geen cijfer'?"
    return replace(layout, decimal=decimal, missing=marks), doubts


def _year_of(layout: TableMapping, top: Top, header: int, file: str) -> tuple[TableMapping, dict[str, str]]:
    """Take the year from the title or the name of the file, where the table itself has none."""
    if layout.period_column or layout.years_in_header:
        return layout, {}
    titles = " ".join(cell for row in top.rows[: header - 1] for cell in row)
    for where, text in (("de titel", titles), ("de bestandsnaam", file)):
        if len(found := set(_YEAR.findall(text))) == 1:
            return replace(layout, year=int(found.pop())), {"year": f"Dit jaar komt uit {where}."}
    return layout, {"year": "Het jaar van de cijfers is niet gevonden: vul het in, of bij de tabel in beleid/bronnen."}


def _sheets(data: bytes, file: str) -> dict[str, str]:
    names = sheet_names(open_workbook(data, file=file)) if is_workbook(data) else []
    if len(names) < 2:
        return {}
    return {"sheet": f"Gelezen is het eerste werkblad. Er zijn: {', '.join(names)}."}


def _no_code(file: str) -> Complaint:
    sentence = "Er is geen kolom met gebiedscodes gevonden, zoals GM0599, WK059914 of BU05991448. Vul code_column in."
    return Complaint(file=file, place="kolomnamen", found="", sentence=sentence)


def _look_through(data: bytes, layout: TableMapping, columns: Sequence[ColumnSeen], file: str) -> tuple[Complaint, ...]:
    """Read the table as it was guessed and say what is wrong in it."""
    try:
        read = read_table(data, layout, file=file, year=layout.year or 1900)
    except FaultsFound as found:
        return found.complaints
    names = [name for name in read.frame.columns if name not in KEYS]
    shares = {_stem(column.name) for column in columns if column.is_percentage}
    percentages = [name for name in names if _stem(name) in shares]
    return (
        *read.complaints,
        *_unreadable(read, names, file),
        *shares_out_of_bounds(read.frame, percentages, read.lines, file=file),
        *changed_meaning(read.frame, file=file),
        *([_no_rows(file)] if not read.frame.height else []),
    )


def _stem(name: str) -> str:
    parted = split_year(name)
    return parted[0] if parted else name


def _unreadable(read: TableRead, names: list[str], file: str) -> tuple[Complaint, ...]:
    parsed = ParsedTable(source="", table="", vintage=0, provisional=False, file=file, frame=read.frame)
    faults = read_cells(read.frame, names).faults
    return Rows(parsed, read.frame["area"], read.lines).unreadable(faults)


def _no_rows(file: str) -> Complaint:
    sentence = "Zo gelezen blijft er geen enkele rij over."
    return Complaint(file=file, place="", found="", sentence=sentence, severity=Severity.ERROR)
