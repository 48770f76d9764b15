"""The nested-error model agrees with Battese, Harter and Fuller (1988) and R's sae on corn in twelve counties."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from nested_error import Answers, NestedError, fit_answers, levels_of_areas

pytestmark = pytest.mark.real

OUTLIER = 32
"""The second segment of Hardin (row 33) is left out, as in the paper."""


@pytest.fixture(scope="module")
def corn(shared: Path) -> Answers:
    frame = pl.read_csv(shared / "cases" / "statistics" / "cornsoybean.csv")
    kept = frame.with_row_index("row").filter(pl.col("row") != OUTLIER)
    return Answers(
        value=kept["CornHec"].to_numpy(),
        design=np.column_stack([np.ones(kept.height), kept["CornPix"].to_numpy(), kept["SoyBeansPix"].to_numpy()]),
        area=kept["County"].to_numpy() - 1,
    )


@pytest.fixture(scope="module")
def model(corn: Answers) -> NestedError:
    return fit_answers(corn)


def test_variances_and_coefficients_are_the_published_ones(model):
    assert model.between_areas == pytest.approx(140.02, rel=1e-3)
    assert model.within_areas == pytest.approx(147.27, rel=1e-3)
    assert model.coefficients == pytest.approx([51.0704, 0.328722, -0.134568], rel=1e-3)


def test_the_counties_have_the_published_levels(corn, model, shared):
    counties = pl.read_csv(shared / "cases" / "statistics" / "cornsoybeanmeans.csv")
    means = [counties[name].to_numpy() for name in ("MeanCornPixPerSeg", "MeanSoyBeansPixPerSeg")]
    level = levels_of_areas(
        model,
        corn,
        design_of_area=np.column_stack([np.ones(12), *means]),
        size=counties["PopnSegments"].to_numpy().astype(float),
    )
    assert level[0] == pytest.approx(122.195, abs=0.05)
    assert level[11] == pytest.approx(143.031, abs=0.05)
