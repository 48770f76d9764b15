"""How a table of one's own is laid out: which column names the area, which the period, and how numbers are written."""

from dataclasses import dataclass
from enum import StrEnum

from wijkpeil.domain.area import Level


class Layout(StrEnum):
    """Whether every indicator has a column of its own, or stands in a column with its name beside its value."""

    WIDE = "wide"
    LONG = "long"


class Decimal(StrEnum):
    """The sign before the decimals; the other one then parts thousands."""

    COMMA = ","
    POINT = "."


class Encoding(StrEnum):
    """How the letters of a text file are written."""

    UTF8 = "utf-8"
    CP1252 = "cp1252"
    UTF16 = "utf-16"


@dataclass(frozen=True, kw_only=True)
class TableMapping:
    """The layout of one CSV or Excel file; all that is ``None`` is found in the file itself.

    ``level`` says of what level codes are that lack their letters or leading zeros; without it they must be in
    full. The period comes from ``period_column``, from the names of the columns (``years_in_header``: "inwoners
    2019"), or is ``year`` (else the year of the table) for all rows. ``value_columns`` are those that hold figures
    (empty: all others). ``value_name`` is the name of the figure where a column's name is only a year.
    ``missing`` are marks for "no figure" besides those that everyone uses. ``header_row`` counts from 1 and
    ``header_rows`` is how many rows the names take.
    """

    code_column: str
    layout: Layout = Layout.WIDE
    level: Level | None = None
    name_column: str | None = None
    period_column: str | None = None
    year: int | None = None
    years_in_header: bool = False
    value_name: str | None = None
    value_columns: tuple[str, ...] = ()
    indicator_column: str | None = None
    value_column: str | None = None
    decimal: Decimal | None = None
    missing: tuple[str, ...] = ()
    sheet: str | None = None
    delimiter: str | None = None
    encoding: Encoding | None = None
    header_row: int | None = None
    header_rows: int = 1
