"""Every effect that the placements do not contradict: a test turned into an interval, exactly."""

import numpy as np

from wijkpeil.effects.panel import Floats

LEVEL = 0.05
"""What is rarer than this by chance alone is called an effect; an interval holds what is not."""

DUST = 1e-9
"""Two statistics that differ by less than this part of their size are the same one, rounded."""


def fewest_as_large(placements: int, level: float = LEVEL) -> int:
    """Give the number of placements that must be as large for an effect not to be rejected; 0 where none can be."""
    return int(np.floor(level * (1 + placements) + DUST))


def as_large(observed: float, placebos: Floats) -> int:
    """Count the statistics at least as far from zero as the observed one; a tie counts against the effect."""
    return int((np.abs(placebos) >= abs(observed) * (1 - DUST)).sum())


def interval(observed: float, own_share: float, placebos: Floats, shares: Floats) -> tuple[float | None, float | None]:
    """Bound every effect that a test by placements does not reject at 5%.

    Were the true effect ``tau``, the outcomes without it would be known, and with them every placement's statistic:
    ``placebos - tau * shares`` beside ``observed - tau * own_share``. Both are straight lines in tau, so that
    each placement is as large as the observed one on one piece of the axis (or outside one), between the two points
    where the lines meet in size. Counting these pieces gives the whole set without searching for its ends.

    ``shares`` tells how much of an effect of 1 on the treated areas turns up in each placement; areas that are in both
    give an overlap. Returns the outermost effects that are not rejected, ``None`` for an end that is open: there no
    effect, however large, is rejected. Source: Rosenbaum (2002), Observational Studies, 2.6.1.
    """
    needed = fewest_as_large(len(placebos))
    if needed == 0 or own_share == 0:
        return None, None
    begins, ends = _pieces(observed / own_share, placebos / own_share, shares / own_share)
    return _reach(begins, ends, needed), _mirrored(_reach(-ends, -begins, needed))


def _pieces(effect: float, placebos: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Give the pieces of the axis on which each placement is as large as the observed one, whose share is 1.

    ``(placebo - tau share)^2 >= (effect - tau)^2`` lies between its roots for a share within (-1, 1), outside them for
    one beyond, and on one side of its only root for a share of exactly 1 or -1.
    """
    mirror = np.where(shares < 0, -1.0, 1.0)
    placebo, share = placebos * mirror, shares * mirror
    is_one = np.abs(share - 1) < DUST
    other = (placebo + effect) / (share + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        root = (placebo - effect) / (share - 1)
    low, high = np.minimum(root, other), np.maximum(root, other)
    within = ~is_one & (share < 1)
    beyond = ~is_one & (share > 1)
    slack = DUST * max(abs(effect), DUST)
    up_to = is_one & (placebo >= effect - slack)
    from_there = is_one & (placebo <= effect + slack)
    minus, plus = np.full(len(share), -np.inf), np.full(len(share), np.inf)
    begins = [low[within], minus[beyond], high[beyond], minus[up_to], other[from_there]]
    ends = [high[within], low[beyond], plus[beyond], other[up_to], plus[from_there]]
    return np.concatenate(begins), np.concatenate(ends)


def _reach(begins: Floats, ends: Floats, needed: int) -> float | None:
    """Find the lowest point that lies on enough pieces; ``None`` where they go on without end."""
    points = np.sort(begins)
    covered = np.searchsorted(points, points, side="right") - np.searchsorted(np.sort(ends), points, side="left")
    enough = points[covered >= needed]
    return float(enough[0]) if len(enough) and np.isfinite(enough[0]) else None


def _mirrored(value: float | None) -> float | None:
    return None if value is None else -value
