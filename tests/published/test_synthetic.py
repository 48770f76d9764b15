"""Synthetic designs give what was published of California's Proposition 99, the Basque country and West Germany."""

import numpy as np
import polars as pl
import pytest

from wijkpeil.domain.refusal import RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.frank_wolfe import frank_wolfe
from wijkpeil.effects.near_optimal import near_optimal
from wijkpeil.effects.panel import panel
from wijkpeil.effects.predictors import Predictors, choose
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


def _figures(shared, name):
    file = shared / "cases" / "statistics" / name
    if not file.is_file():
        pytest.skip(f"The file {name} is not in the folder of real files.")
    return pl.read_csv(file).with_columns(pl.col("year").cast(pl.Int64))


def _means(table, unit, means):
    """Average each characteristic over its own years: ``(units, characteristics)``, by the order of the names."""
    columns = [
        table.filter(pl.col("year").is_in(list(years)))
        .group_by(unit)
        .agg(pl.col(name).cast(pl.Float64).mean())
        .sort(unit)[name]
        .to_numpy()
        for name, years in means
    ]
    return np.column_stack(columns)


def _paths(table, unit, outcome, years):
    chosen = table.filter(pl.col("year").is_in(list(years))).sort("year")
    return chosen.pivot(on="year", index=unit, values=outcome).sort(unit).drop(unit).to_numpy().astype(float)


def _predictors(means, paths, place):
    others = np.arange(len(means)) != place
    return Predictors(treated=means[place], donors=means[others], outcome=paths[place], outcomes=paths[others])


def _weights(names, place, weights):
    others = [name for number, name in enumerate(names) if number != place]
    return dict(zip(others, weights, strict=True))


@pytest.mark.slow
def test_the_basque_country_is_a_blend_of_catalonia_and_madrid(shared):
    # Abadie, Gardeazabal (2003): Catalonia .851, Madrid .149
    table = _figures(shared, "pysyncon_basque.csv").filter(pl.col("regionno") != 1)
    schools = ["school.illit", "school.prim", "school.med", "school.high", "school.post.high", "invest"]
    sectors = ["agriculture", "energy", "industry", "construction", "services.venta", "services.nonventa"]
    means = [
        *[(name, range(1964, 1970)) for name in schools],
        ("gdpcap", range(1960, 1970)),
        *[(f"sec.{name}", range(1961, 1970, 2)) for name in sectors],
        ("popdens", [1969]),
    ]
    names = sorted(table["regionname"].unique())
    place = next(number for number, name in enumerate(names) if name.startswith("Basque"))
    paths = _paths(table, "regionname", "gdpcap", range(1960, 1970))
    found = choose(_predictors(_means(table, "regionname", means), paths, place), tries=2)
    weights = _weights(names, place, found.best.weights)
    assert weights["Cataluna"] == pytest.approx(0.851, abs=0.005)
    assert weights["Madrid (Comunidad De)"] == pytest.approx(0.149, abs=0.005)


@pytest.mark.slow
def test_west_germany_is_a_blend_of_austria_and_four_others(shared):
    # Abadie, Diamond, Hainmueller (2015), table 1: importance from 1971-1980, weights from 1981-1990
    table = _figures(shared, "pysyncon_germany.csv")
    names = sorted(table["country"].unique())
    place = names.index("West Germany")
    paths = _paths(table, "country", "gdp", range(1981, 1991))
    means = {}
    for first, school, invest in ((1971, [1970, 1975], "invest70"), (1981, [1980, 1985], "invest80")):
        decade = [(name, range(first, first + 10)) for name in ("gdp", "trade", "infrate", "industry")]
        means[first] = _means(table, "country", [*decade, ("schooling", school), (invest, [1980])])
    found = choose(_predictors(means[1971], paths, place), tries=2)
    weights = _weights(names, place, _predictors(means[1981], paths, place).blend(found.best.importance))
    expected = {"Austria": 0.42, "USA": 0.22, "Japan": 0.16, "Switzerland": 0.11, "Netherlands": 0.09}
    assert {name: weights[name] for name in expected} == pytest.approx(expected, abs=0.01)
