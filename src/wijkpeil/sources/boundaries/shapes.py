"""From shapes as they are published to polygons in the Dutch grid, valid and one per area."""

from typing import Any

import dataframely as dy
import numpy as np
import polars as pl
import shapely
from pyproj import Transformer

from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Boundaries
from wijkpeil.domain.source import Table
from wijkpeil.sources.codes import code_in_full
from wijkpeil.sources.opening import refuse

DUTCH_GRID = "EPSG:28992"
DEGREES = "EPSG:4326"

CODES = (
    *("buurtcode", "BU_CODE", "wijkcode", "WK_CODE", "WKC", "gemeentecode", "GM_CODE", "GMC"),
    *("statcode", "code", "postcode", "pc4", "PC4", "postcode4"),
)
"""The names of the property with the code, the narrowest area first: a buurt also bears the code of its wijk."""

NAMES = (
    *("buurtnaam", "BU_NAAM", "wijknaam", "WK_NAAM", "WKN", "gemeentenaam", "GM_NAAM", "GMN"),
    *("statnaam", "naam", "name"),
)
WATER = ("water", "WATER", "H2O")
LAND = "NEE"
_POSTCODES = ("postcode", "pc4", "PC4", "postcode4")

Shapes = np.ndarray[Any, np.dtype[np.object_]]


def boundaries(
    shapes: Shapes, properties: pl.DataFrame, crs: str | None, *, table: Table, file: str, is_coarse: bool
) -> dy.DataFrame[Boundaries]:
    """Give each area its polygon in the Dutch grid.

    Water is left out, an area in several features becomes one, and a ring that crosses itself is repaired, since
    an invalid polygon has no area to measure. A shape that was simplified away is no boundary: such an area is
    not in the result, as if the map had not had it. Raises ``FaultsFound`` when a feature on land has no area code:
    a map of unknown places would make neighbourhoods disappear in silence.
    """
    code = next((name for name in CODES if name in properties.columns), None)
    if code is None:
        found = ", ".join(properties.columns[:8])
        raise refuse(file, f"De kaart heeft geen kenmerk met een gebiedscode ({', '.join(CODES)}).", found=found)
    level = Level.PC4 if code in _POSTCODES else None
    areas = properties.select(code=code_in_full(pl.col(code), level), name=_name(properties, code))
    land = _is_land(properties)
    unknown = land & areas["code"].is_null()
    if unknown.any():
        sentence = f"Op de kaart hebben {unknown.sum()} van de {land.sum()} vlakken geen gebiedscode."
        raise refuse(file, sentence, place=f"kenmerk {code}", found=str(properties.filter(unknown)[code][0]))
    polygons = _in_dutch_grid(shapes, crs, file)
    crossed = ~shapely.is_valid(polygons)
    polygons[crossed] = shapely.make_valid(polygons[crossed], method="structure", keep_collapsed=False)
    drawn = land & ~pl.Series(shapely.is_missing(polygons) | shapely.is_empty(polygons))
    return _one_per_area(areas.filter(drawn), polygons[drawn.to_numpy()], table, is_coarse=is_coarse)


def _name(properties: pl.DataFrame, code: str) -> pl.Expr:
    """Take the name that goes with the code, or the code itself where the map has no names."""
    name = next((name for name in NAMES if name in properties.columns), None)
    if name is None:
        return pl.col(code).cast(pl.String)
    return pl.col(name).cast(pl.String).str.strip_chars().fill_null(pl.col(code).cast(pl.String))


def _is_land(properties: pl.DataFrame) -> pl.Series:
    """Tell which features are land: all of them, unless the map says which are water or lie abroad."""
    water = next((name for name in WATER if name in properties.columns), None)
    if water is None:
        return pl.repeat(value=True, n=properties.height, eager=True)
    return properties[water].cast(pl.String).str.to_uppercase().fill_null(LAND) == LAND


def _in_dutch_grid(shapes: Shapes, crs: str | None, file: str) -> Shapes:
    """Bring shapes to the Dutch grid (metres) from the grid or from degrees, told by what they say and where they lie.

    What lies outside both is refused: a map in another grid would be put in the sea. Maps without a name for
    their grid are common, and some of them name the wrong one.
    """
    west, south, east, north = shapely.total_bounds(shapes)
    in_degrees = 2 <= west <= east <= 9 and 50 <= south <= north <= 55
    in_grid = -10_000 <= west <= east <= 320_000 and 290_000 <= south <= north <= 640_000
    if in_grid:
        return shapes.copy()
    if not in_degrees:
        sentence = f"De kaart staat niet in het Nederlandse stelsel ({DUTCH_GRID}) en niet in graden ({DEGREES})."
        raise refuse(file, sentence, place="crs", found=crs or "")
    transformer = Transformer.from_crs(DEGREES, DUTCH_GRID, always_xy=True)

    def moved(points: "np.ndarray[Any, np.dtype[np.float64]]") -> "np.ndarray[Any, np.dtype[np.float64]]":
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return np.asarray(shapely.transform(shapes, moved))


def _one_per_area(areas: pl.DataFrame, polygons: Shapes, table: Table, *, is_coarse: bool) -> dy.DataFrame[Boundaries]:
    """Put the shapes of one area together and write them as WKB, in the order of the codes."""
    grouped = areas.with_row_index("at").group_by("code").agg("at", pl.col("name").first()).sort("code")
    whole = np.array(
        [polygons[at[0]] if len(at) == 1 else shapely.union_all(polygons[at]) for at in grouped["at"].to_list()],
        dtype=object,
    )
    made = grouped.select(
        "code",
        "name",
        vintage=pl.lit(table.vintage, dtype=pl.Int16),
        geometry_rd=pl.Series(shapely.to_wkb(whole).tolist(), dtype=pl.Binary),
        is_coarse=pl.lit(is_coarse),
    )
    return Boundaries.validate(made.select(Boundaries.column_names()))
