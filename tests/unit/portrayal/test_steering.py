"""The quadrant draws level and change with what is known of both, and the rug says how an area stands."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_country import indicator, policy
from wijkpeil.domain.indicator import GapScale
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.quadrant import RADIUS, quadrant
from wijkpeil.portrayal.rug import Place, Stand, stand_of
from wijkpeil.portrayal.steering import Corner, corner, points, sentences, table
from wijkpeil.portrayal.words import Speaker

HERE = Place(code="WK000101", name="Havenbuurt", city="Stad")
PLAIN = (
    "q",
    "gap_baseline",
    "gap_latest",
    "own_part",
    "comparator_part",
    "like_n",
    "like_more",
    "by_selection",
    "excess",
)
Z = 1.959964


def judged(change=0.03, verdict="catching_up", width=0.02, **other):
    row = dict.fromkeys(PLAIN) | {
        "area": HERE.code,
        "indicator": "arm",
        "comparator": "rest_of_city",
        "baseline": 2007,
        "latest": 2020,
        "change": change,
        "change_low": change - width / 2,
        "change_high": change + width / 2,
        "relative_change": None,
        "relative_low": None,
        "relative_high": None,
        "scale": "absolute",
        "verdict": verdict,
        "alone": verdict,
        "reason": "modelled" if verdict == "not_judged" else None,
        "scales_differ": False,
        "by_count": False,
        "not_estimable": None,
        "bars_effect": False,
    }
    return row | other


def position(gap=-0.05, width=0.02, period=2020, relative=None, **other):
    ends = (None, None) if width is None else (gap - width / 2, gap + width / 2)
    return {
        "area": HERE.code,
        "period": period,
        "gap": gap,
        "gap_low": ends[0],
        "gap_high": ends[1],
        "relative_gap": relative,
    } | other


def point(row=None, now=None, then=None, of=None):
    [found] = points(
        of or indicator(),
        [HERE],
        {HERE.code: row or judged()},
        {HERE.code: now or position()},
        {HERE.code: then or position(period=2007)},
    )
    return found


@given(st.floats(0.001, 0.1), st.floats(0.001, 0.1), st.floats(-0.95, 0.95))
def test_the_covariance_follows_from_three_margins(then, now, correlation):
    shared = correlation * then * now
    change = math.sqrt(then**2 + now**2 - 2 * shared)
    spread = point(
        judged(width=2 * Z * change), position(width=2 * Z * now), position(width=2 * Z * then, period=2007)
    ).spread
    assert spread.level == pytest.approx(now)
    assert spread.change == pytest.approx(change)
    most = 0.999 * now * change
    assert spread.covariance == pytest.approx(min(max(now**2 - shared, -most), most), rel=1e-6, abs=1e-9)


def test_an_unknown_margin_of_then_means_that_then_and_now_are_taken_as_independent():
    known = point(judged(width=0.03), then=position(width=None, period=2007)).spread
    assert known.covariance == pytest.approx(min((0.02 / 2 / Z) ** 2, 0.999 * known.level * known.change))


def test_what_is_not_judged_is_drawn_without_an_ellipse_and_said_so():
    one = point(judged(verdict="not_judged"))
    assert one.spread is None
    speaker = Speaker(language=language("nl"), policy=policy())
    drawn = str(quadrant(speaker, indicator(), [one], identity="k", other="de rest van de stad").picture)
    assert 'class="both' not in drawn
    assert "is-not_judged" in drawn
    assert any("1 wijk heeft geen ellips" in said for said in sentences(speaker, indicator(), [one], "de stad"))


def test_an_ellipse_reaches_as_far_as_holds_both_numbers_in_95_of_100():
    assert math.exp(-(RADIUS**2) / 2) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("gap", "change", "where"),
    [
        (-0.05, 0.03, Corner.GAINING),
        (0.05, 0.03, Corner.ON_COURSE),
        (-0.05, -0.03, Corner.FALLING_BEHIND),
        (0.05, -0.03, Corner.SLIPPING),
        (-0.05, 0.005, Corner.HARDLY),
    ],
)
def test_a_corner_is_named_by_level_and_change_beyond_the_threshold(gap, change, where):
    assert corner(indicator(), point(judged(change), position(gap))) is where


def test_where_the_ratio_decides_level_and_change_are_ratios():
    of = indicator(gap_scale=GapScale.RELATIVE)
    row = judged(relative_change=0.2, relative_low=0.1, relative_high=0.3, scale="relative")
    there = {"low": 0.19, "high": 0.21, "comparator_low": 0.098, "comparator_high": 0.102}
    one = point(row, position(relative=-0.7, **there), position(relative=-0.9, period=2007, **there), of)
    assert (one.level, one.change) == (-0.7, 0.2)
    assert one.spread.level == pytest.approx(math.hypot(math.log(0.21 / 0.19), math.log(0.102 / 0.098)) / 2 / Z)
    [row] = table(Speaker(language=language("nl"), policy=policy()), of, [one], caption="x").rows
    assert row[1][0] == "50,3% achter"
    assert row[2][0] == "22,1% beter"


def test_only_what_is_surely_moving_has_its_name_in_the_picture():
    speaker = Speaker(language=language("nl"), policy=policy())
    for verdict, names in (("catching_up", 1), ("cannot_tell", 0), ("steady", 0)):
        drawn = quadrant(speaker, indicator(), [point(judged(verdict=verdict))], identity="k", other="de stad")
        assert len(re.findall(r'class="name"', str(drawn.picture))) == names


def test_a_name_with_a_sign_in_it_stays_a_text():
    speaker = Speaker(language=language("nl"), policy=policy())
    odd = Place(code=HERE.code, name="<b>Haven", city="Stad")
    [one] = points(indicator(), [odd], {odd.code: judged()}, {odd.code: position()}, {})
    assert "<b>" not in str(quadrant(speaker, indicator(), [one], identity="k", other="de stad").picture)


@pytest.mark.parametrize(
    ("row", "stand"),
    [
        (None, Stand.ABSENT),
        (position(None, None), Stand.ABSENT),
        (position(-0.005), Stand.LEVEL),
        (position(-0.02, 0.01), Stand.BEHIND),
        (position(-0.04, 0.01), Stand.FAR_BEHIND),
        (position(0.02, None), Stand.AHEAD),
        (position(0.08, 0.01), Stand.FAR_AHEAD),
        (position(0.03, 0.1), Stand.CANNOT_TELL),
    ],
)
def test_how_an_area_stands_needs_the_threshold_and_a_margin_that_leaves_zero_out(row, stand):
    assert stand_of(indicator(), row) is stand
