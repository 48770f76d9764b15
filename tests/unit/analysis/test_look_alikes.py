"""Look-alikes resemble an area before the programme, and come from elsewhere."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_country import areas, composition
from wijkpeil.analysis import find_look_alikes, look_alikes
from wijkpeil.domain.policy import LookAlikes


def rule(*characteristics, number=2, caliper=1.0, floor=0):
    return LookAlikes(
        characteristics=characteristics or ("arm@2006",),
        number=number,
        caliper=caliper,
        minimum_population=floor,
        note="",
    )


def found(levels, *, people=None, parts=None, rules=None, programme_of=None):
    """Find the look-alikes of areas of which the first characteristic has these levels."""
    characteristics = pl.DataFrame(
        {"area": list(levels), "indicator": "arm", "period": 2006, "value": list(levels.values())},
        schema_overrides={"value": pl.Float64},
    )
    codes: dict[str, float | None] = {f"GM{code[2:6]}": None for code in (*levels, "WK000101") if "." not in code}
    codes |= {code: (people or {}).get(code, 1000) for code in levels if "." not in code}
    register = areas(codes, dict.fromkeys(parts or {}, "GM0001"))
    if programme_of:
        marked = pl.when(pl.col("code").is_in(programme_of)).then(pl.lit(["prog"])).otherwise("programmes")
        register = register.with_columns(programmes=marked)
    alike, quality = find_look_alikes(
        characteristics, areas=register, composition=composition(parts), rule=rules or rule()
    )
    chosen = {code: part["look_alike"].to_list() for (code,), part in alike.partition_by("area", as_dict=True).items()}
    return chosen, {row["area"]: row for row in quality.to_dicts()}


FIVE = {"WK000101": 0.0, "WK000201": 0.1, "WK000301": 0.3, "WK000401": 2.0, "WK000501": 9.0}


def test_the_nearest_come_first():
    assert found(FIVE)[0]["WK000101"] == ["WK000201", "WK000301"]


def test_beyond_the_caliper_nobody_is_alike():
    chosen, quality = found(FIVE)
    assert "WK000501" not in chosen
    assert (quality["WK000501"]["reason"], quality["WK000501"]["found"]) == ("none_alike", 0)


def test_an_area_of_the_same_gemeente_is_never_chosen():
    levels = {"WK000101": 0.0, "WK000102": 0.0, "WK000103": 0.0, "WK000201": 0.2, "WK000301": 1.0}
    assert found(levels)[0]["WK000101"] == ["WK000201"]


def test_many_neighbours_of_the_same_gemeente_do_not_hide_those_elsewhere():
    levels = {f"WK0001{place:02}": 0.0 for place in range(60)} | {"WK000201": 0.001, "WK000301": 0.002, "WK000401": 5.0}
    assert found(levels, rules=rule(caliper=9.0))[0]["WK000100"] == ["WK000201", "WK000301"]


def test_a_country_of_one_gemeente_compares_nobody_with_everybody(monkeypatch):
    """Asking for ever more neighbours would end with a table of all areas beside all areas."""
    asked = []

    class Counting(look_alikes.cKDTree):
        def query(self, points, k, **limits):
            asked.append(len(points) * len(k))
            return super().query(points, k, **limits)

    monkeypatch.setattr(look_alikes, "cKDTree", Counting)
    levels = {f"WK0001{place:02}": place / 1e4 for place in range(100)}
    chosen, quality = found(levels, rules=rule(caliper=9.0))
    assert chosen == {}
    assert {row["reason"] for row in quality.values()} == {"none_alike"}
    assert sum(asked) <= 100 * 6 * 3


def test_the_nearest_elsewhere_are_found_from_among_many_of_the_own_gemeente():
    levels = {f"WK0001{place:02}": place / 1e4 for place in range(90)}
    levels |= {f"WK0002{place:02}": place / 10 for place in range(90)}
    chosen, _ = found(levels, rules=rule(number=3, caliper=9.0))
    assert chosen["WK000189"] == ["WK000200", "WK000201", "WK000202"]
    assert chosen["WK000289"] == ["WK000189", "WK000188", "WK000187"]


def test_no_part_of_a_programme_is_chosen_nor_what_holds_or_lies_in_one():
    levels = {
        "prog.a": 0.0, "WK000201": 0.0, "WK000301": 0.1, "WK000401": 0.2, "WK000501": 5.0,
        "BU00030101": 0.0, "BU00020101": 0.0, "BU00040101": 0.0, "BU00050101": 1.0,
    }  # fmt: skip
    chosen, _ = found(levels, parts={"prog.a": ["WK000201", "BU00030101"]}, rules=rule(caliper=9.0))
    assert chosen["prog.a"] == ["WK000401", "WK000501"]
    assert chosen["BU00050101"] == ["BU00040101"]


def test_an_area_marked_as_of_a_programme_is_not_chosen():
    assert found(FIVE, programme_of=["WK000201"])[0]["WK000101"] == ["WK000301", "WK000401"]


def test_a_programme_neighbourhood_is_set_beside_wijken_and_a_buurt_beside_buurten():
    levels = {"prog.a": 0.0, "WK000101": 0.0, "WK000201": 0.0, "WK000301": 1.0, "BU00020101": 0.0, "BU00030101": 1.0}
    chosen, _ = found(levels, parts={"prog.a": ["WK000101"]}, rules=rule(caliper=9.0))
    assert chosen["prog.a"] == ["WK000201", "WK000301"]
    assert chosen["BU00020101"] == ["BU00030101"]


def test_industrial_estates_have_and_are_no_look_alikes():
    chosen, quality = found(FIVE, people={"WK000201": 9}, rules=rule(floor=500))
    assert chosen["WK000101"] == ["WK000301", "WK000401"]
    assert quality["WK000201"]["reason"] == "too_few_people"


def test_an_area_of_which_a_characteristic_is_not_known_has_none_and_says_so():
    chosen, quality = found({**FIVE, "WK000601": None})
    assert "WK000601" not in chosen
    assert quality["WK000601"]["reason"] == "no_characteristics"


def test_without_declared_characteristics_there_are_no_look_alikes():
    declared = LookAlikes(characteristics=(), number=2, caliper=1.0, minimum_population=0, note="")
    assert found(FIVE, rules=declared)[0] == {}


def test_a_characteristic_without_spread_separates_nobody():
    chosen, quality = found(dict.fromkeys(FIVE, 0.5))
    assert chosen == {}
    assert {row["reason"] for row in quality.values()} == {"none_alike"}


def test_the_quality_tells_how_far_off_the_look_alikes_are():
    levels = {"WK000101": 0.0, "WK000201": 1.0, "WK000301": 1.0, "WK000401": -9.0}
    spread = np.std(list(levels.values()))
    quality = found(levels)[1]["WK000101"]
    assert quality["mean_distance"] == pytest.approx(1 / spread, abs=1e-6)
    assert quality["difference"] == pytest.approx(1 / spread, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=4, max_size=40), st.integers(1, 5))
def test_the_tree_finds_what_comparing_all_pairs_finds(levels, number):
    by_code = {f"WK{place // 3:04}{place % 3:02}": level / 10 for place, level in enumerate(levels)}
    chosen, _ = found(by_code, rules=rule(number=number, caliper=1.0))
    spread = np.std(list(by_code.values()))
    for code, level in by_code.items():
        away = sorted(
            (round(abs(other - level) / spread, 9), candidate)
            for candidate, other in by_code.items()
            if candidate[:6] != code[:6] and spread > 0 and round(abs(other - level) / spread, 9) <= 1
        )
        distances = [round(abs(by_code[one] - level) / spread, 9) for one in chosen.get(code, [])]
        assert distances == pytest.approx([distance for distance, _ in away[:number]])
