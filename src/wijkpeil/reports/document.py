"""A document as plain blocks: what it says and in which order, and nothing of how it looks.

Everything here is frozen, so that one document can be made into a PDF, a page and a Word file that cannot disagree.
Text is data: no sign in it means anything to whoever renders it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from wijkpeil.portrayal.print import Printed


@dataclass(frozen=True, kw_only=True)
class Span:
    """A piece of running text in one style.

    ``link`` is a web address, ``to`` the id of a numbered table or figure of the same document (the renderer writes
    "figuur 3" in the place of ``text``), ``note`` a footnote behind the piece, ``lang`` the language where it is
    another one than the document's. ``tone`` colours a verdict, whose sign and word are in the text itself.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""
    to: str = ""
    note: tuple["Span", ...] = ()
    lang: str = ""
    tone: str = ""


Text = tuple[Span, ...]
"""Running text."""


def plain(text: str, *, strong: bool = False, lang: str = "") -> Text:
    """Make running text of one piece without any style; of no text at all, none."""
    return (Span(text=text, strong=strong, lang=lang),) if text else ()


def words_of(text: Text) -> str:
    """Give running text without its style, its footnotes left out."""
    return "".join(span.text for span in text)


class Role(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    LEAD = "lead"
    LABEL = "label"
    """The name of what stands below it, like a heading that no reader navigates to."""
    VALUE = "value"
    NEAR = "near"
    """Belongs to the picture above it."""
    SMALL = "small"
    QUOTE = "quote"


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading of level 1 to 4; ``id`` is unique in the document and stays the same between editions."""

    text: str
    level: int = 1
    id: str = ""


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph; with ``keep`` it stays on the page of what follows."""

    text: Text
    role: Role = Role.BODY
    keep: bool = False


@dataclass(frozen=True, kw_only=True)
class Note:
    """A remark that stands apart: with ``alarm`` it is a warning that nobody may miss."""

    title: str
    text: Text
    alarm: bool = False


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list, with numbers when it is ordered."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Names with their values."""

    pairs: tuple[tuple[str, Text], ...]


Cell = tuple[Text, ...]
"""The lines of one cell."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a caption and a header per column; the first cell of a row is the header of that row.

    ``number`` is given by ``numbered``; a table without an ``id`` gets none. ``widths`` share out the width, ``right``
    names the columns of numbers.
    """

    caption: Text
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Text, ...] = ()
    id: str = ""
    number: int | None = None
    widths: tuple[float, ...] = ()
    right: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture with its alternative text; without ``caption`` it belongs to the words around it.

    ``width`` is the share of the room it stands in. A ``number`` is given by ``numbered`` to who has an ``id`` and a
    caption.
    """

    picture: Printed
    alt: str
    caption: Text = ()
    id: str = ""
    number: int | None = None
    width: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Columns beside each other that are read one after another and stay together on a page."""

    columns: tuple[tuple["Block", ...], ...]
    widths: tuple[float, ...]
    ruled: bool = False


@dataclass(frozen=True, kw_only=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, kw_only=True)
class Annexe:
    """A part that can be read on its own, on a new page, with its own title."""

    title: str
    blocks: tuple["Block", ...]
    id: str = ""


Block = Heading | Paragraph | Note | Listing | Facts | Table | Figure | Beside | PageBreak | Annexe


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """From what a document was made: enough to make it again, byte for byte.

    ``edition_hash`` is the hash over all figures and policy files of the edition, ``state_hash`` that of the record of
    the programme, ``text_hash`` that of the text an editor wrote (empty where there is none).
    """

    edition: str
    edition_hash: str
    made_on: date
    code_version: str
    state_hash: str = ""
    text_hash: str = ""
    fictional: bool = False


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole document: its title page, its blocks, and from what it was made.

    ``kicker`` says above the title what kind of document it is, ``running`` stands at the head of every page,
    ``address`` is where the same content stands on the site. ``contents`` asks for a table of contents.
    """

    title: str
    language: str
    provenance: Provenance
    blocks: tuple[Block, ...]
    kicker: str = ""
    subtitle: str = ""
    running: str = ""
    address: str = ""
    author: str = ""
    about: str = ""
    contents: bool = False


def numbered(document: Document) -> Document:
    """Number the tables and figures that have an id, each in one row through the whole document."""
    counts = {"Table": 0, "Figure": 0}

    def one(block: Block) -> Block:
        if isinstance(block, Table | Figure) and block.id and block.caption:
            counts[type(block).__name__] += 1
            return replace(block, number=counts[type(block).__name__])
        if isinstance(block, Beside):
            return replace(block, columns=tuple(tuple(map(one, column)) for column in block.columns))
        if isinstance(block, Annexe):
            return replace(block, blocks=tuple(map(one, block.blocks)))
        return block

    return replace(document, blocks=tuple(map(one, document.blocks)))


def every_block(blocks: Sequence[Block]) -> Iterator[Block]:
    """Go through all blocks in the order in which they are read, those within others too."""
    for block in blocks:
        yield block
        if isinstance(block, Beside):
            for column in block.columns:
                yield from every_block(column)
        elif isinstance(block, Annexe):
            yield from every_block(block.blocks)


def record_of(thing: Any) -> Any:
    """Give a document, or part of one, as plain values.

    Every part names its ``kind``; what is as it is when nobody says anything (no emphasis, no link) is left out.
    """
    if isinstance(thing, str | int | float) or thing is None:
        return thing
    if isinstance(thing, tuple | list):
        return [record_of(one) for one in thing]
    if isinstance(thing, date):
        return thing.isoformat()
    usual = _usual(thing.__class__)
    said = {name: record_of(value) for name, value in vars(thing).items() if value != usual.get(name, _ALWAYS)}
    return {"kind": type(thing).__name__.lower(), **said}


_ALWAYS = object()


@lru_cache(maxsize=64)
def _usual(kind: type) -> Mapping[str, Any]:
    return {one.name: one.default for one in fields(kind) if one.default is not MISSING}


def content_hash(document: Document) -> str:
    """Give one hash over all that a document says and was made from."""
    written = json.dumps(record_of(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
