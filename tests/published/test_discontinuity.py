"""The jumps of the Senate and of Lee, as their methods' authors published them."""

import csv
from pathlib import Path

import numpy as np
import pytest

from wijkpeil.effects.bandwidth import Kernel
from wijkpeil.effects.bias_aware import honest_jump
from wijkpeil.effects.density import density_jump
from wijkpeil.effects.discontinuity import jump, scored

pytestmark = pytest.mark.real


def columns(file: Path, *names: str) -> list[np.ndarray]:
    with file.open() as lines:
        rows = [[row[name] for name in names] for row in csv.DictReader(lines)]
    known = np.array([[np.nan if value in ("NA", "") else float(value) for value in row] for row in rows])
    return list(known[np.isfinite(known).all(axis=1)].T)


@pytest.fixture
def cases(shared: Path) -> Path:
    return shared / "cases" / "statistics"


def test_the_incumbents_jump_in_the_senate_is_that_of_calonico_cattaneo_farrell_and_titiunik_2017(cases):
    margin, vote = columns(cases / "rdrobust_RDsenate.csv", "margin", "vote")
    found = jump(scored(margin, vote, threshold=0))
    assert (found.effect, found.se) == pytest.approx((7.414, 1.459), abs=1e-3)
    assert (found.widths.main, found.widths.bias) == pytest.approx((17.754, 28.028), abs=1e-3)
    assert (found.low, found.high) == pytest.approx((4.094, 10.919), abs=1e-3)


def test_the_density_of_the_senate_does_not_jump_as_cattaneo_jansson_and_ma_2018_found(cases):
    (margin,) = columns(cases / "rdrobust_RDsenate.csv", "margin")
    found = density_jump(margin)
    assert (found.z, found.p) == pytest.approx((-0.8753, 0.3814), abs=1e-4)
    assert (found.left_width, found.right_width) == pytest.approx((19.841, 27.119), abs=1e-3)
    assert (found.areas, found.left_near, found.right_near) == (1390, 408, 460)


def test_the_honest_interval_of_lee_2008_is_that_of_armstrong_and_kolesar(cases):
    margin, share = columns(cases / "lee08.csv", "margin", "voteshare")
    found = honest_jump(scored(margin, share, threshold=0), curvature=0.1, width=10, kernel=Kernel.UNIFORM)
    assert (found.effect, found.se, found.largest_bias) == pytest.approx((6.056774, 1.190527, 1.723768), abs=1e-5)
    assert found.low == pytest.approx(2.3747, abs=1e-4)
    assert found.high == pytest.approx(9.7387, abs=2e-4)  # printed cut off: twice the effect less the low is 9.7388
