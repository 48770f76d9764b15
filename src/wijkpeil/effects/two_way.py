"""One regression with an effect of each area and each year, as older studies did: kept to show where it goes wrong."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.refusal import RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.cohorts import Cohorts, weighed
from wijkpeil.effects.design import Comparing, Estimated
from wijkpeil.effects.group_times import without_estimate
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel


def two_way() -> Comparing:
    """Make the two-way fixed-effects regression: the naive design, an alternative beside a better one and no more.

    With one start it equals difference-in-differences. With several it also compares those who start with those who
    were treated already, and subtracts the growth of the effect on the latter: weights can be negative, and an effect
    that is positive everywhere can come out negative.

    With a ``lag`` the periods from the start until the lag get a coefficient of their own. The path is the regression
    on one indicator for each time since the start, with the period before the start as zero; it needs areas that are
    never treated and leaves out those that were treated from the first period on.

    Source: Goodman-Bacon (2021), J. Econometrics 225, 254-277; de Chaisemartin, D'Haultfoeuille (2020), Am. Econ. Rev.
    110, 2964-2996; Sun, Abraham (2021), J. Econometrics 225, 175-199 (the path). ``estimate`` raises ``RefusedError``
    where the coefficient is not identified.
    """
    return Comparing(estimate=_estimate, effects=_effects, paths=_paths, is_linear=True)


@dataclass(frozen=True, kw_only=True)
class ClusteredEffect:
    """The coefficient of the regression and its standard error clustered by area, as older studies print them.

    ``se_if_many_treated`` needs dozens of treated areas; with few it is far too small. Inference here is by placements.
    """

    effect: float
    se_if_many_treated: float


def as_older_studies_print_it(panel: Panel) -> ClusteredEffect:
    """Give the coefficient with a standard error clustered by area, to set beside published tables.

    The correction is that of ``plm`` in R (HC1 by group: observations over observations less one), and none for few
    clusters.
    """
    treated = (np.arange(panel.never)[None] >= panel.start[:, None]).astype(np.float64)
    own = _within(treated)
    effect = float((own * panel.outcome).sum() / (own * own).sum())
    misfit = _within(panel.outcome) - effect * own
    score = (own * misfit).sum(axis=1)
    variance = (score**2).sum() * own.size / (own.size - 1)
    return ClusteredEffect(effect=effect, se_if_many_treated=float(np.sqrt(variance) / (own * own).sum()))


def _within(values: Floats) -> Floats:
    """Take the mean of each area and of each period out."""
    return np.asarray(values - values.mean(axis=1, keepdims=True) - values.mean(axis=0) + values.mean())


def _effects(panel: Panel, starts: Ints, *, lag: int = 0) -> Floats:
    def weigh(cohorts: Cohorts) -> Floats:
        times = _times(cohorts)
        terms = [times >= lag] if lag <= 0 else [times >= lag, (times >= 0) & (times < lag)]
        return _coefficients(cohorts, np.stack(terms), cohorts.counts)[:1]

    return np.asarray(weighed(panel, starts, weigh)[:, 0])


def _paths(panel: Panel, starts: Ints) -> Floats:
    def weigh(cohorts: Cohorts) -> Floats:
        length = cohorts.periods
        counts = np.where(cohorts.starts > 0, cohorts.counts, 0.0)
        times = _times(cohorts)
        seen = np.unique(times[(times > -length) & (counts > 0)[:, None]])
        seen = seen[seen != -1]
        weights = np.full((2 * length - 1, len(counts), length), np.nan)
        weights[seen + length - 1] = _coefficients(cohorts, times[None] == seen[:, None, None], counts)
        if len(seen):
            weights[length - 2] = 0.0
        return weights

    return weighed(panel, starts, weigh)


def _times(cohorts: Cohorts) -> Ints:
    """``(h, t)``: the time since the start; ``-t`` for those never treated, which is no time of any other."""
    times = np.arange(cohorts.periods)[None] - cohorts.starts[:, None]
    return np.where((cohorts.starts < cohorts.periods)[:, None], times, -cohorts.periods)


def _coefficients(cohorts: Cohorts, terms: Bools, counts: Floats) -> Floats:
    """Give ``(m, h, t)`` weights of the coefficients of ``m`` terms ``(m, h, t)`` on the sums of the cohorts."""
    part = counts / max(float(counts.sum()), 1.0)
    values = terms.astype(np.float64)
    values = values - values.mean(axis=2, keepdims=True)
    own = (values - np.einsum("h,mht->mt", part, values)[:, None]) * (counts > 0)[:, None]
    gram = np.einsum("mht,h,kht->mk", own, counts, own)
    if np.linalg.matrix_rank(gram, tol=1e-9 * max(float(counts.sum()), 1.0), hermitian=True) < len(terms):
        return np.full(own.shape, np.nan)
    return np.asarray(np.tensordot(np.linalg.inv(gram), own, axes=1))


def _estimate(panel: Panel, *, lag: int = 0) -> Estimated:
    effect = float(_effects(panel, panel.start[None], lag=lag)[0])
    if not np.isfinite(effect):
        raise RefusedError(without_estimate(panel, Design.TWO_WAY, lag=lag))
    return Estimated(effect=effect, path=_paths(panel, panel.start[None])[0])
