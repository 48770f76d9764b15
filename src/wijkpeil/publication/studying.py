"""Runs a study on an edition: from its file to estimates, checks, threats and a grade, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

import numpy as np

from wijkpeil.domain.evidence import Conclusion, OutcomeResult, Power, Refusal, StudyResult
from wijkpeil.domain.indicator import Indicator, Kind
from wijkpeil.domain.study import Design, Study, StudyKind, StudyOutcome
from wijkpeil.effects.answering import Answered, Question, answer, power_seen, together
from wijkpeil.effects.conclusion import conclude
from wijkpeil.effects.data_grade import data_grade
from wijkpeil.effects.grade import grade_of, lowest
from wijkpeil.effects.refusals import Facts, refusals
from wijkpeil.effects.reported import graded
from wijkpeil.effects.threats import threats
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.study_panel import Gathered, first_treated, gather
from wijkpeil.publication.study_parts import people_of, scored_of, size_of, transitions_of
from wijkpeil.publication.study_roles import Roles, roles_of


@dataclass(frozen=True, kw_only=True, eq=False)
class _Asked:
    """One outcome with its figures and what came of it.

    ``before`` counts its periods before the start, ``also`` are the further reasons for a refusal.
    """

    outcome: StudyOutcome
    indicator: Indicator
    gathered: Gathered
    answered: Answered
    before: int = 0
    also: tuple[Refusal, ...] = ()


def run_study(study: Study, edition: Edition, *, computed_on: date) -> StudyResult:
    """Compute everything that a study asks from the published figures of an edition.

    Nothing else is read, so that who has the edition and the study file finds the same.
    """
    if study.kind is StudyKind.ELSEWHERE:
        return graded(study, computed_on=computed_on, edition=edition.id, version=version("wijkpeil"))
    roles = roles_of(study, edition)
    asked = [_asked(study, outcome, edition, roles) for outcome in study.outcomes]
    adjusted = together([one.answered for one in asked], study.family)
    outcomes = tuple(_result(study, one, p, roles, edition) for one, p in zip(asked, adjusted, strict=True))
    return StudyResult(
        study=study,
        study_hash=study.hash,
        edition=edition.id,
        fictional=edition.policy.fictional,
        computed_on=computed_on,
        version=version("wijkpeil"),
        family=study.family,
        outcomes=outcomes,
        names=_names(outcomes, roles),
        grade=lowest(one.grade for one in outcomes),
    )


def power_of(study: Study, edition: Edition) -> dict[str, Power]:
    """Tell, by outcome, what a study could see; it reads no figure of a treated area from after its start.

    Outcomes that are refused, and designs without placements, have none.
    """
    roles, found = roles_of(study, edition), dict[str, Power]()
    for outcome in study.outcomes if study.designs else ():
        gathered = gather(study, outcome, edition, roles)
        stopped = refusals(_facts(study, edition.policy.indicator[outcome.indicator], gathered, edition, roles))
        if gathered.panel is None or stopped:
            continue
        question = Question(study=study, outcome=outcome, panel=gathered.panel, city=gathered.city)
        seen = power_seen(question)
        if seen is not None:
            found[outcome.indicator] = seen
    return found


def _asked(study: Study, outcome: StudyOutcome, edition: Edition, roles: Roles) -> _Asked:
    """Ask one outcome: describe it, refuse it, or answer it."""
    indicator = edition.policy.indicator[outcome.indicator]
    gathered = gather(study, outcome, edition, roles)
    if study.kind is StudyKind.DESCRIPTION:
        return _Asked(outcome=outcome, indicator=indicator, gathered=gathered, answered=Answered())
    facts = _facts(study, indicator, gathered, edition, roles)
    stopped = refusals(facts)
    if stopped or gathered.panel is None:
        first = replace(stopped[0], design=study.designs[0]) if stopped else None
        return _Asked(
            outcome=outcome,
            indicator=indicator,
            gathered=gathered,
            answered=Answered(refusal=first),
            before=facts.before,
            also=stopped[1:],
        )
    question = Question(
        study=study,
        outcome=outcome,
        panel=gathered.panel,
        city=gathered.city,
        ring=gathered.ring,
        scored=scored_of(study, outcome, edition, roles),
        people=people_of(study, outcome, edition, gathered.panel),
        size=size_of(outcome, edition, gathered.panel),
    )
    return _Asked(
        outcome=outcome, indicator=indicator, gathered=gathered, answered=answer(question), before=facts.before
    )


def _facts(study: Study, indicator: Indicator, gathered: Gathered, edition: Edition, roles: Roles) -> Facts:
    """Say what is known of an outcome before anything is estimated."""
    start = gathered.start or min((one.start for one in study.treated), default=0)
    panel, periods = gathered.panel, gathered.periods
    begun_at = first_treated(start, periods, indicator)
    lag_from = first_treated(start + study.lag, periods, indicator)
    is_treated = panel.is_treated if panel is not None else np.zeros(0, dtype=np.bool_)
    later = int((panel.start[is_treated] > begun_at).sum()) if panel is not None else 0
    return Facts(
        kind=study.kind,
        design=study.designs[0],
        nature=indicator.nature,
        measure=indicator.kind,
        start=start,
        first=gathered.first,
        last=gathered.last,
        before=begun_at,
        after=len(periods) - lag_from,
        with_figures=gathered.treated_with_figures,
        treated=int(is_treated.sum()),
        compared=int((~is_treated).sum()),
        later=later,
        begun=_begun(study, edition),
        lag=study.lag,
        missing=gathered.missing,
        unknown=roles.unknown,
        programmes=roles.in_other_programmes,
        wholly_treated=tuple(roles.named[code] for code in roles.wholly_treated),
        same_city=study.candidates is not None and study.candidates.same_city,
        is_broken=gathered.is_broken,
        is_constant=panel is not None and bool(np.ptp(panel.outcome) == 0),
    )


def _begun(study: Study, edition: Edition) -> int | None:
    """Give the year in which the programme of a study really began in its areas; ``None`` where it has none."""
    programme = edition.policy.programme.get(study.programme or "")
    if programme is None:
        return None
    treated = {one.area for one in study.treated}
    own = [one.start.year for one in programme.neighbourhoods if programme.code_of(one) in treated]
    return min(own, default=None)


def _result(study: Study, one: _Asked, p: float | None, roles: Roles, edition: Edition) -> OutcomeResult:
    """Put one outcome together with its grades, its threats and the conclusion."""
    found, gathered = one.answered.found, one.gathered
    data = data_grade(
        one.indicator.nature,
        study.designs[0] if study.designs else Design.CROSS_SECTION,
        before=one.before,
        missing=gathered.missing,
        breaks=gathered.breaks,
    )
    excluded = {name: count for name, count in {**roles.left_out, **gathered.left_out}.items() if count}
    result = OutcomeResult(
        indicator=one.outcome.indicator,
        conclusion=Conclusion.NO_STATEMENT,
        refusal=one.answered.refusal,
        also=one.also,
        found=found,
        p_adjusted=p,
        alternatives=one.answered.alternatives,
        data=data,
        power=one.answered.power,
        ring=one.answered.ring,
        excluded=excluded,
        transitions=transitions_of(study, one.outcome, edition, roles) if one.indicator.kind is Kind.ORDINAL else (),
    )
    if found is None:
        return result
    return replace(
        result,
        conclusion=conclude(found, one.outcome, one.indicator.direction, p_adjusted=p, data=data),
        grade=grade_of(found, study=study, data=data),
        threats=threats(found, study, programmes=roles.in_other_programmes),
    )


def _names(outcomes: Sequence[OutcomeResult], roles: Roles) -> dict[str, str]:
    """Name every area that a result names."""
    named = {weight.name for one in outcomes if one.found for weight in one.found.weights}
    named |= {path.name for one in outcomes if one.found for path in one.found.placebo_paths}
    named |= set(roles.start)
    parts = {part for name in named for part in name.split(", ")}
    return {code: roles.named[code] for code in sorted(parts) if code in roles.named}
