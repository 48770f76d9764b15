"""What the planted worlds look like, declared before anything was measured in them, and why that is typical.

The figures behind this page: the latest figure of every wijk and buurt in the files of CBS and Rotterdam, taken by
indicator at its percentiles 1 to 99 so that every indicator weighs the same (62 measured or surveyed shares, 10 rates).
Shares have mean 0.35 and standard deviation 0.27: by moments Beta(0.76, 1.43). Rates (crimes of one kind, accidents,
births) have a median of 8 per 1,000 inhabitants and differ, within one indicator, by 0.64 on the scale of logarithms;
with the differences between indicators 0.8. They are not to be tuned until something passes.
"""

from dataclasses import dataclass

import numpy as np

from wijkpeil.analysis.tree import Floats, Ints
from wijkpeil.domain.indicator import Kind

BASES = (30, 100, 300, 1_000, 3_000, 30_000)
"""From a block of houses to a part of a city."""

SHARES = (0.76, 1.43)
"""Beta: of the shares of all neighbourhoods and indicators."""

RATES = (0.008, 0.8)
"""Lognormal: the median, in cases per inhabitant, and the spread of the logarithm."""

DIFFERENT = 0.5
"""How far an area lies from the rest of its city, by logit or logarithm (standard deviation)."""

OF_ITSELF, OF_THE_CITY = 0.2, 0.1
"""How far an area and the rest of its city move in ten years, in the same unit."""

REST = (4, 40)
"""The rest of the city has so many times the base of the area, evenly by logarithm."""

FEW = 5.0
"""Fewer expected cases (or, of a share, of the others) leave so few possible outcomes that no interval is near 95%."""

_EDGE = 1e-4


@dataclass(frozen=True, kw_only=True, eq=False)
class Truth:
    """The true figures of areas (down) then and now (across), and those of the rest of their city."""

    area: Floats
    rest: Floats


def drawn_truth(kind: Kind, areas: int, rng: np.random.Generator) -> Truth:
    """Draw true shares (0-1) or rates (per person) of areas and the rest of their cities, then and now."""
    if kind is Kind.PROPORTION:
        level = np.log(1 / rng.beta(*SHARES, areas).clip(_EDGE, 1 - _EDGE) - 1) * -1
    else:
        level = np.log(RATES[0]) + rng.normal(0, RATES[1], areas)
    rest = level + rng.normal(0, DIFFERENT, areas)
    later = rng.normal(0, OF_ITSELF, areas), rng.normal(0, OF_THE_CITY, areas)
    return Truth(
        area=back(kind, np.stack([level, level + later[0]], axis=1)),
        rest=back(kind, np.stack([rest, rest + later[1]], axis=1)),
    )


def drawn_rest(base: float, areas: int, rng: np.random.Generator) -> Floats:
    """Draw the base of the rest of the city of areas of one base, the same then and now."""
    times = np.exp(rng.uniform(np.log(REST[0]), np.log(REST[1]), areas))
    return np.asarray(np.rint(base * times)[:, None].repeat(2, axis=1))


def drawn_cases(kind: Kind, truth: Floats, base: Floats, rng: np.random.Generator) -> Ints:
    """Draw the counted cases: binomial for shares, Poisson for rates."""
    if kind is Kind.PROPORTION:
        return rng.binomial(base.astype(np.int64), truth)
    return rng.poisson(truth * base)


def expected_cases(kind: Kind, truth: Floats, base: Floats) -> Floats:
    """Give the expected number of cases, or of the others where these are fewer."""
    return np.asarray(base * np.minimum(truth, 1 - truth) if kind is Kind.PROPORTION else base * truth)


def back(kind: Kind, moved: Floats) -> Floats:
    """Bring a level by logit or logarithm to a share or a rate."""
    return np.asarray(1 / (1 + np.exp(-moved)) if kind is Kind.PROPORTION else np.exp(moved))
