"""What passes the one door is rounded, complete and explained; the rest stays behind it."""

import random

import dataframely as dy
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.disclosure import release
from wijkpeil.domain.frames import PRESENT_STATUSES, Figures, LookAlikesFound
from wijkpeil.domain.indicator import Kind, Nature, Unit

PEOPLE = {
    "NL00": 2000, "GM0001": 1000, "GM0002": 1000,
    "WK000101": 30, "WK000102": 270, "WK000103": 700, "WK000201": 400, "WK000202": 600,
}  # fmt: skip


def alike(pairs) -> dy.DataFrame[LookAlikesFound]:
    rows = [(area, other, rank, 0.1) for rank, (area, other) in enumerate(pairs, start=1)]
    return LookAlikesFound.cast(pl.DataFrame(rows, schema=LookAlikesFound.column_names(), orient="row"))


def unreleased(rows, rules, *, parts=None, people=PEOPLE):
    return figures_of(figures(rows), population=population(), policy=rules, **geography(people, parts))


def geography(people=PEOPLE, parts=None):
    return {"areas": areas(people, dict.fromkeys(parts or {}, "GM0001")), "composition": composition(parts)}


def shown(rows, *, parts=None, people=PEOPLE, look_alikes=(), minimum=50, step=1, kind=Kind.PROPORTION, **more):
    rules = policy(indicator(kind=kind, **more), minimum={kind.value: minimum}, round_counts_to=step)
    found = release(
        unreleased(rows, rules, parts=parts, people=people),
        look_alikes=alike(look_alikes),
        policy=rules,
        audience="openbaar",
        **geography(people, parts),
    )
    return {row["area"]: row for row in found.to_dicts()}


def wijken(*values, period=2007, **more):
    codes = [code for code in PEOPLE if code.startswith("WK")]
    return [
        {"area": code, "value": value, "base": PEOPLE[code], "period": period, **more}
        for code, value in zip(codes, values, strict=False)
    ]


def test_a_figure_of_too_few_people_never_passes_and_takes_a_companion_with_it():
    found = shown(wijken(0.1, 0.2, 0.3))
    assert found["WK000101"]["status"] == "too_few"
    assert found["WK000102"]["status"] == "protects_another"
    assert found["WK000103"]["value"] == 0.3
    for code in ("WK000101", "WK000102"):
        one = found[code]
        assert [one[name] for name in ("value", "low", "high", "base", "rest_value", "rest_low")] == [None] * 6
        assert (one["rest_status"], one["interval"]) == ("protects_another", "not_applicable")


def test_a_figure_without_a_base_is_measured_by_the_people_of_its_area():
    rows = [{"area": "WK000101", "value": 0.1}, {"area": "GM0002", "value": 0.1}]
    found = shown(rows)
    assert (found["WK000101"]["status"], found["GM0002"]["status"]) == ("too_few", "final")


def test_a_figure_of_which_nobody_knows_the_people_is_shown():
    assert shown([{"area": "WK000101", "value": 0.1}], people={**PEOPLE, "WK000101": None})["WK000101"]["value"] == 0.1


def test_the_indicator_may_be_stricter_than_the_audience():
    assert shown(wijken(0.1, 0.2, 0.3), minimum_base=300)["WK000102"]["status"] == "too_few"
    assert shown(wijken(0.1, 0.2, 0.3), minimum_base=10)["WK000101"]["status"] == "too_few"


def test_a_small_count_is_its_own_base():
    found = shown([{"area": "WK000101", "value": 3}, {"area": "WK000102", "value": 80}], kind=Kind.COUNT, minimum=5)
    assert (found["WK000101"]["status"], found["WK000102"]["status"]) == ("too_few", "final")


def test_a_copy_of_a_hidden_part_is_hidden_too():
    found = shown(wijken(0.1, 0.2, 0.3), parts={"prog.a": ["WK000101"], "prog.b": ["WK000102"]})
    assert (found["prog.a"]["status"], found["prog.b"]["status"]) == ("too_few", "protects_another")


def test_a_hidden_part_is_not_what_is_left_of_a_composed_area():
    found = shown(wijken(0.1, 0.2, 0.3), parts={"prog.a": ["WK000101", "WK000103"]})
    assert found["prog.a"]["value"] is None or found["WK000103"]["value"] is None


def test_what_is_left_of_a_city_outside_a_programme_does_not_give_a_neighbourhood_away():
    found = shown(wijken(0.1, 0.2, 0.3), parts={"GM0001-buiten-prog": ["GM0001", "-WK000101"]})
    assert found["GM0001-buiten-prog"]["value"] is None


def test_a_rest_of_too_few_people_is_not_shown():
    people = {"GM0001": 430, "WK000101": 400, "WK000102": 30}
    rows = [{"area": "WK000101", "value": 0.1, "base": 400}, {"area": "GM0001", "value": 0.1, "base": 430}]
    assert shown(rows, people=people)["WK000101"]["rest_status"] == "too_few"


def test_the_rest_of_a_hidden_city_is_hidden():
    people = {"GM0001": 95, "WK000101": 60, "WK000102": 35}
    rows = [{"area": "WK000101", "value": 0.1, "base": 60}, {"area": "WK000102", "value": 0.1, "base": 35}]
    found = shown(rows, people=people)
    assert found["WK000102"]["status"] == "too_few"
    assert not any(found[code]["rest_value"] for code in people)


def test_nothing_is_hidden_for_a_part_of_which_the_publisher_gives_nothing():
    rows = [*wijken(None, 0.2, 0.3), {"area": "GM0001", "value": 0.27, "base": 1000}]
    found = shown(rows)
    assert [found[code]["status"] for code in ("WK000101", "WK000102", "GM0001")] == ["missing", "final", "final"]


def test_a_figure_that_its_publisher_suppressed_does_not_follow_from_what_we_add():
    rows = [{"area": "WK000101", "status": "suppressed_by_source"}, *wijken(0.1, 0.2, 0.3)[1:]]
    found = shown(rows, parts={"prog.a": ["WK000101", "WK000103"], "GM0001-buiten-prog": ["GM0001", "-WK000101"]})
    assert found["WK000101"]["status"] == "suppressed_by_source"
    assert found["WK000103"]["rest_value"] == pytest.approx(0.2)  # the wijk that is given, not the suppressed one
    assert found["prog.a"]["value"] == found["WK000103"]["value"]


def test_all_figures_hidden_leave_reasons_and_no_figures():
    found = shown(wijken(0.1, 0.2, 0.3, 0.4, 0.5), minimum=5000)
    assert {row["status"] for row in found.values()} == {"too_few"}
    assert all(row["value"] is None and row["like_value"] is None for row in found.values())


def test_values_have_one_decimal_more_than_the_reader_sees_and_limits_are_rounded_outwards():
    one = shown(wijken(0.1, 0.2, 1 / 3))["WK000103"]
    assert one["value"] == 0.3333
    assert (one["low"], one["high"]) == (round(one["low"], 4), round(one["high"], 4))
    exact = unreleased(wijken(0.1, 0.2, 1 / 3), policy()).filter(area="WK000103").row(0, named=True)
    assert one["low"] <= exact["low"] <= exact["high"] <= one["high"]


@pytest.mark.parametrize(
    ("kind", "unit", "decimals", "value", "seen"),
    [
        (Kind.RATE, Unit.PER_1000, 1, 0.0123456, 0.01235),
        (Kind.MEAN, Unit.EURO, 0, 24567.891, 24567.9),
        (Kind.COUNT, Unit.PERSONS, 0, 1238, 1240),
        (Kind.COUNT, Unit.DWELLINGS, 0, 1238, 1238),
    ],
)
def test_the_published_precision_follows_the_unit_of_the_reader(kind, unit, decimals, value, seen):
    rows = [{"area": "WK000103", "value": value, "base": 700}]
    found = shown(rows, kind=kind, unit=unit, decimals=decimals, step=5, minimum=0)
    assert found["WK000103"]["value"] == seen


def test_bases_are_rounded_as_the_rule_says():
    rows = [{"area": "WK000103", "value": 0.5, "base": 702.5}]
    assert shown(rows, step=5)["WK000103"]["base"] == 705


def test_the_mean_of_look_alikes_weighs_the_published_ones_only():
    rows = wijken(0.9, 0.2, 0.3, 0.4, 0.5)
    look_alikes = [("WK000103", "WK000101"), ("WK000103", "WK000201"), ("WK000103", "WK000202")]
    one = shown(rows, look_alikes=look_alikes)["WK000103"]
    assert one["like_value"] == pytest.approx((400 * 0.4 + 600 * 0.5) / 1000)
    assert (one["like_n"], one["like_status"]) == (2, "final")
    assert one["like_low"] < one["like_value"] < one["like_high"]


def test_one_look_alike_has_no_spread_and_none_is_no_comparator():
    found = shown(wijken(0.1, 0.2, 0.3, 0.4, 0.5), look_alikes=[("WK000103", "WK000201")])
    assert (found["WK000103"]["like_value"], found["WK000103"]["like_low"]) == (0.4, None)
    assert (found["WK000102"]["like_n"], found["WK000102"]["like_status"]) == (None, "no_comparator")


def test_look_alikes_without_bases_are_weighed_by_people_and_approximate():
    rows = [{"area": code, "value": value} for code, value in (("WK000103", 0.1), ("WK000201", 0.2), ("WK000202", 0.4))]
    one = shown(rows, look_alikes=[("WK000103", "WK000201"), ("WK000103", "WK000202")])["WK000103"]
    assert (one["like_value"], one["like_status"]) == (0.32, "approximate")


def test_cities_and_the_country_have_no_look_alikes():
    found = shown(wijken(0.1, 0.2, 0.3, 0.4, 0.5))
    assert (found["GM0002"]["like_status"], found["NL00"]["like_status"]) == ("not_applicable", "not_applicable")


@pytest.mark.parametrize("kind", [Kind.COUNT, Kind.ORDINAL])
def test_counts_and_classes_are_not_averaged_over_look_alikes(kind):
    one = shown(wijken(1, 2, 3, 4, 5), kind=kind, look_alikes=[("WK000103", "WK000201")])["WK000103"]
    assert (one["like_value"], one["like_status"]) == (None, "not_applicable")


def test_modelled_look_alikes_have_no_interval():
    rows = wijken(0.1, 0.2, 0.3, 0.4, 0.5, status="modelled")
    pairs = [("WK000103", "WK000201"), ("WK000103", "WK000202")]
    one = shown(rows, nature=Nature.MODELLED, look_alikes=pairs)["WK000103"]
    assert (one["like_low"], one["like_status"], one["interval"]) == (None, "modelled", "modelled")


def test_an_unknown_audience_is_refused():
    with pytest.raises(KeyError, match="pers"):
        release(
            unreleased(wijken(0.1, 0.2), policy()),
            look_alikes=alike([]),
            policy=policy(),
            audience="pers",
            **geography(),
        )


def many() -> tuple[list[dict], object]:
    rules = policy(indicator("a"), indicator("b", Kind.RATE), indicator("c", Kind.MEAN), minimum={"proportion": 50})
    draw = random.Random(7)
    rows = [
        row
        for name, period in (("a", 2007), ("a", 2009), ("b", 2007), ("c", 2012))
        for row in wijken(*(draw.random() for _ in range(5)), period=period, indicator=name)
    ]
    return rows, rules


def released(rows, rules):
    parts = {"prog.a": ["WK000102", "WK000103"], "GM0001-buiten-prog": ["GM0001", "-WK000102", "-WK000103"]}
    pairs = [("WK000103", "WK000201"), ("WK000103", "WK000202"), ("prog.a", "WK000202")]
    return release(
        unreleased(rows, rules, parts=parts),
        look_alikes=alike(pairs),
        policy=rules,
        audience="openbaar",
        **geography(PEOPLE, parts),
    )


@settings(max_examples=10, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_chunking_never_change_a_byte(shuffler):
    rows, rules = many()
    whole = released(rows, rules)
    shuffler.shuffle(rows)
    assert_frame_equal(released(rows, rules), whole, check_exact=True)
    chunks = [[row for row in rows if row["indicator"] in names] for names in ("a", "bc")]
    assert_frame_equal(pl.concat([released(chunk, rules) for chunk in chunks]), whole, check_exact=True)
    assert whole.select("indicator", "area", "period").equals(
        whole.select("indicator", "area", "period").sort(pl.all())
    )


figure = st.fixed_dictionaries(
    {
        "value": st.one_of(st.none(), st.sampled_from([0.0, 1.0]), st.floats(0, 1)),
        "base": st.one_of(st.none(), st.sampled_from([0, 1, 49, 50, 1000])),
        "rounded_to": st.sampled_from([None, 5]),
        "se": st.sampled_from([None, 0.0, 0.05]),
    }
)


@settings(max_examples=60, deadline=None)
@given(st.lists(figure, min_size=7, max_size=7), st.sampled_from(list(Kind)), st.sampled_from(list(Nature)))
def test_whatever_comes_in_every_figure_has_its_company_or_a_reason(some, kind, nature):
    codes = ["GM0001", *(code for code in PEOPLE if code.startswith("WK"))]
    rows = [{"area": code, **one} for code, one in zip(codes, some, strict=False)]
    parts = {"prog.a": ["WK000102", "WK000103"], "prog.b": ["WK000101"], "GM0001-buiten-prog": ["GM0001", "-WK000103"]}
    pairs = [("WK000103", "WK000201"), ("WK000103", "WK000202"), ("WK000101", "WK000201")]
    found = shown(rows, kind=kind, nature=nature, parts=parts, look_alikes=pairs)
    for row in found.values():
        for prefix in ("", "rest_", "like_"):
            assert (row[f"{prefix}value"] is not None) == (row[f"{prefix}status"] in PRESENT_STATUSES)
            assert (row[f"{prefix}low"] is None) == (row[f"{prefix}high"] is None)
            if row[f"{prefix}low"] is not None:
                assert row[f"{prefix}low"] <= row[f"{prefix}value"] <= row[f"{prefix}high"]
        numbers = [number for number in row.values() if isinstance(number, float)]
        assert all(number == number and abs(number) != float("inf") for number in numbers)
    assert Figures.is_valid(Figures.cast(pl.DataFrame(list(found.values()), infer_schema_length=None)))
