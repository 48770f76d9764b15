"""How sure a figure is: the 95% interval that its kind and its base allow, or the reason that it has none."""

import numpy as np
from scipy import special

from wijkpeil.analysis.sheet import CODE, Codes, Sheet
from wijkpeil.analysis.tree import Bools, Floats
from wijkpeil.domain.frames import IntervalType
from wijkpeil.domain.indicator import Indicator, IntervalChoice, Kind, Nature
from wijkpeil.domain.status import Status

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""

INTERVAL = {name: np.uint8(place) for place, name in enumerate(IntervalType.categories)}
_TAIL = 0.025
_CASE_DIGITS = 6
"""A share times its base is a number of cases but for the dust of the machine, cut at this decimal."""

_STEPS = 6
_NONE = 1e-12


def wilson(
    value: Floats, base: Floats, *, spread: Floats | float = 0.0, design_effect: float = 1.0
) -> tuple[Floats, Floats]:
    """Give Wilson's score interval of a share.

    It stays within 0 and 1, has a width at 0 and at 1, and keeps its 95% at small bases where value +- 1.96
    standard errors does not. Publishers round counts: ``spread`` (a^2/12 for counts rounded to a multiple of a)
    enters as a smaller effective base, for the numerator and for the base of the share alike. So does
    ``design_effect`` (above 0, above 1 nearly always): people in a sample that are alike in groups, or weigh
    unequally, tell as much as a simple sample of ``base / design_effect``.

    Parameters are fractions and counts above 0. Source: Wilson (1927); Newcombe (1998), Statistics in Medicine
    17, 857-872, method 3; Kish (1965) and Korn, Graubard (1998), Survey Methodology 24, 193-201, for the design.
    """
    size = _effective(value, base, spread=spread, design_effect=design_effect)
    half = Z * np.sqrt(value * (1 - value) / size + Z * Z / (4 * size * size))
    centre = value + Z * Z / (2 * size)
    low = np.clip((centre - half) / (1 + Z * Z / size), 0, value)
    high = np.clip((centre + half) / (1 + Z * Z / size), value, 1)
    return low, high


def exact_share(
    value: Floats, base: Floats, *, spread: Floats | float = 0.0, design_effect: float = 1.0
) -> tuple[Floats, Floats]:
    """Give the exact interval of a share: it holds *at least* 95%, and is wider than Wilson's.

    On request only. The effective base stands for the base, as in ``wilson``. Source: Clopper, Pearson (1934),
    Biometrika 26, 404-413, by quantiles of the beta distribution; Korn, Graubard (1998) for the effective base.
    """
    size = _effective(value, base, spread=spread, design_effect=design_effect)
    cases, others = value * size, (1 - value) * size
    low = np.where(cases > 0, special.betaincinv(np.maximum(cases, _NONE), others + 1, _TAIL), 0.0)
    high = np.where(others > 0, special.betaincinv(cases + 1, np.maximum(others, _NONE), 1 - _TAIL), 1.0)
    return np.minimum(low, value), np.maximum(high, value)


def _effective(value: Floats, base: Floats, *, spread: Floats | float, design_effect: float) -> Floats:
    """Give the base of a simple sample without rounding that tells as much."""
    rough = (value + Z * Z / (2 * base)) / (1 + Z * Z / base)
    extra = spread * (1 + value * value) / (base * rough * (1 - rough))
    return np.asarray(base / (design_effect + extra))


def mean_with_spread(value: Floats, base: Floats, *, spread: Floats | float) -> tuple[Floats, Floats]:
    """Give the 95% interval of a mean over ``base`` people, of whom the spread (standard deviation) is known.

    Known means: published, or taken from the whole country; a spread that was estimated from few people would ask
    for Student's t instead.
    """
    half = Z * spread / np.sqrt(base)
    return value - half, value + half


def poisson(count: Floats, *, spread: Floats | float = 0.0) -> tuple[Floats, Floats]:
    """Give the mid-P interval of a Poisson count.

    The exact interval holds *at least* 95% and is too wide for small counts; mid-P holds 95% on average. It is
    solved by Newton's method from Byar's approximation with half a case added, which is so near that six steps
    always suffice, and once for each number of cases, however many areas have it; above a thousand cases Byar's
    approximation itself is exact to five digits. A publisher's rounding (``spread``) widens both sides. ``count``
    need not be whole.

    Source: Rothman, Boice (1979); Cohen, Yang (1994), Statistics in Medicine 13, 2189-2203.
    """
    low, high = _byar(count, -1), _byar(count, +1)
    small = count < 1000
    cases, place = np.unique(np.round(count[small], _CASE_DIGITS), return_inverse=True)
    low[small] = _mid_p(cases, _byar(cases, -1), 1 - _TAIL)[place]
    high[small] = _mid_p(cases, _byar(cases, +1), _TAIL)[place]
    low[count <= 0] = 0.0
    return _wider(count, low, high, spread)


def exact_poisson(count: Floats, *, spread: Floats | float = 0.0) -> tuple[Floats, Floats]:
    """Give the exact 95% interval of a Poisson count: it holds *at least* 95%, and is wider than mid-P.

    On request only: for a monitor that is right on average ``poisson`` (mid-P) is the default. ``count`` is 0 or
    more. Source: Garwood (1936), Biometrika 28, 437-442, by quantiles of the gamma distribution.
    """
    low = np.where(count > 0, special.gammaincinv(np.maximum(count, _NONE), _TAIL), 0.0)
    return _wider(count, low, np.asarray(special.gammaincinv(count + 1, 1 - _TAIL)), spread)


def _wider(count: Floats, low: Floats, high: Floats, spread: Floats | float) -> tuple[Floats, Floats]:
    """Widen both sides by the publisher's rounding."""
    wider = np.sqrt(1 + spread / np.maximum(count, 1.0))
    return np.maximum(count - (count - low) * wider, 0), count + (high - count) * wider


def mover(
    left: Floats,
    left_limits: tuple[Floats, Floats],
    right: Floats,
    right_limits: tuple[Floats, Floats],
    *,
    correlation: Floats | float = 0.0,
) -> tuple[Floats, Floats]:
    """Give the interval of ``left - right`` from the limits of both: square-and-add.

    The gap of a share near 0 is not symmetrical; adding the squares of the distances to the *nearer* limits keeps
    that, and needs no more than what is published. Within a period both sides are taken as independent: exact for
    the rest of the city. The whole city holds the area, and ``within_city`` leaves the overlap out where it knows
    how large that is; where it does not, and for the margin of a ratio, the interval is somewhat too wide. Between
    periods the same people may be counted twice: those shared are at most the smaller of both samples, so that the
    covariance is ``correlation`` times the *smaller* variance. Up to a correlation of a half a larger error never
    gives a narrower interval.

    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10; Zou, Donner (2008).
    """
    difference = left - right
    below = _together(left - left_limits[0], right_limits[1] - right, correlation)
    above = _together(left_limits[1] - left, right - right_limits[0], correlation)
    return difference - below, difference + above


def _together(one: Floats, other: Floats, correlation: Floats | float) -> Floats:
    if isinstance(correlation, float) and correlation == 0:
        return np.asarray(np.sqrt(one * one + other * other))
    shared = 2 * correlation * np.minimum(one, other) ** 2
    return np.asarray(np.sqrt(np.maximum(one * one + other * other - shared, 0)))


def limits_of(sheet: Sheet) -> tuple[Floats, Floats, Codes]:
    """Give the 95% limits of every cell of a sheet, and how they were made."""
    return limits(
        sheet.indicator,
        value=sheet.value,
        base=sheet.base,
        se=sheet.se,
        spread=sheet.spread,
        from_panel=sheet.from_panel,
        status=sheet.status,
    )


def limits(
    indicator: Indicator,
    *,
    value: Floats,
    base: Floats,
    se: Floats,
    spread: Floats,
    from_panel: Bools,
    status: Codes,
) -> tuple[Floats, Floats, Codes]:
    """Give 95% limits by the kind of figure: a standard error first, then Wilson or Poisson where there is a base.

    ``from_panel`` tells where that error is not the publisher's (``panel_errors``): it is named otherwise. A file
    may ask for exact limits, and may know the spread of a mean.

    A modelled figure without a published error has *no* interval: its spread over people says nothing of the
    error of the model. A count from a complete register, an ordinal class and a register that its file exempts from
    chance (``superpopulation = false``) have none that applies. Where there is neither an error, nor a base, nor a
    panel that tells, none is known.

    Returns the lower and upper limits (NaN where there are none) and positions in ``IntervalType``.
    """
    way = np.full(value.shape, INTERVAL["none_known"])
    there = ~np.isnan(value)
    has_base = there & (np.nan_to_num(base) > 0)
    modelled = (indicator.nature is Nature.MODELLED) | (status == CODE[Status.MODELLED])
    if indicator.kind in {Kind.PROPORTION, Kind.RATE}:
        usual = "wilson" if indicator.kind is Kind.PROPORTION else "poisson"
        way[has_base] = INTERVAL["exact" if indicator.interval is IntervalChoice.EXACT else usual]
    elif indicator.spread is not None:
        way[has_base] = INTERVAL["known_spread"]
    elif indicator.kind is Kind.COUNT and indicator.nature is not Nature.SURVEYED:
        way[:] = INTERVAL["not_applicable"]
    way[modelled] = INTERVAL["modelled"]
    way[there & ~np.isnan(se)] = INTERVAL["standard_error"]
    way[there & ~np.isnan(se) & from_panel] = INTERVAL["panel"]
    exempt = indicator.nature is Nature.MEASURED and not indicator.superpopulation
    if indicator.kind is Kind.ORDINAL or exempt:
        way[:] = INTERVAL["not_applicable"]
    way[~there] = INTERVAL["not_applicable"]
    low, high = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    for name, of in _WAYS.items():
        chosen = way == INTERVAL[name]
        if chosen.any():
            low[chosen], high[chosen] = of(indicator, value[chosen], base[chosen], se[chosen], spread[chosen])
    if indicator.kind is Kind.PROPORTION:
        low, high = np.maximum(low, 0), np.minimum(high, 1)
    elif indicator.kind is Kind.RATE:
        low = np.maximum(low, 0)
    return low, high, way


def _wilson(indicator: Indicator, value: Floats, base: Floats, se: Floats, spread: Floats) -> tuple[Floats, Floats]:
    return wilson(value, base, spread=spread, design_effect=indicator.design_effect)


def _poisson(indicator: Indicator, value: Floats, base: Floats, se: Floats, spread: Floats) -> tuple[Floats, Floats]:
    return _per_head(value, base, poisson(value * base, spread=spread))


def _exact(indicator: Indicator, value: Floats, base: Floats, se: Floats, spread: Floats) -> tuple[Floats, Floats]:
    if indicator.kind is Kind.PROPORTION:
        return exact_share(value, base, spread=spread, design_effect=indicator.design_effect)
    return _per_head(value, base, exact_poisson(value * base, spread=spread))


def _per_head(value: Floats, base: Floats, of_count: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    return np.minimum(of_count[0] / base, value), np.maximum(of_count[1] / base, value)


def _known_spread(
    indicator: Indicator, value: Floats, base: Floats, se: Floats, spread: Floats
) -> tuple[Floats, Floats]:
    return mean_with_spread(value, base, spread=indicator.spread or 0.0)


def _standard_error(
    indicator: Indicator, value: Floats, base: Floats, se: Floats, spread: Floats
) -> tuple[Floats, Floats]:
    return value - Z * se, value + Z * se


_WAYS = {
    "wilson": _wilson,
    "poisson": _poisson,
    "exact": _exact,
    "known_spread": _known_spread,
    "standard_error": _standard_error,
    "panel": _standard_error,
}


def _byar(count: Floats, side: int) -> Floats:
    case = count + 0.5
    root = 1 - 1 / (9 * case) + side * Z / (3 * np.sqrt(case))
    return np.asarray(case * np.maximum(root, 0) ** 3)


def _mid_p(count: Floats, start: Floats, tail: float) -> Floats:
    """Solve P(X < count) + P(X = count) / 2 = tail for the mean of X."""
    mean = np.maximum(start, 1e-3)
    for _ in range(_STEPS):
        fewer = np.where(count > 0, special.gammaincc(np.maximum(count, 1e-300), mean), 0.0)
        probability = (fewer + special.gammaincc(count + 1, mean)) / 2
        slope = -(_density(count - 1, mean) + _density(count, mean)) / 2
        mean = np.maximum(mean - (probability - tail) / slope, mean / 4)
    return mean


def _density(count: Floats, mean: Floats) -> Floats:
    allowed = count > -1
    density = np.exp(special.xlogy(np.maximum(count, 0), mean) - mean - special.gammaln(np.maximum(count, -0.5) + 1))
    return np.where(allowed, density, 0.0)
