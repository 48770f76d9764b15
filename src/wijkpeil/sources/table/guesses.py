"""Guesses about a table that nobody described: never believed in silence, always written down to be corrected."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

CODE = re.compile(r"\s*(NL0[01]|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}|PC\d{4})\s*", re.IGNORECASE)
NUMBER = re.compile(r"\s*[+-]?(\d{1,3}([. ]\d{3})+|\d*)([.,]\d+)?\s*%?\s*")
YEAR = re.compile(r"(19|20)\d{2}")
MARKS = {"", ".", "x", "-", "na", "n/a", "nan", "null", "n.b.", "nvt", "n.v.t.", "*", "#", "..", "onbekend"}

_DELIMITERS = (";", "\t", "|", ",")


def delimiter_of(text: str) -> str:
    """Guess what parts the cells: what gives the most rows of one and the same width.

    A semicolon, tab or bar goes before a comma of equal merit, because a comma is also a decimal sign.
    """
    lines = text[:200_000]
    best, best_merit = ",", 0.0
    for delimiter in _DELIMITERS:
        try:
            widths = [
                len(row) for row in islice(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter), 50) if row
            ]
        except csv.Error:
            continue
        if not widths:
            continue
        width, rows = Counter(widths).most_common(1)[0]
        merit = rows / len(widths) if width > 1 else 0.0
        if merit > best_merit + 0.05:
            best, best_merit = delimiter, merit
    return best


def kind_of(cell: str) -> str:
    """Tell what a cell looks like: ``empty``, ``code``, ``year``, ``number`` or ``text``."""
    text = cell.strip()
    if text.lower() in MARKS:
        return "empty"
    if CODE.fullmatch(text):
        return "code"
    if YEAR.fullmatch(text):
        return "year"
    return "number" if NUMBER.fullmatch(text) and any(map(str.isdigit, text)) else "text"


def header_at(rows: Sequence[Sequence[str]]) -> int | None:
    """Guess in which row (from 1) the names of the columns stand, or ``None`` where there are none.

    Names stand in the last row of mostly words above the first row that looks like the rows below it: in a column
    of codes or numbers below, the header has neither. A title above it has fewer cells.
    """
    first = _first_data_row(rows)
    if first is None or first == 0:
        return None
    above = [at for at in range(first) if any(cell.strip() for cell in rows[at])]
    return above[-1] + 1 if above else None


def header_rows_above(rows: Sequence[Sequence[str]], header: int) -> int:
    """Count how many rows the names take that end in row ``header`` (from 1): those above it with several cells."""
    number = 1
    while number < 5 and header - number >= 1:
        filled = [cell for cell in rows[header - number - 1] if cell.strip()]
        if len(filled) < 2 or any(kind_of(cell) == "number" for cell in filled):
            break
        number += 1
    return number


def _first_data_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Find the first row that looks like the rest: its codes where codes are, its numbers where numbers are."""
    width = max((len(row) for row in rows), default=0)
    columns = [[kind_of(row[at]) if at < len(row) else "empty" for row in rows] for at in range(width)]
    kinds = [_main_kind(column[1:]) for column in columns]
    coded = [at for at, kind in enumerate(kinds) if kind == "code"]
    counted = [at for at, kind in enumerate(kinds) if kind in {"number", "year"}]
    for row in range(len(rows)):
        seen = [columns[at][row] for at in coded]
        if coded and "code" in seen:
            return row
        numbers = [columns[at][row] for at in counted]
        if not coded and "number" in numbers and "text" not in numbers:
            return row
        if not coded and len(numbers) == 1 and numbers == ["year"] and row > 0:
            return row
    return None


def _main_kind(kinds: Sequence[str]) -> str:
    """Give the kind that most filled cells of a column have."""
    filled = Counter(kind for kind in kinds if kind != "empty")
    if not filled:
        return "empty"
    kind, number = filled.most_common(1)[0]
    if kind == "year" and filled["number"]:
        kind = "number"
    return kind if number * 2 >= sum(filled.values()) else "text"
