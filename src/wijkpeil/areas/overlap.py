"""How much of one map lies in another: overlap of polygons, measured with a spatial index."""

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

Polygons = npt.NDArray[np.object_]


def overlaps(ours: Polygons, theirs: Polygons) -> pl.DataFrame:
    """Measure every overlap between two sets of polygons.

    The index finds the pairs whose boxes touch; only those are cut. Polygons that merely share a border have no
    overlap and give no row.

    Parameters: ``ours`` and ``theirs`` are arrays of valid shapely polygons in metres. Returns ``ours`` and
    ``theirs`` (row numbers) and ``area`` (square metres, above 0), sorted.
    """
    left, right = shapely.STRtree(theirs).query(ours, predicate="intersects")
    pairs = pl.DataFrame({"ours": left, "theirs": right}, schema={"ours": pl.UInt32, "theirs": pl.UInt32})
    area = shapely.area(shapely.intersection(ours[left], theirs[right]))
    return pairs.with_columns(area=pl.Series(area, dtype=pl.Float64)).filter(pl.col("area") > 0).sort("ours", "theirs")
