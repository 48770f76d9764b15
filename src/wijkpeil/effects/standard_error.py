"""The standard error of a synthetic design as others report it, and the refusal where there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

import numpy as np

from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.assignment import placements
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.panel import Floats, Panel
from wijkpeil.effects.synthetic import refuse
from wijkpeil.effects.synthetic_differences import DIFFERENCES

FEWEST = 2
"""So many treated areas a resample needs; below, it tells nothing of how treated areas differ."""


class Variance(StrEnum):
    """How the spread of an estimate is made: by placebos, by leaving areas out, or by drawing areas again."""

    PLACEBO = "placebo"
    JACKKNIFE = "jackknife"
    BOOTSTRAP = "bootstrap"


def standard_error(
    panel: Panel, comparing: Comparing = DIFFERENCES, *, by: Variance, lag: int = 0, draws: int = 200, seed: int = 1
) -> float:
    """Give the standard error of a synthetic design, to set beside one that was published.

    What this laboratory concludes rests on ``placements``, not on this. Bootstrap and jackknife do not exist with one
    treated area: leaving it out leaves nothing, and drawing it again gives the same area each time, so that whoever
    computes them regardless sees only how the donors differ (for California 2.4, where placebos give 9 to 10).
    Placebos are the same design on comparison areas; all of them where there are at most ``draws``.

    In the units of the outcome, at least 0. Raises ``RefusedError`` ``TOO_FEW_TREATED`` where fewer than two areas
    start together, and as ``refuse`` does. Source: Arkhangelsky et al. (2021), algorithms 2 to 4 (here weights are
    fitted again whenever an area is left out).
    """
    refuse(panel, Design.SYNTHETIC_DIFFERENCES, lag=lag)
    if by is Variance.PLACEBO:
        placed = placements(panel, draws=draws, seed=seed, among="comparison")
        found = comparing.effects(placed.panel, placed.starts, lag=lag)
        return _spread(found)
    smallest = min(int((panel.start == start).sum()) for start in panel.cohorts)
    if smallest < FEWEST:
        raise RefusedError(
            Refusal(
                reason=RefusalReason.TOO_FEW_TREATED,
                facts={"treated": smallest, "needed": FEWEST, "method": by.value},
                design=Design.SYNTHETIC_DIFFERENCES,
            )
        )
    if by is Variance.JACKKNIFE:
        count = len(panel.areas)
        without = (panel.without([place]) for place in range(count))
        return _spread(_each(comparing, without, lag)) * float(np.sqrt(count - 1))
    return _spread(_each(comparing, _drawn(panel, draws, seed), lag))


def _each(comparing: Comparing, panels: Iterable[Panel], lag: int) -> Floats:
    return np.array([comparing.effects(one, one.start[None], lag=lag)[0] for one in panels])


def _spread(found: Floats) -> float:
    return float(np.std(found[np.isfinite(found)]))


def _drawn(panel: Panel, draws: int, seed: int) -> Iterator[Panel]:
    """Draw areas with replacement, again where none of them is treated or all are."""
    rng = np.random.default_rng(seed)
    left = draws
    while left:
        chosen = np.sort(rng.integers(0, len(panel.areas), len(panel.areas)))
        one = replace(
            panel,
            outcome=panel.outcome[chosen],
            start=panel.start[chosen],
            areas=tuple(panel.areas[place] for place in chosen),
            stratum=panel.stratum[chosen],
            city=panel.city[chosen],
            covariates=panel.covariates[chosen],
        )
        if 0 < one.is_treated.sum() < len(one.areas) - 1:
            left -= 1
            yield one
