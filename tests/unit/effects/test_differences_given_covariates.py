"""Areas that differed beforehand are compared with those that resemble them, or not at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staggered import regressed
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.differences import differences
from wijkpeil.effects.doubly_robust import doubly_robust
from wijkpeil.effects.large_sample import as_software_prints_it
from wijkpeil.effects.overlap import chances, terms
from wijkpeil.effects.panel import panel

BOTH = {"odds and regression": doubly_robust(), "regression": doubly_robust(by_odds=False)}


def confounded(seed=1, areas=80, periods=8, noise=0.0, effect=1.0, covariates=2):
    """Draw areas whose trend follows a covariate that also says who starts, in two cohorts."""
    rng = np.random.default_rng(seed)
    known = rng.normal(size=(areas, covariates))
    chosen = rng.random(areas) < 1 / (1 + np.exp(1 - known[:, 0]))
    starts = np.where(chosen, rng.choice([3, 5], areas), periods)
    outcome = (
        rng.normal(size=(areas, 1)) + known[:, :1] * np.arange(periods) + noise * rng.normal(size=(areas, periods))
    )
    outcome += effect * (np.arange(periods)[None] >= starts[:, None])
    return panel(outcome, starts, covariates=known)


@pytest.mark.parametrize("design", BOTH.values(), ids=BOTH)
@pytest.mark.parametrize("seed", range(5))
def test_a_trend_that_follows_a_covariate_is_not_taken_for_an_effect(design, seed):
    data = confounded(seed)
    assert design.estimate(data).effect == pytest.approx(1)
    assert differences().estimate(data).effect > 1.5
    path = design.estimate(data).path
    assert path[(data.event_times < 0) & np.isfinite(path)] == pytest.approx(0, abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 9999))
def test_with_two_kinds_of_areas_each_treated_one_is_compared_with_its_own_kind(seed):
    rng = np.random.default_rng(seed)
    sizes = rng.integers(1, 6, 4)
    kind, treated = np.repeat([0, 1, 0, 1], sizes), np.repeat([False, False, True, True], sizes)
    change = rng.normal(size=len(kind))
    data = panel(np.stack([0 * change, change], axis=1), np.where(treated, 1, 2), covariates=kind[:, None])
    apart = [change[treated & (kind == one)].mean() - change[~treated & (kind == one)].mean() for one in (0, 1)]
    part = kind[treated].mean()
    closed = (1 - part) * apart[0] + part * apart[1]
    for design in BOTH.values():
        assert design.estimate(data).effect == pytest.approx(closed, abs=1e-8)


def test_the_regression_only_is_the_change_less_what_comparison_areas_predict():
    data = confounded(3, noise=1.0)
    never, start = ~data.is_treated, 3
    change = data.outcome[:, 4] - data.outcome[:, start - 1]
    known = np.column_stack([np.ones(len(change)), data.covariates])
    own = data.start == start
    closed = (change[own] - known[own] @ regressed(known[never].T, change[never])).mean()
    alone = data.without(np.flatnonzero(data.is_treated & ~own)).until(5)
    path = doubly_robust(by_odds=False).estimate(alone).path
    assert path[alone.event_times == 1] == pytest.approx(closed)


def test_it_is_what_the_tables_of_others_give():
    data = confounded(4, noise=1.0)
    tables = as_software_prints_it(data, by_covariates=True, base="fixed")
    found = doubly_robust().estimate(data)
    assert found.effect == pytest.approx(tables.simple().effect, abs=1e-9)
    _, times = tables.dynamic()
    path = dict(zip(data.event_times.tolist(), found.path, strict=True))
    assert all(path[time] == pytest.approx(one.effect, abs=1e-9) for time, one in times.items())


@pytest.mark.parametrize("design", BOTH.values(), ids=BOTH)
def test_many_placements_at_once_are_the_same_as_one_by_one(design):
    data = confounded(5, noise=1.0, covariates=3)
    rng = np.random.default_rng(1)
    starts = np.stack([rng.permutation(data.start) for _ in range(20)])
    together, paths = design.effects(data, starts, lag=1), design.paths(data, starts)
    for row, one in enumerate(starts):
        assert together[row] == pytest.approx(design.effects(data, one[None], lag=1)[0], abs=1e-9)
        assert paths[row] == pytest.approx(design.paths(data, one[None])[0], abs=1e-9, nan_ok=True)


@pytest.mark.parametrize("design", BOTH.values(), ids=BOTH)
def test_a_constant_added_to_an_area_or_a_period_and_the_unit_of_a_covariate_change_nothing(design):
    data, rng = confounded(6, noise=1.0), np.random.default_rng(2)
    moved = panel(
        data.outcome + rng.normal(size=(80, 1)) + rng.normal(size=8),
        data.start,
        covariates=data.covariates * [1e6, 1e-6] + [5e6, 1],
    )
    assert design.estimate(moved).effect == pytest.approx(design.estimate(data).effect, abs=1e-7)


@pytest.mark.parametrize("design", BOTH.values(), ids=BOTH)
def test_the_weights_balance_every_covariate(design):
    data = confounded(7, noise=1.0)
    single = panel(data.outcome, np.where(data.is_treated, 4, 8), covariates=data.covariates)
    weights = design.estimate(single).weights
    assert weights.sum() == pytest.approx(1) and (weights[single.is_treated] == 0).all()
    assert weights @ data.covariates == pytest.approx(data.covariates[single.is_treated].mean(axis=0))


def test_the_chances_solve_the_equations_of_a_logistic_regression():
    data = confounded(8, covariates=4)
    known = terms(data)
    chance = chances(known, data.is_treated[None], ~data.is_treated[None])[0]
    assert (data.is_treated - chance) @ known == pytest.approx(0, abs=1e-7)


def refused(data, design=None):
    with pytest.raises(RefusedError) as raised:
        (design or doubly_robust()).estimate(data)
    return raised.value.refusal.reason


def test_covariates_that_leave_no_answer_are_refused():
    data = confounded(9, noise=1.0)
    one = data.covariates[:, :1]
    with_them = {
        RefusalReason.NO_COVARIATES: [np.empty((80, 0))],
        RefusalReason.SINGULAR: [np.hstack([one, 3 * one - 2]), np.full((80, 1), 0.1)],
    }
    for reason, tables in with_them.items():
        for known in tables:
            for design in BOTH.values():
                assert refused(panel(data.outcome, data.start, covariates=known), design) is reason


def test_without_overlap_there_are_no_odds_and_the_regression_alone_draws_its_line():
    data = confounded(10)
    known = data.covariates[:, :1] + 10 * data.is_treated[:, None]
    apart = panel(data.outcome, data.start, covariates=known)
    assert refused(apart) is RefusalReason.SINGULAR
    assert np.isnan(doubly_robust().effects(apart, data.start[None])).all()
    assert np.isfinite(doubly_robust(by_odds=False).estimate(apart).effect)
    with pytest.raises(RefusedError):
        as_software_prints_it(apart, by_covariates=True)


def test_more_covariates_than_comparison_areas_are_refused():
    rng = np.random.default_rng(1)
    data = panel(rng.normal(size=(12, 4)), [2] * 8 + [4] * 4, covariates=rng.normal(size=(12, 5)))
    for design in BOTH.values():
        assert refused(data, design) is RefusalReason.SINGULAR


def test_a_comparison_area_that_was_all_but_sure_to_be_treated_stands_in_for_nobody():
    x = np.linspace(-2, 2, 201)
    treated = x + 0.4 * np.random.default_rng(1).normal(size=201) > 0
    treated[-1] = False
    known = np.column_stack([np.ones(201), x])
    kept = treated | (x < 0.5)
    assert np.isnan(chances(known, treated[None], ~treated[None])).all()
    assert np.isfinite(chances(known[kept], treated[None, kept], ~treated[None, kept])).all()
