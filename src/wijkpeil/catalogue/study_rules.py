"""What must hold between the keys of a study file: what each kind of study needs, and what it cannot have."""

from collections.abc import Iterator, Sequence
from typing import Any

from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.folder import entries
from wijkpeil.catalogue.rules import take
from wijkpeil.catalogue.study_table import REGISTRATION
from wijkpeil.catalogue.study_treated import misplaced_treated
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.indicator import Unit
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.study import Design, StudyKind

_COMPUTED = (StudyKind.EVALUATION, StudyKind.PLACEBO)
_OF_OTHERS = (Design.EXPERIMENT, Design.CROSS_SECTION)
"""Designs that a monitor cannot execute; studies by others may have them."""

_NOT_ELSEWHERE = (
    *("treated_from_programme", "ends", "placebo_start", "treated", "outcome", "lag", "anticipation", "comparison"),
    *("periods", "covariates", "designs", "family", "draws", "seed", "cutoff", "movers", REGISTRATION),
)
_NOT_DESCRIBED = ("designs", "comparison", "covariates", "cutoff", "family", "lag", "anticipation")
_FRACTIONS = {Unit.PERCENT, Unit.PER_1000}


def faults(raw: dict[str, Any], where: Where, policy: Policy) -> Iterator[Complaint]:
    """Hold a study file to the rules between its keys.

    The file may have faults of its own: a rule only looks at values that are of the right type, so that a missing
    key does not hide what else is wrong.
    """
    kind = take(raw, "kind")
    yield from _in_both_languages(raw, where)
    if kind == StudyKind.ELSEWHERE:
        yield from _elsewhere(raw, where)
        return
    if kind not in set(StudyKind):
        return
    if "reported" in raw:
        yield where.at("reported").complain('Deze tabel hoort alleen bij kind = "elsewhere": een studie van anderen.')
    if kind == StudyKind.DESCRIPTION:
        yield from _left_out(raw, where, _NOT_DESCRIBED, "een beschrijving, want die schat geen effect")
    if kind in _COMPUTED:
        yield from _computed(raw, where)
    if "outcome" not in raw:
        yield where.at("outcome").complain(
            "Deze sleutel ontbreekt: noem vooraf minstens één uitkomst, met [[outcome]] erboven."
        )
    yield from _outcomes(raw, where, policy)
    yield from _movers(raw, where)
    yield from _periods(raw, where)
    yield from misplaced_treated(raw, where, policy)


def _in_both_languages(raw: dict[str, Any], where: Where) -> Iterator[Complaint]:
    reported = take(raw, "reported", of=dict) or {}
    of_others = ((key, reported, where.at("reported")) for key in ("comparison", "unit"))
    for key, table, at in (("mechanism", raw, where), *of_others):
        other = f"{key}_en"
        if (key in table) != (other in table):
            missing = other if key in table else key
            yield at.at(missing).complain(f"Deze sleutel ontbreekt: {key} en {other} horen bij elkaar.")


def _elsewhere(raw: dict[str, Any], where: Where) -> Iterator[Complaint]:
    yield from _left_out(raw, where, _NOT_ELSEWHERE, "een studie van anderen, want die rekenen we niet uit")
    reported, at = raw.get("reported"), where.at("reported")
    if reported is None:
        yield at.complain("Deze tabel ontbreekt: zeg wat de studie van anderen vond.")
    elif isinstance(reported, dict):
        yield from _reported_effect(reported, at)


def _reported_effect(reported: dict[str, Any], where: Where) -> Iterator[Complaint]:
    effect, low, high = (take(reported, key, of=(int, float)) for key in ("effect", "low", "high"))
    if effect is None:
        for key in (key for key in ("low", "high", "unit") if key in reported):
            yield where.at(key).complain("Deze sleutel hoort bij een effect: zet effect erbij.", reported[key])
    elif "unit" not in reported:
        yield where.at("unit").complain("Deze sleutel ontbreekt: zeg waarin het effect is uitgedrukt.")
    if (low is None) != (high is None):
        yield where.at("low" if low is None else "high").complain("Geef beide grenzen, of geen van beide.")
    elif effect is not None and low is not None and high is not None and not low <= effect <= high:
        yield where.at("effect").complain(f"Het effect ligt niet tussen zijn grenzen ({low} en {high}).", effect)


def _left_out(raw: dict[str, Any], where: Where, keys: Sequence[str], whose: str) -> Iterator[Complaint]:
    for key in (key for key in keys if key in raw):
        yield where.at(key).complain(f"Deze sleutel hoort niet bij {whose}: laat hem weg.")


def _computed(raw: dict[str, Any], where: Where) -> Iterator[Complaint]:
    """Complain of what a study that estimates an effect lacks, or names and cannot use."""
    designs = [one for one in take(raw, "designs", of=list) or [] if one in list(Design)]
    if "designs" not in raw:
        yield where.at("designs").complain("Deze sleutel ontbreekt: noem het ontwerp dat vooraf gekozen is als eerste.")
    if "mechanism" not in raw:
        yield where.at("mechanism").complain("Deze sleutel ontbreekt: zeg waardoor het zou moeten werken.")
    for index, design in enumerate(take(raw, "designs", of=list) or []):
        if design in _OF_OTHERS:
            sentence = "Dit ontwerp rekent Wijkpeil niet zelf uit: het is er voor studies van anderen."
            yield where.at("designs").nth(index).complain(sentence, design)
    wants_cutoff = Design.DISCONTINUITY in designs
    if wants_cutoff and "cutoff" not in raw:
        yield where.at("cutoff").complain('Deze tabel ontbreekt: bij het ontwerp "discontinuity" hoort een grens.')
    if not wants_cutoff and "cutoff" in raw:
        yield where.at("cutoff").complain('Deze tabel hoort alleen bij het ontwerp "discontinuity".')
    comparing = [design for design in designs if Design(design).compares_over_time]
    if comparing and "comparison" not in raw:
        sentence = f'Deze tabel ontbreekt: het ontwerp "{comparing[0]}" vergelijkt met andere gebieden.'
        yield where.at("comparison").complain(sentence)
    comparison = take(raw, "comparison", of=dict) or {}
    if comparison.get("estimate_ring") is True and "ring_km" not in comparison:
        yield where.at("comparison.ring_km").complain("Deze sleutel ontbreekt: zeg hoe breed de ring is die je schat.")


def _outcomes(raw: dict[str, Any], where: Where, policy: Policy) -> Iterator[Complaint]:
    seen: set[str] = set()
    for outcome, at in entries(raw, "outcome", where):
        id_, smallest = take(outcome, "indicator"), take(outcome, "smallest", of=(int, float))
        if id_ in seen:
            yield at.at("indicator").complain("Deze uitkomst staat er al: noem elke indicator één keer.", id_)
        seen.add(id_ or "")
        indicator = policy.indicator.get(id_ or "")
        if indicator is not None and indicator.unit in _FRACTIONS and smallest is not None and smallest >= 1:
            sentence = f"Aandelen staan hier als fractie, van 0 tot 1. Bedoelde je {smallest / 100:g}?"
            yield at.at("smallest").complain(sentence, smallest)


def _movers(raw: dict[str, Any], where: Where) -> Iterator[Complaint]:
    named = {take(outcome, "indicator") for outcome, _ in entries(raw, "outcome", where)}
    for movers, at in entries(raw, "movers", where):
        outcome = take(movers, "outcome")
        if outcome is not None and outcome not in named:
            yield at.at("outcome").complain(
                "Dit is geen uitkomst van deze studie: zet haar ook bij [[outcome]].", outcome
            )


def _periods(raw: dict[str, Any], where: Where) -> Iterator[Complaint]:
    first, last = (take(raw, "periods", key, of=int) for key in ("first", "last"))
    if first is not None and last is not None and last <= first:
        yield where.at("periods.last").complain(f"Het laatste jaar ligt niet na het eerste ({first}).", last)
