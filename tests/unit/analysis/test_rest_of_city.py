"""A neighbourhood stands beside its city without itself."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.domain.indicator import Kind

PEOPLE = {"GM0001": 1000, "WK000101": 300, "WK000102": 700}


def worked_out(rows, *, people=PEOPLE, parts=None, kind=Kind.PROPORTION):
    frame = figures_of(
        figures(rows),
        areas=areas(people, {code: None if "." not in code else "GM0001" for code in parts or {}}),
        composition=composition(parts),
        population=population(),
        policy=policy(indicator(kind=kind)),
    )
    return {row["area"]: row for row in frame.to_dicts()}


def test_the_rest_of_the_city_is_exact_with_counts():
    rows = [
        {"area": "WK000101", "value": 60 / 300, "base": 300},
        {"area": "WK000102", "value": 70 / 700, "base": 700},
    ]
    found = worked_out(rows)["WK000101"]
    assert found["rest_value"] == pytest.approx(0.1)
    assert (found["rest_base"], found["rest_status"]) == (700, "final")
    assert found["rest_low"] == pytest.approx(worked_out(rows)["WK000102"]["low"])


def test_without_bases_the_people_weigh_and_the_rest_is_approximate():
    found = worked_out([{"area": "WK000101", "value": 0.2}, {"area": "GM0001", "value": 0.13}])["WK000101"]
    assert found["rest_value"] == pytest.approx(0.1)
    assert (found["rest_status"], found["rest_low"]) == ("approximate", None)


def test_a_composed_area_leaves_out_all_its_parts():
    people = {"GM0001": 1000, "WK000101": 300, "WK000102": 200, "WK000103": 500}
    rows = [{"area": code, "value": share, "base": people[code]} for code, share in
            {"WK000101": 0.3, "WK000102": 0.4, "WK000103": 0.1}.items()]  # fmt: skip
    found = worked_out(rows, people=people, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]
    assert found["rest_value"] == pytest.approx(0.1)
    assert found["rest_base"] == 500


def test_an_area_that_is_its_own_city_has_no_comparator():
    found = worked_out([{"area": "WK000101", "value": 0.2, "base": 300}], people={"GM0001": 300, "WK000101": 300})
    assert (found["WK000101"]["rest_value"], found["WK000101"]["rest_status"]) == (None, "no_comparator")


@pytest.mark.parametrize(("area", "city"), [(0.9, 0.1), (0.0, 0.9)])
def test_a_rest_below_zero_or_above_one_is_no_comparator(area, city):
    found = worked_out([{"area": "WK000101", "value": area}, {"area": "GM0001", "value": city}])["WK000101"]
    assert (found["rest_value"], found["rest_status"]) == (None, "no_comparator")


@pytest.mark.parametrize("kind", [Kind.ORDINAL, Kind.COUNT])
def test_ordinal_classes_and_counts_have_no_rest_of_the_city(kind):
    rows = [{"area": "WK000101", "value": 3, "base": 300}, {"area": "GM0001", "value": 5, "base": 1000}]
    assert worked_out(rows, kind=kind)["WK000101"]["rest_status"] == "not_applicable"


@pytest.mark.parametrize("area", ["GM0001", "G4", "GM0001-buiten-prog"])
def test_cities_groups_and_what_is_left_of_a_city_have_no_rest(area):
    rows = [{"area": "WK000101", "value": 0.2, "base": 300}, {"area": "WK000102", "value": 0.1, "base": 700}]
    parts = {"G4": ["GM0001", "WK000102"], "GM0001-buiten-prog": ["GM0001", "-WK000101"]}
    assert worked_out(rows, parts=parts)[area]["rest_status"] == "not_applicable"


def test_the_reason_of_the_area_or_else_of_the_city_is_the_reason_of_the_rest():
    rows = [
        {"area": "WK000101", "status": "suppressed_by_source"},
        {"area": "WK000102", "value": 0.2, "base": 700},
        {"area": "GM0001", "status": "not_comparable"},
    ]
    found = worked_out(rows)
    assert found["WK000101"]["rest_status"] == "suppressed_by_source"
    assert found["WK000102"]["rest_status"] == "not_comparable"


def test_a_provisional_city_makes_the_rest_provisional():
    rows = [
        {"area": "WK000101", "value": 0.2, "base": 300},
        {"area": "GM0001", "value": 0.13, "base": 1000, "status": "provisional"},
    ]
    assert worked_out(rows)["WK000101"]["rest_status"] == "provisional"


counts = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=2, max_size=6).filter(
    lambda some: all(part + more for part, more in some)
)


@settings(deadline=None)
@given(counts)
def test_removing_the_area_from_its_city_never_shrinks_the_gap(some):
    people = {f"WK00010{place}": part + more for place, (part, more) in enumerate(some)}
    rows = [{"area": code, "value": part / people[code], "base": people[code]}
            for code, (part, _) in zip(people, some, strict=True)]  # fmt: skip
    found = worked_out(rows, people={"GM0001": sum(people.values()), **people})
    city = found["GM0001"]["value"]
    for code in people:
        one = found[code]
        assert abs(one["value"] - one["rest_value"]) >= abs(one["value"] - city) - 1e-12


@settings(deadline=None)
@given(counts, st.integers(1, 5))
def test_the_position_of_the_whole_is_the_weighted_position_of_its_parts(some, cut):
    people = {f"WK00010{place}": part + more for place, (part, more) in enumerate(some)}
    rows = [{"area": code, "value": part / people[code], "base": people[code]}
            for code, (part, _) in zip(people, some, strict=True)]  # fmt: skip
    chosen = list(people)[: min(cut, len(people) - 1)]
    found = worked_out(rows, people={"GM0001": sum(people.values()), **people}, parts={"prog.a": chosen})
    rest, whole = found["prog.a"]["rest_value"], found["prog.a"]
    weighted = sum(people[code] * (found[code]["value"] - rest) for code in chosen) / sum(map(people.get, chosen))
    assert whole["value"] - rest == pytest.approx(weighted, abs=1e-12)
