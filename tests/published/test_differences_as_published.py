"""Margins of differences are those of Newcombe (1998), false discoveries those of Benjamini and Hochberg (1995)."""

import numpy as np
import pytest

from wijkpeil.analysis.family import adjusted
from wijkpeil.analysis.intervals import mover, wilson


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_margin_of_a_difference_is_that_of_newcombe_method_10(left, right, low, high):
    shares = [(np.array([cases / base]), np.array([float(base)])) for cases, base in (left, right)]
    (one, one_base), (other, other_base) = shares
    found = mover(one, wilson(one, one_base), other, wilson(other, other_base))
    assert [end[0] for end in found] == pytest.approx([low, high], abs=5e-5)


def test_four_hypotheses_of_benjamini_and_hochberg_1995_are_rejected():
    file = "0.0001 0.0004 0.0019 0.0095 0.0201 0.0278 0.0298 0.0344 0.0459 0.3240 0.4262 0.5719 0.6528 0.7590 1.0000"
    p = np.array([float(one) for one in file.split()])
    assert (adjusted(p, np.zeros(len(p), dtype=np.int64)) <= 0.05).sum() == 4
