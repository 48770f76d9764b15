"""Directly standardised rates agree with Fleiss (1981) on Down's syndrome by birth order, Michigan 1950-1964.

The table is table 14.4 (page 249) of Fleiss, *Statistical Methods for Rates and Proportions*, as the vignette of the R
package tidyrates prints it and as the data set ``downs.mi`` of the R package dsrTest holds it. What could be seen of
both agrees with the numbers below; neither was seen whole.
"""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from wijkpeil.analysis.intervals import exact_poisson
from wijkpeil.analysis.standardised import standardised

BIRTHS = [
    [230061, 329449, 114920, 39487, 14208, 3052],
    [72202, 326701, 208667, 83228, 28466, 5375],
    [15050, 175702, 207081, 117300, 45026, 8660],
    [2293, 68800, 132424, 98301, 46075, 9834],
    [327, 30666, 123419, 149919, 104088, 34392],
]
CASES = [
    [107, 141, 60, 40, 39, 25],
    [25, 150, 110, 84, 82, 39],
    [3, 71, 114, 103, 108, 75],
    [1, 26, 64, 89, 137, 96],
    [0, 8, 63, 112, 262, 295],
]
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]
"""Births and cases by age of the mother (six classes), birth order 1 to 5 and more."""


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    ages = [f"{age}" for age in range(6)]
    cells = pl.DataFrame(
        {
            "area": np.repeat([f"{order}" for order in range(1, 6)], 6),
            "stratum": ages * 5,
            "count": np.ravel(CASES).astype(float),
            "base": np.ravel(BIRTHS).astype(float),
        }
    )
    return standardised(cells, standard=pl.DataFrame({"stratum": ages, "weight": ALL_BIRTHS}), per=100_000)


def test_first_born_have_the_published_rates(found):
    assert found["crude"][0] == pytest.approx(56.3, abs=0.05)
    assert found["value"][0] == pytest.approx(92.3, abs=0.05)


def test_the_limits_lie_beside_those_of_fay_and_feuer(found):
    # another method for the same margin: gamma limits, Statistics in Medicine 16 (1997), 791-801
    weight = np.array(ALL_BIRTHS) / np.sum(ALL_BIRTHS) * 100_000 / np.array(BIRTHS)
    value, variance, largest = (weight * CASES).sum(1), (weight**2 * CASES).sum(1), weight.max(1)
    low = stats.gamma.ppf(0.025, value**2 / variance, scale=variance / value)
    above, spread = value + largest, variance + largest**2
    high = stats.gamma.ppf(0.975, above**2 / spread, scale=spread / above)
    assert found["low"].to_numpy() == pytest.approx(low, rel=0.02)
    # its upper limit adds a case of the rarest stratum, on purpose too wide where a stratum is nearly empty
    assert found["high"].to_numpy()[:3] == pytest.approx(high[:3], rel=0.03)
    assert (found["high"].to_numpy() < high).all()


@pytest.mark.parametrize("cases", [[4, 9, 2, 5], [10, 0, 0, 0], [400, 120, 80, 77]])
def test_strata_that_weigh_as_in_the_area_itself_give_the_exact_limits_of_the_whole_count(cases):
    # no table is needed: with weights in proportion to the bases every case counts the same (Dobson et al. 1991)
    base = np.array([1000.0, 2500.0, 400.0, 100.0])
    frame = pl.DataFrame({"area": "A", "stratum": list("abcd"), "count": np.array(cases, dtype=float), "base": base})
    found = standardised(frame, standard=pl.DataFrame({"stratum": list("abcd"), "weight": base}))
    low, high = (limit[0] / base.sum() for limit in exact_poisson(np.array([float(sum(cases))])))
    assert found.select("value", "low", "high").row(0) == pytest.approx((sum(cases) / base.sum(), low, high))
