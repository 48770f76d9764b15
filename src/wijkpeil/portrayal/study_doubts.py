"""What a study could not see and what would change our mind: its power, its failed checks, and what is still open."""

from collections.abc import Iterable

from wijkpeil.domain.evidence import CheckStatus, Found, OutcomeResult, Power
from wijkpeil.domain.grading import Threat, ThreatStatus
from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.study_checks import CHECKS
from wijkpeil.portrayal.study_threats import NAMES
from wijkpeil.portrayal.study_words import finer, inside


def power_sentences(language: Language, indicator: Indicator, power: Power, *, outcomes: int = 1) -> list[str]:
    """Say which effect the design could have seen, beside the one that is worth having, looking at so many outcomes."""
    worth = quantity.size(language, finer(indicator), power.worth_having)
    if power.smallest_visible is None:
        said = [language.say("Hoe klein een effect dit onderzoek had kunnen zien, is niet uit te rekenen.")]
    else:
        said = [
            language.say(
                "Dit onderzoek had een effect van {visible} of meer kunnen zien (in 80 van de 100 keer). De moeite "
                "waard is, zo was vooraf gezegd, {worth} of meer.",
                visible=quantity.size(language, finer(indicator), power.smallest_visible),
                worth=worth,
            )
        ]
        if power.smallest_visible > power.worth_having:
            said.append(
                language.say("Een effect dat de moeite waard is, kan dit onderzoek dus makkelijk gemist hebben.")
            )
    if power.chance_to_see is not None:
        said.append(
            language.say(
                "Een effect van {worth} had het in {counted} van de 100 keer gezien.",
                worth=worth,
                counted=_of_a_hundred(language, power.chance_to_see),
            )
        )
    if outcomes > 1 and power.chance_to_see is not None:
        said.append(
            language.say(
                "Daarbij is meegeteld dat dit onderzoek naar {count} uitkomsten kijkt: dan moet een effect groter zijn "
                "om op te vallen.",
                count=language.whole(outcomes),
            )
        )
    return said


def would_change(language: Language, outcome: OutcomeResult) -> list[str]:
    """Say what would change our mind: what failed or is doubtful, what is open, and what could not be seen."""
    found = outcome.found
    said = [*_unsettled(language, found), *_unanswered(language, outcome.threats)]
    power = outcome.power
    if power is not None and (power.smallest_visible is None or power.smallest_visible > power.worth_having):
        said.append(language.say("Meer wijken of meer jaren: dan is ook een kleiner effect te zien."))
    others = [one.effect for one in outcome.alternatives if one.effect is not None]
    if found is not None and any(effect * found.effect < 0 for effect in others):
        said.append(language.say("Een reden om een van de andere manieren te kiezen: die wijst de andere kant op."))
    if found is not None and not said:
        said.append(language.say("Nieuwe metingen die een andere kant op wijzen: alle toetsen zijn doorstaan."))
    return said


def _unsettled(language: Language, found: Found | None) -> list[str]:
    """Name the checks that failed, then those that are doubtful."""
    patterns = {
        CheckStatus.FAILS: mark("Een ander antwoord op: {question}"),
        CheckStatus.DOUBTFUL: mark("Meer zekerheid over: {question}"),
    }
    return [
        language.say(pattern, question=language.say(CHECKS[check.kind].asks))
        for status, pattern in patterns.items()
        for check in (found.checks if found else ())
        if check.status is status
    ]


def _unanswered(language: Language, threats: Iterable[Threat]) -> list[str]:
    """Name the threats that are open or present."""
    patterns = {
        ThreatStatus.OPEN: mark("Cijfers over: {threat}."),
        ThreatStatus.PRESENT: mark("Een vergelijking waarin dit niet meespeelt: {threat}."),
    }
    return [
        language.say(patterns[one.status], threat=inside(language.say(NAMES[one.kind])))
        for one in threats
        if one.status in patterns
    ]


def _of_a_hundred(language: Language, share: float) -> str:
    if 0 < share < 0.01:
        return language.say("minder dan 1")
    if 0.99 < share < 1:
        return language.say("meer dan 99")
    return language.whole(share * 100)
