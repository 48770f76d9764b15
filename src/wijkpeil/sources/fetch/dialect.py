"""What every publisher's interface comes down to: a card that says what a table is, and pages of records."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Record = dict[str, Any]
"""One record of a page as JSON gives it."""

FIGURES = "cijfers"
"""The name of the series of pages that holds the figures (or the areas) themselves."""


class NotAPage(ValueError):  # noqa: N818 -- reads as a sentence: "raise NotAPage(clause)"
    """An answer that is not what this interface gives; the message is a Dutch clause without a full stop."""


class NotJson(ValueError):  # noqa: N818 -- reads as a sentence: "raise NotJson(clause)"
    """An answer that is no (whole) JSON: cut off on the way, or a web page with a message for people."""


class Shape(StrEnum):
    """How the records of an interface hold figures: a row per area, one figure per record, or map features."""

    ROWS = "rows"
    LONG = "long"
    FEATURES = "features"


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a table says of itself before any figure is fetched.

    ``identifier`` is its own name; ``title`` is ``None`` where the interface gives none; ``coverage`` is the
    text in which it names its years; ``version`` changes when its content changes; ``expected`` is the number
    of records it announces and ``columns`` their names, where the card itself says so.
    """

    identifier: str
    title: str | None
    coverage: str
    version: str
    expected: int | None = None
    columns: frozenset[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its records, and the address of the next one as the server gave it (``None``: the last)."""

    records: list[Record]
    following: str | None


About = Mapping[str, list[Record]]
"""The descriptions of a table by the name of their series, as far as they have been fetched."""


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How one interface is asked and understood; all functions are pure.

    ``place`` writes the address of a table as it stands in ``beleid/bronnen`` in full; all other functions
    take that place. ``about`` names the descriptions that are still wanted given those that are there (it is
    asked again until it wants no more). ``columns`` gives the names that the figures will have, or ``None``
    where nothing announces them. ``read_page`` reads a page of any series, given where it came from.
    ``values`` gives the columns that one record of the figures fills; ``is_filled`` tells whether a record holds
    a figure (or a shape), rather than only names.
    """

    shape: Shape
    place: Callable[[str], str]
    card_address: Callable[[str], str]
    read_card: Callable[[bytes, str], Card]
    about: Callable[[str, About], Mapping[str, str]]
    columns: Callable[[Card, About], frozenset[str] | None]
    first_page: Callable[[str], str]
    read_page: Callable[[bytes, str], Page]
    values: Callable[[Record], Mapping[str, object]]
    is_filled: Callable[[Record], bool]


def read_json(data: bytes) -> Record:
    """Read an answer as a JSON object.

    Raises ``NotJson`` when it is not whole JSON, and ``NotAPage`` when it is JSON of another shape or an error
    message of the server.
    """
    try:
        answer = json.loads(data)
    except ValueError as fault:
        kind = "een webpagina" if data.lstrip()[:1] == b"<" else "geen hele JSON"
        raise NotJson(f"het antwoord is {kind}") from fault
    if not isinstance(answer, dict):
        raise NotAPage("het antwoord is geen JSON-object")
    for name in ("error", "odata.error"):
        if name in answer:
            raise NotAPage(f"de bron meldt een fout: {_message(answer[name])}")
    return answer


def records_of(answer: Record, name: str) -> list[Record]:
    """Take the list of records out of an answer; raises ``NotAPage`` when it is not there."""
    records = answer.get(name)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise NotAPage(f"in het antwoord ontbreekt de lijst '{name}'")
    return records


def fields_of(feature: Record) -> Record:
    """Give the fields of a map feature."""
    fields = feature.get("properties")
    return fields if isinstance(fields, dict) else {}


def _message(error: object) -> str:
    """Find the sentence in an error record."""
    while isinstance(error, dict):
        error = error.get("message", error.get("value", "onbekend"))
    return str(error).strip().rstrip(".")
