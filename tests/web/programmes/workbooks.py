"""Workbooks as people send them."""

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from wijkpeil.web.programmes.importing.columns import AGREEMENTS, ITEMS, MEASURES, PARTNERS, Sheet

PLACE = {"city": "", "area": "Tuinkwartier"}
PARTNER = {"mark": "P1", "name": "Buurtzorg", "kind": "Andere partij", "city": ""}
AGREEMENT = {
    "mark": "A1",
    **PLACE,
    "title": "Wonen in de wijk",
    "text": "Samen knappen we op",
    "partners": "Gemeente; Woningbouw",
    "valid_to": date(2030, 12, 31),
}
ITEM = {
    "mark": "O1",
    "agreement": "A1",
    "what": "Veertig woningen",
    "partner": "woningbouw",
    "supporting": "Gemeente",
    "budget_cents": "€ 1.250.000,50",
    "budget_status": "Toegezegd",
    "due": "01-06-2028",
    "evidence_needed": "Opleveringsrapport",
}
MEASURE = {
    "mark": "M1",
    **PLACE,
    "name": "Werkplaats",
    "aim": "Jongeren vinden werk",
    "mechanism": "Vakmensen leren een vak",
    "theme": "",
    "indicators": "",
    "lag": 2,
    "started": date(2026, 3, 1),
    "cost_cents": 80_000.5,
    "partner": "Gemeente",
    "paid_by": "",
    "item": "O1",
}


def workbook(sheets: dict[Sheet | str, list[dict[str, Any]]], *, hidden: tuple[str, ...] = (), first: int = 0) -> bytes:
    """Write a workbook; a value ``=...`` is a formula with the value after the last ``:``."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_urls": False})
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    for sheet, rows in sheets.items():
        name = sheet if isinstance(sheet, str) else sheet.name
        page = book.add_worksheet(name)
        if name in hidden:
            page.hide()
        if isinstance(sheet, str):
            page.write_string(0, 0, "x")
            continue
        for at, column in enumerate(sheet.columns):
            page.write_string(first, at, column.heading)
            for number, row in enumerate(rows, first + 1):
                _write(page, number, at, row.get(column.name), day)
    book.close()
    return written.getvalue()


def _write(page: Any, row: int, at: int, value: Any, day: Any) -> None:
    if isinstance(value, date):  # a workbook knows no time zone
        page.write_datetime(row, at, datetime.combine(value, time()), day)
    elif isinstance(value, int | float):
        page.write_number(row, at, value)
    elif isinstance(value, str) and value.startswith("="):
        formula, _, shown = value.rpartition(":")
        page.write_formula(row, at, formula, None, float(shown) if shown.isdigit() else shown)
    elif value:
        page.write_string(row, at, value)


def changed(content: bytes, **members: bytes) -> bytes:
    """Write a workbook anew with other members; ``a__b`` is ``a/b``."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        added = {name.replace("__", "/"): data for name, data in members.items()}
        for one in old.infolist():
            new.writestr(one.filename, added.pop(one.filename, old.read(one)))
        for name, data in added.items():
            new.writestr(name, data)
    return written.getvalue()


__all__ = ["AGREEMENT", "AGREEMENTS", "ITEM", "ITEMS", "MEASURE", "MEASURES", "PARTNER", "PARTNERS"]
