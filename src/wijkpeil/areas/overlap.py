"""How much of one map lies in another: overlap of polygons, measured with a spatial index."""

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

Polygons = npt.NDArray[np.object_]

_OVERLAP = {"ours": pl.UInt32, "theirs": pl.UInt32, "area": pl.Float64}


def overlaps(ours: Polygons, theirs: Polygons) -> pl.DataFrame:
    """Measure every overlap between two sets of polygons.

    The index finds the pairs that touch; what lies wholly inside another needs no cutting, and only the rest is
    cut. Polygons that merely share a border have no overlap and give no row.

    Parameters: ``ours`` and ``theirs`` are arrays of valid shapely polygons in metres. Returns ``ours`` and
    ``theirs`` (row numbers) and ``area`` (square metres, above 0), sorted.
    """
    left, right = shapely.STRtree(theirs).query(ours, predicate="intersects")
    shapely.prepare(ours)
    inside = shapely.contains_properly(ours[left], theirs[right])
    area = np.where(inside, shapely.area(theirs)[right], 0.0)
    area[~inside] = shapely.area(shapely.intersection(ours[left[~inside]], theirs[right[~inside]]))
    pairs = pl.DataFrame({"ours": left, "theirs": right, "area": area}, schema=_OVERLAP)
    return pairs.filter(pl.col("area") > 0).sort("ours", "theirs")
