"""A trend is a level with a band: cut at breaks, drawn through gaps, and refused where nothing can be told."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.analysis.trend import Series, backwards, forwards, most_likely_step, trend
from wijkpeil.domain.reason import Reason


def figures(values: dict[str, list[float | None]], *, se: float | None = 0.02, first: int = 2010) -> pl.DataFrame:
    return pl.concat(
        pl.DataFrame(
            {"area": area, "period": range(first, first + len(own)), "value": own, "se": se},
            schema={"area": pl.String, "period": pl.Int16, "value": pl.Float64, "se": pl.Float64},
        )
        for area, own in values.items()
    )


WAVY = [0.30, 0.34, 0.29, 0.24, 0.25, 0.21, 0.22]


def test_a_line_lies_between_the_lowest_and_the_highest_figure():
    line = trend(figures({"A": WAVY}))
    assert line["level"].is_between(min(WAVY), max(WAVY)).all()
    assert (line["low"] < line["level"]).all()
    assert line["reason"].null_count() == line.height


def test_no_line_crosses_a_break():
    own = [0.30, 0.31, 0.30, 0.60, 0.61, 0.60]
    line = trend(figures({"A": own}), breaks=[2013])
    assert line["piece"].to_list() == [0, 0, 0, 1, 1, 1]
    assert line["level"][:3].is_between(0.29, 0.32).all()
    assert line["level"][3:].is_between(0.59, 0.62).all()
    apart = trend(figures({"A": own[:3]}))
    assert line["level"][:3].to_list() == pytest.approx(apart["level"].to_list())


def test_a_break_before_or_after_all_figures_cuts_nothing():
    frame = figures({"A": WAVY})
    assert trend(frame, breaks=[1990, 2010, 2040]).equals(trend(frame))


def test_one_or_two_points_give_no_line_but_a_reason():
    line = trend(figures({"A": [0.3], "B": [0.3, 0.2], "C": WAVY}))
    short = line.filter(pl.col("area") != "C")
    assert short["reason"].to_list() == [Reason.TOO_FEW_PERIODS.value] * 3
    assert short["level"].null_count() == 3
    assert short["value"].to_list() == [0.3, 0.3, 0.2]
    assert line.filter(pl.col("area") == "C")["level"].null_count() == 0


def test_a_piece_that_a_break_leaves_too_short_has_no_line():
    line = trend(figures({"A": WAVY}), breaks=[2015])
    assert line["reason"].to_list() == [None] * 5 + [Reason.TOO_FEW_PERIODS.value] * 2


def test_a_gap_is_bridged_and_is_less_sure():
    gap = [0.30, 0.34, None, None, 0.25, 0.30, 0.22]
    line = trend(figures({"A": gap, **{f"B{n}": WAVY for n in range(5)}})).filter(pl.col("area") == "A")
    assert line["level"].null_count() == 0
    assert line["value"].null_count() == 2
    width = line["high"] - line["low"]
    assert width[2] > width[1]
    without = figures({"A": gap}).drop_nulls("value")
    assert trend(without)["period"].to_list() == list(range(2010, 2017)), "a year that is not there is a gap too"


def test_the_line_begins_and_ends_with_a_figure():
    line = trend(figures({"A": [None, *WAVY, None]}))
    assert line["reason"].to_list() == [Reason.NO_FIGURE.value, *[None] * 7, Reason.NO_FIGURE.value]
    assert line["level"].null_count() == 2


def test_a_constant_series_without_known_error_has_no_band_to_give():
    line = trend(figures({"A": [0.3] * 6}, se=None))
    assert set(line["reason"]) == {Reason.NO_SPREAD.value}
    assert trend(figures({"A": [0.3] * 6}))["level"].to_list() == pytest.approx([0.3] * 6)


def test_areas_without_any_figure_say_so():
    line = trend(figures({"A": [None] * 4, "B": [float("nan")] * 4}))
    assert set(line["reason"]) == {Reason.NO_FIGURE.value}
    assert trend(figures({"A": WAVY}).clear()).height == 0


def test_an_error_that_lacks_once_counts_for_nothing():
    frame = figures({"A": WAVY}).with_columns(se=pl.when(pl.col("period") > 2010).then("se"))
    assert trend(frame).equals(trend(frame.with_columns(se=pl.lit(None, pl.Float64))))


def test_a_share_keeps_its_band_within_0_and_1():
    line = trend(figures({"A": [0.01, 0.0, 0.02, 0.0]}), possible=(0, 1))
    assert line["low"].min() == 0


def test_the_order_of_rows_changes_nothing():
    frame = figures({f"A{n}": list(np.roll(WAVY, n)) for n in range(6)})
    assert trend(frame.sample(fraction=1, shuffle=True, seed=2)).equals(trend(frame))


def test_the_band_holds_the_level_about_as_often_as_it_says():
    chance = np.random.default_rng(5)
    level = chance.normal(0, 1, (600, 1)) + np.cumsum(chance.normal(0, 0.05, (600, 9)), axis=1)
    seen = level + chance.normal(0, 0.1, level.shape)
    for se in (0.1, None):
        line = trend(figures({f"{n:03d}": list(row) for n, row in enumerate(seen)}, se=se))
        inside = (line["low"].to_numpy() <= level.ravel()) & (level.ravel() <= line["high"].to_numpy())
        assert inside.mean() == pytest.approx(0.95, abs=0.015)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(-2, 2) | st.none(), min_size=4, max_size=9), st.floats(1e-3, 3))
def test_the_smoother_is_the_generalised_mean_of_all_figures(own, step):
    value = np.array([np.nan if one is None else one for one in own])
    seen = np.flatnonzero(~np.isnan(value))
    if len(seen) < 2:
        return
    series = Series(value=value[None], error=np.full((1, len(own)), 0.3), is_known=np.array([True]))
    level, variance = backwards(forwards(series, np.array([step])), np.array([step]))
    # the levels that make (figure - level)^2 / error + (step of the level)^2 / step smallest, all at once
    steps = np.diff(np.eye(len(own)), axis=0)
    precision = steps.T @ steps / step + np.diag(~np.isnan(value) / 0.3)
    covariance = np.linalg.inv(precision)
    at = slice(seen[0], seen[-1] + 1)
    assert level[0, at] == pytest.approx((covariance @ (np.nan_to_num(value) / 0.3))[at], abs=1e-8)
    assert variance[0, at] == pytest.approx(np.diag(covariance)[at], abs=1e-8)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 1000))
def test_no_other_step_is_more_likely(seed):
    chance = np.random.default_rng(seed)
    value = np.cumsum(chance.normal(0, 0.1, (3, 12)), axis=1) + chance.normal(0, 0.1, (3, 12))
    series = Series(value=value, error=np.full(value.shape, 0.01), is_known=np.ones(3, dtype=bool))
    best = forwards(series, most_likely_step(series, each=True)).log_likelihood
    for step in (0.0, 1e-4, 1e-3, 1e-2, 0.1):
        assert (forwards(series, np.full(3, step)).log_likelihood <= best + 1e-6).all()
