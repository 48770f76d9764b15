"""Standardised rates take age away and nothing else; exact intervals hold at least what they say."""

import numpy as np
import polars as pl
import pytest

from wijkpeil.analysis.intervals import exact_poisson
from wijkpeil.analysis.standardised import standardised
from wijkpeil.domain.reason import Reason

STANDARD = pl.DataFrame({"stratum": ["jong", "midden", "oud"], "weight": [5000.0, 3000.0, 2000.0]})


def cells(**areas: tuple[list[float | None], list[float | None]]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"area": area, "stratum": stratum, "count": count, "base": base}
            for area, (counts, bases) in areas.items()
            for stratum, count, base in zip(STANDARD["stratum"], counts, bases, strict=True)
        ],
        schema={"area": pl.String, "stratum": pl.String, "count": pl.Float64, "base": pl.Float64},
    )


def test_two_areas_that_differ_only_in_age_have_one_rate():
    found = standardised(
        cells(Jong=([80, 30, 20], [8000, 1000, 200]), Oud=([10, 90, 800], [1000, 3000, 8000])), standard=STANDARD
    )
    assert found["value"].to_list() == pytest.approx([0.034, 0.034])
    assert found["crude"][1] > 2 * found["crude"][0]


def test_an_area_with_the_make_up_of_the_standard_keeps_its_crude_rate():
    found = standardised(cells(A=([50, 60, 100], [500, 300, 200])), standard=STANDARD)
    assert found["value"][0] == pytest.approx(found["crude"][0])
    assert found["low"][0] < found["value"][0] < found["high"][0]


def test_one_stratum_has_the_exact_interval_of_its_count():
    one = pl.DataFrame({"stratum": ["jong"], "weight": [1.0]})
    frame = cells(A=([25, 0, 0], [4000, 1, 1])).filter(pl.col("stratum") == "jong")
    found = standardised(frame, standard=one, per=1000)
    low, high = exact_poisson(np.array([25.0]))
    assert found.select("low", "high").row(0) == (pytest.approx(low[0] / 4), pytest.approx(high[0] / 4))


@pytest.mark.parametrize(
    ("counts", "bases", "reason"),
    [
        ([5, 6, 10], [0, 300, 200], Reason.NO_BASE),
        ([5, 6, 10], [None, 300, 200], Reason.NO_BASE),
        ([5, None, 10], [500, 300, 200], Reason.NO_FIGURE),
        ([5, -6, 30], [500, 300, 200], Reason.IMPOSSIBLE_FIGURE),
        ([0, 0, 0], [500, 300, 200], Reason.NO_SPREAD),
        ([3, 3, 3], [500, 300, 200], Reason.NO_SPREAD),
    ],
)
def test_what_cannot_be_standardised_has_a_reason(counts, bases, reason):
    found = standardised(cells(A=(counts, bases), B=([50, 60, 100], [500, 300, 200])), standard=STANDARD)
    assert found["reason"].to_list() == [reason.value, None]
    assert found.row(0, named=True)["value"] is None
    assert found.row(0, named=True)["high"] is None


def test_an_area_that_lacks_a_stratum_has_no_rate():
    found = standardised(cells(A=([50, 60, 100], [500, 300, 200])).head(2), standard=STANDARD)
    assert found["reason"].to_list() == [Reason.NO_BASE.value]


def test_the_interval_holds_the_truth_at_least_as_often_as_it_says():
    chance, rates = np.random.default_rng(2), np.array([0.002, 0.01, 0.04])
    base = np.tile([2000.0, 500.0, 150.0], 3000)
    frame = pl.DataFrame(
        {
            "area": np.repeat([f"{n:04d}" for n in range(3000)], 3),
            "stratum": STANDARD["stratum"].to_list() * 3000,
            "count": chance.poisson(np.tile(rates, 3000) * base).astype(float),
            "base": base,
        }
    )
    found = standardised(frame, standard=STANDARD).drop_nulls("value")
    truth = float(rates @ [0.5, 0.3, 0.2])
    inside = ((found["low"] <= truth) & (truth <= found["high"])).mean()
    assert 0.945 <= inside <= 0.985
