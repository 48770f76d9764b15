"""How well we know it: the level that a study earned by how it compared and by what its own checks found.

The scale is the Maryland Scientific Methods Scale as the What Works Centre for Local Economic Growth reads it: 1 is no
comparison, 2 a comparison whose likeness is not shown, 3 before and after beside others, 4 almost by chance, 5 by lot.

| design | at most | has to show | where that fails |
| --- | --- | --- | --- |
| before and after | 1 | | |
| at one moment | 2 | balance (1 without it) | 1 |
| interrupted series | 2 | serial correlation, placebo in time | 1 |
| differences, imputation, matched, two-way | 3 | trend before | 2 |
| two-way, different starts | 2 | trend before | 1 |
| synthetic control, synthetic differences | 3 | fit before, trend before | 2 |
| discontinuity | 4 | density, covariates, moved across (3 without them) | 2 |
| experiment | 5 | balance (4 without it) | 4 |

The level is the lowest of what these rules leave, and never below 1:

1. the design leaves what it earns at most;
2. a check that the design has to show and that fails leaves the last column;
3. a failing check takes a level, two or more take two;
4. two doubts take a level; a doubt is a doubtful check, a failing one, or none of what has to be shown.

Groups that differ (balance) are only a doubt to a design that compares changes, which takes differences for granted as
long as they stay the same; to matching, whose work it is to make them alike, they are a failing check.

A check of what the finding rests on (one area, one city, the weights, exactly parallel trends) is named where it fails
and takes nothing: it says how firm this finding is, not how well was compared. So does what moved next door: the ring
is no part of the comparison, and who looks at it must not know less for it. So are one treated area, and too few
placements to prove anything: the p-value already pays for those. Because every rule only falls when a check gets
worse, so does the level.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Found
from wijkpeil.domain.grading import DataGrade, DataLevel, Grade, GradeReason
from wijkpeil.domain.study import Design, Study

SIGNIFICANT = 0.05
"""Above this an attainable p-value proves nothing, whatever the figures."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a design earns at most, what it has to show for it, and what is left without.

    ``shown`` are the checks that carry the design: ``unshown`` is the level where none of them could be done,
    ``failed`` where one fails. ``lacks`` is what keeps even a perfect study of this design from a higher level.
    ``lenient`` are the checks that are no more than a doubt to it where they fail.
    """

    at_most: int
    lacks: GradeReason | None
    shown: frozenset[CheckKind] = frozenset()
    unshown: int
    failed: int
    lenient: frozenset[CheckKind] = frozenset()


def _rule(
    at_most: int, lacks: GradeReason | None, *shown: CheckKind, unshown: int = 0, failed: int = 0, lenient: bool = False
) -> Rule:
    return Rule(
        at_most=at_most,
        lacks=lacks,
        shown=frozenset(shown),
        unshown=unshown or at_most,
        failed=failed or at_most,
        lenient=frozenset({CheckKind.BALANCE}) if lenient else frozenset(),
    )


_CHANGES = _rule(3, GradeReason.NOT_BY_CHANCE, CheckKind.PRE_TREND, failed=2, lenient=True)
_MATCHED = _rule(3, GradeReason.NOT_BY_CHANCE, CheckKind.PRE_TREND, failed=2)
_SYNTHETIC = _rule(3, GradeReason.NOT_BY_CHANCE, CheckKind.FIT_BEFORE, CheckKind.PRE_TREND, failed=2, lenient=True)
_FORBIDDEN = _rule(2, GradeReason.FORBIDDEN_COMPARISONS, CheckKind.PRE_TREND, failed=1, lenient=True)

RULES: Mapping[Design, Rule] = {
    Design.BEFORE_AFTER: _rule(1, GradeReason.NO_COMPARISON),
    Design.CROSS_SECTION: _rule(2, GradeReason.NO_PERIOD_BEFORE, CheckKind.BALANCE, unshown=1, failed=1),
    Design.INTERRUPTED_SERIES: _rule(
        2, GradeReason.NO_COMPARISON, CheckKind.SERIAL_CORRELATION, CheckKind.PLACEBO_IN_TIME, failed=1
    ),
    Design.DIFFERENCES: _CHANGES,
    Design.IMPUTATION: _CHANGES,
    Design.MATCHED_DIFFERENCES: _MATCHED,
    Design.TWO_WAY: _CHANGES,
    Design.SYNTHETIC_CONTROL: _SYNTHETIC,
    Design.SYNTHETIC_DIFFERENCES: _SYNTHETIC,
    Design.DISCONTINUITY: _rule(
        4,
        GradeReason.CHANCE_ONLY_NEAR_CUTOFF,
        CheckKind.DENSITY,
        CheckKind.COVARIATE_JUMP,
        CheckKind.MOVED_ACROSS,
        unshown=3,
        failed=2,
    ),
    Design.EXPERIMENT: _rule(5, None, CheckKind.BALANCE, unshown=4, failed=4),
}
"""The table above."""

FIRMNESS: Mapping[CheckKind, GradeReason] = {
    CheckKind.LEAVE_ONE_OUT: GradeReason.RESTS_ON_ONE_AREA,
    CheckKind.LEAVE_ONE_CITY_OUT: GradeReason.RESTS_ON_ONE_CITY,
    CheckKind.NEAR_OPTIMAL: GradeReason.RESTS_ON_THE_WEIGHTS,
    CheckKind.SENSITIVITY: GradeReason.SENSITIVE_TO_TRENDS,
    CheckKind.SENSITIVITY_SMOOTH: GradeReason.SENSITIVE_TO_TRENDS,
    CheckKind.DISPLACEMENT: GradeReason.DISPLACEMENT,
}
"""The checks of what the finding rests on or leads to, with the reason that each gives where it fails."""


def grade(
    design: Design,
    checks: Iterable[Check],
    *,
    treated: int | None = None,
    staggered: bool = False,
    attainable: float | None = None,
) -> Grade:
    """Derive the level of a study from the design that was executed and the checks that were done.

    A level is never typed in: two studies of one design differ by what their own figures say of it, and the reasons
    tell a reader what would have to be otherwise. The rules stand in the text of this module.

    Parameters
    ----------
    treated
        The number of treated areas, where it is known.
    staggered
        Whether they started at different moments: a two-way regression then compares with areas already treated.
    attainable
        The smallest p-value that there can be with so many placements.

    Returns
    -------
    Grade
        ``level`` 1-5, ``from_design`` what it could be, and the reasons: what the design lacks, what failed or is in
        doubt, and what lowers nothing and must be said.

    References
    ----------
    Farrington, Gottfredson, Sherman and Welsh (2002), The Maryland Scientific Methods Scale.
    What Works Centre for Local Economic Growth (2016), Guide to scoring evidence using the Maryland Scientific
    Methods Scale. Which check takes how much is our own rule.
    Goodman-Bacon (2021), J. Econometrics 225, 254-277, for two-way regressions with different starts.

    Examples
    --------
    Differences-in-differences whose groups went the same way before the start, and a cut-off where the areas on both
    sides differed:

    >>> from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
    >>> from wijkpeil.domain.study import Design
    >>> holds = Check(kind=CheckKind.PRE_TREND, status=CheckStatus.HOLDS, facts={})
    >>> grade(Design.DIFFERENCES, [holds]).level
    3
    >>> jump = Check(kind=CheckKind.COVARIATE_JUMP, status=CheckStatus.FAILS, facts={})
    >>> found = grade(Design.DISCONTINUITY, [jump])
    >>> found.level, found.from_design, [reason.value for reason in found.reasons]
    (2, 4, ['chance_only_near_cutoff', 'covariate_jump'])
    """
    done = tuple(checks)
    rule = _FORBIDDEN if design is Design.TWO_WAY and staggered else RULES[design]
    failing = {check.kind for check in done if check.status is CheckStatus.FAILS}
    doubtful = {check.kind for check in done if check.status is CheckStatus.DOUBTFUL}
    weighing = failing - FIRMNESS.keys() - rule.lenient
    in_doubt = (failing | doubtful) - FIRMNESS.keys()
    untested = bool(rule.shown) and not any(_was_possible(check) for check in done if check.kind in rule.shown)
    doubts = len(in_doubt) + untested
    left = (
        rule.unshown if untested else rule.at_most,
        rule.failed if weighing & rule.shown else rule.at_most,
        rule.at_most - min(len(weighing), 2),
        rule.at_most - (doubts >= 2),
    )
    said = {
        rule.lacks,
        *(FIRMNESS.get(kind) or GradeReason(kind.value) for kind in failing),
        GradeReason.UNTESTED if untested else None,
        GradeReason.SEVERAL_DOUBTS if doubts >= 2 and doubts > len(weighing) else None,
        GradeReason.ONE_DOUBT if doubts == 1 and in_doubt & doubtful else None,
        GradeReason.ONE_TREATED_AREA if treated == 1 else None,
        GradeReason.TOO_FEW_PLACEMENTS if attainable is not None and attainable > SIGNIFICANT else None,
    }
    reasons = tuple(reason for reason in GradeReason if reason in said)
    return Grade(level=max(1, min(left)), from_design=rule.at_most, reasons=reasons)


def grade_of(found: Found, *, study: Study, data: DataGrade) -> Grade | None:
    """Grade what one design found for one outcome; none where the figures are unfit for an effect at all.

    A modelled figure earns no level: a study without an effect statement has nothing to be sure of.
    """
    if data.level is DataLevel.UNFIT:
        return None
    return grade(
        found.design,
        found.checks,
        treated=found.treated,
        staggered=len({one.start for one in study.treated}) > 1,
        attainable=found.inference.attainable,
    )


def lowest(grades: Iterable[Grade | None]) -> Grade | None:
    """Give the grade of a study of several outcomes: that of the least sure of them, or none where none has one."""
    return min((one for one in grades if one is not None), key=lambda one: one.level, default=None)


EXPLAINING = frozenset({CheckKind.PLACEBO_IN_TIME, CheckKind.REGRESSION_TO_THE_MEAN, CheckKind.CITY_SHOCK})
"""Checks that, where they fail, show something else that is enough to explain what was found."""


def refuting(design: Design, checks: Iterable[Check]) -> tuple[Check, ...]:
    """Give the failing checks for which nothing may be said of an effect: those that carry the design or explain it.

    A difference as large before the start, a return to the mean or a city that moved as a whole explains what was
    found without the programme, whatever the design. A difference between the groups of a lottery does not refute it:
    it came by chance, and the p-value holds that chance already.
    """
    weighty = EXPLAINING | (RULES[design].shown if design is not Design.EXPERIMENT else set())
    return tuple(check for check in checks if check.kind in weighty and check.status is CheckStatus.FAILS)


def is_refuted(design: Design, checks: Iterable[Check]) -> bool:
    """Whether nothing may be said of an effect."""
    return bool(refuting(design, checks))


def _was_possible(check: Check) -> bool:
    return check.status is not CheckStatus.NOT_POSSIBLE
