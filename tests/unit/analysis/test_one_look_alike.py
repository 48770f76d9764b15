"""One area is set beside the spread of its look-alikes' own changes."""

import math

import dataframely as dy
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from small_country import indicator, policy
from wijkpeil.analysis.one_look_alike import beside_one_look_alike
from wijkpeil.domain.frames import Changes, Figures, LookAlikesFound
from wijkpeil.domain.indicator import Direction, GapScale

CODES = [f"WK0001{place:02}" for place in range(8)]
YEARS = (2007, 2008, 2012)
POLICY = policy(
    indicator("arm"),
    indicator("rijk", direction=Direction.HIGHER_IS_BETTER, gap_scale=GapScale.RELATIVE),
)
values_of_all = st.lists(
    st.one_of(st.none(), st.integers(-1, 9).map(lambda number: number / 10)), min_size=48, max_size=48
)


def published(values) -> dy.DataFrame[Figures]:
    cells = [(area, name, year) for name in ("arm", "rijk") for area in CODES for year in YEARS]
    frame = pl.DataFrame(cells, schema=["area", "indicator", "period"], orient="row")
    absent = {name: None for name in Figures.column_names() if name not in (*frame.columns, "value")}
    filled = frame.with_columns(
        pl.Series("value", values, dtype=pl.Float64), **{name: pl.lit(none) for name, none in absent.items()}
    )
    known = {"status": "final", "rest_status": "final", "like_status": "final", "interval": "none_known"}
    texts = {name: pl.lit(text) for name, text in known.items()}
    return Figures.cast(filled.with_columns(**texts, source=pl.lit("a:1"), apportioned=0.0))


def changed(rows) -> dy.DataFrame[Changes]:
    """Changes by area, indicator, comparator, baseline, latest, change and own part, each with a margin of 0.01."""
    names = ("area", "indicator", "comparator", "baseline", "latest", "change", "own_part")
    frame = pl.DataFrame(rows, schema=names, orient="row", infer_schema_length=None)
    ratio = pl.when(pl.col("indicator") == "rijk").then(pl.col("change") * 2)
    return Changes.cast(
        frame.with_columns(
            baseline_status=pl.lit("in_window"),
            gap_baseline=0.0,
            gap_latest="change",
            change_low=pl.col("change") - 0.01,
            change_high=pl.col("change") + 0.01,
            relative_change=ratio,
            relative_low=ratio - 0.02,
            relative_high=ratio + 0.02,
            comparator_part=0.0,
            status=pl.lit("final"),
            comparator_status=pl.lit("final"),
            like_n=None,
            like_more=None,
        )
        .select(Changes.column_names())
        .with_columns(pl.col(pl.Float64).round(10))
    )


def pairs_of(alike) -> dy.DataFrame[LookAlikesFound]:
    rows = [(area, code, rank, 0.1) for area, some in alike.items() for rank, code in enumerate(some, start=1)]
    return LookAlikesFound.cast(pl.DataFrame(rows, schema=LookAlikesFound.column_names(), orient="row"))


def plainly(row, values, alike):
    """The definition, one look-alike at a time."""
    cells = [(name, area, year) for name in ("arm", "rijk") for area in CODES for year in YEARS]
    at = dict(zip(cells, values, strict=True))
    sign = -1 if row["indicator"] == "arm" else 1
    gained, ratios = [], []
    for code in alike.get(row["area"], ()):
        then, now = at[row["indicator"], code, row["baseline"]], at[row["indicator"], code, row["latest"]]
        if then is None or now is None:
            continue
        gained.append(round(sign * (now - then), 10))
        if then > 0 and now > 0:
            ratios.append(sign * math.log(now / then))
    if not gained:
        return None, None, None, None
    more = sum(one > row["own_part"] for one in gained)
    if len(gained) < 2:
        return len(gained), more, None, None
    wide = float(stats.t.ppf(0.975, len(gained) - 1)) * math.sqrt(1 + 1 / len(gained))
    of_ratio = wide * float(np.std(ratios, ddof=1)) if len(ratios) > 1 else None
    return len(gained), more, wide * float(np.std(gained, ddof=1)), of_ratio


@settings(max_examples=60, deadline=None)
@given(
    values_of_all,
    st.dictionaries(st.sampled_from(CODES), st.lists(st.sampled_from(CODES), unique=True, max_size=6)),
    st.sampled_from([(2007, 2012), (2008, 2012), (2007, 2008)]),
)
def test_the_margin_and_the_frequency_are_those_of_the_plain_definition(values, alike, periods):
    rows = [
        (area, name, beside, *(periods if place % 3 else (2007, 2012)), 0.1 * (place % 4), 0.1 * (place % 5 - 2))
        for place, area in enumerate(CODES)
        for name in ("arm", "rijk")
        for beside in ("look_alikes", "rest_of_city")
    ]
    before = changed(rows)
    after = beside_one_look_alike(before, figures=published(values), look_alikes=pairs_of(alike), policy=POLICY)
    assert after.select("area", "indicator", "comparator").equals(before.select("area", "indicator", "comparator"))
    for was, row in zip(before.to_dicts(), after.to_dicts(), strict=True):
        if row["comparator"] != "look_alikes":
            assert row == was
            continue
        number, more, half, half_ratio = plainly(was, values, alike)
        assert (row["like_n"], row["like_more"]) == (number, more)
        for middle, low, high, wide, own in (
            ("change", "change_low", "change_high", half, 0.01),
            ("relative_change", "relative_low", "relative_high", half_ratio, 0.02),
        ):
            if wide is None or row[middle] is None:
                assert (row[low], row[high]) == (None, None)
            else:
                assert row[low] == pytest.approx(was[middle] - max(wide, own), abs=2e-10)
                assert row[high] == pytest.approx(was[middle] + max(wide, own), abs=2e-10)


def test_look_alikes_in_another_order_change_no_byte():
    random = np.random.default_rng(2)
    shown = published(list(random.uniform(0.1, 0.9, 48)))
    pairs = pairs_of({CODES[0]: CODES[1:], CODES[1]: CODES[2:6]})
    rows = changed([(area, "rijk", "look_alikes", 2007, 2012, 0.1, 0.1) for area in CODES[:2]])
    once = beside_one_look_alike(rows, figures=shown, look_alikes=pairs, policy=POLICY)
    mixed = LookAlikesFound.cast(pairs.sample(fraction=1.0, shuffle=True, seed=1))
    again = beside_one_look_alike(rows, figures=Figures.cast(shown.reverse()), look_alikes=mixed, policy=POLICY)
    assert once.equals(again)


def test_a_look_alike_that_gained_as_much_did_not_gain_more():
    values = [None] * 24 + [value for place in range(8) for value in (0.1, 0.1, 0.4 if place else 0.3)]
    rows = changed([(CODES[7], "rijk", "look_alikes", 2007, 2012, 0.1, 0.3)])
    alike = pairs_of({CODES[7]: CODES[:3]})
    found = beside_one_look_alike(rows, figures=published(values), look_alikes=alike, policy=POLICY)
    assert found.select("like_n", "like_more").row(0) == (3, 0)


def test_no_changes_and_no_look_alikes_are_no_fault():
    shown, none = published([0.1] * 48), pairs_of({})
    assert beside_one_look_alike(changed([]), figures=shown, look_alikes=none, policy=POLICY).is_empty()
    rows = changed([(CODES[0], "arm", "look_alikes", 2007, 2012, 0.1, 0.1)])
    found = beside_one_look_alike(rows, figures=shown, look_alikes=none, policy=POLICY)
    assert found.select("like_n", "change_low").row(0) == (None, None)
