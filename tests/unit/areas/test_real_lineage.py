"""The real map of the Netherlands from 2014, 2016, 2017, 2018, 2022 and 2024 to 2020."""

from typing import Any

import dataframely as dy
import polars as pl
import pytest
import shapely

from wijkpeil.areas.code_lists import combined
from wijkpeil.areas.convert import to_map_year
from wijkpeil.areas.find import find
from wijkpeil.areas.maps import edition_boundaries
from wijkpeil.areas.register import areas_of, complaints_of
from wijkpeil.domain.area import AreaCode
from wijkpeil.domain.frames import Boundaries, CodeList, Lineage, Observations
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.policy import Policy

pytestmark = pytest.mark.real

Codes = list[dy.DataFrame[CodeList]]


def _from(lineage: pl.DataFrame, vintage: int, *areas: str) -> list[tuple[Any, ...]]:
    chosen = lineage.filter((pl.col("vintage_from") == vintage) & pl.col("area_from").is_in(areas))
    return chosen.select("area_from", "area_to", "kind").rows()


@pytest.mark.parametrize("vintage", [2014, 2016, 2017])
def test_reused_code_is_not_one_series(real_lineage: dy.DataFrame[Lineage], vintage: int) -> None:
    assert _from(real_lineage, vintage, "WK008050") == [("WK008050", "WK008072", "recoded")]
    assert _from(real_lineage, vintage, "WK008034", "WK008035") == [
        ("WK008034", "WK008050", "merged"),
        ("WK008035", "WK008050", "merged"),
    ]


def test_heechterp_and_schieringen_is_the_same_place_in_2022(real_lineage: dy.DataFrame[Lineage]) -> None:
    assert _from(real_lineage, 2022, "WK008050") == [("WK008050", "WK008050", "same")]


def test_heechterp_and_schieringen_add_up_to_the_wijk_of_2020(
    code_lists: Codes, real_lineage: dy.DataFrame[Lineage], policy_with: Any
) -> None:
    """2016: 1,805 and 1,790 inhabitants (Wijk- en buurtkaart 2016), in one wijk from 2020."""
    given = pl.DataFrame({"area": ["WK008034", "WK008035"], "value": [1805.0, 1790.0]}).with_columns(
        vintage=2016, indicator=pl.lit("inwoners"), period=2016, status=pl.lit("final"), source=pl.lit("bron:t")
    )
    blank = [pl.lit(None).alias(name) for name in ("base", "se", "rounded_to")]
    observations = Observations.validate(given.with_columns(*blank).select(Observations.column_names()), cast=True)
    arrived = to_map_year(
        observations, real_lineage, policy=policy_with(inwoners=Kind.COUNT), codes=combined(code_lists)
    )
    row = arrived.filter(pl.col("area") == "WK008050").row(0, named=True)
    assert (row["value"], row["status"], row["apportioned"]) == (3595.0, "final", 0.0)


def test_the_seven_stadsdelen_of_eindhoven_are_never_silently_the_wijken_of_2020(
    code_lists: Codes, real_lineage: dy.DataFrame[Lineage], policy_with: Any
) -> None:
    wide = combined(code_lists).filter(
        (pl.col("vintage") == 2016) & pl.col("code").str.starts_with("WK0772") & (pl.col("code") != "WK077211")
    )
    given = wide.select(area="code", value=pl.lit(0.5)).with_columns(
        vintage=2016, indicator=pl.lit("x"), period=2016, status=pl.lit("final"), source=pl.lit("bron:t")
    )
    blank = [pl.lit(None).alias(name) for name in ("base", "se", "rounded_to")]
    observations = Observations.validate(given.with_columns(*blank).select(Observations.column_names()), cast=True)
    arrived = to_map_year(observations, real_lineage, policy=policy_with(x=Kind.PROPORTION), codes=combined(code_lists))
    assert arrived.filter(pl.col("status") != "not_comparable").is_empty()
    assert arrived.filter(pl.col("area") == "WK077232").height == 1


@pytest.mark.parametrize(
    ("vintage", "level", "part"), [(2016, "WK", 0.83), (2017, "WK", 0.87), (2022, "WK", 0.95), (2016, "GM", 0.97)]
)
def test_most_of_the_map_is_known_for_sure(
    code_lists: Codes, real_lineage: dy.DataFrame[Lineage], vintage: int, level: str, part: float
) -> None:
    targets = combined(code_lists).filter((pl.col("vintage") == 2020) & pl.col("code").str.starts_with(level))
    sure = real_lineage.filter((pl.col("vintage_from") == vintage) & pl.col("area_to").str.starts_with(level))
    covered = sure.filter(pl.col("kind") != "apportioned").group_by("area_to").agg(pl.col("of_to").sum())
    assert covered.filter(pl.col("of_to") >= 0.95).height >= part * targets.height


@pytest.mark.parametrize(("old", "new"), [("GM0017", "GM0014"), ("GM0005", "GM1966"), ("GM0584", "GM1963")])
def test_a_gemeente_that_merged_is_found_in_the_new_one(
    real_lineage: dy.DataFrame[Lineage], old: str, new: str
) -> None:
    """Haren went to Groningen, Bedum to Het Hogeland, Oud-Beijerland to Hoeksche Waard (all in 2019)."""
    assert _from(real_lineage, 2016, old) == [(old, new, "merged")]


def test_littenseradiel_was_divided(real_lineage: dy.DataFrame[Lineage]) -> None:
    """On 1 January 2018 it went to Leeuwarden, Súdwest-Fryslân and Waadhoeke."""
    assert {row[1:] for row in _from(real_lineage, 2016, "GM0140")} == {
        ("GM0080", "apportioned"),
        ("GM1900", "apportioned"),
        ("GM1949", "apportioned"),
    }


@pytest.mark.parametrize("vintage", [2014, 2015, 2016, 2017, 2018])
def test_the_buurten_of_rotterdam_are_one_series_but_for_those_that_were_redrawn(
    real_lineage: dy.DataFrame[Lineage], policy: Policy, vintage: int
) -> None:
    parts = [
        part
        for neighbourhood in policy.programme["aandachtswijken"].neighbourhoods
        for part in neighbourhood.parts
        if neighbourhood.gemeente == "GM0599"
    ]
    one = real_lineage.filter(
        (pl.col("vintage_from") == vintage) & pl.col("area_to").is_in(parts) & (pl.col("kind") == "same")
    )
    redrawn = {2014: 3, 2018: 0}.get(vintage, 1)
    assert set(parts) - set(one["area_to"]) <= {"BU05991086", "BU05990321", "BU05991574"}
    assert len(parts) - one.height == redrawn


def test_nobody_is_counted_twice(real_lineage: dy.DataFrame[Lineage]) -> None:
    given = real_lineage.group_by("vintage_from", "area_from").agg(pl.col("of_from").sum())
    received = real_lineage.group_by("vintage_from", "area_to").agg(pl.col("of_to").sum())
    assert given["of_from"].max() <= 1 + 1e-9
    assert received["of_to"].max() <= 1 + 1e-9


def test_inhabitants_of_a_year_are_all_found_back_where_everything_was_traced(
    code_lists: Codes, real_lineage: dy.DataFrame[Lineage]
) -> None:
    """Of the 17 million of 2016 all but a few per cent have a place on the map of 2020."""
    people = combined(code_lists).filter((pl.col("vintage") == 2016) & (pl.col("level") == "wijk"))
    traced = real_lineage.filter(pl.col("vintage_from") == 2016).join(people, left_on="area_from", right_on="code")
    found = (traced["population"] * traced["of_from"]).sum()
    assert 0.98 <= found / people["population"].sum() <= 1.0


def test_the_coarse_maps_of_2014_and_2015_are_not_measured_with(
    code_lists: Codes, boundaries: list[dy.DataFrame[Boundaries]]
) -> None:
    coarse = [frame for frame in boundaries if frame["is_coarse"].any()]
    assert {frame["vintage"][0] for frame in coarse} == {2014, 2015}


def test_the_forty_are_whole_on_the_map_of_2020(code_lists: Codes, policy: Policy) -> None:
    areas, composition = areas_of(code_lists, policy)
    made = areas.filter(pl.col("level") == "programmagebied", pl.col("code").str.starts_with("aandachtswijken."))
    assert made.height == 40
    assert made["population"].null_count() == 0
    assert complaints_of(code_lists, policy) == ()
    assert composition.filter(pl.col("composed") == "aandachtswijken.alle").height == 83


def test_wk008050_names_the_other_place(code_lists: Codes, policy: Policy) -> None:
    areas, _ = areas_of(code_lists, policy)
    found = find(areas, "WK008050", other_years=combined(code_lists))
    assert found.best == "WK008050"
    assert [other.area for other in found.elsewhere] == [
        AreaCode(code="WK008050", vintage=vintage) for vintage in (2014, 2016, 2017)
    ]


def test_no_wijk_is_drawn_with_a_polygon_of_another_size(
    code_lists: Codes, boundaries: list[dy.DataFrame[Boundaries]], policy: Policy
) -> None:
    """There are no polygons of 2020: those of other years serve where they agree within 5 per cent with CBS."""
    shapes = edition_boundaries(*areas_of(code_lists, policy), code_lists, boundaries)
    area = pl.Series("drawn", shapely.area(shapely.from_wkb(shapes["geometry_rd"].to_numpy())) / 1e6)
    codes = combined(code_lists).filter((pl.col("vintage") == 2020) & (pl.col("level") == "wijk"))
    wijken = shapes.select("code").with_columns(area).join(codes, on="code")
    assert wijken.height >= 0.95 * codes.height
    assert ((wijken["drawn"] / wijken["total_km2"] - 1).abs() <= 0.05 + 1e-9).all()
    assert shapes.filter(pl.col("code").str.starts_with("aandachtswijken.")).height == 41
