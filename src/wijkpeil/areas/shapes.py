"""Polygons that are fine enough to measure with."""

from collections.abc import Sequence

import dataframely as dy
import numpy as np
import polars as pl
import shapely

from wijkpeil.areas.overlap import Polygons
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import LEVELS, Boundaries

_M2_PER_KM2 = 1e6
_LEVEL_OF = {
    "NL": Level.COUNTRY,
    "VL": Level.COUNTRY,
    "GM": Level.GEMEENTE,
    "WK": Level.WIJK,
    "BU": Level.BUURT,
    "PC": Level.PC4,
}


def measured(boundaries: Sequence[dy.DataFrame[Boundaries]]) -> pl.DataFrame:
    """List the polygons to measure with, one row per code and map year.

    A coarse shape never serves for overlap. A code that a file draws in pieces is one area.

    Returns ``code``, ``vintage``, ``name``, ``level``, ``geometry_rd`` (a list of WKB) and ``shape_km2``, sorted.
    """
    drawn = pl.concat([Boundaries.create_empty(), *boundaries]).filter(~pl.col("is_coarse"))
    shapes = _valid(drawn["geometry_rd"])
    level = pl.col("code").str.slice(0, 2).replace_strict(_LEVEL_OF, return_dtype=pl.Enum(LEVELS))
    return (
        drawn.with_columns(
            level=level,
            geometry_rd=pl.Series(shapely.to_wkb(shapes), dtype=pl.Binary),
            shape_km2=pl.Series(shapely.area(shapes) / _M2_PER_KM2, dtype=pl.Float64),
        )
        .group_by("code", "vintage", maintain_order=True)
        .agg(pl.col("name").first(), pl.col("level").first(), "geometry_rd", pl.col("shape_km2").sum())
        .sort("vintage", "code")
    )


def polygons_of(pieces: pl.Series) -> Polygons:
    """Make one polygon of each list of WKB pieces (as ``measured`` gives them: valid)."""
    shapes: Polygons = shapely.from_wkb(pieces.explode().to_numpy())
    if len(shapes) == len(pieces):
        return shapes
    groups = np.split(shapes, np.cumsum(pieces.list.len().to_numpy())[:-1])
    return np.array([shapely.union_all(group) for group in groups], dtype=object)


def _valid(geometry: pl.Series) -> Polygons:
    shapes: Polygons = shapely.from_wkb(geometry.to_numpy())
    broken = ~shapely.is_valid(shapes)
    shapes[broken] = shapely.make_valid(shapes[broken])
    return shapes
