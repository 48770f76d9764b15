"""The scores and the survey of Rotterdam come without any margin: their panel gives one that a survey could have."""

import polars as pl
import pytest

from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.publication import Edition

pytestmark = [pytest.mark.real, pytest.mark.slow]


@pytest.fixture(scope="module")
def figures(edition: Edition) -> pl.DataFrame:
    """What Rotterdam publishes itself, with the standard error that its margin stands for."""
    ours = [one.id for one in edition.policy.indicators if one.id.endswith("_rotterdam")]
    buurten = edition.areas.filter((pl.col("level") == Level.BUURT) & (pl.col("gemeente") == "GM0599"))["code"]
    there = pl.concat([edition.figures(indicator=id_) for id_ in ours]).filter(
        pl.col("value").is_not_null() & pl.col("area").is_in([*buurten, "GM0599"])
    )
    return there.with_columns(se=(pl.col("high") - pl.col("low")) / 2 / 1.959964, is_city=pl.col("area") == "GM0599")


def test_every_share_and_score_of_rotterdam_has_a_margin_from_its_panel(figures: pl.DataFrame) -> None:
    assert figures["indicator"].n_unique() > 40
    assert set(figures["interval"].cast(pl.String)) == {"panel"}
    assert figures["se"].null_count() == 0


def test_the_survey_is_as_sure_as_a_sample_of_some_hundreds_in_each_neighbourhood(
    edition: Edition, figures: pl.DataFrame
) -> None:
    surveyed = [
        one.id for one in edition.policy.indicators if one.nature is Nature.SURVEYED and one.kind is Kind.PROPORTION
    ]
    shares = figures.filter(pl.col("indicator").is_in(surveyed) & pl.col("value").is_between(0.2, 0.8))
    respondents = (pl.col("value") * (1 - pl.col("value")) / pl.col("se") ** 2).median()
    by_indicator = shares.filter(~pl.col("is_city")).group_by("indicator").agg(respondents.alias("like"))
    assert 100 < by_indicator["like"].median() < 1000


def test_the_city_is_surer_than_any_of_its_neighbourhoods_and_an_index_tells_them_apart(figures: pl.DataFrame) -> None:
    by_indicator = figures.group_by("indicator").agg(
        city=pl.col("se").filter("is_city").max(),
        surest=pl.col("se").filter(~pl.col("is_city")).min(),
        usual=pl.col("se").filter(~pl.col("is_city")).median(),
        between=pl.col("value").filter(~pl.col("is_city")).std(),
    )
    assert (by_indicator["city"] < by_indicator["surest"]).all()
    index = by_indicator.filter(pl.col("indicator").str.contains("index"))
    assert index.height >= 5
    assert (index["usual"] < 0.5 * index["between"]).all()


def test_what_has_a_margin_is_judged(edition: Edition, figures: pl.DataFrame) -> None:
    verdicts = edition.verdicts(programme="aandachtswijken").filter(
        pl.col("indicator").is_in(figures["indicator"].unique().implode())
        & pl.col("comparator").is_in(["rest_of_city", "city"])
    )
    assert verdicts.filter(pl.col("reason") == "no_error_known").is_empty()
    assert verdicts.filter(pl.col("reason").is_null()).height > 400
