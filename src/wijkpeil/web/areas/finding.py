"""What was found for the words of a reader, as lines that can be read and followed."""

from dataclasses import dataclass

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import level_words
from wijkpeil.publication.edition import Edition

MOST = 50
"""So many areas are listed; more are not looked through by anyone."""


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One area: its name, what it is and where."""

    code: str
    name: str
    where: str


@dataclass(frozen=True, kw_only=True)
class Hits:
    """All areas that were found; ``only`` is the one that is surely meant, ``more`` how many are not listed.

    ``elsewhere`` are sentences about other places that had the same code in another year.
    """

    only: str | None
    listed: tuple[Hit, ...]
    more: int
    suggestions: tuple[str, ...]
    elsewhere: tuple[str, ...]


def hits(edition: Edition, language: Language, asked: str) -> Hits:
    """Find the areas that a reader means; nothing asked is nothing found."""
    if not asked:
        return Hits(only=None, listed=(), more=0, suggestions=(), elsewhere=())
    found = edition.find(asked)
    elsewhere = tuple(
        language.say(
            "In {year} was {code} een andere plek: {name}.", year=one.area.vintage, code=one.area.code, name=one.name
        )
        for one in found.elsewhere
    )
    only = found.matches[0] if len(found.matches) == 1 and not elsewhere else None
    listed = _hits(edition, language, found.matches[:MOST])
    return Hits(
        only=only,
        listed=listed,
        more=len(found.matches) - len(listed),
        suggestions=found.suggestions,
        elsewhere=elsewhere,
    )


def _hits(edition: Edition, language: Language, codes: tuple[str, ...]) -> tuple[Hit, ...]:
    rows = {row["code"]: row for row in edition.areas.filter(pl.col("code").is_in(codes)).iter_rows(named=True)}
    gemeenten = edition.areas.filter(pl.col("level") == Level.GEMEENTE)
    names = dict(zip(gemeenten["code"], gemeenten["name"], strict=True))
    return tuple(
        Hit(
            code=code,
            name=rows[code]["name"],
            where=_where(language, Level(rows[code]["level"]), names.get(rows[code]["gemeente"])),
        )
        for code in codes
    )


def _where(language: Language, level: Level, gemeente: str | None) -> str:
    word = level_words(language, level)
    if gemeente is None or level is Level.GEMEENTE:
        return word
    return language.say("{level} in {gemeente}", level=word, gemeente=gemeente)
