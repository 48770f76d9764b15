"""A figure without a published error has that of its panel: level by level, upwards from parts, and never modelled."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.domain.indicator import Kind, Nature

NOISE = 4.0
YEARS = range(2012, 2018)
BUURTEN = [f"BU0001{place:04d}" for place in range(200)]
PEOPLE = {code: 500.0 + 20 * place for place, code in enumerate(BUURTEN)}
CITY = "GM0001"
JOINED = "prog.samen"


def drawn(**row: Any) -> pl.DataFrame:
    """Two hundred neighbourhoods with an error of 4, and their city as its publisher gives it."""
    chance = np.random.default_rng(5)
    level = chance.normal(100, 10, len(BUURTEN))
    rows = []
    for year in YEARS:
        seen = level + chance.normal(0, NOISE, len(BUURTEN))
        rows += [
            {"area": code, "period": year, "value": value, **row} for code, value in zip(BUURTEN, seen, strict=True)
        ]
        rows.append({"area": CITY, "period": year, "value": float(np.average(seen, weights=list(PEOPLE.values())))})
    return figures(rows)


def worked_out(drawn: pl.DataFrame, **traits: Any) -> pl.DataFrame:
    measured = {"kind": Kind.SCORE, "nature": Nature.SURVEYED, **traits}
    found = figures_of(
        drawn,
        areas=areas({CITY: sum(PEOPLE.values()), **PEOPLE}, {JOINED: CITY}),
        composition=composition({JOINED: BUURTEN[:4]}),
        population=population(),
        policy=policy(indicator(**measured)),
    )
    return found.with_columns(se=(pl.col("high") - pl.col("low")) / 2 / 1.959964).filter(pl.col("period") == 2015)


def error_of(found: pl.DataFrame, area: str, column: str = "se") -> float:
    return float(found.filter(pl.col("area") == area)[column][0])


def test_a_surveyed_score_without_an_error_has_that_of_its_panel_and_says_so():
    found = worked_out(drawn()).filter(pl.col("area").is_in(BUURTEN))
    assert set(found["interval"]) == {"panel"}
    assert found["se"].to_list() == pytest.approx([NOISE] * len(BUURTEN), rel=0.25)


def test_the_city_of_one_has_the_error_of_its_parts():
    found = worked_out(drawn())
    weight = np.array(list(PEOPLE.values()))
    assert error_of(found, CITY) == pytest.approx(NOISE * np.sqrt((weight**2).sum()) / weight.sum(), rel=0.15)
    assert found.filter(pl.col("area") == CITY)["interval"].to_list() == ["panel"]


def test_the_error_travels_to_a_joined_area_and_to_the_rest_of_the_city():
    found = worked_out(drawn())
    weight = np.array([PEOPLE[code] for code in BUURTEN[:4]])
    assert error_of(found, JOINED) == pytest.approx(NOISE * np.sqrt((weight**2).sum()) / weight.sum(), rel=0.25)
    beside = found.filter(pl.col("area").is_in([*BUURTEN, JOINED]))
    rest = (beside["rest_high"] - beside["rest_low"]) / 2 / 1.959964
    assert rest.null_count() == 0
    assert rest.min() >= 0.99 * error_of(found, CITY)
    assert rest.max() <= 1.1 * error_of(found, CITY)


def test_parts_of_less_than_half_of_the_people_tell_nothing_of_their_city():
    few = drawn().filter(pl.col("area").is_in([*BUURTEN[:60], CITY]))
    assert worked_out(few).filter(pl.col("area") == CITY)["interval"].to_list() == ["none_known"]


@pytest.mark.parametrize(
    ("traits", "row", "interval"),
    [
        ({"nature": Nature.MODELLED}, {}, "modelled"),
        ({"nature": Nature.MODELLED, "kind": Kind.MEAN}, {}, "modelled"),
        ({"nature": Nature.SURVEYED}, {"status": "modelled"}, "modelled"),
        ({"nature": Nature.MEASURED, "superpopulation": False}, {}, "not_applicable"),
        ({"nature": Nature.SURVEYED}, {"se": 2.0}, "standard_error"),
        ({"nature": Nature.MEASURED, "kind": Kind.MEAN, "spread": 30.0}, {"base": 500}, "known_spread"),
        ({"nature": Nature.MEASURED, "kind": Kind.MEAN}, {"base": 500}, "panel"),
        ({"nature": Nature.MEASURED, "kind": Kind.RATE}, {}, "panel"),
        ({"nature": Nature.MEASURED, "kind": Kind.RATE}, {"base": 500}, "poisson"),
        ({"nature": Nature.MEASURED, "kind": Kind.ORDINAL}, {}, "not_applicable"),
        ({"nature": Nature.MEASURED, "kind": Kind.COUNT}, {}, "not_applicable"),
    ],
)
def test_the_panel_speaks_only_where_nothing_better_is_known(traits, row, interval):
    found = worked_out(drawn(**row), **traits).filter(pl.col("area").is_in(BUURTEN))
    assert set(found["interval"]) == {interval}


def test_nothing_is_said_of_a_panel_of_a_few_areas_or_of_one_year():
    few = worked_out(drawn().filter(pl.col("area").is_in(BUURTEN[:10])))
    assert set(few.filter(pl.col("area").is_in(BUURTEN[:10]))["interval"]) == {"none_known"}
    one_year = worked_out(drawn().filter(pl.col("period") == 2015))
    assert set(one_year.filter(pl.col("area").is_in(BUURTEN))["interval"]) == {"none_known"}


def test_cities_are_no_part_of_the_panel_of_neighbourhoods():
    wild = drawn().with_columns(
        value=pl.when(pl.col("area") == CITY).then(pl.col("value") + 500 * (pl.col("period") % 2)).otherwise("value")
    )
    one, other = (worked_out(frame).filter(pl.col("area").is_in(BUURTEN))["se"] for frame in (wild, drawn()))
    assert one.equals(other)


def test_a_break_is_no_noise():
    jumped = drawn().with_columns(
        value=pl.col("value") + pl.when(pl.col("period") >= 2014).then(pl.col("value") * 0.5).otherwise(0)
    )
    broken = worked_out(jumped, broken_in=[2014]).filter(pl.col("area").is_in(BUURTEN))
    assert broken["se"].mean() < 1.6 * NOISE
