"""All areas of a level as one movable map wants them: simplified together, each border written once."""

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from wijkpeil.domain.area import Level
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shapes import to_degrees

TOLERANCE = {Level.GEMEENTE: 200.0, Level.PROGRAMME_AREA: 30.0, Level.WIJK: 90.0, Level.BUURT: 60.0}
"""How far a border may be simplified, in metres: a triangle of this side is too small to see."""

_GRID = 10.0
"""Metres to which corners are brought before borders are compared, so that neighbours share them."""

_STEPS = 65_535
"""Places are whole numbers from 0 to this, across and up the box of the map: about 5 metres in the Netherlands."""

Whole = npt.NDArray[np.int64]
Arc = tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The shapes of a level as JSON in gzip; ``codes`` are those of the areas in its order."""

    codes: tuple[str, ...]
    packed: bytes


@lru_cache(maxsize=12)
def coverage_of(edition: Edition, level: Level) -> Coverage:
    """Give the shapes of all areas of a level that have one.

    The JSON has ``codes``, ``names`` and ``gemeenten``; ``box`` (west, south, east, north) and ``steps``; ``arcs``,
    each a flat list of whole numbers of which all but the first two are differences; and ``areas``, per area a list of
    polygons, per polygon its rings, per ring the numbers of its arcs (``~n`` is arc n backwards), as TopoJSON has it.
    """
    known = _known(edition, level)
    shapes = _simplified(known["geometry_rd"].to_list(), TOLERANCE[level])
    record = {
        "codes": known["code"].to_list(),
        "names": known["name"].to_list(),
        "gemeenten": known["gemeente"].to_list(),
    }
    record |= encoded(shapes)
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return Coverage(codes=tuple(record["codes"]), packed=gzip.compress(text, 6, mtime=0))


def has_coverage(edition: Edition, level: Level) -> bool:
    """Whether any area of a level has a shape."""
    return level in TOLERANCE and not _known(edition, level).is_empty()


def _known(edition: Edition, level: Level) -> pl.DataFrame:
    """Give the areas of a level with their shape; a group of areas is no place on a map of areas."""
    areas = edition.areas.filter(pl.col("level").cast(pl.String) == level.value).select("code", "name", "gemeente")
    shapes = edition.boundaries.filter(pl.col("vintage") == edition.manifest.map_year).select("code", "geometry_rd")
    return areas.join(shapes, on="code").unique("code").sort("code")


def _simplified(raw: list[bytes], tolerance: float) -> npt.NDArray[np.object_]:
    found = shapely.from_wkb(raw)
    shapes = shapely.set_precision(found, _GRID)
    tiny = shapely.is_empty(shapes)
    simple = shapely.coverage_simplify(shapes, tolerance)
    return np.where(tiny | shapely.is_empty(simple), found, simple)


def encoded(shapes: npt.NDArray[np.object_]) -> dict[str, Any]:
    """Write shapes (in the Dutch grid) as whole places in degrees, with every border once."""
    rings, owner = _rings(shapes)
    places = to_degrees(np.concatenate([shapely.get_coordinates(ring) for ring in rings]))
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high > low, high - low, 1.0)
    steps = np.round((places - low) / span * _STEPS).astype(np.int64)
    ends = np.cumsum([shapely.get_num_coordinates(ring) for ring in rings])
    cut = [_plain(part) for part in np.split(steps, ends[:-1])]
    arcs, of_ring = _shared(cut)
    areas: list[list[list[list[int]]]] = [[] for _ in shapes]
    for (area, is_outer), found in zip(owner, of_ring, strict=True):
        if not found:
            continue
        if is_outer or not areas[area]:
            areas[area].append([])
        areas[area][-1].append(found)
    return {
        "box": [round(float(one), 7) for one in (*low, *high)],
        "steps": _STEPS,
        "arcs": [_flat(arc) for arc in arcs],
        "areas": areas,
    }


def _rings(shapes: npt.NDArray[np.object_]) -> tuple[list[shapely.Geometry], list[tuple[int, bool]]]:
    """Take shapes apart into rings, and tell of which area each is and whether it is an outer one."""
    rings, owner = [], []
    parts, of_area = shapely.get_parts(shapes, return_index=True)
    for part, area in zip(parts, of_area, strict=True):
        if part.is_empty:
            continue
        rings.append(part.exterior)
        owner.append((int(area), True))
        rings.extend(part.interiors)
        owner.extend((int(area), False) for _ in part.interiors)
    return rings, owner


def _plain(ring: Whole) -> list[tuple[int, int]]:
    """Give the corners of a ring once each, without those that fell together; nothing where it is no surface."""
    corners = [(int(x), int(y)) for x, y in ring]
    kept = [corner for before, corner in pairwise(corners) if corner != before]
    return kept if len(kept) > 2 else []


def _shared(rings: list[list[tuple[int, int]]]) -> tuple[list[Arc], list[list[int]]]:
    """Cut rings where borders part, and number the pieces: one between two areas is written once.

    A corner where borders part has not just two neighbours over all rings together.
    """
    beside: dict[tuple[int, int], set[tuple[int, int]]] = {}
    for ring in rings:
        for before, corner in pairwise([*ring[-1:], *ring]):
            beside.setdefault(before, set()).add(corner)
            beside.setdefault(corner, set()).add(before)
    arcs: list[Arc] = []
    number: dict[Arc, int] = {}
    return arcs, [[_numbered(piece, arcs, number) for piece in _pieces(ring, beside)] for ring in rings]


def _pieces(ring: list[tuple[int, int]], beside: dict[tuple[int, int], set[tuple[int, int]]]) -> list[Arc]:
    if not ring:
        return []
    cuts = [place for place, corner in enumerate(ring) if len(beside[corner]) != 2]
    if not cuts:
        first = ring.index(min(ring))
        whole = [*ring[first:], *ring[: first + 1]]
        return [tuple(whole)]
    turned = [*ring[cuts[0] :], *ring[: cuts[0] + 1]]
    marks = [cut - cuts[0] for cut in cuts] + [len(ring)]
    return [tuple(turned[start : end + 1]) for start, end in pairwise(marks)]


def _numbered(piece: Arc, arcs: list[Arc], number: dict[Arc, int]) -> int:
    if piece in number:
        return number[piece]
    back = piece[::-1]
    if back in number:
        return ~number[back]
    number[piece] = len(arcs)
    arcs.append(piece)
    return number[piece]


def _flat(arc: Arc) -> list[int]:
    flat = list(arc[0])
    for (x, y), (next_x, next_y) in pairwise(arc):
        flat += (next_x - x, next_y - y)
    return flat
