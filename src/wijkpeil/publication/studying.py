"""Runs a study on an edition: from its file to estimates, checks, threats and a grade, or why there are none."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.metadata import version

import numpy as np

from wijkpeil.catalogue.study_treated import first_whole_year
from wijkpeil.domain.evidence import Conclusion, OutcomeResult, Power, StudyResult
from wijkpeil.domain.indicator import Direction, Indicator, Kind
from wijkpeil.domain.refusal import Refusal, RefusalReason
from wijkpeil.domain.study import Design, Study, StudyKind, StudyOutcome
from wijkpeil.effects.answering import Answered, Question, answer, power_seen, together
from wijkpeil.effects.conclusion import conclude
from wijkpeil.effects.data_grade import data_grade
from wijkpeil.effects.grade import grade_of, lowest
from wijkpeil.effects.panel import Panel
from wijkpeil.effects.refusals import Facts, refusals, weaker
from wijkpeil.effects.reported import graded
from wijkpeil.effects.threats import threats
from wijkpeil.effects.timing import in_periods
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.study_panel import Gathered, first_treated, gather
from wijkpeil.publication.study_parts import TREATED, people_of, scored_of, size_of, transitions_of
from wijkpeil.publication.study_roles import Roles, parts_of, roles_of


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
    stopped = refusals(facts) or (() if gathered.panel is not None else (_undescribed(facts),))
    if gathered.panel is None or stopped:
        return _Asked(
            outcome=outcome,
            indicator=indicator,
            gathered=gathered,
            answered=Answered(refusal=stopped[0]),
            before=facts.before,
            also=stopped[1:],
        )
    question = Question(
        study=study,
        outcome=outcome,
        panel=gathered.panel,
        city=gathered.city,
        ring=gathered.ring,
        scored=scored_of(study, outcome, edition, roles, gathered.periods),
        people=people_of(study, outcome, edition, gathered.panel),
        size=size_of(outcome, edition, gathered.panel),
    )
    return _Asked(
        outcome=outcome, indicator=indicator, gathered=gathered, answered=answer(question), before=facts.before
    )


def _facts(study: Study, indicator: Indicator, gathered: Gathered, edition: Edition, roles: Roles) -> Facts:
    """Say what is known of an outcome before anything is estimated."""
    start = gathered.start or min((one.start for one in study.treated), default=1)
    panel, periods = gathered.panel, gathered.periods
    before = first_treated(start, periods, indicator)
    lag = in_periods(panel, study.lag) if panel is not None and panel.cohorts else 0
    return Facts(
        kind=study.kind,
        design=study.designs[0],
        nature=indicator.nature,
        measure=indicator.kind,
        start=start,
        first=gathered.first,
        last=gathered.last,
        before=before,
        after=max(len(periods) - before - lag, 0),
        with_figures=gathered.treated_with_figures,
        treated=gathered.treated,
        compared=gathered.compared,
        later=0 if panel is None else int((panel.start[panel.is_treated] > before).sum()),
        begun=_begun(study, edition),
        lag=study.lag,
        missing=gathered.missing,
        unknown=roles.unknown,
        programmes=roles.in_other_programmes,
        wholly_treated=tuple(roles.named.get(city, city) for city in _wholly_treated(panel, roles)),
        same_city=study.candidates is not None and study.candidates.same_city,
        is_broken=gathered.is_broken,
        is_constant=panel is not None and bool(np.ptp(panel.outcome) == 0),
    )


def _undescribed(facts: Facts) -> Refusal:
    """Refuse where areas have their figures and lack what they should be alike in."""
    reason = RefusalReason.NO_COVARIATES
    return Refusal(reason=reason, facts={}, design=facts.design, weaker=weaker(reason, facts))


def _wholly_treated(panel: Panel | None, roles: Roles) -> tuple[str, ...]:
    """Find the cities in which nobody is left to compare with, by their figures where there are any."""
    if panel is None:
        return roles.wholly_treated
    cities = [{roles.city[panel.areas[place]] for place in np.flatnonzero(panel.is_treated == on)} for on in (1, 0)]
    return tuple(sorted(cities[0] - cities[1]))


def _begun(study: Study, edition: Edition) -> int | None:
    """Give the first whole year of the programme of a study in its areas; ``None`` where it has none."""
    programme = edition.policy.programme.get(study.programme or "")
    if programme is None:
        return None
    treated = {one.area for one in study.treated}
    own = [first_whole_year(one.start) for one in programme.neighbourhoods if programme.code_of(one) in treated]
    return min(own, default=None)


def _result(study: Study, one: _Asked, p: float | None, roles: Roles, edition: Edition) -> OutcomeResult:
    """Put one outcome together with its grades, its threats and the conclusion."""
    found, gathered = one.answered.found, one.gathered
    moved = transitions_of(study, one.outcome, edition, roles) if one.indicator.kind is Kind.ORDINAL else ()
    counted = sum(one.areas for one in moved if one.group == TREATED)
    data = data_grade(
        one.indicator.nature,
        study.designs[0] if study.designs else Design.CROSS_SECTION,
        before=one.before,
        missing=1 - counted / len(parts_of(edition, roles.start)) if moved else gathered.missing,
        breaks=gathered.breaks,
    )
    lacking = gathered.left_out if study.kind is not StudyKind.DESCRIPTION else {}
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
        excluded={**roles.left_out, **lacking},
        transitions=moved,
    )
    if found is None:
        return result
    direction = Direction.CONTEXT if study.kind is StudyKind.PLACEBO else one.indicator.direction
    return replace(
        result,
        conclusion=conclude(found, one.outcome, direction, p_adjusted=p, data=data),
        grade=grade_of(found, study=study, data=data),
        threats=threats(found, study, programmes=roles.in_other_programmes),
    )


def _names(outcomes: Sequence[OutcomeResult], roles: Roles) -> dict[str, str]:
    """Name every area that a result names."""
    found = [one.found for one in outcomes if one.found is not None]
    facts = [one.refusal.facts for one in outcomes if one.refusal is not None]
    facts += [check.facts for one in found for check in one.checks]
    named = {
        *roles.start,
        *(weight.name for one in found for weight in one.weights),
        *(path.name for one in found for path in one.placebo_paths),
        *(fact for one in facts for fact in one.values() if isinstance(fact, str)),
    }
    parts = {part for name in named for part in name.split(", ")}
    return {code: roles.named[code] for code in sorted(parts) if code in roles.named}
