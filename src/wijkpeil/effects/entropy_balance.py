"""Weights that make the comparison resemble the treated exactly, and stay as close to equal as that allows."""

import numpy as np

from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.panel import Floats

BALANCED = 1e-8
"""Means are equal when they differ by less than this part of a standard deviation."""

_STEPS, _HALVINGS = 200, 40
_WORTH = 1e-4
"""The part of the promised decrease that a step has to bring."""

_DAMPING = 0.01
"""So much of the imbalance is added to the curvature, which vanishes where one area has all the weight."""

_DUST = 1e-13


def entropy_weights(known: Floats, target: Floats) -> Floats:
    """Weigh areas so that the mean of everything known equals that of the treated.

    Among all weights that do so these are closest to equal ones (in entropy), so that no area counts for more than
    balance asks. They are ``exp(known @ l)``, made to sum to 1; ``l`` is where a convex function in as many numbers as
    there are columns is smallest, found by Newton's method with halved steps.

    ``known`` is ``(n, k)``, ``target`` ``(k,)``. Returns ``(n,)``, each above 0. Raises ``RefusedError`` (``POOR_FIT``)
    where no weights balance: the treated lie outside what mixtures of these areas can be. Then nothing is returned that
    almost balances, for nobody could tell how it differs.

    Source: Hainmueller (2012), Polit. Anal. 20, 25-46; Zhao, Percival (2017), J. Causal Inference 5 (that an effect is
    right when either the outcome is linear in what is known or the treatment logistic in it).
    """
    spread = known.std(axis=0)
    differs = spread > 1e-12 * np.maximum(np.abs(known).max(axis=0, initial=0), 1e-300)
    still = ~differs & (np.abs(known.mean(axis=0) - target) > 1e-9 * np.maximum(np.abs(target), 1e-300))
    if still.any() or len(known) == 0:
        raise _cannot_balance(len(known), known.shape[1])
    points = (known[:, differs] - target[differs]) / spread[differs]
    price = np.zeros(points.shape[1])
    value, weight = _dual(points, price)
    for _ in range(_STEPS):
        slope = weight @ points
        if np.abs(slope).max(initial=0) < BALANCED:
            return weight
        curve = (points * weight[:, None]).T @ points - np.outer(slope, slope)
        damping = _DAMPING * float(np.abs(slope).max()) * np.eye(len(slope))
        step = -np.linalg.lstsq(curve + damping, slope, rcond=1e-13)[0]
        part, promised = 1.0, float(slope @ step)
        for _ in range(_HALVINGS):
            tried, mixed = _dual(points, price + part * step)
            if tried <= value + _WORTH * part * promised + _DUST * max(1.0, abs(value)):
                break
            part /= 2
        else:
            break
        price, value, weight = price + part * step, tried, mixed
    raise _cannot_balance(len(known), known.shape[1])


def _dual(points: Floats, price: Floats) -> tuple[float, Floats]:
    """Give the logarithm of the sum of ``exp(points @ price)``, and each one's part of it."""
    score = points @ price
    most = float(score.max())
    raised = np.exp(score - most)
    total = float(raised.sum())
    return most + float(np.log(total)), raised / total


def _cannot_balance(areas: int, columns: int) -> RefusedError:
    facts: dict[str, Fact] = {"areas": areas, "balanced_on": columns}
    weaker = (Design.DIFFERENCES, Design.BEFORE_AFTER)
    return RefusedError(
        Refusal(reason=RefusalReason.POOR_FIT, facts=facts, design=Design.MATCHED_DIFFERENCES, weaker=weaker)
    )
