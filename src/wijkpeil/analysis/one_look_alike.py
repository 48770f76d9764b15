"""How far one area may differ from its look-alikes by chance: the spread of their own changes."""

from dataclasses import dataclass

import dataframely as dy
import numpy as np
import polars as pl
from scipy import special

from wijkpeil.analysis.tree import NONE, Floats, Ints
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Changes, Figures, LookAlikesFound
from wijkpeil.domain.policy import Policy

_DIGITS = 10
_OF_PAIR = ("indicator", "baseline", "latest")


@dataclass(frozen=True, kw_only=True, eq=False)
class _Spread:
    """Of every change: how many look-alikes have both periods, how many gained more, and how their changes differ.

    0 and NaN where it is not beside look-alikes. ``differs`` and ``ratio_differs`` are standard deviations.
    """

    number: Ints
    more: Ints
    differs: Floats
    ratio_differs: Floats


def beside_one_look_alike(
    changes: dy.DataFrame[Changes],
    *,
    figures: dy.DataFrame[Figures],
    look_alikes: dy.DataFrame[LookAlikesFound],
    policy: Policy,
) -> dy.DataFrame[Changes]:
    """Widen the interval of a change beside look-alikes to that of *one* area drawn from among them.

    The mean of twenty neighbourhoods is surer than any one of them: an area that changes otherwise than that
    mean may do no more than neighbourhoods do. The interval is a prediction interval (Student's t) from the spread
    of the look-alikes' own changes between the same two periods, and never narrower than the error of the
    figures themselves. Fewer than two look-alikes with both periods have no spread, and the change no interval.
    ``like_more`` counts the look-alikes that gained more, for the frequency that readers get.

    ``figures`` are published ones and hold those of the look-alikes.
    """
    beside = (pl.col("comparator") == Comparator.LOOK_ALIKES.value) & pl.col("change").is_not_null()
    row = changes.select(beside.arg_true()).to_series()
    spread = _spread(changes, row.to_numpy().astype(np.int64), figures, look_alikes, policy)
    theirs = np.zeros(changes.height, dtype=np.bool_)
    theirs[row] = True
    columns = {
        name: pl.Series(np.where(spread.number > 0, count, NONE), dtype=pl.Int16).replace(NONE, None)
        for name, count in (("like_n", spread.number), ("like_more", spread.more))
    }
    for middle, low, high, differs in (
        ("change", "change_low", "change_high", spread.differs),
        ("relative_change", "relative_low", "relative_high", spread.ratio_differs),
    ):
        half = _half(differs, spread.number)
        centre, below, above = (changes[name].to_numpy().astype(np.float64) for name in (middle, low, high))
        columns[low] = pl.Series(np.where(theirs, np.minimum(below, centre - half), below), nan_to_null=True)
        columns[high] = pl.Series(np.where(theirs, np.maximum(above, centre + half), above), nan_to_null=True)
        columns |= {name: columns[name].round(_DIGITS) + 0.0 for name in (low, high)}
    return Changes.validate(changes.with_columns(**columns).select(Changes.column_names()))


def _spread(
    changes: pl.DataFrame, row: Ints, figures: pl.DataFrame, look_alikes: pl.DataFrame, policy: Policy
) -> _Spread:
    """Set some changes beside those of the look-alikes, one indicator and pair of periods at a time.

    The change of every look-alike is worked out once, and looked up for all areas that it resembles.
    """
    resembled = pl.Enum(look_alikes["area"].unique().sort())
    codes = pl.Enum(look_alikes["look_alike"].unique().sort())
    places = _places(look_alikes, resembled, codes)
    some = changes.select(*_OF_PAIR, pl.col("area").cast(resembled, strict=False))[row]
    area = some["area"].to_physical().cast(pl.Int64).fill_null(NONE).to_numpy()
    pairs = some.select(_OF_PAIR).with_row_index("at").group_by(_OF_PAIR, maintain_order=True).agg("at")
    values = _values(figures, pairs, codes)
    own_part, asks_ratio = changes["own_part"].to_numpy()[row], changes["relative_low"].is_not_null().to_numpy()[row]
    found = _Spread(
        number=np.zeros(changes.height, dtype=np.int64),
        more=np.zeros(changes.height, dtype=np.int64),
        differs=np.full(changes.height, np.nan),
        ratio_differs=np.full(changes.height, np.nan),
    )
    nothing = np.full(len(codes.categories) + 1, np.nan)
    for (indicator, baseline, latest), at in zip(pairs.select(_OF_PAIR).iter_rows(), pairs["at"], strict=True):
        now, then = (values.get((indicator, period), nothing) for period in (latest, baseline))
        sign = -1.0 if policy.indicator[indicator].direction.sign < 0 else 1.0
        place = at.to_numpy().astype(np.int64)
        alike, rows = places[:, area[place]], row[place]
        gained = np.round((now - then) * sign, _DIGITS)[alike]
        found.number[rows] = np.count_nonzero(~np.isnan(gained), axis=0)
        found.more[rows] = np.count_nonzero(gained > own_part[place], axis=0)
        found.differs[rows] = _deviation(gained)
        if asks_ratio[place].any():
            positive = (now > 0) & (then > 0)
            ratio = np.log(np.divide(now, then, out=np.full_like(now, np.nan), where=positive))
            found.ratio_differs[rows] = _deviation((ratio * sign)[alike])
    return found


def _places(look_alikes: pl.DataFrame, resembled: pl.Enum, codes: pl.Enum) -> Ints:
    """Give the look-alikes of every area, a column each, by code; beyond the last code where there are fewer.

    The last column is that of an area without any. Sums run down the rows, so that the order in which look-alikes
    come never changes a byte.
    """
    pairs = look_alikes.select(pl.col("area").cast(resembled), pl.col("look_alike").cast(codes)).sort(pl.all())
    area, place = (pairs[name].to_physical().to_numpy().astype(np.int64) for name in ("area", "look_alike"))
    rank = np.arange(len(area)) - np.searchsorted(area, area)
    places = np.full((int(rank.max(initial=NONE)) + 1, len(resembled.categories) + 1), len(codes.categories))
    places[rank, area] = place
    return places


def _values(figures: pl.DataFrame, pairs: pl.DataFrame, codes: pl.Enum) -> dict[tuple[str, int], Floats]:
    """Give by indicator and period the values of all look-alikes by code, and an absent one after the last."""
    periods = pl.concat([pairs["baseline"], pairs["latest"]]).unique()
    theirs = figures.filter(pl.col("period").is_in(periods.implode())).select(
        "indicator", "period", pl.col("area").cast(codes, strict=False).to_physical(), "value"
    )
    values: dict[tuple[str, int], Floats] = {}
    for (indicator, period), part in theirs.drop_nulls().partition_by(["indicator", "period"], as_dict=True).items():
        values[indicator, period] = np.full(len(codes.categories) + 1, np.nan)
        values[indicator, period][part["area"].to_numpy()] = part["value"].to_numpy()
    return values


def _deviation(numbers: Floats) -> Floats:
    """Give the standard deviation of the numbers in every column that are there; NaN of fewer than two."""
    there = ~np.isnan(numbers)
    count = np.count_nonzero(there, axis=0)
    mean = np.where(there, numbers, 0.0).sum(axis=0) / np.maximum(count, 1)
    squares = np.where(there, numbers - mean, 0.0) ** 2
    return np.where(count > 1, np.sqrt(squares.sum(axis=0) / np.maximum(count - 1, 1)), np.nan)


def _half(spread: Floats, number: Ints) -> Floats:
    """Give half the width of the interval of one more, drawn from as many as there are; NaN for fewer than two."""
    counts = np.arange(int(number.max(initial=0)) + 1, dtype=np.float64)
    several = np.maximum(counts, 2.0)
    times = np.where(counts > 1, special.stdtrit(several - 1, 0.975) * np.sqrt(1 + 1 / several), np.nan)
    return np.asarray(times[number] * spread)
