"""Workbooks made and read by hand, so that no test asks the reader of a parser whether that parser is right."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

Cell = str | float | tuple[str, int] | None
"""A text, a number, nothing, or ``("date", serial)``: a number that is shown as a date."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@pytest.fixture
def workbook() -> Callable[..., bytes]:
    return make_workbook


@pytest.fixture
def rows_by_hand() -> Callable[..., list[dict[str, str]]]:
    return read_rows_by_hand


def make_workbook(*sheets: Sequence[Sequence[Cell]], merged: Sequence[str] = ()) -> bytes:
    """Write the smallest xlsx file that a spreadsheet program opens."""
    names = [f"Blad{at}" for at in range(1, len(sheets) + 1)]
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/{name}.xml" ContentType="{_OFFICE}.worksheet+xml"/>' for name in names
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/>{overrides}</Types>',
        "_rels/.rels": _relations([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        + "".join(f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>' for at, name in enumerate(names, 1))
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations(
            [(f"rId{at}", "worksheet", f"worksheets/{name}.xml") for at, name in enumerate(names, 1)]
            + [("rIdStyles", "styles", "styles.xml")]
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    joined = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
    merges = f"<mergeCells>{joined}</mergeCells>" if joined else ""
    for name, rows in zip(names, sheets, strict=True):
        body = "".join(_row(at, row) for at, row in enumerate(rows, 1))
        parts[f"xl/worksheets/{name}.xml"] = (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData>{merges}</worksheet>'
        )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, '<?xml version="1.0" encoding="UTF-8"?>' + content)
    return written.getvalue()


def _relations(relations: Sequence[tuple[str, str, str]]) -> str:
    items = "".join(f'<Relationship Id="{at}" Type="{_REL}/{kind}" Target="{to}"/>' for at, kind, to in relations)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{items}</Relationships>'


def _row(number: int, cells: Sequence[Cell]) -> str:
    return f'<row r="{number}">' + "".join(_cell(number, at, cell) for at, cell in enumerate(cells)) + "</row>"


def _cell(row: int, at: int, cell: Cell) -> str:
    letters, rest = "", at + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return f'<c r="{letters}{row}" s="1"><v>{cell[1]}</v></c>'
    if isinstance(cell, str):
        return f'<c r="{letters}{row}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return f'<c r="{letters}{row}"><v>{cell!r}</v></c>'


def read_rows_by_hand(path: Path, code: str, sheet: str = "xl/worksheets/sheet1.xml") -> list[dict[str, str]]:
    """Read the rows of an xlsx in which a cell is this code, from its XML: header to text, with ``row`` added."""
    with zipfile.ZipFile(path) as archive:
        shared = [
            "".join(re.findall(r"<t[^>]*>([^<]*)</t>", item))
            for item in re.findall(r"<si>(.*?)</si>", archive.read("xl/sharedStrings.xml").decode(), re.DOTALL)
        ]
        content = archive.read(sheet).decode()
    indexes = {f"<v>{at}</v>" for at, text in enumerate(shared) if text.strip() == code}

    def texts(row: str) -> dict[str, str]:
        cells = re.findall(r'<c r="([A-Z]+)\d+"([^>]*)><v>([^<]*)</v></c>', row)
        return {column: shared[int(value)] if 't="s"' in how else value for column, how, value in cells}

    rows = re.findall(r'<row r="(\d+)".*?>(.*?)</row>', content, re.DOTALL)
    header = texts(rows[0][1])
    return [
        {header[column]: text for column, text in texts(row).items()} | {"row": number}
        for number, row in rows[1:]
        if any(f't="s">{index}' in row for index in indexes)
    ]
