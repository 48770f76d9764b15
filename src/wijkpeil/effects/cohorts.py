"""Areas that start together move together: what a linear design needs of them is their sum in each period."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from wijkpeil.effects.panel import Floats, Ints, Panel


@dataclass(frozen=True, kw_only=True, eq=False)
class Cohorts:
    """The different starts ``(h,)``, the last of them ``periods`` for those never treated, and how many have each."""

    starts: Ints
    counts: Floats
    periods: int


Weigh = Callable[[Cohorts], Floats]
"""Gives ``(m, h, t)`` weights on the sums of the cohorts for ``m`` estimates; a row of NaN where there is none."""


def weighed(panel: Panel, starts: Ints, weigh: Weigh) -> Floats:
    """Estimate for many assignments at once: ``(draws, m)``.

    Without covariates a design treats areas of one cohort alike, so that its weights follow from the numbers of the
    cohorts alone. Placements keep those numbers: the weights are worked out once, and a thousand placements are one
    product of a matrix with few filled cells and one with the weights.

    ``starts`` is ``(draws, n)``.
    """
    different, counts, sums = _sums(panel, starts)
    patterns, which = np.unique(counts, axis=0, return_inverse=True)
    found: list[Floats] = []
    for pattern in patterns:
        found.append(weigh(Cohorts(starts=different, counts=pattern, periods=panel.never)))
    estimates = np.empty((len(starts), found[0].shape[0]))
    for number, weights in enumerate(found):
        rows = which.reshape(-1) == number
        estimates[rows] = sums[rows] @ weights.reshape(len(weights), -1).T
    return estimates


def cohorts_of(panel: Panel) -> Cohorts:
    """Give the cohorts of the panel's own starts."""
    different, counts, _ = _sums(panel, panel.start[None])
    return Cohorts(starts=different, counts=counts[0], periods=panel.never)


def _sums(panel: Panel, starts: Ints) -> tuple[Ints, Floats, Floats]:
    """Give the starts ``(h,)``, the numbers ``(draws, h)`` and the sums ``(draws, h * t)`` of the cohorts.

    Those never treated are the most: their sum is that of all less that of the others.
    """
    draws, treated = np.nonzero(starts < panel.never)
    own = starts[draws, treated]
    different = np.append(np.unique(own), panel.never)
    size = len(different) - 1
    rows = draws * size + np.searchsorted(different, own)
    pick = csr_array((np.ones(len(rows)), (rows, treated)), shape=(len(starts) * size, len(panel.areas)))
    centred = panel.outcome - panel.outcome.mean()
    counts, sums = np.empty((len(starts), size + 1)), np.empty((len(starts), size + 1, panel.never))
    counts[:, :-1] = np.bincount(rows, minlength=len(starts) * size).reshape(len(starts), size)
    sums[:, :-1] = (pick @ centred).reshape(len(starts), size, panel.never)
    counts[:, -1] = len(panel.areas) - counts[:, :-1].sum(axis=1)
    sums[:, -1] = centred.sum(axis=0) - sums[:, :-1].sum(axis=1)
    return different, counts, sums.reshape(len(starts), -1)
