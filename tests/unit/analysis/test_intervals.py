"""Intervals agree with what others published and with the equations that define them."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.analysis.intervals import exact_poisson, exact_share, mean_with_spread, mover, poisson, wilson
from wijkpeil.domain.indicator import IntervalChoice, Kind, Nature


def share(part: int, whole: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array([part / whole]), np.array([float(whole)])


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference_is_that_of_newcombe_1998(left, right, low, high):
    (one, one_base), (other, other_base) = share(*left), share(*right)
    found = mover(one, wilson(one, one_base), other, wilson(other, other_base))
    assert found[0][0] == pytest.approx(low, abs=5e-5)
    assert found[1][0] == pytest.approx(high, abs=5e-5)


def test_wilson_is_that_of_newcombe_1998_for_one_share():
    low, high = wilson(*share(81, 263))
    assert (low[0], high[0]) == (pytest.approx(0.2553, abs=5e-5), pytest.approx(0.3662, abs=5e-5))


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from([0, 5, 10]))
def test_a_share_lies_within_its_interval_and_the_interval_within_0_and_1(part, more, rounded):
    low, high = wilson(*share(part, part + more), spread=rounded**2 / 12)
    assert 0 <= low[0] <= part / (part + more) <= high[0] <= 1
    assert high[0] > low[0]


@settings(deadline=None)
@given(st.integers(1, 300), st.integers(1, 300))
def test_rounding_by_the_publisher_makes_an_interval_wider(part, more):
    exact, rounded = wilson(*share(part, part + more)), wilson(*share(part, part + more), spread=100 / 12)
    assert rounded[1] - rounded[0] > exact[1] - exact[0]


@settings(deadline=None)
@given(st.integers(0, 950))
def test_mid_p_limits_solve_their_own_equation(whole):
    low, high = poisson(np.array([float(whole)]))

    def at_most(mean):
        return stats.poisson.cdf(whole, mean) - stats.poisson.pmf(whole, mean) / 2

    assert at_most(high[0]) == pytest.approx(0.025, abs=1e-9)
    if whole:
        assert at_most(low[0]) == pytest.approx(0.975, abs=1e-9)
        assert low[0] == pytest.approx(optimize.brentq(lambda m: at_most(m) - 0.975, 1e-9, whole + 1))
    else:
        assert low[0] == 0


def test_poisson_limits_do_not_jump_where_the_approximation_takes_over():
    low, high = poisson(np.array([999.999, 1000.001]))
    assert low[1] - low[0] == pytest.approx(0.002, abs=0.01)
    assert high[1] - high[0] == pytest.approx(0.002, abs=0.01)


def one(kind: Kind = Kind.PROPORTION, nature: Nature = Nature.MEASURED, asked: dict[str, object] | None = None, **row):
    """The one figure of a country of one area."""
    return figures_of(
        figures([{"area": "BU00010101", **row}]),
        areas=areas({"BU00010101": 1000}),
        composition=composition(),
        population=population(),
        policy=policy(indicator(kind=kind, nature=nature, **asked or {})),
    ).row(0, named=True)


@pytest.mark.parametrize(
    ("kind", "nature", "row", "interval"),
    [
        (Kind.PROPORTION, Nature.MEASURED, {"value": 0.2, "base": 100}, "wilson"),
        (Kind.PROPORTION, Nature.MEASURED, {"value": 0.2}, "none_known"),
        (Kind.PROPORTION, Nature.MEASURED, {"value": 0.2, "base": 0}, "none_known"),
        (Kind.PROPORTION, Nature.SURVEYED, {"value": 0.2, "se": 0.02}, "standard_error"),
        (Kind.PROPORTION, Nature.MODELLED, {"value": 0.2, "base": 100}, "modelled"),
        (Kind.PROPORTION, Nature.MODELLED, {"value": 0.2, "se": 0.02}, "standard_error"),
        (Kind.RATE, Nature.MEASURED, {"value": 0.01, "base": 1000}, "poisson"),
        (Kind.MEAN, Nature.MEASURED, {"value": 25000.0, "base": 1000}, "none_known"),
        (Kind.SCORE, Nature.SURVEYED, {"value": 6.8}, "none_known"),
        (Kind.COUNT, Nature.MEASURED, {"value": 1200}, "not_applicable"),
        (Kind.ORDINAL, Nature.MODELLED, {"value": 4}, "not_applicable"),
        (Kind.PROPORTION, Nature.MEASURED, {"value": None, "base": 100}, "not_applicable"),
    ],
)
def test_the_interval_follows_from_the_kind_of_figure(kind, nature, row, interval):
    figure = one(kind, nature, **row)
    assert figure["interval"] == interval
    has_limits = interval in {"wilson", "poisson", "standard_error"}
    assert (figure["low"] is not None, figure["high"] is not None) == (has_limits, has_limits)


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_share_of_exactly_0_or_1_has_a_width(value):
    figure = one(value=value, base=80)
    assert figure["low"] <= value <= figure["high"]
    assert figure["high"] - figure["low"] > 0.03


@given(st.integers(0, 5000))
def test_exact_limits_solve_their_own_equation(count):
    low, high = exact_poisson(np.array([float(count)]))
    assert stats.poisson.cdf(count, high[0]) == pytest.approx(0.025, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, low[0]) == pytest.approx(0.025, rel=1e-6)
    else:
        assert low[0] == 0


@given(st.integers(1, 900))
def test_exact_is_wider_than_mid_p(count):
    exact, mid_p = exact_poisson(np.array([float(count)])), poisson(np.array([float(count)]))
    assert exact[0][0] < mid_p[0][0]
    assert exact[1][0] > mid_p[1][0]


def test_exact_limits_are_those_that_everyone_prints():
    low, high = exact_poisson(np.array([0.0, 1.0, 10.0, 100.0]))
    assert low == pytest.approx([0, 0.0253, 4.7954, 81.3640], abs=5e-5)
    assert high == pytest.approx([3.6889, 5.5716, 18.3904, 121.6268], abs=5e-5)


@given(st.floats(0, 1), st.integers(5, 5000), st.floats(1, 10))
def test_a_sample_that_is_not_simple_tells_as_much_as_a_smaller_one(share, base, effect):
    value, whole = np.array([share]), np.array([float(base)])
    assert np.array(wilson(value, whole, design_effect=effect)) == pytest.approx(
        np.array(wilson(value, whole / effect))
    )


def test_the_margin_of_a_mean_shrinks_with_the_root_of_its_base():
    low, high = mean_with_spread(np.array([100.0, 100.0]), np.array([25.0, 100.0]), spread=15.0)
    assert high - low == pytest.approx([2 * 1.959964 * 3, 2 * 1.959964 * 1.5])


@settings(deadline=None)
@given(st.integers(0, 400), st.integers(0, 400))
def test_exact_limits_of_a_share_solve_their_own_equation(part, more):
    if part + more == 0:
        return
    low, high = exact_share(*share(part, part + more))
    assert 0 <= low[0] <= part / (part + more) <= high[0] <= 1
    if part:
        assert stats.binom.sf(part - 1, part + more, low[0]) == pytest.approx(0.025, rel=1e-6)
    if more:
        assert stats.binom.cdf(part, part + more, high[0]) == pytest.approx(0.025, rel=1e-6)


def test_exact_limits_of_a_share_are_those_of_newcombe_1998():
    low, high = exact_share(*share(81, 263))
    assert (low[0], high[0]) == (pytest.approx(0.2527, abs=5e-5), pytest.approx(0.3676, abs=5e-5))


@pytest.mark.parametrize(
    ("kind", "nature", "row", "asked", "interval"),
    [
        (Kind.PROPORTION, Nature.MEASURED, {"value": 0.2, "base": 100}, {"interval": IntervalChoice.EXACT}, "exact"),
        (Kind.RATE, Nature.MEASURED, {"value": 0.01, "base": 900}, {"interval": IntervalChoice.EXACT}, "exact"),
        (Kind.PROPORTION, Nature.SURVEYED, {"value": 0.2, "base": 100}, {"design_effect": 2.0}, "wilson"),
        (Kind.MEAN, Nature.MEASURED, {"value": 9.0, "base": 100}, {"spread": 5.0}, "known_spread"),
        (Kind.MEAN, Nature.MEASURED, {"value": 9.0}, {"spread": 5.0}, "none_known"),
        (Kind.MEAN, Nature.MODELLED, {"value": 9.0, "base": 100}, {"spread": 5.0}, "modelled"),
    ],
)
def test_a_file_may_ask_for_another_interval(kind, nature, row, asked, interval):
    assert one(kind, nature, asked, **row)["interval"] == interval


def test_what_a_file_asks_for_makes_the_interval_wider_or_gives_one():
    usual = one(value=0.2, base=100)
    exact = one(asked={"interval": IntervalChoice.EXACT}, value=0.2, base=100)
    designed = one(nature=Nature.SURVEYED, asked={"design_effect": 2.0}, value=0.2, base=100)
    assert exact["low"] < usual["low"] < usual["high"] < exact["high"]
    assert (designed["low"], designed["high"]) == tuple(limit[0] for limit in wilson(*share(10, 50)))
    mean = one(Kind.MEAN, asked={"spread": 5.0}, value=9.0, base=100)
    assert (mean["low"], mean["high"]) == (pytest.approx(9 - 0.98, abs=1e-4), pytest.approx(9 + 0.98, abs=1e-4))


def whole_percentages(rounded: bool) -> pl.DataFrame:
    """Thirty areas of 40,000 people, whose shares lie a little beside a whole percentage."""
    shares = [(10 + place) / 100 + (0 if rounded else 0.00123) for place in range(30)]
    codes = [f"BU0001{place:04d}" for place in range(30)]
    rows = [{"area": code, "value": share, "base": 40_000} for code, share in zip(codes, shares, strict=True)]
    return figures_of(
        figures(rows),
        areas=areas(dict.fromkeys([*codes, "GM0001"], 40_000)),
        composition=composition(),
        population=population(),
        policy=policy(indicator()),
    )


def test_a_share_published_as_a_whole_percentage_is_no_surer_than_half_a_percentage_point():
    rounded, exact = (
        whole_percentages(rounded).filter(pl.col("area") == "BU00010010").row(0, named=True)
        for rounded in (True, False)
    )
    sampling = (exact["high"] - exact["low"]) / 2 / 1.959964
    both = (rounded["high"] - rounded["low"]) / 2 / 1.959964
    assert both == pytest.approx(np.sqrt(sampling**2 + 0.01**2 / 12), rel=0.05)


def test_rounding_travels_to_the_city_that_is_added_up():
    city = [
        whole_percentages(rounded).filter(pl.col("area") == "GM0001").row(0, named=True) for rounded in (True, False)
    ]
    width = [(row["high"] - row["low"]) / 2 / 1.959964 for row in city]
    assert np.sqrt(width[0] ** 2 - width[1] ** 2) == pytest.approx(0.01 / np.sqrt(12) / np.sqrt(30), rel=0.1)
