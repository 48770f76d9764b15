"""Writes the workbook in which people fill in what was already agreed, with the closed lists of their programme."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from wijkpeil.portrayal.inert import inert
from wijkpeil.portrayal.language import Language
from wijkpeil.web.programmes.importing.cells import read_amount, read_day
from wijkpeil.web.programmes.importing.columns import EXAMPLE, EXPLANATION, FORM_WORDS, SHEETS, Column, Form, Sheet
from wijkpeil.web.programmes.importing.surroundings import Surroundings
from wijkpeil.web.programmes.importing.workbook import MOST_ROWS, Cell

_LISTS = "Keuzes"
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001  -- a workbook knows no time zone; the same content is the same bytes


def template(around: Surroundings) -> bytes:
    """Write the template of a programme: a sheet for each kind, the choices, and what everything means."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Wijkpeil", "created": _NO_DAY})
    looks = {
        "head": book.add_format({"bold": True, "bg_color": "#01689b", "font_color": "#ffffff", "text_wrap": True}),
        "example": book.add_format({"italic": True, "font_color": "#535353", "bg_color": "#f3f3f3"}),
        "example_day": book.add_format(
            {"italic": True, "font_color": "#535353", "bg_color": "#f3f3f3", "num_format": "dd-mm-yyyy"}
        ),
        "example_amount": book.add_format(
            {"italic": True, "font_color": "#535353", "bg_color": "#f3f3f3", "num_format": "€ #,##0.00"}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"}),
        "day": book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
        "amount": book.add_format({"num_format": "€ #,##0.00", "valign": "top"}),
        "years": book.add_format({"num_format": "0", "valign": "top"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }
    pages = {sheet.name: book.add_worksheet(sheet.name) for sheet in SHEETS}
    explained, lists = book.add_worksheet(EXPLANATION), book.add_worksheet(_LISTS)
    ranges = _write_lists(lists, around)
    for sheet in SHEETS:
        _write_sheet(pages[sheet.name], sheet, around, looks, ranges)
    _explain(explained, around.language, looks)
    book.close()
    return written.getvalue()


def _write_sheet(
    page: Any, sheet: Sheet, around: Surroundings, looks: Mapping[str, Any], ranges: Mapping[str, str]
) -> None:
    say = around.language.say
    page.freeze_panes(1, 0)
    for at, column in enumerate(sheet.columns):
        look = {Form.DAY: "day", Form.AMOUNT: "amount", Form.YEARS: "years"}.get(column.form, "text")
        page.set_column(at, at, 40 if column.form is Form.PASSAGE else 20, looks[look])
        page.write_string(0, at, column.heading, looks["head"])
        page.write_comment(0, at, say(column.about), {"visible": False})
        _write_example(page, at, column, around, looks)
        rule = _rule(column, around.language, ranges)
        if rule:
            page.data_validation(2, at, MOST_ROWS, at, rule)


def _write_example(page: Any, at: int, column: Column, around: Surroundings, looks: Mapping[str, Any]) -> None:
    text = EXAMPLE if column.form is Form.MARK else column.example or around.example(column.form)
    cell = Cell(text=text)
    if column.form is Form.DAY:
        page.write_datetime(1, at, datetime.combine(read_day(cell), time()), looks["example_day"])
    elif column.form is Form.AMOUNT:
        page.write_number(1, at, read_amount(cell) / 100, looks["example_amount"])
    elif column.form is Form.YEARS:
        page.write_number(1, at, int(text), looks["example"])
    elif text:
        page.write_string(1, at, inert(text), looks["example"])


def _rule(column: Column, language: Language, ranges: Mapping[str, str]) -> dict[str, object]:
    """Give what Excel itself must refuse: closed lists, and what is no date, amount or number."""
    say, told = language.say, {"ignore_blank": True, "error_title": column.heading, "error_type": "stop"}
    if column.heading in ranges:
        return (
            told | {"validate": "list", "source": ranges[column.heading]} | {"error_message": say("Kies uit de lijst.")}
        )
    if column.choices:
        words = [say(word) for word in column.choices.values()]
        return told | {"validate": "list", "source": words, "error_message": say("Kies uit de lijst.")}
    if column.form is Form.DAY:
        return told | {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1950, 1, 1),
            "maximum": date(2100, 12, 31),
            "error_message": say("Schrijf een datum als 31-12-2027."),
        }
    if column.form is Form.AMOUNT:
        sentence = say("Schrijf een bedrag als 12.500 of 12.500,50.")
        return told | {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": sentence}
    if column.form is Form.YEARS:
        limits = {"criteria": "between", "minimum": 0, "maximum": 30}
        return told | limits | {"validate": "integer", "error_message": say(column.about)[:255]}
    return {}


def _write_lists(page: Any, around: Surroundings) -> dict[str, str]:
    """Write the lists of a programme, from which the other sheets let people choose."""
    lists: dict[str, Sequence[str]] = {
        "Wijk": around.area_words(),
        "Stad": around.city_words(),
        "Thema": around.theme_words(),
    }
    ranges = {}
    for at, (heading, words) in enumerate(lists.items()):
        page.write_string(0, at, heading)
        for place, word in enumerate(words, 1):
            page.write_string(place, at, inert(word))
        letter = "ABC"[at]
        ranges[heading] = f"={_LISTS}!${letter}$2:${letter}${max(len(words), 1) + 1}"
    page.hide()
    return ranges


def _explain(page: Any, language: Language, looks: Mapping[str, Any]) -> None:
    say = language.say
    page.set_column(0, 1, 22)
    page.set_column(2, 3, 60, looks["wrap"])
    lines = (
        say("Vul de bladen Partijen, Afspraken, Onderdelen en Maatregelen in, en stuur het bestand op de site in."),
        say("De grijze regel met het kenmerk ‘voorbeeld’ wordt overgeslagen. Je mag hem laten staan."),
        say("Alles wordt een concept: niemand buiten het programma ziet het, totdat het is goedgekeurd."),
        say("Schrijf geen namen van personen op. Iedereen kan later lezen wat er staat."),
    )
    for row, line in enumerate(lines):
        page.write_string(row, 0, line)
    row = len(lines) + 1
    for at, word in enumerate((say("blad"), say("kolom"), say("wat erin staat"), say("uitleg"))):
        page.write_string(row, at, word, looks["head"])
    for sheet in SHEETS:
        for column in sheet.columns:
            row += 1
            needed = say("verplicht") if column.is_required else say("mag leeg blijven")
            page.write_string(row, 0, sheet.name)
            page.write_string(row, 1, column.heading)
            page.write_string(row, 2, f"{say(FORM_WORDS[column.form])} ({needed})")
            page.write_string(row, 3, say(column.about))
