"""A programme that was chosen on a bad year: its return is not called catching up, and what it gained is."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.publication import Shelf
from wijkpeil.publication.build import build
from wijkpeil.sources import example

pytestmark = pytest.mark.slow
SIZE = example.Size(cities=6, neighbourhoods=16, others=240, first_year=2005, last_year=2016, indicators=42)


def planted(folder: Path, effect: float) -> tuple[pl.DataFrame, list[bool]]:
    """Build the country; give the verdicts on the share that it was chosen on, and who of them was helped."""
    country = example.draw(SIZE, seed=5, truths=example.Truths(effect=effect, transitory=0.5))
    example.write(folder, country)
    edition = build(
        policy_folder=folder / "beleid",
        data_folder=folder / "data",
        shelf=Shelf(folder / "edities"),
        made_on=date(2026, 11, 24),
    )
    found = edition.verdicts(indicator="bijstand").sort("area", "comparator")
    codes = country.places["code"].to_list()
    helped = {codes[country.programme[number][0]][2:] for number in country.helped}
    areas = found.filter(pl.col("comparator") == "rest_of_city")["area"]
    return found, [area.partition(".")[2].replace("-", "") in helped for area in areas]


@pytest.fixture(scope="module")
def nothing_done(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    return planted(tmp_path_factory.mktemp("niets"), 0.0)[0]


def test_what_comes_back_by_itself_is_not_called_catching_up(nothing_done: pl.DataFrame) -> None:
    beside = nothing_done.filter(pl.col("comparator") == "rest_of_city")
    seeming = beside.filter(pl.col("change_low") > pl.col("materiality"))
    assert seeming.height >= 3
    assert beside.filter(pl.col("verdict") == "catching_up").height < seeming.height / 3


def test_a_planted_effect_on_what_it_was_chosen_on_is_called_catching_up(tmp_path: Path) -> None:
    found, helped = planted(tmp_path, 2.0)
    called = (found.filter(pl.col("comparator") == "rest_of_city")["verdict"] == "catching_up").to_list()
    assert sum(helped) == 8
    assert sum(called) >= 6
    assert not [at for at, caught in enumerate(called) if caught and not helped[at]]


def test_a_verdict_on_what_it_was_chosen_on_rests_on_the_excess_or_is_not_given(nothing_done: pl.DataFrame) -> None:
    others = nothing_done.filter(pl.col("comparator") != "look_alikes", pl.col("change").is_not_null())
    assert others.filter(pl.col("reason").is_null() & pl.col("excess").is_null()).is_empty()
    left = others.filter(pl.col("excess").is_not_null())
    assert (left["change"] - left["by_selection"] - left["excess"]).abs().max() < 1e-8
    together = others.filter(pl.col("comparator") == "wijkaanpak.alle")
    assert set(together["reason"]) == {"selected"} and set(together["not_estimable"]) == {"chosen_too"}
    alikes = nothing_done.filter(pl.col("comparator") == "look_alikes")
    assert alikes["excess"].is_null().all()
