"""Panels in which areas start in different years, for tests of the designs that compare over time."""

import numpy as np
from hypothesis import strategies as st

from wijkpeil.effects.panel import panel


@st.composite
def panels(draw, *, periods=7, areas=14):
    """Draw noise with a few cohorts of at least one period before, and two or more areas never treated."""
    seed = draw(st.integers(0, 10_000))
    starts = draw(st.lists(st.integers(2, periods), min_size=areas - 3, max_size=areas - 3))
    rng = np.random.default_rng(seed)
    return panel(rng.normal(size=(areas, periods)), [3, *starts, periods, periods])


def planted(effect, *, starts, periods=10, seed=1):
    """Give areas and periods of their own level, and ``effect(start, time)`` on the treated, without any noise."""
    rng = np.random.default_rng(seed)
    starts = np.asarray(starts)
    outcome = rng.normal(size=(len(starts), 1)) + rng.normal(size=periods)
    times = np.arange(periods)[None] - starts[:, None]
    return panel(outcome + np.where(times >= 0, effect(starts[:, None], times), 0.0), starts)


def shuffled(data, draws=25, seed=3):
    """Place the starts elsewhere, in some draws with fewer of one of them."""
    rng = np.random.default_rng(seed)
    starts = np.stack([rng.permutation(data.start) for _ in range(draws)])
    starts[::3, 0] = data.never
    return starts


def regressed(columns, values):
    """Regress on columns by brute force; ``columns`` is ``(k, n)``."""
    return np.linalg.lstsq(np.asarray(columns, dtype=float).T, values, rcond=None)[0]


def dummies(data):
    """Give an indicator ``(n + t, n * t)`` of every area and of every period."""
    count, length = data.outcome.shape
    own = [np.repeat(np.arange(count) == area, length) for area in range(count)]
    return own + [np.tile(np.arange(length) == period, count) for period in range(length)]
