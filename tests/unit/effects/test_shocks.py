"""A shock to a whole city is not taken for an effect in its treated areas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.evidence import CheckKind, CheckStatus
from wijkpeil.effects.panel import panel
from wijkpeil.effects.shocks import CITIES, city_moves, city_shock, within_city

PER_CITY, LENGTH, START = 12, 10, 6


def country(seed, *, cities=12, treated=(0, 1), shock=0.0, effect=0.0):
    rng = np.random.default_rng(seed)
    city = np.repeat(np.arange(cities), PER_CITY)
    is_treated = np.isin(city, treated) & (np.arange(len(city)) % PER_CITY < 2)
    after = np.arange(LENGTH) >= START
    drift = rng.normal(0, 0.3, (cities, 1)) * after
    outcome = rng.normal(0, 1, (len(city), 1)) + drift[city] + rng.normal(0, 0.5, (len(city), LENGTH))
    outcome += effect * np.outer(is_treated, after) + shock * np.outer(city == 0, after)
    return panel(outcome, np.where(is_treated, START, LENGTH), stratum=city), city


def differences(study):
    change = study.outcome[:, START:].mean(axis=1) - study.outcome[:, :START].mean(axis=1)
    return float(change[study.is_treated].mean() - change[~study.is_treated].mean())


def check_of(study, city):
    return city_shock(study, city, effect=differences(study), within=differences(within_city(study, city)))


@pytest.mark.parametrize("seed", range(5))
def test_a_shock_in_one_city_without_an_effect_fails(seed):
    study, city = country(seed, shock=3.0)
    check = check_of(study, city)
    assert (check.kind, check.status) == (CheckKind.CITY_SHOCK, CheckStatus.FAILS)
    assert check.facts["where"] == "0, 1"
    assert check.facts["moved"] == 1


@pytest.mark.parametrize("seed", range(5))
def test_an_effect_that_survives_within_the_city_is_a_doubt(seed):
    study, city = country(seed, shock=3.0, effect=4.0)
    check = check_of(study, city)
    assert check.status is CheckStatus.DOUBTFUL
    assert check.facts["within"] == pytest.approx(4, abs=1)


def test_without_a_shock_it_mostly_holds_whatever_the_effect():
    found = [check_of(*country(seed, effect=2.0)).status for seed in range(40)]
    assert sum(status is CheckStatus.HOLDS for status in found) >= 35


@given(seed=st.integers(0, 2**32 - 1), shock=st.floats(-50, 50))
def test_within_the_city_no_shock_of_the_city_is_left(seed, shock):
    one = within_city(*country(seed))
    other = within_city(*country(seed, shock=shock))
    assert other.outcome == pytest.approx(one.outcome, abs=1e-9)


def test_within_the_city_only_cities_with_treated_and_untreated_areas_are_left():
    study, city = country(1)
    assert len(within_city(study, city).areas) == 2 * PER_CITY
    whole = panel(study.outcome[:PER_CITY], [START] * PER_CITY)
    assert within_city(whole, np.zeros(PER_CITY, dtype=np.int64)) is None


def test_within_the_city_an_untreated_area_is_set_beside_the_others():
    study, city = country(1)
    found = within_city(study, city)
    others = study.outcome[[place for place in range(2, PER_CITY) if place != 5]]
    assert found.outcome[5] == pytest.approx(study.outcome[5] - others.mean(axis=0))
    assert found.outcome[0] == pytest.approx(study.outcome[0] - study.outcome[2:PER_CITY].mean(axis=0))


def test_with_too_few_other_cities_it_is_not_possible():
    study, city = country(1, cities=CITIES + 1)
    check = city_shock(study, city, effect=1.0, within=1.0)
    assert check.status is CheckStatus.NOT_POSSIBLE
    assert check.facts["needed"] == CITIES


@pytest.mark.slow
def test_a_city_without_a_shock_is_called_one_in_about_5_of_100():
    moved = [city_moves(*country(seed, treated=(0,)))[0].p < 0.05 for seed in range(1_000)]
    assert 0.03 <= np.mean(moved) <= 0.07
