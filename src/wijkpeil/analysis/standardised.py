"""Rates made comparable by age: what each area would have if its people were as old as those of a standard."""

import numpy as np
import polars as pl

from wijkpeil.analysis.intervals import exact_poisson
from wijkpeil.domain.reason import Reason, ReasonType

FEWEST = 10
"""Below so many cases the margin of a standardised rate is not to be trusted (APHO Technical Briefing 3)."""


def standardised(cells: pl.DataFrame, *, standard: pl.DataFrame, per: float = 1.0) -> pl.DataFrame:
    """Give the rate that each area would have if its people were as old as those of the standard.

    A neighbourhood of old people has more illness without being an unhealthy place. Direct standardising asks what
    would happen if every area had the same make-up. The margin comes from the exact margin of the whole count,
    scaled to the weights: sums of few, unequally weighted cases are not normal.

    What it says
    ------------
    The rates of areas beside each other, without the difference in age (or another declared make-up).

    What it does not say
    --------------------
    Not how many cases there are: the crude rate tells that. Another standard gives another figure, so the standard
    belongs to the figure. If areas differ in one age group one way and in another the other way, no single figure
    tells it. Below ten cases the figure is not given.

    Formula
    -------
    ``rate = sum W_i x_i / n_i`` with W_i the share of the standard; ``v = sum W_i^2 x_i / n_i^2``; the limits are
    ``rate + sqrt(v / O) (O_low - O)`` and ``rate + sqrt(v / O) (O_high - O)``, O all cases and O_low, O_high their
    exact Poisson limits.

    Parameters
    ----------
    cells
        ``area``, ``stratum``, ``count`` (cases), ``base`` (persons): a row for every stratum of the standard.
    standard
        ``stratum`` and ``weight`` (persons or shares, above 0).
    per
        The rate is per so many persons.

    Returns
    -------
    pl.DataFrame
        ``area``, ``value``, ``low``, ``high``, ``crude``, ``count``, ``base`` and the ``reason`` where there is no
        figure: a stratum that lacks or has nobody in it (``no_base``), a count that is unknown (``no_figure``),
        more cases than can be (below 0: ``impossible_figure``), or less than ten cases (``no_spread``).

    Source
    ------
    Dobson, Kuulasmaa, Eberle, Scherer (1991), Statistics in Medicine 10, 457-462; APHO Technical Briefing 3 (2008).

    Examples
    --------
    >>> cells = pl.DataFrame({
    ...     "area": ["A", "A", "B", "B"], "stratum": ["young", "old"] * 2,
    ...     "count": [10.0, 40.0, 16.0, 16.0], "base": [1000.0, 1000.0, 1600.0, 400.0],
    ... })
    >>> standard = pl.DataFrame({"stratum": ["young", "old"], "weight": [0.7, 0.3]})
    >>> for row in standardised(cells, standard=standard, per=1000).rows(named=True):
    ...     print(row["area"], row["crude"], *(round(row[name], 1) for name in ("value", "low", "high")))
    A 25.0 19.0 13.7 25.6
    B 16.0 19.0 12.8 27.1
    """
    share = standard.select("stratum", share=pl.col("weight") / pl.col("weight").sum())
    areas = cells.select(pl.col("area").unique().sort())
    filled = areas.join(share, how="cross").join(cells, on=["area", "stratum"], how="left")
    count, base, weight = pl.col("count").fill_nan(None), pl.col("base").fill_nan(None), pl.col("share")
    has_base = base.is_not_null() & (base > 0)
    whole = (
        filled.with_columns(has_base=has_base, rate=pl.when(has_base).then(weight / base))
        .group_by("area")
        .agg(
            count=count.sum(),
            base=base.sum(),
            value=(pl.col("rate") * count).sum() * per,
            variance=(pl.col("rate") ** 2 * count).sum() * per**2,
            no_base=~pl.col("has_base").all(),
            no_figure=count.is_null().any(),
            impossible=(count < 0).any(),
        )
        .sort("area")
        .with_columns(reason=_reason())
    )
    return _with_limits(whole, per=per)


def _reason() -> pl.Expr:
    return (
        pl.when("no_base")
        .then(pl.lit(Reason.NO_BASE.value))
        .when("no_figure")
        .then(pl.lit(Reason.NO_FIGURE.value))
        .when("impossible")
        .then(pl.lit(Reason.IMPOSSIBLE_FIGURE.value))
        .when(pl.col("count") < FEWEST)
        .then(pl.lit(Reason.NO_SPREAD.value))
        .cast(ReasonType)
    )


def _with_limits(whole: pl.DataFrame, *, per: float) -> pl.DataFrame:
    given = whole["reason"].is_null().to_numpy()
    value, count, variance = (whole[name].to_numpy().astype(np.float64) for name in ("value", "count", "variance"))
    cases = np.where(given, count, float(FEWEST))
    low, high = exact_poisson(cases)
    scale = np.sqrt(np.where(given, variance, 0.0) / cases)
    return whole.with_columns(
        low=pl.Series(value + scale * (low - cases)),
        high=pl.Series(value + scale * (high - cases)),
        crude=pl.when(pl.col("base") > 0).then(pl.col("count") * per / pl.col("base")),
    ).select(
        "area",
        *(pl.when(pl.col("reason").is_null()).then(name).alias(name) for name in ("value", "low", "high")),
        *(
            pl.when(pl.col("reason").is_null() | (pl.col("reason") == Reason.NO_SPREAD.value)).then(name).alias(name)
            for name in ("crude", "count", "base")
        ),
        "reason",
    )
