"""Opens a workbook that somebody sent in: only what may be in it, within limits, with the kind of every cell."""

import io
import logging
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass, field

import fastexcel

from wijkpeil.portrayal.inert import as_typed
from wijkpeil.portrayal.language import mark
from wijkpeil.web.programmes.attachments.types import RefusedFileError
from wijkpeil.web.programmes.attachments.zips import packed, unpacked

logging.getLogger("fastexcel").setLevel(logging.ERROR)  # an empty column is no news for who fills in a template

MOST_BYTES = 5_000_000
MOST_ROWS = 1_000
"""So many filled rows, over all sheets together: while they come in, or are tried, nobody else writes (6 to 18 s)."""
_LAST_ROW, _LAST_COLUMN = 20_000, 200
"""Nothing may stand below or beside: the reader makes room for all that lies before the last cell."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/(workbook|sharedStrings|styles)\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_MACROS = re.compile(r"vbaProject|macrosheets|activeX|\.bin$", re.IGNORECASE)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")


class RefusedWorkbookError(Exception):
    """A workbook that is not read at all; ``sentence`` says why, with what belongs in its holes."""

    def __init__(self, sentence: str, **parts: object) -> None:
        """Refuse with a sentence."""
        super().__init__(sentence)
        self.sentence, self.parts = sentence, parts


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What stands in a cell: its text, whether it was a number of the workbook itself, and its error (#REF!)."""

    text: str = ""
    is_number: bool = False
    error: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A sheet as it was sent: the filled rows by their number in the sheet, each with its cells by column, from 0."""

    name: str
    is_hidden: bool
    rows: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)


def open_workbook(content: bytes, *, name: str) -> list[Page]:
    """Read every sheet of a workbook; raises ``RefusedWorkbookError`` where it is not one, or too much.

    The parts that are needed are packed anew before the reader gets them, so that no part is larger than it says,
    and nothing that could run, point elsewhere or be a picture is ever opened. Of a formula the value counts.
    """
    parts = _parts(content, name)
    kinds = {path: _kinds(text) for path, text in parts.items() if path.startswith("xl/worksheets/")}
    try:
        paths = _paths(parts)
        reader = fastexcel.read_excel(packed(parts, first="[Content_Types].xml"))
        pages = [_page(reader, one, kinds.get(paths.get(one, ""), {})) for one in reader.sheet_names]
    except (KeyboardInterrupt, SystemExit, MemoryError, RefusedWorkbookError):
        raise
    except BaseException as fault:  # the reader is compiled and may panic, which is no ``Exception``
        raise RefusedWorkbookError(_BROKEN) from fault
    if sum(len(one.rows) for one in pages if not one.is_hidden) > MOST_ROWS + _LAST_COLUMN:
        raise RefusedWorkbookError(_TOO_MANY, most=MOST_ROWS)
    return pages


_BROKEN = mark("Dit bestand is niet als Excelbestand te openen. Sla het opnieuw op als .xlsx.")
_TOO_MANY = mark("Er staan meer dan {most} regels in dit bestand. Verdeel ze over meer bestanden.")


def _parts(content: bytes, name: str) -> dict[str, bytes]:
    """Unpack what is needed of a workbook that may be read."""
    if len(content) > MOST_BYTES:
        sentence = mark("Dit bestand is te groot. Een bestand is hoogstens {most} MB.")
        raise RefusedWorkbookError(sentence, most=MOST_BYTES // 1_000_000)
    if content.startswith(_OLD_OFFICE):
        raise RefusedWorkbookError(
            mark("Dit bestand heeft een wachtwoord of is van een oude Excel. Sla het zonder wachtwoord op als .xlsx.")
        )
    if not content.startswith(b"PK\x03\x04") or name.casefold().endswith((".xlsm", ".xltm", ".xlsb", ".xlam")):
        raise RefusedWorkbookError(mark("Dit is geen Excelbestand zonder macro's. Sla het op als .xlsx."))
    try:
        parts = unpacked(content)
    except RefusedFileError as refused:
        raise RefusedWorkbookError(refused.sentence) from refused
    if any(_MACROS.search(one) for one in parts) or b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise RefusedWorkbookError(mark("Er zitten macro's in dit bestand. Sla het zonder macro's op als .xlsx."))
    needed = {path: text for path, text in parts.items() if _NEEDED.fullmatch(path)}
    if "xl/workbook.xml" not in needed or any(b"<!DOCTYPE" in text or b"<!ENTITY" in text for text in needed.values()):
        raise RefusedWorkbookError(_BROKEN)
    return needed


def _paths(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Say in which part each sheet lies, by the name of the sheet."""
    links = {
        one.get("Id"): str(one.get("Target", "")).removeprefix("/xl/").removeprefix("xl/")
        for one in ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    }
    found = {}
    for one in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if one.tag in {f"{_MAIN}sheet", f"{_STRICT}sheet"}:
            link = next((value for key, value in one.items() if key.endswith("}id")), None)
            found[str(one.get("name"))] = f"xl/{links.get(link, '')}"
    return found


def _kinds(text: bytes) -> dict[tuple[int, int], tuple[str, str]]:
    """Give of every cell with a value its kind (``n`` is a number, ``e`` an error) and its own text."""
    found: dict[tuple[int, int], tuple[str, str]] = {}
    row = column = 0
    try:
        for event, one in ElementTree.iterparse(io.BytesIO(text), events=("start", "end")):
            tag = one.tag.removeprefix(_MAIN).removeprefix(_STRICT)
            if event == "start" and tag == "row":
                row, column = int(one.get("r") or row + 1), 0
            elif event == "start" and tag == "c":
                row, column = _place(one.get("r"), row, column)
            elif event == "end" and tag == "c":
                value = next((part for part in one if part.tag.endswith(("}v", "}is"))), None)
                if value is not None:
                    found[row, column - 1] = (one.get("t") or "n", value.text or "")
            elif event == "end" and tag == "row":
                one.clear()
    except (ElementTree.ParseError, ValueError) as fault:
        raise RefusedWorkbookError(_BROKEN) from fault
    return found


def _place(said: str | None, row: int, column: int) -> tuple[int, int]:
    """Read where a cell stands, from 1; one that does not say it stands beside the one before."""
    match = _PLACE.fullmatch(said or "")
    if match:
        row, column = int(match[2]), 0
        for letter in match[1]:
            column = column * 26 + ord(letter) - 64
    else:
        column += 1
    if row > _LAST_ROW or column > _LAST_COLUMN:
        sentence = mark("Er staat iets in cel {place}, ver van de rest. Maak de lege rijen en kolommen echt leeg.")
        raise RefusedWorkbookError(sentence, place=said or f"{row}, {column}")
    return row, column


def _page(reader: fastexcel.ExcelReader, name: str, kinds: Mapping[tuple[int, int], tuple[str, str]]) -> Page:
    sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string", schema_sample_rows=None)
    if sheet.visible != "visible":
        return Page(name=name, is_hidden=True)
    left = min((column for _, column in kinds), default=0)  # the reader begins at the first column with a value
    rows: dict[int, dict[int, Cell]] = {}
    for number, values in enumerate(sheet.to_polars().iter_rows(), 1):
        cells = {}
        for at, value in enumerate(values, left):
            kind, own = kinds.get((number, at), ("", ""))
            text = as_typed((value or "").strip())
            cell = Cell(text=text, is_number=kind == "n", error=own if kind == "e" else "")
            if cell.text or cell.error:
                cells[at] = cell
        if cells:
            rows[number] = cells
    return Page(name=name, is_hidden=False, rows=rows)
