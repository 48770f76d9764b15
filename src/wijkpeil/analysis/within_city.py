"""A city holds its neighbourhood: how sure the gap between the two is, from the gap to the rest of the city."""

import numpy as np

from wijkpeil.analysis.intervals import mover
from wijkpeil.analysis.tree import Floats

Limits = tuple[Floats, Floats]


def limits_beside_city(
    value: Floats,
    limits: Limits,
    city: Floats,
    city_limits: Limits,
    rest: Floats,
    rest_limits: Limits,
    *,
    part: Floats,
) -> Limits:
    """Give the interval of the difference between an area and the whole city that holds it.

    The city is ``part`` times the area and the remaining part times the rest of the city, so that area - city =
    (1 - part)(area - rest): its margins are those of the gap to the rest, which is independent of the area, made
    smaller by 1 - part. To take area and city as independent would be too wide, the more so the larger the
    neighbourhood. That is done all the same where the rest or the part is not known.
    """
    low, high = mover(value, limits, rest, rest_limits)
    own = value - city + (1 - part) * (low - (value - rest)), value - city + (1 - part) * (high - (value - rest))
    known = ~np.isnan(own[0]) & ~np.isnan(own[1])
    wide = mover(value, limits, city, city_limits)
    return np.where(known, own[0], wide[0]), np.where(known, own[1], wide[1])


def part_of_city(
    base: Floats, city_base: Floats, *, value: Floats, city: Floats, rest: Floats, half_unit: Floats
) -> Floats:
    """Give the part (0-1) of the city's people that an area has.

    From the published bases; where one of them is absent, from the three values, of which the city lies as far
    between area and rest as the area weighs. Those are rounded, each by at most ``half_unit``: the smallest part that
    they allow is taken, which is never too sure. Unknown where neither gives a part below 1.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        by_base = base / city_base
        towards = np.sign(value - rest) * (city - rest) - 2 * half_unit
        by_value = np.maximum(towards, 0.0) / (np.abs(value - rest) + 2 * half_unit)
    part = np.where(np.isnan(by_base), by_value, by_base)
    return np.where((part >= 0) & (part < 1), part, np.nan)
