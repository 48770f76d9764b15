"""The plainest design there is, for tests: the means of those treated less the means of others."""

import numpy as np

from wijkpeil.effects.design import Comparing, Estimated
from wijkpeil.effects.panel import panel


def plain_paths(data, starts):
    """Set the treated of each start beside those never treated, from the last period before that start."""
    times, never = data.event_times, data.never
    sums, counts = np.zeros((len(starts), len(times))), np.zeros((len(starts), len(times)))
    others = (starts == never).astype(float)
    rest = others @ data.outcome / others.sum(axis=1, keepdims=True)
    for start in np.unique(starts[starts < never]):
        treated = (starts == start).astype(float)
        gap = treated @ data.outcome - treated.sum(axis=1, keepdims=True) * rest
        columns = np.arange(never) - start + never - 1
        sums[:, columns] += gap - gap[:, :start].mean(axis=1, keepdims=True)
        counts[:, columns] += treated.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(counts > 0, sums / counts, np.nan)


def plain_effects(data, starts, *, lag=0):
    """Average the paths from ``lag`` on by how many are treated so long."""
    path, times = plain_paths(data, starts), data.event_times
    reached = np.stack(
        [((starts + time >= 0) & (starts + time < data.never) & (starts < data.never)).sum(1) for time in times], 1
    )
    weight = np.where(times[None] >= lag, reached, 0)
    return (np.nan_to_num(path) * weight).sum(axis=1) / weight.sum(axis=1)


def plain_estimate(data, *, lag=0):
    """Estimate under the panel's own starts."""
    return Estimated(
        effect=float(plain_effects(data, data.start[None], lag=lag)[0]), path=plain_paths(data, data.start[None])[0]
    )


PLAIN = Comparing(estimate=plain_estimate, effects=plain_effects, paths=plain_paths, is_linear=True)
BY_COMPARISON = Comparing(estimate=plain_estimate, effects=plain_effects, paths=plain_paths, is_linear=False)
"""The same as if it were not linear, so that only comparison areas are placebos."""


def restless(seed, treated=1, *, areas=60, periods=12, start=8, effect=0.0, spread=0.0, **further):
    """Draw a panel as in recipe D5: areas of their own level, a common trend, and noise that lasts.

    ``spread`` is how far areas differ in noise (of the logarithm); the treated are then the most restless.
    """
    rng = np.random.default_rng(seed)
    level = rng.normal(0, 1, (areas, 1))
    shocks = rng.normal(0, 0.8, (areas, periods))
    noise = np.empty((areas, periods))
    noise[:, 0] = shocks[:, 0] / np.sqrt(1 - 0.36)
    for year in range(1, periods):
        noise[:, year] = 0.6 * noise[:, year - 1] + shocks[:, year]
    size = np.exp(np.sort(rng.normal(0, 1, areas))[::-1] * spread)[:, None]
    outcome = level + 0.03 * np.arange(periods) + noise * size
    starts = np.full(areas, periods)
    starts[:treated] = start
    outcome[:treated, start:] += effect
    return panel(outcome, starts, **further)
