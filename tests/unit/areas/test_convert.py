"""Figures on another map year: added up, averaged with weights, or absent with the reason."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.areas.code_lists import combined
from wijkpeil.areas.convert import one_each, to_map_year
from wijkpeil.domain.frames import Lineage, OnMapYear
from wijkpeil.domain.indicator import Kind

Factory = Callable[..., Any]
OLD = ("WK000101", "WK000102", "WK000103")


def _lineage(*rows: tuple[str, str, float, float, str]) -> Any:
    schema = ["area_from", "area_to", "of_from", "of_to", "kind"]
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(vintage_from=2016, vintage_to=2020)
    return Lineage.validate(frame.select(Lineage.column_names()), cast=True)


MERGED = (("WK000101", "WK000111", 1.0, 0.25, "merged"), ("WK000102", "WK000111", 1.0, 0.75, "merged"))


@pytest.fixture(scope="module")
def codes(codes_of: Factory) -> Any:
    people = zip(OLD, (1000.0, 3000.0, None), strict=True)
    before = codes_of(2016, *({"code": c, "name": c, "population": n} for c, n in people))
    after = codes_of(2020, *({"code": f"WK00011{i}", "name": f"nieuw {i}"} for i in range(1, 4)))
    return combined([before, after])


def _one(frame: pl.DataFrame, area: str = "WK000111") -> dict[str, Any]:
    return frame.filter(pl.col("area") == area).row(0, named=True)


def test_a_figure_of_the_map_year_passes_untouched(codes: Any, policy_with: Factory, observed: Factory) -> None:
    given_ = observed(2020, "x", WK000111=(0.3, 100.0, 0.01), WK000112="suppressed_by_source")
    arrived = to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.PROPORTION), codes=codes)
    assert arrived.drop("apportioned").equals(given_.drop("vintage"))
    assert arrived["apportioned"].to_list() == [0.0, 0.0]


@pytest.mark.parametrize("kind", list(Kind))
def test_an_area_that_only_got_another_code_takes_everything_along(
    kind: Kind, codes: Any, policy_with: Factory, observed: Factory
) -> None:
    lineage = _lineage(("WK000101", "WK000111", 1.0, 1.0, "recoded"))
    arrived = to_map_year(
        observed(2016, "x", WK000101=(3.0, 80.0, 0.2)), lineage, policy=policy_with(x=kind), codes=codes
    )
    row = _one(arrived)
    assert (row["value"], row["base"], row["se"], row["status"], row["apportioned"]) == (3.0, 80.0, 0.2, "final", 0.0)


def test_counts_are_added_up(codes: Any, policy_with: Factory, observed: Factory) -> None:
    given_ = observed(2016, "x", WK000101=(40.0, None, 3.0), WK000102=(60.0, None, 4.0))
    row = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.COUNT), codes=codes))
    assert (row["value"], row["se"], row["status"]) == (100.0, 5.0, "final")


@pytest.mark.parametrize("kind", [Kind.PROPORTION, Kind.MEAN, Kind.RATE, Kind.SCORE])
def test_shares_and_means_are_weighted_by_their_base(
    kind: Kind, codes: Any, policy_with: Factory, observed: Factory
) -> None:
    given_ = observed(2016, "x", WK000101=(0.5, 300.0, 0.05), WK000102=(0.1, 100.0, 0.02))
    row = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=kind), codes=codes))
    assert row["value"] == pytest.approx(0.4)
    assert row["base"] == 400.0
    assert row["se"] == pytest.approx(((0.75 * 0.05) ** 2 + (0.25 * 0.02) ** 2) ** 0.5)
    assert row["status"] == "final"


def test_without_a_base_people_weigh_and_it_is_approximate(codes: Any, policy_with: Factory, observed: Factory) -> None:
    given_ = observed(2016, "x", WK000101=0.5, WK000102=0.1)
    row = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.PROPORTION), codes=codes))
    assert (row["value"], row["base"], row["status"]) == (pytest.approx(0.2), None, "approximate")


def test_without_people_the_part_of_the_target_weighs(codes: Any, policy_with: Factory, observed: Factory) -> None:
    lineage = _lineage(("WK000101", "WK000111", 1.0, 0.6, "merged"), ("WK000103", "WK000111", 1.0, 0.4, "merged"))
    given_ = observed(2016, "x", WK000101=0.5, WK000103=0.0)
    row = _one(to_map_year(given_, lineage, policy=policy_with(x=Kind.PROPORTION), codes=codes))
    assert (row["value"], row["status"]) == (pytest.approx(0.3), "approximate")


def test_ordinal_classes_are_never_averaged(codes: Any, policy_with: Factory, observed: Factory) -> None:
    given_ = observed(2016, "x", WK000101=4.0, WK000102=4.0)
    row = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.ORDINAL), codes=codes))
    assert (row["value"], row["status"]) == (None, "not_comparable")


def test_too_much_apportioned_is_not_comparable(codes: Any, policy_with: Factory, observed: Factory) -> None:
    rows = (("WK000101", "WK000111", 0.35, 1.0, "apportioned"), ("WK000101", "WK000112", 0.65, 1.0, "apportioned"))
    given_ = observed(2016, "x", WK000101=(0.5, 100.0))
    arrived = to_map_year(given_, _lineage(*rows), policy=policy_with(x=Kind.PROPORTION), codes=codes)
    for area in ("WK000111", "WK000112"):
        row = _one(arrived, area)
        assert (row["value"], row["base"], row["status"]) == (None, None, "not_comparable")
        assert row["apportioned"] > 0.25


def test_the_apportioned_part_goes_along_with_the_value(codes: Any, policy_with: Factory, observed: Factory) -> None:
    rows = (
        ("WK000101", "WK000111", 1.0, 0.9, "merged"),
        ("WK000102", "WK000111", 0.1, 0.1, "apportioned"),
        ("WK000102", "WK000112", 0.9, 1.0, "apportioned"),
    )
    given_ = observed(2016, "x", WK000101=(0.5, 900.0), WK000102=(0.1, 1000.0))
    arrived = to_map_year(given_, _lineage(*rows), policy=policy_with(x=Kind.PROPORTION), codes=codes)
    received, kept = _one(arrived), _one(arrived, "WK000112")
    assert (received["value"], received["apportioned"]) == (pytest.approx(0.46), pytest.approx(0.1))
    assert (kept["value"], kept["apportioned"]) == (pytest.approx(0.1), pytest.approx(1 / 9))


def test_a_target_that_is_covered_in_part_is_not_comparable(
    codes: Any, policy_with: Factory, observed: Factory
) -> None:
    lineage = _lineage(("WK000101", "WK000111", 1.0, 0.8, "merged"))
    row = _one(to_map_year(observed(2016, "x", WK000101=5.0), lineage, policy=policy_with(x=Kind.COUNT), codes=codes))
    assert (row["value"], row["status"]) == (None, "not_comparable")


def test_one_missing_source_makes_the_whole_incomplete(codes: Any, policy_with: Factory, observed: Factory) -> None:
    given_ = observed(2016, "x", WK000101=5.0, WK000102="suppressed_by_source")
    row = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.COUNT), codes=codes))
    assert (row["value"], row["status"]) == (None, "incomplete")


def test_when_all_sources_are_absent_their_reason_goes_along(
    codes: Any, policy_with: Factory, observed: Factory
) -> None:
    given_ = observed(2016, "x", WK000101="missing", WK000102="suppressed_by_source")
    row = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.COUNT), codes=codes))
    assert (row["value"], row["status"]) == (None, "suppressed_by_source")


def test_an_area_that_nothing_was_traced_to_has_a_reason(codes: Any, policy_with: Factory, observed: Factory) -> None:
    given_ = observed(2016, "x", WK000101=5.0, WK000102=6.0)
    arrived = to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.COUNT), codes=codes)
    assert arrived.select("area", "status").sort("area").rows() == [
        ("WK000111", "final"),
        ("WK000112", "not_comparable"),
        ("WK000113", "not_comparable"),
    ]


def test_a_source_of_one_city_has_no_say_in_another(codes_of: Factory, policy_with: Factory, observed: Factory) -> None:
    elsewhere = ({"code": f"WK0002{i:02}", "name": f"ver {i}"} for i in range(10))
    codes = combined([codes_of(2020, {"code": "WK000111", "name": "hier"}, *elsewhere)])
    lineage = _lineage(("WK000101", "WK000111", 1.0, 1.0, "recoded"))
    arrived = to_map_year(observed(2016, "x", WK000101=5.0), lineage, policy=policy_with(x=Kind.COUNT), codes=codes)
    assert arrived["area"].to_list() == ["WK000111"]


def _from(source: str, value: float | None, status: str, area: str = "WK000111") -> dict[str, Any]:
    blank = dict.fromkeys(("base", "se", "rounded_to"))
    row = {"area": area, "indicator": "x", "period": 2016, "value": value, "status": status, "source": source}
    return {**blank, **row, "apportioned": 0.0}


def test_the_first_source_that_has_the_figure_gives_it(policy_with: Factory) -> None:
    rows = [
        _from("tweede:t", 2.0, "final"),
        _from("eerste:t", 1.0, "final"),
        _from("eerste:t", None, "missing", "WK000112"),
        _from("tweede:t", 2.0, "final", "WK000112"),
    ]
    figures = OnMapYear.validate(pl.DataFrame(rows), cast=True)
    kept = one_each(figures, policy_with(sources=("eerste", "tweede"), x=Kind.COUNT)).sort("area")
    assert kept["source"].to_list() == ["eerste:t", "tweede:t"]


NUMBERS = st.lists(st.integers(0, 1000), min_size=3, max_size=3)


@settings(max_examples=50, deadline=None)
@given(NUMBERS, st.floats(0.05, 0.95))
def test_counts_over_the_map_year_equal_counts_of_the_source_year(
    codes: Any, policy_with: Factory, observed: Factory, numbers: list[int], part: float
) -> None:
    rows = (
        ("WK000101", "WK000111", part, 0.5, "apportioned"),
        ("WK000101", "WK000112", 1 - part, 0.5, "apportioned"),
        ("WK000102", "WK000111", 1.0, 0.5, "merged"),
        ("WK000103", "WK000112", 1.0, 0.5, "merged"),
    )
    policy = policy_with(x=Kind.COUNT)
    generous = replace(policy, apportioned_limit=1.0)
    given_ = observed(2016, "x", **{area: float(n) for area, n in zip(OLD, numbers, strict=True)})
    arrived = to_map_year(given_, _lineage(*rows), policy=generous, codes=codes)
    assert arrived["value"].sum() == pytest.approx(sum(numbers))


@settings(max_examples=50, deadline=None)
@given(NUMBERS, NUMBERS)
def test_a_share_of_the_whole_lies_between_those_of_its_parts(
    codes: Any, policy_with: Factory, observed: Factory, shares: list[int], bases: list[int]
) -> None:
    given_ = observed(
        2016, "x", **{a: (s / 1000, float(b + 1)) for a, s, b in zip(OLD[:2], shares, bases, strict=False)}
    )
    value = _one(to_map_year(given_, _lineage(*MERGED), policy=policy_with(x=Kind.PROPORTION), codes=codes))["value"]
    low, high = min(shares[:2]) / 1000, max(shares[:2]) / 1000
    assert low - 1e-12 <= value <= high + 1e-12
