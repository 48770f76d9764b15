"""A neighbourhood may change because its people change, or because other people live there: stayers, newcomers, mix."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Found, Inference
from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.effects.panel import Floats, Panel

CLEAR = 0.05

WORTH = 0.5
"""From this part of the effect on, other people living there would change the story."""

_SAME = 1e-9
_ROUNDED = 0.02
"""So far outside 0-1 a share that follows from rounded figures may lie."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Groups:
    """The outcome of those who stayed and of those who came, each ``(n, t)``, and the share (0-1) who stayed."""

    stayers: Floats
    newcomers: Floats
    share: Floats

    @property
    def total(self) -> Floats:
        """``(n, t)``: the outcome of everyone."""
        return np.asarray(self.share * self.stayers + (1 - self.share) * self.newcomers)


@dataclass(frozen=True, kw_only=True)
class Split:
    """An effect in its parts, each in the units of the outcome.

    ``stayers`` and ``newcomers`` are what changed for each group, as far as it counts; ``composition`` is what changed
    because the groups differ and their shares moved. ``rest`` is what a design that is not linear leaves over.
    """

    total: float
    stayers: float
    newcomers: float
    composition: float

    @property
    def rest(self) -> float:
        """What the parts do not add up to; 0 for a linear design."""
        return self.total - self.stayers - self.newcomers - self.composition


def groups(total: Floats, stayers: Floats, newcomers: Floats) -> Groups:
    """Find the share who stayed from the outcomes of everyone, of those who stayed and of those who came.

    Where both groups have the same outcome any share will do; it is then the mean of the area. Raises
    ``RefusedError`` where the outcome of everyone lies outside those of the groups by more than rounding.
    """
    apart = stayers - newcomers
    known = np.abs(apart) > _SAME
    share = np.divide(total - newcomers, apart, out=np.full(total.shape, np.nan), where=known)
    odd = known & ((share < -_ROUNDED) | (share > 1 + _ROUNDED))
    if odd.any() or not known.any(axis=1).all():
        facts: dict[str, Fact] = {"figures": "stayers, newcomers", "odd": int(odd.sum())}
        raise RefusedError(Refusal(reason=RefusalReason.NO_FIGURES, facts=facts))
    usual = np.nanmean(share, axis=1, keepdims=True)
    return Groups(stayers=stayers, newcomers=newcomers, share=np.where(known, share, usual))


def parts(panel: Panel, people: Groups) -> tuple[Panel, Panel, Panel]:
    """Give three panels that add up to the change since before the start: stayers, newcomers and composition.

    Each figure is set beside the mean of its area before the first start. A group counts with its mean share then and
    now, and the shift of shares with the mean difference between the groups, so that nothing is left over and neither
    moment is the measure of the other.

    Source: Kitagawa (1955), Journal of the American Statistical Association 50, 1168-1194.
    """
    first = panel.cohorts[0] if panel.cohorts else panel.never
    share, stayers, newcomers = people.share, people.stayers, people.newcomers
    usual, stayed, came = (table[:, :first].mean(axis=1, keepdims=True) for table in (share, stayers, newcomers))
    middle = (share + usual) / 2
    apart = (stayers + stayed) / 2 - (newcomers + came) / 2
    return (
        panel.with_outcome(middle * (stayers - stayed)),
        panel.with_outcome((1 - middle) * (newcomers - came)),
        panel.with_outcome((share - usual) * apart),
    )


def split(panel: Panel, people: Groups, effect_of: Callable[[Panel], float]) -> Split:
    """Split the effect on everyone into that on stayers, that on newcomers and that of who lives there.

    ``effect_of`` estimates on a panel. With a design that is linear in the outcome and does not look at the level of
    an area the parts add up to the effect; with others ``rest`` is what they leave over.
    """
    stayers, newcomers, composition = (effect_of(part) for part in parts(panel, people))
    return Split(
        total=effect_of(panel.with_outcome(people.total)),
        stayers=stayers,
        newcomers=newcomers,
        composition=composition,
    )


def composition(
    panel: Panel,
    people: Groups,
    effect_of: Callable[[Panel], float],
    inference_of: Callable[[Panel], Inference],
) -> Check:
    """Check whether the effect is one on people, or one of other people living there.

    It fails where the composition carries at least half of the effect, clear of chance, and is a doubt where it carries
    less; it holds only where the figures rule out half, and where they are too unsure for that nothing can be said.
    """
    found = split(panel, people, effect_of)
    inferred = inference_of(parts(panel, people)[2])
    facts: dict[str, Fact] = {
        "total": found.total,
        "stayers": found.stayers,
        "newcomers": found.newcomers,
        "composition": found.composition,
        "rest": found.rest,
        "p": inferred.p,
    }
    large = abs(found.composition) >= WORTH * abs(found.total)
    low, high = inferred.low, inferred.high
    ruled_out = low is not None and high is not None and max(-low, high) < WORTH * abs(found.total)
    status = CheckStatus.HOLDS if ruled_out else CheckStatus.NOT_POSSIBLE
    if inferred.p < CLEAR and not ruled_out:
        status = CheckStatus.FAILS if large else CheckStatus.DOUBTFUL
    return Check(kind=CheckKind.COMPOSITION, status=status, facts=facts)


def population(size: Found) -> Check:
    """Warn where the treatment changed how many people live there, when nothing is known of who they are.

    A number that moved means that people came or went; a number that did not move says nothing of who they are, so
    that this can raise a doubt and never take one away.
    """
    facts: dict[str, Fact] = {"population": size.effect, "p": size.inference.p}
    moved = size.inference.p < CLEAR
    status = CheckStatus.DOUBTFUL if moved else CheckStatus.NOT_POSSIBLE
    return Check(kind=CheckKind.COMPOSITION, status=status, facts=facts)
