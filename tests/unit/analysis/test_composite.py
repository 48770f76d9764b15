"""A theme score opens into its parts, tells its margin, and does not hide what other weights would make of it."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.analysis.composite import ThemeScores, theme_scores, usual_differences
from wijkpeil.domain.composite import Against, Composite, Part
from wijkpeil.domain.indicator import Review
from wijkpeil.domain.reason import Reason

REVIEW = Review(author="a", checked_by="b", review_due=date(2030, 1, 1))
SIGNS = {"werk": 1, "schuld": -1, "hulp": 1}


def composite(**weights: float) -> Composite:
    parts = tuple(Part(indicator=name, weight=weight, why="") for name, weight in weights.items())
    return Composite(id="geld", theme="t", label="", label_en="", base_year=2014, why="", parts=parts, review=REVIEW)


GELD = composite(werk=2, schuld=1, hulp=1)


def country(areas: int = 8, *, se: float | None = 0.01, seed: int = 1) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two cities in two years; the figures of the cities are the means of their areas."""
    chance = np.random.default_rng(seed)
    rows = [
        (f"WK{city}{number:02d}", f"GM{city}", name, year, float(chance.normal(0.4, 0.05)), se)
        for city in "12"
        for number in range(areas)
        for name in SIGNS
        for year in (2014, 2016)
    ]
    schema = {"area": pl.String, "city": pl.String, "indicator": pl.String, "period": pl.Int16}
    figures = pl.DataFrame(rows, schema=schema | {"value": pl.Float64, "se": pl.Float64}, orient="row")
    return figures, figures.group_by("city", "indicator", "period").agg(pl.col("value").mean())


def scored(figures: pl.DataFrame, cities: pl.DataFrame, *, of: Composite = GELD, **other) -> ThemeScores:
    given_ = {"differences": usual_differences(figures, cities, composite=of), "seed": 7, "signs": SIGNS}
    return theme_scores(figures, cities, composite=of, **{**given_, **other})


def test_the_parts_add_up_to_the_score():
    found = scored(*country())
    added = found.parts.group_by("area", "period", maintain_order=True).agg(pl.col("contribution").sum())
    assert found.scores["score"].to_numpy() == pytest.approx(100 + added["contribution"].to_numpy(), abs=1e-5)


def test_the_city_of_the_base_year_is_100():
    found = scored(*country()).scores.filter(pl.col("period") == 2014)
    assert found.group_by("city").agg(pl.col("score").mean())["score"].to_list() == pytest.approx([100, 100], abs=1e-5)


def test_against_the_same_year_the_city_is_100_every_year():
    figures, cities = country()
    better = pl.when((pl.col("indicator") == "werk") & (pl.col("period") == 2016)).then(0.2).otherwise(0.0)
    figures, cities = figures.with_columns(pl.col("value") + better), cities.with_columns(pl.col("value") + better)
    fixed, moving = (scored(figures, cities, against=one).scores for one in (Against.BASE_YEAR, Against.SAME_YEAR))
    mean = pl.col("score").filter(pl.col("period") == 2016).mean()
    assert fixed.select(mean).item() > 110
    assert moving.select(mean).item() == pytest.approx(100, abs=1e-5)


def test_ten_points_are_the_usual_difference_of_the_base_year():
    figures, cities = country(40)
    found = scored(figures, cities, of=composite(werk=1, schuld=1)).parts.filter(pl.col("period") == 2014)
    assert found.group_by("indicator").agg(((pl.col("part") - 100) ** 2).mean().sqrt())["part"].to_list() == (
        pytest.approx([10, 10], abs=1e-4)
    )


def test_lower_is_better_raises_the_score():
    figures, cities = country()
    less = figures.with_columns(
        value=pl.when((pl.col("area") == "WK100") & (pl.col("indicator") == "schuld")).then(0.1).otherwise("value")
    )
    given_ = usual_differences(figures, cities, composite=GELD)
    before, after = (scored(one, cities, differences=given_).scores["score"][0] for one in (figures, less))
    assert after > before


def test_a_larger_weight_pulls_the_score_towards_its_part():
    figures, cities = country()
    light, heavy = (scored(figures, cities, of=composite(werk=weight, schuld=1)) for weight in (1, 9))
    part = light.parts.filter(pl.col("indicator") == "werk")["part"].to_numpy()
    away = [np.abs(one.scores["score"].to_numpy() - part) for one in (light, heavy)]
    assert (away[1] <= away[0] + 1e-6).all()


def test_the_margin_by_simulation_is_that_of_the_formula():
    figures, cities = country(60)
    found = scored(figures, cities)
    scale = usual_differences(figures, cities, composite=GELD)["difference"].to_numpy()
    error = np.sqrt(np.sum((np.array([0.5, 0.25, 0.25]) * 10 * 0.01 / scale) ** 2))
    width = (found.scores["high"] - found.scores["low"]).mean()
    assert width == pytest.approx(2 * 1.96 * error, rel=0.02)
    assert (found.scores["low"] < found.scores["score"]).all()


def test_a_part_without_an_error_leaves_the_score_without_a_margin_and_without_a_place():
    figures, cities = country()
    unsure = figures.with_columns(
        se=pl.when((pl.col("area") == "WK100") & (pl.col("indicator") == "hulp")).then(None).otherwise("se")
    )
    found = scored(unsure, cities).scores
    own = found.filter(pl.col("area") == "WK100")
    assert set(own["margin_reason"]) == {Reason.NO_ERROR_KNOWN.value}
    assert own["score"].null_count() == 0
    assert own["low"].null_count() == 2
    city = found.filter(pl.col("city") == "GM1")
    assert city["place_low"].null_count() == city.height, "where one may be anywhere nobody has a place"
    assert found.filter(pl.col("city") == "GM2")["place_low"].null_count() == 0


def test_places_are_ranges_and_wide_where_areas_are_alike():
    figures, cities = country(10, se=0.05)
    alike = scored(figures, cities).scores
    width = (alike["place_high"] - alike["place_low"]).mean()
    assert width > 5
    sharp = scored(figures.with_columns(se=pl.lit(1e-9)), cities).scores
    assert (sharp["place_low"] == sharp["place_high"]).all()
    assert sharp.filter((pl.col("city") == "GM1") & (pl.col("period") == 2014))["place_low"].sort().to_list() == [
        *range(1, 11)
    ]


def test_other_weights_are_shown_and_hold_the_score_itself():
    found = scored(*country()).scores
    inside = (found["other_weights_low"] <= found["score"]) & (found["score"] <= found["other_weights_high"])
    assert inside.all()
    assert (found["place_other_weights_low"] <= found["place_other_weights_high"]).all()
    same = country()[0].with_columns(value=pl.lit(0.4) + pl.col("area").str.slice(-1).cast(pl.Float64) * 0.01)
    cities = same.group_by("city", "indicator", "period").agg(pl.col("value").mean())
    alike = scored(same, cities, signs=dict.fromkeys(SIGNS, 1)).scores
    assert alike["other_weights_low"].to_numpy() == pytest.approx(alike["other_weights_high"].to_numpy(), abs=1e-5)


def test_the_score_without_a_part_is_told():
    figures, cities = country()
    found = scored(figures, cities).parts.filter(pl.col("indicator") == "hulp")["score_without"]
    rest = scored(figures, cities, of=composite(werk=2, schuld=1)).scores["score"]
    assert found.to_numpy() == pytest.approx(rest.to_numpy(), abs=1e-5)


def test_an_area_that_lacks_a_part_has_no_score_and_the_others_are_not_blown_up():
    figures, cities = country()
    lacking = figures.filter(~((pl.col("area") == "WK100") & (pl.col("indicator") == "hulp")))
    found = scored(lacking, cities)
    own = found.scores.filter(pl.col("area") == "WK100")
    assert set(own["reason"]) == {Reason.PART_MISSING.value}
    assert own["score"].null_count() == own["other_weights_low"].null_count() == 2
    assert found.parts.filter(pl.col("area") == "WK100")["contribution"].null_count() == 6
    assert found.scores.filter(pl.col("area") != "WK100")["score"].null_count() == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda figures, cities: (figures, cities.filter(pl.col("indicator") != "hulp")), Reason.NO_COMPARATOR),
        (lambda figures, cities: (figures.filter(pl.col("period") > 2014), cities), Reason.NO_SPREAD),
        (lambda figures, cities: (figures.with_columns(value=pl.lit(float("nan"))), cities), Reason.PART_MISSING),
        (
            lambda figures, cities: (x.with_columns(value=pl.lit(0.4)) for x in (figures, cities)),
            Reason.NO_SPREAD,
        ),
    ],
)
def test_what_cannot_be_scored_has_a_reason(change, reason):
    found = scored(*change(*country())).scores
    assert set(found["reason"]) == {reason.value}
    assert found["score"].null_count() == found["margin_reason"].null_count() == found.height


def test_over_a_break_a_part_cannot_stand_on_the_scale_of_the_base_year():
    found = scored(*country(), breaks={"werk": [2016]}).scores
    assert set(found.filter(pl.col("period") == 2016)["reason"]) == {Reason.BROKEN_SERIES.value}
    assert found.filter(pl.col("period") == 2014)["reason"].null_count() == 16


@settings(deadline=None, max_examples=5)
@given(st.integers(0, 100))
def test_neither_the_order_of_rows_nor_other_cities_change_a_byte(seed):
    figures, cities = country(seed=seed)
    given_ = usual_differences(figures, cities, composite=GELD)
    whole = scored(figures, cities, differences=given_)
    shuffled = scored(figures.sample(fraction=1, shuffle=True, seed=seed), cities, differences=given_)
    assert shuffled.scores.equals(whole.scores)
    assert shuffled.parts.equals(whole.parts)
    alone = scored(figures.filter(pl.col("city") == "GM2"), cities, differences=given_)
    assert alone.scores.equals(whole.scores.filter(pl.col("city") == "GM2"))


def test_one_seed_gives_one_answer_and_another_nearly_the_same():
    figures, cities = country()
    one, again, other = (scored(figures, cities, seed=seed).scores for seed in (1, 1, 2))
    assert one.equals(again)
    assert not one.equals(other)
    assert one["low"].to_numpy() == pytest.approx(other["low"].to_numpy(), abs=1)
