"""Synthetic designs give what was published of California's Proposition 99, the Basque country and West Germany."""

import polars as pl
import pytest

from wijkpeil.domain.evidence import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.frank_wolfe import frank_wolfe
from wijkpeil.effects.near_optimal import near_optimal
from wijkpeil.effects.panel import panel
from wijkpeil.effects.standard_error import Variance, standard_error
from wijkpeil.effects.synthetic_control import CONTROL, synthetic_control
from wijkpeil.effects.synthetic_differences import DIFFERENCES, synthetic_differences

START = 1989


@pytest.fixture(scope="module")
def california(shared):
    file = shared / "cases" / "statistics" / "california_prop99.csv"
    if not file.is_file():
        pytest.skip("The figures of California are not in the folder of real files.")
    table = pl.read_csv(file, separator=";").pivot(on="Year", index="State", values="PacksPerCapita").sort("State")
    years = [int(name) for name in table.columns[1:]]
    start = [years.index(START) if state == "California" else len(years) for state in table["State"]]
    return panel(table.drop("State").to_numpy(), start, areas=table["State"].to_list(), periods=years)


@pytest.mark.parametrize(
    ("design", "published"),
    [
        (synthetic_differences(frank_wolfe), -15.603828),
        (synthetic_control(frank_wolfe), -19.619663),
    ],
)
def test_california_is_that_of_arkhangelsky_et_al_2021_by_their_own_algorithm(california, design, published):
    # Table 1: -15.6 and -19.6; the further figures are those of the replication code
    assert design.estimate(california).effect == pytest.approx(published, abs=1e-3)


@pytest.mark.parametrize(("design", "optimum"), [(DIFFERENCES, -15.605398), (CONTROL, -19.513630)])
def test_the_optimum_itself_lies_next_to_the_published_figure(california, design, optimum):
    assert design.estimate(california).effect == pytest.approx(optimum, abs=1e-4)


def test_the_published_synthetic_control_is_one_of_many_that_fit_nearly_as_well(california):
    spread = near_optimal(california, Design.SYNTHETIC_CONTROL)
    assert spread.low < -19.619663 < spread.high


def test_one_treated_area_has_neither_bootstrap_nor_jackknife(california):
    for by in (Variance.BOOTSTRAP, Variance.JACKKNIFE):
        with pytest.raises(RefusedError) as refused:
            standard_error(california, by=by)
        assert refused.value.refusal.reason is RefusalReason.TOO_FEW_TREATED


def test_the_placebo_error_of_california_from_all_38_other_states(california):
    # Table 1: 8.4 from random placebos; 9 to 10.5 when each state is taken once
    assert 9 < standard_error(california, by=Variance.PLACEBO) < 10.5
