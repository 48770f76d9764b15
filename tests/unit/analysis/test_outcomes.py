"""Outcomes count what happened to the gaps, and say what luck gives only where an error is known."""

from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_country import areas, indicator, policy, programme
from wijkpeil.analysis.outcomes import outcomes, shared_part
from wijkpeil.domain.frames import Areas, Positions
from wijkpeil.domain.outcomes import Outcomes
from wijkpeil.domain.policy import Theme
from wijkpeil.domain.programme import Certainty, Neighbourhood
from wijkpeil.domain.verdict import Verdicts

FORTY = [f"WK{1 + place % 4:04d}{place:02d}" for place in range(40)]
RULES = replace(
    policy(indicator("arm"), indicator("werkloos"), indicator("ziek")),
    themes=(Theme(id="werken", label="Werken", label_en="Work", order=1, note=""),),
)
PLACES = Areas.cast(areas(dict.fromkeys(FORTY, 1000.0)))
PROGRAMME = replace(
    programme(),
    neighbourhoods=tuple(
        Neighbourhood(
            id=code.lower(),
            name=code,
            gemeente="GM" + code[2:6],
            parts=(code,),
            certainty=Certainty.OFFICIAL,
            start=programme().start,
        )
        for code in FORTY
    ),
)
ALTERNATING = [0.01 if place % 2 else -0.01 for place in range(40)]


def verdicts(changes: list[float], name: str = "arm", comparator: str = "rest_of_city", **other: Any) -> pl.DataFrame:
    """Changes of the forty that nobody can tell from luck, unless a test says otherwise."""
    filled = {
        "indicator": name,
        "comparator": comparator,
        "baseline": 2007,
        "latest": 2012,
        "baseline_status": "in_window",
        "gap_baseline": -0.1,
        "status": "final",
        "comparator_status": "final",
        "scale": "absolute",
        "materiality": 0.01,
        "alone": "cannot_tell",
        "verdict": "cannot_tell",
        "scales_differ": False,
        "bars_effect": False,
        "by_count": False,
        **other,
    }
    margin = {} if filled["verdict"] == "not_judged" else {"change_low": -0.1, "change_high": 0.1}
    rows = [
        {**filled, "area": area, "change": change, **{name: change + half for name, half in margin.items()}}
        for area, change in zip(FORTY, changes, strict=True)
    ]
    return pl.DataFrame(rows, schema=Verdicts.create_empty().schema)


def positions(own: float, other: float, names: tuple[str, ...] = ("arm",), beside: str = "rest_of_city") -> Any:
    """The published margins behind the changes: half widths of the area's and of the comparator's figure."""
    rows = [
        {
            "area": area,
            "indicator": name,
            "period": period,
            "comparator": beside,
            "value": 0.3,
            "low": 0.3 - own,
            "high": 0.3 + own,
            "status": "final",
            "comparator_value": 0.2,
            "comparator_low": 0.2 - other,
            "comparator_high": 0.2 + other,
            "comparator_status": "final",
        }
        for name in names
        for area in FORTY
        for period in (2007, 2012)
    ]
    return Positions.cast(pl.DataFrame(rows, schema=Positions.create_empty().schema))


def counted(*frames: pl.DataFrame, beside: Any = None, **other: Any) -> pl.DataFrame:
    settings: dict[str, Any] = {"areas": PLACES, "policy": RULES, "programme": PROGRAMME}
    names = list(dict.fromkeys(name for frame in frames for name in frame["comparator"]))
    return outcomes(
        Verdicts.cast(pl.concat(frames)),
        positions=positions(0.05, 0.0) if beside is None else beside,
        comparators=names,
        **{**settings, **other},
    )


def of(frame: pl.DataFrame, about: str = "indicator") -> dict[str, Any]:
    return frame.filter(pl.col("about") == about).row(0, named=True)


def test_twenty_of_forty_is_what_luck_gives() -> None:
    found = of(counted(verdicts(ALTERNATING)))
    assert (found["smaller"], found["changes"]) == (20, 40)
    assert (found["luck_low"], found["luck_high"]) == (14, 26)
    assert found["luck_expected"] == pytest.approx(20, abs=0.1)


def test_a_city_that_is_unsure_itself_makes_the_range_wider() -> None:
    alone = of(counted(verdicts(ALTERNATING), beside=positions(0.05, 0.0)))
    shared = of(counted(verdicts(ALTERNATING), beside=positions(0.05, 0.05)))
    assert shared["luck_low"] < alone["luck_low"]
    assert shared["luck_high"] > alone["luck_high"]


def test_an_error_that_is_shared_by_all_is_worse_than_one_shared_by_a_city() -> None:
    by_city = of(counted(verdicts(ALTERNATING), beside=positions(0.05, 0.05)))
    beside = positions(0.05, 0.05, beside="country")
    by_all = of(counted(verdicts(ALTERNATING, comparator="country"), beside=beside))
    assert by_all["luck_low"] < by_city["luck_low"]


def test_the_mean_of_twenty_look_alikes_is_a_twentyfirst_of_the_doubt_and_all_share_it() -> None:
    found = of(counted(verdicts(ALTERNATING, comparator="look_alikes", like_n=20, like_more=3)))
    fewer = of(counted(verdicts(ALTERNATING, comparator="look_alikes", like_n=2, like_more=1)))
    assert fewer["luck_low"] < found["luck_low"] < 14


def test_what_selection_brings_of_itself_is_in_what_luck_gives_and_apart_in_the_mean() -> None:
    half_error = {"excess_low": -0.05, "excess_high": 0.05}
    chosen = verdicts([0.02] * 40, by_selection=0.02, excess=0.0, **half_error)
    found, naive = of(counted(chosen)), of(counted(verdicts([0.02] * 40)))
    assert (found["smaller"], naive["smaller"]) == (40, 40)
    assert found["luck_low"] > naive["luck_low"] + 8
    assert naive["luck_selected"] == 0
    assert (found["luck_selected"], found["mean_by_selection"], found["mean_excess"]) == (40, 0.02, 0.0)


def test_a_modelled_figure_is_counted_and_described_and_luck_is_not_told() -> None:
    found = of(counted(verdicts(ALTERNATING, verdict="not_judged", alone="not_judged", reason="modelled")))
    assert (found["smaller"], found["described"], found["described_because"]) == (20, 40, "modelled")
    assert (found["luck_of"], found["luck_low"], found["luck_expected"]) == (0, None, None)


def test_beside_luck_only_those_that_stayed_the_same_and_have_a_margin_count() -> None:
    unknown = {"verdict": "not_judged", "alone": "not_judged", "reason": "modelled"}
    frame = counted(verdicts([0.0] * 3 + ALTERNATING[3:]), verdicts([0.0] * 40, "werkloos", **unknown))
    found = of(frame, "programme")
    assert (found["same"], found["luck_of"], found["luck_same"]) == (43, 40, 3)


def test_a_register_without_chance_has_no_luck_and_stands_outside_the_false_claims() -> None:
    frame = counted(verdicts(ALTERNATING, by_count=True, verdict="catching_up", alone="catching_up"))
    assert (of(frame)["luck_of"], of(frame)["catching_up"]) == (0, 40)
    assert (of(frame, "programme")["claims"], of(frame, "programme")["at_most_false"]) == (0, 0.0)


def test_of_forty_claims_about_two_are_false_and_only_the_whole_says_so() -> None:
    frame = counted(verdicts(ALTERNATING, verdict="steady", alone="steady"))
    assert of(frame, "programme")["at_most_false"] == pytest.approx(2)
    assert of(frame, "theme")["at_most_false"] is None
    assert of(frame)["at_most_false"] is None


def test_a_count_and_a_mean_may_point_opposite_ways() -> None:
    most_win = [0.001] * 30 + [-0.1] * 10
    people = {code: 9000.0 if place >= 30 else 1000.0 for place, code in enumerate(FORTY)}
    found = of(counted(verdicts(most_win), areas=Areas.cast(areas(people))))
    assert found["smaller"] == 30
    assert found["mean_change"] == pytest.approx(-0.02425)
    assert found["weighted_change"] < found["mean_change"]


def test_unknown_inhabitants_leave_the_plain_mean_only() -> None:
    people = {code: None if place == 3 else 1000.0 for place, code in enumerate(FORTY)}
    found = of(counted(verdicts(ALTERNATING), areas=Areas.cast(areas(people))))
    assert found["mean_change"] == pytest.approx(0)
    assert found["weighted_change"] is None


def test_indicators_of_one_area_share_its_luck_so_that_a_theme_is_no_surer_than_its_parts() -> None:
    names = ("arm", "werkloos", "ziek")
    frame = counted(*(verdicts(ALTERNATING, name) for name in names), beside=positions(0.05, 0.0, names))
    assert (of(frame, "theme")["luck_low"], of(frame, "theme")["luck_high"]) == (3 * 14, 3 * 26)


def test_an_area_without_a_change_is_not_counted() -> None:
    empty = verdicts(
        ALTERNATING, verdict="not_judged", alone="not_judged", reason="one_period", baseline_status="one_period"
    ).with_columns(change=pl.lit(None, dtype=pl.Float64))
    found = of(counted(empty))
    assert (found["neighbourhoods"], found["changes"], found["not_judged"], found["described"]) == (40, 0, 40, 0)


def test_neither_the_order_of_rows_nor_other_comparators_change_what_luck_gives() -> None:
    both = pl.concat([verdicts(ALTERNATING), verdicts(ALTERNATING, comparator="country")])
    beside = Positions.cast(pl.concat([positions(0.05, 0.04), positions(0.05, 0.04, beside="country")]))
    alone = counted(verdicts(ALTERNATING), beside=beside)
    assert (
        counted(both.sample(fraction=1, shuffle=True, seed=3).sort("comparator", descending=True), beside=beside)
        .filter(pl.col("comparator") == "rest_of_city")
        .equals(alone)
    )


def test_nothing_to_count_is_no_fault() -> None:
    empty = outcomes(
        Verdicts.create_empty(),
        positions=Positions.create_empty(),
        areas=PLACES,
        policy=RULES,
        programme=PROGRAMME,
        comparators=["rest_of_city"],
    )
    Outcomes.validate(empty)
    assert of(empty, "programme")["changes"] == 0


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_the_shared_part_is_a_part(own: float, other: float) -> None:
    part = float(shared_part(np.array([own]), np.array([other]))[0])
    assert 0 <= part <= 1
    if own + other > 0:
        assert part == pytest.approx(other / (own + other))


def test_the_shared_part_is_unknown_where_a_width_is() -> None:
    assert np.isnan(shared_part(np.array([np.nan]), np.array([1.0]))).all()
