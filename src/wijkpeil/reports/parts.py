"""The tables and charts of a document as files of their own, each under its number and name, with a list of them all.

A cell stays what it says: what a spreadsheet would take for a formula is text. Beside a column of numbers stands the
same number as a machine writes it: with a point, and without the signs around it. It is the number that is shown, and
so as rounded as that.
"""

import csv
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from wijkpeil.portrayal.inert import inert
from wijkpeil.reports.complete import Complete, complete, marks
from wijkpeil.reports.document import Document, Figure, Table, Text, every_block
from wijkpeil.reports.packing import packed
from wijkpeil.reports.pictures import drawing, in_points, photo_in

MANIFEST = "manifest.json"
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_LONGEST = 48
_SHOWN = re.compile(r"(?:€\s?)?([-\N{MINUS SIGN}+]?)(\d{1,3}(?:[.,]\d{3})+|\d+)(?:([.,])(\d+))?\s?(?:%|pp)?")
_BYTE_ORDER = "\ufeff"
"""Without this mark an office program reads our letters as those of another alphabet."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One file of a package, with what the list says of it."""

    name: str
    content: bytes
    about: dict[str, Any]


def tables_zip(document: Document) -> bytes:
    """Give every table as CSV, in one package with a list; the same document gives the same bytes."""
    ready = complete(document)
    return _package(ready, list(_tables(ready)))


def charts_zip(document: Document) -> bytes:
    """Give every chart as SVG and as PNG, in one package with a list; photos are no charts, and stay out."""
    ready = complete(document)
    return _package(ready, list(_charts(ready)))


def whole_zip(document: Document, files: Sequence[tuple[str, bytes]]) -> bytes:
    """Give a document in all its forms (``files``), with its tables and charts, in one package with a list."""
    ready = complete(document)
    forms = [Member(name=name, content=content, about={"kind": "document"}) for name, content in files]
    return _package(ready, [*forms, *_tables(ready), *_charts(ready)])


def _package(ready: Complete, members: Sequence[Member]) -> bytes:
    listed = [{"file": one.name, "sha256": hashlib.sha256(one.content).hexdigest(), **one.about} for one in members]
    made = ready.document
    head = {"title": made.title, "language": made.language, "made_from": list(marks(ready)), "address": made.address}
    manifest = json.dumps({**head, "files": listed}, ensure_ascii=False, indent=1) + "\n"
    return packed([(MANIFEST, manifest.encode()), *((one.name, one.content) for one in members)])


def _tables(ready: Complete) -> Iterator[Member]:
    found = [one for one in every_block(ready.document.blocks) if isinstance(one, Table)]
    for place, table in enumerate(found, start=1):
        content = (_BYTE_ORDER + table_csv(ready, table)).encode()
        about = {"kind": "table", "number": table.number, "id": table.id, "caption": _said(ready, table.caption)}
        notes = [_said(ready, note) for note in table.notes]
        yield Member(
            name=f"tabellen/{_named('tabel', place, table)}.csv", content=content, about={**about, "notes": notes}
        )


def table_csv(ready: Complete, table: Table) -> str:
    """Write a table with, right of each column in which a number stands alone, that number as a machine writes it."""
    rows = [[" / ".join(_said(ready, line) for line in cell) for cell in row] for row in table.rows]
    numbers = [[_number(ready.document.language, cell) for cell in row] for row in rows]
    bare = [any(row[place] is not None for row in numbers) for place in range(len(table.headers))]
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    as_number = ready.language.say("getal")
    heads = [
        [inert(name), f"{inert(name)} [{as_number}]"] if bare[place] else [inert(name)]
        for place, name in enumerate(table.headers)
    ]
    writer.writerow([one for pair in heads for one in pair])
    for row, found in zip(rows, numbers, strict=True):
        cells = [[inert(cell), found[place] or ""] if bare[place] else [inert(cell)] for place, cell in enumerate(row)]
        writer.writerow([one for pair in cells for one in pair])
    return made.getvalue()


def _number(tongue: str, shown: str) -> str | None:
    """Give a number that is shown as a machine writes it; nothing for what is no number, or not one alone."""
    found = _SHOWN.fullmatch(shown.strip())
    if found is None:
        return None
    sign, whole, mark, behind = found.groups()
    thousands, decimal = (".", ",") if tongue == "nl" else (",", ".")
    if (mark and mark != decimal) or decimal in whole:
        # One group of three with the sign of the decimals: 1,250 in a Dutch text is one and a quarter.
        alone = decimal in whole and whole.count(decimal) == 1 and thousands not in whole and not mark
        if not alone:
            return None
        whole, _, behind = whole.partition(decimal)
    minus = "-" if sign in {"-", "\N{MINUS SIGN}"} else ""
    return f"{minus}{whole.replace(thousands, '')}" + (f".{behind}" if behind else "")


def _charts(ready: Complete) -> Iterator[Member]:
    figures = [one for one in every_block(ready.document.blocks) if isinstance(one, Figure)]
    drawn = [one for one in figures if photo_in(one.picture) is None]
    points = in_points([one.picture for one in drawn])
    for place, (figure, png) in enumerate(zip(drawn, points, strict=True), start=1):
        name = f"figuren/{_named('figuur', place, figure)}"
        about = {
            "kind": "chart",
            "number": figure.number,
            "id": figure.id,
            "caption": _said(ready, figure.caption) or figure.picture.title,
            "description": figure.alt,
        }
        yield Member(name=f"{name}.svg", content=drawing(figure.picture).encode(), about=about)
        yield Member(name=f"{name}.png", content=png, about=about)


def _named(kind: str, place: int, one: Table | Figure) -> str:
    """Name a file by its number, and what has none by its place, so that no two are one."""
    title = one.id or (one.picture.title if isinstance(one, Figure) else "")
    words = _NOT_IN_A_NAME.sub("-", title.lower()).strip("-")[:_LONGEST].strip("-")
    number = f"{kind}-{one.number:03}" if one.number is not None else f"{kind}-zonder-nummer-{place:03}"
    return f"{number}-{words}" if words else number


def _said(ready: Complete, text: Text) -> str:
    """Give running text with its footnotes between brackets, as there is no foot here."""
    return "".join(ready.shown(span) + (f" ({_said(ready, span.note)})" if span.note else "") for span in text)
