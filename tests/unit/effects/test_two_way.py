"""The naive regression is what older studies ran, to the digit, so that what is wrong with it is theirs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staggered import dummies, panels, planted, regressed
from wijkpeil.effects.differences import differences
from wijkpeil.effects.panel import panel
from wijkpeil.effects.two_way import as_older_studies_print_it, two_way


def times_of(data):
    return np.where(data.is_treated[:, None], np.arange(data.never)[None] - data.start[:, None], -99).ravel()


@settings(max_examples=20, deadline=None)
@given(data=panels(), lag=st.integers(0, 2))
def test_it_equals_a_regression_with_every_area_and_period(data, lag):
    times = times_of(data)
    if not (times >= lag).any():
        return
    own = [times >= lag] + ([(times >= 0) & (times < lag)] if lag else [])
    found = regressed([*own, *dummies(data)], data.outcome.ravel())[0]
    assert two_way().effects(data, data.start[None], lag=lag)[0] == pytest.approx(found, abs=1e-9)


@settings(max_examples=20, deadline=None)
@given(data=panels())
def test_the_path_equals_a_regression_with_an_indicator_for_each_time(data):
    times = times_of(data)
    seen = [time for time in np.unique(times) if time not in (-99, -1)]
    found = regressed([*(times == time for time in seen), *dummies(data)], data.outcome.ravel())
    path = dict(zip(data.event_times.tolist(), two_way().estimate(data).path, strict=True))
    assert [path[int(time)] for time in seen] == pytest.approx(found[: len(seen)], abs=1e-8)
    assert path[-1] == 0
    assert all(np.isnan(path[time]) for time in path if time not in seen and time != -1)


def test_with_one_start_it_is_no_worse_than_differences():
    data = planted(lambda start, time: 1.0 + time, starts=[4, 4, 10, 10, 10])
    assert two_way().estimate(data).effect == pytest.approx(differences().estimate(data).effect)


def test_effects_of_later_starters_leak_into_the_path_before_the_start():
    data = planted(lambda start, time: (10.0 - start) * (time + 1), starts=[3] * 5 + [6] * 5 + [10] * 5)
    before = (data.event_times < -1) & (data.event_times >= -6)
    assert np.abs(two_way().estimate(data).path[before]).max() > 0.1
    assert differences().estimate(data).path[before] == pytest.approx(0, abs=1e-9)


def test_without_areas_never_treated_there_is_an_effect_and_no_path():
    data = panel(np.random.default_rng(1).normal(size=(6, 6)), [2, 2, 3, 4, 4, 5])
    assert np.isfinite(two_way().effects(data, data.start[None])[0])
    assert np.isnan(np.delete(two_way().paths(data, data.start[None])[0], 4)).all()


def test_the_clustered_error_is_that_of_the_coefficient_by_brute_force():
    data = panel(np.random.default_rng(8).normal(size=(20, 6)), [2] * 5 + [4] * 5 + [6] * 10)
    treated = times_of(data) >= 0
    columns = np.array([treated, *dummies(data)[:-1]], dtype=float)
    slopes = regressed(columns, data.outcome.ravel())
    misfit = data.outcome.ravel() - slopes @ columns
    bread = np.linalg.inv(columns @ columns.T)
    scores = (columns * misfit).reshape(len(columns), 20, 6).sum(axis=2)
    variance = (bread @ (scores @ scores.T) @ bread)[0, 0] * 120 / 119
    found = as_older_studies_print_it(data)
    assert (found.effect, found.se_if_many_treated) == pytest.approx((slopes[0], np.sqrt(variance)))
