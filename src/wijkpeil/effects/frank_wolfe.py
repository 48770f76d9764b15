"""Area weights as they were published: an approximation in steps that stops early, kept to compare figures with."""

import numpy as np

from wijkpeil.effects.panel import Bools, Floats

FIRST, AT_MOST = 100, 10_000
SPARSE = 0.25
NEAR = 1e-5


def frank_wolfe(donors: Floats, targets: Floats, allowed: Bools, ridge: Floats) -> Floats:
    """Approximate the weights of ``simplex.closest_many`` by the steps with which published figures were made.

    Every step moves towards the one donor that helps most, as far as is best. After a hundred steps weights up to a
    quarter of the largest are set to zero, and up to ten thousand steps go on from there; it stops where a step gains
    less than ``NEAR`` of the noise, squared. Ten thousand are not enough for California: the loss is then not the
    smallest, and the effect differs in the fourth figure (in the third for synthetic control). So this is for the
    comparison with published figures, and for nothing else: the effect lies where the search happened to end.

    Shapes as in ``closest_many``. Source: Arkhangelsky et al. (2021), appendix and replication; Frank, Wolfe (1956).
    """
    weights = np.zeros(allowed.shape)
    for row, (target, mine, own) in enumerate(zip(targets, allowed, ridge, strict=True)):
        points = donors[mine]
        stop = (NEAR**2) * float(np.diff(points, axis=1).var(ddof=1)) if points.shape[1] > 1 else 0.0
        first = _steps(points, target, float(own), np.full(len(points), 1 / len(points)), FIRST, stop)
        sparse = np.where(first <= SPARSE * first.max(), 0.0, first)
        weights[row, mine] = _steps(points, target, float(own), sparse / sparse.sum(), AT_MOST, stop)
    return weights


def _steps(points: Floats, target: Floats, ridge: float, weight: Floats, most: int, stop: float) -> Floats:
    reached, before = weight @ points, np.inf
    for number in range(most):
        slope = points @ (reached - target) + ridge * weight
        best = int(np.argmin(slope))
        move = -weight
        move[best] += 1
        ahead = points[best] - reached
        bend = float(ahead @ ahead + ridge * (move @ move))
        part = float(np.clip(-(slope @ move) / bend, 0, 1)) if bend > 0 else 0.0
        weight, reached = weight + part * move, reached + part * ahead
        loss = float(ridge * (weight @ weight) + ((reached - target) ** 2).sum()) / len(target)
        if number > 0 and before - loss <= stop:
            break
        before = loss
    return weight
