"""Publishes the description of policy and study files: a JSON Schema for every kind, and one page to read."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from wijkpeil.catalogue.files import KINDS, FileKind
from wijkpeil.catalogue.study_table import STUDY_FILE
from wijkpeil.catalogue.tables import ByYear, Field, ListOf, Table
from wijkpeil.catalogue.values import Shape

PAGE = "LEESMIJ.md"

_INTRODUCTION = """# De beleidsbestanden

Deze pagina en de schema's ernaast zijn gemaakt van de beschrijving waarmee `wijkpeil check` controleert
(`src/wijkpeil/catalogue/files.py`); verander ze niet met de hand. Een sleutel zonder "mag weg" is verplicht.
"""


_OF_STUDIES = """# De studiebestanden

Deze pagina en het schema ernaast zijn gemaakt van de beschrijving waarmee `wijkpeil study check` controleert
(`src/wijkpeil/catalogue/study_table.py`); verander ze niet met de hand. Een sleutel zonder "mag weg" is verplicht; wat
een soort studie verder nodig heeft, zegt de controle.
"""


def published() -> dict[str, str]:
    """Give the published files by name: ``indicator.schema.json`` and so on, and the page for readers.

    Both are made from the same description as the check, so that the three cannot disagree.
    """
    return _described(KINDS, "beleid", _INTRODUCTION)


def published_studies() -> dict[str, str]:
    """Give the schema of a study file and its page, likewise."""
    return _described((STUDY_FILE,), "studies", _OF_STUDIES)


def _described(kinds: Sequence[FileKind], folder: str, introduction: str) -> dict[str, str]:
    schemas = {
        f"{kind.name}.schema.json": json.dumps(_schema(kind, folder), indent=2, ensure_ascii=False) + "\n"
        for kind in kinds
    }
    page = "\n".join([introduction, *(line for kind in kinds for line in _section(kind))])
    return schemas | {PAGE: page}


def _schema(kind: FileKind, folder: str) -> dict[str, Any]:
    heading = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"{folder}/{kind.pattern}"}
    return heading | kind.table.schema()


def _section(kind: FileKind) -> Iterator[str]:
    yield f"## `{kind.pattern}`\n"
    yield "| sleutel | wat het betekent | wat er mag staan |"
    yield "| --- | --- | --- |"
    for path, field in _keys(kind.table, ""):
        left_out = "" if field.is_required else " (mag weg)"
        yield f"| `{path}`{left_out} | {field.meaning} | {field.shape.allowed} |"
    yield ""


def _keys(table: Table, prefix: str) -> Iterator[tuple[str, Field]]:
    """Go through all keys of a table and of the tables in it."""
    for field in table.fields:
        yield f"{prefix}{field.key}", field
        inner, between = _inside(field.shape)
        if isinstance(inner, Table):
            yield from _keys(inner, f"{prefix}{field.key}{between}")


def _inside(shape: Shape) -> tuple[Shape, str]:
    if isinstance(shape, ListOf):
        return shape.item, "[]."
    if isinstance(shape, ByYear):
        return shape.item, ".<jaar>."
    return shape, "."
