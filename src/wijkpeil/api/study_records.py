"""A study as the interface tells it: Dutch names for everything that was asked, found, refused and graded."""

from typing import Any

from wijkpeil.domain.evidence import Alternative, Check, Found, OutcomeResult, Power, StudyResult, Transition
from wijkpeil.domain.grading import DataGrade, Grade, Threat
from wijkpeil.domain.refusal import Refusal
from wijkpeil.domain.study import Appraisal, Registration, Reported, Study, StudyKind
from wijkpeil.portrayal.study_page import is_graded


def listed(result: StudyResult) -> dict[str, Any]:
    """Tell a study in one line of a list."""
    study = result.study
    design = study.reported.design if study.reported else next(iter(study.designs), None)
    return {
        "onderzoek": study.id,
        "titel": study.title,
        "titelEngels": study.title_en,
        "soort": study.kind.value,
        "vraag": study.question,
        "programma": study.programme,
        "opzet": design.value if design else None,
        "niveau": result.grade.level if result.grade and is_graded(result) else None,
        "conclusies": [one.conclusion.value for one in result.outcomes],
        "indicatoren": [one.indicator for one in result.outcomes],
        "geweigerd": result.refusal.reason.value if result.refusal else None,
        "gemaaktMetEditie": result.edition if study.kind is not StudyKind.ELSEWHERE else None,
        "berekendOp": result.computed_on.isoformat(),
    }


def whole(result: StudyResult) -> dict[str, Any]:
    """Tell everything of a study but the paths of its placebos, which stand in its file."""
    study = result.study
    return {
        **listed(result),
        "vraagEngels": study.question_en,
        "watGedaan": study.done,
        "werking": study.mechanism,
        "fictief": result.fictional,
        "versie": result.version,
        "hash": result.study_hash,
        "vastgelegd": _registration(study.registration, result.study_hash) if study.registration else None,
        **_asked(study),
        "familie": result.family.value,
        "weigering": _refusal(result.refusal) if result.refusal else None,
        "bewijs": _grade(result.grade) if result.grade else None,
        "uitkomsten": [_outcome(one) for one in result.outcomes],
        "gemeld": _reported(study.reported) if study.reported else None,
        "beoordeling": _appraisal(study.appraisal) if study.appraisal else None,
        "namen": dict(result.names),
    }


def _asked(study: Study) -> dict[str, Any]:
    return {
        "gebieden": [{"gebied": one.area, "start": one.start, "einde": one.end} for one in study.treated],
        "aanlooptijd": study.lag,
        "vanaf": study.first,
        "totEnMet": study.last,
        "kenmerken": list(study.covariates),
        "opzetten": [one.value for one in study.designs],
        "trekkingen": study.draws,
        "begin": study.seed,
        "vooraf": [
            {"indicator": one.indicator, "verwacht": one.expected.value, "kleinsteMoeiteWaard": one.smallest}
            for one in study.outcomes
        ],
    }


def _registration(one: Registration, hash_: str) -> dict[str, Any]:
    return {
        "door": one.by,
        "op": one.on.isoformat(),
        "hash": one.hash,
        "zoalsVastgelegd": one.hash == hash_,
        "cijfersBekend": one.figures_seen,
        "eerder": [
            {"door": before.by, "op": before.on.isoformat(), "hash": before.hash, "reden": before.reason}
            for before in one.earlier
        ],
    }


def _outcome(one: OutcomeResult) -> dict[str, Any]:
    return {
        "indicator": one.indicator,
        "conclusie": one.conclusion.value,
        "weigering": _refusal(one.refusal) if one.refusal else None,
        "ookGeweigerd": [_refusal(other) for other in one.also],
        "gevonden": _found(one.found) if one.found else None,
        "pGecorrigeerd": one.p_adjusted,
        "andereManieren": [_alternative(other) for other in one.alternatives],
        "bedreigingen": [_threat(threat) for threat in one.threats],
        "bewijs": _grade(one.grade) if one.grade else None,
        "cijfers": _data(one.data) if one.data else None,
        "vermogen": _power(one.power) if one.power else None,
        "overgangen": [_transition(moved) for moved in one.transitions],
        "ring": _found(one.ring) if one.ring else None,
        "nietMeegeteld": one.excluded or {},
    }


def _found(one: Found) -> dict[str, Any]:
    inference = one.inference
    return {
        "opzet": one.design.value,
        "effect": one.effect,
        "ondergrens": inference.low,
        "bovengrens": inference.high,
        "methode": inference.method.value,
        "p": inference.p,
        "zonderEffect": inference.placebos,
        "evenGroot": inference.as_large,
        "kleinsteP": inference.attainable,
        "allesGeteld": inference.enumerated,
        "gebieden": one.treated,
        "vergeleken": one.compared,
        "metingenVoor": one.before,
        "metingenNa": one.after,
        "verloop": [
            {"jaar": point.time, "effect": point.effect, "ondergrens": point.low, "bovengrens": point.high}
            for point in one.path
        ],
        "gewichten": [{"gebied": part.name, "gewicht": part.weight} for part in one.weights],
        "jaargewichten": [{"periode": part.name, "gewicht": part.weight} for part in one.period_weights],
        "kenmerken": [
            {
                "kenmerk": part.name,
                "hier": part.treated,
                "alleAndere": part.raw,
                "vergelijking": part.compared,
                "verschilMetAlleAndere": part.difference_raw,
                "verschilMetVergelijking": part.difference_compared,
            }
            for part in one.balance
        ],
        "toetsen": [_check(check) for check in one.checks],
    }


def _check(one: Check) -> dict[str, Any]:
    return {"toets": one.kind.value, "uitslag": one.status.value, "feiten": dict(one.facts)}


def _threat(one: Threat) -> dict[str, Any]:
    return {
        "bedreiging": one.kind.value,
        "stand": one.status.value,
        "omdat": one.because.value,
        "feiten": dict(one.facts),
    }


def _refusal(one: Refusal) -> dict[str, Any]:
    return {
        "reden": one.reason.value,
        "feiten": dict(one.facts),
        "opzet": one.design.value if one.design else None,
        "zwakkereOpzetten": [design.value for design in one.weaker],
    }


def _alternative(one: Alternative) -> dict[str, Any]:
    return {
        "naam": one.name,
        "opzet": one.design.value,
        "effect": one.effect,
        "ondergrens": one.low,
        "bovengrens": one.high,
        "p": one.p,
        "weigering": _refusal(one.refusal) if one.refusal else None,
    }


def _grade(one: Grade) -> dict[str, Any]:
    return {"niveau": one.level, "vanOpzet": one.from_design, "redenen": [reason.value for reason in one.reasons]}


def _data(one: DataGrade) -> dict[str, Any]:
    return {
        "niveau": one.level.value,
        "aard": one.nature.value,
        "metingenVoor": one.before,
        "ontbreekt": one.missing,
        "breuken": one.breaks,
        "redenen": [reason.value for reason in one.reasons],
    }


def _power(one: Power) -> dict[str, Any]:
    return {
        "kleinsteZichtbaar": one.smallest_visible,
        "kleinsteMoeiteWaard": one.worth_having,
        "kansOpZien": one.chance_to_see,
    }


def _transition(one: Transition) -> dict[str, Any]:
    return {
        "groep": one.group,
        "vanaf": one.first,
        "totEnMet": one.last,
        "toen": one.before,
        "later": one.after,
        "gebieden": one.areas,
    }


def _reported(one: Reported) -> dict[str, Any]:
    return {
        "onderzoekers": one.authors,
        "jaar": one.year,
        "bron": one.source,
        "opzet": one.design.value,
        "gebieden": one.areas,
        "mensen": one.people,
        "bevinding": one.finding,
        "bevindingEngels": one.finding_en,
        "vergelijking": one.comparison,
        "toetsen": list(one.checks),
        "effect": one.effect,
        "ondergrens": one.low,
        "bovengrens": one.high,
        "eenheid": one.unit,
        "geschat": one.is_modelled,
    }


def _appraisal(one: Appraisal) -> dict[str, Any]:
    return {
        "opzet": one.design,
        "uitvoering": one.execution,
        "beleidsopbrengst": one.policy_yield,
        "door": one.by,
        "toelichting": one.note,
    }
