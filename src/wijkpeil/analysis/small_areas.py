"""Small areas borrow strength from their city: a steadier figure beside the direct one, never instead of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.tree import Bools, Floats
from wijkpeil.domain.reason import Reason, ReasonType

_NODES = 64
_COARSE = 21
_FAR = 25.0
"""Nodes whose log density lies this far below the highest carry no weight."""

_SPARE_AREAS = 5
"""So many areas more than coefficients are needed for a posterior with a mean and a spread."""

_ROUNDS = 4
_BENCHMARK_ROUNDS = 50


@dataclass(frozen=True, kw_only=True, eq=False)
class AreaModel:
    """The Fay-Herriot model: ``value = design @ coefficients + area effect + sampling error``.

    ``value`` and its sampling ``variance`` (above 0) are of n areas; ``design`` is n times p, and p may be 0:
    then the areas differ from 0, which is what is left after the city's figure is taken off.
    """

    value: Floats
    variance: Floats
    design: Floats

    @property
    def products(self) -> Floats:
        """The products of each area's covariates, n times p*p: with these every node is one matrix product."""
        size, columns = self.design.shape
        return (self.design[:, :, None] * self.design[:, None, :]).reshape(size, columns * columns)


@dataclass(frozen=True, kw_only=True, eq=False)
class Fit:
    """What follows for the whole once the variance between areas is given: a row per node."""

    weight: Floats
    covariance: Floats
    coefficients: Floats
    log_density: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Levels:
    """The level of every area: its mean and variance, and ``own``, how far (0-1) it speaks for itself."""

    mean: Floats
    variance: Floats
    own: Floats


def fit(model: AreaModel, between: Floats) -> Fit:
    """Fit the coefficients for each variance between areas, and weigh how well that variance suits the figures.

    With a flat prior on the coefficients the log density is the restricted likelihood: its highest point is
    the REML estimate. Source: Rao, Molina (2015), Small Area Estimation, 6.1.
    """
    nodes, columns = len(between), model.design.shape[1]
    weight = 1 / (between[:, None] + model.variance)
    information = (weight @ model.products).reshape(nodes, columns, columns)
    covariance = np.asarray(np.linalg.inv(information), dtype=np.float64)
    right = weight @ (model.design * model.value[:, None])
    coefficients = np.einsum("kij,kj->ki", covariance, right)
    residual = model.value - coefficients @ model.design.T
    log_density = np.log(weight).sum(axis=1) - np.linalg.slogdet(information)[1] - (weight * residual**2).sum(axis=1)
    return Fit(weight=weight, covariance=covariance, coefficients=coefficients, log_density=log_density / 2)


def given_between(model: AreaModel, between: Floats) -> Levels:
    """Give the levels for each variance between areas: a row per node, a column per area.

    The mean is the EBLUP and the variance its g1 + g2. Source: Rao, Molina (2015), 6.1.1 and 6.2.1.
    """
    return _levels_of(model, fit(model, between), between)


def hierarchical_bayes(model: AreaModel) -> Levels:
    """Average the levels over the variance between areas, under a flat prior, by quadrature in one dimension.

    A point estimate of that variance is often 0 for few areas, which would say that all areas are the same and
    that this is certain. The integral never collapses and carries the doubt about it into every margin. Coarse
    rounds find where the density lies; Gauss-Legendre nodes over ``between / (between + scale)`` integrate it.

    Source: Boonstra (2012), R package hbsae; Rao, Molina (2015), 10.3.
    """
    scale = float(np.median(model.variance))
    low, high = 0.0, 1.0
    for _ in range(_ROUNDS):
        step = (high - low) / (_COARSE + 1)
        places = low + step * np.arange(1, _COARSE + 1, dtype=np.float64)
        log_mass = _log_mass(fit(model, scale * places / (1 - places)), places)
        near = places[log_mass > log_mass.max() - _FAR]
        low, high = max(near[0] - step, low), min(near[-1] + step, high)
    nodes, weights = (np.asarray(one, dtype=np.float64) for one in np.polynomial.legendre.leggauss(_NODES))
    places = low + (high - low) * (nodes + 1) / 2
    between = scale * places / (1 - places)
    fits = fit(model, between)
    log_mass = _log_mass(fits, places)
    mass = weights * np.exp(log_mass - log_mass.max())
    mass /= mass.sum()
    levels = _levels_of(model, fits, between)
    mean = mass @ levels.mean
    return Levels(mean=mean, variance=mass @ (levels.variance + (levels.mean - mean) ** 2), own=mass @ levels.own)


def _log_mass(fits: Fit, places: Floats) -> Floats:
    """The log density over places: that over the variance, times how fast the variance runs there."""
    mass: Floats = fits.log_density - 2 * np.log1p(-places)
    return mass


def _levels_of(model: AreaModel, fits: Fit, between: Floats) -> Levels:
    own = between[:, None] * fits.weight
    expected = fits.coefficients @ model.design.T
    of_coefficients = fits.covariance.reshape(len(between), -1) @ model.products.T
    return Levels(
        mean=expected + own * (model.value - expected),
        variance=own * model.variance + (1 - own) ** 2 * of_coefficients,
        own=own,
    )


def smoothed(
    direct: pl.DataFrame,
    *,
    covariates: Sequence[str] = (),
    city: float | None = None,
    possible: tuple[float, float] = (-np.inf, np.inf),
) -> pl.DataFrame:
    """Pull the figures of a city's areas towards what the city and their covariates lead one to expect.

    A figure of a small area moves up and down by chance alone. This one leans on the city as far as the direct
    figure is unsure, and on the figure itself as far as the areas truly differ. The city is the prior mean;
    covariates, where there are any, tell which areas should lie above and below it.

    What it says
    ------------
    The most likely level of this area, if it is an area of this city with these covariates, with its margin.

    What it does not say
    --------------------
    It does not replace the direct figure, which always stands beside it. An area that truly is an exception is
    pulled in too far. Levels of two areas, or of two years, may not be subtracted as if they were independent,
    and no verdict rests on them.

    Formula
    -------
    ``y = m + (x - x_city) b + u + e`` with ``u ~ N(0, A)``, ``e ~ N(0, se^2)``, flat priors on b and A >= 0;
    given A the level is ``expected + A / (A + se^2) x (y - expected)``; A is integrated out. Benchmarked: to
    every level ``v w / sum(v w^2)`` times what the weighted mean lacks is added (v the posterior variance, w the
    share of the city), so that together they are the city, and unsure levels move most; its square is added to v.

    Parameters
    ----------
    direct
        One row per area of one city: ``area``, ``value``, ``se`` (above 0; of a share of exactly 0 or 1 it is
        not, see ``error_at_city``), ``weight`` (the base, above 0) and the covariates. Figures may be null.
    city
        The published figure of the city; the weighted mean of the areas where it is not given. It is only
        the benchmark if every area has a figure: otherwise those that have one keep their own weighted mean.
    possible
        Bounds of the figure, (0, 1) for a share.

    Returns
    -------
    pl.DataFrame
        ``area``, the direct ``value``, ``low``, ``high``, the ``smoothed``, ``smoothed_low``, ``smoothed_high``
        and ``own`` (0-1: how far the area speaks for itself), or the ``reason`` that it has none. In the order
        of the areas' codes, whatever the order of the rows.

    Source
    ------
    Fay, Herriot (1979), JASA 74, 269-277; Boonstra (2012), hbsae; Datta, Ghosh, Steorts, Maples (2011), Test 20,
    574-588 (benchmark).

    Examples
    --------
    Six areas of a city at 20%; the smallest says 40% with a standard error of 10 points.

    >>> direct = pl.DataFrame({
    ...     "area": ["A", "B", "C", "D", "E", "F"],
    ...     "value": [0.40, 0.22, 0.20, 0.16, 0.21, 0.18],
    ...     "se": [0.10, 0.02, 0.02, 0.02, 0.02, 0.02],
    ...     "weight": [16.0, 400.0, 400.0, 400.0, 400.0, 400.0],
    ... })
    >>> for row in smoothed(direct, possible=(0, 1)).head(2).rows(named=True):
    ...     print(row["area"], row["value"], round(row["smoothed"], 3), round(row["own"], 2))
    A 0.4 0.226 0.15
    B 0.22 0.212 0.64
    """
    ordered = direct.sort("area")
    value, se, weight = (_numbers(ordered, name) for name in ("value", "se", "weight"))
    reason = _reasons(ordered, covariates, possible)
    used = reason == ""
    if used.sum() < len(covariates) + _SPARE_AREAS:
        reason[used] = Reason.TOO_FEW_AREAS
        used = np.zeros_like(used)
    found = {name: np.full(len(value), np.nan) for name in ("smoothed", "smoothed_low", "smoothed_high", "own")}
    if used.any():
        target = float(np.average(value[used], weights=weight[used]))
        prior = target if city is None else city
        share = weight[used] / weight[used].sum()
        model = AreaModel(
            value=value[used] - prior, variance=se[used] ** 2, design=_design(ordered, covariates, share, used)
        )
        levels = hierarchical_bayes(model)
        level, variance = _benchmarked(levels, share, target if not used.all() else prior, prior, possible)
        half = Z * np.sqrt(variance)
        for name, numbers in zip(found, (level, level - half, level + half), strict=False):
            found[name][used] = np.clip(numbers, *possible)
        found["own"][used] = levels.own
    direct_low, direct_high = (np.clip(value + side * Z * se, *possible) for side in (-1, 1))
    columns = {"value": value, "low": direct_low, "high": direct_high, **found}
    return pl.DataFrame(
        {"area": ordered["area"]}
        | {name: pl.Series(numbers, nan_to_null=True) for name, numbers in columns.items()}
        | {"reason": pl.Series([word or None for word in reason.tolist()], dtype=ReasonType)}
    )


def error_at_city(base: Floats, *, city: float, is_share: bool, design_effect: float = 1.0) -> Floats:
    """Give the standard error that a share or rate would have if the area were as its city.

    The usual p(1 - p)/n takes p from the area itself: an area that found nobody would have an error of 0 and
    would never be smoothed, though nothing is less sure. Source: Rao, Molina (2015), 6.4.1 (smoothed variances).
    """
    spread = city * (1 - city) if is_share else city
    return np.sqrt(design_effect * spread / base)


def _numbers(frame: pl.DataFrame, name: str) -> Floats:
    numbers: Floats = frame[name].cast(pl.Float64).fill_nan(None).to_numpy().astype(np.float64)
    return numbers


def _reasons(frame: pl.DataFrame, covariates: Sequence[str], possible: tuple[float, float]) -> np.ndarray:
    """Tell of every area why it cannot be smoothed; an empty word where it can."""
    value, se, weight = (pl.col(name).cast(pl.Float64) for name in ("value", "se", "weight"))
    unknown = pl.any_horizontal(*(~_is_known(pl.col(name)) for name in covariates)) if covariates else pl.lit(False)
    said = (
        pl.when(~_is_known(value))
        .then(pl.lit(Reason.NO_FIGURE.value))
        .when(~value.is_between(*possible))
        .then(pl.lit(Reason.IMPOSSIBLE_FIGURE.value))
        .when(~_is_known(se) | (se <= 0))
        .then(pl.lit(Reason.NO_ERROR_KNOWN.value))
        .when(~_is_known(weight) | (weight <= 0))
        .then(pl.lit(Reason.NO_BASE.value))
        .when(unknown)
        .then(pl.lit(Reason.NO_COVARIATE.value))
        .otherwise(pl.lit(""))
    )
    return frame.select(said.alias("reason"))["reason"].to_numpy().astype(object)


def _is_known(number: pl.Expr) -> pl.Expr:
    return number.cast(pl.Float64).is_finite().fill_null(False)


def _design(frame: pl.DataFrame, covariates: Sequence[str], share: Floats, used: Bools) -> Floats:
    """Set the covariates against those of the city, without what the others already say (constants, sums).

    Only the space that they span matters for the levels; an orthonormal base of it is never singular.
    """
    if not covariates:
        return np.empty((len(share), 0))
    columns = np.stack([_numbers(frame, name)[used] for name in covariates], axis=1)
    centred = columns - share @ columns
    size = np.abs(centred).max(axis=0)
    scaled = centred / np.where(size > 0, size, 1)
    base, sizes, _ = np.linalg.svd(scaled, full_matrices=False)
    kept: Floats = base[:, sizes > 1e-9 * len(share)] * np.sqrt(len(share))
    return kept


def _benchmarked(
    levels: Levels, share: Floats, target: float, prior: float, possible: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Spread what the weighted mean lacks over the areas, most over the least sure; none leaves its bounds."""
    level = np.clip(levels.mean + prior, *possible)
    for _ in range(_BENCHMARK_ROUNDS):
        lack = target - share @ level
        bound = possible[1] if lack > 0 else possible[0]
        room = np.where(level == bound, 0.0, levels.variance * share)
        if abs(lack) <= 1e-14 * max(abs(target), 1.0) or not room.any():
            break
        level = np.clip(level + lack * room / (room @ share), *possible)
    return level, levels.variance + (level - levels.mean - prior) ** 2
