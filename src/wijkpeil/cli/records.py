"""The same figures for a program: JSON and CSV on standard output."""

import json
import sys
from collections.abc import Sequence
from typing import Any

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.portrayal.subject import EditionCard
from wijkpeil.publication.records import csv_text, plain


def edition_record(card: EditionCard) -> dict[str, Any]:
    """Say which edition figures come from."""
    return {
        "id": card.id,
        "made_on": card.made_on.isoformat(),
        "audience": card.audience,
        "fictional": card.fictional,
        "map_year": card.map_year,
        "code_version": card.code_version,
    }


def complaint_records(complaints: Sequence[Complaint]) -> list[dict[str, str]]:
    """Give complaints as records."""
    return [
        {
            "file": one.file,
            "place": one.place,
            "found": one.found,
            "sentence": one.sentence,
            "severity": one.severity.value,
        }
        for one in complaints
    ]


def rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Give the rows of a frame as records without anything that is not a number."""
    return plain(frame).to_dicts()


def write_json(record: Any) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False) + "\n")


def write_csv(frame: pl.DataFrame) -> None:
    """Write a table to standard output as CSV in UTF-8 with a header."""
    sys.stdout.write(csv_text(frame))
