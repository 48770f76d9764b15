"""The worked examples of the method pages, executed: a page that says 17% is right or this fails."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from small_country import areas, composition, figures, indicator, policy, population, programme
from wijkpeil.analysis import changes, figures_of, positions
from wijkpeil.analysis.intervals import mover, wilson
from wijkpeil.disclosure import release
from wijkpeil.domain.frames import LookAlikesFound
from wijkpeil.domain.indicator import Direction

PAGES = Path(__file__).parents[2] / "docs" / "methoden"


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def edition(people, rows, *, parts=None, alike=(), minimum=0):
    """Bring a few figures through analysis and the one door, and give what a reader sees."""
    rules = policy(indicator(direction=Direction.LOWER_IS_BETTER), minimum={"proportion": minimum})
    given = {"areas": areas(people, dict.fromkeys(parts or {}, "GM0001")), "composition": composition(parts)}
    pairs = [(area, other, rank, 0.0) for rank, (area, other) in enumerate(alike, start=1)]
    found = LookAlikesFound.cast(pl.DataFrame(pairs, schema=LookAlikesFound.column_names(), orient="row"))
    unreleased = figures_of(figures(rows), population=population(), policy=rules, **given)
    shown = release(unreleased, look_alikes=found, policy=rules, audience="openbaar", **given)
    return shown, given, rules


def test_a_composed_share_comes_from_counts():
    people = {"GM0001": 1000, "WK000101": 300, "WK000102": 700}
    rows = [
        {"area": "WK000101", "value": 0.10, "base": 300},
        {"area": "WK000102", "value": 0.20, "base": 700},
    ]
    shown, _, _ = edition(people, rows, parts={"prog.wijk": ["WK000101", "WK000102"]})
    assert shown.filter(area="prog.wijk")["value"].item() == 0.17
    assert "(30 + 140) / 1000 = 17%" in page("samenstellen")


def test_the_rest_of_the_city_leaves_the_neighbourhood_out():
    people = {"GM0001": 1000, "WK000101": 300}
    rows = [
        {"area": "GM0001", "value": 0.13, "base": 1000},
        {"area": "WK000101", "value": 0.20, "base": 300},
    ]
    shown, given, rules = edition(people, rows)
    assert shown.filter(area="WK000101")["rest_value"].item() == 0.1
    beside = positions(shown, areas=given["areas"], policy=rules, comparators=["city", "rest_of_city"])
    assert beside.filter(area="WK000101")["gap"].to_list() == [-0.07, -0.1]
    assert "(130 - 60) / 700 = 10%" in page("rest_van_de_stad")


def test_look_alikes_are_weighed_by_their_people():
    people = {"GM0001": None, "WK000101": 300, "GM0002": None, "WK000201": 400, "WK000202": 600}
    rows = [
        {"area": "WK000101", "value": 0.45, "base": 300},
        {"area": "WK000201", "value": 0.40, "base": 400},
        {"area": "WK000202", "value": 0.50, "base": 600},
    ]
    shown, _, _ = edition(people, rows, alike=[("WK000101", "WK000201"), ("WK000101", "WK000202")])
    assert shown.filter(area="WK000101")["like_value"].item() == 0.46
    assert "(160 + 300) / 1000 = 46%" in page("vergelijkbare_gebieden")


def test_a_change_is_the_gap_now_minus_the_gap_at_the_baseline():
    people = {"GM0001": 1000, "WK000101": 300, "WK000102": 700}
    rows = [
        {"area": "WK000101", "value": 0.20, "base": 300, "period": 2007},
        {"area": "WK000102", "value": 0.10, "base": 700, "period": 2007},
        {"area": "WK000101", "value": 0.18, "base": 300, "period": 2012},
        {"area": "WK000102", "value": 0.12, "base": 700, "period": 2012},
    ]
    shown, given, rules = edition(people, rows)
    beside = positions(shown, areas=given["areas"], policy=rules, comparators=["rest_of_city"])
    one = changes(beside, policy=rules, programme=programme()).filter(area="WK000101").row(0, named=True)
    assert (one["gap_baseline"], one["gap_latest"], one["change"]) == (-0.1, -0.06, 0.04)
    assert one["change_low"] < 0 < one["change_high"]
    assert "+4 procentpunt" in page("achterstand_en_verandering")


def test_the_interval_of_a_difference_is_square_and_add():
    one, other = (np.array([part / whole]) for part, whole in ((56, 70), (48, 80)))
    low, high = mover(one, wilson(one, np.array([70.0])), other, wilson(other, np.array([80.0])))
    assert (round(float(low[0]), 4), round(float(high[0]), 4)) == (0.0524, 0.3339)
    assert "0,0524 tot 0,3339" in page("marges")


def test_a_hidden_neighbourhood_takes_the_smallest_beside_it_along():
    people = {"GM0001": 1000, "WK000101": 30, "WK000102": 270, "WK000103": 700}
    rows = [
        {"area": code, "value": share, "base": people[code]}
        for code, share in (("WK000101", 0.1), ("WK000102", 0.2), ("WK000103", 0.3))
    ]
    shown, _, _ = edition(people, rows, minimum=50)
    assert dict(shown.select("area", "status").iter_rows()) == {
        "GM0001": "final",
        "WK000101": "too_few",
        "WK000102": "protects_another",
        "WK000103": "final",
    }
    assert "vervalt ook de wijk van 270" in page("onthulling").replace("\n   ", " ")


@pytest.mark.parametrize("name", sorted(path.stem for path in PAGES.glob("[a-z]*.md")) or ["none"])
def test_every_method_page_has_an_example_and_says_what_it_does_not_say(name):
    assert "**Voorbeeld.**" in page(name)
    assert "**Wat het niet" in page(name)
