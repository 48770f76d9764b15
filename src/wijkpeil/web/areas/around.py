"""Where an area lies: the steps that lead to it, what it is made of, and what lies in it."""

from collections.abc import Iterable

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.subject import AreaCard, Subject, level_words, levels_words
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import is_known
from wijkpeil.web.design.addresses import address

Step = tuple[str, str]
"""A name and an address; the page itself has none."""

_INSIDE = (Level.PROGRAMME_AREA, Level.WIJK, Level.BUURT, Level.PC4)


def steps_to(edition: Edition, language: Language, area: AreaCard, *, here: str = "") -> list[Step]:
    """Give the steps from the start to an area, through its gemeente and its wijk; ``here`` is a page under it."""
    start = (language.say("Begin"), address("start", edition=edition.id))
    row = edition.areas.row(by_predicate=pl.col("code") == area.code, named=True)
    above = [code for code in (row["gemeente"], row["wijk"]) if code and code != area.code]
    names = _names(edition, above)
    middle = [(names[code], _at(edition, code)) for code in above if code in names]
    if not here:
        return [start, *middle, (area.name, "")]
    return [start, *middle, (area.name, _at(edition, area.code)), (here, "")]


def parts_of(edition: Edition, area: AreaCard) -> list[tuple[str, str, str]]:
    """List what a composed area is made of: a name, an address and a code each."""
    parts = edition.composition.filter((pl.col("composed") == area.code) & (pl.col("sign") > 0))["part"].to_list()
    names = _names(edition, parts)
    return sorted((names[code], _at(edition, code), code) for code in parts if code in names)


def neighbourhood_of(edition: Edition, about: Subject) -> tuple[str, str] | None:
    """Name the neighbourhood of a programme that this area is, or is a part of; not of that neighbourhood itself."""
    for programme, neighbourhood in about.memberships:
        code = programme.code_of(neighbourhood) if neighbourhood else about.area.code
        if neighbourhood and code != about.area.code and is_known(edition, code):
            return neighbourhood.name, _at(edition, code)
    return None


def dossiers_of(language: Language, about: Subject) -> list[tuple[str, str]]:
    """Lead from a neighbourhood to what was agreed, done and decided in it: the name of each programme, and where."""
    return [
        (language.label(programme), address("dossier", programme=programme.id, area=about.area.code))
        for programme, neighbourhood in about.memberships
        if neighbourhood and programme.code_of(neighbourhood) == about.area.code
    ]


def inside(edition: Edition, language: Language, area: AreaCard) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """List what lies in a gemeente or a wijk, by level: the name of the level, and the areas."""
    if area.level not in {Level.GEMEENTE, Level.WIJK}:
        return []
    over = "gemeente" if area.level is Level.GEMEENTE else "wijk"
    there = edition.areas.filter(pl.col(over) == area.code, pl.col("code") != area.code)
    levels = _INSIDE[:2] if area.level is Level.GEMEENTE else _INSIDE[2:]
    found = []
    for level in levels:
        mine = there.filter(pl.col("level") == level).sort("name", "code")
        if mine.height:
            listed = [(row["name"], _at(edition, row["code"]), row["code"]) for row in mine.iter_rows(named=True)]
            found.append((levels_words(language, level), listed))
    return found


def what_and_where(language: Language, area: AreaCard) -> str:
    """Say what an area is and in which gemeente, in a few words."""
    word = level_words(language, area.level)
    if not area.gemeente_name or area.level is Level.GEMEENTE:
        return word[:1].upper() + word[1:]
    said = language.say("{level} in {gemeente}", level=word, gemeente=area.gemeente_name)
    return said[:1].upper() + said[1:]


def _at(edition: Edition, code: str) -> str:
    return address("area", edition=edition.id, code=code)


def _names(edition: Edition, codes: Iterable[str]) -> dict[str, str]:
    rows = edition.areas.filter(pl.col("code").is_in(list(codes)))
    return dict(zip(rows["code"], rows["name"], strict=True))
