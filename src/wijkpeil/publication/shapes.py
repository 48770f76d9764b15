"""The shapes of an edition's areas as readers' maps want them: longitude and latitude, as GeoJSON."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import pyproj
import shapely

from wijkpeil.publication.edition import Edition

Places = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""

_SIDE = 0.05
"""Degrees between the points by which a side of a box is bent."""

_DIGITS = 1e-6
"""Degrees are written to about a decimetre."""


def outlines(edition: Edition, codes: Iterable[str]) -> dict[str, shapely.Geometry]:
    """Give the shapes of areas in degrees (WGS84); areas without a shape are left out."""
    wanted = edition.boundaries.filter(pl.col("code").is_in(list(codes)), vintage=edition.manifest.map_year)
    shapes = shapely.from_wkb(wanted["geometry_rd"].to_list())
    turned = shapely.transform(shapes, to_degrees)
    return dict(zip(wanted["code"], shapely.set_precision(turned, _DIGITS), strict=True))


def in_plane(edition: Edition, codes: Iterable[str], *, across: int = 600) -> dict[str, shapely.Geometry]:
    """Give the shapes of areas in the Dutch grid, simplified together for a small map of so many points wide."""
    wanted = edition.boundaries.filter(pl.col("code").is_in(list(codes)), vintage=edition.manifest.map_year)
    shapes = shapely.from_wkb(wanted["geometry_rd"].to_list())
    if not len(shapes):
        return {}
    west, south, east, north = shapely.total_bounds(shapes)
    simple = shapely.coverage_simplify(shapes, max(east - west, north - south) / across * 1.5)
    return dict(zip(wanted["code"], np.where(shapely.is_empty(simple), shapes, simple), strict=True))


def feature_collection(edition: Edition, rows: Sequence[dict[str, Any]], *, code: str) -> dict[str, Any]:
    """Give records about areas as features; ``code`` names the key that holds the code of the area."""
    shapes = outlines(edition, [row[code] for row in rows])
    return {"type": "FeatureCollection", "features": [feature(row, shapes.get(row[code]), row[code]) for row in rows]}


def feature(row: dict[str, Any], shape: shapely.Geometry | None, id_: str) -> dict[str, Any]:
    """Give one record as a feature; without a shape its geometry is null."""
    geometry = None if shape is None else json.loads(shapely.to_geojson(shape))
    return {"type": "Feature", "id": id_, "geometry": geometry, "properties": row}


def touching(edition: Edition, box: Box) -> set[str]:
    """Give the codes of the areas whose shape touches a box.

    The sides of the box are bent as the Dutch grid asks, and compared there: turning one box is less work than
    turning every area.
    """
    corners = shapely.transform(shapely.segmentize(shapely.box(*box), _SIDE), _to_grid)
    known = edition.boundaries.filter(vintage=edition.manifest.map_year)
    shapes = shapely.from_wkb(known["geometry_rd"].to_list())
    return set(known["code"].filter(pl.Series(shapely.intersects(shapes, corners))))


def _to_grid(places: Places) -> Places:
    east, north = _transformer().transform(places[:, 0], places[:, 1], direction="INVERSE")
    return np.column_stack([east, north])


def to_degrees(places: Places) -> Places:
    """Turn places in the Dutch grid into longitude and latitude."""
    east, north = _transformer().transform(places[:, 0], places[:, 1])
    return np.column_stack([east, north])


@lru_cache(maxsize=1)
def _transformer() -> pyproj.Transformer:
    return pyproj.Transformer.from_crs("EPSG:28992", "OGC:CRS84", always_xy=True)
