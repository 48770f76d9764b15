"""The yearly workbook of Kerncijfers wijken en buurten (kwb-YYYY.xlsx): one sheet, one heading row."""

import polars as pl

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import recognise
from wijkpeil.sources.opening import open_workbook, read_sheet, sheet_names
from wijkpeil.sources.parsed import NAME, ParsedTable

CODES = ("gwb_code_10", "gwb_code", "gwb_code10")
NAMES = ("regio", "gwb_naam")


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read the first sheet of a workbook.

    The name of the sheet (``kwb-2023``) tells its year, which must be that of the table. Raises ``FaultsFound``
    when the bytes are no workbook or have no column with area codes.
    """
    book = open_workbook(data, file=file)
    heading = read_sheet(book, file=file, rows=1, as_text=True)
    cells = read_sheet(book, file=file, skip=1)
    names = [str(name or "").strip() for name in heading.row(0)] if heading.height else []
    named = dict(zip(cells.columns, names, strict=False))
    frame = cells.select(pl.col(column).alias(name) for column, name in named.items() if name)
    code = next((name for name in CODES if name in frame.columns), None)
    if code is None:
        raise recognise.no_column(file, " of ".join(CODES[:2]), names)
    name = next((name for name in NAMES if name in frame.columns), None)
    if name is not None:
        frame = frame.with_columns(pl.col(name).str.strip_chars()).rename({name: NAME})
    sheet = sheet_names(book)[0]
    return recognise.close(
        frame,
        code,
        source=source,
        table=table,
        file=file,
        complaints=recognise.another_year(sheet, table, file=file, place="naam van het werkblad"),
        lines=pl.Series("line", range(2, frame.height + 2), dtype=pl.UInt32),
    )
