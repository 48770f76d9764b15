"""Your own area: which parts a reader chose, and the form in which they are chosen."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl
from django.http import QueryDict

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.own_area import map_of
from wijkpeil.web.design.errors import BadQuestionError

MOST = 100
"""So many parts make an area at most."""

_NAME = 80


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a reader asked: the parts of one gemeente, and the name for them."""

    gemeente: str
    parts: tuple[str, ...]
    name: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """The parts that lie in one wijk, to choose from: code, name, and whether it is chosen."""

    label: str
    options: tuple[tuple[str, str, bool], ...]


def asked(edition: Edition, language: Language, query: QueryDict) -> Asked:
    """Read what a reader asked; raises ``BadQuestionError`` for what is no area here."""
    say = language.say
    parts = tuple(dict.fromkeys(query.getlist("deel")))
    if len(parts) > MOST:
        raise BadQuestionError(say("Kies hoogstens {count} delen.", count=MOST))
    rows = edition.areas.filter(pl.col("code").is_in(list(parts)))
    unknown = sorted(set(parts) - set(rows["code"]))
    if unknown:
        raise BadQuestionError(say("Dit gebied kennen we niet: {code}.", code=unknown[0][:40]))
    homes = sorted(set(rows["gemeente"].drop_nulls())) or [query.get("gemeente", "")]
    if len(homes) > 1:
        raise BadQuestionError(say("Kies delen van één gemeente."))
    gemeente = homes[0]
    if gemeente and gemeente not in _gemeenten(edition):
        raise BadQuestionError(say("Deze gemeente kennen we niet: {code}.", code=gemeente[:40]))
    if parts and not set(parts) <= map_of(edition, gemeente).parts:
        raise BadQuestionError(say("Kies de kleinste gebieden van de gemeente."))
    return Asked(gemeente=gemeente, parts=parts, name=query.get("naam", "").strip()[:_NAME])


def choices(edition: Edition, gemeente: str, chosen: Iterable[str]) -> list[Group]:
    """List the parts of a gemeente by the wijk that they lie in."""
    where, wanted = map_of(edition, gemeente), set(chosen)
    rows = edition.areas.filter(pl.col("code").is_in([*where.parts, *where.above.values()])).sort("name")
    names = dict(zip(rows["code"], rows["name"], strict=True))
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for code in sorted(where.parts, key=lambda one: (names[one], one)):
        groups.setdefault(where.above[code], []).append((code, names[code], code in wanted))
    return [
        Group(label=names[over], options=tuple(groups[over])) for over in sorted(groups, key=lambda one: names[one])
    ]


def gemeenten_to_choose(edition: Edition) -> list[tuple[str, str]]:
    """List the gemeenten in which there is something to compose: code and name."""
    there = set(edition.areas.filter(pl.col("level").is_in([Level.BUURT, Level.WIJK]))["gemeente"].drop_nulls())
    return sorted(((code, name) for code, name in _gemeenten(edition).items() if code in there), key=lambda one: one[1])


def _gemeenten(edition: Edition) -> dict[str, str]:
    rows = edition.areas.filter(pl.col("level") == Level.GEMEENTE)
    return dict(zip(rows["code"], rows["name"], strict=True))
