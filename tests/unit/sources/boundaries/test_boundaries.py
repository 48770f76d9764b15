"""Maps of areas, brought to the Dutch grid."""

import gzip
import json
from itertools import pairwise
from pathlib import Path

import dataframely as dy
import polars as pl
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.domain.frames import Boundaries
from wijkpeil.domain.source import Table
from wijkpeil.sources.boundaries import BOUNDARY_FORMS

Ring = list[tuple[float, float]]
SQUARE: Ring = [(155000, 463000), (156000, 463000), (156000, 464000), (155000, 464000), (155000, 463000)]
GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


def feature(ring: Ring, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def geojson(*features: dict[str, object], crs: dict[str, object] | None = GRID) -> bytes:
    named = {} if crs is None else {"crs": crs}
    return json.dumps({"type": "FeatureCollection", **named, "features": list(features)}).encode()


def read(data: bytes, form: str = "boundaries_geojson", vintage: int = 2020) -> dy.DataFrame[Boundaries]:
    table = Table(id="kaart", year=None, vintage=vintage, files=(), form=form)
    return BOUNDARY_FORMS[form](data, table=table, file="kaart")


def shape_of(found: dy.DataFrame[Boundaries], code: str) -> shapely.Geometry:
    return shapely.from_wkb(found.row(by_predicate=pl.col("code") == code, named=True)["geometry_rd"])


@pytest.mark.parametrize(
    ("properties", "code", "name"),
    [
        ({"statcode": "WK059914", "statnaam": "Charlois"}, "WK059914", "Charlois"),
        ({"WKC": "WK059914", "WKN": "Charlois", "GMC": "GM0599", "GMN": "Rotterdam"}, "WK059914", "Charlois"),
        ({"code": "BU05991571  ", "naam": "Tarwewijk"}, "BU05991571", "Tarwewijk"),
        ({"buurtcode": "BU05991571", "buurtnaam": "Tarwewijk", "wijkcode": "WK059915"}, "BU05991571", "Tarwewijk"),
        ({"postcode": 3081}, "PC3081", "3081"),
    ],
)
def test_the_code_and_the_name_are_found_under_the_names_that_maps_give_them(
    properties: dict[str, object], code: str, name: str
) -> None:
    found = read(geojson(feature(SQUARE, **properties)))
    assert found.select("code", "vintage", "name", "is_coarse").rows() == [(code, 2020, name, False)]


def test_a_map_in_the_grid_stays_as_it_is() -> None:
    assert shapely.area(shape_of(read(geojson(feature(SQUARE, code="GM0307"))), "GM0307")) == 1e6


def test_a_map_in_degrees_comes_to_the_grid() -> None:
    """The origin of the grid is the tower of Amersfoort, at (155000, 463000)."""
    east, north = 5.38720621, 52.15517440
    ring = [(east, north), (east + 0.01, north), (east + 0.01, north + 0.01), (east, north + 0.01), (east, north)]
    west, south, _, _ = shapely.bounds(shape_of(read(geojson(feature(ring, code="GM0307"), crs=None)), "GM0307"))
    assert (west, south) == (pytest.approx(155000, abs=20), pytest.approx(463000, abs=1))


def test_a_map_that_names_the_wrong_grid_is_read_by_where_it_lies() -> None:
    assert shapely.area(shape_of(read(geojson(feature(SQUARE, code="GM0307"), crs=None)), "GM0307")) == 1e6


def test_a_map_of_elsewhere_is_refused() -> None:
    ring = [(30.0, 10.0), (31.0, 10.0), (31.0, 11.0), (30.0, 10.0)]
    with pytest.raises(FaultsFound, match="niet in het Nederlandse stelsel"):
        read(geojson(feature(ring, code="GM0307"), crs=None))


def test_a_ring_that_crosses_itself_is_repaired() -> None:
    bow_tie = [(155000, 463000), (156000, 464000), (156000, 463000), (155000, 464000), (155000, 463000)]
    shape = shape_of(read(geojson(feature(bow_tie, code="GM0307"))), "GM0307")
    assert shapely.is_valid(shape)
    assert shapely.area(shape) == pytest.approx(5e5)


def test_an_area_in_several_features_is_one() -> None:
    beside = [(x + 2000, y) for x, y in SQUARE]
    found = read(geojson(feature(SQUARE, code="GM0307"), feature(beside, code="GM0307")))
    assert found.height == 1
    assert shapely.area(shape_of(found, "GM0307")) == 2e6


def test_water_and_shapes_that_were_simplified_away_are_no_areas() -> None:
    gone = {**feature(SQUARE, code="GM0308", water="NEE"), "geometry": {"type": "Polygon", "coordinates": []}}
    lake = feature([(x + 2000, y) for x, y in SQUARE], code="GM0307", water="JA")
    found = read(geojson(feature(SQUARE, code="GM0307", water="NEE"), lake, gone))
    assert found["code"].to_list() == ["GM0307"]
    assert shapely.area(shape_of(found, "GM0307")) == 1e6


def test_a_feature_without_a_code_refuses_the_map() -> None:
    with pytest.raises(FaultsFound, match="1 van de 2 vlakken geen gebiedscode"):
        read(geojson(feature(SQUARE, code="GM0307"), feature(SQUARE, code="?")))


def test_a_packed_map_that_was_cut_off_is_refused() -> None:
    packed = gzip.compress(geojson(feature(SQUARE, code="GM0307")))
    assert read(packed).height == 1
    with pytest.raises(FaultsFound, match="afgebroken"):
        read(packed[:-12])


@pytest.mark.parametrize("form", ["boundaries_geojson", "boundaries_topojson"])
@pytest.mark.parametrize("data", [b"", b"{}", b"<html>", b'{"type": "FeatureCollection", "features": []}'])
def test_what_is_no_map_is_refused_with_a_sentence(form: str, data: bytes) -> None:
    with pytest.raises(FaultsFound):
        read(data, form)


TWO_SQUARES = {
    "type": "Topology",
    "transform": {"scale": [100, 100], "translate": [155000, 463000]},
    "arcs": [
        [[10, 0], [2, 2], [-2, 8]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 0], [10, 0], [0, 10], [-10, 0]],
    ],
    "objects": {
        "layer": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"statcode": "GM0001", "statnaam": "West"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"statcode": "GM0002", "statnaam": "Oost"}},
            ],
        }
    },
}


def test_neighbours_share_a_border_walked_both_ways() -> None:
    found = read(json.dumps(TWO_SQUARES).encode(), "boundaries_topojson")
    west, east = shape_of(found, "GM0001"), shape_of(found, "GM0002")
    bend = (156200, 463200)
    corners = [(155000, 463000), (156000, 463000), bend, (156000, 464000), (155000, 464000)]
    assert shapely.equals(west, shapely.Polygon(corners))
    corners = [(157000, 463000), (156000, 463000), bend, (156000, 464000), (157000, 464000)]
    assert shapely.equals(east, shapely.Polygon(corners))
    assert found["is_coarse"].all()


@settings(deadline=None, max_examples=25)
@given(st.floats(3.5, 7.0), st.floats(51.0, 53.3), st.floats(0.001, 0.05))
def test_every_shape_comes_out_valid_and_in_the_grid(west: float, south: float, size: float) -> None:
    ring = [(west, south), (west + size, south + size), (west + size, south), (west, south + size), (west, south)]
    shape = shape_of(read(geojson(feature(ring, code="GM0307"), crs=None)), "GM0307")
    assert shapely.is_valid(shape)
    left, bottom, right, top = shapely.bounds(shape)
    assert -50_000 < left < right < 330_000
    assert 280_000 < bottom < top < 640_000


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "areas", "km2"),
    [
        ("wijk_2022_tmap.geojson", 3340, 35_088),
        ("gemeente_2022_tmap.geojson", 345, 35_088),
        ("buurt_2024_lbm_wgs84.geojson.gz", 12147, 29_519),
        ("wijk_2016_rd_elan.geojson", 2979, 34_999),
        ("rotterdam_buurten_wgs84_repaired.geojson", 78, 145),
    ],
)
def test_a_real_map_has_all_its_areas_and_the_size_of_the_country(
    shared: Path, file: str, areas: int, km2: int
) -> None:
    found = read((shared / "data/boundaries" / file).read_bytes())
    shapes = shapely.from_wkb(found["geometry_rd"].to_numpy())
    assert (found.height, found["code"].n_unique()) == (areas, areas)
    assert shapely.is_valid(shapes).all()
    assert shapely.area(shapes).sum() / 1e6 == pytest.approx(km2, abs=1)


@pytest.mark.real
def test_three_areas_of_a_real_map_by_hand(shared: Path) -> None:
    """Worked out from the raw rings with the shoelace formula, which needs no library: three wijken of 2016."""
    path = shared / "data/boundaries/wijk_2016_rd_elan.geojson"
    raw = {f["properties"]["WKC"]: f["geometry"]["coordinates"] for f in json.loads(path.read_bytes())["features"]}
    found = read(path.read_bytes(), vintage=2016)
    for code in ("WK008034", "WK008050", "WK051829"):
        by_hand = sum(shoelace(rings[0]) - sum(map(shoelace, rings[1:])) for rings in raw[code])
        assert shapely.area(shape_of(found, code)) == pytest.approx(by_hand, rel=1e-3)


def shoelace(ring: Ring) -> float:
    """Work out the area in a ring."""
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))) / 2


@pytest.mark.real
def test_topojson_is_read_as_gdal_reads_it(shared: Path) -> None:
    path = shared / "data/boundaries/gemeente_2015_q1e3.topojson"
    _, _, shapes, fields = pyogrio.raw.read(f"TopoJSON:{path}", columns=["statcode"])
    theirs = dict(zip(fields[0], shapely.from_wkb(shapes), strict=True))
    found = read(path.read_bytes(), "boundaries_topojson")
    assert found.height == len(theirs) == 393
    assert found["is_coarse"].all()
    to_degrees = Transformer.from_crs("EPSG:28992", "EPSG:4326", always_xy=True)
    for code in ("GM0363", "GM0599", "GM0344"):
        ours = shapely.transform(shape_of(found, code), to_degrees.transform, interleaved=False)
        assert shapely.area(ours) == pytest.approx(shapely.area(theirs[code]), rel=1e-3)
