"""What the untreated years and areas say of the others is what a regression on them alone says."""

import diff_diff
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staggered import dummies, panels, regressed
from wijkpeil.effects.imputation import imputation
from wijkpeil.effects.panel import panel


@settings(max_examples=20, deadline=None)
@given(data=panels(), anticipation=st.integers(0, 1), lag=st.integers(0, 1))
def test_it_equals_a_regression_with_every_area_and_period_on_the_untreated_only(data, anticipation, lag):
    times = (np.arange(data.never)[None] - data.start[:, None]).ravel()
    treated = np.repeat(data.is_treated, data.never)
    untreated = ~treated | (times < -anticipation)
    columns = np.array(dummies(data))
    fitted = regressed(columns[:, untreated], data.outcome.ravel()[untreated]) @ columns
    gap = data.outcome.ravel() - fitted
    found = imputation(anticipation=anticipation).estimate(data, lag=lag) if (treated & (times >= lag)).any() else None
    if found is None:
        return
    assert found.effect == pytest.approx(gap[treated & (times >= lag)].mean(), abs=1e-9)
    for time, effect in zip(data.event_times.tolist(), found.path, strict=True):
        seen = treated & (times == time)
        assert effect == pytest.approx(gap[seen].mean() if seen.any() else np.nan, abs=1e-9, nan_ok=True)


def test_with_one_start_it_is_the_change_of_the_means_before_and_after():
    rng = np.random.default_rng(5)
    data = panel(rng.normal(size=(9, 7)), [4] * 3 + [7] * 6)
    change = data.outcome[:, 4:].mean(axis=1) - data.outcome[:, :4].mean(axis=1)
    assert imputation().estimate(data).effect == pytest.approx(change[:3].mean() - change[3:].mean())


@settings(max_examples=15, deadline=None)
@given(data=panels())
def test_what_is_left_of_the_fit_before_the_start_averages_to_zero(data):
    found = imputation().estimate(data)
    sizes = [(data.is_treated & (data.start + time >= 0)).sum() for time in data.event_times]
    before = (data.event_times < 0) & np.isfinite(found.path)
    assert np.array(sizes)[before] @ found.path[before] == pytest.approx(0, abs=1e-9)


def test_a_second_implementation_finds_the_same():
    rng = np.random.default_rng(11)
    data = panel(rng.normal(size=(60, 9)), [3] * 9 + [5] * 12 + [7] * 4 + [9] * 35)
    frame = pd.DataFrame(
        {
            "area": np.repeat(np.arange(60), 9),
            "year": np.tile(np.arange(9), 60) + 2000,
            "y": data.outcome.ravel(),
            "first": np.repeat(np.where(data.is_treated, data.start + 2000, 0), 9),
        }
    )
    other = diff_diff.ImputationDiD().fit(
        frame, outcome="y", unit="area", time="year", first_treat="first", aggregate="event_study"
    )
    found = imputation().estimate(data)
    assert found.effect == pytest.approx(other.overall_att, abs=1e-8)
    path = dict(zip(data.event_times.tolist(), found.path, strict=True))
    after = {time: line["effect"] for time, line in other.event_study_effects.items() if time >= 0}
    assert after.keys() == set(range(6))
    for time, effect in after.items():
        assert path[time] == pytest.approx(effect, abs=1e-8)
