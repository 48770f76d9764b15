"""One outcome of a study answered: the choice made beforehand with its checks, and the alternatives beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from wijkpeil.domain.evidence import Alternative, Found, Power
from wijkpeil.domain.refusal import Refusal, RefusedError
from wijkpeil.domain.study import Cutoff, Design, Family, Study, StudyOutcome
from wijkpeil.effects.checking import checks_of
from wijkpeil.effects.composition import Groups
from wijkpeil.effects.designs import COMPARING
from wijkpeil.effects.discontinuity import Scored
from wijkpeil.effects.estimating import Case, before_anyone_knew, found_by
from wijkpeil.effects.interrupted import interrupted
from wijkpeil.effects.panel import Ints, Panel
from wijkpeil.effects.placements import Tried
from wijkpeil.effects.power import power
from wijkpeil.effects.second_opinions import second_opinions
from wijkpeil.effects.several_outcomes import adjusted, holm
from wijkpeil.effects.timing import in_periods
from wijkpeil.effects.validity import alternatives, discontinuity


@dataclass(frozen=True, kw_only=True, eq=False)
class Question:
    """One outcome of a study with its figures.

    ``city`` is ``(n,)``, a number for the gemeente of each area of ``panel``. ``ring`` is the same outcome with the
    neighbours as the treated, ``people`` the outcomes of those who stayed and of those who came, ``size`` a panel of
    the logarithm of the number of inhabitants, and ``scored`` the areas with the score on which was selected; each
    where the study asks for it and there are figures.
    """

    study: Study
    outcome: StudyOutcome
    panel: Panel
    city: Ints
    ring: Panel | None = None
    people: Groups | None = None
    size: Panel | None = None
    scored: Scored | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Answered:
    """What was found, or the refusal; ``tried`` holds the placements, for all outcomes of a study together."""

    found: Found | None = None
    tried: Tried | None = None
    refusal: Refusal | None = None
    alternatives: tuple[Alternative, ...] = ()
    power: Power | None = None
    ring: Found | None = None


def answer(question: Question) -> Answered:
    """Answer by the design that was chosen beforehand; the others stand beside it and decide nothing."""
    study, case = question.study, case_of(question)
    chosen, *others = study.designs
    beside = tuple(_alternative(design, question, case) for design in others)
    seen = power_seen(question)
    try:
        found, tried = _found(chosen, question, case)
    except RefusedError as refused:
        return Answered(refusal=replace(refused.refusal, design=chosen), alternatives=beside, power=seen)
    if chosen is Design.DISCONTINUITY and question.scored is not None:
        width = study.cutoff.bandwidth if study.cutoff else None
        beside = (*beside, *alternatives(question.scored, width=width))
    if chosen not in COMPARING:
        return Answered(found=found, tried=tried, alternatives=beside, power=seen)
    ring = _ring(chosen, case)
    checks = checks_of(found, case, ring=ring, people=question.people, size=question.size)
    return Answered(
        found=replace(found, checks=checks),
        tried=tried,
        alternatives=(*beside, *second_opinions(found, case)),
        power=seen,
        ring=ring if isinstance(ring, Found) else None,
    )


def together(answered: Sequence[Answered], family: Family) -> tuple[float | None, ...]:
    """Give the p-value of every outcome for all outcomes of a study together; ``None`` where nothing was found.

    Designs without placements have only their p-values; then Holm's rule takes the place of Romano and Wolf's.
    """
    found = [one for one in answered if one.found is not None]
    tried = [one.tried for one in found if one.tried is not None]
    if len(tried) == len(found):
        values = adjusted(tried, family)
    else:
        alone = np.array([one.found.inference.p for one in found if one.found is not None])
        values = stats.false_discovery_control(alone) if family is Family.FALSE_DISCOVERY else holm(alone)
    of = dict(zip(map(id, found), values.tolist(), strict=True))
    return tuple(of.get(id(one)) for one in answered)


def case_of(question: Question) -> Case:
    """Turn the years of a study into the periods of its panel."""
    study, panel = question.study, question.panel
    return Case(
        panel=panel,
        city=question.city,
        lag=in_periods(panel, study.lag),
        ahead=in_periods(panel, study.anticipation),
        draws=study.draws,
        seed=study.seed,
        ring=question.ring,
    )


def _found(design: Design, question: Question, case: Case) -> tuple[Found, Tried | None]:
    if design is Design.DISCONTINUITY and question.scored is not None:
        cutoff: Cutoff | None = question.study.cutoff
        width = cutoff.bandwidth if cutoff else None
        return discontinuity(question.scored, width=width, draws=case.draws, seed=case.seed), None
    if design is Design.INTERRUPTED_SERIES:
        return interrupted(case.panel, lag=case.lag, ahead=case.ahead), None
    return found_by(design, case)


def _alternative(design: Design, question: Question, case: Case) -> Alternative:
    try:
        found, _ = _found(design, question, case)
    except RefusedError as refused:
        refusal = replace(refused.refusal, design=design)
        return Alternative(name=design.value, design=design, effect=None, low=None, high=None, p=None, refusal=refusal)
    inferred = found.inference
    return Alternative(
        name=design.value, design=design, effect=found.effect, low=inferred.low, high=inferred.high, p=inferred.p
    )


def power_seen(question: Question) -> Power | None:
    """Tell what the chosen design could see of an outcome; ``None`` where it has no placements to tell it by."""
    design, case = question.study.designs[0], before_anyone_knew(case_of(question))
    if design not in COMPARING:
        return None
    return power(
        case.panel,
        case.comparing(design),
        worth_having=question.outcome.smallest,
        outcomes=max(1, len(question.study.outcomes)),
        lag=case.lag,
        draws=case.draws,
        seed=case.seed,
    )


def _ring(design: Design, case: Case) -> Found | Refusal | None:
    """Estimate the neighbours as a treated group of their own, by the same design; nothing where nobody asks."""
    if case.ring is None:
        return None
    try:
        return found_by(design, replace(case, panel=case.ring, ring=None))[0]
    except RefusedError as refused:
        return refused.refusal
