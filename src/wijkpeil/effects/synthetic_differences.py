"""Synthetic difference-in-differences: weighted areas make trends parallel, weighted years make the base."""

import numpy as np

from wijkpeil.domain.study import Design
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.panel import Bools, Floats, Panel
from wijkpeil.effects.simplex import closest_each, closest_many
from wijkpeil.effects.synthetic import AreaWeights, Cohort, Fit, Fitted, synthetic

FEW = 1e-6
"""The ridge on the weights of periods, in the noise of the comparison areas: it only keeps them unique."""


def synthetic_differences(fit_areas: AreaWeights = closest_many) -> Comparing:
    """Make the design; the areas that start together are one target, so that the effect weighs treated area-years.

    Area weights make the comparison move as the treated did, up to a constant; period weights choose the years before
    that are most like those after, among the comparison. Both are at least zero and sum to one. The effect is the
    difference in differences under both weights: what is constant of an area, or common to a year, falls out. The
    ridge on the area weights (that of the paper, from the changes of the comparison areas from year to year, in which
    a shock common to all counts as well) spreads them.

    The weights are those of the true optimum. The figures that were published rest on an approximation that stops
    early (``frank_wolfe``, which may be given instead): for California -15.604 where the optimum gives -15.605.

    Source: Arkhangelsky, Athey, Hirshberg, Imbens, Wager (2021), Am. Econ. Rev. 111, 4088-4118; by cohort as in its
    appendix and Clarke, Pailanir, Athey, Imbens (2024), Stata Journal 24, 557-598.
    """
    return synthetic(Design.SYNTHETIC_DIFFERENCES, fit_differences(fit_areas), pooled=True)


def fit_differences(fit_areas: AreaWeights = closest_many) -> Fit:
    """Make the fit of area weights and period weights; the gap is zero on the weighted periods before the start."""

    def fit(panel: Panel, cohort: Cohort) -> Fitted:
        before = panel.outcome[:, : cohort.start]
        target = cohort.target[:, : cohort.start]
        noise = noise_of(before, cohort.donors)
        weights = fit_areas(moves(before), moves(target), cohort.donors, ridge(panel, cohort, noise))
        periods = _periods(panel.outcome, cohort.start, cohort.donors, noise)
        gap = cohort.target - weights @ panel.outcome
        level = np.einsum("us,us->u", periods, gap[:, : cohort.start])
        return Fitted(weights=weights, periods=periods, gap=gap - level[:, None])

    return fit


def ridge(panel: Panel, cohort: Cohort, noise: Floats) -> Floats:
    """Give the ridge on the area weights, ``(u,)``: the more areas and years an effect is the mean of, the larger."""
    return np.asarray(cohort.start * np.sqrt(cohort.size * (panel.never - cohort.start)) * noise)


def moves(outcome: Floats) -> Floats:
    """Take the own mean of each row away: what is left is how it moves."""
    return np.asarray(outcome - outcome.mean(axis=1, keepdims=True))


def noise_of(before: Floats, donors: Bools) -> Floats:
    """Give the variance of the yearly changes of each row's donors, ``(u,)``."""
    change = np.diff(before, axis=1)
    change = change - change.mean()
    count = donors.sum(axis=1) * change.shape[1]
    chosen = donors.astype(np.float64)
    mean = chosen @ change.sum(axis=1) / count
    square = chosen @ (change**2).sum(axis=1)
    return np.asarray(np.maximum(square - count * mean**2, 0) / np.maximum(count - 1, 1))


def _periods(outcome: Floats, start: int, donors: Bools, noise: Floats) -> Floats:
    """Weigh the periods before the start so that they resemble the mean of those after it, among each row's donors.

    Only the products of periods matter for it, a small table, in which the donors of each row are summed.
    """
    table = np.column_stack([outcome[:, :start], outcome[:, start:].mean(axis=1)])
    table = table - table.mean(axis=0)
    chosen, width = donors.astype(np.float64), start + 1
    count = donors.sum(axis=1)
    mean = chosen @ table / count[:, None]
    products = (chosen @ (table[:, :, None] * table[:, None, :]).reshape(len(table), -1)).reshape(-1, width, width)
    products -= count[:, None, None] * mean[:, :, None] * mean[:, None, :]
    value, vector = np.linalg.eigh(products)
    roots = vector * np.sqrt(np.maximum(value, 0))[:, None, :]
    ridges = count * FEW**2 * noise
    return closest_each(roots[:, :start], roots[:, start], ridges)


DIFFERENCES = synthetic_differences()
"""Synthetic difference-in-differences with the weights of the true optimum."""
