"""Whatever the real edition says of any area and indicator stands there with all its company, or says why not."""

from pathlib import Path

import polars as pl
import pytest

from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import PRESENT_STATUSES, Figures
from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.publication import Edition

pytestmark = [pytest.mark.real, pytest.mark.slow]

FORTY = "aandachtswijken"
SIDES = ("", "rest_", "like_")


@pytest.fixture(scope="module")
def figures(edition: Edition) -> pl.DataFrame:
    return edition.figures()


def test_every_figure_is_there_or_absent_with_a_reason(figures: pl.DataFrame) -> None:
    for side in SIDES:
        there = figures[f"{side}value"].is_not_null()
        says_so = figures[f"{side}status"].cast(pl.String).is_in(PRESENT_STATUSES)
        assert (there == says_so).all(), side


def test_no_figure_is_nan_or_infinite(figures: pl.DataFrame) -> None:
    for name, dtype in figures.schema.items():
        if dtype == pl.Float64:
            assert figures[name].drop_nulls().is_finite().all(), name


def test_every_figure_has_an_interval_or_the_reason_that_it_has_none(figures: pl.DataFrame) -> None:
    there = figures.filter(pl.col("value").is_not_null())
    has = there["low"].is_not_null() & there["high"].is_not_null()
    without = there["interval"].cast(pl.String).is_in(["none_known", "modelled", "not_applicable"])
    assert (has == ~without).all()
    assert there.filter(pl.col("low") > pl.col("value")).is_empty()
    assert there.filter(pl.col("high") < pl.col("value")).is_empty()


def test_a_modelled_figure_never_has_an_interval(edition: Edition, figures: pl.DataFrame) -> None:
    modelled = [indicator.id for indicator in edition.policy.indicators if indicator.nature is Nature.MODELLED]
    assert len(modelled) > 20
    of_models = figures.filter(pl.col("indicator").is_in(modelled))
    assert of_models["low"].is_null().all()
    assert of_models["like_low"].is_null().all()


def test_every_figure_names_a_source_of_the_policy(edition: Edition, figures: pl.DataFrame) -> None:
    named = figures.filter(pl.col("value").is_not_null())["source"].str.split(" + ").explode()
    sources = named.str.split(":").list.first().unique().to_list()
    assert set(sources) <= edition.policy.source.keys()


def test_shares_are_fractions(edition: Edition, figures: pl.DataFrame) -> None:
    shares = [indicator.id for indicator in edition.policy.indicators if indicator.kind is Kind.PROPORTION]
    for side in SIDES:
        values = figures.filter(pl.col("indicator").is_in(shares))[f"{side}value"].drop_nulls()
        assert values.is_between(0, 1).all(), side


def test_every_area_of_a_figure_is_an_area_of_the_edition(edition: Edition, figures: pl.DataFrame) -> None:
    assert figures.join(edition.areas, left_on="area", right_on="code", how="anti").is_empty()


def test_no_area_has_a_figure_twice(figures: pl.DataFrame) -> None:
    assert not figures.select("area", "indicator", "period").is_duplicated().any()


def test_a_hidden_figure_hides_all_that_would_tell_it(figures: pl.DataFrame) -> None:
    hidden = figures.filter(pl.col("status").cast(pl.String).is_in(["too_few", "protects_another"]))
    assert hidden.height > 0
    for name in ("value", "low", "high", "base", "rest_value", "rest_low", "rest_high"):
        assert hidden[name].is_null().all(), name


def test_an_ordinal_class_is_never_averaged(edition: Edition, figures: pl.DataFrame) -> None:
    ordinal = [indicator.id for indicator in edition.policy.indicators if indicator.kind is Kind.ORDINAL]
    assert ordinal
    classes = figures.filter(pl.col("indicator").is_in(ordinal))
    assert classes["rest_value"].is_null().all()
    assert classes["like_value"].is_null().all()
    values = classes["value"].drop_nulls()
    assert (values == values.round()).all()
    changes = pl.concat([edition.changes(indicator=id_, comparators=["rest_of_city"]) for id_ in ordinal])
    assert changes["change"].is_null().all()


def test_both_orders_of_the_figures_are_the_same(edition: Edition, figures: pl.DataFrame) -> None:
    for city in ("GM0080", "GM0599", "NL00"):
        of_city = edition.city_figures(city).sort("indicator", "area", "period")
        expected = figures.filter(pl.col("area").is_in(of_city["area"].unique().to_list()))
        assert of_city.equals(expected.sort("indicator", "area", "period").select(Figures.column_names()))


def test_all_forty_are_there_with_their_city_and_their_look_alikes(edition: Edition) -> None:
    forty = edition.areas.filter(
        (pl.col("level") == Level.PROGRAMME_AREA) & pl.col("code").str.starts_with(f"{FORTY}.")
    )
    assert forty.height == 40
    assert forty["gemeente"].n_unique() == 18
    found = edition.match_quality.filter(pl.col("area").str.starts_with(f"{FORTY}."))
    assert found.height == 40
    inside = edition.look_alikes.join(
        edition.areas.filter(pl.col("programmes").list.len() > 0), left_on="look_alike", right_on="code", how="semi"
    )
    assert inside.is_empty()


def test_every_one_of_the_forty_has_the_three_years_of_rivm(edition: Edition) -> None:
    lonely = edition.figures(indicator="eenzaam").filter(pl.col("area").str.starts_with(f"{FORTY}."))
    there = lonely.filter(pl.col("value").is_not_null()).group_by("area").agg(pl.col("period").sort())
    assert there.height == 41
    assert set(map(tuple, there["period"])) == {(2012, 2016, 2020)}


def test_reused_code_is_not_one_series(edition: Edition) -> None:
    """WK008050 was Hempens/Teerns in 2016 and 2017; its figures of those years are not Heechterp's."""
    people = edition.figures(area="WK008050", indicator="inwoners").sort("period")
    by_year = dict(people.select("period", "value").rows())
    assert by_year[2020] == 3650
    assert by_year.get(2017) is None or abs(by_year[2017] - 3650) < 400
    assert {entry["name"] for entry in edition.code_lists.filter(code="WK008050").to_dicts()} >= {
        "Heechterp & Schieringen"
    }


def test_the_old_stadsdelen_of_eindhoven_never_speak_for_doornakkers(edition: Edition) -> None:
    score = edition.figures(area=f"{FORTY}.doornakkers", indicator="leefbaarometer2_score")
    assert score.filter(pl.col("value").is_not_null()).is_empty()
    assert score["status"].unique().to_list() != []


def test_unknown_files_are_said(edition: Edition) -> None:
    assert "amsterdam/bbga_cijfers_voorbeeld.csv" in edition.manifest.unknown_files


def test_every_input_bears_its_hash_and_licence(edition: Edition, shared: Path) -> None:
    for entry in edition.manifest.inputs:
        assert len(entry.sha256) == 64
        assert entry.licence
        assert entry.attribution
        assert (shared / "data" / entry.file).stat().st_size == entry.size
