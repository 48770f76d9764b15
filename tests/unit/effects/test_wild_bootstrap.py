"""Where whole cities were treated, cities are what chance draws."""

from itertools import product

import numpy as np
import pytest

from plain_differences import PLAIN, plain_effects, restless
from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer
from wijkpeil.effects.wild_bootstrap import wild_bootstrap


def cities(seed, number=10, treated=4, *, each=4, shared=1.0, effect=0.0, periods=8, start=5):
    """Draw cities of which the areas share most of their luck; some are wholly treated."""
    rng = np.random.default_rng(seed)
    city = np.repeat(np.arange(number), each)
    outcome = shared * rng.normal(size=(number, periods))[city] + 0.5 * rng.normal(size=(len(city), periods))
    starts = np.where(city < treated, start, periods)
    outcome[city < treated, start:] += effect
    return panel(outcome, starts), city


def by_regression(data, city, tested, lag):
    """Do it as the textbook says: dummies, restricted residuals, every sign, ordinary least squares each time."""
    areas, periods = data.outcome.shape
    since = np.arange(periods)[None] - data.start[:, None]
    on = data.is_treated[:, None]
    columns = [np.kron(np.eye(areas), np.ones((periods, 1))), np.kron(np.ones((areas, 1)), np.eye(periods))]
    if lag:
        columns.append(((since >= 0) & (since < lag) & on).astype(float).reshape(-1, 1))
    nuisance = np.hstack(columns)
    d = ((since >= lag) & on).astype(float).ravel()
    design = np.column_stack([nuisance, d])
    group = np.repeat(city, periods)

    def t(y):
        fitted = np.linalg.lstsq(design, y, rcond=None)[0]
        residual = y - design @ fitted
        own = d - nuisance @ np.linalg.lstsq(nuisance, d, rcond=None)[0]
        variance = sum((own[group == one] @ residual[group == one]) ** 2 for one in np.unique(city))
        return (fitted[-1] - tested) * (own @ own) / np.sqrt(variance)

    y = data.outcome.ravel()
    kept = nuisance @ np.linalg.lstsq(nuisance, y - tested * d, rcond=None)[0] + tested * d
    residual = y - kept
    drawn = [
        t(kept + np.array(signs)[city[np.arange(len(y)) // periods]] * residual)
        for signs in product((1, -1), repeat=city.max() + 1)
    ]
    return np.mean(np.abs(drawn) >= abs(t(y)) * (1 - 1e-9))


@pytest.mark.parametrize("lag", [0, 1])
@pytest.mark.parametrize("seed", [1, 2])
def test_every_sign_gives_what_a_regression_for_each_of_them_gives(seed, lag):
    data, city = cities(seed, 6, 3, each=2, effect=0.7)
    found = wild_bootstrap(data, city, lag=lag)
    assert found.enumerated and found.placebos == 63 and found.attainable == 2 / 64
    assert found.p == pytest.approx(by_regression(data, city, 0.0, lag))
    assert found.p == pytest.approx((1 + found.as_large) / (1 + found.placebos))


def test_a_staggered_start_is_a_regression_too():
    data, city = cities(3, 6, 3, each=2)
    starts = np.where(city == 0, 3, data.start)
    data = panel(data.outcome, starts)
    assert wild_bootstrap(data, city).p == pytest.approx(by_regression(data, city, 0.0, 0))


def test_the_ends_of_the_interval_are_where_the_test_turns():
    data, city = cities(4, 7, 3, each=2, effect=2.0)
    found = wild_bootstrap(data, city)
    room = 1e-3 * (found.high - found.low)
    for end, inwards in ((found.low, 1), (found.high, -1)):
        assert by_regression(data, city, end + inwards * room, 0) > 0.05
        assert by_regression(data, city, end - inwards * room, 0) <= 0.05
    assert found.low < plain_effects(data, data.start[None])[0] < found.high


@pytest.mark.parametrize("treated", [1, 2])
def test_one_or_two_treated_cities_are_refused(treated):
    data, city = cities(1, 10, treated)
    with pytest.raises(RefusedError) as refused:
        wild_bootstrap(data, city)
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_TREATED
    assert refused.value.refusal.facts["cities"] == treated


def test_one_or_two_cities_to_compare_with_are_refused():
    data, city = cities(1, 10, 8)
    with pytest.raises(RefusedError) as refused:
        wild_bootstrap(data, city)
    assert refused.value.refusal.reason is RefusalReason.TOO_FEW_AREAS


def test_with_many_cities_the_same_seed_gives_the_same():
    data, city = cities(1, 20, 6, effect=1.0)
    first, again = (wild_bootstrap(data, city, draws=199, seed=7) for _ in range(2))
    assert first == again and not first.enumerated and first.placebos == 199
    assert first.low < 1.0 < first.high


def false_alarms(test, worlds, **world):
    return np.mean([test(*cities(seed, **world)) <= 0.05 for seed in range(worlds)])


@pytest.mark.parametrize("number", [10, 14])
def test_whole_cities_without_an_effect_seem_to_have_one_in_five_of_a_hundred_times(number):
    """By placements of single areas it is far more often: the areas of a city are not exchangeable with others."""
    by_city = false_alarms(lambda data, city: wild_bootstrap(data, city, draws=199).p, 300, number=number)
    by_area = false_alarms(lambda data, city: infer(data, PLAIN, draws=99).p, 100, number=number)
    assert by_city <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / 300)
    assert by_area > 0.15


def test_an_effect_is_seen():
    assert false_alarms(lambda data, city: wild_bootstrap(data, city).p, 40, effect=3.0) > 0.9


def test_areas_that_are_each_a_city_give_about_what_placements_give():
    data = restless(3, 6, areas=20, effect=2.0)
    found, placed = wild_bootstrap(data, np.arange(20), draws=999), infer(data, PLAIN)
    assert found.high - found.low == pytest.approx(placed.high - placed.low, rel=0.4)
