"""The sales tax of French restaurants (Benzarti and Carloni 2019), as Rambachan and Roth (2023) took it for example."""

import numpy as np
import pytest
from diff_diff.honest_did import _compute_optimal_flci

from wijkpeil.effects.coefficients import coefficients
from wijkpeil.effects.relative_violations import relative_interval
from wijkpeil.effects.smooth_violations import smooth_interval

BETA = np.array(
    [0.006696352, 0.029345034, -0.006472972, 0.073014989, 0.195961118, 0.312063903, 0.239541546, 0.126042500]
)
UPPER = [
    [8.428358e-4, 4.768687e-4, 2.618051e-4, 2.354220e-4, 1.676371e-4, 1.128708e-4, 1.992816e-5, -1.368265e-4],
    [6.425420e-4, 3.987425e-4, 2.435515e-4, 2.201960e-4, 1.804591e-4, 3.843765e-5, -2.960422e-5],
    [5.229950e-4, 2.117686e-4, 1.840722e-4, 1.458528e-4, 7.005197e-5, 5.952995e-5],
    [3.089595e-4, 1.197866e-4, 1.334081e-4, 1.016335e-4, 1.079052e-4],
    [3.599704e-4, 2.478819e-4, 1.749579e-4, 1.654257e-4],
    [4.263950e-4, 2.171438e-4, 2.892748e-4],
    [4.886698e-4, 3.805322e-4],
    [7.617394e-4],
]
FIRST, MEAN = np.array([1.0, 0, 0, 0]), np.full(4, 0.25)


def study(weights):
    sigma = np.zeros((8, 8))
    for place, row in enumerate(UPPER):
        sigma[place, place:] = sigma[place:, place] = row
    return coefficients(BETA, sigma, before=4, weights=weights)


@pytest.mark.parametrize("weights", [FIRST, MEAN])
@pytest.mark.parametrize("bend", [0.0, 0.01, 0.05, 0.1, 0.3])
def test_the_interval_of_smooth_violations_is_that_of_diff_diff(weights, bend):
    ours, given = smooth_interval(study(weights), bend), study(weights)
    other = _compute_optimal_flci(BETA[:4], BETA[4:], given.sigma, weights, 4, 4, bend)
    assert (ours.low, ours.high) == pytest.approx(other, abs=2e-5)


@pytest.mark.parametrize(
    ("weights", "bend", "low", "high"),
    [(FIRST, 0.1, 0.11940, 0.41855), (FIRST, 0.3, -0.08060, 0.61855), (MEAN, 0.1, -0.18643, 0.98830)],
)
def test_the_interval_of_smooth_violations_is_that_of_moderndid(weights, bend, low, high):
    """moderndid 0.2.0, ``compute_flci``."""
    ours = smooth_interval(study(weights), bend)
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=2e-5)


@pytest.mark.parametrize(
    ("weights", "times", "low", "high"),
    [
        (FIRST, 0.0, 0.15976, 0.23216),
        (FIRST, 0.5, 0.11838, 0.27146),
        (FIRST, 1.0, 0.06720, 0.31919),
        (FIRST, 2.0, -0.04190, 0.42420),
        (MEAN, 0.5, 0.06862, 0.36828),
        (MEAN, 1.0, -0.06907, 0.50599),
        (MEAN, 2.0, -0.34851, 0.78544),
    ],
)
def test_the_interval_of_relative_violations_is_that_of_moderndid(weights, times, low, high):
    """moderndid 0.2.0, ``compute_conditional_cs_rm`` (C-LF) on a grid of 600.

    Its grid step is 0.0002 to 0.003, and its least favourable quantile rests on 1,000 draws (ours on 20,000), which
    moves it by 0.05 or so standard errors. It leaves out the earliest change before the start, which is not the largest
    one here.
    """
    ours = relative_interval(study(weights), times)
    assert (ours.low, ours.high) == pytest.approx((low, high), abs=2e-3)
