"""The map services of the Leefbaarometer and PDOK.

No answer of either was recorded: those here are made by hand, from the fields that the Leefbaarometer
documents for its layers (id, name, gemeente, year, kscore, afw and its dimensions), the envelope of GeoServer's
GeoJSON, and the standard "OGC API - Features - Part 1" with the fields of the CBS map at PDOK.
"""

import csv
import json
from typing import Any

import pytest

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources import leefbaarometer
from wijkpeil.sources.fetch import Outcome

LAYER = Table(
    id="lbm3-buurten-2024",
    year=2024,
    vintage=2024,
    files=("lbm3_scores_buurten_2024*.csv",),
    form="lbm3_csv",
    protocol="wfs",
    address="lbm3:buurtscore24",
)
MAP = Table(
    id="buurten-2024",
    year=None,
    vintage=2024,
    files=("buurten_2024*.geojson",),
    form="boundaries_geojson",
    protocol="ogc_features",
    address="cbs/wijken-en-buurten-2024/ogc/v1/collections/buurten",
)
SHAPE = {"type": "Polygon", "coordinates": [[[5.8, 53.2], [5.9, 53.2], [5.9, 53.3], [5.8, 53.2]]]}


def score(number: int, year: int = 2024) -> dict[str, Any]:
    """Give one feature of the layer, as GeoServer writes it."""
    fields = {"id": f"BU0080{number:04}", "name": f"Buurt {number}", "gemeente": "Leeuwarden", "year": str(year)}
    return {
        "type": "Feature",
        "id": f"buurtscore24.{number}",
        "geometry": SHAPE,
        "geometry_name": "geom",
        "properties": fields | {"kscore": 5, "kafw": 4, "afw": -0.0123, "kwon": None, "won": None},
    }


@pytest.fixture
def scores(replay: Any, making: Any) -> list[dict[str, Any]]:
    """Serve 2,345 buurten by startIndex and count."""
    features = [score(number) for number in range(2345)]

    def layer(question: dict[str, str]) -> Any:
        assert question["typeNames"] == "lbm3:buurtscore24" and question["request"] == "GetFeature"
        start, count = int(question["startIndex"]), int(question["count"])
        part = features[start : start + count]
        answer = {
            "type": "FeatureCollection",
            "features": part,
            "totalFeatures": len(features),
            "numberMatched": len(features),
            "numberReturned": len(part),
            "timeStamp": f"2026-11-24T12:00:{len(replay.asked):02}.000Z",
            "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4326"}},
        }
        return making.answer(body=json.dumps(answer).encode())

    replay.routes["/wfs"] = layer
    return features


def layer_source(making: Any) -> Source:
    return making.source(LAYER, name="leefbaarometer_3")


def test_a_layer_comes_in_by_pages_and_reads_as_leefbaarometer_3(
    scores: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    source = layer_source(making)
    indicator = making.indicator("leefbaarometer_3", {2024: "afw"})
    (fetched,) = fetcher.get(source, indicators=(indicator,))
    assert fetched.outcome is Outcome.FETCHED, fetched.complaints
    assert fetched.complaints == ()
    assert replay.times("count=1000").total() == 3
    lines = list(csv.DictReader(fetched.file.read_text(encoding="utf-8").splitlines()))
    assert [line["id"] for line in lines] == [feature["properties"]["id"] for feature in scores]
    parsed = leefbaarometer.FORMS["lbm3_csv"](fetched.file.read_bytes(), source=source, table=LAYER, file="lbm3.csv")
    assert parsed.frame.height == 2345
    assert parsed.frame["afw"].to_list()[0] == -0.0123


def test_a_layer_that_did_not_change_is_not_fetched_again(
    scores: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    fetcher.get(layer_source(making))
    (again,) = fetcher.get(layer_source(making))
    assert again.outcome is Outcome.ALREADY_THERE
    assert replay.times("count=1000").total() == 3


def test_a_layer_of_another_year_is_refused(scores: list[dict[str, Any]], fetcher: Any, making: Any) -> None:
    scores[:] = [score(number, year=2022) for number in range(5)]
    (failed,) = fetcher.get(layer_source(making))
    assert failed.outcome is Outcome.FAILED
    assert "niet over 2024" in failed.complaints[0].sentence
    assert fetcher.kept() == set()


def test_a_dimension_that_the_layer_lost_is_named(scores: list[dict[str, Any]], fetcher: Any, making: Any) -> None:
    for feature in scores:
        feature["properties"]["afwijking"] = feature["properties"].pop("afw")
    indicator = making.indicator("leefbaarometer_3", {2024: "afw"}, name="leefbaarheid")
    (fetched,) = fetcher.get(layer_source(making), indicators=(indicator,))
    assert [complaint.place for complaint in fetched.complaints] == ["kolom afw"]
    assert "leefbaarheid" in fetched.complaints[0].sentence


def test_a_layer_without_scores_is_an_empty_release(scores: list[dict[str, Any]], fetcher: Any, making: Any) -> None:
    for feature in scores:
        feature["properties"] |= {"kscore": None, "kafw": None, "afw": None}
    (fetched,) = fetcher.get(layer_source(making))
    assert fetched.outcome is Outcome.EMPTY


def area(number: int) -> dict[str, Any]:
    """Give one area of the map."""
    fields = {
        "buurtcode": f"BU0080{number:04}",
        "buurtnaam": f"Buurt {number}",
        "wijkcode": "WK008000",
        "gemeentecode": "GM0080",
        "gemeentenaam": "Leeuwarden",
        "water": "NEE",
        "jaar": 2024,
    }
    return {"type": "Feature", "id": f"{number:036}", "geometry": SHAPE, "properties": fields}


@pytest.fixture
def areas(replay: Any, making: Any) -> list[dict[str, Any]]:
    """Serve 2,100 buurten by cursor, as PDOK does."""
    features = [area(number) for number in range(2100)]
    root = "/cbs/wijken-en-buurten-2024/ogc/v1"

    def items(question: dict[str, str]) -> Any:
        start, limit = int(question.get("cursor", "0")), int(question["limit"])
        here = f"{replay.base}{root}/collections/buurten/items"
        links = [{"rel": "self", "type": "application/geo+json", "href": f"{here}?f=json"}]
        if start + limit < len(features):
            links.append(
                {
                    "rel": "next",
                    "type": "application/geo+json",
                    "href": f"{here}?cursor={start + limit}&f=json&limit={limit}",
                }
            )
        answer = {
            "type": "FeatureCollection",
            "timeStamp": "2026-11-24T12:00:00Z",
            "numberReturned": min(limit, len(features) - start),
            "features": features[start : start + limit],
            "links": links,
        }
        return making.answer(body=json.dumps(answer).encode(), kind="application/geo+json")

    landing = {
        "title": "CBS Wijken en Buurten 2024",
        "description": "",
        "links": [{"rel": "data", "href": "collections"}],
    }
    replay.fixed(root, landing)
    replay.routes[f"{root}/collections/buurten/items"] = items
    return features


def test_a_map_comes_in_by_links_as_one_geojson(areas: list[dict[str, Any]], fetcher: Any, making: Any) -> None:
    (fetched,) = fetcher.get(making.source(MAP, name="cbs_kaart"))
    assert fetched.outcome is Outcome.FETCHED, fetched.complaints
    assert fetched.file.name == "buurten_2024.geojson"
    assert json.loads(fetched.file.read_bytes()) == {"type": "FeatureCollection", "features": areas}


def test_a_map_goes_on_where_it_stopped(areas: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any) -> None:
    fetcher.interrupt_after = 1000
    with pytest.raises(KeyboardInterrupt):
        fetcher.get(making.source(MAP, name="cbs_kaart"))
    fetcher.interrupt_after = None
    (fetched,) = fetcher.get(making.source(MAP, name="cbs_kaart"))
    assert len(json.loads(fetched.file.read_bytes())["features"]) == len(areas)
    assert set(replay.times("/items").values()) == {1}


def test_a_map_of_another_year_is_refused(areas: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any) -> None:
    replay.fixed("/cbs/wijken-en-buurten-2024/ogc/v1", {"title": "CBS Wijken en Buurten 2023"})
    (failed,) = fetcher.get(making.source(MAP, name="cbs_kaart"))
    assert failed.outcome is Outcome.FAILED
    assert "niet over 2024" in failed.complaints[0].sentence
