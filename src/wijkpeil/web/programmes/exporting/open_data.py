"""What was approved in a programme, for everybody to take away: tables with what every column means."""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.inert import inert
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.web.programmes.exporting.zipping import Entry, Member, zipped
from wijkpeil.web.programmes.record_shape import Audience, Field, Form
from wijkpeil.web.programmes.records import KINDS, fields_for, records

LICENCE = {
    "name": "CC0-1.0",
    "title": "CC0 1.0",
    "path": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_NO_DAY = datetime(1980, 1, 1)  # noqa: DTZ001  -- a workbook knows no time zone; the same content is the same bytes
_TYPES: Mapping[Form, str] = {
    Form.TEXT: "string",
    Form.INTEGER: "integer",
    Form.NUMBER: "number",
    Form.DATE: "date",
    Form.BOOLEAN: "boolean",
    Form.CENTS: "integer",
    Form.LIST: "string",
}
_AREAS = (
    ("wijk", "Code van de wijk in het programma."),
    ("wijkNaam", "Naam van de wijk."),
    ("stad", "Code van de gemeente."),
    ("stadNaam", "Naam van de gemeente."),
)


@dataclass(frozen=True, kw_only=True)
class OpenData:
    """Everything of a programme that everybody may read: only that, whoever asks."""

    programme: Programme
    edition: Edition
    tables: Mapping[str, list[dict[str, Any]]]
    publisher: str
    page: str

    @property
    def content(self) -> str:
        """Give a hash of what is in it; what is hidden is not in it, so it tells nothing of that."""
        text = json.dumps(
            [self.tables, _areas(self), self.publisher, self.page], default=str, ensure_ascii=False, sort_keys=True
        )
        return hashlib.sha256(text.encode()).hexdigest()


def open_data(edition: Edition, programme: Programme, *, publisher: str, page: str) -> OpenData:
    """Gather what everybody may read."""
    tables = {kind: records(kind, programme.id, by=None) for kind in KINDS}
    return OpenData(programme=programme, edition=edition, tables=tables, publisher=publisher, page=page)


def zip_of(data: OpenData, language: Language) -> Iterator[bytes]:
    """Write the zip: a CSV and a JSON of every kind, the areas, and what it all means."""
    readme = _readme(data, language).encode()
    members = [Member(path="LEESMIJ.txt", pieces=lambda: [readme])]
    for kind, rows in data.tables.items():
        fields = fields_for(kind, Audience.PUBLIC)
        members.append(Member(path=f"{kind}.csv", pieces=lambda rows=rows, fields=fields: [_csv(fields, rows)]))  # type: ignore[misc]
        members.append(Member(path=f"{kind}.json", pieces=lambda rows=rows: [_json(rows)]))  # type: ignore[misc]
    names, areas = [name for name, _ in _AREAS], _areas(data)
    members.append(Member(path="gebieden.csv", pieces=lambda: [_lines([names, *(map(inert, row) for row in areas)])]))
    return zipped(members, lambda entries: _package(data, entries, language))


def workbook_of(data: OpenData, language: Language) -> bytes:
    """Write the same as one workbook for people: Dutch headings, words for codes, and amounts in euro."""
    say, written = language.say, io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Wijkpeil", "created": _NO_DAY})
    head, day, euros = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "dd-mm-yyyy"}),
        book.add_format({"num_format": "€ #,##0.00"}),
    )
    for kind, rows in data.tables.items():
        page = book.add_worksheet(say(KINDS[kind].title)[:31])
        page.freeze_panes(1, 0)
        for at, one in enumerate(fields_for(kind, Audience.PUBLIC)):
            page.write_string(0, at, say(one.label), head)
            for row, record in enumerate(rows, 1):
                value = record[one.name]
                if value is None:
                    continue
                if one.form is Form.DATE:
                    page.write_datetime(row, at, datetime.combine(value, time()), day)
                elif one.form is Form.CENTS:
                    page.write_number(row, at, value / 100, euros)
                elif one.form in {Form.INTEGER, Form.NUMBER}:
                    page.write_number(row, at, value)
                elif one.form is Form.BOOLEAN:
                    page.write_string(row, at, say("ja") if value else say("nee"))
                else:
                    word = (
                        say(one.codes[value])
                        if isinstance(value, str) and value in one.codes
                        else "; ".join(_list(value))
                    )
                    page.write_string(row, at, inert(word)[:32_000])
    book.close()
    return written.getvalue()


def _list(value: Any) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _areas(data: OpenData) -> list[tuple[str, str, str, str]]:
    names = dict(data.edition.areas.select("code", "name").iter_rows())
    found = []
    for one in data.programme.neighbourhoods:
        code = data.programme.code_of(one)
        found.append((code, names.get(code, one.name), one.gemeente, names.get(one.gemeente, one.gemeente)))
    return sorted(found)


def _csv(fields: list[Field], rows: list[dict[str, Any]]) -> bytes:
    return _lines([[one.name for one in fields], *([_cell(row[one.name]) for one in fields] for row in rows)])


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    return inert("; ".join(_list(value)))


def _lines(rows: Any) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()


def _json(rows: list[dict[str, Any]]) -> bytes:
    return (json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _package(data: OpenData, entries: list[Entry], language: Language) -> Member:
    """Describe the files as a Data Package, with what each column means and which values it may have."""
    resources = []
    for one in entries:
        kind, _, ending = one.path.rpartition(".")
        resource: dict[str, Any] = {"name": one.path.lower(), "path": one.path, "hash": f"sha256:{one.sha256}"}
        resource |= {"bytes": one.size, "encoding": "utf-8"}
        if kind in KINDS:
            resource |= {"title": KINDS[kind].title, "description": KINDS[kind].meaning}
        if ending == "csv":
            listed = (
                [_described(each) for each in fields_for(kind, Audience.PUBLIC)]
                if kind in KINDS
                else [{"name": name, "type": "string", "description": meaning} for name, meaning in _AREAS]
            )
            resource |= {
                "type": "table",
                "format": "csv",
                "schema": {"fields": listed, "primaryKey": listed[0]["name"]},
            }
        resources.append(resource)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": f"wijkpeil-programma-{data.programme.id}",
        "title": language.label(data.programme),
        "homepage": data.page,
        "version": data.content,
        "licenses": [LICENCE],
        "contributors": [{"title": data.publisher, "roles": ["publisher"]}],
        "resources": resources,
    }
    text = (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()
    return Member(path="datapackage.json", pieces=lambda: [text])


def _described(one: Field) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "title": one.label, "type": _TYPES[one.form], "description": one.meaning}
    if one.codes:
        told["categories"] = [{"value": code, "label": word} for code, word in one.codes.items()]
    return told


def _readme(data: OpenData, language: Language) -> str:
    title = f"{language.label(data.programme)}: open data"
    listed = [f"- {kind}.csv en {kind}.json: {one.meaning}" for kind, one in KINDS.items()]
    fictional = "VERZONNEN LAND: alles hierin is bedacht, als voorbeeld."
    lines = [
        title,
        "=" * len(title),
        "",
        *([fictional, ""] if data.edition.manifest.fictional else []),
        "Alles wat in dit programma is goedgekeurd en wat iedereen mag lezen. Concepten zitten er niet in.",
        "",
        *listed,
        "- gebieden.csv: de wijken van het programma, met hun stad.",
        "",
        "In datapackage.json staat van elke kolom wat zij betekent. Een leeg vak is onbekend en nooit 0.",
        "Bedragen zijn hele eurocenten. Een lijst in een vak heeft puntkomma's tussen de delen.",
        "Begint een tekst in een CSV met een teken waarmee een formule begint, dan staat er een ' voor.",
        "",
        f"Wat is gemeld, is niet vastgesteld. Bladzijde: {data.page}",
        f"Uitgever: {data.publisher}. Licentie: {LICENCE['title']} ({LICENCE['path']}).",
        f"Inhoud (SHA-256): {data.content}",
        "",
    ]
    return "\n".join(lines)
