"""Where a publisher gives no error, the panel of all areas tells how far a figure moves up and down by chance."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from wijkpeil.analysis.resolution import step_of
from wijkpeil.analysis.tree import Floats
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.reason import Reason, ReasonType

FEWEST = 20
"""So many areas are needed to tell chance from their own affairs."""

_IN_A_CLASS = 20
_MOST_CLASSES = 12
_NORMAL = 0.6744897501960817
"""Half of all normal errors lie within so many standard deviations."""

_REWEIGHTED = 4


def panel_noise(figures: pl.DataFrame, *, nature: Nature, breaks: Sequence[int] = ()) -> pl.DataFrame:
    """Estimate the standard error of measured or surveyed scores from how restless they are, by size of the area.

    A score of an index comes without a margin, but it has one: asked again, others would answer. Chance does not
    last: what a figure does in one year it undoes in the next, where a real change stays. The middle year of three
    is set against the line between its neighbours, so that steady growth or decline counts for nothing; the median
    over areas keeps out those to which something happened. Small areas are more restless than large ones.

    What it says
    ------------
    How far a figure of this size usually lies off by what does not last: sampling, and the luck of one year.

    What it does not say
    --------------------
    It is one size for all areas of a size, not the error of this one. What lasts (a wrong register, a question that
    is put wrongly) does not show. With two years only, real changes count as noise and the error is too large.
    A modelled figure is smooth by the model and not sure: there it would be far too small, and none is given.

    Formula
    -------
    ``r = y(t) - w y(before) - (1 - w) y(after)``, w by the distance in years, less the median r of those years;
    ``s = median |r| / 0.6745 / sqrt(1 + w^2 + (1 - w)^2)`` by class of size; ``se^2 = a + b / size``, a and b not
    below 0, by weighted least squares over the classes. With two years ``r = y(after) - y(before)``. No error is
    smaller than that of the publisher's own rounding (``step^2 / 12``, see ``resolution.step_of``).

    Parameters
    ----------
    figures
        ``area``, ``period`` (year), ``value`` and ``size`` (those who were asked or counted, above 0) of one
        indicator. Nulls are allowed.
    breaks
        First years of new series: no difference is taken over them.

    Returns
    -------
    pl.DataFrame
        ``area``, ``period``, ``se``, ``is_from_panel`` (true wherever there is an ``se``: a reader must be told),
        ``years_compared`` (3, or 2 if the panel has no three) and the ``reason`` where there is none, sorted.

    Source
    ------
    Rousseeuw, Croux (1993), JASA 88, 1273-1283 (median absolute deviation); Gasser, Sroka, Jennen-Steinmetz (1986),
    Biometrika 73, 625-633 (noise by differences with both neighbours); Wolter (2007), chapter 7 (a + b / size).

    Examples
    --------
    Two hundred areas of 400 people grow by 2 a year; each figure has an error of 4.

    >>> chance = np.random.default_rng(1)
    >>> figures = pl.DataFrame({
    ...     "area": [f"A{number:03d}" for number in range(200) for _ in range(3)],
    ...     "period": [2014, 2016, 2018] * 200,
    ...     "value": np.tile([100.0, 104.0, 108.0], 200) + chance.normal(0, 4, 600),
    ...     "size": [400.0] * 600,
    ... })
    >>> row = panel_noise(figures, nature=Nature.SURVEYED).row(0, named=True)
    >>> round(row["se"], 1), row["is_from_panel"], row["years_compared"]
    (3.8, True, 3)
    """
    ordered = figures.select(
        "area",
        pl.col("period").cast(pl.Int64),
        *(_known(name) for name in ("value", "size")),
        piece=sum((pl.col("period") >= year).cast(pl.Int64) for year in set(breaks)) if breaks else pl.lit(0),
    ).sort("area", "period")
    restless, years = _restless(ordered)
    if nature is Nature.MODELLED:
        return _frame(ordered, None, years, Reason.MODELLED)
    if restless["area"].n_unique() < FEWEST:
        return _frame(ordered, None, years, Reason.TOO_FEW_AREAS if restless.height else Reason.TOO_FEW_PERIODS)
    if not (restless["off"] != 0).any():
        return _frame(ordered, None, years, Reason.NO_SPREAD)
    fixed, by_size = _by_size(*_classes(restless))
    if fixed == by_size == 0:
        return _frame(ordered, None, years, Reason.NO_SPREAD)
    size = ordered["size"].fill_null(1.0).to_numpy()
    rounding = step_of(ordered["value"].drop_nulls().to_numpy()) ** 2 / 12
    return _frame(ordered, np.sqrt(np.maximum(fixed + by_size / size, rounding)), years, None)


def _known(name: str) -> pl.Expr:
    number = pl.col(name).cast(pl.Float64)
    is_known = number.is_finite() & (number > 0 if name == "size" else True)
    return pl.when(is_known).then(number).alias(name)


def _restless(ordered: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Give how far each figure lies off its neighbours in time, in units of one figure's error, and its size.

    Three years where enough areas have them, and two otherwise.
    """
    there = ordered.drop_nulls(["value", "size"])
    group = ["area", "piece"]
    near = there.with_columns(
        **{f"{name}_before": pl.col(name).shift(1).over(group) for name in ("period", "value")},
        **{f"{name}_after": pl.col(name).shift(-1).over(group) for name in ("period", "value")},
    )
    weight = (pl.col("period_after") - pl.col("period")) / (pl.col("period_after") - pl.col("period_before"))
    three = near.drop_nulls(["period_before", "period_after"]).with_columns(weight=weight)
    if three["area"].n_unique() >= FEWEST:
        off = (
            pl.col("value") - pl.col("weight") * pl.col("value_before") - (1 - pl.col("weight")) * pl.col("value_after")
        )
        scale = (1 + pl.col("weight") ** 2 + (1 - pl.col("weight")) ** 2).sqrt()
        found, years = three.with_columns(off=off, scale=scale), 3
    else:
        two = near.drop_nulls("period_before")
        found, years = two.with_columns(off=pl.col("value") - pl.col("value_before"), scale=pl.lit(2.0).sqrt()), 2
    common = (
        pl.col("off")
        .median()
        .over(["period", "period_before", "period_after"] if years == 3 else ["period", "period_before"])
    )
    return found.select("area", "size", off=(pl.col("off") - common) / pl.col("scale")), years


def _classes(restless: pl.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Give the variance, the mean of 1 / size and the number of differences in each class of size."""
    classes = int(np.clip(restless.height // _IN_A_CLASS, 1, _MOST_CLASSES))
    by_class = (
        restless.sort("size", "area", "off")
        .with_row_index("place")
        .group_by(pl.col("place") * classes // restless.height)
        .agg(spread=pl.col("off").abs().median() / _NORMAL, of_one=(1 / pl.col("size")).mean(), count=pl.len())
        .sort("place")
    )
    spread, of_one, count = (by_class[name].cast(pl.Float64).to_numpy() for name in ("spread", "of_one", "count"))
    return spread**2, of_one, count


def _by_size(variance: Floats, of_one: Floats, count: Floats) -> tuple[float, float]:
    """Fit ``variance = a + b x mean(1 / size)``: the error of a variance goes with the variance itself."""
    from scipy import optimize  # slow to import, and who reads an edition fits nothing

    if len(variance) == 1:
        return 0.0, float(variance[0] / of_one[0])
    if not variance.any():
        return 0.0, 0.0
    fitted = np.full(len(variance), np.average(variance, weights=count))
    fixed = by_size = 0.0
    for _ in range(_REWEIGHTED):
        weight = np.sqrt(count) / np.maximum(fitted, 1e-6 * fitted.max())
        design = np.stack([np.ones_like(of_one), of_one], axis=1)
        scale = np.abs(design).max(axis=0)
        solved, _distance = optimize.nnls(design / scale * weight[:, None], variance * weight)
        fixed, by_size = (float(number) for number in solved / scale)
        fitted = fixed + by_size * of_one
        if not fitted.any():
            break
    return fixed, by_size


def _frame(ordered: pl.DataFrame, se: Floats | None, years: int, why_not: Reason | None) -> pl.DataFrame:
    said = pl.lit(why_not.value if why_not else None, dtype=pl.String)
    reason = (
        pl.when(pl.col("value").is_null())
        .then(pl.lit(Reason.NO_FIGURE.value))
        .when(pl.col("size").is_null() & said.is_null())
        .then(pl.lit(Reason.NO_BASE.value))
        .otherwise(said)
    )
    has = pl.col("reason").is_null()
    return ordered.with_columns(
        se=pl.lit(None, pl.Float64) if se is None else pl.Series(se), reason=reason.cast(ReasonType)
    ).select(
        "area",
        pl.col("period").cast(pl.Int16),
        pl.when(has).then("se").alias("se"),
        has.alias("is_from_panel"),
        pl.when(has).then(pl.lit(years, pl.Int8)).alias("years_compared"),
        "reason",
    )
