"""Semicolon files of StatLine: their bytes as text, and their rows as they stand, with the line of each."""

import csv
from io import BytesIO, StringIO

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.sources.opening import open_text, refuse

HEADER_LINES = 12
"""The heading of an export (title, blank line, subject, topics, units) never takes more lines than this."""


def opened(data: bytes, *, file: str) -> tuple[str, tuple[Complaint, ...]]:
    """Read bytes as text, with what was odd about them; raises ``FaultsFound`` when they are no text."""
    found = open_text(data, file=file)
    return found.text, found.complaints


def heading(text: str) -> list[list[str]]:
    """Give the first rows of a file, cell by cell."""
    end = 0
    for _ in range(HEADER_LINES):
        found = text.find("\n", end)
        end = len(text) if found < 0 else found + 1
    return list(csv.reader(StringIO(text[:end]), delimiter=";"))


def body(text: str, *, skip: int, width: int, file: str) -> tuple[pl.DataFrame, pl.Series]:
    """Give the rows under a heading of ``skip`` lines as text, in columns named by their place, with their lines.

    Cells lacking at the end of a row are null; blank rows and the last line ("Bron: CBS") are left out. Raises
    ``FaultsFound`` when the text is no such table.
    """
    names = [str(place) for place in range(width)]
    try:
        frame = pl.read_csv(
            BytesIO(text.encode()),
            separator=";",
            has_header=False,
            skip_lines=skip,
            schema=dict.fromkeys(names, pl.String),
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError as fault:
        raise refuse(file, "Dit is geen tabel met puntkomma's van StatLine.", found=str(fault)[:80]) from fault
    frame = frame.with_columns(pl.Series("line", range(skip + 1, skip + 1 + frame.height), dtype=pl.UInt32))
    is_source = pl.col("0").fill_null("").str.contains("^(Bron:|©)")
    is_blank = pl.all_horizontal(pl.col(name).str.len_bytes().fill_null(0) == 0 for name in names)
    frame = frame.filter(~(is_source & (pl.col(names[1]).fill_null("") == "")) & ~is_blank)
    return frame.drop("line"), frame["line"]
