"""Maps as TopoJSON: borders that neighbours share, rounded to a grid too wide to measure overlap with."""

import json
from collections.abc import Sequence
from typing import Any

import dataframely as dy
import numpy as np
import polars as pl
import shapely

from wijkpeil.domain.frames import Boundaries
from wijkpeil.domain.source import Table
from wijkpeil.sources.boundaries.geojson import unpacked
from wijkpeil.sources.boundaries.shapes import boundaries
from wijkpeil.sources.opening import refuse

Points = np.ndarray[Any, np.dtype[np.float64]]


def parse(data: bytes, *, table: Table, file: str) -> dy.DataFrame[Boundaries]:
    """Read the first layer of a TopoJSON file; every shape is marked as coarse.

    The format (TopoJSON 1.0): arcs are lists of steps on a whole-number grid, a ring is a list of arc numbers,
    and a negative number ``~n`` is arc ``n`` walked backwards. Raises ``FaultsFound`` when the bytes are none, or
    as ``boundaries`` does.
    """
    try:
        topology = json.loads(unpacked(data, file=file))
        arcs = _arcs(topology)
        features = next(iter(topology["objects"].values()))["geometries"]
        shapes = np.array([_shape(feature, arcs) for feature in features], dtype=object)
    except (ValueError, KeyError, TypeError, IndexError, StopIteration, AttributeError) as fault:
        raise refuse(file, "Dit is geen leesbare kaart (TopoJSON).") from fault
    properties = pl.DataFrame([feature.get("properties") or {} for feature in features], infer_schema_length=None)
    return boundaries(shapes, properties, None, table=table, file=file, is_coarse=True)


def _arcs(topology: dict[str, Any]) -> list[Points]:
    """Give every arc its coordinates: steps are added up and laid on the grid of the transform."""
    grid = topology.get("transform")
    if grid is None:
        return [np.asarray(arc, dtype=float)[:, :2] for arc in topology["arcs"]]
    scale, start = np.asarray(grid["scale"]), np.asarray(grid["translate"])
    return [np.cumsum(np.asarray(arc, dtype=float)[:, :2], axis=0) * scale + start for arc in topology["arcs"]]


def _shape(feature: dict[str, Any], arcs: list[Points]) -> shapely.Geometry:
    """Put the rings of a feature together; a feature that is no area has no shape."""
    if feature["type"] == "Polygon":
        return _polygon(feature["arcs"], arcs)
    if feature["type"] == "MultiPolygon":
        parts = [_polygon(rings, arcs) for rings in feature["arcs"]]
        return shapely.MultiPolygon([part for part in parts if not part.is_empty])
    return shapely.Polygon()


def _polygon(rings: Sequence[Sequence[int]], arcs: list[Points]) -> shapely.Polygon:
    """Make a polygon of its rings; a ring that the grid has flattened to a line is left out."""
    lines = [line for ring in rings if len(line := _ring(ring, arcs)) >= 4]
    return shapely.Polygon(lines[0], lines[1:]) if lines else shapely.Polygon()


def _ring(ring: Sequence[int], arcs: list[Points]) -> Points:
    """Walk the arcs of a ring, each without the point where the one before it ended."""
    walked = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in ring]
    return np.concatenate([walked[0], *(arc[1:] for arc in walked[1:])])
