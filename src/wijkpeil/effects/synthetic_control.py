"""Synthetic control: a blend of comparison areas that moved as the treated area did before the start."""

import numpy as np

from wijkpeil.domain.study import Design
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.panel import Panel
from wijkpeil.effects.simplex import closest_many
from wijkpeil.effects.synthetic import AreaWeights, Cohort, Fit, Fitted, synthetic


def synthetic_control(fit_areas: AreaWeights = closest_many, *, pooled: bool = False) -> Comparing:
    """Make the design; every treated area has a control of its own, or ``pooled`` one for all that start together.

    Weights are at least zero and sum to one, so that the counterfactual lies among what was really seen somewhere and
    nothing is extrapolated; they are those that come closest to the outcomes before the start. Where several do so
    equally well (many donors, few periods) the most even ones are taken.

    The weights are those of the true optimum. A figure that was published may rest on an approximation
    (``frank_wolfe``, which may be given instead): for California -19.62 where the optimum gives -19.51.

    Source: Abadie, Diamond, Hainmueller (2010), JASA 105, 493-505; Doudchenko, Imbens (2016), NBER 22791 (on outcomes
    alone); Ben-Michael, Feller, Rothstein (2022), JRSS B 84, 351-381 (several treated, separate or pooled).
    """
    return synthetic(Design.SYNTHETIC_CONTROL, fit_control(fit_areas), pooled=pooled)


def fit_control(fit_areas: AreaWeights = closest_many) -> Fit:
    """Make the fit on all outcomes before the start; the gap is what the blend does not follow."""

    def fit(panel: Panel, cohort: Cohort) -> Fitted:
        before = slice(0, cohort.start)
        target = cohort.target[:, before]
        weights = fit_areas(panel.outcome[:, before], target, cohort.donors, np.zeros(len(target)))
        return Fitted(weights=weights, gap=cohort.target - weights @ panel.outcome)

    return fit


CONTROL = synthetic_control()
"""Synthetic control with a control for every treated area."""
