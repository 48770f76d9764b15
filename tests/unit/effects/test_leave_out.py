"""A conclusion that hangs on one area or one city is a conclusion about that one."""

from dataclasses import replace

import numpy as np
import pytest

from plain_differences import PLAIN, restless
from wijkpeil.domain.evidence import CheckStatus, Inference, Method
from wijkpeil.effects.leave_out import without_one_area, without_one_city
from wijkpeil.effects.panel import panel
from wijkpeil.effects.placements import infer

CITY = np.arange(60) // 5


def with_effects(*effects, seed=1, noise=0.1):
    """Give an effect of its own to each of the first areas."""
    data = restless(seed, len(effects))
    outcome = data.outcome * noise
    outcome[: len(effects), 8:] += np.array(effects)[:, None]
    return data.with_outcome(outcome)


def area_check(data):
    return without_one_area(data, PLAIN, infer(data, PLAIN, draws=199))


def test_an_effect_on_all_areas_stands_whoever_is_left_out():
    check = area_check(with_effects(1.0, 1.0, 1.0, 1.0))
    assert check.status is CheckStatus.HOLDS
    assert check.facts["smallest"] <= check.facts["effect"] <= check.facts["largest"]
    assert check.facts["tried"] == 4 + 56


def test_an_effect_that_one_area_carries_falls_and_the_area_is_named():
    check = area_check(with_effects(4.0, 0.0, 0.0, 0.0))
    assert check.status is CheckStatus.FAILS and check.facts["without"] == "0"


def test_the_range_is_that_of_the_design_itself_on_fewer_areas():
    data = with_effects(1.0, 2.0, 3.0)
    found = [PLAIN.estimate(data.without([place])).effect for place in range(60)]
    facts = area_check(data).facts
    assert facts["smallest"] == pytest.approx(min(found)) and facts["largest"] == pytest.approx(max(found))


def test_one_donor_that_makes_the_effect_is_found():
    data = restless(1, 1, areas=30)
    outcome = data.outcome * 0.1
    outcome[29, 8:] -= 30.0
    surely = Inference(method=Method.PLACEMENTS, p=0.01, low=0.1, high=1.7, placebos=199, as_large=1, attainable=0.005)
    check = without_one_area(data.with_outcome(outcome), PLAIN, surely)
    assert check.facts["without"] == "29" and check.status is CheckStatus.FAILS


def test_a_donor_without_weight_is_not_tried():
    data = with_effects(1.0)
    weight = np.zeros(60)
    weight[1:5] = 0.25

    def estimate(given, *, lag=0):
        return replace(PLAIN.estimate(given, lag=lag), weights=weight)

    check = without_one_area(data, replace(PLAIN, estimate=estimate), infer(data, PLAIN))
    assert check.facts["tried"] == 4


def test_where_no_effect_was_found_another_sign_loses_nothing():
    data = with_effects(0.02, -0.02, 0.01, -0.01, noise=0.3)
    check = area_check(data)
    assert check.facts["smallest"] < 0 < check.facts["largest"] and check.status is CheckStatus.HOLDS


def test_an_effect_of_which_more_than_half_is_left_is_in_doubt_only_where_it_comes_within_the_margin():
    data = with_effects(1.6, 0.8, 0.8, 0.8)
    effect = PLAIN.estimate(data).effect
    known = {"method": Method.PLACEMENTS, "p": 0.01, "placebos": 199, "as_large": 1, "attainable": 0.005}
    narrow, wide = (
        without_one_area(data, PLAIN, Inference(low=effect - half, high=effect + half, **known)) for half in (0.2, 0.9)
    )
    assert (narrow.status, wide.status) == (CheckStatus.HOLDS, CheckStatus.DOUBTFUL)


def test_what_befell_one_city_is_no_effect():
    starts = np.full(60, 12)
    starts[[0, 1, 2, 5, 10, 15]] = 8
    outcome = restless(1, 1).outcome * 0.1
    everywhere, shock = outcome.copy(), outcome.copy()
    everywhere[starts == 8, 8:] += 1.0
    shock[:3, 8:] += 1.0
    for values, status in ((everywhere, CheckStatus.HOLDS), (shock, CheckStatus.FAILS)):
        data = panel(values, starts)
        check = without_one_city(data, PLAIN, infer(data, PLAIN, draws=199), CITY)
        assert check.status is status and check.facts["tried"] == 4
    assert check.facts["without"] == "0, 1, 2"


def test_one_city_cannot_be_left_out():
    data = with_effects(1.0, 1.0)
    check = without_one_city(data, PLAIN, infer(data, PLAIN), CITY)
    assert check.status is CheckStatus.NOT_POSSIBLE
