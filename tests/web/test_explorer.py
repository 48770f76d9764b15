"""The movable map: every border once, values in the order of the shapes, a still map for who has no script."""

import gzip
import json
import re

import numpy as np
import polars as pl
import pytest
import shapely

from wijkpeil.domain.area import Level
from wijkpeil.publication import Shelf
from wijkpeil.publication.coverage import coverage_of, encoded
from wijkpeil.publication.everywhere import latest_periods

MAP = "/editie/voorbeeld/kaart"


@pytest.fixture(scope="module")
def edition(example_shelf):
    return Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(scope="module")
def indicator(edition):
    there = latest_periods(edition)
    return next(one.id for one in edition.policy.indicators if one.is_judged and one.id in there)


def shapes(client, level: str) -> dict:
    return json.loads(client.get(f"{MAP}/{level}.json").content)


def values(client, **query: str) -> dict:
    answer = client.get(f"{MAP}/waarden?" + "&".join(f"{name}={value}" for name, value in query.items()))
    assert answer.status_code == 200, answer.content.decode()[-500:]
    return answer.json()


def lines(sent: dict) -> list[np.ndarray]:
    west, south, east, north = sent["box"]
    step = np.array([(east - west) / sent["steps"], (north - south) / sent["steps"]])
    return [np.cumsum(np.reshape(arc, (-1, 2)), axis=0) * step + (west, south) for arc in sent["arcs"]]


def drawn(sent: dict) -> list[shapely.Geometry]:
    """Build the shapes as the script does."""
    arcs = lines(sent)

    def ring(numbers):
        parts = [arcs[one] if one >= 0 else arcs[~one][::-1] for one in numbers]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    return [
        shapely.MultiPolygon([shapely.Polygon(ring(first), [ring(hole) for hole in holes]) for first, *holes in area])
        for area in sent["areas"]
    ]


@pytest.mark.parametrize("level", [Level.GEMEENTE, Level.WIJK, Level.PROGRAMME_AREA])
def test_every_area_of_a_level_with_a_shape_is_drawn_where_it_is(client, edition, level):
    from wijkpeil.publication.shapes import outlines

    sent = shapes(client, level.value)
    codes = set(edition.areas.filter(level=level.value)["code"]) & set(edition.boundaries["code"])
    assert sent["codes"] == sorted(codes)
    known = outlines(edition, sent["codes"])
    for code, shape in zip(sent["codes"], drawn(sent), strict=True):
        assert (
            shapely.area(shapely.symmetric_difference(shapely.make_valid(shape), known[code])) < 0.1 * known[code].area
        )


def test_a_border_between_two_areas_is_written_once():
    left, right = shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)
    sent = encoded(np.array([left, right]))
    used = [one for area in sent["areas"] for polygon in area for ring in polygon for one in ring]
    assert len(sent["arcs"]) == 3
    assert len({one if one >= 0 else ~one for one in used}) == 3
    assert len(used) == 4
    assert [round(shape.area / drawn(sent)[0].area, 2) for shape in drawn(sent)] == [1, 1]


def test_an_island_and_a_hole_keep_their_shape():
    ring = shapely.box(0, 0, 300, 300) - shapely.box(100, 100, 200, 200)
    inside = shapely.box(100, 100, 200, 200)
    outer, inner = drawn(encoded(np.array([ring, inside])))
    assert outer.area / inner.area == pytest.approx(8, rel=0.01)


def test_an_area_too_small_to_simplify_is_still_there(edition):
    for level in (Level.WIJK, Level.PROGRAMME_AREA):
        sent = json.loads(gzip.decompress(coverage_of(edition, level).packed))
        assert all(sent["areas"])


@pytest.mark.parametrize("what", ["waarde", "achterstand", "verandering"])
def test_values_stand_in_the_order_of_the_shapes(client, indicator, what):
    codes = shapes(client, "wijk")["codes"]
    sent = values(client, indicator=indicator, niveau="wijk", wat=what, vergelijking="country")
    for name in ("kinds", "unsure", "values", "lows", "highs", "why"):
        assert len(sent[name]) == len(codes)
    for kind, value, why in zip(sent["kinds"], sent["values"], sent["why"], strict=True):
        assert (kind < 0) == (value is None) == (why >= 0)
        if why >= 0:
            assert sent["reasons"][why]


def test_a_value_on_the_map_is_the_figure_of_the_edition(client, edition, indicator):
    codes = shapes(client, "wijk")["codes"]
    sent = values(client, indicator=indicator, niveau="wijk")
    figures = edition.figures(indicator=indicator).filter(period=sent["period"])
    known = dict(zip(figures["area"], figures["value"], strict=True))
    factor = edition.policy.indicator[indicator].unit.factor
    for code, value in zip(codes, sent["values"], strict=True):
        published = known.get(code)
        assert (value is None) == (published is None)
        if published is not None:
            assert value == pytest.approx(published * factor, abs=0.5001 * 10 ** -sent["decimals"])


def test_the_classes_stay_the_same_through_the_years(client, indicator):
    latest = values(client, indicator=indicator, niveau="wijk")
    assert len(latest["periods"]) > 1
    first = values(client, indicator=indicator, niveau="wijk", periode=str(latest["periods"][-1][0]))
    assert first["period"] != latest["period"]
    assert [text for _, text, _ in first["legend"]] == [text for _, text, _ in latest["legend"]]


def test_the_legend_counts_every_area(client, indicator):
    sent = values(client, indicator=indicator, niveau="wijk")
    assert sum(count for _, _, count in sent["legend"]) == sum(kind >= 0 for kind in sent["kinds"])


def test_a_margin_over_more_classes_is_unsure(client, indicator):
    sent = values(client, indicator=indicator, niveau="wijk")
    rows = zip(sent["unsure"], sent["lows"], sent["highs"], strict=True)
    assert all(low is not None and high is not None and low < high for unsure, low, high in rows if unsure)


def test_the_comparator_stands_in_the_caption_of_a_gap_a_change_and_a_verdict(client, indicator):
    for what in ("achterstand", "verandering", "oordeel"):
        sent = values(client, indicator=indicator, niveau="wijk", wat=what, vergelijking="country")
        assert "Voorbeeldland" in sent["caption"].split(",", 1)[-1]


def test_a_verdict_is_a_sign_and_a_word(client, edition, indicator):
    sent = values(client, indicator=indicator, wat="oordeel")
    assert len(sent["kinds"]) == len(shapes(client, "programmagebied")["codes"])
    assert sent["legend"][0][1] == "▲ loopt in"
    judged = edition.verdicts(indicator=indicator, comparator="rest_of_city")
    counted = {text.split(" ", 1)[1]: count for _, text, count in sent["legend"]}
    assert sum(counted.values()) == judged.height
    assert counted["loopt in"] == judged.filter(pl.col("verdict") == "catching_up").height


def test_shapes_are_sent_packed_and_kept_for_ever_under_their_own_address(client):
    written = client.get(MAP).content.decode()
    at = re.search(r'as="fetch" crossorigin href="([^"]+json[^"]*)"', written)[1]
    answer = client.get(at, headers={"accept-encoding": "gzip", "host": "localhost"})
    assert answer["Content-Encoding"] == "gzip"
    assert "immutable" in answer["Cache-Control"]
    assert answer["ETag"]
    assert json.loads(gzip.decompress(answer.content)) == shapes(client, "gemeente")


def test_without_a_script_there_is_a_still_map_and_a_table(client, edition, indicator):
    written = client.get(f"{MAP}?indicator={indicator}&niveau=wijk&gemeente=GM9001").content.decode()
    still = written.split("<noscript>")[1].split("</noscript>")[0]
    names = edition.areas.filter(level="wijk", gemeente="GM9001")["name"]
    assert 'class="map"' in still
    assert any(name in still for name in names)
    assert "<table" in still


@pytest.mark.parametrize(
    "query",
    ["indicator=bestaat_niet", "wat=alles", "niveau=straat", "periode=vroeger", "gemeente=GM0000", "niveau=../../etc"],
)
def test_a_map_that_cannot_be_made_is_a_plain_page(client, query):
    answer = client.get(f"{MAP}?{query}")
    assert answer.status_code == 400
    assert "Traceback" not in answer.content.decode()


def test_no_hidden_figure_is_in_the_values(client, edition):
    codes = shapes(client, "wijk")["codes"]
    for one in list(latest_periods(edition))[:12]:
        sent = values(client, indicator=one, niveau="wijk")
        hidden = edition.figures(indicator=one).filter(pl.col("value").is_null(), period=sent["period"])["area"]
        gone = set(hidden)
        assert all(value is None for code, value in zip(codes, sent["values"], strict=True) if code in gone)


def test_an_unknown_level_is_not_there(client):
    assert client.get(f"{MAP}/straat.json").status_code == 404
