"""The panel tells chance from change: steady growth and the fate of a few areas are no noise."""

import numpy as np
import polars as pl
import pytest

from wijkpeil.analysis.panel_noise import panel_noise
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.reason import Reason


def panel(
    areas: int = 400, years: int = 4, *, growth: float = 0.0, fixed: float = 0.5, by_size: float = 400.0, seed: int = 1
) -> tuple[pl.DataFrame, np.ndarray]:
    """Figures of areas with a known error, and that error."""
    chance = np.random.default_rng(seed)
    size = chance.uniform(50, 3000, areas)
    error = np.sqrt(fixed + by_size / size)
    level = chance.normal(100, 10, (areas, 1)) + np.arange(years) * chance.normal(0, growth, (areas, 1))
    seen = level + error[:, None] * chance.normal(size=(areas, years))
    frame = pl.DataFrame(
        {
            "area": np.repeat([f"A{number:04d}" for number in range(areas)], years),
            "period": np.tile(np.arange(2010, 2010 + years), areas),
            "value": seen.ravel(),
            "size": np.repeat(size, years),
        }
    )
    return frame, np.repeat(error, years)


def found(frame: pl.DataFrame) -> np.ndarray:
    return panel_noise(frame, nature=Nature.MEASURED)["se"].to_numpy()


@pytest.mark.parametrize("years", [2, 3, 6])
def test_the_error_is_found_as_a_function_of_size(years):
    frame, error = panel(1500, years)
    ratio = found(frame) / error
    assert ratio.mean() == pytest.approx(1, abs=0.08)
    assert ratio.min() > 0.8
    assert ratio.max() < 1.25


def test_growth_and_decline_at_a_steady_pace_are_no_noise():
    frame, error = panel(1500, 4, growth=5.0)
    assert (found(frame) / error).mean() == pytest.approx(1, abs=0.08)


def test_with_two_years_real_change_counts_as_noise_and_the_reader_can_tell():
    frame, error = panel(1500, 2, growth=5.0)
    level = panel_noise(frame, nature=Nature.MEASURED)
    assert (level["se"].to_numpy() / error).mean() > 2
    assert set(level["years_compared"]) == {2}


def test_something_that_happens_to_a_few_areas_hardly_counts():
    frame, error = panel(1500, 4)
    hit = frame.with_columns(
        value=pl.col("value") + pl.when((pl.col("area") < "A0075") & (pl.col("period") > 2011)).then(60).otherwise(0)
    )
    assert (found(hit) / error).mean() == pytest.approx(1, abs=0.15)


def test_what_all_areas_have_in_common_is_no_noise():
    frame, error = panel(1500, 4)
    shaken = frame.with_columns(value=pl.col("value") + pl.when(pl.col("period") == 2012).then(30).otherwise(0))
    assert (found(shaken) / error).mean() == pytest.approx(1, abs=0.08)


def test_years_that_lie_unequally_far_apart_are_weighed_by_their_distance():
    frame, error = panel(1500, 4, growth=5.0)
    apart = frame.filter(pl.col("period") != 2012)
    kept = (frame["period"] != 2012).to_numpy()
    assert (found(apart) / error[kept]).mean() == pytest.approx(1, abs=0.08)


def test_a_larger_area_never_has_a_larger_error():
    frame, _ = panel()
    level = panel_noise(frame, nature=Nature.MEASURED).with_columns(frame["size"]).sort("size")
    assert level["se"].is_sorted(descending=True)
    assert (level["se"] > 0).all()


def test_modelled_figures_get_none_and_it_is_said():
    level = panel_noise(panel()[0], nature=Nature.MODELLED)
    assert set(level["reason"]) == {Reason.MODELLED.value}
    assert level["se"].null_count() == level.height
    assert not level["is_from_panel"].any()


def test_every_error_from_the_panel_is_marked_so():
    frame = panel()[0].with_columns(value=pl.when(pl.col("period") != 2011).then("value"))
    level = panel_noise(frame, nature=Nature.SURVEYED)
    assert (level["is_from_panel"] == level["se"].is_not_null()).all()
    assert set(level.filter(pl.col("period") == 2011)["reason"]) == {Reason.NO_FIGURE.value}


def test_no_difference_is_taken_over_a_break():
    frame, error = panel(1500, 6)
    other = frame.with_columns(
        value=pl.col("value") + pl.when(pl.col("period") >= 2013).then(pl.col("size")).otherwise(0)
    )
    assert (panel_noise(other, nature=Nature.MEASURED, breaks=[2013])["se"].to_numpy() / error).mean() < 1.1
    assert (panel_noise(other, nature=Nature.MEASURED)["se"].to_numpy() / error).mean() > 1.5
    one_year = panel_noise(frame.filter(pl.col("period") < 2012), nature=Nature.MEASURED, breaks=[2011])
    assert set(one_year["reason"]) == {Reason.TOO_FEW_PERIODS.value}


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        (panel(10)[0], Reason.TOO_FEW_AREAS),
        (panel(50, 1)[0], Reason.TOO_FEW_PERIODS),
        (panel(50)[0].with_columns(value=pl.lit(7.0)), Reason.NO_SPREAD),
        (panel(50)[0].with_columns(value=pl.col("period") * 2.0), Reason.NO_SPREAD),
        (panel(50)[0].with_columns(value=pl.lit(None, pl.Float64)), Reason.NO_FIGURE),
    ],
)
def test_a_panel_that_tells_nothing_says_why(frame, reason):
    level = panel_noise(frame, nature=Nature.MEASURED)
    assert set(level["reason"]) == {reason.value}
    assert level["se"].null_count() == level.height


@pytest.mark.parametrize("size", [None, 0.0, float("nan"), -5.0])
def test_an_area_of_unknown_size_has_no_error_and_does_not_disturb_the_others(size):
    frame = panel()[0]
    unknown = frame.with_columns(size=pl.when(pl.col("area") == "A0003").then(pl.lit(size)).otherwise("size"))
    level = panel_noise(unknown, nature=Nature.MEASURED)
    own = level.filter(pl.col("area") == "A0003")
    assert set(own["reason"]) == {Reason.NO_BASE.value}
    assert level["se"].null_count() == own.height


def test_the_order_of_rows_changes_nothing():
    frame = panel()[0]
    shuffled = panel_noise(frame.sample(fraction=1, shuffle=True, seed=1), nature=Nature.MEASURED)
    assert shuffled.equals(panel_noise(frame, nature=Nature.MEASURED))
