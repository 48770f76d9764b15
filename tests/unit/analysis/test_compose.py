"""Areas made of other areas get their figures by counts, or a reason."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.domain.indicator import Kind, Nature

PEOPLE = {"NL00": 1000, "GM0001": 1000, "WK000101": 300, "WK000102": 700, "WK000103": 0}


def worked_out(rows, *, parts=None, composed=None, people=PEOPLE, counted=None, kind=Kind.PROPORTION, **traits):
    frame = figures_of(
        figures(rows),
        areas=areas(people, composed or dict.fromkeys(parts or {}, "GM0001")),
        composition=composition(parts),
        population=population(counted),
        policy=policy(indicator(kind=kind, **traits)),
    )
    return {row["area"]: row for row in frame.to_dicts()}


def wijken(one, other, **more):
    return [
        {"area": "WK000101", "value": one, "base": 300, **more},
        {"area": "WK000102", "value": other, "base": 700, **more},
    ]


def test_a_composed_share_is_weighed_by_the_bases_and_not_the_mean_of_the_shares():
    found = worked_out(wijken(0.1, 0.2), parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]
    assert found["value"] == pytest.approx(0.17)
    assert (found["base"], found["status"], found["made"]) == (1000, "final", "composed")


def test_counts_are_added():
    found = worked_out(wijken(30, 70), parts={"prog.a": ["WK000101", "WK000102"]}, kind=Kind.COUNT)["prog.a"]
    assert (found["value"], found["status"]) == (100, "final")


def test_ordinal_classes_are_never_combined():
    found = worked_out(wijken(3, 5), parts={"prog.a": ["WK000101", "WK000102"]}, kind=Kind.ORDINAL)
    assert (found["prog.a"]["value"], found["prog.a"]["status"]) == (None, "not_applicable")
    assert found["GM0001"]["status"] == "not_applicable"


@pytest.mark.parametrize("kind", [Kind.PROPORTION, Kind.ORDINAL, Kind.COUNT])
def test_an_area_of_one_part_is_that_part_to_the_byte(kind):
    rows = wijken(1 / 3, 0.2, rounded_to=5, apportioned=0.1, status="provisional")
    found = worked_out(rows, parts={"prog.a": ["WK000101"]}, kind=kind)
    part, whole = found["WK000101"], found["prog.a"]
    assert whole["made"] == "copied"
    same = [name for name in part if name not in {"area", "made"}]
    assert {name: part[name] for name in same} == {name: whole[name] for name in same}


def test_without_a_base_the_people_weigh_and_the_figure_is_approximate():
    rows = [{"area": "WK000101", "value": 0.1}, {"area": "WK000102", "value": 0.2, "base": 700}]
    found = worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]
    assert found["value"] == pytest.approx(0.17)
    assert (found["status"], found["base"], found["interval"]) == ("approximate", None, "none_known")


def test_the_people_of_the_nearest_year_weigh_and_of_two_as_near_the_earlier():
    rows = [{"area": "WK000101", "value": 0.0}, {"area": "WK000102", "value": 1.0}]
    counted = {
        ("WK000101", 2006): 100, ("WK000102", 2006): 300,
        ("WK000101", 2008): 100, ("WK000102", 2008): 100,
        ("WK000101", 2004): 100, ("WK000102", 2004): 0,
    }  # fmt: skip
    found = worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]}, counted=counted)["prog.a"]
    assert found["value"] == pytest.approx(0.75)


def test_base_and_people_are_never_mixed_in_one_mean():
    rows = [{"area": "WK000101", "value": 0.0, "base": 3}, {"area": "WK000102", "value": 1.0}]
    found = worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]
    assert found["value"] == pytest.approx(0.7)


@pytest.mark.parametrize(
    ("absent", "status"), [(40, "approximate"), (50, "approximate"), (51, "incomplete"), (600, "incomplete")]
)
def test_a_missing_part_counts_only_below_five_per_cent_of_the_people(absent, status):
    people = {"WK000101": 1000 - absent, "WK000102": absent, "GM0001": 1000}
    rows = [{"area": "WK000101", "value": 0.1, "base": 1000 - absent}, {"area": "WK000102", "value": None}]
    found = worked_out(rows, people=people, parts={"prog.a": ["WK000101", "WK000102"]})
    for area in ("prog.a", "GM0001"):
        assert found[area]["status"] == status
        assert (found[area]["value"] is None) == (status == "incomplete")


def test_a_missing_part_of_unknown_size_makes_the_whole_incomplete():
    rows = [{"area": "WK000101", "value": 0.1, "base": 950}]
    people = {"WK000101": 950, "WK000102": None}
    assert (
        worked_out(rows, people=people, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]["status"] == "incomplete"
    )


def test_a_part_without_people_is_not_missed():
    found = worked_out(wijken(0.1, 0.2), parts={"prog.a": ["WK000101", "WK000102", "WK000103"]})
    assert found["prog.a"]["status"] == "final"


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("final", "provisional", "provisional"),
        ("modelled", "provisional", "modelled"),
        ("approximate", "modelled", "approximate"),
        ("below_half_unit", "final", "final"),
    ],
)
def test_the_gravest_status_of_the_parts_is_that_of_the_whole(first, second, status):
    rows = [
        {"area": "WK000101", "value": 0.0, "base": 300, "status": first},
        {"area": "WK000102", "value": 0.2, "base": 700, "status": second},
    ]
    assert worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]["status"] == status


def test_an_area_of_which_all_parts_have_one_reason_has_that_reason():
    rows = [{"area": code, "status": "suppressed_by_source"} for code in ("WK000101", "WK000102")]
    assert worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]["status"] == "suppressed_by_source"


def test_a_modelled_figure_composed_by_people_has_no_interval():
    rows = [
        {"area": "WK000101", "value": 0.1, "status": "modelled"},
        {"area": "WK000102", "value": 0.2, "status": "modelled"},
    ]
    found = worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]}, nature=Nature.MODELLED)["prog.a"]
    assert (found["interval"], found["low"]) == ("modelled", None)


def test_the_city_outside_a_programme_is_the_city_without_all_its_parts():
    rows = [*wijken(0.1, 0.2), {"area": "GM0001", "value": 0.17, "base": 1000}]
    found = worked_out(rows, parts={"GM0001-buiten-prog": ["GM0001", "-WK000102"]})["GM0001-buiten-prog"]
    assert found["value"] == pytest.approx(0.1)
    assert found["base"] == 300


def test_figures_that_do_not_fit_together_leave_no_share_below_zero():
    rows = [*wijken(0.1, 0.9), {"area": "GM0001", "value": 0.1, "base": 1000}]
    found = worked_out(rows, parts={"GM0001-buiten-prog": ["GM0001", "-WK000102"]})["GM0001-buiten-prog"]
    assert (found["value"], found["status"]) == (None, "no_comparator")


def test_nothing_is_left_of_a_city_that_is_wholly_in_the_programme():
    found = worked_out(wijken(0.1, 0.2), parts={"GM0001-buiten-prog": ["GM0001", "-WK000101", "-WK000102"]})
    assert (found["GM0001-buiten-prog"]["value"], found["GM0001-buiten-prog"]["status"]) == (None, "not_applicable")


def test_a_city_that_its_publisher_does_not_give_is_the_sum_of_its_wijken():
    found = worked_out(wijken(0.1, 0.2))
    assert found["GM0001"]["value"] == pytest.approx(0.17)
    assert (found["GM0001"]["made"], found["GM0001"]["status"]) == ("total_of_wijken", "final")
    assert (found["NL00"]["made"], found["NL00"]["status"]) == ("total_of_gemeenten", "final")


def test_a_city_is_the_sum_of_its_buurten_where_there_are_no_wijken():
    people = {"GM0001": 100, "WK000101": 50, "WK000102": 50, "BU00010101": 50, "BU00010201": 50}
    rows = [{"area": "BU00010101", "value": 0.1, "base": 50}, {"area": "BU00010201", "value": 0.3, "base": 50}]
    found = worked_out(rows, people=people)
    assert found["GM0001"]["value"] == pytest.approx(0.2)
    assert found["WK000101"]["made"] == "total_of_buurten"


def test_the_publishers_own_figure_always_wins():
    found = worked_out([*wijken(0.1, 0.2), {"area": "GM0001", "value": 0.5, "base": 1000}])
    assert (found["GM0001"]["value"], found["GM0001"]["made"]) == (0.5, "given")


def test_a_figure_that_its_publisher_suppressed_is_not_computed_by_us():
    found = worked_out([*wijken(0.1, 0.2), {"area": "GM0001", "status": "suppressed_by_source"}])
    assert (found["GM0001"]["value"], found["GM0001"]["status"]) == (None, "suppressed_by_source")


def test_sources_of_different_parts_are_all_named():
    rows = wijken(0.1, 0.2)
    rows[1]["source"] = "rivm:2"
    assert worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]["source"] == "cbs:1 + rivm:2"


def test_composed_areas_of_composed_areas_are_written_out():
    parts = {"prog.a": ["WK000101"], "prog.b": ["WK000102"], "prog.alle": ["prog.a", "prog.b"]}
    found = worked_out(wijken(0.1, 0.2), parts=parts)
    assert found["prog.alle"]["value"] == pytest.approx(0.17)


def test_an_area_that_is_a_part_of_itself_is_refused():
    with pytest.raises(ValueError, match="part of itself"):
        worked_out(wijken(0.1, 0.2), parts={"prog.a": ["prog.b"], "prog.b": ["prog.a"]})


def test_two_figures_for_one_area_and_period_are_refused():
    with pytest.raises(ValueError, match="two figures"):
        worked_out([*wijken(0.1, 0.2), *wijken(0.1, 0.2)])


def test_a_figure_of_an_unknown_area_does_not_vanish():
    with pytest.raises(pl.exceptions.InvalidOperationError, match="WK999999"):
        worked_out([{"area": "WK999999", "value": 0.1}])


def test_standard_errors_of_independent_parts_are_combined():
    rows = wijken(0.1, 0.2, se=0.01)
    found = worked_out(rows, parts={"prog.a": ["WK000101", "WK000102"]})["prog.a"]
    error = np.hypot(0.3 * 0.01, 0.7 * 0.01)
    assert found["high"] - found["value"] == pytest.approx(1.959964 * error, rel=1e-5)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(1, 500), st.integers(1, 500)), min_size=2, max_size=9))
def test_the_whole_has_the_counts_of_its_parts(counts):
    people = {f"WK00010{place}": part + more for place, (part, more) in enumerate(counts)}
    rows = [
        {"area": code, "value": part / people[code], "base": people[code]}
        for code, (part, _) in zip(people, counts, strict=True)
    ]
    found = worked_out(rows, people={"GM0001": None, **people}, parts={"prog.a": list(people)})
    for area in ("prog.a", "GM0001"):
        assert found[area]["value"] * found[area]["base"] == pytest.approx(sum(part for part, _ in counts))
        assert found[area]["low"] <= found[area]["value"] <= found[area]["high"]
