"""The rows of a workbook under the headings that we know, and what is to be said of sheets and columns beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wijkpeil.portrayal.language import Language
from wijkpeil.web.programmes.importing.columns import EXPLANATION, SHEETS, Column, Sheet
from wijkpeil.web.programmes.importing.workbook import Cell, Page

_LOOKED_AT = 10
"""The headings stand in one of so many rows."""
_ENOUGH = 2


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row with its cells by the field they fill."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, kw_only=True)
class Read:
    """A sheet that is read: its columns as they stand in the file, its rows, and what stands in the way of reading."""

    sheet: Sheet
    columns: Sequence[Column] = ()
    lines: Sequence[Line] = ()
    faults: Sequence[str] = ()


def read(pages: Sequence[Page], language: Language) -> tuple[list[Read], list[str]]:
    """Give the sheets that we know in the order in which they are brought in, and what was left out."""
    known = {sheet.name.casefold(): sheet for sheet in SHEETS}
    found: dict[str, Read] = {}
    notes = []
    for page in pages:
        name = page.name.strip()
        sheet = known.get(name.casefold())
        if page.is_hidden:
            if sheet is not None or name.casefold() != "keuzes":
                notes.append(language.say("Het blad ‘{name}’ is verborgen en is overgeslagen.", name=name))
        elif sheet is not None:
            found[sheet.name] = _read(page, sheet, language, notes)
        elif name.casefold() != EXPLANATION.casefold() and page.rows:
            listed = ", ".join(one.name for one in SHEETS)
            notes.append(
                language.say("Het blad ‘{name}’ kennen we niet. We lezen: {listed}.", name=name, listed=listed)
            )
    return [found[sheet.name] for sheet in SHEETS if sheet.name in found], notes


def _read(page: Page, sheet: Sheet, language: Language, notes: list[str]) -> Read:
    if not page.rows:
        return Read(sheet=sheet)
    headings = {column.heading.casefold(): column for column in sheet.columns}
    at = _heading_row(page, headings)
    if at is None:
        listed = ", ".join(column.heading for column in sheet.columns)
        return Read(
            sheet=sheet,
            faults=[language.say("De koppen staan er niet. Zet in de eerste rij: {listed}.", listed=listed)],
        )
    places: dict[int, Column] = {}
    faults = []
    for place, cell in page.rows[at].items():
        column = headings.get(_heading(cell))
        if column is None:
            notes.append(
                language.say("{sheet}: de kolom ‘{name}’ kennen we niet.", sheet=sheet.name, name=cell.text[:100])
            )
        elif column in places.values():
            faults.append(language.say("De kolom ‘{name}’ staat er twee keer.", name=column.heading))
        else:
            places[place] = column
    missing = [one.heading for one in sheet.columns if one.is_required and one not in places.values()]
    if missing:
        faults.append(language.say("Deze kolommen ontbreken: {listed}.", listed=", ".join(missing)))
    lines = []
    for number, cells in page.rows.items():
        kept = {column.name: cells[place] for place, column in places.items() if place in cells}
        if number > at and kept:
            lines.append(Line(number=number, cells=kept))
    return Read(sheet=sheet, columns=list(places.values()), lines=lines, faults=faults)


def _heading(cell: Cell) -> str:
    return " ".join(cell.text.rstrip("*: ").split()).casefold()


def _heading_row(page: Page, headings: Mapping[str, Column]) -> int | None:
    for number, cells in list(page.rows.items())[:_LOOKED_AT]:
        if sum(_heading(cell) in headings for cell in cells.values()) >= _ENOUGH:
            return number
    return None
