"""Methods as an edition gives them: from published figures, each answer with its reason where there is none."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from wijkpeil.domain.area import Level
from wijkpeil.domain.composite import Against, Composite, Part
from wijkpeil.domain.indicator import Break, Nature, Review
from wijkpeil.domain.reason import Reason
from wijkpeil.publication import Edition, methods
from wijkpeil.publication.findings import crowd_of
from wijkpeil.publication.subject import subject_of

CITY, AREA = "GM9001", "WK900110"
SCORE = Composite(
    id="geld",
    theme="inkomen_schulden",
    label="Geld",
    label_en="Money",
    base_year=2010,
    why="een voorbeeld",
    parts=(Part(indicator="bijstand", weight=2, why=""), Part(indicator="kinderen_armoede", weight=1, why="")),
    review=Review(author="a", checked_by="b", review_due=date(2030, 1, 1)),
)


@pytest.fixture(scope="module")
def now(edition: Edition) -> pl.DataFrame:
    figures = edition.figures(indicator="bijstand").filter(period=2020)
    codes = methods.among(edition.areas, edition.composition, city=CITY, level=Level.WIJK)
    return figures.filter(pl.col("area").is_in([CITY, *codes]))


def scores(edition: Edition, **options: object):
    figures = pl.concat([edition.figures(indicator=part) for part in SCORE.shares])
    codes = methods.among(edition.areas, edition.composition, city=CITY, level=Level.WIJK)
    return methods.theme_scores(
        figures, composite=SCORE, codes=codes, city=CITY, areas=edition.areas, policy=edition.policy, **options
    )


def test_a_composed_area_takes_the_place_of_its_parts(edition: Edition) -> None:
    composed, city = edition.areas.filter(level="programmagebied").select("code", "gemeente").row(0)
    parts = set(edition.composition.filter(composed=composed)["part"])
    alone = set(methods.among(edition.areas, edition.composition, city=city, level=Level.WIJK))
    with_it = set(methods.among(edition.areas, edition.composition, city=city, level=Level.WIJK, area=composed))
    assert parts <= alone
    assert with_it == (alone - parts) | {composed}


def test_a_funnel_stands_around_the_published_figure_of_the_city(edition: Edition) -> None:
    found = edition.funnel(indicator="bijstand", city=CITY, level=Level.WIJK)
    latest = edition.figures(area=CITY, indicator="bijstand").filter(pl.col("value").is_not_null()).sort("period")
    assert found.whole.value == latest["value"][-1]
    assert set(found.areas["period"]) == {latest["period"][-1]}
    assert found.areas["area"].is_sorted()
    assert found.areas.filter(pl.col("reason").is_null())["q_value"].is_between(0, 1).all()


def test_gemeenten_stand_around_their_country(edition: Edition) -> None:
    found = edition.funnel(indicator="bijstand", city=edition.manifest.country, level=Level.GEMEENTE)
    assert found.areas["area"].str.starts_with("GM").all()
    assert found.areas.height == edition.areas.filter(level="gemeente").height


def test_the_order_of_rows_changes_no_answer(edition: Edition, now: pl.DataFrame) -> None:
    indicator = edition.policy.indicator["bijstand"]
    turned = now.reverse()
    one, other = (methods.funnel(one, indicator=indicator, city=CITY) for one in (now, turned))
    assert one.areas.equals(other.areas)
    one, other = (methods.smoothed(f, indicator=indicator, city=CITY, areas=edition.areas) for f in (now, turned))
    assert one.equals(other)


def test_a_large_design_effect_makes_areas_lean_more_on_their_city(edition: Edition, now: pl.DataFrame) -> None:
    plain = edition.policy.indicator["bijstand"]
    own = [
        methods.smoothed(now, indicator=one, city=CITY, areas=edition.areas)["own"]
        for one in (plain, replace(plain, design_effect=4.0))
    ]
    assert (own[1] < own[0]).drop_nulls().all()


def test_steadier_figures_together_are_the_city_and_stand_beside_the_direct_ones(edition: Edition) -> None:
    found = edition.smoothed(indicator="bijstand", city=CITY, level=Level.WIJK, period=2020)
    direct = edition.figures(indicator="bijstand").filter(period=2020).select("area", "value", "base")
    beside = found.join(direct, on="area", how="left", suffix="_direct")
    assert beside["value"].equals(beside["value_direct"])
    known = beside.filter(pl.col("smoothed").is_not_null())
    target = np.average(known["value"], weights=known["base"])
    assert np.average(known["smoothed"], weights=known["base"]) == pytest.approx(target, abs=2e-3)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"nature": Nature.MEASURED, "superpopulation": False}, Reason.COUNTED),
        ({"nature": Nature.MODELLED}, Reason.MODELLED),
    ],
)
def test_what_chance_says_nothing_of_has_its_reason_and_no_number(edition: Edition, now, change, reason) -> None:
    indicator = replace(edition.policy.indicator["bijstand"], **change)
    figures = now
    if reason is Reason.MODELLED:
        figures = now.with_columns(interval=pl.lit("modelled"), low=pl.lit(None), high=pl.lit(None))
    funnel = methods.funnel(figures, indicator=indicator, city=CITY).areas
    smoothed = methods.smoothed(figures, indicator=indicator, city=CITY, areas=edition.areas)
    line = methods.trend(figures, indicator=indicator)
    there = set(now.filter(pl.col("value").is_not_null())["area"])
    for found in (funnel, smoothed, line):
        said = found.filter(pl.col("area").is_in(there))["reason"].cast(pl.String)
        assert set(said) == {reason.value}
    assert funnel["q_value"].drop_nulls().is_empty()
    assert smoothed["smoothed"].drop_nulls().is_empty()
    assert line["level"].drop_nulls().is_empty()


def test_without_the_figure_of_the_city_nothing_leans_on_it(edition: Edition, now: pl.DataFrame) -> None:
    areas_alone = now.filter(pl.col("area") != CITY)
    indicator = edition.policy.indicator["bijstand"]
    found = methods.smoothed(areas_alone, indicator=indicator, city=CITY, areas=edition.areas)
    assert set(found["reason"].cast(pl.String)) == {Reason.NO_COMPARATOR.value}
    assert found["smoothed"].drop_nulls().is_empty()


def test_a_line_runs_through_the_figures_and_is_cut_by_a_break(edition: Edition) -> None:
    line = edition.trend(area=AREA, indicator="bijstand").filter(pl.col("level").is_not_null())
    assert (line["low"] <= line["level"]).all()
    assert (line["level"] <= line["high"]).all()
    broken = replace(edition.policy.indicator["bijstand"], breaks=(Break(year=2012, note=""),))
    cut = methods.trend(edition.figures(area=AREA, indicator="bijstand"), indicator=broken)
    pieces = cut.group_by("piece").agg(pl.col("period").min(), last=pl.col("period").max()).sort("piece")
    assert pieces["period"][1] == 2012
    assert pieces["last"][0] == 2011


def test_the_parts_of_a_score_add_up_to_it_and_places_are_ranges(edition: Edition) -> None:
    found = scores(edition)
    known = found.scores.filter(pl.col("score").is_not_null())
    summed = found.parts.group_by("area", "period").agg(pl.col("contribution").sum())
    beside = known.join(summed, on=["area", "period"])
    assert beside.height == known.height > 0
    assert (beside["score"] - 100 - beside["contribution"]).abs().max() < 1e-4
    assert (known["place_low"] <= known["place_high"]).all()


def test_a_score_moves_with_its_city_only_where_the_city_of_the_same_year_is_a_hundred(edition: Edition) -> None:
    fixed, moving = scores(edition).scores, scores(edition, against=Against.SAME_YEAR).scores
    same = (fixed["score"] - moving["score"]).abs()
    of_base = fixed["period"] == SCORE.base_year
    assert same.filter(of_base).max() < 1e-6
    assert same.filter(~of_base).max() > 0.1


def test_an_area_of_a_few_people_has_no_score_and_no_place(edition: Edition) -> None:
    few = edition.areas.filter(gemeente=CITY, level="wijk").sort("population")["code"][0]
    floor = edition.areas.filter(code=few)["population"].item() + 1
    policy = replace(edition.policy, look_alikes=replace(edition.policy.look_alikes, minimum_population=floor))
    figures = pl.concat([edition.figures(indicator=part) for part in SCORE.shares])
    codes = methods.among(edition.areas, edition.composition, city=CITY, level=Level.WIJK)
    found = methods.theme_scores(
        figures, composite=SCORE, codes=codes, city=CITY, areas=edition.areas, policy=policy
    ).scores.filter(area=few)
    assert set(found["reason"].cast(pl.String)) == {Reason.TOO_FEW_PEOPLE.value}
    assert found["score"].drop_nulls().is_empty()


def test_a_page_gets_what_the_edition_says(edition: Edition) -> None:
    about = subject_of(edition, AREA, indicators=("bijstand",), with_methods=True)
    reading = about.readings[0]
    smoothed = edition.smoothed(indicator="bijstand", city=CITY, level=Level.WIJK, period=reading.latest.period)
    assert reading.findings.smoothed.value == smoothed.filter(area=AREA)["smoothed"].item()
    names = dict(zip(edition.areas["code"], edition.areas["name"], strict=True))
    found = edition.funnel(indicator="bijstand", city=CITY, level=Level.WIJK, period=reading.latest.period)
    assert reading.findings.crowd == crowd_of(found, city=about.area.gemeente_name, names=names)
    line = edition.trend(area=AREA, indicator="bijstand").filter(pl.col("level").is_not_null())
    assert [point.level for point in reading.findings.trend.points] == line["level"].to_list()
