"""A funnel marks exceptions and nothing else: not small areas, not what areas usually differ."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from wijkpeil.analysis.funnel import (
    Dispersion,
    Whole,
    between_areas,
    curve,
    funnel,
    limits,
    score,
    winsorised_dispersion,
)
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.reason import Reason


def shares(size: int = 300, *, between: float = 0.0, seed: int = 1, whole: float = 0.2) -> pl.DataFrame:
    chance = np.random.default_rng(seed)
    base = chance.integers(50, 3000, size)
    truth = np.clip(whole + between * chance.normal(size=size), 0.001, 0.999)
    codes = [f"A{number:04d}" for number in range(size)]
    return pl.DataFrame({"area": codes, "value": chance.binomial(base, truth) / base, "base": base.astype(float)})


@settings(deadline=None)
@given(
    st.sampled_from([Kind.PROPORTION, Kind.RATE]),
    st.integers(1, 400),
    st.integers(1, 99),
    st.sampled_from([0.95, 0.998]),
)
def test_a_count_lies_outside_exactly_when_its_mid_p_value_says_so(kind, base, percent, level):
    whole = Whole(value=percent / 100, kind=kind)
    size = np.full(base + 1, float(base))
    value = np.arange(base + 1) / base
    low, high = limits(whole, size, level=level)
    z, edge = score(whole, value, size), stats.norm.isf((1 - level) / 2)
    sure = np.abs(np.abs(z) - edge) > 1e-9
    assert ((value < low) == (z < -edge))[sure].all()
    assert ((value > high) == (z > edge))[sure].all()


def test_limits_come_nearer_to_the_whole_as_areas_are_larger():
    found = curve(Whole(value=0.2, kind=Kind.PROPORTION), np.array([10.0, 100.0, 1000.0, 10000.0]))
    assert found["high_95"].is_sorted(descending=True)
    assert found["low_95"].is_sorted()
    assert (found["high_998"] > found["high_95"]).all()
    assert (found["low_998"] <= found["low_95"]).all()


def test_large_areas_have_the_limits_of_the_normal_law():
    low, high = limits(Whole(value=0.3, kind=Kind.PROPORTION), np.array([1e6]), level=0.95)
    half = 1.96 * np.sqrt(0.3 * 0.7 / 1e6)
    assert (low[0], high[0]) == (pytest.approx(0.3 - half, rel=1e-4), pytest.approx(0.3 + half, rel=1e-4))


def test_by_chance_alone_the_limits_hold_what_they_say():
    found = funnel(shares(6000), whole=0.2, kind=Kind.PROPORTION)
    assert found.whole.dispersion is Dispersion.NONE
    zone = found.areas["zone"].cast(pl.String)
    assert (zone != "within").mean() == pytest.approx(0.05, abs=0.01)
    assert (zone == "outside_998").mean() == pytest.approx(0.002, abs=0.002)
    assert not found.areas["is_marked"].any()


def test_what_areas_usually_differ_is_no_exception():
    found = funnel(shares(2000, between=0.03), whole=0.2, kind=Kind.PROPORTION)
    assert found.whole.dispersion is Dispersion.ADDED
    assert found.whole.between == pytest.approx(0.03, abs=0.005)
    assert (found.areas["zone"].cast(pl.String) != "within").mean() == pytest.approx(0.06, abs=0.02)
    assert found.areas["is_marked"].mean() < 0.001
    without = funnel(shares(2000, between=0.03), whole=0.2, kind=Kind.PROPORTION, dispersion=Dispersion.NONE)
    assert without.areas["is_marked"].mean() > 0.2


def test_a_true_exception_is_marked_among_areas_that_differ():
    frame = shares(200, between=0.02).with_columns(
        value=pl.when(pl.col("area") == "A0007").then(0.5).otherwise("value")
    )
    found = funnel(frame, whole=0.2, kind=Kind.PROPORTION).areas
    marked = found.filter("is_marked")["area"].to_list()
    assert "A0007" in marked
    assert len(marked) <= 3


def test_a_small_area_far_away_is_not_marked_and_a_large_one_is():
    frame = shares(50).vstack(pl.DataFrame({"area": ["Klein", "Groot"], "value": [0.5, 0.3], "base": [8.0, 5000.0]}))
    found = {row["area"]: row for row in funnel(frame, whole=0.2, kind=Kind.PROPORTION).areas.rows(named=True)}
    assert not found["Klein"]["is_marked"]
    assert found["Groot"]["is_marked"]


def test_rates_follow_poisson():
    chance = np.random.default_rng(3)
    base = chance.integers(200, 9000, 4000).astype(float)
    frame = pl.DataFrame({"area": map(str, range(4000)), "value": chance.poisson(base * 0.004) / base, "base": base})
    zone = funnel(frame, whole=0.004, kind=Kind.RATE).areas["zone"].cast(pl.String)
    assert (zone != "within").mean() == pytest.approx(0.05, abs=0.015)


def test_means_and_scores_stand_in_a_funnel_by_their_error():
    chance = np.random.default_rng(4)
    se = chance.uniform(0.05, 0.5, 3000)
    frame = pl.DataFrame({"area": map(str, range(3000)), "value": 7 + se * chance.normal(size=3000), "se": se})
    found = funnel(frame, whole=7.0, kind=Kind.SCORE)
    assert found.whole.dispersion is Dispersion.NONE
    assert (found.areas["zone"].cast(pl.String) != "within").mean() == pytest.approx(0.05, abs=0.01)


def test_multiplied_dispersion_widens_every_limit_by_the_same_factor():
    found = funnel(shares(500, between=0.04), whole=0.2, kind=Kind.PROPORTION, dispersion=Dispersion.MULTIPLIED)
    phi = found.whole.inflation
    assert phi > 2
    row = found.areas.filter(pl.col("low_95") > 0).row(0, named=True)
    half = 1.959964 * np.sqrt(phi * 0.2 * 0.8 / row["size"])
    assert row["high_95"] - 0.2 == pytest.approx(half, rel=1e-5)


def test_phi_is_1_by_chance_and_blind_to_a_few_exceptions():
    z = np.random.default_rng(6).normal(size=20_000)
    assert winsorised_dispersion(z) == pytest.approx(1, abs=0.03)
    odd = z.copy()
    odd[:400] = 50
    assert winsorised_dispersion(odd) == pytest.approx(1, abs=0.1)


def test_tau_is_the_moment_estimator_of_spiegelhalter_2005():
    spread, phi = np.array([1.0, 2.0, 4.0]), 3.0
    weight = 1 / spread**2
    wanted = (3 * phi - 2) / (weight.sum() - (weight**2).sum() / weight.sum())
    assert between_areas(phi, spread) == pytest.approx(np.sqrt(wanted))
    assert between_areas(0.5, spread) == 0
    assert between_areas(3.0, spread[:1]) == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": None}, Reason.NO_FIGURE),
        ({"value": float("nan")}, Reason.NO_FIGURE),
        ({"value": 1.2}, Reason.IMPOSSIBLE_FIGURE),
        ({"base": 0.0}, Reason.NO_BASE),
        ({"base": None}, Reason.NO_BASE),
    ],
)
def test_what_is_not_in_the_funnel_has_a_reason_and_is_no_part_of_the_family(change, reason):
    (name, number), frame = next(iter(change.items())), shares(20)
    broken = frame.with_columns(pl.when(pl.col("area") == "A0002").then(pl.lit(number)).otherwise(name).alias(name))
    found = funnel(broken, whole=0.2, kind=Kind.PROPORTION).areas
    assert found["reason"].to_list() == [None, None, reason.value, *[None] * 17]
    assert found["zone"].null_count() == found["z"].null_count() == found["q_value"].null_count() == 1
    rest = funnel(frame.filter(pl.col("area") != "A0002"), whole=0.2, kind=Kind.PROPORTION).areas
    assert found["q_value"].drop_nulls().to_list() == rest["q_value"].to_list()


@pytest.mark.parametrize(
    ("whole", "reason"),
    [(None, Reason.NO_COMPARATOR), (1.4, Reason.NO_COMPARATOR), (0.0, Reason.NO_SPREAD), (1.0, Reason.NO_SPREAD)],
)
def test_no_funnel_stands_around_nothing(whole, reason):
    found = funnel(shares(20), whole=whole, kind=Kind.PROPORTION)
    assert set(found.areas["reason"]) == {reason.value}
    assert found.areas["zone"].null_count() == 20
    assert not found.areas["is_marked"].fill_null(False).any()


def test_the_order_of_rows_changes_nothing():
    frame = shares(60, between=0.03)
    shuffled = funnel(frame.sample(fraction=1, shuffle=True, seed=3), whole=0.2, kind=Kind.PROPORTION).areas
    assert shuffled.equals(funnel(frame, whole=0.2, kind=Kind.PROPORTION).areas)


def test_an_area_far_beyond_all_chance_gives_a_number_and_no_warning():
    frame = shares(20).vstack(pl.DataFrame({"area": ["Ver"], "value": [0.9], "base": [20000.0]}))
    row = funnel(frame, whole=0.2, kind=Kind.PROPORTION, dispersion=Dispersion.NONE).areas.row(-1, named=True)
    assert row["is_marked"]
    assert np.isfinite(row["z"])
