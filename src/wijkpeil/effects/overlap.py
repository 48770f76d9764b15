"""How likely each area was to be treated, given what was known of it: odds by which others can stand in for them."""

import numpy as np

from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.panel import Bools, Floats, Panel

MOST = 0.995
"""A comparison area that was more likely than this to be treated would stand in for all others by itself."""

_ROUNDS = 30
_STEP = 4.0
_STILL = 1e-9


def terms(panel: Panel) -> Floats:
    """Give ``(n, 1 + k)``: a constant and the covariates in standard deviations.

    Raises ``RefusedError``: ``NO_COVARIATES``, or ``SINGULAR`` where one is constant or follows from the others.
    """
    known = panel.covariates
    if known.shape[1] == 0:
        raise RefusedError(Refusal(reason=RefusalReason.NO_COVARIATES, facts={}, design=Design.DIFFERENCES))
    spread = known.std(axis=0)
    size = np.abs(known).max(axis=0)
    scaled = (known - known.mean(axis=0)) / np.where(spread > 1e-12 * size, spread, np.inf)
    found = np.hstack([np.ones((len(known), 1)), scaled])
    if np.linalg.matrix_rank(found, tol=1e-8 * np.sqrt(len(found))) < found.shape[1]:
        raise RefusedError(singular(known.shape[1], len(known)))
    return found


def singular(covariates: int, compared: int) -> Refusal:
    """Say that the covariates leave no answer: they tell the same, are too many, or nobody resembles the treated."""
    facts: dict[str, str | int | float] = {"covariates": covariates, "compared": compared}
    return Refusal(reason=RefusalReason.SINGULAR, facts=facts, design=Design.DIFFERENCES)


def chances(known: Floats, treated: Bools, compared: Bools) -> Floats:
    """Fit by logistic regression how likely each area was to be among the treated: ``(draws, n)``, for many at once.

    NaN for the whole row where there is no fit (the covariates tell the two groups apart without fail) or no overlap (a
    comparison area above ``MOST``): odds would then be made up. Newton's method; each step of all draws together is two
    products of matrices.

    ``known`` is ``(n, k)`` with its constant; ``treated`` and ``compared`` are ``(draws, n)``, areas in neither do not
    count.
    """
    products = (known[:, :, None] * known[:, None, :]).reshape(len(known), -1)
    length = known.shape[1]
    many, few = compared.sum(axis=1), treated.sum(axis=1)
    slopes = np.zeros((len(treated), length))
    slopes[:, 0] = np.log(np.maximum(few, 1) / np.maximum(many, 1))
    waiting = np.flatnonzero((few > 0) & (many >= length))
    used = treated | compared
    done = np.zeros(len(treated), dtype=bool)
    for _ in range(_ROUNDS):
        if len(waiting) == 0:
            break
        chance = _chance(slopes[waiting] @ known.T)
        slope = np.where(used[waiting], treated[waiting] - chance, 0.0) @ known
        curve = np.where(used[waiting], chance * (1 - chance), 0.0) @ products
        curve = curve.reshape(-1, length, length) + 1e-12 * np.eye(length)
        step = np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
        largest = np.abs(step).max(axis=1)
        slopes[waiting] += step * np.minimum(1.0, _STEP / np.maximum(largest, _STEP))[:, None]
        done[waiting[largest < _STILL]] = True
        waiting = waiting[largest >= _STILL]
    found = _chance(slopes @ known.T)
    done &= np.where(compared, found, 0.0).max(axis=1) <= MOST
    return np.where(done[:, None], found, np.nan)


def _chance(score: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(score, -30, 30))))
