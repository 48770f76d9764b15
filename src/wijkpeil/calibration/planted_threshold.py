"""Thresholds whose truth is known: clean, or with areas that were carried across for what else they had."""

import numpy as np

from wijkpeil.effects.discontinuity import Scored, scored

EFFECT = 0.04
"""The planted effect: four percentage points."""

_PUSHED = 0.35
"""Manipulated: areas this close below the threshold may be carried over it (in standard deviations of the score)."""


def simulate_discontinuity(
    seed: int, *, manipulated: bool = False, areas: int = 1_000, effect: float = EFFECT
) -> Scored:
    """Plant a score, two covariates and a share as outcome, with ``effect`` from the threshold on.

    The score is a standard normal one with the threshold at 0.5; the outcome bends with it, and so do the covariates
    ``migration`` and ``rent``, which also move the outcome. ``manipulated`` gives most areas with much migration that
    are just below the threshold a score just above it: they crowd there, and migration jumps.
    """
    rng = np.random.default_rng(seed)
    score = rng.standard_normal(areas)
    migration = np.clip(0.2 + 0.06 * score + 0.02 * score**2 + rng.normal(0, 0.06, areas), 0, 1)
    rent = np.clip(0.5 + 0.1 * np.tanh(score) + rng.normal(0, 0.08, areas), 0, 1)
    threshold = 0.5
    if manipulated:
        below = (score < threshold) & (score > threshold - _PUSHED)
        pushed = below & (migration > np.median(migration[below]))
        score = np.where(pushed, 2 * threshold - score, score)
    outcome = 0.6 - 0.08 * np.sin(score) - 0.2 * migration + 0.1 * rent + rng.normal(0, 0.04, areas)
    return scored(
        score,
        outcome + effect * (score >= threshold),
        threshold=threshold,
        covariates=np.column_stack([migration, rent]),
        names=("migration", "rent"),
    )
