"""A source and a table for the parsers of CBS, and the raw files read in another way than the parsers do."""

import csv
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import FORMS
from wijkpeil.sources.parsed import ParsedTable

Parse = Callable[..., ParsedTable]


@pytest.fixture
def parse() -> Parse:
    """Read bytes, or a file, in a form as a table of a year."""

    def read(form: str, data: bytes | Path, year: int | None = 2020, **more: object) -> ParsedTable:
        table = Table(id="t", year=year, vintage=year or 2020, files=(), form=form, **more)  # type: ignore[arg-type]
        source = Source(
            id="s",
            label="",
            publisher="",
            licence="",
            attribution="",
            landing_page="",
            cadence="",
            note="",
            tables=(table,),
        )
        content = data.read_bytes() if isinstance(data, Path) else data
        name = data.name if isinstance(data, Path) else "bestand"
        return FORMS[form](content, source=source, table=table, file=name)

    return read


@pytest.fixture
def raw_rows() -> Callable[[Path], list[list[str]]]:
    """Read a semicolon file row by row with the standard library."""

    def read(path: Path) -> list[list[str]]:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file, delimiter=";"))

    return read


@pytest.fixture
def cell() -> Callable[[ParsedTable, str, str], object]:
    """Look up one cell of a parsed table."""

    def look_up(parsed: ParsedTable, area: str, column: str) -> object:
        return parsed.frame.row(by_predicate=pl.col("area") == area, named=True)[column]

    return look_up
