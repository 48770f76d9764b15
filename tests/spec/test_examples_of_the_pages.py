"""The examples in words of the method pages, worked out by the code: a page that says 22,6% is right or this fails."""

import doctest
import re
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import stats

from small_country import indicator, policy
from wijkpeil.analysis import composite, funnel, panel_noise, small_areas, standardised, trend
from wijkpeil.analysis.decomposition import parts_of_change
from wijkpeil.analysis.family import adjusted
from wijkpeil.analysis.intervals import wilson
from wijkpeil.analysis.verdict import p_values
from wijkpeil.domain.indicator import Direction

PAGES = Path(__file__).parents[2] / "docs" / "methoden"


def example(name: str) -> str:
    """Give the example of a page as one line."""
    text = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    found = re.search(r"\*\*Voorbeeld\.\*\*(.*?)\n\n", text, re.DOTALL)
    assert found, name
    return " ".join(found[1].split())


def dutch(number: float, digits: int = 1) -> str:
    return f"{number:.{digits}f}".replace(".", ",")


def worked(module, name: str) -> dict[str, object]:
    """Run the doctest of a function and give what it left behind."""
    (test,) = doctest.DocTestFinder(recurse=False).find(getattr(module, name), name, module=module)
    assert doctest.DocTestRunner().run(test, clear_globs=False).failed == 0
    return test.globs


@pytest.mark.parametrize(
    ("low", "high", "says", "claim"),
    [(0.015, 0.065, "p = 0,019: *loopt in*", True), (-0.02, 0.10, "p = 0,33: *niet te zeggen*", False)],
)
def test_a_verdict_turns_the_margin_round(low, high, says, claim):
    found = p_values(*(np.array([number]) for number in (0.04, low, high, 0.01)))
    p = float(found.either[0])
    assert (p <= 0.05) == claim
    assert f"p = {dutch(p, 3 if claim else 2)}" in says
    assert says in example("oordeel")
    if claim:
        assert f"is {dutch(100 * float(found.up[0]))}%" in example("oordeel")


def test_a_small_change_with_a_small_margin_is_steady():
    found = p_values(*(np.array([number]) for number in (0.001, -0.005, 0.007, 0.01)))
    assert found.steady[0] <= 0.05 < found.either[0]
    assert "0,1 met een marge van -0,5 tot 0,7 is *gelijk gebleven*" in example("oordeel")


def test_of_four_tests_only_the_first_stays_a_verdict():
    p = np.array([0.001, 0.04, 0.3, 0.6])
    q = adjusted(p, np.zeros(4, dtype=np.int64))
    said = " ".join(dutch(number, 3).rstrip("0") for number in q)
    assert said == "0,004 0,08 0,4 0,6"
    assert "De q's zijn 0,004, 0,08, 0,4 en 0,6" in example("veel_vergelijkingen")


def test_restless_figures_tell_their_error():
    figures = worked(panel_noise, "panel_noise")["figures"]
    found = panel_noise.panel_noise(figures, nature=panel_noise.Nature.SURVEYED)["se"][0]
    assert f"vindt {dutch(found)}" in example("paneelruis")


def test_the_same_share_is_less_sure_of_few_people():
    for cases, base in ((30, 300), (3000, 30_000)):
        low, high = wilson(np.array([cases / base]), np.array([float(base)]))
        assert f"{dutch(100 * low[0])}% tot {dutch(100 * high[0])}%" in example("superpopulatie")


def test_the_change_is_parted_in_one_of_the_area_and_three_of_the_rest():
    both = pl.DataFrame(
        {
            "indicator": ["arm"], "value_then": [0.30], "value_now": [0.29],
            "comparator_value_then": [0.20], "comparator_value_now": [0.23],
        }
    )  # fmt: skip
    own, other = parts_of_change(both, policy=policy(indicator(direction=Direction.LOWER_IS_BETTER)))
    parts = both.select(own=own, other=other).row(0)
    assert [round(100 * part) for part in parts] == [1, 3]
    assert "1 punt van de wijk en 3 van de rest" in example("ontleding")


def test_one_look_alike_lies_further_off_than_their_mean():
    """The margin itself is held to the code in ``test_verdicts_hold``."""
    quantile = float(stats.t.ppf(0.975, 19))
    mean, one = quantile * 6 / 20**0.5, quantile * 6 * (1 + 1 / 20) ** 0.5
    assert f"{dutch(mean)} punt naar beide kanten, één zo'n wijk een van {dutch(one)}" in example("een_gelijkende_wijk")


def test_a_small_area_leans_on_its_city():
    direct = worked(small_areas, "smoothed")["direct"]
    small, large = small_areas.smoothed(direct, possible=(0, 1)).head(2).rows(named=True)
    said = example("kleine_gebieden")
    assert f"Gladgestreken is dat {dutch(100 * small['smoothed'])}%" in said
    assert f"voor {100 * small['own']:.0f}% voor zichzelf" in said
    assert f"wordt {dutch(100 * large['smoothed'])}%" in said


def test_a_line_runs_between_the_figures():
    second = trend.trend(worked(trend, "trend")["figures"]).row(1, named=True)
    level, low, high = (dutch(100 * second[name]) for name in ("level", "low", "high"))
    assert f"{level}%, met een band van {low}% tot {high}%" in example("trend")


def test_a_large_area_is_marked_and_a_small_one_further_off_is_not():
    areas = worked(funnel, "funnel")["areas"]
    large, small = funnel.funnel(areas, whole=0.2, kind=funnel.Kind.PROPORTION).areas.head(2).rows(named=True)
    assert (large["zone"], large["is_marked"], small["zone"]) == ("outside_998", True, "within")
    assert (large["size"], small["size"]) == (2000, 40)
    assert "(2.000 mensen) zegt 25% en ligt buiten de buitenste grens" in example("trechter")


def test_a_score_opens_into_its_parts():
    found = worked(composite, "theme_scores")["found"]
    one = found.scores.row(0, named=True)
    lost = [dutch(-part) for part in found.parts["contribution"]]
    said = example("themascore")
    assert f"De score is {one['score']:.0f}, met een marge van {one['low']:.0f} tot {one['high']:.0f}" in said
    assert f"haalt er {lost[0]} punten af, laag inkomen {lost[1]}" in said


def test_rates_of_old_and_young_areas_become_the_same():
    left = worked(standardised, "standardised")
    first, second = standardised.standardised(left["cells"], standard=left["standard"], per=1000).rows(named=True)
    ends = [f"{dutch(row['low'])} tot {dutch(row['high'])}" for row in (first, second)]
    said = example("gestandaardiseerd")
    assert f"{first['crude']:.0f} gevallen, in wijk B {second['crude']:.0f}" in said
    assert f"in allebei {dutch(first['value'])}: in A met een marge van {ends[0]}, in B van {ends[1]}" in said
    assert dutch(first["value"]) == dutch(second["value"])
