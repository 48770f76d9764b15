"""The path of an effect as a vector of coefficients with their covariance, measured from the year before the start."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.effects.panel import Floats, Ints

_DRAWS_PER_COEFFICIENT = 5
"""With fewer placements than this for each coefficient their covariance is mostly chance."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Coefficients:
    """An event study: ``before`` coefficients of before the start, the others of after it, in the order of time.

    The last period before the start is the reference: it is 0 by definition and not among them. ``beta`` is ``(b +
    a,)`` in the units of the outcome, ``sigma`` ``(b + a, b + a)``. ``weights`` is ``(a,)``: the effect that is asked
    for is ``weights'`` the coefficients after the start.
    """

    beta: Floats
    sigma: Floats
    before: int
    weights: Floats

    @property
    def after(self) -> int:
        """The number of periods after the start."""
        return len(self.beta) - self.before

    @property
    def effect(self) -> float:
        """The effect that is asked for, were the lines exactly parallel."""
        return float(self.weights @ self.beta[self.before :])

    @property
    def se(self) -> float:
        """The standard error of ``effect``."""
        return float(np.sqrt(self.weights @ self.sigma[self.before :, self.before :] @ self.weights))


def coefficients(beta: Floats, sigma: Floats, *, before: int, weights: Floats | None = None) -> Coefficients:
    """Take an event study as it is; without ``weights`` the mean over the periods after the start is asked for.

    Raises ``RefusedError`` (``TOO_FEW_PERIODS``) without a coefficient on each side, and ``ValueError`` where the
    shapes differ or ``sigma`` is no covariance.
    """
    after = len(beta) - before
    if before < 1 or after < 1:
        facts: dict[str, str | int | float] = {"before": before + 1, "needed": 2}
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_PERIODS, facts=facts))
    asked = np.full(after, 1 / after) if weights is None else np.asarray(weights, dtype=np.float64)
    if sigma.shape != (len(beta), len(beta)) or asked.shape != (after,):
        raise ValueError("there is one coefficient and one row of covariances for each period, and a weight after it")
    if not np.allclose(sigma, sigma.T) or np.linalg.eigvalsh(sigma).min() < -1e-8 * np.trace(sigma):
        raise ValueError("a covariance is symmetric and has no negative variances")
    return Coefficients(
        beta=np.asarray(beta, dtype=np.float64), sigma=(sigma + sigma.T) / 2, before=before, weights=asked
    )


def sigma_from_placements(paths: Floats) -> Floats:
    """Give the covariance of a path from the paths of placements, ``(draws, coefficients)``, where there is no effect.

    With few treated areas no formula gives it, but chance shows it: what the same design finds where nothing was done.
    It is taken around 0, which is what a placement would find without chance. Raises ``RefusedError``
    (``TOO_FEW_AREAS``) with fewer than five placements for each coefficient.
    """
    known = paths[np.isfinite(paths).all(axis=1)]
    needed = _DRAWS_PER_COEFFICIENT * paths.shape[1]
    if len(known) < needed:
        facts: dict[str, str | int | float] = {"placements": len(known), "needed": needed}
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts))
    return np.asarray(known.T @ known / len(known))


def coefficients_from_placements(path: Floats, paths: Floats, times: Ints, *, lag: int = 0) -> Coefficients:
    """Take a path and those of its placements, ``(2t - 1,)`` and ``(draws, 2t - 1)`` by ``times``, as an event study.

    Whatever a design measures from, here it is measured from the last period before the start. Only the unbroken run
    of periods around it counts, and the effect that is asked for is the mean from ``lag`` on. To let each placement
    count by the noise of its own areas, divide ``paths`` by its scale and multiply by that of the treated beforehand.
    """
    there = np.isfinite(path) & (np.isfinite(paths).mean(axis=0) > 0.5)
    run = _run(there, int(np.flatnonzero(times == -1)[0]))
    used = run[times[run] != -1]
    base = times == -1
    beta = path[used] - path[base]
    asked = (times[used][times[used] >= 0] >= lag).astype(np.float64)
    before = int((times[used] < 0).sum())
    if not asked.any():
        facts: dict[str, str | int | float] = {"after": len(asked), "lag": lag}
        raise RefusedError(Refusal(reason=RefusalReason.NO_PERIOD_AFTER, facts=facts))
    sigma = sigma_from_placements(paths[:, used] - paths[:, base])
    return coefficients(beta, sigma, before=before, weights=asked / asked.sum())


def _run(there: np.ndarray, middle: int) -> Ints:
    """Give the places of the unbroken run of what is known around the middle; none where that itself is not known."""
    if not there[middle]:
        return np.empty(0, dtype=np.int64)
    missing = np.flatnonzero(~there)
    first = int(missing[missing < middle].max(initial=-1)) + 1
    last = int(missing[missing > middle].min(initial=len(there)))
    return np.arange(first, last)
