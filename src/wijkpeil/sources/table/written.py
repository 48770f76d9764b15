"""A description is written as TOML with a word in Dutch at every key, for its owner to correct."""

import json

from wijkpeil.catalogue.mapping import MAPPING
from wijkpeil.sources.table.columns import ColumnSeen
from wijkpeil.sources.table.describe import Description

_EXAMPLES = {
    "level": '"wijk"',
    "name_column": '"wijknaam"',
    "period_column": '"jaar"',
    "year": "2019",
    "value_name": '"inwoners"',
    "value_columns": '["inwoners", "woningen"]',
    "indicator_column": '"onderwerp"',
    "value_column": '"waarde"',
    "decimal": '","',
    "missing": '["onb."]',
    "sheet": '"Blad1"',
    "delimiter": '";"',
    "encoding": '"cp1252"',
    "header_row": "1",
}


def to_toml(description: Description) -> str:
    """Write the mapping file of a table: every key with its meaning, its guess, and what to check.

    Keys without a guess stand there as a comment, so that nobody has to look them up.
    """
    lines = [
        f"# Beschrijving van {_one_line(description.file)}, geraden door wijkpeil: kijk haar na en verbeter haar.",
        f"# {description.rows} rijen, {len(description.columns)} kolommen. Let op de regels met LET OP.",
        "",
    ]
    for field in MAPPING.fields:
        value = getattr(description.layout, field.key)
        lines.append(f"# {field.meaning}")
        if doubt := description.doubts.get(field.key):
            lines.append(f"# LET OP: {_one_line(doubt)}")
        lines.extend([_key(field.key, value, is_needed=field.is_required), ""])
    lines.append("# Wat er in de kolommen staat (dit wordt niet gelezen):")
    lines.extend(f"#   {_said(column)}" for column in description.columns)
    return "\n".join(lines) + "\n"


def _key(key: str, value: object, *, is_needed: bool) -> str:
    if value in (None, (), "") and not is_needed:
        return f"# {key} = {_EXAMPLES[key]}"
    return f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    return str(value)


def _said(column: ColumnSeen) -> str:
    """Say of one column how its numbers are written: that is the ``form`` of an indicator."""
    if column.is_percentage:
        kind = 'percentages (form = "percent")'
    elif column.is_fraction:
        kind = 'aandelen van 0 tot 1, misschien (form = "fraction")'
    else:
        kind = "getallen" if column.is_figure else "woorden"
    example = f", zoals {_one_line(column.example)}" if column.example else ""
    return f"{_one_line(column.name)}: {kind}, {column.filled} gevuld{example}"


def _one_line(text: str) -> str:
    """Keep a comment on its line: nothing in a file may end it early."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
