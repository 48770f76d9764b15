"""``wijkpeil funnel``: which areas of a city differ by more than chance, as a sentence, a table and a picture."""

import argparse

import polars as pl

from wijkpeil.cli import records
from wijkpeil.cli.door import chosen_indicators, open_edition
from wijkpeil.cli.mistake import MistakeError, did_you_mean
from wijkpeil.cli.profile import check_target, write_whole
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.area import Level
from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal import crowd, funnel, quantity, subject
from wijkpeil.portrayal.findings import Crowd
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.findings import crowd_of
from wijkpeil.publication.subject import edition_card

_LISTED = 8
"""So many indicators are named when a text fits more than one."""


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show the funnel of one indicator in one city, or of all gemeenten in the country."""
    if arguments.out is not None:
        check_target(arguments.out, overwrite=arguments.overwrite, language=screen.language, example="trechter.svg")
    edition = open_edition(arguments, screen)
    indicator = _indicator(edition, arguments, screen)
    city, level = _where(edition, arguments, screen)
    screen.warn_of(edition_card(edition), edition.policy)
    found = edition.funnel(indicator=indicator.id, city=city, level=level, period=arguments.period)
    names = dict(zip(edition.areas["code"], edition.areas["name"], strict=True))
    gathered = crowd_of(found, city=names[city], names=names)
    speaker = Speaker(language=screen.language, policy=edition.policy)
    around = subject.areas_of(screen.language, level, names[city])
    if screen.form != "screen":
        _for_programs(edition, screen, found.areas, indicator, names)
    else:
        _show(screen, speaker, indicator, gathered, around)
    if arguments.out is not None:
        _draw(arguments, screen, funnel.funnel(speaker, indicator, gathered, identity="funnel", around=around))
    return 0


def _show(screen: Screen, speaker: Speaker, indicator: Indicator, gathered: Crowd, around: str) -> None:
    label = screen.language.label(indicator)
    when = "" if gathered.period is None else quantity.period_words(screen.language, indicator, gathered.period)
    screen.heading(", ".join(part for part in (label, when) if part))
    if not gathered.members:
        screen.say(screen.language.say("Voor {around} is er in dit jaar geen cijfer.", around=around))
        return
    for sentence in crowd.sentences(speaker, indicator, gathered, around=around):
        screen.say(sentence)
    caption = screen.language.say("{label}: uitzonderingen", label=label)
    found = crowd.table(speaker, indicator, gathered, caption=caption)
    if found.rows:
        screen.table(found)
    else:
        for note in found.notes:
            screen.say(note, "dim")


def _for_programs(
    edition: Edition, screen: Screen, areas: pl.DataFrame, indicator: Indicator, names: dict[str, str]
) -> None:
    """Give all areas with their limits and their reasons, for a program."""
    card = edition_card(edition)
    table = areas.select(
        pl.lit(card.id).alias("edition"),
        pl.lit(card.fictional).alias("fictional"),
        "area",
        pl.col("area").replace_strict(names, default=None, return_dtype=pl.String).alias("area_name"),
        pl.lit(indicator.id).alias("indicator"),
        "period",
        pl.exclude("area", "period"),
    )
    if screen.form == "csv":
        records.write_csv(table)
    else:
        records.write_json({"edition": records.edition_record(card), "areas": records.rows(table)})


def _draw(arguments: argparse.Namespace, screen: Screen, drawn: funnel.Drawn | None) -> None:
    if drawn is None:
        raise MistakeError(
            screen.language.say("Er is niets te tekenen: geen enkel gebied heeft een plaats in de trechter.")
        )
    write_whole(arguments.out, funnel.standing_alone(drawn))
    if screen.is_for_people:
        screen.say(screen.language.say("Het plaatje staat in {out}.", out=arguments.out))


def _indicator(edition: Edition, arguments: argparse.Namespace, screen: Screen) -> Indicator:
    """Find the one indicator that was meant."""
    arguments.theme = None
    found = chosen_indicators(edition.policy, arguments, screen.language)
    if len(found) == 1:
        return found[0]
    ids = ", ".join(one.id for one in found[:_LISTED])
    raise MistakeError(screen.language.say("Een trechter gaat over één indicator. Kies uit: {ids}.", ids=ids))


def _where(edition: Edition, arguments: argparse.Namespace, screen: Screen) -> tuple[str, Level]:
    """Find the gemeente that was meant, or take the country with its gemeenten."""
    if arguments.city is None:
        return edition.manifest.country, Level.GEMEENTE
    gemeenten = edition.areas.filter(pl.col("level").cast(pl.String) == Level.GEMEENTE.value)
    typed = arguments.city.casefold()
    for code, name in gemeenten.select("code", "name").iter_rows():
        if typed in {code.casefold(), name.casefold()}:
            return code, Level(arguments.level)
    raise MistakeError(
        screen.language.say("Deze editie kent geen gemeente {typed}.", typed=repr(arguments.city))
        + did_you_mean(screen.language, arguments.city, gemeenten["name"].to_list())
    )
