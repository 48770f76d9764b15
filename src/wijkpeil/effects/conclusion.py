"""What may be said of an outcome: it helped, it harmed, it did too little to matter, or we cannot tell."""

from wijkpeil.domain.evidence import Conclusion, Found
from wijkpeil.domain.grading import DataGrade, DataLevel
from wijkpeil.domain.indicator import Direction
from wijkpeil.domain.study import Design, StudyOutcome
from wijkpeil.effects.grade import SIGNIFICANT, is_refuted

WITHOUT_STATEMENT = frozenset({Design.BEFORE_AFTER, Design.CROSS_SECTION})
"""Designs that show what moved, and cannot say by what."""


def conclude(
    found: Found, outcome: StudyOutcome, direction: Direction, *, p_adjusted: float | None, data: DataGrade
) -> Conclusion:
    """Say what may be said of an outcome; the first that holds.

    1. Nothing, where the figures are unfit for an effect, where the design cannot tell what a change comes from, or
       where a check fails that carries the design, or that explains what was found without the programme.
    2. No effect worth having, where the whole interval lies within what was called too small beforehand: also where
       the effect is surely not 0, because a sure trifle is a trifle.
    3. Helped or harmed, by the side that is better, where the p-value for all outcomes together is at most 5%, and the
       interval, which is of this outcome alone, leaves out 0. A figure without a better side has changed.
    4. Otherwise we cannot tell: no proof of an effect is no proof of none.

    A study of a fictitious start asks with ``Direction.CONTEXT``: what did not happen cannot have helped.

    Parameters
    ----------
    p_adjusted
        The p-value for all outcomes of the study together; ``None`` where this is the only one.
    """
    if data.level is DataLevel.UNFIT or found.design in WITHOUT_STATEMENT or is_refuted(found.design, found.checks):
        return Conclusion.NO_STATEMENT
    low, high = found.inference.low, found.inference.high
    if low is not None and high is not None and -outcome.smallest < low <= high < outcome.smallest:
        return Conclusion.NO_EFFECT_WORTH_HAVING
    p = found.inference.p if p_adjusted is None else p_adjusted
    leaves_out_nothing = (low is None or low <= 0) and (high is None or high >= 0)
    if p > SIGNIFICANT or found.effect == 0 or leaves_out_nothing:
        return Conclusion.CANNOT_TELL
    if direction is Direction.CONTEXT:
        return Conclusion.CHANGED
    return Conclusion.HELPED if found.effect * direction.sign > 0 else Conclusion.HARMED
