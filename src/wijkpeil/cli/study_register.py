"""``wijkpeil study register``: who puts a study down, when, and what was known by then."""

import argparse
from datetime import date

from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.cli.study import FAULTS, at_hand, sound_study
from wijkpeil.domain.evidence import Power
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.study import Registration, Study
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.study_doubts import power_sentences
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.registering import (
    AlreadyRegisteredError,
    Known,
    NotOursToRegisterError,
    RegistrationMisplacedError,
    figures_seen,
    register,
)
from wijkpeil.publication.studying import power_of


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Register a study; one with faults is shown them instead."""
    language = screen.language
    at = at_hand(arguments, screen)
    study = sound_study(arguments.file, at.policy, screen)
    if study is None:
        screen.complain(language.say("De studie is niet vastgelegd: verbeter eerst wat hierboven staat."))
        return FAULTS
    if arguments.again is not None and study.registration is None:
        raise MistakeError(language.say("Deze studie is nog niet vastgelegd: laat --again weg."))
    power = _power(study, at.edition)
    visible = {name: one.smallest_visible for name, one in power.items() if one.smallest_visible is not None}
    known = Known(
        figures_seen=None if at.edition is None else figures_seen(study, at.edition), smallest_visible=visible
    )
    made = _registered(arguments, study, known, language)
    screen.say(language.say("{file} is vastgelegd door {by}.", file=arguments.file, by=made.by))
    screen.say(language.say("Kenmerk van het bestand: {hash}", hash=made.hash), "dim")
    screen.say(_seen(language, made))
    for sentence in _visible(language, at.policy, study, power):
        screen.say(sentence)
    return 0


def _registered(arguments: argparse.Namespace, study: Study, known: Known, language: Language) -> Registration:
    """Register, or raise ``MistakeError`` with what stands in the way."""
    say = language.say
    try:
        return register(
            arguments.file,
            study,
            by=arguments.by,
            on=date.today(),  # noqa: DTZ011 -- the day of the user
            known=known,
            reason=arguments.again,
        )
    except AlreadyRegisteredError as fault:
        before = fault.registration
        raise MistakeError(
            say(
                "Deze studie is al vastgelegd op {day} door {by}. Leg haar opnieuw vast met --again en een reden; wat "
                "er stond, blijft bewaard.",
                day=language.day(before.on),
                by=before.by,
            )
        ) from fault
    except NotOursToRegisterError as fault:
        raise MistakeError(say("Dit is een studie van anderen. Die leg je niet vast: zij was er al.")) from fault
    except RegistrationMisplacedError as fault:
        raise MistakeError(
            say("[registration] staat niet als laatste in het bestand. Zet die tabel onderaan en probeer het opnieuw.")
        ) from fault
    except ValueError as fault:
        raise MistakeError(say("Geef een naam en een reden van één regel tekst.")) from fault


def _power(study: Study, edition: Edition | None) -> dict[str, Power]:
    """Compute per outcome the smallest effect that could be seen, from the years before the start only."""
    return {} if edition is None else power_of(study, edition)


def _seen(language: Language, made: Registration) -> str:
    if made.figures_seen is None:
        return language.say("Of er al cijfers van na de start zijn, is niet nagegaan: daar is een editie voor nodig.")
    if made.figures_seen:
        return language.say("Let op: er zijn al cijfers van na de start. Dat staat erbij: wie vastlegt, kan ze kennen.")
    return language.say("Er zijn nog geen cijfers van na de start.")


def _visible(language: Language, policy: Policy, study: Study, power: dict[str, Power]) -> list[str]:
    """Say per outcome how small an effect this design could see, beside the one that is worth having."""
    said = []
    for outcome in study.outcomes:
        own = power.get(outcome.indicator)
        if own is not None:
            indicator = policy.indicator[outcome.indicator]
            sentences = " ".join(power_sentences(language, indicator, own, outcomes=len(study.outcomes)))
            said.append(f"{language.label(indicator)}: {sentences}")
    return said
