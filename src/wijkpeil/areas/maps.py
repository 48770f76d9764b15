"""The polygons of an edition: those that may stand for its areas, and the union of the parts of a neighbourhood."""

from collections.abc import Sequence

import dataframely as dy
import polars as pl
import shapely

from wijkpeil.areas.atlas import Atlas
from wijkpeil.areas.shapes import polygons_of
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Areas, Boundaries, CodeList, Composition

_DRAWN = (Level.GEMEENTE, Level.WIJK, Level.BUURT, Level.PC4)


def edition_boundaries(
    areas: dy.DataFrame[Areas],
    composition: dy.DataFrame[Composition],
    code_lists: Sequence[dy.DataFrame[CodeList]],
    boundaries: Sequence[dy.DataFrame[Boundaries]],
) -> dy.DataFrame[Boundaries]:
    """Give the areas of an edition the polygon to draw them with.

    The map year's own polygons serve; otherwise those of the nearest year, where the area is the same place and
    the polygon agrees within five per cent with the area that its publisher gives. A neighbourhood that is
    composed is drawn as the union of its parts, if they all have a polygon. Coarse shapes are not used.

    Returns one row per area that can be drawn, under its code, name and map year in the edition.
    """
    if areas.is_empty():
        return Boundaries.create_empty()
    atlas, year = Atlas.of(code_lists, boundaries), areas["vintage"][0]
    shapes = pl.concat([atlas.stand_ins(year, level) for level in _DRAWN])
    drawn = pl.concat([shapes, _unions(composition, shapes)]).join(areas, on="code").sort("code")
    made = drawn.select("code", "vintage", "name", is_coarse=pl.lit(value=False)).with_columns(
        geometry_rd=pl.Series(shapely.to_wkb(polygons_of(drawn["geometry_rd"])), dtype=pl.Binary)
    )
    return Boundaries.validate(made.select(Boundaries.column_names()), cast=True)


def _unions(composition: pl.DataFrame, shapes: pl.DataFrame) -> pl.DataFrame:
    """Collect the polygons of the parts of composed areas from which nothing is left out."""
    parts = composition.join(shapes, left_on="part", right_on="code", how="left", maintain_order="left")
    whole = parts.group_by("composed", maintain_order=True).agg(
        pl.col("geometry_rd").explode(),
        complete=(pl.col("geometry_rd").is_not_null() & (pl.col("sign") == 1)).all(),
    )
    return whole.filter("complete").select(code="composed", geometry_rd="geometry_rd")
