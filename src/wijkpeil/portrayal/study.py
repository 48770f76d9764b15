"""A study in sentences: the question, the answer in short, how sure that is, and what would change our mind."""

from collections import Counter

from wijkpeil.domain.evidence import Conclusion, Found, OutcomeResult, StudyResult
from wijkpeil.domain.grading import DataLevel
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.study import Design, Expected, Family, Study, StudyKind
from wijkpeil.effects.grade import refuting
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study_checks import CHECKS
from wijkpeil.portrayal.study_refusals import REFUSALS, refusal_sentences
from wijkpeil.portrayal.study_words import (
    change_words,
    design_words,
    finer,
    frequency_words,
    how_words,
    margin_words,
    p_words,
    span_words,
)
from wijkpeil.portrayal.words import Speaker

KINDS = {
    StudyKind.EVALUATION: mark("Onderzoek naar een effect"),
    StudyKind.PLACEBO: mark("Proef op de methode: een start die er nooit was"),
    StudyKind.DESCRIPTION: mark("Beschrijving, zonder effect"),
    StudyKind.ELSEWHERE: mark("Onderzoek van anderen"),
}
"""What sort of study it is."""

CONCLUSIONS = {
    Conclusion.HELPED: ("▲", mark("het hielp")),
    Conclusion.HARMED: ("▼", mark("het werd er slechter van")),
    Conclusion.CHANGED: ("◆", mark("het maakte verschil")),
    Conclusion.NO_EFFECT_WORTH_HAVING: ("●", mark("geen effect dat de moeite waard is")),
    Conclusion.CANNOT_TELL: ("▨", mark("niet te zeggen")),
    Conclusion.NO_STATEMENT: ("○", mark("geen uitspraak")),
}
"""The sign and the words of every conclusion."""

COLOURS = {
    Conclusion.HELPED: "catching_up",
    Conclusion.HARMED: "falling_behind",
    Conclusion.CHANGED: "steady",
    Conclusion.NO_EFFECT_WORTH_HAVING: "steady",
    Conclusion.CANNOT_TELL: "cannot_tell",
    Conclusion.NO_STATEMENT: "not_judged",
}
"""With which verdict a conclusion shares its colour."""

_ANSWERS = {
    Conclusion.HELPED: mark("Het hielp. {label}: {change} dan zonder ({margin})."),
    Conclusion.HARMED: mark("Het werd er slechter van. {label}: {change} dan zonder ({margin})."),
    Conclusion.CHANGED: mark("Het maakte verschil. {label}: {change} dan zonder ({margin})."),
    Conclusion.NO_EFFECT_WORTH_HAVING: mark(
        "Geen effect dat de moeite waard is. {label}: {change} ({margin}). Dat is zeker kleiner dan {worth}."
    ),
    Conclusion.NO_STATEMENT: mark(
        "{label}: geen uitspraak. Het verschil is {change} ({margin}), maar waardoor dat komt is hiermee niet te "
        "zeggen."
    ),
    Conclusion.CANNOT_TELL: mark("Niet te zeggen. {label}: {change} ({margin}). Dat is te onzeker voor een antwoord."),
}
_PLACEBO = {
    True: mark("Zo hoort het niet: de methode vindt iets waar niets gebeurd is. {label}: {change} ({margin})."),
    False: mark("Zoals het hoort: waar niets gebeurd is, vindt de methode niets. {label}: {change} ({margin})."),
}
_WITHOUT_STATEMENT = {Design.BEFORE_AFTER, Design.CROSS_SECTION}
_FINDS = {Conclusion.HELPED, Conclusion.HARMED, Conclusion.CHANGED}
_FAMILIES = {
    Family.ROMANO_WOLF: mark("Romano en Wolf"),
    Family.HOLM: mark("Holm"),
    Family.FALSE_DISCOVERY: mark("Benjamini en Hochberg"),
}
_EXCLUDED = {
    "treated": mark("ligt in of om een wijk van het onderzoek: {count}"),
    "in_programme": mark("hoort bij een programma: {count}"),
    "named": mark("met naam uitgesloten: {count}"),
    "other_city": mark("ligt in een andere stad: {count}"),
    "too_few_people": mark("te weinig inwoners: {count}"),
    "in_ring": mark("ligt in de ring om een wijk van het onderzoek: {count}"),
    "treated_with_gaps": mark("wijk van het onderzoek, maar niet alle metingen zijn er: {count}"),
    "compared_with_gaps": mark("niet alle metingen zijn er: {count}"),
    "treated_before_data": mark("begon voor de eerste meting of te kort erna: {count}"),
    "without_covariates": mark("een kenmerk ontbreekt: {count}"),
}


def title_of(language: Language, study: Study) -> str:
    """Give the title of a study."""
    return study.title if language.code == "nl" else study.title_en or study.title


def question_of(language: Language, study: Study) -> str:
    """Give the question of a study."""
    return study.question if language.code == "nl" else study.question_en or study.question


def done_of(language: Language, study: Study) -> str:
    """Say what was done, in the language of the reader where it was written in it."""
    return study.done if language.code == "nl" else study.done_en or study.done


def mechanism_of(language: Language, study: Study) -> str:
    """Say how it might work, in the language of the reader where it was written in it."""
    return study.mechanism if language.code == "nl" else study.mechanism_en or study.mechanism


def kind_words(language: Language, study: Study) -> str:
    """Say what sort of study it is."""
    return language.say(KINDS[study.kind])


def conclusion_short(language: Language, conclusion: Conclusion) -> str:
    """Name a conclusion with its sign."""
    sign, words = CONCLUSIONS[conclusion]
    return f"{sign} {language.say(words)}"


def sign_of(language: Language, study: Study, conclusion: Conclusion) -> tuple[str, str]:
    """Give the colour of a conclusion and its words; where nothing was done, to find nothing is what should be."""
    if study.kind is StudyKind.PLACEBO and conclusion is not Conclusion.NO_STATEMENT:
        finds = conclusion in _FINDS
        words = mark("✗ vindt iets waar niets gebeurd is") if finds else mark("✓ vindt niets, zoals het hoort")
        return COLOURS[Conclusion.HARMED if finds else Conclusion.HELPED], language.say(words)
    if study.kind is StudyKind.DESCRIPTION:
        return COLOURS[Conclusion.NO_STATEMENT], language.say(mark("○ beschrijft alleen"))
    return COLOURS[conclusion], conclusion_short(language, conclusion)


def conclusions_counted(language: Language, result: StudyResult) -> list[tuple[str, str]]:
    """Count the conclusions of a study, with the colour of each: niet te zeggen (2)."""
    signs = [sign_of(language, result.study, one.conclusion) for one in result.outcomes]
    return [
        (colour, words if count == 1 else f"{words} ({language.whole(count)})")
        for (colour, words), count in Counter(signs).items()
    ]


def answer(speaker: Speaker, result: StudyResult, outcome: OutcomeResult) -> str:
    """Give the answer for one outcome in one sentence, never without its margin; of what is refused, the reason."""
    language, found = speaker.language, outcome.found
    indicator = speaker.policy.indicator[outcome.indicator]
    label = language.label(indicator)
    if found is None:
        return language.say("{label}: geen uitspraak.", label=label)
    parts = {
        "label": label,
        "change": change_words(language, indicator, found.effect),
        "margin": margin_of(language, indicator, found),
    }
    if result.study.kind is StudyKind.PLACEBO and outcome.conclusion is not Conclusion.NO_STATEMENT:
        return language.say(_PLACEBO[outcome.conclusion in _FINDS], **parts)
    worth = outcome.power.worth_having if outcome.power else _smallest(result.study, outcome.indicator)
    return language.say(_ANSWERS[outcome.conclusion], worth=quantity.size(language, finer(indicator), worth), **parts)


def why_no_statement(language: Language, result: StudyResult, outcome: OutcomeResult) -> list[str]:
    """Say why there is no statement: the refusal, the study that only describes, the figures, the design or a check."""
    if outcome.refusal is not None:
        others = [language.say(REFUSALS[one.reason]) for one in outcome.also]
        return [*refusal_sentences(language, outcome.refusal, result.names), *others]
    if outcome.conclusion is not Conclusion.NO_STATEMENT:
        return []
    if result.study.kind is StudyKind.DESCRIPTION:
        return [language.say("Dit onderzoek beschrijft alleen wat er veranderde. Waardoor dat kwam, zegt het niet.")]
    if outcome.data is not None and outcome.data.level is DataLevel.UNFIT:
        return [language.say("De cijfers zijn ongeschikt om een effect mee te zien.")]
    found = outcome.found
    if found is not None and found.design in _WITHOUT_STATEMENT:
        return [language.say("Deze opzet laat zien wat er veranderde. Waardoor dat kwam, kan zij niet zeggen.")]
    failing = refuting(found.design, found.checks) if found else ()
    said = [language.say("Een toets waar deze opzet op rust, klopt niet.")] if failing else []
    wordings = [CHECKS[one.kind] for one in failing]
    return [*said, *(f"{language.say(one.asks)} {language.say(one.fails)}" for one in wordings)]


def margin_of(language: Language, indicator: Indicator, found: Found) -> str:
    """Write the margin of what was found."""
    span = span_words(language, indicator, found.inference.low, found.inference.high)
    return language.say("95%-marge: {span}", span=span)


def chance_sentences(language: Language, result: StudyResult, outcome: OutcomeResult) -> list[str]:
    """Say how surely it is not chance: in counts, as a p-value in plain words, and for all outcomes together."""
    found = outcome.found
    if found is None:
        return []
    said = frequency_words(language, found.inference, found.treated)
    said.append(
        language.say(
            "{p}: zo vaak zou je zo'n groot verschil zien als er niets aan de hand was. 0,05 of kleiner noemen we "
            "geen toeval.",
            p=p_words(language, found.inference.p),
        )
    )
    said.append(margin_words(language, found.inference.method))
    together = sum(1 for one in result.outcomes if one.found is not None)
    if outcome.p_adjusted is not None and together > 1:
        said.append(
            language.say(
                "We keken naar {count} uitkomsten tegelijk. Hoe meer je er bekijkt, hoe eerder er een door toeval "
                "opvalt. Daarvoor gecorrigeerd is het {p} ({family}).",
                count=language.whole(together),
                p=p_words(language, outcome.p_adjusted),
                family=language.say(_FAMILIES[result.family]),
            )
        )
    return said


def compared_sentences(language: Language, outcome: OutcomeResult, found: Found) -> list[str]:
    """Say what was compared with what, over how many years, how, and what was left out."""
    said = [how_words(language, found.design)]
    if found.design in {Design.INTERRUPTED_SERIES, Design.BEFORE_AFTER}:
        said.append(
            language.say_count(
                "Het gaat om {count} wijk, zonder vergelijking met andere.",
                "Het gaat om {count} wijken, zonder vergelijking met andere.",
                found.treated,
            )
        )
    else:
        said.append(
            language.say_count(
                "{count} wijk waar iets gedaan is, naast {others} waar niets gedaan is.",
                "{count} wijken waar iets gedaan is, naast {others} waar niets gedaan is.",
                found.treated,
                others=language.whole(found.compared),
            )
        )
    if found.before or found.after:
        said.append(
            language.say(
                "Metingen voor de start: {before}. Metingen erna: {after}.",
                before=language.whole(found.before),
                after=language.whole(found.after),
            )
        )
    left_out = [
        language.say(_EXCLUDED[why], count=language.whole(count))
        for why, count in (outcome.excluded or {}).items()
        if why in _EXCLUDED and count
    ]
    if left_out:
        said.append(language.say("Wat niet meetelt: {reasons}.", reasons="; ".join(left_out)))
    return said


def expected_words(language: Language, indicator: Indicator, study: Study) -> str:
    """Say what was expected beforehand of an outcome, and from which size on it is worth having."""
    outcome = next((one for one in study.outcomes if one.indicator == indicator.id), None)
    if outcome is None:
        return ""
    patterns = {
        Expected.UP: mark("Vooraf verwacht: hoger. De moeite waard vanaf {size}."),
        Expected.DOWN: mark("Vooraf verwacht: lager. De moeite waard vanaf {size}."),
        Expected.EITHER: mark("Vooraf verwacht: hoger of lager. De moeite waard vanaf {size}."),
    }
    return language.say(patterns[outcome.expected], size=quantity.size(language, finer(indicator), outcome.smallest))


def registration_sentences(language: Language, result: StudyResult) -> list[str]:
    """Say whether the study was put down beforehand, and whether it still is what was put down then."""
    registration = result.study.registration
    if result.study.kind is StudyKind.ELSEWHERE:
        return []
    if registration is None:
        return [language.say("Dit onderzoek is niet vooraf vastgelegd. Lees de uitkomst als een verkenning.")]
    said = [
        language.say("Vooraf vastgelegd door {by} op {day}.", by=registration.by, day=language.day(registration.on))
    ]
    if registration.hash == result.study_hash:
        said.append(language.say("Het onderzoek is uitgevoerd zoals het is vastgelegd."))
    else:
        said.append(
            language.say("Let op: na het vastleggen is het onderzoek veranderd. Lees de uitkomst als een verkenning.")
        )
    if registration.figures_seen is not None:
        said.append(
            language.say("Cijfers van na de start waren toen al bekend.")
            if registration.figures_seen
            else language.say("Cijfers van na de start waren toen nog niet bekend.")
        )
    said += [
        language.say(
            "Eerder vastgelegd op {day} door {by}, en daarna vervangen. De reden: {reason}.",
            day=language.day(one.on),
            by=one.by,
            reason=one.reason.rstrip("."),
        )
        for one in registration.earlier
    ]
    if registration.smallest_visible:
        said.append(
            language.say("Hoe klein een effect te zien zou zijn, is toen al uitgerekend, zonder de uitkomst te zien.")
        )
    return said


def designs_words(language: Language, study: Study) -> str:
    """Name the design that was chosen beforehand."""
    if study.reported is not None:
        return design_words(language, study.reported.design)
    return design_words(language, study.designs[0]) if study.designs else "–"


def _smallest(study: Study, indicator: str) -> float:
    return next((one.smallest for one in study.outcomes if one.indicator == indicator), 0.0)
