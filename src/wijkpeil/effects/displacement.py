"""What leaves a treated area may settle next door: the ring of neighbours as a treated group of its own."""

from dataclasses import replace

import numpy as np

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Found
from wijkpeil.domain.refusal import Fact, Refusal
from wijkpeil.effects.panel import Bools, Ints, Panel

CLEAR = 0.05

WORTH = 0.5
"""From this part of the effect on, what happened in the ring would change the story."""


def ring_starts(panel: Panel, borders: Bools) -> Ints:
    """Give the start of each neighbour: that of the first treated area it borders on, and ``panel.never`` elsewhere.

    ``borders`` is ``(n, n)``: whether the area down lies beside the one across. A treated area is no neighbour.
    """
    starts = np.where(borders & panel.is_treated[None, :], panel.start[None, :], panel.never).min(axis=1)
    return np.asarray(np.where(panel.is_treated, panel.never, starts), dtype=np.int64)


def ring_panel(panel: Panel, neighbours_of: Bools, starts: Ints) -> Panel:
    """Give the panel in which the neighbours are the treated, and the treated areas themselves are gone.

    The donors are those of the study: areas that are neither treated nor beside a treated one.

    Parameters
    ----------
    panel
        The panel of the study, with the neighbours still in it.
    neighbours_of
        ``(n,)``: which areas border on a treated one. A treated area that borders on another is not in the ring.
    starts
        ``(n,)``: the start of the treated area that a neighbour borders on, as in ``ring_starts``.

    """
    ring = neighbours_of & ~panel.is_treated
    placed = replace(panel, start=np.where(ring, np.minimum(starts, panel.never), panel.never))
    return placed.without(np.flatnonzero(panel.is_treated))


def displacement(found: Found, ring: Found | Refusal) -> Check:
    """Check whether what the treated areas gained was lost next door.

    It holds only where the figures rule out that the ring lost half of the effect, or gained it: not having seen a
    loss is not the same as having seen none, and where they are too unsure for that nothing can be said. It fails where
    the ring moved the other way, clear of chance; a ring that clearly moved along is a doubt, since then something
    reached further than the treated areas.

    Parameters
    ----------
    found
        What a design found for the treated areas.
    ring
        What the same design found for the ring, or why it found nothing.

    """
    if isinstance(ring, Refusal):
        facts: dict[str, Fact] = {"reason": ring.reason.value}
        return Check(kind=CheckKind.DISPLACEMENT, status=CheckStatus.NOT_POSSIBLE, facts=facts)
    facts = {"effect": found.effect, "ring": ring.effect, "p": ring.inference.p, "areas": ring.treated}
    facts |= {
        name: limit for name, limit in (("low", ring.inference.low), ("high", ring.inference.high)) if limit is not None
    }
    if found.effect != 0:
        facts["carried"] = -ring.effect / found.effect
    return Check(kind=CheckKind.DISPLACEMENT, status=_status(found.effect, ring), facts=facts)


def _status(effect: float, ring: Found) -> CheckStatus:
    """Say what the ring says: against the effect, along with it, nothing, or too little to tell."""
    if ring.inference.p < CLEAR:
        return CheckStatus.FAILS if ring.effect * effect < 0 else CheckStatus.DOUBTFUL
    low, high = ring.inference.low, ring.inference.high
    small = low is not None and high is not None and max(-low, high) < WORTH * abs(effect)
    return CheckStatus.HOLDS if small else CheckStatus.NOT_POSSIBLE
