"""From a document to a PDF that reads aloud, prints in grey and comes out the same every time.

Typst sets the pages. It gets the document as one piece of data, never as markup, so that no text can command it; it
sees no font of the machine and no clock, so that the same document gives the same bytes everywhere. A picture without
an alternative text is refused (PDF/UA-1), and so is what a reader cannot open in fifty years (PDF/A-2a).
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from wijkpeil.portrayal.language import Language, language
from wijkpeil.reports.checking import DocumentError, check
from wijkpeil.reports.colophon import colophon
from wijkpeil.reports.document import Document, Provenance, Table, content_hash, every_block, numbered, record_of
from wijkpeil.reports.letters import legible
from wijkpeil.reports.tagging import with_row_headers

STANDARDS = ["a-2a", "ua-1"]
_AS_IT_IS = frozenset({"svg", "link", "to", "id", "kind", "role", "tone", "lang", "language", "provenance"})
"""What is no text for readers."""
_LETTERS_A_LINE = 105
_LINES = 40
"""A block of more lines than this, by its letters and its width, may be cut by the end of a page."""
_ROWS = 6
"""So is a table of more rows than this, or with more letters than so many lines have."""


class TypesettingError(DocumentError):
    """Typst refuses a document; the sentence says why."""


def compile_pdf(document: Document, *, made_on: date | None = None, template: str = "document.typ") -> bytes:
    """Make the PDF of a document.

    ``made_on`` is the day in its metadata, that of its edition when left out; ``template`` sets the pages. The same
    document gives the same bytes. Raises ``DocumentError``, for a picture without alternative text among others.
    """
    tongue = language(document.language)
    content = content_hash(document)
    blocks = (*document.blocks, *colophon(document, tongue, content=content))
    ready = numbered(check(replace(document, blocks=blocks)))
    record = _legible(record_of(ready)) | _around(document, tongue, content)
    record["blocks"] = [_ready(block) for block in record["blocks"]]
    day = datetime.combine(made_on or document.provenance.made_on, time(12), tzinfo=UTC)
    try:
        made = _compiler(template).compile(
            format="pdf",
            sys_inputs={"document": json.dumps(record, ensure_ascii=False, sort_keys=True)},
            pdf_standards=STANDARDS,  # type: ignore[arg-type]
            timestamp=int(day.timestamp()),
        )
    except typst.TypstError as fault:
        raise TypesettingError(f"Het document ‘{document.title}’ kan geen PDF worden: {fault}") from fault
    if not isinstance(made, bytes):
        raise TypesettingError(f"Het document ‘{document.title}’ werd geen PDF.")
    return with_row_headers(made) if any(isinstance(one, Table) for one in every_block(blocks)) else made


@lru_cache(maxsize=4)
def _compiler(template: str) -> typst.Compiler:
    here = Path(str(files("wijkpeil.reports")))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(here / "fonts")])
    folder = here / "templates"
    return typst.Compiler(str(folder / template), root=str(folder), font_paths=fonts, ignore_system_fonts=True)


def _around(document: Document, tongue: Language, content: str) -> dict[str, Any]:
    """Give what the template writes around the blocks."""
    say, made = tongue.say, document.provenance
    return {
        "words": {"table": say("Tabel"), "figure": say("Figuur"), "contents": say("Inhoud")},
        "running": legible(document.running or document.title),
        "edition": say("Editie {id}", id=made.edition),
        "foot": legible(document.address),
        "author": legible(document.author) or "Wijkpeil",
        "keywords": list(_marks(document, content)),
    }


def _marks(document: Document, content: str) -> Mapping[str, None]:
    """Give what a machine must find in the file to make it again."""
    made: Provenance = document.provenance
    marks = {
        "edition": made.edition,
        "edition-sha256": made.edition_hash,
        "state-sha256": made.state_hash,
        "text-sha256": made.text_hash,
        "content-sha256": content,
        "wijkpeil": made.code_version,
    }
    return dict.fromkeys(f"{name}:{value}" for name, value in marks.items() if value)


def _legible(thing: Any) -> Any:
    """Keep of every text what the fonts can show."""
    if isinstance(thing, str):
        return legible(thing)
    if isinstance(thing, list):
        return [_legible(one) for one in thing]
    if isinstance(thing, dict):
        return {key: value if key in _AS_IT_IS else _legible(value) for key, value in thing.items()}
    return thing


def _ready(block: dict[str, Any]) -> dict[str, Any]:
    """Add to the record of a block what only the setting of pages needs."""
    kind = block["kind"]
    if kind == "figure":
        return {**block, "svg": block["picture"]["svg"], "picture": ""}
    if kind == "beside":
        shares = [width / sum(block["widths"]) for width in block["widths"]]
        is_long = any(_is_long(column, share) for column, share in zip(block["columns"], shares, strict=True))
        return block | {"columns": [[_ready(one) for one in column] for column in block["columns"]], "long": is_long}
    if kind == "table":
        return block | {"long": len(block["rows"]) > _ROWS or _letters(block["rows"]) > _ROWS * _LETTERS_A_LINE}
    if kind == "note":
        return block | {"long": _is_long(block.get("text"), 1.0)}
    if kind == "annexe":
        return block | {"blocks": [_ready(one) for one in block["blocks"]]}
    return block


def _is_long(thing: Any, share: float) -> bool:
    return _letters(thing) > _LINES * _LETTERS_A_LINE * share


def _letters(thing: Any) -> int:
    if isinstance(thing, dict):
        return sum(_letters(value) for key, value in thing.items() if key not in {"svg", "picture", "alt"})
    if isinstance(thing, list):
        return sum(map(_letters, thing))
    return len(thing) if isinstance(thing, str) else 0
