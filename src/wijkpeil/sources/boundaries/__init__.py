"""Boundaries of areas, as the publishers of maps give them: shapes in, the Dutch grid out."""

from typing import Protocol

import dataframely as dy

from wijkpeil.domain.frames import Boundaries
from wijkpeil.domain.source import Table
from wijkpeil.sources.boundaries import geojson, topojson


class BoundaryParser(Protocol):
    """The one shape of every parser of boundaries: bytes in, polygons in the Dutch grid out."""

    def __call__(self, data: bytes, *, table: Table, file: str) -> dy.DataFrame[Boundaries]:
        """Read the bytes of one file; raises ``FaultsFound`` when they are no map of areas."""
        ...


BOUNDARY_FORMS: dict[str, BoundaryParser] = {
    "boundaries_geojson": geojson.parse,
    "boundaries_topojson": topojson.parse,
}
"""Form name to parser."""

__all__ = ["BOUNDARY_FORMS", "BoundaryParser"]
