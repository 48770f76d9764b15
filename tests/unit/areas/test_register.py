"""The areas of an edition: parents, neighbourhoods, groups, and what is left when they are left out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from wijkpeil.areas.register import areas_of, complaints_of
from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.policy import Group, Policy
from wijkpeil.domain.programme import Certainty, Neighbourhood

Factory = Callable[..., Any]


def _neighbourhood(policy: Policy, name: str, *parts: str, gemeente: str = "GM0001") -> Neighbourhood:
    start = policy.programmes[0].start
    return Neighbourhood(
        id=name.lower(), name=name, gemeente=gemeente, parts=parts, certainty=Certainty.OFFICIAL, start=start
    )


def _programme(policy: Policy, *neighbourhoods: Neighbourhood, vintage: int = 2020) -> Policy:
    programme = replace(
        policy.programmes[0], id="proef", label="De proef", vintage=vintage, neighbourhoods=neighbourhoods
    )
    pair = Group(id="PAAR", label="het paar", label_en="", members=("GM0001", "GM0002"), vintage=2020)
    return replace(policy, programmes=(programme,), groups=(pair,), country="NL00", map_year=2020)


@pytest.fixture(scope="module")
def country(codes_of: Factory) -> list[Any]:
    wijken = (("WK000101", "Oost", 100.0), ("WK000102", "West", 300.0), ("WK000201", "Veld", 600.0))
    buurten = (
        ("BU00010101", "Haven", 60.0, "1011"),
        ("BU00010102", "Kade", 40.0, "1012"),
        ("BU00010201", "Heide", 300.0, "1011"),
    )
    gemeenten = (("GM0001", "Stad", 400.0), ("GM0002", "Dorp", 600.0), ("NL00", "Nederland", 1000.0))
    return [
        codes_of(
            2020,
            *({"code": c, "name": n, "population": p, "land_km2": p / 100} for c, n, p in (*gemeenten, *wijken)),
            *({"code": c, "name": n, "population": p, "pc4": post} for c, n, p, post in buurten),
        ),
        codes_of(2016, {"code": "WK000199", "name": "Vroeger"}),
    ]


def _one(areas: pl.DataFrame, code: str) -> dict[str, Any]:
    return areas.filter(pl.col("code") == code).row(0, named=True)


def test_only_the_map_year_has_areas(country: list[Any], policy: Policy) -> None:
    areas, _ = areas_of(country, _programme(policy, _neighbourhood(policy, "Oost", "WK000101")))
    assert areas["vintage"].unique().to_list() == [2020]
    assert "WK000199" not in areas["code"]


def test_every_area_knows_what_it_lies_in(country: list[Any], policy: Policy) -> None:
    areas, _ = areas_of(country, _programme(policy, _neighbourhood(policy, "Oost", "WK000101")))
    buurt, wijk, gemeente = (_one(areas, code) for code in ("BU00010101", "WK000101", "GM0001"))
    assert (buurt["wijk"], buurt["gemeente"]) == ("WK000101", "GM0001")
    assert (wijk["wijk"], wijk["gemeente"]) == (None, "GM0001")
    assert (gemeente["wijk"], gemeente["gemeente"]) == (None, None)


def test_a_neighbourhood_is_the_sum_of_its_parts(country: list[Any], policy: Policy) -> None:
    neighbourhood = _neighbourhood(policy, "Samen", "WK000101", "BU00010201")
    areas, composition = areas_of(country, _programme(policy, neighbourhood))
    made = _one(areas, "proef.samen")
    assert (made["level"], made["gemeente"], made["population"]) == ("programmagebied", "GM0001", 400.0)
    assert made["pc4"] == ["1011"]
    assert composition.filter(pl.col("composed") == "proef.samen").select("part", "sign").rows() == [
        ("WK000101", 1),
        ("BU00010201", 1),
    ]


def test_what_lies_inside_a_wijk_of_the_programme_belongs_to_it(country: list[Any], policy: Policy) -> None:
    areas, _ = areas_of(country, _programme(policy, _neighbourhood(policy, "Oost", "WK000101")))
    member = areas.filter(pl.col("programmes").list.contains("proef"))
    assert member["code"].to_list() == ["BU00010101", "BU00010102", "WK000101", "proef.alle", "proef.oost"]


def test_a_wijk_that_holds_a_buurt_of_the_programme_does_not_belong_to_it(country: list[Any], policy: Policy) -> None:
    areas, _ = areas_of(country, _programme(policy, _neighbourhood(policy, "Haven", "BU00010101")))
    member = areas.filter(pl.col("programmes").list.contains("proef"))
    assert member["code"].to_list() == ["BU00010101", "proef.alle", "proef.haven"]


@pytest.mark.parametrize(
    ("code", "people", "parts"),
    [
        ("proef.alle", 660.0, {("BU00010101", 1), ("WK000201", 1)}),
        ("GM0001-buiten-proef", 340.0, {("GM0001", 1), ("BU00010101", -1)}),
        ("GM0002-buiten-proef", 0.0, {("GM0002", 1), ("WK000201", -1)}),
        ("NL00-buiten-proef", 340.0, {("NL00", 1), ("BU00010101", -1), ("WK000201", -1)}),
        ("PAAR", 1000.0, {("GM0001", 1), ("GM0002", 1)}),
    ],
)
def test_wholes_and_what_is_left_of_them(
    country: list[Any], policy: Policy, code: str, people: float, parts: set[tuple[str, int]]
) -> None:
    made = (
        _neighbourhood(policy, "Haven", "BU00010101"),
        _neighbourhood(policy, "Veld", "WK000201", gemeente="GM0002"),
    )
    areas, composition = areas_of(country, _programme(policy, *made))
    assert set(composition.filter(pl.col("composed") == code).select("part", "sign").rows()) == parts
    assert _one(areas, code)["population"] == people


def test_a_part_that_does_not_exist_is_named_with_what_was_meant(country: list[Any], policy: Policy) -> None:
    with pytest.raises(FaultsFound) as raised:
        areas_of(country, _programme(policy, _neighbourhood(policy, "Oost", "WK000109")))
    (complaint,) = raised.value.complaints
    assert complaint.found == "WK000109"
    assert "WK000101 (Oost)" in complaint.sentence


def test_a_part_counts_for_one_neighbourhood_only(country: list[Any], policy: Policy) -> None:
    twice = (_neighbourhood(policy, "Oost", "WK000101"), _neighbourhood(policy, "Kust", "WK000101"))
    with pytest.raises(FaultsFound, match="hoort al bij Oost"):
        areas_of(country, _programme(policy, *twice))


@pytest.mark.parametrize("parts", [("WK000101", "BU00010101"), ("BU00010101", "WK000101")])
def test_a_wijk_and_a_buurt_inside_it_are_not_both_parts(
    country: list[Any], policy: Policy, parts: tuple[str, ...]
) -> None:
    with pytest.raises(FaultsFound, match="BU00010101 ligt in WK000101"):
        areas_of(country, _programme(policy, _neighbourhood(policy, "Oost", *parts)))


def test_all_faults_are_told_at_once(country: list[Any], policy: Policy) -> None:
    wrong = (_neighbourhood(policy, "Eerste", "WK000108"), _neighbourhood(policy, "Tweede", "WK000109"))
    with pytest.raises(FaultsFound) as raised:
        areas_of(country, _programme(policy, *wrong))
    assert [complaint.found for complaint in raised.value.complaints] == ["WK000108", "WK000109"]


def test_codes_of_another_map_year_are_refused(country: list[Any], policy: Policy) -> None:
    with pytest.raises(FaultsFound, match="kaartjaar van de editie: 2020"):
        areas_of(country, _programme(policy, _neighbourhood(policy, "Oost", "WK000101"), vintage=2016))


def test_a_gemeente_that_is_not_in_the_files_is_left_out_with_a_warning(country: list[Any], policy: Policy) -> None:
    elsewhere = _neighbourhood(policy, "Ver", "WK077201", gemeente="GM0772")
    proef = _programme(policy, _neighbourhood(policy, "Oost", "WK000101"), elsewhere)
    areas, _ = areas_of(country, proef)
    assert "proef.ver" not in areas["code"]
    (warning,) = complaints_of(country, proef)
    assert (warning.severity, warning.found) == (Severity.WARNING, "GM0772")


def test_a_postcode_area_without_figures_is_made_of_its_buurten(country: list[Any], policy: Policy) -> None:
    proef = _programme(policy, _neighbourhood(policy, "Post", "PC1011"))
    areas, composition = areas_of(country, proef)
    assert composition.filter(pl.col("composed") == "proef.post")["part"].to_list() == ["BU00010101", "BU00010201"]
    assert _one(areas, "proef.post")["population"] == 360.0


def test_a_postcode_area_with_figures_is_itself_a_part(country: list[Any], policy: Policy, codes_of: Factory) -> None:
    postcode = codes_of(2020, {"code": "PC1011", "name": "1011", "population": 350.0})
    proef = _programme(policy, _neighbourhood(policy, "Post", "PC1011"))
    areas, composition = areas_of([*country, postcode], proef)
    assert composition.filter(pl.col("composed") == "proef.post")["part"].to_list() == ["PC1011"]
    assert _one(areas, "PC1011")["gemeente"] is None


def test_people_are_unknown_where_those_of_a_part_are(country: list[Any], policy: Policy, codes_of: Factory) -> None:
    nobody_knows = codes_of(2020, {"code": "WK000103", "name": "Nieuw"})
    proef = _programme(policy, _neighbourhood(policy, "Samen", "WK000101", "WK000103"))
    assert _one(areas_of([*country, nobody_knows], proef)[0], "proef.samen")["population"] is None


def test_a_group_with_a_member_missing_is_left_out_with_a_warning(country: list[Any], policy: Policy) -> None:
    proef = _programme(policy, _neighbourhood(policy, "Oost", "WK000101"))
    proef = replace(proef, groups=(replace(proef.groups[0], members=("GM0001", "GM0009")),))
    assert "PAAR" not in areas_of(country, proef)[0]["code"]
    assert [complaint.found for complaint in complaints_of(country, proef)] == ["GM0009"]
