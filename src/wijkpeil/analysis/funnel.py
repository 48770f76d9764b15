"""A funnel tells which areas differ from the whole by more than chance, where a league table only ranks chance."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import special

from wijkpeil.analysis.family import adjusted
from wijkpeil.analysis.tree import Bools, Floats
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.reason import Reason, ReasonType

if TYPE_CHECKING:
    from scipy import stats

LEVELS = {"95": 0.95, "998": 0.998}
"""The two funnels: outside the inner lie 5 in 100 areas by chance alone, outside the outer 2 in 1,000."""

FALSE_DISCOVERIES = 0.05
"""Of the areas that are marked at most this part is expected to differ by chance alone."""

_WINSORISED = 0.1
_FEWEST = 10
"""So many areas are needed to tell over-dispersion from chance."""


class Dispersion(StrEnum):
    """How areas may differ beyond chance without being an exception.

    ``added``: true levels differ around the whole by ``between``, whatever the size of an area; ``multiplied``: all
    chance is larger by one factor; ``none``: chance alone.
    """

    NONE = "none"
    ADDED = "added"
    MULTIPLIED = "multiplied"


@dataclass(frozen=True, kw_only=True)
class Whole:
    """What a funnel stands around: the figure of the city or the country, its kind, and the over-dispersion.

    ``inflation`` (Spiegelhalter's phi) multiplies the variance; ``between`` (tau) is the standard deviation of
    true levels, in the unit of the figure.
    """

    value: float
    kind: Kind
    dispersion: Dispersion = Dispersion.NONE
    inflation: float = 1.0
    between: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Funnel:
    """A funnel: the areas with their place in it, and the whole around which it stands."""

    areas: pl.DataFrame
    whole: Whole


def limits(whole: Whole, size: Floats, *, level: float) -> tuple[Floats, Floats]:
    """Give the limits between which ``level`` of the areas lie by chance, at every size.

    ``size`` is the base of shares and rates (persons), and the standard error of means and scores. Without
    over-dispersion they are the binomial or Poisson limits, interpolated between counts so that a count lies
    outside exactly when its mid-P value says so; with it they are normal. Limits end where figures end.

    Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202, appendix A.1 (with mid-P on both sides).
    """
    tail = (1 - level) / 2
    if whole.dispersion is Dispersion.NONE and whole.kind in {Kind.PROPORTION, Kind.RATE}:
        low, high = _exact(whole, size, tail), _exact(whole, size, 1 - tail)
    else:
        half = -special.ndtri(tail) * _spread(whole, size)
        low, high = whole.value - half, whole.value + half
    floor, ceiling = _bounds(whole.kind)
    return np.maximum(low, floor), np.minimum(high, ceiling)


def curve(whole: Whole, size: Floats) -> pl.DataFrame:
    """Give both pairs of limits at the sizes at which a funnel is to be drawn."""
    columns = {"size": size}
    for name, level in LEVELS.items():
        columns[f"low_{name}"], columns[f"high_{name}"] = limits(whole, size, level=level)
    return pl.DataFrame(columns)


def funnel(areas: pl.DataFrame, *, whole: float | None, kind: Kind, dispersion: Dispersion | None = None) -> Funnel:
    """Set all areas in a funnel around the figure of their city or country, by their size.

    A small area lies far from the whole sooner than a large one, by chance alone. A league table hides that and
    puts small areas at both ends; a funnel shows it. Areas often differ more than by chance: with many small
    causes that nobody can name. Such over-dispersion widens the limits, so that only exceptions stand out.

    What it says
    ------------
    Which areas differ from the whole by more than chance (and by more than areas usually differ), and which of
    them remain when it is taken into account that many areas are looked at: ``is_marked``.

    What it does not say
    --------------------
    Not who is better: areas within the limits have no order. Not why an area differs, nor that it does badly:
    people differ too. A modelled figure has no chance of its own and belongs in no funnel.

    Formula
    -------
    ``z`` = the normal score of the mid-P value of the count under the figure of the whole (binomial for shares,
    Poisson for rates), or (value - whole) / se. ``phi = mean(z^2)`` after the lowest and highest tenth of the z
    are pulled in to the 10th and 90th percentile, divided by 0.679 (what that leaves of 1). Over-dispersed if
    ``phi > 1 + 2 sqrt(2 / n)``. Then ``tau^2 = (n phi - (n - 1)) / (sum w - sum w^2 / sum w)``, ``w = 1 / s^2``,
    and limits are ``whole +- z sqrt(s^2 + tau^2)`` (added), or ``whole +- z s sqrt(phi)`` (multiplied). Marked
    after Benjamini-Hochberg at 5% over all areas in the funnel.

    Parameters
    ----------
    areas
        One row per area: ``area``, ``value``, ``base`` (shares, rates) or ``se`` (means, scores).
    whole
        The figure of the city or the country; ``None`` where there is none.
    dispersion
        ``None``: ``added`` where the areas show over-dispersion. Give one to have it, or to do without.

    Returns
    -------
    Funnel
        ``areas`` sorted by code: ``area``, ``value``, ``size``, the four limits, ``z``, ``p_value``, ``q_value``,
        ``zone`` (``within``, ``outside_95``, ``outside_998``), ``is_marked``, and the ``reason`` where it is not
        in the funnel. Those areas are no part of the family of tests either.

    Source
    ------
    Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202; Benjamini, Hochberg (1995).

    Examples
    --------
    Twelve areas at 20%, of which a large one says 25% and a small one 30%.

    >>> areas = pl.DataFrame({
    ...     "area": [f"A{number:02d}" for number in range(12)],
    ...     "value": [0.25, 0.30, 0.19, 0.20, 0.21, 0.20, 0.19, 0.21, 0.20, 0.20, 0.19, 0.21],
    ...     "base": [2000.0, 40.0, *[500.0] * 10],
    ... })
    >>> found = funnel(areas, whole=0.2, kind=Kind.PROPORTION)
    >>> for row in found.areas.head(2).rows(named=True):
    ...     print(row["area"], row["zone"], round(row["q_value"], 4), row["is_marked"])
    A00 outside_998 0.0 True
    A01 within 0.7845 False
    """
    ordered = areas.sort("area")
    value = _numbers(ordered, "value")
    size = _numbers(ordered, "base" if kind in {Kind.PROPORTION, Kind.RATE} else "se")
    reason = _reasons(value, size, whole, kind)
    used = reason == ""
    around = Whole(value=np.nan if whole is None else whole, kind=kind)
    columns = {name: np.full(len(value), np.nan) for name in _NUMBERS}
    if used.any():
        around = _with_dispersion(around, value[used], size[used], dispersion)
        z = score(around, value[used], size[used])
        p_value = np.minimum(2 * special.ndtr(-np.abs(z)), 1.0)
        columns["z"][used], columns["p_value"][used] = z, p_value
        columns["q_value"][used] = adjusted(p_value, np.zeros(len(p_value), dtype=int))
        for name, level in LEVELS.items():
            columns[f"low_{name}"][used], columns[f"high_{name}"][used] = limits(around, size[used], level=level)
    return Funnel(areas=_frame(ordered, value, size, columns, reason), whole=around)


def score(whole: Whole, value: Floats, size: Floats) -> Floats:
    """Give how far each figure lies from the whole, in standard deviations of what chance and dispersion allow."""
    if whole.dispersion is not Dispersion.NONE or whole.kind not in {Kind.PROPORTION, Kind.RATE}:
        z: Floats = (value - whole.value) / _spread(whole, size)
        return z
    law, given = _chance(whole, size)
    count = np.rint(value * np.rint(size))
    half = law.pmf(count, *given) / 2
    tiny = np.finfo(float).tiny
    fewer, more = (np.maximum(one, tiny) for one in (law.cdf(count, *given) - half, law.sf(count, *given) + half))
    return np.where(fewer < more, special.ndtri(fewer), -special.ndtri(more))


def winsorised_dispersion(z: Floats) -> float:
    """Give phi: the mean square of the scores, after the outer tenths are pulled in so that exceptions do not count.

    Pulling in also takes away a third of the mean square where there is chance alone. It is divided by what then
    is left, so that chance alone gives 1: without that the limits would be too narrow and mark areas that are
    no exception.
    """
    low, high = np.quantile(z, [_WINSORISED, 1 - _WINSORISED])
    edge = -special.ndtri(_WINSORISED)
    of_chance = 1 - 2 * _WINSORISED - 2 * edge * np.exp(-(edge**2) / 2) / np.sqrt(2 * np.pi) + 2 * _WINSORISED * edge**2
    return float(np.mean(np.clip(z, low, high) ** 2) / of_chance)


def between_areas(inflation: float, spread: Floats) -> float:
    """Give tau, the standard deviation of true levels, by moments; 0 where chance explains all differences."""
    weight, count = 1 / spread**2, len(spread)
    freedom = weight.sum() - np.sum(weight**2) / weight.sum()
    return float(np.sqrt(max(count * inflation - (count - 1), 0.0) / freedom)) if freedom > 0 else 0.0


def _with_dispersion(whole: Whole, value: Floats, size: Floats, wanted: Dispersion | None) -> Whole:
    inflation = winsorised_dispersion(score(whole, value, size))
    count = len(value)
    shows = count >= _FEWEST and inflation > 1 + 2 * np.sqrt(2 / count)
    dispersion = (Dispersion.ADDED if shows else Dispersion.NONE) if wanted is None else wanted
    if dispersion is Dispersion.NONE:
        return whole
    between = between_areas(inflation, _spread(whole, size)) if dispersion is Dispersion.ADDED else 0.0
    factor = max(inflation, 1.0) if dispersion is Dispersion.MULTIPLIED else 1.0
    return Whole(value=whole.value, kind=whole.kind, dispersion=dispersion, inflation=factor, between=between)


def _spread(whole: Whole, size: Floats) -> Floats:
    """Give the standard deviation of a figure of this size around the whole."""
    if whole.kind is Kind.PROPORTION:
        variance = whole.value * (1 - whole.value) / size
    elif whole.kind is Kind.RATE:
        variance = whole.value / size
    else:
        variance = size**2
    return np.sqrt(variance * whole.inflation + whole.between**2)


def _chance(whole: Whole, size: Floats) -> "tuple[stats.rv_discrete, tuple[Floats | float, ...]]":
    """Give the law of a count in an area of this size, and what it is given."""
    from scipy import stats  # takes a second to import, and most commands draw no funnel

    if whole.kind is Kind.PROPORTION:
        return stats.binom, (np.rint(size), whole.value)
    return stats.poisson, (np.rint(size) * whole.value,)


def _exact(whole: Whole, size: Floats, tail: float) -> Floats:
    law, given = _chance(whole, size)
    count = law.ppf(tail, *given)
    beyond = (law.cdf(count, *given) - tail) / law.pmf(count, *given)
    return np.asarray((count - beyond + 0.5) / np.rint(size), dtype=np.float64)


def _bounds(kind: Kind) -> tuple[float, float]:
    return (0.0 if kind in {Kind.PROPORTION, Kind.RATE} else -np.inf), (1.0 if kind is Kind.PROPORTION else np.inf)


def _reasons(value: Floats, size: Floats, whole: float | None, kind: Kind) -> npt.NDArray[np.str_]:
    """Tell of every area why it is not in the funnel; an empty word where it is."""
    counted = kind in {Kind.PROPORTION, Kind.RATE}
    floor, ceiling = _bounds(kind)
    no_size = Reason.NO_BASE if counted else Reason.NO_ERROR_KNOWN
    reason = np.where(~(size >= 0.5) if counted else ~(size > 0), no_size.value, np.full(value.shape, "", dtype="U32"))
    reason = np.where((value < floor) | (value > ceiling), Reason.IMPOSSIBLE_FIGURE.value, reason)
    reason = np.where(np.isnan(value), Reason.NO_FIGURE.value, reason)
    if whole is None or not np.isfinite(whole) or not floor <= whole <= ceiling:
        return np.full_like(reason, Reason.NO_COMPARATOR.value)
    if counted and whole in {floor, ceiling}:
        return np.full_like(reason, Reason.NO_SPREAD.value)
    return reason


_NUMBERS = ("low_95", "high_95", "low_998", "high_998", "z", "p_value", "q_value")
_ZONES = pl.Enum(["within", "outside_95", "outside_998"])


def _frame(
    ordered: pl.DataFrame, value: Floats, size: Floats, columns: dict[str, Floats], reason: npt.NDArray[np.str_]
) -> pl.DataFrame:
    def outside(name: str) -> Bools:
        beyond: Bools = (value < columns[f"low_{name}"]) | (value > columns[f"high_{name}"])
        return beyond

    zone = np.where(outside("998"), "outside_998", np.where(outside("95"), "outside_95", "within"))
    numbers = {"value": value, "size": size, **columns}
    return pl.DataFrame(
        {"area": ordered["area"]}
        | {name: pl.Series(array, nan_to_null=True) for name, array in numbers.items()}
        | {
            "zone": pl.Series(zone, dtype=_ZONES),
            "is_marked": columns["q_value"] <= FALSE_DISCOVERIES,
            "reason": pl.Series([word or None for word in reason.tolist()], dtype=ReasonType),
        }
    ).with_columns(pl.when(pl.col("reason").is_null()).then(pl.col("zone", "is_marked")))


def _numbers(frame: pl.DataFrame, name: str) -> Floats:
    numbers = frame[name].cast(pl.Float64).to_numpy().astype(np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)
