"""Intervals agree with what others published and with the equations that define them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from small_country import areas, composition, figures, indicator, policy, population
from wijkpeil.analysis import figures_of
from wijkpeil.analysis.intervals import mover, poisson, wilson
from wijkpeil.domain.indicator import Kind, Nature


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


def one(kind: Kind = Kind.PROPORTION, nature: Nature = Nature.MEASURED, **row):
    """The one figure of a country of one area."""
    return figures_of(
        figures([{"area": "BU00010101", **row}]),
        areas=areas({"BU00010101": 1000}),
        composition=composition(),
        population=population(),
        policy=policy(indicator(kind=kind, nature=nature)),
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
