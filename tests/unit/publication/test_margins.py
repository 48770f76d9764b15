"""From files to an edition: what a file says of its margins comes out beside the figures."""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl
import pytest

from wijkpeil.domain.area import Level
from wijkpeil.publication import Edition, Shelf
from wijkpeil.publication.build import build
from wijkpeil.sources import example

SIZE = example.Size(cities=4, neighbourhoods=4, others=140, first_year=2005, last_year=2010, indicators=22)
SURVEYED, COUNTED, RATE, MEAN = "tevreden_buurt", "leegstand", "meldingen", "woningwaarde"


@pytest.fixture(scope="module")
def country() -> example.Country:
    """Nothing passes by in this country: whatever does not last is error."""
    return example.draw(SIZE, seed=7, truths=example.Truths(transitory=0.0, effect=0.0, redrawn=False, hidden=0.0))


Make = Callable[[str, Callable[[dict[str, str]], None]], Edition]


@pytest.fixture(scope="module")
def make(country: example.Country, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Build the country after a change of its policy files."""

    def made(name: str, change: Callable[[dict[str, str]], None]) -> Edition:
        folder = tmp_path_factory.mktemp(name)
        example.write(folder, country)
        paths = {path.stem: path for path in (folder / "beleid" / "indicatoren").rglob("*.toml")}
        texts = {stem: path.read_text() for stem, path in paths.items()}
        change(texts)
        for stem, path in paths.items():
            path.write_text(texts[stem])
        return build(
            policy_folder=folder / "beleid",
            data_folder=folder / "data",
            shelf=Shelf(folder / "edities"),
            made_on=date(2026, 11, 24),
        )

    return made


@pytest.fixture(scope="module")
def usual(make: Make) -> Edition:
    return make("gewoon", lambda texts: None)


@pytest.fixture(scope="module")
def asked(make: Make) -> Edition:
    """The same country, with every key for a margin, and a survey that keeps its errors to itself."""

    def change(texts: dict[str, str]) -> None:
        texts[SURVEYED] = texts[SURVEYED].replace(f', error = "{SURVEYED}_fout"', "")
        texts[COUNTED] = texts[COUNTED].replace("[measure]", '[measure]\ninterval = "exact"')
        texts[RATE] = texts[RATE].replace("[measure]", '[measure]\ninterval = "exact"')
        texts[MEAN] = texts[MEAN].replace("[measure]", "[measure]\nspread = 60000")
        texts["groen_dichtbij"] = (
            texts["groen_dichtbij"]
            .replace('nature = "measured"', 'nature = "surveyed"')
            .replace("[measure]", "[measure]\ndesign_effect = 3")
        )
        texts["slecht_energielabel"] = texts["slecht_energielabel"].replace(
            "[judgement]", "[judgement]\nsuperpopulation = false"
        )

    return make("gevraagd", change)


def widths(edition: Edition, indicator: str, level: Level = Level.WIJK) -> pl.DataFrame:
    codes = edition.areas.filter(pl.col("level") == level)["code"].to_list()
    figures = edition.figures(indicator=indicator).filter(
        pl.col("area").is_in(codes) & pl.col("value").is_not_null() & (pl.col("period") == 2008)
    )
    return figures.select("area", "interval", "base", "value", width=pl.col("high") - pl.col("low")).sort("area")


def test_a_surveyed_share_without_errors_gets_the_planted_noise_from_its_panel(usual: Edition, asked: Edition) -> None:
    published, found = (widths(edition, SURVEYED) for edition in (usual, asked))
    assert set(published["interval"]) == {"standard_error"}
    assert set(found["interval"]) == {"panel"}
    assert found.height == published.height
    assert found["width"].mean() == pytest.approx(published["width"].mean(), rel=0.15)


def test_the_cities_and_the_gaps_of_such_a_survey_have_margins_too(asked: Edition) -> None:
    assert set(widths(asked, SURVEYED, Level.GEMEENTE)["interval"]) == {"panel"}
    verdicts = asked.verdicts(indicator=SURVEYED)
    assert verdicts.height
    assert "no_error_known" not in set(verdicts["reason"].cast(pl.String).drop_nulls())


@pytest.mark.parametrize("indicator", [COUNTED, RATE])
def test_exact_limits_on_request_are_wider(usual: Edition, asked: Edition, indicator: str) -> None:
    average, exact = (widths(edition, indicator) for edition in (usual, asked))
    assert set(exact["interval"]) == {"exact"}
    assert (exact["width"] >= average["width"]).all()
    assert exact["width"].mean() > average["width"].mean()


def test_a_known_spread_gives_a_mean_its_margin(asked: Edition) -> None:
    found = widths(asked, MEAN)
    assert set(found["interval"]) == {"known_spread"}
    expected = 2 * 1.959964 * 60000 / np.sqrt(found["base"].to_numpy())
    assert found["width"].to_numpy() == pytest.approx(expected, rel=0.03)


def test_a_design_effect_of_three_is_a_third_of_the_people(usual: Edition, asked: Edition) -> None:
    simple, designed = (widths(edition, "groen_dichtbij") for edition in (usual, asked))
    assert (designed["width"] / simple["width"]).mean() == pytest.approx(np.sqrt(3), rel=0.03)


def test_a_register_that_is_exempt_from_chance_is_judged_by_count(asked: Edition) -> None:
    assert set(widths(asked, "slecht_energielabel")["interval"]) == {"not_applicable"}
    verdicts = asked.verdicts(indicator="slecht_energielabel")
    judged = verdicts.filter(pl.col("reason").is_null())
    assert judged.height
    assert judged["by_count"].all()
    assert judged["q"].null_count() == judged.height
    moved = judged["verdict"].cast(pl.String).is_in(["catching_up", "falling_behind"])
    assert (moved == (judged["change"].abs() > judged["materiality"])).all()


def test_without_a_key_everything_is_as_it_was(usual: Edition) -> None:
    assert set(widths(usual, COUNTED)["interval"]) == {"wilson"}
    assert set(widths(usual, RATE)["interval"]) == {"poisson"}
    assert set(widths(usual, MEAN)["interval"]) == {"panel"}
