"""Twenty of the forty is what luck gives, and nobody could say so."""

import numpy as np
import pytest

from wijkpeil.analysis.counts import count_by_chance, false_among

FORTY = np.arange(40)
ONE = np.ones(40)


def twenty_of_forty(**other):
    change = np.where(FORTY < 20, 0.01, -0.01)
    settings = {"error": ONE, "city": FORTY, "city_error": 0 * ONE, "seed": 1}
    return count_by_chance(change, **{**settings, **other})


def test_twenty_of_forty_is_what_luck_gives():
    found = twenty_of_forty()
    assert (found.counted, found.of) == (20, 40)
    assert found.expected == pytest.approx(20, abs=0.1)
    assert (found.low, found.high) == (14, 26)
    assert 0.5 < found.as_many < 0.6


def test_an_error_that_a_city_shares_makes_the_count_less_sure():
    shared = twenty_of_forty(city=FORTY // 10, city_error=ONE)
    alone = twenty_of_forty()
    assert shared.low < alone.low and shared.high > alone.high


def test_what_selection_brings_raises_what_luck_gives():
    assert twenty_of_forty(by_selection=1.0).expected > 30


def test_the_same_seed_gives_the_same_range():
    assert twenty_of_forty() == twenty_of_forty()


def test_an_area_without_a_change_is_not_counted():
    change = np.where(FORTY < 20, np.nan, 0.01)
    found = count_by_chance(change, error=ONE, city=FORTY, city_error=0 * ONE, seed=1)
    assert (found.counted, found.of) == (20, 20)


def test_a_change_without_an_error_is_refused():
    with pytest.raises(ValueError, match="without an error"):
        twenty_of_forty(error=np.full(40, np.nan))


def test_of_twenty_verdicts_about_one_is_false():
    assert false_among(20).at_most == pytest.approx(1)


def test_figures_of_one_area_that_share_its_luck_count_less_surely_than_figures_of_their_own():
    change = np.where(np.arange(120) < 60, 0.01, -0.01)
    settings = {"error": np.ones(120), "city": np.arange(120) % 40, "city_error": np.zeros(120), "seed": 1}
    alone = count_by_chance(change, **settings)
    shared = count_by_chance(change, area=np.arange(120) % 40, **settings)
    assert (shared.low, shared.high) == (3 * 14, 3 * 26)
    assert alone.low > shared.low and alone.high < shared.high
