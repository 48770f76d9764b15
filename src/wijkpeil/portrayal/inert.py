"""Text in a cell of a spreadsheet stays text: what looks like a formula is never one."""

import re

import polars as pl

_FULL_WIDTH = "\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
_RISKY = f"=+\\-@\t\r\n{_FULL_WIDTH}"
_BEGINS = re.compile(rf" *[{_RISKY}]")
_MADE_INERT = re.compile(rf"'(?= *[{_RISKY}])")


def inert(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula; any other text stays as it is.

    Only for text: a number is written as a number, and ``-5`` stays ``-5``. The full-width signs count as well, as
    some spreadsheets read them as the plain ones.
    """
    return f"'{text}" if _BEGINS.match(text) else text


def as_typed(text: str) -> str:
    """Give a text as it was before ``inert``, so that what was taken out can be brought in again."""
    return text[1:] if _MADE_INERT.match(text) else text


def inert_texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Do that for every text of a table."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return frame.with_columns(
        pl.when(pl.col(name).str.contains(f"^ *[{_RISKY}]"))
        .then(pl.lit("'") + pl.col(name))
        .otherwise(pl.col(name))
        .alias(name)
        for name in texts
    )
