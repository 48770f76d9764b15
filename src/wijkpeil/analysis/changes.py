"""What became of a gap since the baseline of a programme."""

from datetime import date

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.decomposition import parts_of_change
from wijkpeil.analysis.intervals import mover
from wijkpeil.analysis.tree import NONE, Floats, Ints
from wijkpeil.domain.frames import Changes, Positions
from wijkpeil.domain.indicator import Column, GapScale, Indicator, Kind
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme

_KEY = ("area", "indicator", "comparator")
_OF_CELL = ("indicator", "area", "period")
_PERIODS = ("nearest", "first", "last", "final")
_DIGITS = 10
_OF_PERIOD = (
    *("period", "gap", "gap_low", "gap_high", "relative_gap", "value", "low", "high", "status"),
    *("comparator_value", "comparator_low", "comparator_high", "comparator_status"),
)
_RATIO_ENDS = ("ratio_low", "ratio_high")
LARGEST_CORRELATION = 0.5
"""A declared correlation between periods counts up to here: above it a larger error would narrow the margin."""

_YEARS = 100_000
"""A score of a period is its distance in days times this, plus its year: the nearest first, then the earlier."""


def changes(positions: dy.DataFrame[Positions], *, policy: Policy, programme: Programme) -> dy.DataFrame[Changes]:
    """Give the change D = gap now - gap at the baseline of every area, indicator and comparator.

    The baseline is the period nearest to the programme's baseline date, among those of which a day lies within
    the window; of two that are as near, the earlier. Without one it is the first period available: ``late``,
    worded "sinds 2012" and never "sinds de nulmeting". The latest period is the last with a figure on both
    sides. Over a break in the series nothing is subtracted (``broken``), nor are ordinal classes (``ordinal``).

    The interval adds the squares of the distances to the limits of the two gaps (``intervals.mover``), less what
    the two periods share (``Source.uncertainty``). Where a source does not declare it, the interval is that of
    independent periods, which holds that of any correlation up to a half: what is said then holds under all of them.
    Limits that the panel itself shows hold only what does not last, and share nothing, whatever the source declares.

    Returns
    -------
    dy.DataFrame[Changes]
        Sorted by indicator, area and comparator. A change is there only with the status ``in_window`` or ``late``.
    """
    chosen = _chosen(positions, policy=policy, programme=programme)
    then, now = chosen.select(pl.coalesce("nearest", "first")).to_series(), chosen["last"]
    final = {name: positions[name].gather(chosen["final"]) for name in ("status", "comparator_status")}
    both = chosen.select(*_KEY, "nearest").with_columns(
        latest_status=final["status"],
        latest_comparator_status=final["comparator_status"],
        **{
            f"{name}_{when}": positions[name].gather(row)
            for when, row in (("then", then), ("now", now))
            for name in _OF_PERIOD
        },
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


def _chosen(positions: pl.DataFrame, *, policy: Policy, programme: Programme) -> pl.DataFrame:
    """Give the rows of the baseline in its window, of the first, last and final period of everything that may change.

    The first three are of a period with a figure on both sides, and null where there is none. Comparators are taken
    one by one: within one of them, the periods of an area stand together.
    """
    comparator = positions["comparator"]
    cells = pl.DataFrame([positions[name] for name in _OF_CELL]).with_columns(there=positions["gap"].is_not_null())
    names = [""] if cells.is_empty() else comparator.head(1).to_list()
    if (comparator == names[0]).all():
        found = _chosen_among(cells, policy=policy, programme=programme)
        return found.with_columns(comparator=pl.lit(names[0]))
    parts = []
    for name in comparator.unique().sort():
        row = (comparator == name).arg_true()
        found = _chosen_among(cells[row], policy=policy, programme=programme)
        rows = [row.gather(found[one]).alias(one) for one in _PERIODS]
        parts.append(found.with_columns(*rows, comparator=pl.lit(name)))
    return pl.concat(parts).sort("indicator", "area", maintain_order=True)


def _chosen_among(cells: pl.DataFrame, *, policy: Policy, programme: Programme) -> pl.DataFrame:
    """Give the places among cells of the four periods of every area and indicator, in their order."""
    starts = _starts(cells)
    if not _in_order(cells, starts):
        place = cells.with_row_index("place").sort(_OF_CELL, maintain_order=True)["place"]
        found = _chosen_among(cells[place], policy=policy, programme=programme)
        return found.with_columns(place.gather(found[one]).alias(one) for one in _PERIODS)
    found, there = cells.select("indicator", "area")[starts], cells["there"].to_numpy()
    ends = np.append(starts[1:], cells.height)[: len(starts)]
    number = np.add.reduceat(there, starts, dtype=np.int64) if len(starts) else starts
    beyond, at = np.cumsum(number), np.flatnonzero(there) if there.any() else np.array([NONE])
    first, last = np.minimum(beyond - number, len(at) - 1), np.maximum(beyond - 1, 0)
    near = _nearest(cells, found["indicator"], starts, policy=policy, programme=programme)
    places = (near, *(np.where(number > 0, at[one], NONE) for one in (first, last)), ends - 1)
    return found.with_columns(
        pl.Series(name, place).replace(NONE, None).cast(pl.UInt32) for name, place in zip(_PERIODS, places, strict=True)
    )


def _starts(cells: pl.DataFrame) -> Ints:
    """Give where the cells of another area or indicator begin. Equal ones mostly stand together: a run is one look."""
    lengths = (cells[name].rle().struct.field("len").to_numpy() for name in ("indicator", "area"))
    begun = [np.cumsum(length, dtype=np.int64) - length for length in lengths]
    return np.unique(np.concatenate(begun))


def _in_order(cells: pl.DataFrame, starts: Ints) -> bool:
    """Tell whether cells stand in the order of their indicator, area and period."""
    period = cells["period"].to_numpy()
    rises = period[1:] >= period[:-1]
    rises[starts[1:] - 1] = True
    indicator, area = (cells[name][starts] for name in ("indicator", "area"))
    later = (indicator > indicator.shift()) | ((indicator == indicator.shift()) & (area > area.shift()))
    return bool(rises.all()) and bool(later.all())


def _nearest(cells: pl.DataFrame, indicator: pl.Series, starts: Ints, *, policy: Policy, programme: Programme) -> Ints:
    """Give per run of cells the place of the period nearest to the baseline, within its window; -1 without one."""
    period, names = cells["period"].to_numpy(), indicator.unique().sort()
    first = int(period.min(initial=9999))
    scores = _scores(names, range(first, int(period.max(initial=0)) + 1), policy=policy, programme=programme)
    years = first + np.flatnonzero((scores != NONE).any(axis=0))
    within = (period >= years.min(initial=9999)) & (period <= years.max(initial=0))
    near = np.flatnonzero(within & cells["there"].to_numpy())
    run = np.searchsorted(starts, near, side="right") - 1
    code = indicator.cast(pl.Enum(names)).to_physical().to_numpy()
    score = scores[code[run], period[near] - first]
    near, run, score = (one[score != NONE] for one in (near, run, score))
    nearest, begin = np.full(len(starts), NONE), np.flatnonzero(np.diff(run, prepend=-1))
    if len(begin):
        nearest[run[begin]] = np.minimum.reduceat(score * cells.height + near, begin) % cells.height
    return nearest


def _scores(names: pl.Series, years: range, *, policy: Policy, programme: Programme) -> Ints:
    """Score the years of every indicator within the window of the baseline: the nearest lowest, the others -1."""
    window = round(programme.baseline_window * 365.25)
    scores = np.full((len(names), len(years)), NONE, dtype=np.int64)
    for place, name in enumerate(names):
        for at, year in enumerate(years):
            days = days_from_baseline(policy.indicator[name], year, programme.baseline)
            if days <= window:
                scores[place, at] = days * _YEARS + year
    return scores


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
    rule = policy.indicator[indicator]
    giving = [one for one in rule.sources if baseline in one.columns or latest in one.columns]
    if len(giving) != 1:
        return None
    columns = [giving[0].columns.get(year) for year in (baseline, latest) if year is not None]
    source = policy.source.get(giving[0].source)
    if source is None or not all(column and _has_margin_of_its_own(rule, column) for column in columns):
        return None
    return source.uncertainty.between_periods


def _has_margin_of_its_own(indicator: Indicator, column: Column) -> bool:
    """Tell whether a figure's limits follow from the publisher's error or its base, and not from the panel."""
    from_base = indicator.kind in {Kind.PROPORTION, Kind.RATE} or indicator.spread is not None
    return column.error is not None or (from_base and column.base is not None)


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
    """Give the limits of the difference of two periods; independent ones where no correlation is declared."""
    names = [f"{name}_{when}" for when in ("now", "then") for name in (middle, *ends)]
    now, now_low, now_high, then, then_low, then_high = (both[name].to_numpy().astype(np.float64) for name in names)
    declared = both["correlation"].fill_null(0.0).clip(upper_bound=LARGEST_CORRELATION).to_numpy()
    correlation = declared if declared.any() else 0.0
    low, high = mover(now, (now_low, now_high), then, (then_low, then_high), correlation=correlation)
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
