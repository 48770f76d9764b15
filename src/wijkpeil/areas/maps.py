"""The polygons of an edition: those that may stand for its areas, and the union of the parts of a neighbourhood."""

from collections.abc import Sequence

import dataframely as dy
import polars as pl
import shapely

from wijkpeil.areas.shapes import measured, polygons_of
from wijkpeil.domain.frames import Areas, Boundaries, Composition, Lineage


def edition_boundaries(
    areas: dy.DataFrame[Areas],
    composition: dy.DataFrame[Composition],
    boundaries: Sequence[dy.DataFrame[Boundaries]],
    lineage: dy.DataFrame[Lineage],
) -> dy.DataFrame[Boundaries]:
    """Give the areas of an edition the polygon to draw them with.

    The map year's own polygons serve; otherwise those of the nearest year in which the area is the same place
    (or only had another code). A neighbourhood that is composed is drawn as the union of its parts, if they all
    have a polygon. Coarse shapes are not used.

    Returns one row per area that can be drawn, under its code, name and map year in the edition.
    """
    if areas.is_empty():
        return Boundaries.create_empty()
    year = areas["vintage"][0]
    shapes = measured(boundaries)
    own = shapes.filter(pl.col("vintage") == year).select("code", "geometry_rd", away=pl.lit(0, pl.Int16))
    same = lineage.filter(pl.col("kind").is_in(["same", "recoded"]) & (pl.col("vintage_to") == year))
    lent = same.join(shapes, left_on=["vintage_from", "area_from"], right_on=["vintage", "code"]).select(
        code="area_to", geometry_rd="geometry_rd", away=(pl.col("vintage_from") - year).abs()
    )
    nearest = pl.concat([own, lent]).sort("away", "code").unique("code", keep="first", maintain_order=True).drop("away")
    drawn = pl.concat([nearest, _unions(composition, nearest)]).join(areas, on="code")
    geometry = shapely.to_wkb(polygons_of(drawn["geometry_rd"]))
    made = drawn.select("code", "vintage", "name", is_coarse=pl.lit(value=False)).with_columns(
        geometry_rd=pl.Series(geometry, dtype=pl.Binary)
    )
    return Boundaries.validate(made.select(Boundaries.column_names()).sort("code"), cast=True)


def _unions(composition: pl.DataFrame, shapes: pl.DataFrame) -> pl.DataFrame:
    """Collect the polygons of the parts of composed areas from which nothing is left out."""
    parts = composition.join(shapes, left_on="part", right_on="code", how="left")
    whole = parts.group_by("composed").agg(
        pl.col("geometry_rd").explode(),
        complete=(pl.col("geometry_rd").is_not_null() & (pl.col("sign") == 1)).all(),
    )
    return whole.filter("complete").select(code="composed", geometry_rd="geometry_rd")
