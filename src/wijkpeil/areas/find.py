"""What somebody means by a code, a name or a postcode: the area, those alike, and other places with that code."""

from dataclasses import dataclass

import dataframely as dy
import polars as pl

from wijkpeil.areas.names import harmonise, harmonised
from wijkpeil.areas.suggestions import nearest
from wijkpeil.domain.area import AreaCode
from wijkpeil.domain.frames import Areas, CodeList

_WIDE_TO_NARROW = ("programmagebied", "gemeente", "wijk", "buurt", "pc4", "land", "groep")


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """Another place that had the same code in another map year."""

    area: AreaCode
    name: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was found: ``matches`` are area codes, from wide to narrow.

    ``best`` is the one that is meant, or ``None`` where the reader must choose: there may be several areas of
    the widest kind that matched. ``elsewhere`` are other places that the code named in other map years;
    ``suggestions`` are names that come near, only where nothing matched.
    """

    text: str
    matches: tuple[str, ...]
    best: str | None
    elsewhere: tuple[Elsewhere, ...] = ()
    suggestions: tuple[str, ...] = ()


def find(areas: dy.DataFrame[Areas], text: str, *, other_years: dy.DataFrame[CodeList]) -> Found:
    """Find the area that a text means.

    Tried in this order: a code, a harmonised name, a postcode area. A neighbourhood of a programme goes before
    the wijk of the same name, and that before the buurt. A code may name another place in another map year; the
    areas of the edition answer, and the other places are named beside it.

    Parameters: ``areas`` of an edition; ``other_years`` the combined code lists of all map years.
    """
    wanted = text.strip()
    code = wanted.upper()
    by_code = areas.filter((pl.col("code") == code) | (pl.col("code") == wanted))
    if by_code.height or other_years.filter(pl.col("code") == code).height:
        return _found(text, by_code, elsewhere=_elsewhere(by_code, code, areas, other_years))
    by_name = areas.filter(_is_called(harmonise(wanted)))
    if by_name.height:
        return _found(text, by_name)
    by_postcode = areas.filter(pl.col("pc4").list.contains(code.removeprefix("PC")))
    if by_postcode.height:
        return _found(text, by_postcode)
    return Found(text=text, matches=(), best=None, suggestions=nearest(wanted, areas["name"]))


def _is_called(plain: str) -> pl.Expr:
    """Ask whether an area has a name, or an id in its programme, that is this after harmonising."""
    if not plain:
        return pl.lit(value=False)
    own_id = pl.when(pl.col("code").str.contains(".", literal=True)).then(pl.col("code").str.split(".").list.last())
    return (harmonised(pl.col("name")) == plain) | (harmonised(own_id) == plain).fill_null(value=False)


def _found(text: str, areas: pl.DataFrame, *, elsewhere: tuple[Elsewhere, ...] = ()) -> Found:
    turns = {level: turn for turn, level in enumerate(_WIDE_TO_NARROW)}
    turn = pl.col("level").cast(pl.String).replace_strict(turns, return_dtype=pl.Int64)
    ordered = areas.select("code", turn=turn).sort("turn", "code")
    first = ordered.filter(pl.col("turn") == pl.col("turn").min())
    best = first["code"][0] if first.height == 1 else None
    return Found(text=text, matches=tuple(ordered["code"]), best=best, elsewhere=elsewhere)


def _elsewhere(found: pl.DataFrame, code: str, areas: pl.DataFrame, other_years: pl.DataFrame) -> tuple[Elsewhere, ...]:
    """Name the other places with this code: those whose harmonised name is another one."""
    here = harmonise(found["name"][0]) if found.height else None
    year = areas["vintage"][0] if areas.height else None
    others = other_years.filter((pl.col("code") == code) & (pl.col("vintage") != year)).with_columns(
        plain=harmonised(pl.col("name"))
    )
    different = others.filter((pl.col("plain") != "") & (pl.col("plain") != (here or "")))
    return tuple(
        Elsewhere(area=AreaCode(code=code, vintage=vintage), name=name)
        for vintage, name in different.sort("vintage").select("vintage", "name").iter_rows()
    )
