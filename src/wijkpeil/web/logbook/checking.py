"""Checks the chain: what was changed, removed, put elsewhere or cut off, and texts that are gone without a word."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wijkpeil.web.accounts.roles import Verb
from wijkpeil.web.logbook.erasing import WHOLE
from wijkpeil.web.logbook.models import Content, Line
from wijkpeil.web.logbook.writing import FIRST, hash_of, seal_of

_AT_ONCE = 2000
_OF_PARTS = frozenset({Verb.REPORT, Verb.FIND})
"""What was said on top of a thing: of such a line the text may go while the rest of the thing keeps its own."""


class What(StrEnum):
    """What can be wrong with a line."""

    GAP = "gap"
    """Lines before it are missing, or it stands in another place."""
    BEFORE = "before"
    """The line before it is not the one that it was written after."""
    SEAL = "seal"
    """It was not written by this site as it stands here."""
    TEXT = "text"
    """Its text is not what was written."""
    GONE = "gone"
    """Its text is not there, and no later line says that it was erased."""
    HEAD = "head"
    """It was published as the last line, and is not there as it was."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A line that is not what it was, and what is wrong with it."""

    number: int
    what: What


@dataclass(frozen=True, kw_only=True)
class Head:
    """The last line, to publish: whoever keeps it can see later whether lines before it were changed or cut off."""

    number: int
    at: datetime | None
    seal: str


def head() -> Head:
    """Give the head of the chain."""
    latest = Line.objects.order_by("-number").first()
    return (
        Head(number=0, at=None, seal=FIRST)
        if latest is None
        else Head(number=latest.number, at=latest.at, seal=latest.seal)
    )


def faults(published: Head | None = None) -> Iterator[Fault]:
    """Go through the chain from the first line and give what does not fit.

    ``published`` is a head that somebody kept: with it a chain that was cut off is found too, which nothing in the
    database itself can show. A text that was erased is no fault, as long as a line says so; a line about a part of a
    thing says so of reports and findings only, and one about a file of nothing.
    """
    before, expected = FIRST, 1
    gone: dict[tuple[str, str], dict[int, str]] = {}
    is_whole = published is None or published.number == 0
    for line in Line.objects.order_by("number").select_related("text").iterator(chunk_size=_AT_ONCE):
        yield from _faults_of(line, before, expected)
        missed = gone.setdefault((line.kind, line.thing), {}) if line.verb == Verb.ERASE else {}
        for number in [number for number, verb in missed.items() if _excuses(line, verb)]:
            del missed[number]
        if not hasattr(line, "text"):
            gone.setdefault((line.kind, line.thing), {})[line.number] = line.verb
        if published is not None and line.number == published.number:
            is_whole = hmac.compare_digest(line.seal, published.seal)
        before, expected = line.seal, line.number + 1
    for number in sorted(number for numbers in gone.values() for number in numbers):
        yield Fault(number=number, what=What.GONE)
    if published is not None and not is_whole:
        yield Fault(number=published.number, what=What.HEAD)


def count_erased() -> int:
    """Count the lines whose text was erased."""
    return Line.objects.count() - Content.objects.count()


def _excuses(erasure: Line, verb: str) -> bool:
    """Say whether an erasure is why the text of a line before it, with this verb, is gone."""
    if not hasattr(erasure, "text") or erasure.text.said.startswith(WHOLE):
        return True
    return verb in _OF_PARTS and "attachment" not in erasure.text.payload


def _faults_of(line: Line, before: str, expected: int) -> Iterator[Fault]:
    if line.number != expected:
        yield Fault(number=line.number, what=What.GAP)
    if line.before != before:
        yield Fault(number=line.number, what=What.BEFORE)
    if not hmac.compare_digest(line.seal, seal_of(line)):
        yield Fault(number=line.number, what=What.SEAL)
    if hasattr(line, "text") and hash_of(line.text.salt, line.text.said) != line.content:
        yield Fault(number=line.number, what=What.TEXT)
