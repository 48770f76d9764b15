"""Studies by others, graded by the rules of our own, so that the library of evidence is one."""

from datetime import date

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, StudyResult
from wijkpeil.domain.refusal import Refusal, RefusalReason
from wijkpeil.domain.study import Reported, Study
from wijkpeil.effects.grade import grade


def graded(study: Study, *, computed_on: date, edition: str = "", version: str = "") -> StudyResult:
    """Grade a study by others from its design and from what it reported of its checks.

    What was not reported counts as not done: a design that has to show something and does not is no stronger because
    others did it. A modelled outcome earns no level here either, and the result says why.

    Returns
    -------
    StudyResult
        Without outcomes: what was found stands in ``study.reported``, in the words and the unit of its authors.

    Raises
    ------
    ValueError
        Where the study has nothing reported, or a check is written in words that are not ours.
    """
    reported = study.reported
    if reported is None:
        raise ValueError(f"study {study.id} reports nothing of others")
    checks = reported_checks(reported)
    modelled = Refusal(reason=RefusalReason.MODELLED, facts={}, design=reported.design)
    return StudyResult(
        study=study,
        study_hash=study.hash,
        edition=edition,
        fictional=False,
        computed_on=computed_on,
        version=version,
        family=study.family,
        outcomes=(),
        names={},
        refusal=modelled if reported.is_modelled else None,
        grade=None if reported.is_modelled else grade(reported.design, checks, treated=reported.areas),
    )


def reported_checks(reported: Reported) -> tuple[Check, ...]:
    """Read the checks of a study by others: ``covariate_jump: fails`` is a kind and a status, in our own words."""
    return tuple(_check(words) for words in reported.checks)


def _check(words: str) -> Check:
    kind, _, status = (part.strip() for part in words.partition(":"))
    try:
        return Check(kind=CheckKind(kind), status=CheckStatus(status), facts={})
    except ValueError as fault:
        raise ValueError(f"'{words}' is no check with its status, like 'pre_trend: holds'") from fault
