"""What became of every row: brought in, there already, or what is wrong with it and what may be typed."""

import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from wijkpeil.portrayal.inert import inert
from wijkpeil.portrayal.language import Language, mark

_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001  -- a workbook knows no time zone; the same content is the same bytes


class Mode(StrEnum):
    """How far it goes: a trial, everything or nothing, or only the rows in which nothing is wrong."""

    TRIAL = "trial"
    ALL = "all"
    GOOD = "good"


class Status(StrEnum):
    """What became of a row."""

    ADDED = "added"
    ALREADY = "already"
    FAULT = "fault"
    EXAMPLE = "example"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong in a cell, or (without a column) in a row."""

    sentence: str
    column: str = ""
    typed: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of a sheet, as it was typed, and what became of it."""

    number: int
    cells: Sequence[str]
    status: Status
    problems: Sequence[Problem] = ()
    note: str = ""
    thing: str = ""
    """The public name of what it became or already was."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """What became of a sheet; ``notes`` are about the sheet as a whole."""

    name: str
    headings: Sequence[str] = ()
    rows: Sequence[Row] = ()
    faults: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What became of a workbook; ``is_written`` is whether anything was kept."""

    mode: Mode
    sheets: Sequence[Told] = ()
    notes: Sequence[str] = ()
    is_written: bool = False
    counts: Mapping[str, int] = field(init=False, compare=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Count the rows by what became of them."""
        counted = Counter(str(row.status) for sheet in self.sheets for row in sheet.rows)
        object.__setattr__(self, "counts", {str(one): counted[str(one)] for one in Status})

    @property
    def has_faults(self) -> bool:
        """Whether anything is wrong."""
        return self.counts[Status.FAULT] > 0 or any(sheet.faults for sheet in self.sheets)

    @property
    def faults(self) -> list[tuple[str, Row]]:
        """Give the rows in which something is wrong, each with its sheet."""
        return [(sheet.name, row) for sheet in self.sheets for row in sheet.rows if row.status is Status.FAULT]

    def record(self) -> dict[str, Any]:
        """Give it as it is kept."""
        whole = asdict(self)
        del whole["counts"]
        return whole


def report_of(record: Mapping[str, Any]) -> Report:
    """Read a report as it was kept."""
    sheets = [
        Told(
            name=sheet["name"],
            headings=sheet["headings"],
            faults=sheet["faults"],
            rows=[
                Row(**row | {"status": Status(row["status"]), "problems": [Problem(**one) for one in row["problems"]]})
                for row in sheet["rows"]
            ],
        )
        for sheet in record["sheets"]
    ]
    return Report(
        mode=Mode(record["mode"]), sheets=sheets, notes=record["notes"], is_written=bool(record["is_written"])
    )


_WORDS = {
    Status.ADDED: mark("kan worden ingelezen als concept"),
    Status.ALREADY: mark("stond er al"),
    Status.FAULT: mark("niet goed"),
    Status.EXAMPLE: mark("voorbeeld, overgeslagen"),
}
_WRITTEN = mark("ingelezen als concept")


def words(report: Report, row: Row, language: Language) -> str:
    """Say what became of a row, with everything that is wrong in it."""
    said = [language.say(_WRITTEN if report.is_written and row.status is Status.ADDED else _WORDS[row.status])]
    said += [problem_words(one, language) for one in row.problems]
    return ". ".join(part.rstrip(".") for part in [*said, row.note] if part) + "."


def problem_words(one: Problem, language: Language) -> str:
    """Say what is wrong: the column, what was typed, and what may be typed."""
    if not one.column:
        return one.sentence
    if not one.typed:
        return language.say("{column}: {sentence}", column=one.column, sentence=one.sentence)
    return language.say(
        "{column}: je schreef ‘{typed}’. {sentence}", column=one.column, typed=one.typed, sentence=one.sentence
    )


def workbook_of(report: Report, language: Language) -> bytes:
    """Write the rows as they were sent, with what became of each beside it."""
    say, written = language.say, io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Wijkpeil", "created": _NO_DAY})
    head, wrong = book.add_format({"bold": True}), book.add_format({"bg_color": "#fbe3e3", "text_wrap": True})
    wrap = book.add_format({"text_wrap": True})
    for sheet in report.sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 3)
        page.set_column(2, 2, 70)
        _line(page, 0, (say("Rij"), say("Uitslag"), say("Verslag"), *sheet.headings), head)
        for at, row in enumerate(sheet.rows, 1):
            look = wrong if row.status is Status.FAULT else wrap
            page.write_number(at, 0, row.number)
            _line(page, at, (say(_WORDS[row.status]), words(report, row, language), *row.cells), look, first=1)
    if not report.sheets:
        book.add_worksheet(say("Verslag"))
    book.close()
    return written.getvalue()


def _line(page: Any, row: int, texts: Iterable[str], look: Any, first: int = 0) -> None:
    for at, text in enumerate(texts, first):
        page.write_string(row, at, inert(text)[:32_000], look)
