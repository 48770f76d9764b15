"""What became of a gap since the baseline of a programme."""

from datetime import date

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.intervals import mover
from wijkpeil.domain.frames import Changes, Positions
from wijkpeil.domain.indicator import Indicator, Kind
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme

_KEY = ("area", "indicator", "comparator")
_DIGITS = 10
_YEARS = 100_000
"""A score of a period is its distance in days times this, plus its year: the nearest first, then the earlier."""


def changes(positions: dy.DataFrame[Positions], *, policy: Policy, programme: Programme) -> dy.DataFrame[Changes]:
    """Give the change D = gap now - gap at the baseline of every area, indicator and comparator.

    The baseline is the period nearest to the programme's baseline date, among those of which a day lies within
    the window; of two that are as near, the earlier. Without one it is the first period available: ``late``,
    worded "sinds 2012" and never "sinds de nulmeting". The latest period is the last with a figure on both
    sides. Over a break in the series nothing is subtracted (``broken``), nor are ordinal classes (``ordinal``).

    The interval adds the squares of the distances to the limits of the two gaps (``intervals.mover``) as if the
    periods were independent. Most people are counted in both, which makes a real change surer than this: where
    sources later declare that overlap, the interval becomes narrower, not wider.

    Returns
    -------
    dy.DataFrame[Changes]
        Sorted by indicator, area and comparator. A change is there only with the status ``in_window`` or ``late``.
    """
    keyed = _keyed(positions).join(
        _scores(positions, policy=policy, programme=programme),
        on=["indicator", "period"],
        how="left",
        maintain_order="left",
    )
    row, there = pl.col("row"), keyed.filter(pl.col("gap").is_not_null())
    found = there.group_by("key").agg(
        nearest=row.get(pl.col("score").arg_min(), null_on_oob=True),
        first=row.get(pl.col("period").arg_min()),
        last=row.get(pl.col("period").arg_max()),
    )
    chosen = keyed.group_by("key").agg(row.min()).join(found, on="key", how="left").sort("key")
    then, now = chosen.select(pl.coalesce("nearest", "first")).to_series(), chosen["last"]
    gaps = positions.select("period", "gap", "gap_low", "gap_high", "relative_gap")
    both = positions.select(_KEY)[chosen["row"]].with_columns(
        chosen["nearest"],
        **{f"{name}_then": gaps[name].gather(then) for name in gaps.columns},
        **{f"{name}_now": gaps[name].gather(now) for name in gaps.columns},
    )
    stated = both.rename({"period_then": "baseline", "period_now": "latest"}).with_columns(
        baseline_status=_status(policy)
    )
    return Changes.validate(_differenced(stated).select(Changes.column_names()))


def days_from_baseline(indicator: Indicator, year: int, baseline: date) -> int:
    """Count the days between the baseline date and the nearest day that a period is about; 0 within it."""
    period = indicator.period(year)
    return max((period.start - baseline).days, (baseline - period.end).days, 0)


def _keyed(positions: pl.DataFrame) -> pl.DataFrame:
    """Number the rows, and give those of one area, indicator and comparator one key, in their order."""
    key = pl.lit(0, dtype=pl.Int64)
    for name in ("indicator", "area", "comparator"):
        names = positions[name].unique().sort()
        key = key * len(names) + pl.col(name).cast(pl.Enum(names)).to_physical().cast(pl.Int64)
    return positions.select(key.alias("key"), "indicator", "period", "gap").with_row_index("row")


def _scores(positions: pl.DataFrame, *, policy: Policy, programme: Programme) -> pl.DataFrame:
    """Score the periods that lie within the window of the baseline; the others have none."""
    pairs = positions.select("indicator", "period").unique()
    days = [days_from_baseline(policy.indicator[name], year, programme.baseline) for name, year in pairs.iter_rows()]
    window = round(programme.baseline_window * 365.25)
    distance = pl.Series("days", days, dtype=pl.Int64)
    return pairs.with_columns(distance).select(
        "indicator", "period", score=pl.when(pl.col("days") <= window).then(pl.col("days") * _YEARS + pl.col("period"))
    )


def _status(policy: Policy) -> pl.Expr:
    ordinal = [one.id for one in policy.indicator.values() if one.kind is Kind.ORDINAL]
    broken = pl.lit(False)
    for one in policy.indicator.values():
        for cut in one.breaks:
            crossed = (pl.col("baseline") < cut.year) & (pl.col("latest") >= cut.year)
            broken = broken | ((pl.col("indicator") == one.id) & crossed)
    return (
        pl.when(pl.col("indicator").is_in(ordinal))
        .then(pl.lit("ordinal"))
        .when(pl.col("latest").is_null())
        .then(pl.lit("no_figures"))
        .when(pl.col("baseline") == pl.col("latest"))
        .then(pl.lit("one_period"))
        .when(broken)
        .then(pl.lit("broken"))
        .when(pl.col("nearest").is_null())
        .then(pl.lit("late"))
        .otherwise(pl.lit("in_window"))
        .cast(Changes.columns()["baseline_status"].dtype)
    )


def _differenced(both: pl.DataFrame) -> pl.DataFrame:
    names = ("gap_now", "gap_low_now", "gap_high_now", "gap_then", "gap_low_then", "gap_high_then")
    now, now_low, now_high, then, then_low, then_high = (both[name].to_numpy().astype(np.float64) for name in names)
    low, high = mover(now, (now_low, now_high), then, (then_low, then_high))
    differences = {
        "change": pl.col("gap_now") - pl.col("gap_then"),
        "change_low": pl.lit(pl.Series(low, nan_to_null=True)),
        "change_high": pl.lit(pl.Series(high, nan_to_null=True)),
        "relative_change": pl.col("relative_gap_now") - pl.col("relative_gap_then"),
    }
    measured = pl.col("baseline_status").is_in(["in_window", "late"])
    return both.with_columns(
        gap_baseline="gap_then",
        gap_latest="gap_now",
        **{name: pl.when(measured).then(difference).round(_DIGITS) + 0.0 for name, difference in differences.items()},
    )
