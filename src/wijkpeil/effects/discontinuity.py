"""Just above and just below a threshold areas are alike: the jump of the outcome there is the effect."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from wijkpeil.domain.evidence import Found, Inference, Method
from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.bandwidth import FEWEST, Kernel, Widths, noise, smoother, widths
from wijkpeil.effects.panel import Bools, Floats

ENOUGH = 20
"""So many areas within the width on each side carry a line and the noise around it; with fewer there are placements."""

WEAKER = (Design.MATCHED_DIFFERENCES, Design.SYNTHETIC_DIFFERENCES)
"""What remains where a threshold has no answer."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Scored:
    """Areas with the score that they were selected on, in the order of that score.

    ``distance`` is ``(n,)``: the score minus the threshold, turned so that from 0 on an area should be treated.
    ``outcome`` is ``(n,)`` in the units of a frame. ``is_treated`` is ``(n,)``: which areas were treated in fact.
    ``covariates`` is ``(n, k)``, of before the selection, and may have NaN; ``k`` may be 0.
    """

    distance: Floats
    outcome: Floats
    is_treated: Bools
    areas: tuple[str, ...]
    covariates: Floats
    names: tuple[str, ...] = ()

    @property
    def right(self) -> Bools:
        """``(n,)``: which areas should be treated by their score."""
        return self.distance >= 0

    def with_outcome(self, outcome: Floats) -> "Scored":
        """Give the same areas with another outcome, without those that have none."""
        return replace(self, outcome=outcome).where(np.isfinite(outcome))

    def where(self, kept: Bools) -> "Scored":
        """Keep some areas."""
        return replace(
            self,
            distance=self.distance[kept],
            outcome=self.outcome[kept],
            is_treated=self.is_treated[kept],
            areas=tuple(area for area, stays in zip(self.areas, kept, strict=True) if stays),
            covariates=self.covariates[kept],
        )


@dataclass(frozen=True, kw_only=True)
class Jump:
    """The jump of an outcome at the threshold, right minus left, in its own units.

    ``effect`` with ``se`` is that of the lines; ``corrected`` with ``se_corrected`` that without the bias of their
    curvature, on which ``p`` and the 95% limits rest. ``left`` and ``right`` count the areas within the main width.
    """

    effect: float
    se: float
    corrected: float
    se_corrected: float
    p: float
    low: float
    high: float
    widths: Widths
    left: int
    right: int


def scored(
    score: npt.ArrayLike,
    outcome: npt.ArrayLike,
    *,
    threshold: float,
    treated_above: bool = True,
    is_treated: npt.ArrayLike | None = None,
    areas: Sequence[str] | None = None,
    covariates: npt.ArrayLike | None = None,
    names: Sequence[str] = (),
) -> Scored:
    """Put areas in the order of their score; raises ``ValueError`` where shapes differ or a value is no number.

    An area exactly at the threshold should be treated. Without ``is_treated`` every area is treated as it should be.
    """
    scores, values = np.asarray(score, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if scores.ndim != 1 or values.shape != scores.shape or not np.isfinite(scores).all():
        raise ValueError("every area has one score and one outcome")
    distance = scores - threshold if treated_above else threshold - scores
    treated = distance >= 0 if is_treated is None else np.asarray(is_treated, dtype=np.bool_)
    known = np.empty((len(scores), 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    if treated.shape != scores.shape or known.shape != (len(scores), len(names)):
        raise ValueError("every area is treated or not, and has each named covariate")
    order = np.argsort(distance, kind="stable")
    called = tuple(areas) if areas is not None else tuple(str(number) for number in range(len(scores)))
    found = Scored(
        distance=distance[order],
        outcome=values[order],
        is_treated=treated[order],
        areas=tuple(called[place] for place in order),
        covariates=known[order],
        names=tuple(names),
    )
    return found.where(np.isfinite(found.outcome))


def jump(
    areas: Scored, *, width: float | None = None, bias_width: float | None = None, kernel: Kernel = Kernel.TRIANGULAR
) -> Jump:
    """Estimate the jump of the outcome at the threshold by a local line on each side.

    The width has the smallest mean squared error, which is too wide for an interval: the curvature that it lets in
    is estimated within a wider one and taken off, and the interval pays for that. It is therefore not centred on
    ``effect``, which is the better estimate of the two.

    Parameters
    ----------
    areas
        The areas with their scores and outcomes.
    width, bias_width
        Declared widths in units of the score; the second is the first where only that is given, and both are the
        data's own where none is.
    kernel
        How weights fall with the distance.

    Raises
    ------
    RefusedError
        Where a side has fewer than 20 areas or fewer than 6 different scores within the width (``bias_aware`` is for
        such scores), or outcomes do not differ.

    References
    ----------
    Calonico, Cattaneo, Titiunik (2014), Econometrica 82, 2295-2326.

    """
    _enough(areas, width)
    if np.ptp(areas.outcome) == 0:
        raise RefusedError(Refusal(reason=RefusalReason.CONSTANT, facts={}, design=Design.DISCONTINUITY))
    left, right = ((areas.distance[side], areas.outcome[side]) for side in (~areas.right, areas.right))
    chosen = widths(left, right, kernel=kernel) if width is None else Widths(main=width, bias=bias_width or width)
    _enough(areas, chosen.main)
    total, spread, lines, corrected = 0.0, 0.0, 0.0, 0.0
    for sign, (distance, outcome) in ((-1, left), (1, right)):
        line = smoother(distance, chosen.main, 1, 0, kernel)
        curve = smoother(distance, chosen.bias, 2, 2, kernel)
        straight = line - float(line @ distance**2) * curve
        squares = noise(distance, outcome, (line != 0) | (curve != 0))
        total, spread = total + sign * float(line @ outcome), spread + float(line**2 @ squares)
        lines, corrected = lines + sign * float(straight @ outcome), corrected + float(straight**2 @ squares)
    if not corrected > 0:
        raise RefusedError(Refusal(reason=RefusalReason.CONSTANT, facts={}, design=Design.DISCONTINUITY))
    se = float(np.sqrt(corrected))
    reach = float(stats.norm.ppf(0.975)) * se
    near = np.abs(areas.distance) <= chosen.main
    return Jump(
        effect=total,
        se=float(np.sqrt(spread)),
        corrected=lines,
        se_corrected=se,
        p=float(2 * stats.norm.sf(abs(lines / se))),
        low=lines - reach,
        high=lines + reach,
        widths=chosen,
        left=int((near & ~areas.right).sum()),
        right=int((near & areas.right).sum()),
    )


def as_found(found: Jump) -> Found:
    """Give a jump as what a design found; a threshold compares places on a score, hence has no periods before."""
    return Found(
        design=Design.DISCONTINUITY,
        effect=found.effect,
        inference=Inference(
            method=Method.LOCAL_POLYNOMIAL,
            p=found.p,
            low=found.low,
            high=found.high,
            placebos=0,
            as_large=0,
            attainable=0.0,
        ),
        treated=found.right,
        compared=found.left,
        before=0,
        after=1,
    )


def _enough(areas: Scored, width: float | None) -> None:
    """Refuse where a side has too few areas within the width, or too few different scores at all."""
    near = np.ones(len(areas.distance), dtype=np.bool_) if width is None else np.abs(areas.distance) <= width
    fewest = min(int((near & side).sum()) for side in (areas.right, ~areas.right))
    different = min(len(np.unique(areas.distance[near & side])) for side in (areas.right, ~areas.right))
    facts: dict[str, Fact] = {}
    if fewest < ENOUGH:
        facts = {"areas": fewest, "needed": ENOUGH}
    elif different < FEWEST:
        facts = {"different": different, "needed": FEWEST}
    if facts and width is not None:
        facts["width"] = width
    if facts:
        raise RefusedError(
            Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts, design=Design.DISCONTINUITY, weaker=WEAKER)
        )
