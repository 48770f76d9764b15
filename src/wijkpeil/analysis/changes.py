"""What became of a gap since the baseline of a programme."""

from datetime import date

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.decomposition import parts_of_change
from wijkpeil.analysis.intervals import mover
from wijkpeil.analysis.tree import NONE, Bools, Floats, Ints
from wijkpeil.domain.frames import Changes, Positions
from wijkpeil.domain.indicator import GapScale, Indicator, Kind
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme

_KEY = ("area", "indicator", "comparator")
_DIGITS = 10
_OF_PERIOD = (
    *("period", "gap", "gap_low", "gap_high", "relative_gap", "value", "low", "high", "status"),
    *("comparator_value", "comparator_low", "comparator_high", "comparator_status"),
)
_RATIO_ENDS = ("ratio_low", "ratio_high")
UNDECLARED = (0.0, 0.5)
"""The correlations between periods under both of which a statement must hold where none is declared.

A declared one counts for a half at most: above that a larger error of one period would narrow the margin.
"""

_NEVER = np.iinfo(np.int64).max
_YEARS = 100_000
"""A score of a period is its distance in days times this, plus its year: the nearest first, then the earlier."""


def changes(positions: dy.DataFrame[Positions], *, policy: Policy, programme: Programme) -> dy.DataFrame[Changes]:
    """Give the change D = gap now - gap at the baseline of every area, indicator and comparator.

    The baseline is the period nearest to the programme's baseline date, among those of which a day lies within
    the window; of two that are as near, the earlier. Without one it is the first period available: ``late``,
    worded "sinds 2012" and never "sinds de nulmeting". The latest period is the last with a figure on both
    sides. Over a break in the series nothing is subtracted (``broken``), nor are ordinal classes (``ordinal``).

    The interval adds the squares of the distances to the limits of the two gaps (``intervals.mover``), less what
    the two periods share (``Source.uncertainty``). Where a source does not declare it, the interval covers both
    that of independent periods and that of a correlation of a half: what is said then holds under either.

    Returns
    -------
    dy.DataFrame[Changes]
        Sorted by indicator, area and comparator. A change is there only with the status ``in_window`` or ``late``.
    """
    indicator, names = _codes(positions["indicator"])
    score = _scores(positions["period"], indicator, names, policy=policy, programme=programme)
    chosen = _chosen(positions, *_keyed(positions, indicator, len(names)), score=score)
    then, now = chosen.select(pl.coalesce("nearest", "first")).to_series(), chosen["last"]
    final = positions.select(*_KEY, latest_status="status", latest_comparator_status="comparator_status")
    gaps = positions.select(_OF_PERIOD)
    both = pl.concat(
        [
            final[chosen["final"]],
            chosen.select("nearest"),
            *(
                gaps.select(pl.col(name).gather(row).alias(f"{name}_{when}") for name in _OF_PERIOD)
                for when, row in (("then", then), ("now", now))
            ),
        ],
        how="horizontal",
    )
    stated = both.rename({"period_then": "baseline", "period_now": "latest"}).with_columns(
        baseline_status=_status(policy)
    )
    known = _with_correlation(stated, policy)
    return Changes.validate(_differenced(known, policy).select(Changes.column_names()))


def days_from_baseline(indicator: Indicator, year: int, baseline: date) -> int:
    """Count the days between the baseline date and the nearest day that a period is about; 0 within it."""
    period = indicator.period(year)
    return max((period.start - baseline).days, (baseline - period.end).days, 0)


def _keyed(positions: pl.DataFrame, indicator: Ints, number: int) -> tuple[Ints, int]:
    """Give the rows of one area, indicator and comparator one number, in their order; and the number of numbers."""
    key = indicator
    for name in ("area", "comparator"):
        code, names = _codes(positions[name])
        key, number = key * len(names) + code, number * len(names)
    return key, number


def _codes(column: pl.Series) -> tuple[Ints, pl.Series]:
    """Number the values of a column in their order; give the numbers and the values.

    Equal values mostly stand together: each run of them is looked up once.
    """
    runs = column.rle().struct.unnest()
    names = runs["value"].unique().sort()
    return np.repeat(runs["value"].cast(pl.Enum(names)).to_physical().cast(pl.Int64), runs["len"]), names


def _chosen(positions: pl.DataFrame, key: Ints, number: int, *, score: Ints) -> pl.DataFrame:
    """Give per key, in order, the rows of the baseline in its window, of the first, last and final period.

    The first three are of a period with a figure on both sides, and null where there is none.
    """
    period = positions["period"].to_numpy().astype(np.int64)
    there = positions["gap"].is_not_null().to_numpy()
    rows = {
        "nearest": _lowest(score, key, number, among=there & (score != NONE)),
        "first": _lowest(period, key, number, among=there),
        "last": _lowest(-period, key, number, among=there),
        "final": _lowest(-period, key, number),
    }
    used = rows["final"] != NONE
    return pl.DataFrame({name: pl.Series(row[used]).replace(NONE, None) for name, row in rows.items()})


def _lowest(order: Ints, key: Ints, number: int, *, among: Bools | None = None) -> Ints:
    """Give per key the row that comes first in an order among some; of equals the first one, -1 where there is none."""
    best, height = np.full(number, _NEVER), max(len(order), 1)
    ranked = order * height + np.arange(len(order))
    if among is not None:
        ranked[~among] = _NEVER
    runs = np.flatnonzero(np.diff(key, prepend=-1))
    np.minimum.at(best, key[runs], np.minimum.reduceat(ranked, runs) if len(runs) else ranked)
    return np.where(best == _NEVER, NONE, best % height)


def _scores(period: pl.Series, indicator: Ints, names: pl.Series, *, policy: Policy, programme: Programme) -> Ints:
    """Score the rows of which the period lies within the window of the baseline: the nearest lowest, the others -1."""
    year, start = period.to_numpy().astype(np.int64), int(period.to_numpy().min(initial=9999))
    years = range(start, int(year.max(initial=start - 1)) + 1)
    window = round(programme.baseline_window * 365.25)
    scores = np.full((len(names), len(years)), NONE, dtype=np.int64)
    for place, name in enumerate(names):
        for one in years:
            days = days_from_baseline(policy.indicator[name], one, programme.baseline)
            if days <= window:
                scores[place, one - start] = days * _YEARS + one
    found: Ints = scores[indicator, year - start]
    return found


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


def _with_correlation(both: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Add the declared correlation between the two periods; unknown unless one source gives both and declares it."""
    pairs = both.select("indicator", "baseline", "latest").unique()
    declared = [_declared(policy, *pair) for pair in pairs.iter_rows()]
    known = pairs.with_columns(pl.Series("correlation", declared, dtype=pl.Float64))
    return both.join(known, on=["indicator", "baseline", "latest"], how="left", maintain_order="left", nulls_equal=True)


def _declared(policy: Policy, indicator: str, baseline: int | None, latest: int | None) -> float | None:
    columns = policy.indicator[indicator].sources
    giving = {one.source for one in columns if baseline in one.columns or latest in one.columns}
    if len(giving) != 1:
        return None
    source = policy.source.get(giving.pop())
    return source.uncertainty.between_periods if source else None


def _differenced(both: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    low, high = _limits(both, "gap", ("gap_low", "gap_high"))
    relative = [one.id for one in policy.indicator.values() if one.gap_scale is GapScale.RELATIVE]
    relative_low, relative_high = _relative_limits(both, relative, policy)
    own, other = parts_of_change(both, policy=policy)
    differences = {
        "change": pl.col("gap_now") - pl.col("gap_then"),
        "change_low": pl.lit(low),
        "change_high": pl.lit(high),
        "relative_change": pl.col("relative_gap_now") - pl.col("relative_gap_then"),
        "relative_low": pl.lit(relative_low),
        "relative_high": pl.lit(relative_high),
        "own_part": own,
        "comparator_part": other,
    }
    measured = pl.col("baseline_status").is_in(["in_window", "late"])
    return both.with_columns(
        gap_baseline="gap_then",
        gap_latest="gap_now",
        like_n=pl.lit(None, dtype=pl.Int16),
        like_more=pl.lit(None, dtype=pl.Int16),
        status=_gravest(measured, "status_now", "status_then", "latest_status"),
        comparator_status=_gravest(
            measured, "comparator_status_now", "comparator_status_then", "latest_comparator_status"
        ),
        **{name: pl.when(measured).then(difference).round(_DIGITS) + 0.0 for name, difference in differences.items()},
    )


def _gravest(measured: pl.Expr, now: str, then: str, otherwise: str) -> pl.Expr:
    worse = pl.when(pl.col(now).to_physical() >= pl.col(then).to_physical()).then(now).otherwise(then)
    return pl.when(measured).then(worse).otherwise(otherwise)


def _limits(both: pl.DataFrame, middle: str, ends: tuple[str, str]) -> tuple[pl.Series, pl.Series]:
    """Give the limits of the difference of two periods: the widest under the correlations that may hold."""
    names = [f"{name}_{when}" for when in ("now", "then") for name in (middle, *ends)]
    now, now_low, now_high, then, then_low, then_high = (both[name].to_numpy().astype(np.float64) for name in names)
    declared = np.minimum(both["correlation"].to_numpy().astype(np.float64), max(UNDECLARED))
    limits = [
        mover(
            now,
            (now_low, now_high),
            then,
            (then_low, then_high),
            correlation=np.where(np.isnan(declared), undeclared, declared),
        )
        for undeclared in UNDECLARED
    ]
    low = np.minimum(limits[0][0], limits[1][0])
    high = np.maximum(limits[0][1], limits[1][1])
    return pl.Series(low, nan_to_null=True), pl.Series(high, nan_to_null=True)


def _relative_limits(both: pl.DataFrame, relative: list[str], policy: Policy) -> tuple[pl.Series, pl.Series]:
    """Give the limits of the change of the ratio, for indicators of which the ratio decides."""
    nothing = pl.Series([None], dtype=pl.Float64).new_from_index(0, both.height)
    place = both.select(pl.col("indicator").is_in(relative).arg_true()).to_series()
    if place.is_empty():
        return nothing, nothing
    some = both[place]
    signs = {one.id: float(one.direction.sign) for one in policy.indicator.values()}
    sign = some["indicator"].replace_strict(signs, return_dtype=pl.Float64).to_numpy()
    gaps = {}
    for when in ("now", "then"):
        sides = [_logs(some, f"{prefix}{{}}_{when}") for prefix in ("", "comparator_")]
        (own, *own_ends), (other, *other_ends) = sides
        low, high = mover(own, (own_ends[0], own_ends[1]), other, (other_ends[0], other_ends[1]))
        gaps[f"ratio_{when}"] = (own - other) * sign
        gaps[f"ratio_low_{when}"] = np.where(sign < 0, -high, low)
        gaps[f"ratio_high_{when}"] = np.where(sign < 0, -low, high)
    limits = _limits(some.with_columns(**{name: pl.Series(gap) for name, gap in gaps.items()}), "ratio", _RATIO_ENDS)
    return nothing.clone().scatter(place, limits[0]), nothing.clone().scatter(place, limits[1])


def _logs(some: pl.DataFrame, name: str) -> list[Floats]:
    """Give the logarithms of a value and its limits; unknown at 0 and below."""
    numbers = (some[name.format(part)].to_numpy().astype(np.float64) for part in ("value", "low", "high"))
    return [np.log(np.where(number > 0, number, np.nan)) for number in numbers]
