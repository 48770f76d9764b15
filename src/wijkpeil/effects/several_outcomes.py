"""Many outcomes of one programme: the more that is looked at, the more must be seen before it counts."""

from collections.abc import Sequence

import numpy as np

from wijkpeil.analysis.family import adjusted as false_discovery
from wijkpeil.domain.study import Family
from wijkpeil.effects.inversion import DUST
from wijkpeil.effects.panel import Floats
from wijkpeil.effects.placements import Tried


def adjusted(tried: Sequence[Tried], family: Family) -> Floats:
    """Give the p-value of every outcome for all outcomes together.

    Romano and Wolf's step-down asks how often the largest of all outcomes is as large by chance, with the very same
    placements for every outcome; outcomes that go together then cost less than Holm's rule takes for them. It is
    only possible where all outcomes were tried on the same placements of the same areas; where gaps in the figures made
    the panels differ, Holm's rule is used, which holds however they hang together.

    ``tried`` comes from ``try_placements`` with one seed and number of draws. Returns ``(m,)`` in the given order.
    Source: Romano, Wolf (2005), Econometrica 73, 1237-1282; Holm (1979), Scand. J. Stat. 6, 65-70; Benjamini, Hochberg
    (1995), J. R. Stat. Soc. B 57, 289-300.
    """
    p = np.array([one.inference().p for one in tried])
    if not len(p):
        return p
    if family is Family.FALSE_DISCOVERY:
        return false_discovery(p, np.zeros(len(p), dtype=np.int64))
    if family is Family.ROMANO_WOLF and share_placements(tried):
        return step_down(np.array([[one.statistic, *one.statistics] for one in tried]))
    return holm(p)


def share_placements(tried: Sequence[Tried]) -> bool:
    """Tell whether all outcomes were tried on the same placements."""
    first = tried[0]
    return all(one.placements == first.placements for one in tried)


def step_down(statistics: Floats) -> Floats:
    """Adjust the first of ``(m, 1 + draws)`` statistics by the largest of all, outcome by outcome from the top.

    Each outcome is first divided by its own size over all placements (the real one among them, so that none is
    singled out), for else the most restless one would decide for all. The outcome with the largest statistic is held
    against the largest of all outcomes in every placement, the next one against the largest of those that are left;
    no outcome gets a smaller p-value than the one before it.
    """
    size = np.sqrt((statistics**2).mean(axis=1, keepdims=True))
    standard = np.abs(statistics) / np.where(size > 0, size, 1.0)
    order = np.argsort(-standard[:, 0], kind="stable")
    largest_left = np.maximum.accumulate(standard[order][::-1], axis=0)[::-1]
    observed = standard[order, :1] * (1 - DUST)
    p = np.maximum.accumulate((largest_left >= observed).mean(axis=1))
    return np.asarray(p[np.argsort(order)])


def holm(p: Floats) -> Floats:
    """Adjust p-values so that at most one family in twenty has any false claim, however they hang together."""
    order = np.argsort(p, kind="stable")
    stepped = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return np.asarray(np.minimum(stepped, 1.0)[np.argsort(order)])
