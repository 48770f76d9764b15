"""How restless each area was before anything began, so that a quiet area is not judged by the noise of a small one."""

import numpy as np
from scipy import special

from wijkpeil.effects.panel import Floats, Ints, Panel

_STILL = 0.01
"""No variance counts for less than this part of the median one: who stood still for a while is not without chance."""

_FEWEST = 5
"""So many areas are needed to tell how noise differs between areas."""


def noise(panel: Panel) -> Floats:
    """Estimate the variance of each area's own ups and downs, from the periods before the first start only.

    Areas of 300 and of 30,000 people are not exchangeable: the small one moves more by chance alone, so that a small
    treated area looks like an effect too often, and a large one never does. Dividing by noise mends that, but a
    variance from a handful of years is itself mostly chance. Each is therefore drawn to the common one, by as much as
    the spread of the estimates allows: where areas are equally restless all become equal and nothing is lost, where
    they differ each keeps its own. A placement test is exact with any statistic when starts fell by chance; this one
    also keeps its size when it was the small areas that were chosen.

    Returns ``(n,)``, above 0, in squared units of the outcome; ones where there is too little to go by (fewer than
    two periods before, fewer than five areas, or a median of 0).

    Source: Smyth (2004), Stat. Appl. Genet. Mol. Biol. 3(1), article 3 (moderated variances by the moments of their
    logarithms); Chung, Romano (2013), Ann. Stat. 41, 484-507 (why a permuted statistic is divided by its error);
    Ferman, Pinto (2019), Rev. Econ. Stat. 101, 452-467 (few treated groups of different size).
    """
    before = int(panel.start.min())
    if before < 2 or len(panel.areas) < _FEWEST:
        return np.ones(len(panel.areas))
    residual, is_alone = _residual(panel.outcome[:, :before], panel.stratum)
    raw = (residual**2).sum(axis=1) / (before - 1)
    known = raw[~is_alone]
    if len(known) < _FEWEST or np.median(known) <= np.finfo(np.float64).tiny:
        return np.ones(len(panel.areas))
    floored = np.maximum(raw, _STILL * np.median(known))
    degrees = _degrees(residual[~is_alone], raw[~is_alone])
    prior, weight = _prior(floored[~is_alone], degrees)
    moderated = prior + (floored - prior) * weight
    return np.where(is_alone, prior, moderated)


def scales(variance: Floats, starts: Ints, never: int) -> Floats:
    """Give the size of chance (a standard deviation) in a difference of means under each of ``(draws, n)`` starts.

    Treated areas count by ``1 / k`` each and the others by ``1 / (n - k)``, as in Welch's test.
    """
    treated = (starts < never).astype(np.float64)
    count = treated.sum(axis=1)
    others = np.maximum(treated.shape[1] - count, 1)
    inside = treated @ variance
    return np.asarray(np.sqrt(inside / count**2 + (variance.sum() - inside) / others**2))


def _residual(outcome: Floats, stratum: Ints) -> tuple[Floats, np.ndarray]:
    """Take the mean of each period in the stratum away, and that of each area; tell who is alone in a stratum."""
    _, place, count = np.unique(stratum, return_inverse=True, return_counts=True)
    mean = np.zeros((len(count), outcome.shape[1]))
    np.add.at(mean, place, outcome)
    residual = outcome - (mean / count[:, None])[place]
    own = count[place]
    freed = np.sqrt(own / np.maximum(own - 1, 1))
    return (residual - residual.mean(axis=1, keepdims=True)) * freed[:, None], own == 1


def _degrees(residual: Floats, raw: Floats) -> float:
    """Count the degrees of freedom of one area's variance, fewer where years resemble each other (Satterthwaite)."""
    moves = raw > 0
    standard = residual[moves] / np.sqrt(raw[moves])[:, None]
    covariance = standard.T @ standard / len(standard)
    trace, square = float(np.trace(covariance)), float((covariance**2).sum())
    free = residual.shape[1] - 1
    by_chance = trace**2 / len(standard)
    return float(np.clip(trace**2 / max(square - by_chance, trace**2 / free), 1.0, free))


def _prior(variance: Floats, degrees: float) -> tuple[float, float]:
    """Give the common variance, and the part (0-1) of its own deviation from it that each area keeps."""
    half = degrees / 2
    logs = np.log(variance) - special.digamma(half) + np.log(half)
    spread = float(logs.var(ddof=1) - special.polygamma(1, half))
    if spread <= 0:
        return float(np.exp(logs.mean())), 0.0
    own = _trigamma_inverse(spread)
    prior = float(np.exp(logs.mean() + special.digamma(own) - np.log(own)))
    return prior, degrees / (degrees + 2 * own)


def _trigamma_inverse(value: float) -> float:
    """Solve trigamma(x) = value by Newton's method, which rises to the root from below."""
    x = 0.5 + 1 / value
    for _ in range(50):
        trigamma = float(special.polygamma(1, x))
        step = trigamma * (1 - trigamma / value) / float(special.polygamma(2, x))
        x += step
        if abs(step) < 1e-8 * x:
            break
    return x
