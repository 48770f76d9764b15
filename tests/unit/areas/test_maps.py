"""An area is drawn with a polygon that may stand for it, or not at all."""

from collections.abc import Callable
from typing import Any

import polars as pl
import shapely

from wijkpeil.areas.maps import edition_boundaries
from wijkpeil.domain.frames import Areas, Composition

Factory = Callable[..., Any]


def _areas(*codes: str) -> Any:
    level = pl.when(pl.col("code").str.starts_with("WK")).then(pl.lit("wijk")).otherwise(pl.lit("programmagebied"))
    blank = [pl.lit(None).alias(name) for name in ("gemeente", "wijk", "population", "land_km2")]
    empty = [pl.lit([], pl.List(pl.String)).alias(name) for name in ("pc4", "programmes")]
    frame = pl.DataFrame({"code": codes}).with_columns(level, *blank, *empty, name="code", vintage=2020, level=level)
    return Areas.validate(frame.select(Areas.column_names()), cast=True)


def _drawn(codes_of: Factory, map_of: Factory) -> dict[str, float]:
    wijken = [{"code": f"WK00010{i}", "name": f"wijk {'abc'[i]}", "total_km2": 1.0} for i in range(3)]
    later = [{**wijk, "total_km2": 2.0 if wijk["code"] == "WK000102" else 1.0} for wijk in wijken]
    maps = [map_of(2022, WK000100=(0, 0, 1, 1), WK000101=(1, 0, 2, 1), WK000102=(2, 0, 4, 1))]
    signs = [("p.een", "WK000100", 1), ("p.een", "WK000101", 1), ("p.twee", "WK000101", 1), ("p.twee", "WK000102", 1)]
    signs += [("p.rest", "WK000100", 1), ("p.rest", "WK000101", -1)]
    composition = Composition.validate(
        pl.DataFrame(signs, schema=["composed", "part", "sign"], orient="row"), cast=True
    )
    areas = _areas("WK000100", "WK000101", "WK000102", "p.een", "p.twee", "p.rest")
    shapes = edition_boundaries(areas, composition, [codes_of(2020, *wijken), codes_of(2022, *later)], maps)
    area = shapely.area(shapely.from_wkb(shapes["geometry_rd"].to_numpy())) / 1e6
    return dict(zip(shapes["code"], area, strict=True))


def test_a_later_polygon_serves_where_the_area_is_the_same(codes_of: Factory, map_of: Factory) -> None:
    assert _drawn(codes_of, map_of)["WK000100"] == 1.0


def test_an_area_that_was_redrawn_is_not_drawn(codes_of: Factory, map_of: Factory) -> None:
    assert "WK000102" not in _drawn(codes_of, map_of)


def test_a_neighbourhood_is_drawn_as_the_union_of_all_its_parts(codes_of: Factory, map_of: Factory) -> None:
    drawn = _drawn(codes_of, map_of)
    assert drawn["p.een"] == 2.0
    assert "p.twee" not in drawn
    assert "p.rest" not in drawn
