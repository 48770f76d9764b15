"""The change of a gap is since the baseline, or says since when, or why there is none."""

from dataclasses import replace
from datetime import date

import dataframely as dy
import numpy as np
import polars as pl
import pytest

from small_country import indicator, policy, programme
from wijkpeil.analysis import changes
from wijkpeil.domain.frames import Positions
from wijkpeil.domain.indicator import Column, Form, Kind, Nature, SourceColumns
from wijkpeil.domain.period import Moment
from wijkpeil.domain.source import Source, Uncertainty


def gaps(by_year, **row) -> dy.DataFrame[Positions]:
    """The positions of one area beside one comparator: a gap, or a gap and its limits, by year."""
    rows = []
    for year, gap in by_year.items():
        middle, low, high = gap if isinstance(gap, tuple) else (gap, None, None)
        status = "missing" if middle is None else "final"
        rows.append(
            {
                "area": "WK000101",
                "indicator": "arm",
                "period": year,
                "comparator": "rest_of_city",
                "value": middle,
                "low": None,
                "high": None,
                "status": status,
                "comparator_value": middle and 0.0,
                "comparator_low": None,
                "comparator_high": None,
                "comparator_status": status,
                "gap": middle,
                "gap_low": low,
                "gap_high": high,
                "relative_gap": None if middle is None else middle * 2,
                **row,
            }
        )
    return Positions.cast(pl.DataFrame(rows, infer_schema_length=None, strict=False))


def changed(by_year, *, baseline=date(2007, 1, 1), window=1, **traits):
    found = changes(gaps(by_year), policy=policy(indicator(**traits)), programme=programme(baseline, window))
    return found.row(0, named=True)


def test_the_change_is_the_gap_now_minus_the_gap_at_the_baseline():
    one = changed({2006: -0.3, 2007: -0.2, 2010: -0.5, 2012: -0.15})
    assert (one["baseline"], one["latest"], one["baseline_status"]) == (2007, 2012, "in_window")
    assert (one["gap_baseline"], one["gap_latest"], one["change"]) == (-0.2, -0.15, 0.05)
    assert one["relative_change"] == pytest.approx(0.1)


@pytest.mark.parametrize(
    ("moment", "years", "chosen"),
    [
        (Moment.FIRST_OF_JANUARY, (2006, 2008), 2006),  # 365 days before, 365 after: the earlier
        (Moment.FIRST_OF_JANUARY, (2006, 2007, 2008), 2007),
        (Moment.END_OF_YEAR, (2006, 2007), 2006),  # the day before
        (Moment.WHOLE_YEAR, (2006, 2007), 2007),  # the baseline lies in it
        (Moment.WHOLE_YEAR, (2005, 2008), 2008),
    ],
)
def test_the_nearest_period_within_the_window_is_the_baseline(moment, years, chosen):
    assert changed({**dict.fromkeys(years, -0.1), 2015: 0.0}, moment=moment)["baseline"] == chosen


def test_without_a_period_in_the_window_the_first_available_is_a_late_baseline():
    one = changed({2012: -0.2, 2016: -0.1, 2020: 0.1})
    assert (one["baseline"], one["baseline_status"], one["change"]) == (2012, "late", 0.3)


def test_periods_without_a_figure_on_both_sides_do_not_count():
    one = changed({2007: None, 2008: -0.2, 2012: -0.1, 2016: None})
    assert (one["baseline"], one["latest"]) == (2008, 2012)


@pytest.mark.parametrize(
    ("by_year", "status"), [({2007: -0.2}, "one_period"), ({2012: -0.2}, "one_period"), ({2007: None}, "no_figures")]
)
def test_one_period_or_none_gives_no_change_but_a_reason(by_year, status):
    one = changed(by_year)
    assert (one["baseline_status"], one["change"], one["change_low"]) == (status, None, None)


@pytest.mark.parametrize(
    ("year", "status"), [(2007, "in_window"), (2008, "broken"), (2012, "broken"), (2013, "in_window")]
)
def test_nothing_is_subtracted_over_a_break(year, status):
    one = changed({2007: -0.2, 2012: -0.1}, broken_in=(year,))
    assert one["baseline_status"] == status
    assert (one["change"] is None) == (status == "broken")


def test_ordinal_classes_are_never_subtracted():
    one = changed({2007: None, 2012: None}, kind=Kind.ORDINAL)
    assert (one["baseline_status"], one["change"]) == ("ordinal", None)


def test_the_interval_of_a_change_adds_the_squares_of_both_distances():
    one = changed({2007: (-0.2, -0.23, -0.16), 2012: (-0.1, -0.14, -0.07)})
    assert one["change_low"] == pytest.approx(0.1 - (0.04**2 + 0.04**2) ** 0.5)
    assert one["change_high"] == pytest.approx(0.1 + (0.03**2 + 0.03**2) ** 0.5)


def test_a_change_without_both_intervals_has_none():
    one = changed({2007: -0.2, 2012: (-0.1, -0.14, -0.07)})
    assert (one["change"], one["change_low"], one["change_high"]) == (0.1, None, None)


def width_of_a_change(*, correlation, first=None, second=None, **traits):
    """How wide the margin is where one source gives both periods and declares what its errors share."""
    plain = Column(name="x", form=Form.VALUE)
    columns = {2007: replace(plain, **(first or {})), 2012: replace(plain, **(second or first or {}))}
    words = dict.fromkeys(("label", "publisher", "licence", "attribution", "landing_page", "cadence", "note"), "")
    source = Source(id="cbs", tables=(), uncertainty=Uncertainty(between_periods=correlation), **words)
    one = indicator(sources=(SourceColumns(source="cbs", columns=columns),), **traits)
    positions = gaps({2007: (-0.2, -0.23, -0.17), 2012: (-0.1, -0.13, -0.07)})
    found = changes(positions, policy=replace(policy(one), sources=(source,)), programme=programme())
    return (found["change_high"] - found["change_low"]).item()


def test_what_the_errors_of_two_periods_share_narrows_the_margin_only_where_they_are_the_publishers_own():
    score = {"kind": Kind.SCORE, "nature": Nature.SURVEYED}
    for own, traits in (
        ({"base": "n"}, {"kind": Kind.PROPORTION}),
        ({"error": "se"}, score),
        ({"base": "n"}, {**score, "spread": 2.0}),
    ):
        declared, none = (width_of_a_change(correlation=one, first=own, **traits) for one in (0.5, None))
        assert declared == pytest.approx(none * 0.5**0.5)
    for first, second, traits in (
        ({}, {}, score),
        ({"base": "n"}, {}, score),
        ({}, {}, {"kind": Kind.PROPORTION}),
        ({"error": "se"}, {"name": "y"}, score),
    ):
        declared, none = (
            width_of_a_change(correlation=one, first=first, second=second, **traits) for one in (0.5, None)
        )
        assert declared == none


def test_the_same_period_twice_is_no_reason_to_search_for_ever():
    twice = Positions.validate(pl.concat([gaps({2007: -0.2, 2012: -0.1}), gaps({2012: -0.1})]))
    found = changes(twice, policy=policy(indicator()), programme=programme())
    assert found.select("baseline", "latest").rows() == [(2007, 2012)]


def test_rows_are_in_order_and_none_is_lost():
    both = pl.concat(
        [gaps({2007: -0.1}, area="WK000102"), gaps({2007: -0.1, 2012: 0.2}, comparator="city"), gaps({2007: 0.1})]
    )
    found = changes(Positions.validate(both), policy=policy(), programme=programme())
    assert found.select("area", "comparator").rows() == [
        ("WK000101", "city"), ("WK000101", "rest_of_city"), ("WK000102", "rest_of_city")
    ]  # fmt: skip


def test_no_positions_give_no_changes():
    assert changes(Positions.create_empty(), policy=policy(), programme=programme()).is_empty()


def test_the_rows_that_are_chosen_are_those_of_the_plain_definition_whatever_their_order():
    random = np.random.default_rng(4)
    frames = []
    for area in range(8):
        for comparator in ("city", "rest_of_city"):
            by_year = {year: None if random.random() < 0.4 else year / 1e4 for year in range(2004, 2016)}
            frames.append(gaps(by_year, area=f"WK00010{area}", comparator=comparator))
    mixed = pl.concat(frames).sample(fraction=1.0, shuffle=True, seed=4)
    found = changes(Positions.validate(mixed), policy=policy(indicator()), programme=programme(date(2007, 1, 1), 2))
    for row in found.to_dicts():
        own = mixed.filter(pl.col("area") == row["area"], pl.col("comparator") == row["comparator"])
        years = sorted(own.filter(pl.col("gap").is_not_null())["period"])
        near = [year for year in years if abs(year - 2007) <= 2]
        baseline = min(near, key=lambda year: (abs(year - 2007), year)) if near else min(years, default=None)
        assert (row["baseline"], row["latest"]) == (baseline, max(years, default=None))
    assert found.height == 16
