"""The worked examples of luck and selection, executed: a page that says 14 to 26 is right or this fails."""

from pathlib import Path

import numpy as np

from wijkpeil.analysis.counts import count_by_chance, false_among
from wijkpeil.analysis.selection import Spread

PAGES = Path(__file__).parents[2] / "docs" / "methoden"


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def test_twenty_of_forty_is_what_luck_gives():
    city = np.arange(40)
    change = np.where(city < 20, 0.01, -0.01)
    found = count_by_chance(change, error=np.ones(40), city=city, city_error=np.zeros(40), seed=1)
    said = f"gemiddeld {found.expected:.0f}, en in 95% van de keren {found.low} tot {found.high}"
    assert said in page("telling_en_toeval")
    assert f"hooguit ongeveer {false_among(20).at_most:.0f} onjuist" in page("telling_en_toeval")


def test_figures_that_share_the_luck_of_their_area_have_the_widest_range():
    area = np.arange(120) % 40
    change = np.where(np.arange(120) < 60, 0.01, -0.01)
    settings = {"error": np.ones(120), "city": area, "city_error": np.zeros(120), "seed": 1}
    shared, alone = count_by_chance(change, area=area, **settings), count_by_chance(change, **settings)
    said = f"{shared.low}\ntot {shared.high} van de 120, en niet {alone.low} tot {alone.high}"
    assert said in page("telling_en_toeval")


def test_a_third_of_the_gap_goes_by_itself():
    rho = 100 * Spread(lasting=1.0, passing=0.49, kept=0.0).reliability(0.0)
    for part in (rho, 100 - rho):
        assert f"{part:.2f}%".replace(".", ",") in page("selectie")
