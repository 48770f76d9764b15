"""Where single answers are known, small areas borrow from each other answer by answer instead of figure by figure."""

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from wijkpeil.analysis.tree import Floats, Ints

_WIDEST = 12.0
"""Ratios of the variances are sought between e^-12 and e^12."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Answers:
    """Answers of people (or segments of land): ``value``, the ``design`` row of each, and its ``area`` (0, 1, ...)."""

    value: Floats
    design: Floats
    area: Ints

    @property
    def count(self) -> Floats:
        """The number of answers of each area."""
        return np.bincount(self.area).astype(np.float64)

    def mean_by_area(self) -> tuple[Floats, Floats]:
        """Give the mean answer and the mean design row of each area; every area has an answer."""
        value = np.bincount(self.area, self.value) / self.count
        design = np.stack([np.bincount(self.area, column) / self.count for column in self.design.T], axis=1)
        return value, design


@dataclass(frozen=True, kw_only=True, eq=False)
class NestedError:
    """The fitted model: ``answer = design @ coefficients + area effect + own error``."""

    coefficients: Floats
    between_areas: float
    within_areas: float


def fit_answers(answers: Answers) -> NestedError:
    """Fit the nested-error model by restricted maximum likelihood, over the ratio of the two variances alone.

    Given that ratio all else has a closed form in sums by area, so that a million answers cost no more than their
    sums. Source: Battese, Harter, Fuller (1988), JASA 83, 28-36; Rao, Molina (2015), 7.1.

    >>> answers = Answers(
    ...     value=np.array([5.0, 6.0, 5.5, 9.0, 8.0, 8.5, 2.0, 3.0, 2.5]), design=np.ones((9, 1)),
    ...     area=np.repeat([0, 1, 2], 3),
    ... )
    >>> model = fit_answers(answers)
    >>> float(round(model.coefficients[0], 2)), round(model.between_areas, 2), round(model.within_areas, 2)
    (5.5, 8.92, 0.25)
    """
    found = optimize.minimize_scalar(
        lambda log: _solved(answers, float(np.exp(log)))[0], bounds=(-_WIDEST, _WIDEST), method="bounded"
    )
    ratio = float(np.exp(found.x))
    _, coefficients, within = _solved(answers, ratio)
    return NestedError(coefficients=coefficients, between_areas=ratio * within, within_areas=within)


def levels_of_areas(model: NestedError, answers: Answers, *, design_of_area: Floats, size: Floats) -> Floats:
    """Give the level (EBLUP) of every area, from the mean design of *all* its people and from those who answered.

    ``size`` counts all people of an area: those who answered need no estimate.
    """
    value, design = answers.mean_by_area()
    ratio = model.between_areas / model.within_areas
    effect = answers.count * ratio / (1 + answers.count * ratio) * (value - design @ model.coefficients)
    answered = answers.count / size
    expected = (design_of_area - answered[:, None] * design) @ model.coefficients
    level: Floats = answered * value + expected + (1 - answered) * effect
    return level


def _solved(answers: Answers, ratio: float) -> tuple[float, Floats, float]:
    """Give minus the restricted log likelihood, the coefficients and the own variance for a ratio of variances."""
    value, design = answers.mean_by_area()
    taken = answers.count**2 * ratio / (1 + answers.count * ratio)
    information = answers.design.T @ answers.design - (design * taken[:, None]).T @ design
    right = answers.design.T @ answers.value - design.T @ (taken * value)
    coefficients = np.linalg.solve(information, right)
    residual, of_area = answers.value - answers.design @ coefficients, value - design @ coefficients
    squares = float(residual @ residual - taken @ of_area**2)
    freedom = len(answers.value) - answers.design.shape[1]
    within = squares / freedom
    cost = np.log1p(answers.count * ratio).sum() + np.linalg.slogdet(information)[1] + freedom * np.log(within)
    return float(cost / 2), np.asarray(coefficients, dtype=np.float64), within
