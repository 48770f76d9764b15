"""A verdict agrees with its interval, is adjusted within its family, and is refused with a reason."""

from dataclasses import replace

import dataframely as dy
import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_country import indicator, policy, programme
from wijkpeil.analysis.changes import changes
from wijkpeil.analysis.family import adjusted
from wijkpeil.analysis.intervals import mover
from wijkpeil.analysis.verdict import judge, p_values
from wijkpeil.domain.frames import Positions
from wijkpeil.domain.indicator import Column, Direction, Form, GapScale, Kind, Nature, SourceColumns
from wijkpeil.domain.source import Source, Uncertainty


def beside(*rows) -> dy.DataFrame[Positions]:
    """Positions of a share: (area, year, share, other share, half the width of both margins)."""
    made = []
    for area, year, value, other, half, *more in rows:
        known = value is not None
        made.append(
            {
                "area": area,
                "indicator": "arm",
                "period": year,
                "comparator": "rest_of_city",
                "value": value,
                "low": value - half if known and half is not None else None,
                "high": value + half if known and half is not None else None,
                "status": "final" if known else "too_few",
                "comparator_value": other,
                "comparator_low": other - half if half is not None else None,
                "comparator_high": other + half if half is not None else None,
                "comparator_status": "final",
                "gap": other - value if known else None,
                "gap_low": other - value - 1.5 * half if known and half is not None else None,
                "gap_high": other - value + 1.5 * half if known and half is not None else None,
                "relative_gap": float(np.log(other / value)) if known and value > 0 else None,
                **(more[0] if more else {}),
            }
        )
    return Positions.cast(pl.DataFrame(made, infer_schema_length=None, strict=False))


def judged(*rows, uncertainty=None, **traits):
    columns = {year: Column(name="x", form=Form.PERCENT, base="n") for year in (2007, 2012)}
    one = indicator(sources=(SourceColumns(source="cbs", columns=columns),), **traits)
    rules = policy(one)
    if uncertainty:
        source = Source(
            id="cbs",
            label="",
            publisher="",
            licence="",
            attribution="",
            landing_page="",
            cadence="",
            note="",
            tables=(),
            uncertainty=uncertainty,
        )
        rules = replace(rules, sources=(source,))
    found = judge(changes(beside(*rows), policy=rules, programme=programme()), policy=rules)
    return found.rows(named=True)


SURE = [("WK000101", 2007, 0.30, 0.20, 0.004), ("WK000101", 2012, 0.20, 0.20, 0.004)]


def test_a_gap_that_surely_closes_is_catching_up():
    one = judged(*SURE)[0]
    assert (one["verdict"], one["reason"]) == ("catching_up", None)
    assert one["change_low"] > one["materiality"]


def test_a_gap_that_surely_grows_is_falling_behind():
    (_, _, a, b, half), (_, _, c, d, _) = SURE
    assert judged(("X", 2007, c, d, half), ("X", 2012, a, b, half))[0]["verdict"] == "falling_behind"


def test_a_change_surely_smaller_than_a_word_is_worth_is_steady():
    assert judged(("X", 2007, 0.3, 0.2, 0.001), ("X", 2012, 0.301, 0.2, 0.001))[0]["verdict"] == "steady"


def test_nobody_can_tell_when_the_margin_holds_both():
    assert judged(("X", 2007, 0.3, 0.2, 0.05), ("X", 2012, 0.28, 0.2, 0.05))[0]["verdict"] == "cannot_tell"


@pytest.mark.parametrize(
    ("traits", "reason"),
    [
        ({"direction": Direction.CONTEXT}, "context"),
        ({"kind": Kind.ORDINAL}, "ordinal"),
        ({"kind": Kind.COUNT}, "count"),
        ({"nature": Nature.MODELLED}, "modelled"),
        ({"broken_in": (2010,)}, "broken"),
    ],
)
def test_what_cannot_be_judged_says_why(traits, reason):
    one = judged(*SURE, **traits)[0]
    assert (one["verdict"], one["reason"], one["q"]) == ("not_judged", reason, None)


def test_a_modelled_figure_is_judged_when_its_error_and_covariance_are_published():
    one = judged(*SURE, nature=Nature.MODELLED, uncertainty=Uncertainty(between_periods=0.3))[0]
    assert (one["verdict"], one["bars_effect"]) == ("catching_up", True)


def test_one_period_a_hidden_figure_and_no_margin_are_not_judged():
    hidden = [("X", 2007, None, 0.2, 0.01), ("X", 2012, None, 0.2, 0.01)]
    unsure = [("X", 2007, 0.3, 0.2, None), ("X", 2012, 0.2, 0.2, None)]
    assert [judged(*rows)[0]["reason"] for rows in (SURE[:1], hidden, unsure)] == [
        "one_period",
        "hidden",
        "no_error_known",
    ]


def test_a_register_exempt_from_chance_is_judged_on_materiality_outside_the_family():
    rows = [("X", 2007, 0.3, 0.2, None), ("X", 2012, 0.28, 0.2, None)]
    one = judged(*rows, superpopulation=False)[0]
    assert (one["verdict"], one["by_count"], one["q"]) == ("catching_up", True, None)


def test_the_ratio_decides_where_the_policy_says_so_and_a_difference_that_disagrees_is_marked():
    rows = [("X", 2007, 0.30, 0.20, 0.002), ("X", 2012, 0.15, 0.08, 0.002)]  # -10 to -7 points; 1.5 to 1.9 times
    assert [judged(*rows, gap_scale=scale, materiality=0.02)[0]["verdict"] for scale in GapScale] == [
        "catching_up",
        "falling_behind",
    ]
    assert judged(*rows)[0]["scales_differ"]


def test_the_change_is_parted_in_that_of_the_area_and_that_of_its_comparator():
    one = judged(("X", 2007, 0.3, 0.20, 0.01), ("X", 2012, 0.29, 0.23, 0.01))[0]
    assert (one["own_part"], one["comparator_part"]) == pytest.approx((0.01, 0.03))
    assert one["own_part"] + one["comparator_part"] == pytest.approx(one["change"])


def test_an_undeclared_overlap_gives_the_widest_margin_and_a_declared_one_a_narrower():
    unknown, none, much = (judged(*SURE, uncertainty=Uncertainty(between_periods=share)) for share in (None, 0.0, 0.5))
    width = [one[0]["change_high"] - one[0]["change_low"] for one in (unknown, none, much)]
    assert width[0] == width[1] > width[2]
    assert width[2] / width[1] == pytest.approx(np.sqrt(0.5))


def test_many_areas_are_adjusted_together_and_bystanders_that_are_not_judged_do_not_count():
    barely = [("A", 2007, 0.3, 0.2, 0.01), ("A", 2012, 0.265, 0.2, 0.01)]
    still = [(f"B{n}", year, 0.3, 0.2, 0.01) for n in range(30) for year in (2007, 2012)]
    unknown = [(f"C{n}", year, 0.3, 0.2, None) for n in range(30) for year in (2007, 2012)]
    alone = judged(*barely)[0]
    among = judged(*barely, *still)[0]
    assert (alone["alone"], alone["verdict"]) == ("catching_up", "catching_up")
    assert (among["alone"], among["verdict"]) == ("catching_up", "cannot_tell")
    assert judged(*barely, *unknown)[0]["q"] == alone["q"]


def test_false_discoveries_are_held_as_benjamini_and_hochberg_held_them_in_1995():
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p += [0.7590, 1.0]
    assert (adjusted(np.array(p), np.zeros(15, dtype=np.int64)) <= 0.05).sum() == 4


LIMIT = st.floats(0.0001, 0.2)


@given(st.floats(-0.3, 0.3), LIMIT, LIMIT, st.floats(1, 5), st.floats(0, 0.05))
def test_a_larger_error_never_makes_a_claim(change, below, above, factor, materiality):
    one, size = np.array([change]), np.array([materiality])
    narrow = p_values(one, one - below, one + above, size)
    wide = p_values(one, one - below * factor, one + above * factor, size)
    assert wide.either >= narrow.either - 1e-12
    assert wide.steady >= narrow.steady - 1e-12


@given(LIMIT, LIMIT, LIMIT, LIMIT, st.floats(1, 5), st.floats(0, 0.5))
def test_a_larger_error_of_one_period_never_narrows_the_margin(a, b, c, d, factor, correlation):
    zero = np.zeros(1)

    def width(times):
        low, high = mover(
            zero, (zero - a * times, zero + b * times), zero, (zero - c, zero + d), correlation=correlation
        )
        return high - low

    assert width(factor) >= width(1) - 1e-12


@given(st.floats(-0.3, 0.3), LIMIT, LIMIT, st.floats(0, 0.05))
def test_the_test_is_the_interval_turned_round(change, below, above, materiality):
    low, high = change - below, change + above
    if min(abs(low - materiality), abs(high + materiality)) < 1e-9:
        return
    found = p_values(*(np.array([number]) for number in (change, low, high, materiality)))
    assert (found.up[0] < 0.025) == (low > materiality)
    assert (found.down[0] < 0.025) == (high < -materiality)


def test_the_order_of_rows_never_changes_a_verdict():
    rows = [(f"A{n}", year, 0.3 - 0.01 * n * (year > 2010), 0.2, 0.01) for n in range(9) for year in (2007, 2012)]
    assert judged(*rows) == judged(*reversed(rows))


def test_beside_few_look_alikes_the_tails_are_those_of_student_and_agree_with_the_interval():
    change, half = np.array([0.05]), np.array([0.0499])
    few, many = (p_values(change, change - half, change + half, np.array([0.0]), freedom=df) for df in (4.0, np.inf))
    assert few.up[0] < 0.025 and many.up[0] < 0.025
    far = np.array([0.2])
    assert p_values(far, far - half, far + half, np.array([0.0]), freedom=4.0).up[0] > 1e-4
    assert p_values(far, far - half, far + half, np.array([0.0])).up[0] < 1e-10
