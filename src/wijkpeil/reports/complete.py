"""What every renderer begins with: a document with its colophon, checked, numbered, and without a sign that hides.

So the same words stand in the same order under the same numbers, whether they are printed, read on a screen or edited.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from wijkpeil.portrayal.language import Language, language
from wijkpeil.portrayal.print import Printed
from wijkpeil.reports.checking import check
from wijkpeil.reports.colophon import colophon
from wijkpeil.reports.document import (
    Annexe,
    Document,
    Figure,
    Provenance,
    Span,
    Table,
    content_hash,
    every_block,
    numbered,
)
from wijkpeil.reports.letters import ABSENT

T = TypeVar("T")

_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINING = frozenset("\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}")
_AS_IT_IS = (Provenance, Printed)
_ENDS_A_LINE = frozenset("\r\n\t\v\f\x85\u2028\u2029")


@dataclass(frozen=True, kw_only=True)
class Complete:
    """A document that can be rendered: its language, its content hash, and how each numbered thing is called."""

    document: Document
    language: Language
    content: str
    called: Mapping[str, str] = field(default_factory=dict)

    def shown(self, span: Span) -> str:
        """Give the words of a span; one that only leads to a table or a figure says its number."""
        return span.text or self.called.get(span.to, "")


def complete(document: Document) -> Complete:
    """Make a document ready for any renderer; raises ``DocumentError`` for what none can place."""
    tongue, content = language(document.language), content_hash(document)
    blocks = (*document.blocks, *colophon(document, tongue, content=content))
    ready = _seen(numbered(check(replace(document, blocks=blocks))))
    return Complete(document=ready, language=tongue, content=content, called=dict(_called(ready, tongue)))


def _called(document: Document, tongue: Language) -> Iterator[tuple[str, str]]:
    for block in every_block(document.blocks):
        if isinstance(block, Table | Figure) and block.number is not None:
            yield block.id, label(block, tongue).lower()
        elif isinstance(block, Annexe) and block.id:
            yield block.id, block.title


def label(block: Table | Figure, tongue: Language) -> str:
    """Give the name with which a table or a figure is referred to, such as "Tabel 3"; nothing without a number."""
    if block.number is None:
        return ""
    return f"{tongue.say('Tabel') if isinstance(block, Table) else tongue.say('Figuur')} {block.number}"


@lru_cache(maxsize=8192)
def visible(text: str) -> str:
    """Give a text as one line in which every sign can be seen: what would hide, or turn the line around, is marked."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_sign(one) for one in text)


def _sign(one: str) -> str:
    if one in _ENDS_A_LINE:
        return " "
    return ABSENT if one not in _JOINING and unicodedata.category(one) in _HIDDEN else one


def _seen(thing: T) -> T:
    """Do that for every text in a thing."""
    return _through(thing, visible)  # type: ignore[no-any-return]


def _through(thing: Any, change: Callable[[str], str]) -> Any:
    if isinstance(thing, str):
        return change(thing) if type(thing) is str else thing
    if isinstance(thing, tuple):
        return tuple(_through(one, change) for one in thing)
    if not is_dataclass(thing) or isinstance(thing, _AS_IT_IS):
        return thing
    kind: type = type(thing)
    before = {one: getattr(thing, one) for one in _names(kind)}
    after = {name: _through(value, change) for name, value in before.items()}
    changed = {name: value for name, value in after.items() if value is not before[name] and value != before[name]}
    return replace(thing, **changed) if changed else thing  # type: ignore[type-var]


@lru_cache(maxsize=32)
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind))


def headings_of(document: Document) -> Iterator[tuple[str, str]]:
    """Give the parts for a table of contents: the name of each with its address within the document."""
    for block in document.blocks:
        if isinstance(block, Annexe):
            yield block.title, block.id
        elif getattr(block, "level", 0) == 1:
            yield getattr(block, "text", ""), getattr(block, "id", "")


def marks(ready: Complete) -> Iterator[str]:
    """Give what a machine must find in a file to make it again, as ``name:value``."""
    made = ready.document.provenance
    found = {
        "edition": made.edition,
        "edition-sha256": made.edition_hash,
        "state-sha256": made.state_hash,
        "text-sha256": made.text_hash,
        "content-sha256": ready.content,
        "wijkpeil": made.code_version,
    }
    yield from (f"{name}:{value}" for name, value in found.items() if value)
