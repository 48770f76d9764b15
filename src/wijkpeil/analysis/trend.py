"""A trend is the level behind the figures: a line with its band, cut at every break in the series."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import special

from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.tree import Bools, Floats, Ints
from wijkpeil.domain.reason import Reason, ReasonType

ENOUGH = 3
"""So many figures a line needs: of two nobody can tell what is level and what is chance."""

_RATIOS = np.concatenate([[0.0], np.geomspace(1e-4, 1e4, 25)])
"""Ratios of the yearly step of the level to the error of a figure (as variances) that are tried first."""

_SCHEMA = pl.Schema(
    {
        "area": pl.String(),
        "period": pl.Int16(),
        "piece": pl.Int16(),
        "value": pl.Float64(),
        "level": pl.Float64(),
        "low": pl.Float64(),
        "high": pl.Float64(),
        "reason": ReasonType,
    }
)

_FINER = 28
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, kw_only=True, eq=False)
class Series:
    """Figures of many areas over consecutive years: areas down, years across, NaN where there is none.

    ``error`` is the variance of each figure. Where it is not known it is 1 throughout and ``is_known`` (one per
    area) is false: its true size then follows from how far the figures lie off the line.
    """

    value: Floats
    error: Floats
    is_known: Bools


@dataclass(frozen=True, kw_only=True, eq=False)
class Passed:
    """What a pass through the years gives: the level and its variance in each, and how likely the figures were.

    ``scale`` is the variance of a figure where ``Series`` took it as 1, and else 1; ``step`` and ``variance``
    are still to be multiplied by it. ``degrees`` counts the figures after the first.
    """

    level: Floats
    variance: Floats
    log_likelihood: Floats
    scale: Floats
    degrees: Floats


def forwards(series: Series, step: Floats) -> Passed:
    """Pass forwards through the years (the Kalman filter of the local-level model), for all areas at once.

    The first figure of an area starts its level (an exact diffuse start); a year without one only makes the level
    less sure. ``step`` is the variance that the level gains in a year. Where errors are not known, their common
    scale is put at its most likely value in the likelihood.

    Source: Durbin, Koopman (2012), Time Series Analysis by State Space Methods, 2.2 and 2.10.2.
    """
    areas, years = series.value.shape
    level, variance = np.zeros((areas, years)), np.zeros((areas, years))
    here, spread, squares, logs, degrees = np.zeros((5, areas))
    started = np.zeros(areas, dtype=bool)
    for year in range(years):
        seen = ~np.isnan(series.value[:, year])
        value, error = np.where(seen, series.value[:, year], 0.0), series.error[:, year]
        counts = seen & started
        spread = spread + step
        total = spread + error
        miss = np.where(counts, value - here, 0.0)
        gain = np.where(counts, spread / total, 0.0)
        here = np.where(seen & ~started, value, here + gain * miss)
        spread = np.where(seen & ~started, error, spread * (1 - gain))
        squares, logs = squares + miss**2 / total, logs + np.where(counts, np.log(total), 0.0)
        degrees, started = degrees + counts, started | seen
        level[:, year], variance[:, year] = here, spread
    scale = np.where(series.is_known, 1.0, squares / np.maximum(degrees, 1))
    of_scale = np.where(series.is_known, squares, degrees * (np.log(np.maximum(scale, np.finfo(float).tiny)) + 1))
    return Passed(level=level, variance=variance, log_likelihood=-(logs + of_scale) / 2, scale=scale, degrees=degrees)


def backwards(passed: Passed, step: Floats) -> tuple[Floats, Floats]:
    """Pass back through the years, so that every level also knows what came after it.

    Source: Rauch, Tung, Striebel (1965), AIAA Journal 3, 1445-1450.
    """
    level, variance = passed.level.copy(), passed.variance.copy()
    for year in range(level.shape[1] - 2, -1, -1):
        ahead = passed.variance[:, year] + step
        back = np.divide(passed.variance[:, year], ahead, out=np.zeros_like(ahead), where=ahead > 0)
        level[:, year] += back * (level[:, year + 1] - passed.level[:, year])
        variance[:, year] += back**2 * (variance[:, year + 1] - ahead)
    return level, variance


def most_likely_step(series: Series, *, each: bool) -> Floats:
    """Find the variance that the level gains in a year, by maximum likelihood.

    Ratios over eight decades are tried, 0 among them, and the best is refined by golden section. With ``each``
    every area has its own; otherwise they share the ratio, which the likelihood of all of them together finds.
    """
    count = np.maximum((~np.isnan(series.value)).sum(axis=1), 1)
    unit = np.nansum(np.where(np.isnan(series.value), np.nan, series.error), axis=1) / count

    def likely(ratio: Floats) -> Floats:
        found = forwards(series, ratio * unit).log_likelihood
        return found if each else np.full_like(found, found.sum())

    tried = np.stack([likely(np.full(len(unit), ratio)) for ratio in _RATIOS])
    best = tried.argmax(axis=0)
    logs = np.log(np.maximum(_RATIOS, 1e-6))
    low, high = logs[np.maximum(best - 1, 0)], logs[np.minimum(best + 1, len(logs) - 1)]
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    at_left, at_right = likely(np.exp(left)), likely(np.exp(right))
    for _ in range(_FINER):
        lower = at_left > at_right
        high, low = np.where(lower, right, high), np.where(lower, low, left)
        kept, at_kept = np.where(lower, left, right), np.where(lower, at_left, at_right)
        new = np.where(lower, high - _GOLDEN * (high - low), low + _GOLDEN * (high - low))
        at_new = likely(np.exp(new))
        left, right = np.where(lower, new, kept), np.where(lower, kept, new)
        at_left, at_right = np.where(lower, at_new, at_kept), np.where(lower, at_kept, at_new)
    step: Floats = np.where(best == 0, 0.0, np.exp((low + high) / 2)) * unit
    return step


def trend(
    figures: pl.DataFrame,
    *,
    breaks: Sequence[int] = (),
    each: bool = False,
    possible: tuple[float, float] = (-np.inf, np.inf),
) -> pl.DataFrame:
    """Draw the line behind the yearly figures of every area of one indicator, with its band.

    A figure is a level plus the chance of that year; a level moves a little from year to year. How much of the
    movement is level and how much is chance follows from the published errors, or, where there are none, from the
    figures themselves. A straight line would promise that what went on goes on; this one promises nothing.

    What it says
    ------------
    Where the level most likely was in each year, given all figures before and after, and how sure that is.

    What it does not say
    --------------------
    Not what comes next, nor why. The band is of the level in one year, not of the line as a whole; it takes the
    estimated step as known and is somewhat too narrow for short series. It is no test: the verdict rests on the
    figures themselves. The last point moves when a new figure comes.

    Formula
    -------
    ``figure = level + e``, ``e ~ N(0, se^2)``; ``level next year = level + n``, ``n ~ N(0, q)``; q (and se^2, if
    no errors are known) by maximum likelihood, exact diffuse start, Kalman filter and smoother; the band is level
    +- 1.96 standard errors, or those of Student's t where the error is estimated.

    Parameters
    ----------
    figures
        ``area``, ``period`` (year), ``value`` and ``se`` (null or above 0), one row per area and year, of one
        indicator. Years without a figure may be absent or null. Errors count only if an area has all of them.
    breaks
        First years of new series: each piece has its own line, and none crosses a break.
    each
        Whether every area has its own ratio of step to error. With ten figures each that ratio is next to unknown
        (half of the areas would come out as "nothing ever moves"), so that by default areas share it.
    possible
        Bounds of the figure, (0, 1) for a share.

    Returns
    -------
    pl.DataFrame
        ``area``, ``period``, ``piece`` (0, 1, ... between breaks), ``value``, ``level``, ``low``, ``high`` and
        ``reason``, sorted by area and period. A line runs from the first to the last figure of a piece, through
        the years without one. Less than three figures, or no movement at all and no known error, give no line.

    Source
    ------
    Durbin, Koopman (2012), chapter 2; Harvey (1989).

    Examples
    --------
    >>> figures = pl.DataFrame({
    ...     "area": ["A"] * 5, "period": [2014, 2015, 2016, 2017, 2018],
    ...     "value": [0.30, 0.34, 0.29, 0.24, 0.25], "se": [0.02] * 5,
    ... })
    >>> for row in trend(figures).rows(named=True):
    ...     print(row["period"], *(round(row[name], 3) for name in ("value", "level", "low", "high")))
    2014 0.3 0.306 0.271 0.34
    2015 0.34 0.322 0.29 0.353
    2016 0.29 0.289 0.258 0.32
    2017 0.24 0.253 0.221 0.284
    2018 0.25 0.251 0.216 0.285
    """
    if not figures.height:
        return pl.DataFrame(schema=_SCHEMA)
    areas = figures["area"].unique().sort()
    row = figures["area"].cast(pl.Enum(areas)).to_physical().to_numpy().astype(np.int64)
    period = figures["period"].to_numpy().astype(np.int64)
    start, end = int(period.min()), int(period.max())
    edges = [start, *sorted(year for year in set(breaks) if start < year <= end)]
    ends = [*(edge - 1 for edge in edges[1:]), end]
    return pl.concat(
        [
            _piece(figures, areas, row, number, np.arange(first, last + 1), each, possible)
            for number, (first, last) in enumerate(zip(edges, ends, strict=True))
        ]
    ).sort("area", "period")


def _piece(
    figures: pl.DataFrame,
    areas: pl.Series,
    row: Ints,
    number: int,
    years: Ints,
    each: bool,
    possible: tuple[float, float],
) -> pl.DataFrame:
    """Draw the lines of one piece between two breaks."""
    period = figures["period"].to_numpy().astype(np.int64)
    within = (period >= years[0]) & (period <= years[-1])
    cell = row[within], period[within] - years[0]
    value, se = (np.full((len(areas), len(years)), np.nan) for _ in range(2))
    for laid_out, name in ((value, "value"), (se, "se")):
        numbers = figures[name].cast(pl.Float64).to_numpy().astype(np.float64)[within]
        laid_out[cell] = np.where(np.isfinite(numbers), numbers, np.nan)
    value = np.where((value >= possible[0]) & (value <= possible[1]), value, np.nan)
    seen = ~np.isnan(value)
    known = (seen <= (np.nan_to_num(se) > 0)).all(axis=1)
    reason = _reasons(value, seen, known)
    drawn = np.flatnonzero(reason == "")
    level, low, high = (np.full(value.shape, np.nan) for _ in range(3))
    if len(drawn):
        error = np.where(seen & known[:, None], np.nan_to_num(se, nan=1.0) ** 2, 1.0)
        series = Series(value=value[drawn], error=error[drawn], is_known=known[drawn])
        level[drawn], low[drawn], high[drawn] = (np.clip(one, *possible) for one in _band(series, each=each))
    on_line = (reason == "")[:, None] & _between_first_and_last(seen)
    spoken = np.zeros(value.shape, dtype=bool)
    spoken[cell] = True
    at = np.nonzero(on_line | spoken)
    outside = ~on_line[at]

    def numbers_of(array: Floats, *, hidden: Bools | bool = False) -> pl.Series:
        return pl.Series(np.where(hidden, np.nan, array[at]), nan_to_null=True)

    words = np.where(reason[at[0]] != "", reason[at[0]], np.where(outside, Reason.NO_FIGURE.value, ""))
    return pl.DataFrame(
        {
            "area": areas.gather(at[0]),
            "period": pl.Series(years[at[1]].astype(np.int16)),
            "piece": pl.repeat(number, len(at[0]), dtype=pl.Int16, eager=True),
            "value": numbers_of(value),
            **{
                name: numbers_of(array, hidden=outside)
                for name, array in (("level", level), ("low", low), ("high", high))
            },
            "reason": pl.Series([word or None for word in words.tolist()], dtype=ReasonType),
        }
    )


def _reasons(value: Floats, seen: Bools, known: Bools) -> npt.NDArray[np.str_]:
    count = seen.sum(axis=1)
    highest = np.where(seen, value, -np.inf).max(axis=1)
    lowest = np.where(seen, value, np.inf).min(axis=1)
    reason = np.where(~known & (count > 0) & (highest <= lowest), Reason.NO_SPREAD.value, "")
    reason = np.where(count < ENOUGH, Reason.TOO_FEW_PERIODS.value, reason)
    return np.where(count == 0, Reason.NO_FIGURE.value, reason)


def _between_first_and_last(seen: Bools) -> Bools:
    begun: Bools = np.logical_or.accumulate(seen, axis=1)
    to_come: Bools = np.logical_or.accumulate(seen[:, ::-1], axis=1)[:, ::-1]
    return begun & to_come


def _band(series: Series, *, each: bool) -> tuple[Floats, Floats, Floats]:
    step = most_likely_step(series, each=each)
    passed = forwards(series, step)
    level, variance = backwards(passed, step)
    quantile = np.where(series.is_known, Z, special.stdtrit(np.maximum(passed.degrees, 1), 0.975))
    half = quantile[:, None] * np.sqrt(np.maximum(variance, 0) * passed.scale[:, None])
    return level, level - half, level + half
