"""``wijkpeil outcomes``: in how many neighbourhoods of a programme gaps became smaller, beside what luck gives."""

import argparse
import shlex
import sys
from collections.abc import Sequence

import polars as pl

from wijkpeil.analysis.outcomes import SEED
from wijkpeil.cli import records
from wijkpeil.cli.door import chosen_indicators, open_edition
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.outcomes import About
from wijkpeil.domain.programme import Programme
from wijkpeil.portrayal.language import Language
from wijkpeil.portrayal.outcomes import Outcome, read_outcomes, theme_table, whole_sentences
from wijkpeil.portrayal.outcomes_page import outcomes_page
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import edition_card

_FIRST = (Comparator.REST_OF_CITY, Comparator.CITY_OUTSIDE_PROGRAMME, Comparator.LOOK_ALIKES)


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show the outcomes of one programme, or write them for a program or a page."""
    edition = open_edition(arguments, screen)
    programme = _programme(edition, arguments.programme, screen)
    comparators = _comparators(edition, arguments.comparator, screen)
    frame = edition.outcomes(programme=programme.id, comparators=comparators).filter(
        _wanted(edition, arguments, screen)
    )
    card = edition_card(edition)
    if screen.form != "markdown":
        screen.warn_of(card, edition.policy)
    if screen.form == "csv":
        of = (pl.lit(card.id).alias("edition"), pl.lit(card.fictional).alias("fictional"))
        records.write_csv(frame.select(*of, pl.all()))
    elif screen.form == "json":
        record = records.edition_record(card)
        records.write_json({"edition": record, "seed": SEED, "outcomes": records.rows(frame)})
    else:
        speaker = Speaker(language=screen.language, policy=edition.policy)
        found = read_outcomes(frame)
        if screen.form == "markdown":
            commands = _commands(arguments, edition, programme, screen.language)
            sys.stdout.write(outcomes_page(speaker, card, programme, found, commands=commands, seed=SEED))
        else:
            _show(screen, speaker, programme, found)
    return 0


def at_a_glance(speaker: Speaker, edition: Edition, programme: Programme) -> list[str]:
    """Say the outcome of a programme beside the rest of the city in a few sentences."""
    frame = edition.outcomes(programme=programme.id, comparators=[Comparator.REST_OF_CITY.value])
    whole = frame.filter(pl.col("about") == About.PROGRAMME.value)
    return [sentence for one in read_outcomes(whole) if one.changes for sentence in whole_sentences(speaker, one)]


def _show(screen: Screen, speaker: Speaker, programme: Programme, found: Sequence[Outcome]) -> None:
    language = screen.language
    screen.heading(language.say("Uitkomsten: {programme}", programme=language.label(programme)))
    for one in found:
        if one.about is About.PROGRAMME:
            said = " ".join(whole_sentences(speaker, one))
            screen.say(said)
    for theme in speaker.policy.theme:
        table = theme_table(speaker, theme, found)
        if table:
            screen.table(table)
    screen.say(
        language.say(
            "Een vergelijking is één wijk en één cijfer. Hoe je dit leest, staat in docs/methoden/telling_en_toeval.md."
        ),
        "dim",
    )


def _programme(edition: Edition, typed: str | None, screen: Screen) -> Programme:
    say, known = screen.language.say, edition.policy.programme
    wanted = typed or edition.manifest.default_programme
    for one in known.values():
        if wanted.casefold() in {one.id.casefold(), one.label.casefold(), one.label_en.casefold()}:
            return one
    if not known:
        raise MistakeError(say("Deze editie heeft geen programma."))
    raise MistakeError(
        say("Het programma {typed} bestaat niet. Kies uit: {known}.", typed=repr(wanted), known=", ".join(known))
        + did_you_mean(screen.language, wanted, known)
    )


def _comparators(edition: Edition, typed: str | None, screen: Screen) -> list[str]:
    """Give the one that was asked for, or those of the house with the first group and the country."""
    there = edition.comparators
    if typed is None:
        groups = [group.id for group in edition.policy.groups if group.id in there]
        first = [*(name.value for name in _FIRST), *groups[:1], Comparator.COUNTRY.value]
        return [name for name in first if name in there]
    if typed in there:
        return [typed]
    raise MistakeError(
        screen.language.say("Naast {typed} kan niet. Kies uit: {known}.", typed=repr(typed), known=", ".join(there))
        + did_you_mean(screen.language, typed, there)
    )


def _wanted(edition: Edition, arguments: argparse.Namespace, screen: Screen) -> pl.Expr:
    """Keep the whole, and the themes and indicators that were asked for."""
    chosen = chosen_indicators(edition.policy, arguments, screen.language)
    is_whole = pl.col("about") == About.PROGRAMME.value
    of_theme = pl.col("about") == About.THEME.value
    if arguments.indicator is not None:
        of_theme = pl.lit(False)
    themes = list(dict.fromkeys(one.theme for one in chosen))
    return is_whole | (of_theme & pl.col("theme").is_in(themes)) | pl.col("indicator").is_in([one.id for one in chosen])


def _commands(arguments: argparse.Namespace, edition: Edition, programme: Programme, language: Language) -> list[str]:
    """Write what makes the page anew."""
    chosen = {"--comparator": arguments.comparator, "--theme": arguments.theme, "--indicator": arguments.indicator}
    typed = "".join(f" {name} {shlex.quote(value)}" for name, value in chosen.items() if value is not None)
    spoken = "" if language.code == "nl" else f" --lang {language.code}"
    return [
        f"wijkpeil build --data {language.say('MAP')} --edition {edition.id}",
        f"wijkpeil outcomes --edition {edition.id} --programme {programme.id}{typed}{spoken} --markdown",
    ]
