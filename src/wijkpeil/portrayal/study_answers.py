"""The answer of a study in short: what is alike is said once, with the reason where there is none."""

from collections.abc import Sequence
from dataclasses import replace

from wijkpeil.domain.evidence import CheckKind, CheckStatus, Conclusion, OutcomeResult, StudyResult, Transition
from wijkpeil.domain.study import StudyKind
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study import answer, why_no_statement
from wijkpeil.portrayal.study_refusals import REFUSALS
from wijkpeil.portrayal.study_words import inside
from wijkpeil.portrayal.words import Speaker

_FOUND = {Conclusion.HELPED, Conclusion.HARMED, Conclusion.CHANGED}
_BUT = {
    CheckKind.COMPOSITION: mark(
        "Maar minstens de helft van het verschil komt doordat er andere mensen kwamen wonen: wie er al woonde, merkte "
        "er minder van."
    ),
    CheckKind.DISPLACEMENT: mark("Maar in de buurwijken ging het juist de andere kant op: een deel schoof op."),
    CheckKind.SENSITIVITY: mark(
        "Maar stevig is dat niet: waren de lijnen zonder de aanpak een beetje uit elkaar gelopen, dan kan er van dit "
        "verschil niets overblijven."
    ),
}
"""What is said with an answer at once, because it changes what the answer means."""
_MOVED = (
    (
        "treated",
        mark(
            "Waar iets gedaan is: van de {all} wijken gingen er {up} ({share}) naar een hogere klasse en {down} naar "
            "een lagere; {same} bleven gelijk."
        ),
    ),
    (
        "compared",
        mark(
            "Waar niets gedaan is: van de {all} wijken gingen er {up} ({share}) naar een hogere klasse en {down} naar "
            "een lagere; {same} bleven gelijk."
        ),
    ),
)


def answers(speaker: Speaker, result: StudyResult) -> list[str]:
    """Give the answer for every outcome; those that are refused for the same reasons share one.

    Six times "no statement" tells a reader nothing, one "no statement" with its reason does. Expects outcomes of the
    policy only; where the figures behind their refusals differ, those stand with the outcome itself.
    """
    result = with_programmes(speaker, result)
    said: dict[tuple[str, ...], list[OutcomeResult]] = {}
    for one in result.outcomes:
        if one.indicator in speaker.policy.indicator:
            said.setdefault(_reasons(speaker.language, one) or (one.indicator,), []).append(one)
    return [
        _refused(speaker, result, shared, reasons)
        if shared[0].refusal and not _is_described(result, shared[0])
        else _answered(speaker, result, shared[0])
        for reasons, shared in said.items()
    ]


def shared_refusal(language: Language, outcomes: Sequence[OutcomeResult]) -> str:
    """Say why no outcome at all has an answer, where that is one reason for all of them; else nothing."""
    reasons = {_reasons(language, one)[:1] for one in outcomes}
    return " ".join(reasons.pop()) if len(reasons) == 1 else ""


def with_programmes(speaker: Speaker, result: StudyResult) -> StudyResult:
    """Add the names of programmes to those of areas, so that a refusal names what readers know."""
    named = {id_: speaker.language.label(one) for id_, one in speaker.policy.programme.items()}
    return replace(result, names={**named, **result.names})


def _reasons(language: Language, outcome: OutcomeResult) -> tuple[str, ...]:
    if outcome.refusal is None:
        return ()
    return tuple(language.say(REFUSALS[one.reason]) for one in (outcome.refusal, *outcome.also))


def _refused(speaker: Speaker, result: StudyResult, outcomes: Sequence[OutcomeResult], reasons: tuple[str, ...]) -> str:
    labels = [speaker.language.label(speaker.policy.indicator[one.indicator]) for one in outcomes]
    named = speaker.language.series([labels[0], *map(inside, labels[1:])])
    whole = {tuple(why_no_statement(speaker.language, result, one)) for one in outcomes}
    why = whole.pop() if len(whole) == 1 else reasons
    return " ".join([speaker.language.say("{label}: geen uitspraak.", label=named), *why])


def _answered(speaker: Speaker, result: StudyResult, outcome: OutcomeResult) -> str:
    language = speaker.language
    if _is_described(result, outcome):
        label = language.label(speaker.policy.indicator[outcome.indicator])
        return " ".join([f"{label}.", *_moved(language, outcome.transitions)])
    said = [answer(speaker, result, outcome), *why_no_statement(language, result, outcome)]
    if outcome.conclusion in _FOUND and result.study.kind is not StudyKind.PLACEBO:
        said += [language.say(_BUT[kind]) for kind in _BUT if kind in _failing(outcome)]
    return " ".join(said)


def _failing(outcome: OutcomeResult) -> set[CheckKind]:
    """Give the checks that fail; both sorts of drift are one to a reader."""
    checks = outcome.found.checks if outcome.found else ()
    failing = {one.kind for one in checks if one.status is CheckStatus.FAILS}
    return failing | {CheckKind.SENSITIVITY} if CheckKind.SENSITIVITY_SMOOTH in failing else failing


def _is_described(result: StudyResult, outcome: OutcomeResult) -> bool:
    """Say whether areas moved between classes of which the order is known: those that have a number."""
    classes = [name for one in outcome.transitions for name in (one.before, one.after)]
    return result.study.kind is StudyKind.DESCRIPTION and bool(classes) and all(map(str.isdecimal, classes))


def _step(one: Transition) -> int:
    before, after = int(one.before), int(one.after)
    return (after > before) - (after < before)


def _moved(language: Language, transitions: Sequence[Transition]) -> list[str]:
    """Count who went up, down or nowhere: classes have an order, so that may be said; how far, may not."""
    said = []
    for group, pattern in _MOVED:
        own = [(_step(one), one.areas) for one in transitions if one.group == group]
        if own:
            counts = {
                "all": sum(areas for _, areas in own),
                "up": sum(areas for step, areas in own if step > 0),
                "down": sum(areas for step, areas in own if step < 0),
                "same": sum(areas for step, areas in own if step == 0),
            }
            share = f"{language.number(counts['up'] / counts['all'] * 100, 0)}%"
            whole = {name: language.whole(count) for name, count in counts.items()}
            said.append(language.say(pattern, share=share, **whole))
    return said
