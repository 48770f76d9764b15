"""A reference stands between two pairs of braces, and is the only way in which a figure comes into an editor's text.

``{{ kind word "word of more than one" name=value }}``: the first word says what is asked for, the other words of what,
and the names how. There is no arithmetic, no condition and no repetition in it: what a reference can ask for is one
closed table (``reference_kinds``), so that a text can be read by who does not know how it is made.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

FIRST = 0xF0000
"""The first of the signs that hold the place of a reference while the text around it is read; no text has them."""
MOST = 20_000
"""So many references a text can have."""
_SIGNS = re.compile(f"[{chr(FIRST)}-{chr(0xFFFFD)}]")
_OPEN = re.compile(r"(\\?)\{\{")
_PART = re.compile(r'\s*(?:(?P<name>[a-z_]+)=)?(?:"(?P<quoted>[^"\n]*)"|(?P<bare>[^\s"=]+))(?=\s|$)')


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands: the file, the line and the column, both from one."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        """Write the place as editors and terminals read it."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a text cannot be made: which rule, where, in a sentence, with what was probably meant."""

    place: Place
    rule: str
    sentence: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference as it was typed; ``kind`` is its first word."""

    kind: str
    words: tuple[str, ...]
    options: Mapping[str, str]
    place: Place
    source: str


@dataclass(frozen=True, kw_only=True)
class Scanned:
    """A text with a sign in the place of every reference; ``found`` has what each sign stands for."""

    file: str
    text: str
    source: str
    found: Mapping[str, Reference]
    faults: tuple[Fault, ...]

    def place(self, at: int) -> Place:
        """Give the place in the file of a place in ``text``."""
        start = self.text.rfind("\n", 0, at) + 1
        before = self.text[start:at]
        wider = sum(len(self.found[sign].source) - 1 for sign in before if sign in self.found)
        return Place(file=self.file, line=self.text.count("\n", 0, at) + 1, column=len(before) + wider + 1)


class AskedError(Exception):
    """What a reference asks for is not there; ``near`` is what was probably meant."""

    def __init__(self, sentence: str, near: tuple[str, ...] = ()) -> None:
        """Keep the sentence and what was probably meant."""
        super().__init__(sentence)
        self.sentence, self.near = sentence, near


class Say(Protocol):
    """How a sentence is said in the language of the reader."""

    def __call__(self, text: str, /, **parts: object) -> str:
        """Say it, with its parts filled in."""
        ...


def scan(file: str, source: str, say: Say) -> Scanned:
    """Find every reference of a text, and everything between braces that is none."""
    source = _SIGNS.sub("\N{REPLACEMENT CHARACTER}", source.replace("\r\n", "\n").replace("\r", "\n"))
    parts: list[str] = []
    found: dict[str, Reference] = {}
    faults: list[Fault] = []
    at = 0
    while (opened := _OPEN.search(source, at)) is not None:
        parts.append(source[at : opened.start()])
        if opened[1]:
            parts.append("{{")
            at = opened.end()
            continue
        place = _place(file, source, opened.start())
        end = source.find("}}", opened.end())
        line_end = source.find("\n", opened.end())
        if end < 0 or 0 <= line_end < end:
            said = say("Deze verwijzing wordt niet gesloten: zet }}}} op dezelfde regel.")
            faults.append(Fault(place=place, rule="verwijzing", sentence=said))
            parts.append("{{")
            at = opened.end()
            continue
        at = end + 2
        whole = source[opened.start() : at]
        read = _read(whole[2:-2], place, whole, say)
        if isinstance(read, Fault):
            faults.append(read)
        if len(found) == MOST:
            said = say("Een tekst kan {most} verwijzingen hebben. Deze heeft er meer.", most=MOST)
            faults.append(Fault(place=place, rule="verwijzing", sentence=said))
            break
        sign = chr(FIRST + len(found))
        empty = Reference(kind="", words=(), options={}, place=place, source=whole)
        found[sign] = empty if isinstance(read, Fault) else read
        parts.append(sign)
    parts.append(source[at:])
    return Scanned(file=file, text="".join(parts), source=source, found=found, faults=tuple(faults))


def _place(file: str, source: str, at: int) -> Place:
    return Place(file=file, line=source.count("\n", 0, at) + 1, column=at - source.rfind("\n", 0, at))


def _read(inner: str, place: Place, whole: str, say: Say) -> Reference | Fault:
    words: list[str] = []
    options: dict[str, str] = {}
    at, inner = 0, inner.strip()
    while at < len(inner):
        part = _PART.match(inner, at)
        if part is None:
            said = say("Dit deel van de verwijzing is niet te lezen: {part}.", part=repr(inner[at : at + 30].strip()))
            return Fault(place=place, rule="verwijzing", sentence=said)
        value = part["quoted"] if part["quoted"] is not None else part["bare"]
        if part["name"] is None:
            words.append(value)
        elif part["name"] in options:
            said = say("De naam {name} staat twee keer in deze verwijzing.", name=part["name"])
            return Fault(place=place, rule="verwijzing", sentence=said)
        else:
            options[part["name"]] = value
        at = part.end()
    if not words:
        return Fault(place=place, rule="verwijzing", sentence=say("Deze verwijzing is leeg."))
    return Reference(kind=words[0], words=tuple(words[1:]), options=options, place=place, source=whole)


def near(typed: str, allowed: "list[str] | tuple[str, ...]") -> tuple[str, ...]:
    """Give what was probably meant, at most three."""
    folded = {one.casefold(): one for one in allowed}
    close = get_close_matches(typed.casefold(), folded, n=3, cutoff=0.55)
    within = [one for one in folded if typed.casefold() in one] if len(typed) > 2 else []
    return tuple(folded[one] for one in dict.fromkeys([*close, *within]))[:3]
