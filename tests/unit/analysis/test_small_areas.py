"""Small areas lean on their city, are the city together, and never hide the direct figure."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from wijkpeil.analysis.small_areas import AreaModel, error_at_city, given_between, hierarchical_bayes, smoothed
from wijkpeil.domain.reason import Reason


def city(size: int = 12, *, seed: int = 1) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    base = chance.integers(20, 2000, size).astype(float)
    value = chance.binomial(base.astype(int), np.clip(chance.normal(0.2, 0.04, size), 0.01, 1)) / base
    se = error_at_city(base, city=0.2, is_share=True)
    codes = [f"WK0599{number:02d}" for number in range(size)]
    return pl.DataFrame({"area": codes, "value": value, "se": se, "weight": base, "old": value + 0.1 * base / 2000})


def together(frame: pl.DataFrame, level: pl.DataFrame, name: str) -> float:
    return float(np.average(level[name].to_numpy(), weights=frame.sort("area")["weight"].to_numpy()))


def test_the_areas_together_are_the_city():
    frame = city()
    assert together(frame, smoothed(frame, city=0.23, possible=(0, 1)), "smoothed") == pytest.approx(0.23, abs=1e-12)


def test_without_a_city_figure_the_areas_keep_their_own_mean():
    frame = city()
    level = smoothed(frame)
    assert together(frame, level, "smoothed") == pytest.approx(together(frame, level, "value"), abs=1e-12)


def test_an_area_without_a_figure_does_not_push_the_others_to_the_city():
    frame = city().with_columns(value=pl.when(pl.col("area") != "WK059903").then("value"))
    level, weights = smoothed(frame, city=0.5), frame["weight"].to_numpy()
    has = level["reason"].is_null().to_numpy()
    assert level["reason"][3] == Reason.NO_FIGURE
    assert level["smoothed"][3] is None
    direct = np.average(level["value"].to_numpy()[has], weights=weights[has])
    assert np.average(level["smoothed"].to_numpy()[has], weights=weights[has]) == pytest.approx(direct)


def test_bounds_hold_and_the_benchmark_with_them():
    frame = city().with_columns(value=pl.col("value") * 0.02, se=pl.col("se") * 0.3)
    level = smoothed(frame, city=0.0005, possible=(0, 1))
    assert level.select(pl.col("smoothed", "smoothed_low").min()).row(0) >= (0, 0)
    assert together(frame, level, "smoothed") == pytest.approx(0.0005, abs=1e-12)


def test_the_direct_figure_is_never_touched():
    frame = city()
    level = smoothed(frame)
    assert level["value"].to_list() == frame["value"].to_list()
    assert (level["low"] < level["value"]).all()


def test_the_less_sure_a_figure_the_more_it_leans_on_the_city():
    level = smoothed(city()).with_columns(city()["se"].alias("se")).sort("se")
    assert level["own"].is_sorted(descending=True)
    assert level["own"].is_between(0, 1).all()


def test_levels_have_smaller_margins_than_direct_figures():
    level = smoothed(city())
    assert ((level["smoothed_high"] - level["smoothed_low"]) < (level["high"] - level["low"])).all()


def test_a_covariate_that_tells_the_level_makes_it_surer():
    frame = city(40).with_columns(known=pl.col("value") + 0.0)
    without, with_ = smoothed(frame), smoothed(frame, covariates=["known"])
    width = pl.col("smoothed_high") - pl.col("smoothed_low")
    assert with_.select(width.mean()).item() < without.select(width.mean()).item()


def test_a_covariate_that_says_nothing_new_changes_nothing():
    frame = city(40).with_columns(old=pl.col("weight"), twice=pl.col("weight") * 2, constant=1.0)
    one, many = smoothed(frame, covariates=["old"]), smoothed(frame, covariates=["old", "twice", "constant"])
    assert many["smoothed"].to_numpy() == pytest.approx(one["smoothed"].to_numpy(), abs=1e-9)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": None}, Reason.NO_FIGURE),
        ({"value": float("nan")}, Reason.NO_FIGURE),
        ({"value": 1.2}, Reason.IMPOSSIBLE_FIGURE),
        ({"se": 0.0}, Reason.NO_ERROR_KNOWN),
        ({"se": None}, Reason.NO_ERROR_KNOWN),
        ({"weight": 0.0}, Reason.NO_BASE),
        ({"old": None}, Reason.NO_COVARIATE),
    ],
)
def test_what_cannot_be_smoothed_has_a_reason(change, reason):
    (name, number), frame = next(iter(change.items())), city()
    broken = frame.with_columns(pl.when(pl.col("area") == "WK059902").then(pl.lit(number)).otherwise(name).alias(name))
    level = smoothed(broken, covariates=["old"], possible=(0, 1))
    assert level["reason"].to_list() == [None, None, reason.value, *[None] * 9]
    assert level["smoothed"].null_count() == 1


def test_a_city_of_few_areas_is_not_smoothed():
    level = smoothed(city(4))
    assert set(level["reason"]) == {Reason.TOO_FEW_AREAS.value}
    assert level["value"].null_count() == 0


def test_the_order_of_rows_changes_nothing():
    frame = city(30)
    assert smoothed(frame.sample(fraction=1, shuffle=True, seed=3), covariates=["old"]).equals(
        smoothed(frame, covariates=["old"])
    )


def test_areas_that_are_all_the_same_still_have_a_margin():
    frame = city().with_columns(value=pl.lit(0.2))
    level = smoothed(frame)
    assert level["smoothed"].to_numpy() == pytest.approx(0.2)
    assert (level["smoothed_high"] > level["smoothed_low"]).all()


@settings(deadline=None, max_examples=8)
@given(st.integers(6, 30), st.integers(0, 10_000), st.floats(0.001, 3))
def test_quadrature_is_the_integral(size, seed, spread):
    chance = np.random.default_rng(seed)
    model = AreaModel(
        value=chance.normal(0, spread, size) + chance.normal(0, 0.3, size),
        variance=chance.uniform(0.01, 0.2, size),
        design=np.ones((size, 1)),
    )

    def at(between: float) -> tuple[float, float]:
        total = between + model.variance
        mean = np.average(model.value, weights=1 / total)
        log = -0.5 * (np.log(total).sum() + np.log(np.sum(1 / total)) + np.sum((model.value - mean) ** 2 / total))
        return log, float(given_between(model, np.array([between])).mean[0, 0])

    grid = np.exp(np.linspace(-14, 6, 400))
    top = max(at(one)[0] for one in grid)
    edges = {"a": -40, "b": 40}

    def integral(of):
        return integrate.quad(lambda log: np.exp(at(np.exp(log))[0] - top + log) * of(np.exp(log)), **edges, limit=100)

    mass, weighted = integral(lambda _: 1.0)[0], integral(lambda between: at(between)[1])[0]
    assert hierarchical_bayes(model).mean[0] == pytest.approx(weighted / mass, abs=1e-4)


@given(st.floats(0.01, 0.99), st.integers(1, 10_000), st.floats(1, 4))
def test_an_area_that_found_nobody_has_an_error_all_the_same(share, base, effect):
    error = error_at_city(np.array([float(base)]), city=share, is_share=True, design_effect=effect)
    assert error[0] == pytest.approx(np.sqrt(effect * share * (1 - share) / base))
    assert error[0] > 0
