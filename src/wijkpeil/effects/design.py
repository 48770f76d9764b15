"""What every design that compares areas over time has in common, so that one layer of inference serves them all."""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from wijkpeil.effects.panel import Floats, Ints, Panel


class Effects(Protocol):
    """Estimates the mean effect on the treated under many assignments at once."""

    def __call__(self, panel: Panel, starts: Ints, *, lag: int = 0) -> Floats:
        """Give ``(draws,)`` effects for ``(draws, n)`` starts, over the event times from ``lag`` on.

        NaN where a design has no estimate under an assignment. ``starts`` takes the place of ``panel.start``.
        """


class Paths(Protocol):
    """Estimates the effect by time since the start under many assignments at once."""

    def __call__(self, panel: Panel, starts: Ints) -> Floats:
        """Give ``(draws, 2t - 1)`` effects by ``panel.event_times``; NaN where there is none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Estimated:
    """What a design found: the mean effect on the treated, its path, and what it leaned on.

    ``effect`` is in the units of the outcome. ``path`` is ``(2t - 1,)`` by ``panel.event_times``. ``weights`` is
    ``(n,)``, the part (summing to 1) that each comparison area has in the counterfactual and 0 for treated areas; empty
    where the design has none. ``period_weights`` likewise ``(t,)``. ``counterfactual`` is ``(t,)``: the mean outcome of
    the treated without treatment, or empty.
    """

    effect: float
    path: Floats
    weights: Floats = field(default_factory=lambda: np.empty(0))
    period_weights: Floats = field(default_factory=lambda: np.empty(0))
    counterfactual: Floats = field(default_factory=lambda: np.empty(0))


class Estimate(Protocol):
    """Estimates once, with everything that readers want to see of it."""

    def __call__(self, panel: Panel, *, lag: int = 0) -> Estimated:
        """Estimate under the panel's own starts."""


@dataclass(frozen=True, kw_only=True)
class Comparing:
    """A design that compares areas over time: one estimate with all its parts, and the same for many assignments.

    ``is_linear`` tells whether the effect is a linear function of the outcome for a given assignment, which makes
    the interval exact by inverting the test; where weights depend on the outcome it is not.
    """

    estimate: Estimate
    effects: Effects
    paths: Paths
    is_linear: bool
