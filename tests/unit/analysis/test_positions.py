"""A position is the difference of the two published figures beside it."""

import math

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_country import areas, indicator, policy
from wijkpeil.analysis import positions
from wijkpeil.domain.frames import Figures
from wijkpeil.domain.indicator import Direction, Kind

COMPARATORS = ("rest_of_city", "look_alikes", "city", "city_outside_programme", "country", "G4")


def published(rows) -> dy.DataFrame[Figures]:
    defaults = {
        "indicator": "arm", "period": 2007, "value": 0.3, "low": None, "high": None, "interval": "none_known",
        "base": None, "status": "final", "source": "cbs:1", "apportioned": 0.0,
        "rest_value": None, "rest_low": None, "rest_high": None, "rest_status": "no_comparator",
        "like_value": None, "like_low": None, "like_high": None, "like_n": None, "like_status": "no_comparator",
    }  # fmt: skip
    names = Figures.column_names()
    whole = [[{**defaults, **row}[name] for name in names] for row in rows]
    return Figures.cast(pl.DataFrame(whole, schema=names, orient="row", strict=False, infer_schema_length=None))


def beside(rows, comparators=COMPARATORS, **traits):
    register = areas(
        {"NL00": 9, "GM0001": 9, "WK000101": 9, "WK000102": 9}, {"GM0001-buiten-prog": "GM0001", "G4": None}
    )
    found = positions(
        published(rows), areas=register, policy=policy(indicator(**traits)), comparators=list(comparators)
    )
    return {(row["area"], row["comparator"]): row for row in found.to_dicts()}


WHOLE = [
    {"area": "G4", "value": 0.25},
    {"area": "GM0001", "value": 0.2},
    {"area": "GM0001-buiten-prog", "value": 0.15},
    {"area": "NL00", "value": 0.1},
    {"area": "WK000101", "value": 0.3, "rest_value": 0.18, "rest_status": "final", "like_value": 0.28,
     "like_status": "approximate"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("comparator", "value"),
    list(zip(COMPARATORS, (0.18, 0.28, 0.2, 0.15, 0.1, 0.25), strict=True)),
)
def test_every_comparator_is_looked_up_and_the_gap_is_the_difference(comparator, value):
    one = beside(WHOLE)[("WK000101", comparator)]
    assert one["comparator_value"] == value
    assert one["gap"] == pytest.approx(value - 0.3)
    assert one["relative_gap"] == pytest.approx(-math.log(0.3 / value))


def test_lower_is_better_means_that_more_is_behind():
    behind, ahead = (
        beside(WHOLE, direction=direction)[("WK000101", "city")]["gap"]
        for direction in (Direction.LOWER_IS_BETTER, Direction.HIGHER_IS_BETTER)
    )
    assert (behind, ahead) == (-0.1, 0.1)
    assert beside(WHOLE, direction=Direction.CONTEXT)[("WK000101", "city")]["gap"] == 0.1


def test_a_city_beside_itself_and_a_group_without_a_city_have_no_position():
    found = beside(WHOLE)
    for key in (("GM0001", "city"), ("G4", "city"), ("NL00", "country"), ("G4", "city_outside_programme")):
        assert (found[key]["comparator_status"], found[key]["gap"]) == ("not_applicable", None)


def test_a_comparator_without_a_row_is_missing_and_a_hidden_one_keeps_its_reason():
    rows = [{"area": "WK000101"}, {"area": "NL00", "value": None, "status": "protects_another"}]
    found = beside(rows)
    assert found[("WK000101", "city")]["comparator_status"] == "missing"
    assert found[("WK000101", "country")]["comparator_status"] == "protects_another"
    assert found[("WK000101", "country")]["gap"] is None


def test_the_relative_gap_is_not_defined_at_zero():
    found = beside([{"area": "WK000101", "value": 0.0}, {"area": "NL00", "value": 0.1}])[("WK000101", "country")]
    assert (found["gap"], found["relative_gap"]) == (0.1, None)


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ORDINAL])
def test_counts_and_ordinal_classes_have_no_gap(kind):
    one = beside(WHOLE, kind=kind)[("WK000101", "city")]
    assert (one["comparator_value"], one["gap"], one["gap_low"], one["relative_gap"]) == (0.2, None, None, None)


def test_a_gap_has_an_interval_only_where_both_sides_have_one():
    limits = {"low": 0.25, "high": 0.36, "interval": "wilson"}
    rows = [{"area": "WK000101", "value": 0.3, **limits}, {"area": "NL00", "value": 0.3, **limits}, {"area": "GM0001"}]
    found = beside(rows)
    assert found[("WK000101", "city")]["gap_low"] is None
    one = found[("WK000101", "country")]
    assert (one["gap_low"], one["gap_high"]) == pytest.approx((-math.hypot(0.05, 0.06), math.hypot(0.05, 0.06)))


share = st.floats(0.001, 0.999).map(lambda number: round(number, 4))


@settings(deadline=None)
@given(share, share, st.floats(0.01, 0.1), st.floats(0.01, 0.1))
def test_swapping_the_sides_flips_the_signs(one, other, width, height):
    rows = [
        {"area": "WK000101", "value": one, "low": one - width, "high": one + height, "interval": "wilson",
         "rest_value": other, "rest_low": other - height, "rest_high": other + width, "rest_status": "final"},
        {"area": "WK000102", "value": other, "low": other - height, "high": other + width, "interval": "wilson",
         "rest_value": one, "rest_low": one - width, "rest_high": one + height, "rest_status": "final"},
    ]  # fmt: skip
    found = beside(rows, comparators=["rest_of_city"])
    here, there = found[("WK000101", "rest_of_city")], found[("WK000102", "rest_of_city")]
    assert here["gap"] == -there["gap"] == pytest.approx(other - one)
    assert here["relative_gap"] == -there["relative_gap"]
    assert (here["gap_low"], here["gap_high"]) == (-there["gap_high"], -there["gap_low"])
    assert here["gap_low"] <= here["gap"] <= here["gap_high"]


def test_rows_stand_in_the_order_of_the_figures_and_then_of_the_comparators():
    rows = [{"area": "WK000101"}, {"area": "WK000102"}]
    assert list(beside(rows, comparators=["country", "city"])) == [
        ("WK000101", "country"), ("WK000101", "city"), ("WK000102", "country"), ("WK000102", "city")
    ]  # fmt: skip
