"""How the areas of one map year lie in each other, as whole numbers and sparse matrices."""

from dataclasses import dataclass

import dataframely as dy
import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import LEVELS, Areas, Composition

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

NONE = -1
"""The place of an area that is not there."""

_DEEPEST = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class Gathering:
    """Which areas are added up to which: row ``i`` of ``matrix`` (+1, -1) makes the area at place ``rows[i]``.

    ``makes`` is the word of ``domain.frames.MADE`` for a figure that comes about in this way.
    """

    makes: str
    rows: Ints
    matrix: csr_array

    @property
    def unsigned(self) -> csr_array:
        """The same matrix with +1 for every part, whether added or left out."""
        return abs(self.matrix)


@dataclass(frozen=True, kw_only=True, eq=False)
class AreaTree:
    """The areas by place (0, 1, ... in the order of their codes).

    ``gemeente``, ``wijk`` and ``copy_of`` hold places (-1 for none); ``levels`` positions in
    ``domain.frames.LEVELS``. ``below`` lists what a parent may be added up from, lowest level first;
    ``composed`` the areas of several parts; ``copy_of`` those of exactly one part. ``is_remainder`` marks what
    is left of a whole (the city outside a programme).
    """

    codes: pl.Enum
    gemeente: Ints
    wijk: Ints
    levels: Ints
    population: Floats
    below: tuple[Gathering, ...]
    composed: Gathering
    copy_of: Ints
    is_remainder: Bools

    @property
    def size(self) -> int:
        """How many areas there are."""
        return len(self.levels)

    def places(self, codes: pl.Series) -> Ints:
        """Turn area codes into places.

        Raises ``polars.exceptions.InvalidOperationError`` with the codes that are no area of this tree: a
        figure of an unknown area must not vanish.
        """
        return codes.cast(self.codes).to_physical().cast(pl.Int64).to_numpy()


def tree_of(areas: dy.DataFrame[Areas], composition: dy.DataFrame[Composition]) -> AreaTree:
    """Lay out the areas of an edition as a tree with composed areas beside it.

    Every later sum is a sparse matrix times a table of areas by periods: the order of adding is that of the
    codes, so that rows in another order never change a byte. Composed areas whose parts are composed
    themselves are written out in publisher's areas first.
    """
    ordered = areas.sort("code")
    codes = pl.Enum(ordered["code"])
    level = ordered["level"].to_physical().to_numpy().astype(np.int64)
    gemeente, wijk = (_parents(ordered[name], codes) for name in ("gemeente", "wijk"))
    parts = _written_out(composition)
    whole, part = _places(parts["composed"], codes), _places(parts["part"], codes)
    sign = parts["sign"].to_numpy().astype(np.float64)
    count = np.bincount(whole, minlength=len(level))
    remainder = np.zeros(len(level), dtype=np.bool_)
    remainder[whole[sign < 0]] = True
    copied = (count[whole] == 1) & (sign > 0)
    copy_of = np.full(len(level), NONE, dtype=np.int64)
    copy_of[whole[copied]] = part[copied]
    return AreaTree(
        codes=codes,
        gemeente=gemeente,
        wijk=wijk,
        levels=level,
        population=ordered["population"].to_numpy().astype(np.float64),
        below=_below(level, gemeente, wijk),
        composed=_gathering("composed", whole[~copied], part[~copied], sign[~copied], len(level)),
        copy_of=copy_of,
        is_remainder=remainder,
    )


def _parents(codes: pl.Series, known: pl.Enum) -> Ints:
    """A parent that is no area of the edition is no parent."""
    return _places(codes.cast(known, strict=False), known)


def _places(codes: pl.Series, known: pl.Enum) -> Ints:
    return codes.cast(known).to_physical().cast(pl.Int64).fill_null(NONE).to_numpy().astype(np.int64)


def _written_out(composition: pl.DataFrame) -> pl.DataFrame:
    parts = composition.select("composed", "part", pl.col("sign").cast(pl.Int64))
    for _ in range(_DEEPEST):
        inner = parts.select(part="composed", inner_part="part", inner_sign="sign")
        joined = parts.join(inner, on="part", how="left")
        if joined["inner_part"].null_count() == joined.height:
            summed = parts.group_by("composed", "part").agg(pl.col("sign").sum().sign())
            return summed.filter(pl.col("sign") != 0).sort("composed", "part")
        parts = joined.select(
            "composed",
            part=pl.coalesce("inner_part", "part"),
            sign=pl.col("sign") * pl.col("inner_sign").fill_null(1),
        )
    raise ValueError("a composed area is, through its parts, a part of itself")


def _below(level: Ints, gemeente: Ints, wijk: Ints) -> tuple[Gathering, ...]:
    size = len(level)
    place = np.arange(size)
    is_level = {name: level == LEVELS.index(name) for name in (Level.GEMEENTE, Level.WIJK, Level.BUURT)}
    country = np.full(size, _country(level))
    steps = (
        ("total_of_buurten", Level.BUURT, wijk),
        ("total_of_wijken", Level.WIJK, gemeente),
        ("total_of_buurten", Level.BUURT, gemeente),
        ("total_of_gemeenten", Level.GEMEENTE, country),
    )
    gatherings = []
    for makes, child_level, parent in steps:
        child = place[is_level[child_level] & (parent != NONE)]
        gatherings.append(_gathering(makes, parent[child], child, np.ones(len(child)), size))
    return tuple(gatherings)


def _country(level: Ints) -> int:
    found = np.flatnonzero(level == LEVELS.index(Level.COUNTRY))
    return int(found[0]) if len(found) else NONE


def _gathering(makes: str, whole: Ints, part: Ints, sign: Floats, size: int) -> Gathering:
    rows, row = np.unique(whole, return_inverse=True)
    matrix = csr_array((sign, (row, part)), shape=(len(rows), size))
    matrix.sort_indices()
    return Gathering(makes=makes, rows=rows, matrix=matrix)
