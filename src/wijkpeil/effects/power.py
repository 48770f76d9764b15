"""What a study could have seen at all, told by the years before it began."""

from dataclasses import replace

import numpy as np

from wijkpeil.domain.evidence import Power
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.inversion import LEVEL, fewest_as_large
from wijkpeil.effects.panel import Floats, Ints, Panel
from wijkpeil.effects.placements import Tried, try_placements

SEEN = 0.8
"""A design can see an effect when it finds it in so many of all cases."""

_SHORTEST = 3
"""Two periods before a fictitious start and one after it."""


def power(
    panel: Panel,
    comparing: Comparing,
    *,
    worth_having: float,
    outcomes: int = 1,
    lag: int = 0,
    draws: int = 999,
    seed: int = 1,
) -> Power:
    """Tell the smallest effect that the design could have seen, and the chance to see one that is worth having.

    A study that finds nothing says nothing if it could not have found anything. The design is run on the years before
    the first start, with starts that never were, placed everywhere: that shows how large a difference chance makes,
    hence how large one must be to count (two-sided, 5%) and how often an effect of some size would pass (80%). With
    several ``outcomes`` it must be as rare as Holm's rule asks of the first of them, 5% divided by their number: that
    is the worst case, since the others may help and cannot be counted on. No figure from after the first start is
    read, so it can be told before the outcome is looked at; and no treated area's later figures can make it look
    better.

    The fictitious starts leave as large a part of the years before as the real ones do of all years, with at least two
    periods before. These are fewer years than the study has, so that the answer is rather too large than too small.

    ``worth_having`` is in the units of the outcome, as is the answer. It is ``None`` where fewer than three periods
    lie before the first start, where nobody can be compared with, or where no p-value that small can be reached;
    in the last case the chance to see anything is 0.
    """
    first = int(panel.start.min())
    blind = Power(smallest_visible=None, worth_having=worth_having, chance_to_see=None)
    if first < _SHORTEST:
        return blind
    before = panel.until(first)
    kept = min(lag, first - _SHORTEST)
    starts = _fictitious(panel, first, kept)
    try:
        tried = try_placements(replace(before, start=starts), comparing, lag=kept, draws=draws, seed=seed)
    except RefusedError:
        return blind
    needed = fewest_as_large(len(tried.effects), LEVEL / outcomes)
    if needed == 0:
        return Power(smallest_visible=None, worth_having=worth_having, chance_to_see=0.0)
    chance, limit = _by_chance(tried, needed)
    visible = (limit - float(np.quantile(chance, 1 - SEEN))) * tried.scale
    seen = float((np.abs(chance + abs(worth_having) / tried.scale) >= limit).mean())
    return Power(smallest_visible=visible, worth_having=worth_having, chance_to_see=seen)


def _fictitious(panel: Panel, first: int, lag: int) -> Ints:
    """Move all starts into the years before, the later ones keeping their distance as far as there is room."""
    early = max(2, min(round(first * first / panel.never), first - 1 - lag))
    moved = np.minimum(panel.start - first + early, first - 1 - lag)
    return np.where(panel.is_treated, moved, first)


def _by_chance(tried: Tried, needed: int) -> tuple[Floats, float]:
    """Give what chance makes of no effect at all, in both directions alike, and how far from zero is rare enough."""
    sizes = np.sort(np.abs(tried.statistics))
    return np.concatenate([tried.statistics, -tried.statistics]), float(sizes[-needed])
