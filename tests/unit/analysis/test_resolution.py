"""The step on which a publisher rounds is read off the figures, and not seen where there is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.analysis.resolution import step_of


@given(st.sampled_from([1000.0, 1.0, 0.1, 0.01, 0.001]), st.integers(40, 3000), st.integers(0, 1000))
def test_the_step_of_rounded_figures_is_found(step, number, seed):
    units = np.random.default_rng(seed).permutation(np.arange(number) + 7)
    assert step_of(units * step) == pytest.approx(step)


@given(st.integers(0, 1000))
def test_shares_of_counted_people_have_no_step_that_matters(seed):
    chance = np.random.default_rng(seed)
    base = chance.integers(300, 9000, 500)
    assert step_of(chance.integers(0, base) / base) <= 1e-4


def test_a_few_figures_beside_the_step_do_not_hide_it():
    figures = np.round(np.linspace(0.05, 0.9, 200), 2)
    figures[::15] += 0.00371
    assert step_of(figures) == pytest.approx(0.01)


@pytest.mark.parametrize(
    "figures",
    [
        np.array([]),
        np.full(50, np.nan),
        np.zeros(50),
        np.ones(50),
        np.full(50, 0.3),
        np.array([0.1, 0.2, 0.3, 0.4, 0.5]),
        np.linspace(0.1, 0.9, 51) ** 2.1,
    ],
)
def test_figures_that_show_no_step_have_none(figures):
    assert step_of(figures) == 0
