"""Whether a threshold was one: no crowding beside it, nothing else that jumps there, nobody carried across."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from wijkpeil.domain.evidence import Alternative, Check, CheckKind, CheckStatus, Found
from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.bias_aware import HonestJump, honest_jump
from wijkpeil.effects.density import density_jump
from wijkpeil.effects.discontinuity import WEAKER, Jump, Scored, as_found, jump
from wijkpeil.effects.local_randomisation import balanced_window, local_placements

DOUBTFUL, FAILS = 0.05, 0.01
"""Below the first p-value a check raises doubt, below the second the threshold is not one.

Three checks at 5% each would refuse one clean threshold in seven.
"""

MOVED = 0.1
"""From this share of the areas that should be treated on, those carried across are no exceptions any more."""

_HOLE = 0.1
"""The part of the width that is left out around the threshold, to see whether the areas closest to it decide."""


def discontinuity(areas: Scored, *, width: float | None = None, draws: int = 999, seed: int = 1) -> Found:
    """Estimate the effect at the threshold, with its checks, or say that the threshold was none.

    The checks come first: a jump that rests on areas that were carried across is not an effect, however sure. Local
    lines need 20 areas on each side; with fewer the areas in the widest balanced window are compared by placements.
    Sides are those of the score: where a few areas were moved it is the effect of being chosen, not of being treated.

    Parameters
    ----------
    areas
        The areas with their scores, outcomes and what is known of them from before the selection.
    width
        The declared width in units of the score, or ``None`` for the data's own.
    draws, seed
        For placements, where those are used.

    Raises
    ------
    RefusedError
        ``INVALID_CUTOFF`` with the evidence as facts where a check fails; ``TOO_FEW_AREAS`` with the number needed.

    """
    checks = validity(areas)
    require_valid(checks)
    try:
        found = as_found(jump(areas, width=width))
    except RefusedError as refused:
        if refused.refusal.reason is not RefusalReason.TOO_FEW_AREAS:
            raise
        window = width if width is not None else balanced_window(areas, draws=draws, seed=seed)
        found = local_placements(areas, window=window, draws=draws, seed=seed)
    return replace(found, checks=checks)


def validity(areas: Scored) -> tuple[Check, ...]:
    """Give the three checks on a threshold: density, covariates and areas that were carried across."""
    return density_check(areas), covariate_check(areas), moved_check(areas)


def require_valid(checks: tuple[Check, ...]) -> None:
    """Refuse where one of the checks fails; the facts of all that do are those of the refusal."""
    failing = [check for check in checks if check.status is CheckStatus.FAILS]
    if failing:
        facts: dict[str, Fact] = {"failing": ", ".join(check.kind.value for check in failing)}
        for check in failing:
            facts |= {f"{check.kind.value}_{name}": fact for name, fact in check.facts.items()}
        raise RefusedError(
            Refusal(reason=RefusalReason.INVALID_CUTOFF, facts=facts, design=Design.DISCONTINUITY, weaker=WEAKER)
        )


def density_check(areas: Scored) -> Check:
    """Check that areas do not crowd on one side of the threshold."""
    try:
        found = density_jump(areas.distance)
    except RefusedError as refused:
        return Check(kind=CheckKind.DENSITY, status=CheckStatus.NOT_POSSIBLE, facts=refused.refusal.facts)
    facts: dict[str, Fact] = {"left": found.left, "right": found.right, "z": found.z, "p": found.p}
    return Check(kind=CheckKind.DENSITY, status=_status(found.p), facts=facts)


def covariate_check(areas: Scored) -> Check:
    """Check that nothing that was settled before the selection jumps at the threshold.

    Each covariate is estimated as the outcome is, with a width of its own, and by an honest interval where areas are
    too few for that; the p-values are those of the family (Holm), and the facts name the covariate with the smallest.
    """
    tried = {
        name: _jump_of(areas.with_outcome(column)) for name, column in zip(areas.names, areas.covariates.T, strict=True)
    }
    jumps = {name: found for name, found in tried.items() if found is not None}
    if not jumps:
        facts: dict[str, Fact] = {"covariates": len(areas.names), "tested": 0}
        return Check(kind=CheckKind.COVARIATE_JUMP, status=CheckStatus.NOT_POSSIBLE, facts=facts)
    name, worst = min(jumps.items(), key=lambda item: item[1].p)
    family = min(1.0, worst.p * len(jumps))
    facts = {
        "covariate": name,
        "jump": worst.effect,
        "low": worst.low,
        "high": worst.high,
        "p": worst.p,
        "p_adjusted": family,
        "covariates": len(areas.names),
        "tested": len(jumps),
    }
    return Check(kind=CheckKind.COVARIATE_JUMP, status=_status(family), facts=facts)


def _jump_of(areas: Scored) -> Jump | HonestJump | None:
    """Estimate the jump of a covariate, by the one way or the other."""
    for estimate in (jump, honest_jump):
        try:
            return estimate(areas)
        except RefusedError:
            continue
    return None


def moved_check(areas: Scored) -> Check:
    """Check that the areas that were treated are those that the score chose, and count those that are not.

    ``added`` were treated against their score, ``removed`` were not although their score said so; ``areas_added`` and
    ``areas_removed`` name them.
    """
    added = [area for area, odd in zip(areas.areas, areas.is_treated & ~areas.right, strict=True) if odd]
    removed = [area for area, odd in zip(areas.areas, areas.right & ~areas.is_treated, strict=True) if odd]
    should = int(areas.right.sum())
    moved = len(added) + len(removed)
    facts: dict[str, Fact] = {
        "added": len(added),
        "removed": len(removed),
        "should": should,
        "areas_added": ", ".join(added),
        "areas_removed": ", ".join(removed),
    }
    status = CheckStatus.HOLDS
    if moved:
        status = CheckStatus.FAILS if moved >= MOVED * should else CheckStatus.DOUBTFUL
    return Check(kind=CheckKind.MOVED_ACROSS, status=status, facts=facts)


def alternatives(areas: Scored, *, width: float | None = None) -> tuple[Alternative, ...]:
    """Estimate again with half and twice the width, without the areas closest by, and with an honest interval.

    What hangs on one width or on the few areas beside the threshold is no effect of the threshold. ``width`` is the
    declared one, or ``None`` for the data's own.
    """
    tried: dict[str, Callable[[], Jump | HonestJump]] = {
        "half_width": lambda: jump(areas, width=_width(areas, width) / 2),
        "double_width": lambda: jump(areas, width=_width(areas, width) * 2),
        "donut": lambda: _donut(areas, _width(areas, width)),
        "honest": lambda: honest_jump(areas),
    }
    return tuple(_alternative(name, estimate) for name, estimate in tried.items())


def _width(areas: Scored, width: float | None) -> float:
    """Give the declared width, or the data's own."""
    return width if width is not None else jump(areas).widths.main


def _donut(areas: Scored, width: float) -> Jump:
    """Estimate without the areas closest to the threshold."""
    return jump(areas.where(np.abs(areas.distance) >= _HOLE * width), width=width)


def _alternative(name: str, estimate: Callable[[], Jump | HonestJump]) -> Alternative:
    """Estimate once more; where that is refused the refusal stands in its place."""
    design = Design.DISCONTINUITY
    try:
        found = estimate()
    except RefusedError as refused:
        return Alternative(name=name, design=design, effect=None, low=None, high=None, p=None, refusal=refused.refusal)
    return Alternative(name=name, design=design, effect=found.effect, low=found.low, high=found.high, p=found.p)


def _status(p: float) -> CheckStatus:
    """Give what a p-value says of a check."""
    if p < FAILS:
        return CheckStatus.FAILS
    return CheckStatus.DOUBTFUL if p < DOUBTFUL else CheckStatus.HOLDS
