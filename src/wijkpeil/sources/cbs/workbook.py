"""The yearly workbook of Kerncijfers wijken en buurten (kwb-YYYY.xlsx): one sheet, one heading row."""

from io import BytesIO

import fastexcel
import polars as pl

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import recognise
from wijkpeil.sources.parsed import NAME, ParsedTable, parsed_table

CODES = ("gwb_code_10", "gwb_code", "gwb_code10")
NAMES = ("regio", "gwb_naam")


def parse(data: bytes, *, source: Source, table: Table, file: str) -> ParsedTable:
    """Read the first sheet of a workbook as text, cell by cell, so that no number is taken for a date or a code.

    The name of the sheet (``kwb-2023``) tells its year, which must be that of the table. Raises ``FaultsFound``
    when the bytes are no workbook or have no column with area codes.
    """
    try:
        book = fastexcel.read_excel(data)
        frame = pl.read_excel(BytesIO(data), sheet_id=1, infer_schema_length=0)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError, ValueError) as fault:
        raise recognise.unreadable(file, "Dit is geen leesbaar werkblad van Excel.", str(fault)[:80]) from fault
    code = next((name for name in CODES if name in frame.columns), None)
    if code is None:
        raise recognise.no_column(file, " of ".join(CODES[:2]), frame.columns)
    lines = pl.Series("line", range(2, frame.height + 2), dtype=pl.Int64)
    found = recognise.only_areas(frame, lines, code, file=file)
    name = next((name for name in NAMES if name in frame.columns), None)
    kept = found.frame if name is None else found.frame.with_columns(pl.col(name).str.strip_chars().alias(NAME))
    sheet = book.sheet_names[0]
    return parsed_table(
        kept,
        source=source,
        table=table,
        file=file,
        complaints=recognise.another_year(sheet, table, file=file, place="naam van het werkblad") + found.complaints,
        lines=found.lines,
    )
