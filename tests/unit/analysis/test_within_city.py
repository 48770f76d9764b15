"""The gap to a city that holds the area is the gap to its rest, made smaller by the area's own part."""

import numpy as np
import pytest

from wijkpeil.analysis.intervals import mover, wilson
from wijkpeil.analysis.within_city import limits_beside_city, part_of_city

TRIALS, OWN, REST = 20_000, 600.0, 900.0


def drawn(random):
    value, rest = random.binomial(int(OWN), 0.3, TRIALS) / OWN, random.binomial(int(REST), 0.25, TRIALS) / REST
    return value, wilson(value, np.full(TRIALS, OWN)), rest, wilson(rest, np.full(TRIALS, REST))


def test_the_interval_beside_the_city_holds_the_truth_as_often_as_it_says():
    value, own, rest, others = drawn(np.random.default_rng(7))
    part = OWN / (OWN + REST)
    city = part * value + (1 - part) * rest
    whole = wilson(city, np.full(TRIALS, OWN + REST))
    low, high = limits_beside_city(value, own, city, whole, rest, others, part=np.full(TRIALS, part))
    truth = (1 - part) * 0.05
    assert np.mean((low <= truth) & (truth <= high)) == pytest.approx(0.95, abs=0.008)
    apart_low, apart_high = mover(value, own, city, whole)
    assert np.mean((apart_low <= truth) & (truth <= apart_high)) > 0.985  # as independent: far too wide


def test_the_gap_to_the_city_is_that_to_the_rest_times_what_is_not_the_area():
    value, own, rest, others = (np.array(number) for number in (0.3, (0.28, 0.33), 0.2, (0.19, 0.22)))
    city = 0.4 * value + 0.6 * rest
    low, high = limits_beside_city(value, own, city, (city, city), rest, others, part=np.array(0.4))
    apart = mover(value, own, rest, others)
    assert (low, high) == pytest.approx((0.6 * apart[0], 0.6 * apart[1]))


@pytest.mark.parametrize("unknown", ["rest", "part"])
def test_without_a_rest_or_a_part_both_sides_are_taken_as_independent(unknown):
    nan = np.array(np.nan)
    rest, part = (nan, np.array(0.4)) if unknown == "rest" else (np.array(0.2), nan)
    sides = (np.array(0.3), (np.array(0.28), np.array(0.33)), np.array(0.24), (np.array(0.23), np.array(0.25)))
    found = limits_beside_city(*sides, rest, (rest - 0.01, rest + 0.01), part=part)
    assert found == pytest.approx(mover(*sides))


def part(**given):
    numbers = {
        "base": 400.0,
        "city_base": 1000.0,
        "value": 0.3,
        "city": 0.24,
        "rest": 0.2,
        "half_unit": 0.0005,
        **given,
    }
    return float(part_of_city(**{name: np.array(number) for name, number in numbers.items()}))


def test_the_part_is_that_of_the_bases_and_else_the_smallest_that_the_rounded_values_allow():
    assert part() == 0.4
    assert part(base=np.nan) == pytest.approx((0.04 - 0.001) / (0.1 + 0.001))
    assert part(base=np.nan, value=0.2, city=0.2) == 0.0
    assert np.isnan(part(base=1000.0))
