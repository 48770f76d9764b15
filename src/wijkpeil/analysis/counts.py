"""A count of neighbourhoods in a sentence, beside the count that luck alone would give."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.analysis.tree import Floats, Ints
from wijkpeil.analysis.verdict import LEVEL

DRAWS = 10_000


@dataclass(frozen=True, kw_only=True)
class CountByChance:
    """How many of how many, and what luck would give.

    ``expected`` is the mean and ``low`` to ``high`` the 95% range of the count under no change at all;
    ``as_many`` the part (0-1) of the draws that count at least as many.
    """

    counted: int
    of: int
    expected: float
    low: int
    high: int
    as_many: float


@dataclass(frozen=True, kw_only=True)
class FalseAmong:
    """How many verdicts there are, and of how many at most, about, the sign or the size is luck."""

    verdicts: int
    at_most: float


def count_by_chance(
    change: Floats,
    *,
    error: Floats,
    city: Ints,
    city_error: Floats,
    by_selection: Floats | float = 0.0,
    area: Ints | None = None,
    more_than: float = 0.0,
    seed: int,
    draws: int = DRAWS,
) -> CountByChance:
    """Count the changes above a bound, and simulate that count where nothing changed at all.

    Every draw gives each area an error of its own and all areas of one city one error of that city together:
    a lucky year of the city moves all its neighbourhoods at once, so that the count varies more than by tossing
    coins. What selection by itself brings (``by_selection``) is added where it is declared. In a count over several
    indicators those of one area share its draw (``area``): how they hang together is not known, and this gives the
    widest range that chance may have. Nothing is tested here: for verdicts see ``false_among``, and the two are
    never mixed in one sentence.

    What it says
    ------------
    How large the count would be, and in what range it lies 95 times of a hundred, if no gap had changed at all.

    What it does not say
    --------------------
    Not which of the areas changed, nor why. A count within the range does not prove that nothing changed.

    Formula
    -------
    ``drawn = by_selection + error x own normal - city_error x normal of the city``; the count is that of
    ``drawn > more_than``, and the range its 2.5th and 97.5th percentile over the draws.

    Parameters
    ----------
    change
        The changes of the gap, positive for catching up, one an area or (with ``area``) several; NaN is not counted.
    error, city_error
        Standard errors (0 or more) of the change of the area, and of that of the comparator of its city; the
        comparator of all areas of a city has one error, be it a little different by area.
    city, area
        Number the city and the area of each change (0, 1, ...); without ``area`` each change is one of its own.

    Raises
    ------
    ValueError
        Where an area with a change has no error, or no area has a change.

    Source
    ------
    Davison, Hinkley (1997), Bootstrap Methods and their Application, chapter 4 (Monte Carlo tests).

    Examples
    --------
    Twenty of forty neighbourhoods, each in a city of its own, moved up: no more and no less than luck.

    >>> found = count_by_chance(
    ...     np.where(np.arange(40) < 20, 0.01, -0.01),
    ...     error=np.ones(40), city=np.arange(40), city_error=np.zeros(40), seed=1,
    ... )
    >>> found.counted, found.of, round(found.expected), found.low, found.high
    (20, 40, 20, 14, 26)
    """
    there = ~np.isnan(change)
    if not there.any():
        raise ValueError("no area has a change")
    expected = np.broadcast_to(np.asarray(by_selection, dtype=np.float64), change.shape)[there]
    own, shared, place = error[there], city_error[there], city[there]
    if np.isnan(own + shared + expected).any():
        raise ValueError("an area has a change without an error")
    which = np.arange(len(own)) if area is None else area[there]
    rng = np.random.default_rng(seed)
    luck = rng.standard_normal((int(which.max()) + 1, draws))
    luck_of_city = rng.standard_normal((int(place.max()) + 1, draws))
    counts = np.zeros(draws, dtype=np.int64)
    for one in range(len(own)):
        drawn = expected[one] + own[one] * luck[which[one]] - shared[one] * luck_of_city[place[one]]
        counts += drawn > more_than
    low, high = np.quantile(counts, [LEVEL / 2, 1 - LEVEL / 2], method="inverted_cdf")
    counted = int(np.count_nonzero(change[there] > more_than))
    return CountByChance(
        counted=counted,
        of=int(there.sum()),
        expected=float(counts.mean()),
        low=int(low),
        high=int(high),
        as_many=float(np.mean(counts >= counted)),
    )


def false_among(verdicts: int) -> FalseAmong:
    """Tell of how many verdicts, at most and about, the claim is false: one in twenty, as they were adjusted.

    Source
    ------
    Benjamini, Hochberg (1995): the mean part of false claims among all claims is at most the level.

    Examples
    --------
    >>> false_among(20).at_most
    1.0
    """
    return FalseAmong(verdicts=verdicts, at_most=verdicts * LEVEL)
