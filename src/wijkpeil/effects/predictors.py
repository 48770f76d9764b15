"""Synthetic control on characteristics: a blend that resembles the treated area in what predicts its outcome."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.panel import Floats
from wijkpeil.effects.simplex import closest

TIE = 1e-9
"""Losses that differ by less than this part count as one, so that the first start that reached the best is kept."""

_ROUNDS = 2_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Predictors:
    """What predicts the outcome, and the outcome by which its importance is chosen, both of before the start.

    ``treated`` is ``(p,)`` and ``donors`` ``(n, p)``, in any units: each predictor is divided by its own spread.
    ``outcome`` is ``(m,)`` and ``outcomes`` ``(n, m)``.
    """

    treated: Floats
    donors: Floats
    outcome: Floats
    outcomes: Floats

    def blend(self, importance: Floats) -> Floats:
        """Give the weights ``(n,)`` that bring the predictors closest, each as important as ``(p,)`` says."""
        every = np.vstack([self.treated, self.donors])
        scale = np.sqrt(importance) / np.where(np.ptp(every, axis=0) > 0, every.std(axis=0, ddof=1), 1.0)
        return closest(self.donors * scale, self.treated * scale)

    def loss(self, weights: Floats) -> float:
        """Give the mean squared distance in the outcome before the start."""
        return float(((self.outcome - weights @ self.outcomes) ** 2).mean())


@dataclass(frozen=True, kw_only=True, eq=False)
class Search:
    """Where one start of the search ended: the loss, the importance ``(p,)`` and the weights ``(n,)``."""

    loss: float
    importance: Floats
    weights: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Chosen:
    """The best of several starts, and all of them: ``importance`` and ``weights`` are those of ``best``."""

    best: Search
    tried: tuple[Search, ...]

    def effects(self, treated: Floats, donors: Floats) -> Floats:
        """Give the effect with the weights of every start, for later outcomes ``(t,)`` and ``(n, t)``."""
        return np.array([float((treated - one.weights @ donors).mean()) for one in self.tried])


def choose(predictors: Predictors, *, tries: int = 4, seed: int = 1) -> Chosen:
    """Choose how important each predictor is, so that the blend follows the outcome before the start most closely.

    The loss has flat stretches and several valleys, and where a search ends depends on where it began: packages that
    give one answer give different ones. So it is done from several starts (all equally important, by their correlation
    with the outcome, and at random), and what each found is given, for the reader to see how far they lie apart.

    Raises ``RefusedError`` where there are no predictors or fewer than two donors. Source: Abadie, Diamond, Hainmueller
    (2010), JASA 105, 493-505; Klossner, Kaul, Pfeifer, Schieler (2018), Swiss J. Econ. Stat. 154, 11 (on its
    instability); Nelder, Mead (1965).
    """
    if predictors.donors.shape[1] == 0:
        raise RefusedError(
            Refusal(reason=RefusalReason.NO_COVARIATES, facts={"predictors": 0}, design=Design.SYNTHETIC_CONTROL)
        )
    if len(predictors.donors) < 2:
        facts: dict[str, str | int | float] = {"compared": len(predictors.donors), "needed": 2}
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts, design=Design.SYNTHETIC_CONTROL))
    tried = tuple(_searched(predictors, start) for start in _starts(predictors, tries, seed))
    least = min(one.loss for one in tried)
    best = next(one for one in tried if one.loss <= least * (1 + TIE) + np.finfo(np.float64).tiny)
    return Chosen(best=best, tried=tried)


def _starts(predictors: Predictors, tries: int, seed: int) -> list[Floats]:
    count = predictors.donors.shape[1]
    random = np.random.default_rng(seed)
    told = [np.full(count, 1 / count), _related(predictors)]
    return [*told, *random.dirichlet(np.ones(count), max(0, tries - 2))][:tries]


def _related(predictors: Predictors) -> Floats:
    """Take the squared correlation of each predictor with the mean outcome of the donors."""
    mean = predictors.outcomes.mean(axis=1)
    mean = mean - mean.mean()
    donors = predictors.donors - predictors.donors.mean(axis=0)
    size = (donors**2).sum(axis=0) * (mean**2).sum()
    square = (donors.T @ mean) ** 2 / np.where(size > 0, size, 1.0)
    return np.asarray((square + TIE) / (square + TIE).sum())


def _searched(predictors: Predictors, start: Floats) -> Search:
    def loss(logs: Floats) -> float:
        return predictors.loss(predictors.blend(_shares(logs)))

    found = minimize(
        loss,
        np.log(np.maximum(start, 1e-6)),
        method="Nelder-Mead",
        options={"maxiter": _ROUNDS, "maxfev": _ROUNDS, "xatol": 1e-3, "fatol": 1e-10, "adaptive": True},
    )
    importance = _shares(found.x)
    weights = predictors.blend(importance)
    return Search(loss=predictors.loss(weights), importance=importance, weights=weights)


def _shares(logs: Floats) -> Floats:
    part = np.exp(logs - logs.max())
    return np.asarray(part / part.sum())
