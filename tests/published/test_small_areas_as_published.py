"""Small areas agree with R's sae on the milk data (Arora, Lahiri 1997) and with Efron and Morris on baseball."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest
from scipy import optimize

from wijkpeil.analysis.small_areas import AreaModel, fit, given_between, hierarchical_bayes

pytestmark = pytest.mark.real

BETWEEN = 0.0185503
"""The REML variance between areas of the milk data (case A1: R sae 1.3)."""


@pytest.fixture(scope="module")
def cases(shared: Path) -> Path:
    return shared / "cases" / "statistics"


@pytest.fixture(scope="module")
def milk(cases: Path) -> AreaModel:
    frame = pl.read_csv(cases / "milk.csv")
    dummies = [(frame["MajorArea"] == area).cast(pl.Float64).to_numpy() for area in (2, 3, 4)]
    return AreaModel(
        value=frame["yi"].to_numpy(),
        variance=frame["SD"].to_numpy() ** 2,
        design=np.stack([np.ones(frame.height), *dummies], axis=1),
    )


def reml(model: AreaModel) -> float:
    """The variance between areas at the top of the restricted likelihood, by a general optimiser."""
    found = optimize.minimize_scalar(
        lambda between: -fit(model, np.array([between])).log_density[0],
        bounds=(1e-8, 10 * float(np.var(model.value))),
        method="bounded",
        options={"xatol": 1e-12},
    )
    return float(found.x)


def test_the_top_of_the_density_is_the_published_reml_estimate(milk):
    assert reml(milk) == pytest.approx(BETWEEN, abs=1e-6)


def test_coefficients_are_those_of_r_sae(milk):
    assert fit(milk, np.array([BETWEEN])).coefficients[0] == pytest.approx(
        [0.968189, 0.132780, 0.226946, -0.241301], abs=1e-5
    )


def test_levels_and_their_error_are_those_of_r_sae(milk, cases):
    published = pl.read_csv(cases / "milk_R_sae_reference.csv")
    between = reml(milk)
    levels = given_between(milk, np.array([between]))
    assert levels.mean[0] == pytest.approx(published["eblup_reml"].to_numpy(), abs=1e-5)
    # Prasad and Rao add twice the doubt about the variance between areas: D^2 / (A + D)^3 x 2 / sum (A + D)^-2
    weight = 1 / (between + milk.variance)
    doubt = milk.variance**2 * weight**3 * 2 / np.sum(weight**2)
    assert levels.variance[0] + 2 * doubt == pytest.approx(published["mse_reml"].to_numpy(), abs=1e-5)
    assert published["mse_reml"][0] == pytest.approx(0.01346022, abs=1e-8)


def test_hierarchical_bayes_stays_near_reml_on_the_milk_data(milk, cases):
    published = pl.read_csv(cases / "milk_R_sae_reference.csv")
    levels = hierarchical_bayes(milk)
    error = np.sqrt(published["mse_reml"].to_numpy())
    assert (np.abs(levels.mean - published["eblup_reml"].to_numpy()) / error).max() < 0.12
    assert np.sqrt(levels.variance) == pytest.approx(error, rel=0.1)


@pytest.fixture(scope="module")
def baseball(cases: Path) -> tuple[AreaModel, np.ndarray]:
    frame = pl.read_csv(cases / "efron_morris_baseball.csv")
    first = frame["avg45"].to_numpy()
    spread = np.full(len(first), first.mean() * (1 - first.mean()) / 45)
    return AreaModel(value=first, variance=spread, design=np.ones((len(first), 1))), frame["avg_rest"].to_numpy()


def test_james_stein_is_the_model_with_one_error_for_all(baseball):
    model, rest = baseball
    squares = np.sum((model.value - model.value.mean()) ** 2)
    own = 1 - (len(model.value) - 3) * model.variance[0] / squares
    assert own == pytest.approx(0.212, abs=1e-3)
    shrunk = given_between(model, np.array([model.variance[0] * own / (1 - own)])).mean[0]
    assert shrunk[0] == pytest.approx(0.294, abs=1e-3), "Clemente"
    gain = np.sum((model.value - rest) ** 2) / np.sum((shrunk - rest) ** 2)
    assert gain == pytest.approx(3.5, abs=0.1)


def test_hierarchical_bayes_foretells_the_rest_of_the_season_as_well_as_james_stein(baseball):
    model, rest = baseball
    gain = np.sum((model.value - rest) ** 2) / np.sum((hierarchical_bayes(model).mean - rest) ** 2)
    assert gain > 2.5
