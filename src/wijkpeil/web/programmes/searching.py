"""Finds what people wrote in a programme, among what who asks may know of and nowhere else."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import CharField, F, Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from wijkpeil.web.accounts.models import Account
from wijkpeil.web.programmes.models import (
    Agreement,
    Ambition,
    Decision,
    Document,
    Item,
    Measure,
    Partner,
    Promise,
    Recommendation,
    Review,
    Story,
    Talk,
    Visitation,
)
from wijkpeil.web.programmes.models.story import StoryState
from wijkpeil.web.programmes.visible import visible

WRITTEN: Mapping[type[Any], tuple[str, ...]] = {
    Ambition: ("words", "satisfied_when", "caveat", "ended_because"),
    Agreement: ("title", "text", "why"),
    Item: ("what", "evidence_needed", "why", "ended_because", "partner__name"),
    Measure: ("name", "aim", "mechanism", "ended_because", "secured_at", "evaluated_by", "partner__name"),
    Visitation: ("committee", "findings", "met"),
    Recommendation: ("text", "answer_text", "closed_because"),
    Decision: ("why", "returns_when", "parliament_paper"),
    Review: ("study", "verdict", "committee"),
    Promise: ("text", "paper", "answer", "answer_paper"),
    Story: ("title", "text", "evidence"),
    Talk: ("about", "minutes"),
    Partner: ("name",),
    Document: ("title", "wrong", "wrong_where", "right", "paper"),
}
"""What is searched of each kind: only what is on its page for everybody who may know of the thing at all.

Objections to a decision and consents to a story are not in it: a public thing must not be found by a hidden word.
"""
LONGEST = 200
"""So many letters of a question are read."""
MOST_WORDS = 8
BEFORE, AROUND = 60, 240
"""So many letters of a text are shown: before the first word that was found, and altogether."""
_MARKS = re.compile(r"[\u0300-\u036f]")
_FOLD = "wijkpeil_fold"

Piece = tuple[str, bool]
"""A part of a text, and whether it is what was sought."""


def fold(text: str) -> str:
    """Write a text without accents and capitals, so that ‘Beëindigd’ is found by ‘beeindigd’."""
    return text.lower() if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text)).lower()


class Folded(Func):
    """A text of the database as ``fold`` writes it: in PostgreSQL by itself, in SQLite by ``fold``."""

    arity = 1
    output_field = TextField()
    function = _FOLD

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Take accents apart and away, then the capitals: a capital with an accent has no small letter everywhere."""
        template = r"lower(regexp_replace(normalize(%(expressions)s, NFKD), '[\u0300-\u036f]', '', 'g'))"
        return self.as_sql(compiler, connection, template=template, **context)


def words_of(asked: str) -> tuple[str, ...]:
    """Give the words of a question, each once."""
    return tuple(dict.fromkeys(fold(asked.replace("\0", " ")[:LONGEST]).split()))[:MOST_WORDS]


def found(model: Any, programme: str, words: Sequence[str], *, by: Account | None) -> QuerySet[Any]:
    """Give the things of a kind that hold every word; nothing asked is nothing found.

    What ``by`` may not know of is not looked at. What was withdrawn is found by nobody any more.
    """
    if not words:
        return visible(model, programme, by).none()  # type: ignore[no-any-return]
    _teach()
    rows = visible(model, programme, by)
    if any(one.name == "state" for one in model._meta.fields):
        rows = rows.exclude(state=StoryState.WITHDRAWN)
    rows = rows.annotate(sought=Folded(_together(WRITTEN[model])))
    for word in words:
        rows = rows.filter(sought__contains=word)
    return rows  # type: ignore[no-any-return]


@dataclass(frozen=True, kw_only=True)
class Snippet:
    """A few words around what was found; ``is_cut`` tells at which ends the text goes on."""

    pieces: tuple[Piece, ...]
    is_cut: tuple[bool, bool]


def snippet(thing: Any, words: Sequence[str]) -> Snippet:
    """Show the text of a thing in which most of the words are, from just before the first of them."""
    texts = [_value(thing, name) for name in WRITTEN[type(thing)]]
    text = max(texts, key=lambda one: sum(word in fold(one) for word in words))
    text = " ".join(text.split())
    hits = list(_hits(text, words))
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = min(len(text), start + AROUND)
    pieces, here = [], start
    for first, last in hits:
        if first >= end:
            break
        pieces += [(text[here:first], False), (text[first : min(last, end)], True)]
        here = min(last, end)
    pieces.append((text[here:end], False))
    return Snippet(pieces=tuple(one for one in pieces if one[0]), is_cut=(start > 0, end < len(text)))


def _hits(text: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give where the words are in a text as it was written; places that touch are one."""
    folded, places = "", []
    for place, letter in enumerate(text):
        written = fold(letter)
        folded += written
        places += [place] * len(written)
    spans = sorted(
        (places[one.start()], places[one.end() - 1] + 1)
        for word in words
        for one in re.finditer(re.escape(word), folded)
    )
    standing: tuple[int, int] | None = None
    for first, last in spans:
        if standing is not None and first <= standing[1]:
            standing = (standing[0], max(standing[1], last))
            continue
        if standing is not None:
            yield standing
        standing = (first, last)
    if standing is not None:
        yield standing


def _value(thing: Any, name: str) -> str:
    for part in name.split("__"):
        thing = getattr(thing, part, None)
    return str(thing or "")


def _together(names: Sequence[str]) -> Any:
    """Lay the texts of a thing behind each other, so that its words may be in different ones."""
    if len(names) == 1:
        return Cast(F(names[0]), TextField())
    parts: list[Any] = []
    for name in names:
        parts += [F(name), Value("\n", output_field=CharField())]
    return Concat(*parts[:-1], output_field=TextField())


def _teach() -> None:
    """Teach SQLite to fold; PostgreSQL can."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.create_function(_FOLD, 1, _fold_or_nothing, deterministic=True)


def _fold_or_nothing(text: str | None) -> str:
    return fold(text) if text else ""
