"""What a programme may say of its count: twenty of forty is luck, and a planted effect is more than that."""

from pathlib import Path

import polars as pl
import pytest

from wijkpeil.publication import Edition, Shelf

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def outcomes(example_shelf: Path) -> pl.DataFrame:
    edition: Edition = Shelf(example_shelf).open("voorbeeld")
    return edition.outcomes(comparators=["rest_of_city", "look_alikes", "country"])


def of(outcomes: pl.DataFrame, indicator: str, comparator: str = "rest_of_city") -> dict:
    return outcomes.filter(indicator=indicator, comparator=comparator).row(0, named=True)


def test_a_planted_effect_gives_a_count_that_luck_does_not(outcomes: pl.DataFrame) -> None:
    found = of(outcomes, "bijstand")
    assert found["luck_smaller"] > found["luck_high"]
    assert found["mean_excess"] > 2 * found["mean_by_selection"] > 0


def test_whoever_was_chosen_for_a_figure_has_more_luck_on_it(outcomes: pl.DataFrame) -> None:
    chosen, others = of(outcomes, "tevreden_buurt"), of(outcomes, "inbraken")
    assert (chosen["luck_selected"], others["luck_selected"]) == (40, 0)
    assert chosen["luck_expected"] > 22 > others["luck_expected"] > 18


def test_without_any_change_luck_gives_about_half_of_the_forty(outcomes: pl.DataFrame) -> None:
    judged = outcomes.filter(
        pl.col("about") == "indicator",
        pl.col("luck_of") == 40,
        pl.col("luck_selected") == 0,
        pl.col("comparator") == "rest_of_city",
    )
    assert judged.height > 10
    assert judged["luck_low"].is_between(10, 14).all()
    assert judged["luck_high"].is_between(26, 30).all()


def test_what_all_share_makes_luck_range_wider(outcomes: pl.DataFrame) -> None:
    of_city, of_all = of(outcomes, "bijstand"), of(outcomes, "bijstand", "look_alikes")
    assert of_all["luck_low"] < of_city["luck_low"]


def test_modelled_figures_are_counted_and_never_beside_luck(outcomes: pl.DataFrame) -> None:
    modelled = outcomes.filter(pl.col("described_because") == "modelled", pl.col("about") == "indicator")
    assert modelled.height > 0
    assert (modelled["changes"] > 0).all()
    assert modelled["luck_low"].is_null().all()
    assert (modelled["catching_up"] + modelled["falling_behind"] + modelled["steady"] == 0).all()


def test_the_same_edition_gives_the_same_bytes(outcomes: pl.DataFrame, example_shelf: Path, tmp_path: Path) -> None:
    again = Shelf(example_shelf).open("voorbeeld").outcomes(comparators=["rest_of_city", "look_alikes", "country"])
    outcomes.write_parquet(tmp_path / "one")
    again.write_parquet(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
