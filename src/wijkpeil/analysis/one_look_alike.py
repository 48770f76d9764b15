"""How far one area may differ from its look-alikes by chance: the spread of their own changes."""

import dataframely as dy
import numpy as np
import polars as pl
from scipy import special

from wijkpeil.analysis.tree import Floats
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Changes, Figures, LookAlikesFound
from wijkpeil.domain.policy import Policy

_DIGITS = 10


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
    numbered = changes.with_row_index("row")
    own = numbered.filter(pl.col("comparator") == Comparator.LOOK_ALIKES.value, pl.col("change").is_not_null())
    found = _spread(own, figures, look_alikes, policy)
    joined = numbered.drop("like_n", "like_more").join(found, on="row", how="left", maintain_order="left")
    is_theirs = joined["row"].is_in(own["row"].implode())
    number = joined["like_n"].to_numpy().astype(np.float64)
    columns: dict[str, pl.Series] = {}
    for middle, low, high, spread in (
        ("change", "change_low", "change_high", "spread"),
        ("relative_change", "relative_low", "relative_high", "relative_spread"),
    ):
        half = _half(joined[spread].to_numpy().astype(np.float64), number)
        centre, below, above = (joined[name].to_numpy().astype(np.float64) for name in (middle, low, high))
        theirs = is_theirs.to_numpy()
        columns[low] = pl.Series(np.where(theirs, np.minimum(below, centre - half), below), nan_to_null=True)
        columns[high] = pl.Series(np.where(theirs, np.maximum(above, centre + half), above), nan_to_null=True)
    widened = joined.with_columns(**{name: column.round(_DIGITS) + 0.0 for name, column in columns.items()})
    return Changes.validate(widened.sort("row").select(Changes.column_names()))


def _spread(own: pl.DataFrame, figures: pl.DataFrame, look_alikes: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    """Give per change how many look-alikes have both periods, how their changes differ, and how many gained more."""
    worse = [one.id for one in policy.indicator.values() if one.direction.sign < 0]
    sign = pl.when(pl.col("indicator").is_in(worse)).then(-1.0).otherwise(1.0)
    value = figures.select(look_alike="area", indicator="indicator", period="period", value="value")
    pairs = own.select("row", "area", "indicator", "baseline", "latest", "own_part").join(
        look_alikes.select("area", "look_alike"), on="area", how="inner", maintain_order="left"
    )
    for when, name in (("baseline", "then"), ("latest", "now")):
        at = value.rename({"period": when, "value": name})
        pairs = pairs.join(at, on=["look_alike", "indicator", when], how="inner", maintain_order="left")
    gained = (pl.col("now") - pl.col("then")) * sign
    is_ratio = (pl.col("now") > 0) & (pl.col("then") > 0)
    both = pairs.with_columns(
        gained=gained, ratio=pl.when(is_ratio).then((pl.col("now") / pl.col("then")).log() * sign)
    ).sort("row", "look_alike")
    return (
        both.filter(pl.col("gained").is_not_null())
        .group_by("row", maintain_order=True)
        .agg(
            like_n=pl.len().cast(pl.Int16),
            like_more=(pl.col("gained") > pl.col("own_part")).sum().cast(pl.Int16),
            spread=pl.col("gained").std(),
            relative_spread=pl.col("ratio").std(),
        )
    )


def _half(spread: Floats, number: Floats) -> Floats:
    several = np.nan_to_num(number) > 1
    count = np.where(several, number, 2.0)
    quantile = special.stdtrit(count - 1, 0.975)
    return np.where(several, quantile * spread * np.sqrt(1 + 1 / count), np.nan)
