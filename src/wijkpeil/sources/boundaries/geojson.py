"""Maps as GeoJSON, packed or not, in degrees or in the Dutch grid."""

import gzip
import zlib

import dataframely as dy
import polars as pl
import pyogrio
import shapely
from pyogrio.errors import DataSourceError

from wijkpeil.domain.frames import Boundaries
from wijkpeil.domain.source import Table
from wijkpeil.sources.boundaries.shapes import boundaries
from wijkpeil.sources.opening import refuse

PACKED = b"\x1f\x8b"


def unpacked(data: bytes, *, file: str) -> bytes:
    """Unpack bytes that are packed with gzip; raises ``FaultsFound`` when they were cut off."""
    if not data.startswith(PACKED):
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as fault:
        raise refuse(file, "Dit ingepakte bestand (gzip) is afgebroken of beschadigd.") from fault


def parse(data: bytes, *, table: Table, file: str) -> dy.DataFrame[Boundaries]:
    """Read the features of a GeoJSON file as the boundaries of their areas.

    Raises ``FaultsFound`` when the bytes are no GeoJSON, or as ``boundaries`` does.
    """
    try:
        about, _, shapes, fields = pyogrio.raw.read(unpacked(data, file=file))
    except DataSourceError as fault:
        raise refuse(file, "Dit is geen leesbare kaart (GeoJSON).") from fault
    properties = pl.DataFrame(
        {
            str(name): pl.Series(values.tolist(), strict=False)
            for name, values in zip(about["fields"], fields, strict=True)
        }
    )
    if shapes is None or not len(shapes):
        raise refuse(file, "De kaart is leeg.")
    return boundaries(shapely.from_wkb(shapes), properties, about["crs"], table=table, file=file, is_coarse=False)
