"""How good the figures are for an effect: what sort they are, how far they look back, and what is missing."""

from wijkpeil.domain.grading import DataGrade, DataLevel, DataReason
from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.study import Design
from wijkpeil.effects.refusals import NEEDS

_ORDER = (DataLevel.GOOD, DataLevel.FAIR, DataLevel.WEAK, DataLevel.UNFIT)

_Found = tuple[DataLevel, DataReason | None]

LONG, SHORT = 5, 3
"""Periods before the start from which a trend is seen well, and from which it is seen at all."""

FEW, MANY = 0.05, 0.20
"""The part of the cells without a figure up to which it hardly matters, and from which on it does."""


def data_grade(nature: Nature, design: Design, *, before: int, missing: float, breaks: int) -> DataGrade:
    """Grade the figures of one outcome: the worst of four answers, with the reasons for which it is no better.

    A modelled figure is unfit, whatever the rest: a register model gives a neighbourhood the outcome that its
    residents' traits predict, so what a measure changed beyond those traits is not in it. A survey is fair at best,
    because who answers may change with the measure. The grade stands beside that of the design, since a good
    comparison of poor figures and a poor comparison of good figures are different complaints.

    Parameters
    ----------
    before
        Periods before the first start: five or more are good, three or four fair, one or two weak, none unfit; not
        asked of a design that does not look back.
    missing
        The part (0-1) of the cells of treated and candidates without a figure: up to 5% is good, up to 20% fair.
    breaks
        How many breaks the series has within the periods of the study; the panel is cut at them, so one is fair.

    Raises
    ------
    ValueError
        Where a number is impossible.

    Examples
    --------
    >>> from wijkpeil.domain.indicator import Nature
    >>> from wijkpeil.domain.study import Design
    >>> found = data_grade(Nature.SURVEYED, Design.DIFFERENCES, before=2, missing=0.0, breaks=0)
    >>> found.level.value, [reason.value for reason in found.reasons]
    ('weak', ['surveyed', 'very_few_periods_before'])
    """
    if before < 0 or breaks < 0 or not 0 <= missing <= 1:
        raise ValueError("periods and breaks are counts, and what is missing is a part of 1")
    answers = (
        _NATURE[nature],
        _before(before) if NEEDS[design].before else _GOOD,
        _missing(missing),
        (DataLevel.FAIR, DataReason.BREAKS) if breaks else _GOOD,
    )
    return DataGrade(
        level=max((level for level, _ in answers), key=_ORDER.index),
        nature=nature,
        before=before,
        missing=missing,
        breaks=breaks,
        reasons=tuple(reason for _, reason in answers if reason is not None),
    )


_GOOD: _Found = (DataLevel.GOOD, None)

_NATURE: dict[Nature, _Found] = {
    Nature.MEASURED: _GOOD,
    Nature.SURVEYED: (DataLevel.FAIR, DataReason.SURVEYED),
    Nature.MODELLED: (DataLevel.UNFIT, DataReason.MODELLED),
}


def _before(periods: int) -> _Found:
    if periods >= LONG:
        return _GOOD
    if periods >= SHORT:
        return DataLevel.FAIR, DataReason.FEW_PERIODS_BEFORE
    if periods:
        return DataLevel.WEAK, DataReason.VERY_FEW_PERIODS_BEFORE
    return DataLevel.UNFIT, DataReason.NO_PERIOD_BEFORE


def _missing(part: float) -> _Found:
    if part <= FEW:
        return _GOOD
    if part <= MANY:
        return DataLevel.FAIR, DataReason.SOME_MISSING
    return DataLevel.WEAK, DataReason.MANY_MISSING
