"""One area beside its own past, with years that resemble each other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.evidence import CheckKind, Method
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.interrupted import interrupted
from wijkpeil.effects.panel import panel

SEEDS = st.integers(0, 2**32 - 1)


def series(seed, *, periods=15, start=10, correlation=0.6, effect=0.0, slope=0.0):
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 1, periods)
    found = np.empty(periods)
    found[0] = noise[0] / np.sqrt(1 - correlation**2)
    for year in range(1, periods):
        found[year] = correlation * found[year - 1] + noise[year]
    since = np.arange(periods) - start
    found += 0.1 * np.arange(periods) + (since >= 0) * (effect + slope * since)
    return panel(found[None, :], [start], periods=range(2000, 2000 + periods))


@settings(deadline=None, max_examples=30)
@given(seed=SEEDS, level=st.floats(-20, 20), trend=st.floats(-5, 5), effect=st.floats(-20, 20))
def test_a_trend_changes_nothing_and_an_effect_is_found_whole(seed, level, trend, effect):
    one = series(seed)
    since = np.arange(15) - 10
    other = one.with_outcome(one.outcome + level + trend * np.arange(15) + effect * (since >= 0))
    before, after = interrupted(one), interrupted(other)
    assert after.effect == pytest.approx(before.effect + effect, abs=1e-6)
    assert after.inference.high - after.inference.low == pytest.approx(
        before.inference.high - before.inference.low, rel=1e-5
    )


@settings(deadline=None, max_examples=30)
@given(seed=SEEDS)
def test_an_interval_without_zero_has_a_p_below_5_percent(seed):
    found = interrupted(series(seed, effect=3.0)).inference
    assert found.low < found.high
    assert found.low <= 0 <= found.high or found.p < 0.05


def test_level_and_slope_change_are_told_apart():
    found = interrupted(series(1, periods=20, effect=50.0, slope=10.0))
    facts = found.check(CheckKind.SERIAL_CORRELATION).facts
    assert facts["level"] == pytest.approx(50, abs=4)
    assert facts["slope"] == pytest.approx(10, abs=1)
    assert found.effect == pytest.approx(50 + 10 * 4.5, abs=4)
    assert [point.time for point in found.path] == list(range(-10, 10))
    assert found.path[-1].low < 140 < found.path[-1].high
    assert (found.design, found.inference.method) == (Design.INTERRUPTED_SERIES, Method.SERIAL_ERRORS)


def test_with_two_periods_after_the_start_only_the_level_changes():
    facts = interrupted(series(1, periods=12, start=10)).check(CheckKind.SERIAL_CORRELATION).facts
    assert "level" in facts
    assert "slope" not in facts


def test_periods_within_the_lag_are_not_looked_at():
    one = series(3)
    spoiled = one.outcome.copy()
    spoiled[0, 10:12] = 999.0
    assert interrupted(one, lag=2).effect == interrupted(one.with_outcome(spoiled), lag=2).effect
    assert interrupted(one, lag=2).after == 3


def test_the_level_is_that_of_the_first_period_after_the_lag():
    facts = interrupted(series(1, periods=20, effect=50.0, slope=10.0), lag=2).check(CheckKind.SERIAL_CORRELATION).facts
    assert facts["level"] == pytest.approx(70, abs=4)


def test_of_more_areas_the_mean_by_time_since_their_start_is_taken():
    one = series(1, periods=16, start=10)
    earlier = panel(one.outcome[:, 1:], [9], periods=range(2000, 2015))
    both = panel(np.vstack([one.outcome[:, :15], one.outcome[:, 1:]]), [10, 9], periods=range(2000, 2015))
    found = interrupted(both)
    assert (found.before, found.after, found.treated) == (9, 5, 2)
    alone = interrupted(panel(earlier.outcome[:, :14], [9], periods=range(2000, 2014)))
    assert (found.effect, found.inference.p) == pytest.approx((alone.effect, alone.inference.p))


def test_figures_two_years_apart_have_a_slope_per_year():
    one = series(1, periods=20, effect=50.0, slope=10.0)
    apart = panel(one.outcome, one.start, periods=range(1990, 2030, 2))
    yearly, biennial = (interrupted(each).check(CheckKind.SERIAL_CORRELATION).facts for each in (one, apart))
    assert biennial["slope"] == pytest.approx(yearly["slope"] / 2, rel=0.05)
    assert interrupted(apart).path[0].time == -20


@pytest.mark.parametrize(("periods", "start"), [(7, 4), (12, 3)])
def test_too_short_a_series_is_refused_with_what_is_needed(periods, start):
    with pytest.raises(RefusedError) as refused:
        interrupted(series(1, periods=periods, start=start))
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_PERIODS
    assert (refused.value.refusal.facts["needed"], refused.value.refusal.facts["needed_before"]) == (8, 4)
    assert refused.value.refusal.weaker == (Design.BEFORE_AFTER,)


@pytest.mark.parametrize("outcome", [np.ones(12), np.arange(12.0)])
def test_a_series_without_noise_is_refused(outcome):
    with pytest.raises(RefusedError) as refused:
        interrupted(panel(outcome[None, :], [8]))
    assert refused.value.refusal.reason is RefusalReason.CONSTANT


def false_breaks(draws, **world):
    return np.mean([interrupted(series(seed, **world)).inference.p < 0.05 for seed in range(draws)])


@pytest.mark.slow
@pytest.mark.parametrize(("periods", "start"), [(8, 4), (10, 5), (12, 10), (15, 10), (20, 10)])
@pytest.mark.parametrize("correlation", [0.0, 0.6, 0.8])
def test_without_an_effect_a_break_is_seen_in_at_most_8_of_100(periods, start, correlation):
    assert false_breaks(400, periods=periods, start=start, correlation=correlation) <= 0.08


@pytest.mark.slow
def test_a_break_of_five_errors_is_mostly_seen():
    assert false_breaks(200, effect=6.0, correlation=0.3) >= 0.7
