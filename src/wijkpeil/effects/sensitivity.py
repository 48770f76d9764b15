"""How far the lines may have drifted apart by themselves before nothing is left of the effect."""

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Fact
from wijkpeil.effects.coefficients import Coefficients
from wijkpeil.effects.relative_violations import relative_breakdown, relative_interval
from wijkpeil.effects.smooth_violations import smooth_breakdown, smooth_interval

SHOWN = (0.5, 1.0, 2.0)
"""The interval is told for these multiples of the largest change before the start."""

HOLDS, DOUBTFUL = 1.0, 0.5
"""An effect holds when a change as large as the largest before is allowed, and is doubtful when half of it is."""

BEND = 0.1
"""An effect holds when the slope may change each year by this part of it; a convention, and no law."""


def checked(study: Coefficients) -> tuple[Check, Check]:
    """Give both checks of what parallel lines carry: ``SENSITIVITY`` (relative) and ``SENSITIVITY_SMOOTH``."""
    return relative_check(study), smooth_check(study)


def relative_check(study: Coefficients) -> Check:
    """Check whether the effect stays clear of 0 when the lines diverge as fast after the start as they did before.

    ``breakdown`` is how many times the largest change before can be allowed (0 where none can); ``low_1`` and
    ``high_1`` bound the effect with 95% at that change itself, ``low_0.5`` and ``low_2`` at half and twice it. An open
    end is left out.
    """
    breakdown = relative_breakdown(study) or 0.0
    facts: dict[str, Fact] = {"breakdown": breakdown, "effect": study.effect}
    for times in SHOWN:
        found = relative_interval(study, times)
        ends = ((f"low_{times:g}", found.low), (f"high_{times:g}", found.high))
        facts |= {name: end for name, end in ends if end is not None}
    if breakdown >= HOLDS:
        return Check(kind=CheckKind.SENSITIVITY, status=CheckStatus.HOLDS, facts=facts)
    status = CheckStatus.DOUBTFUL if breakdown >= DOUBTFUL else CheckStatus.FAILS
    return Check(kind=CheckKind.SENSITIVITY, status=status, facts=facts)


def smooth_check(study: Coefficients) -> Check:
    """Check whether the effect stays clear of 0 when the slope from before the start goes on.

    ``effect``, ``low`` and ``high`` are with a straight line taken out. ``bend`` is how much the slope may change each
    year (units of the outcome) before 0 is inside; it holds where that is a tenth of the effect. Not possible with
    fewer than two coefficients before the start, from which no slope can be told apart from chance.
    """
    kind = CheckKind.SENSITIVITY_SMOOTH
    if study.before < 2:
        return Check(kind=kind, status=CheckStatus.NOT_POSSIBLE, facts={"before": study.before + 1, "needed": 3})
    straight = smooth_interval(study, 0.0)
    facts: dict[str, Fact] = {"effect": straight.effect, "low": straight.low, "high": straight.high}
    bend = smooth_breakdown(study)
    if bend is None:
        return Check(kind=kind, status=CheckStatus.FAILS, facts=facts)
    status = CheckStatus.HOLDS if bend >= BEND * abs(straight.effect) else CheckStatus.DOUBTFUL
    return Check(kind=kind, status=status, facts=facts | {"bend": bend})
