"""How much would have come back by itself, had the treated areas been chosen at a bad moment.

Whoever is chosen by a noisy reading was, on average, not as bad as it read: the next reading is better although nothing
was done. How much can be known beforehand, from how far readings of before the start predict the next ones.
"""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Fact, RefusedError
from wijkpeil.effects.assignment import placements
from wijkpeil.effects.inversion import as_large
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel

FAILS, DOUBTFUL = 0.5, 0.25
"""From these parts of the effect on an expected return makes it fail, or doubtful."""

_LEVEL = 0.05
_SHORTEST, _FEWEST = 3, 10
"""So many periods and areas are needed to tell what lasts from what passes."""

_LASTING = np.arange(0.0, 0.96, 0.05)


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """How readings of one area hang together, around the mean of all areas in each period.

    ``lasting`` is the variance of what areas are, ``passing`` that of what comes and goes, and ``carried`` (0-1) the
    part of the latter that is there a period later.
    """

    lasting: float
    passing: float
    carried: float

    @property
    def share(self) -> float:
        """The reliability of one reading: the part (0-1) of its variance that lasts."""
        total = self.lasting + self.passing
        return self.lasting / total if total > 0 else 1.0

    def covariance(self, apart: Ints) -> Floats:
        """Give the covariance of readings that are so many periods apart."""
        return np.asarray(self.lasting + self.passing * self.carried ** np.abs(apart))


def reliability(before: Floats) -> Reliability:
    """Split the variance of ``(n, t)`` readings into what lasts and what passes, by how it fades over the periods.

    The covariance of readings ``h`` periods apart is ``lasting + passing x carried^h``; fitted by least squares to
    those seen, none of the parts below 0. Source: Kenny, Zautra (1995), J. Consult. Clin. Psychol. 63, 52-59.
    """
    apart = before - before.mean(axis=0)
    length = before.shape[1]
    seen = np.array([(apart[:, : length - lag] * apart[:, lag:]).mean() for lag in range(length)])
    counted = np.sqrt(length - np.arange(length))
    found = []
    for carried in _LASTING:
        parts = np.column_stack([np.ones(length), carried ** np.arange(length)])
        amounts, misfit = optimize.nnls(parts * counted[:, None], seen * counted)
        found.append((misfit, carried, amounts))
    _, carried, amounts = min(found, key=lambda one: one[0])
    return Reliability(lasting=float(amounts[0]), passing=float(amounts[1]), carried=float(carried))


def expected_return(panel: Panel, start: int, *, lag: int = 0, from_last: bool = False) -> Floats:
    """Give ``(n,)``: how much each area is expected to move after a start, beside the mean of all, with nothing done.

    That is the best linear prediction of its mean over the periods from ``start + lag`` on by its own readings before
    ``start``, less what a design takes for its level: the mean of those readings, or the last one (``from_last``). It
    is above 0 for an area that read lower than it is. In the units of the outcome.
    """
    before = panel.outcome[:, :start]
    apart = before - before.mean(axis=0)
    parts = reliability(panel.outcome[:, : int(panel.start.min())])
    times, later = np.arange(start), np.arange(min(start + lag, panel.never - 1), panel.never)
    own = parts.covariance(times[:, None] - times[None])
    towards = parts.covariance(later[:, None] - times[None]).mean(axis=0)
    ridge = 1e-9 * max(float(own[0, 0]), float(np.finfo(np.float64).tiny))
    predicted = apart @ linalg.solve(own + ridge * np.eye(start), towards, assume_a="pos")
    return np.asarray(predicted - (apart[:, -1] if from_last else apart.mean(axis=1)))


def regression_to_the_mean(
    panel: Panel,
    effect: float,
    *,
    weights: Floats | None = None,
    lag: int = 0,
    from_last: bool = False,
    draws: int = 999,
    seed: int = 1,
) -> Check:
    """Check whether what is found could be no more than what comes back by itself.

    The expected return of the treated less that of their comparison is set beside the ``effect``. It fails where that
    return is itself larger than that of areas taken at random (5%), goes the same way, and is half of the effect or
    more; a quarter makes it doubtful, and so does one that goes the other way and hides as much. A comparison that read
    as low is expected to come back as much: matching on the level answers the threat by itself, with its ``weights``.

    Parameters
    ----------
    effect
        What the design found, in the units of the outcome.
    weights
        ``(n,)``: the part of each comparison area in the counterfactual; without, all count alike.
    from_last
        Whether the design measures from the last period before the start, and not from the mean of all.

    Returns
    -------
    Check
        ``expected`` is the return in the units of the outcome, ``share`` its part of the effect, ``p`` how often areas
        taken at random have as large a one, ``reliability`` of one reading (0-1), ``last`` how far the treated were
        from the mean of all in the last period before the start and ``earlier`` in those before. Not possible with
        fewer than three periods or ten areas, or without placements.

    References
    ----------
    Galton (1886); Ashenfelter (1978), Rev. Econ. Stat. 60, 47-57 (the dip before the start); Barnett, van der Pols,
    Dobson (2005), Int. J. Epidemiol. 34, 215-220; Daw, Hatfield (2018), Health Serv. Res. 53, 4138-4156.
    """
    kind = CheckKind.REGRESSION_TO_THE_MEAN
    first = int(panel.start.min())
    if first < _SHORTEST or len(panel.areas) < _FEWEST:
        facts: dict[str, Fact] = {"before": first, "areas": len(panel.areas)}
        return Check(kind=kind, status=CheckStatus.NOT_POSSIBLE, facts=facts)
    try:
        placed = placements(panel, draws=draws, seed=seed)
    except RefusedError as refused:
        return Check(kind=kind, status=CheckStatus.NOT_POSSIBLE, facts=refused.refusal.facts)
    returns = {start: expected_return(panel, start, lag=lag, from_last=from_last) for start in panel.cohorts}
    expected = _beside(returns, panel.start[None], panel.never, weights)[0]
    others = _beside(returns, placed.starts, panel.never, None)
    p = (1 + as_large(float(expected), others)) / (1 + len(others))
    share = float(expected / effect) if effect else float(np.sign(expected))
    facts = {
        "expected": float(expected),
        "effect": effect,
        "share": share,
        "p": p,
        "reliability": reliability(panel.outcome[:, :first]).share,
        **_dip(panel, panel.is_treated),
    }
    return Check(kind=kind, status=_status(p, share), facts=facts)


def _status(p: float, share: float) -> CheckStatus:
    if p > _LEVEL or abs(share) < DOUBTFUL:
        return CheckStatus.HOLDS
    return CheckStatus.FAILS if share >= FAILS else CheckStatus.DOUBTFUL


def _beside(returns: dict[int, Floats], starts: Ints, never: int, weights: Floats | None) -> Floats:
    """Give ``(draws,)``: the mean return of the treated less that of those beside whom they are set."""
    treated = starts < never
    others = ~treated / (~treated).sum(axis=1, keepdims=True) if weights is None or not weights.size else weights[None]
    total = np.zeros(len(starts))
    for start, expected in returns.items():
        own = starts == start
        total += own @ expected - own.sum(axis=1) * (others @ expected)
    return np.asarray(total / treated.sum(axis=1))


def _dip(panel: Panel, treated: Bools) -> dict[str, float]:
    """Give how far the treated were from the mean of all, each in the last period before its start and earlier."""
    apart = panel.outcome - panel.outcome.mean(axis=0)
    last = [apart[place, panel.start[place] - 1] for place in np.flatnonzero(treated)]
    earlier = [apart[place, : panel.start[place] - 1].mean() for place in np.flatnonzero(treated)]
    return {"last": float(np.mean(last)), "earlier": float(np.mean(earlier))}
