"""``wijkpeil show``: one area beside its city and its look-alikes, theme by theme."""

import argparse
from collections.abc import Sequence

from wijkpeil.cli import records
from wijkpeil.cli.door import area_code, chosen_indicators, open_edition
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.policy import Theme
from wijkpeil.portrayal import crowd, steady, subject
from wijkpeil.portrayal.profile import absences
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.subject import Subject
from wijkpeil.portrayal.table import comparator_table, position_table, series_table
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.records import figures_table
from wijkpeil.publication.subject import edition_card, subject_of

_IN_FULL = 3
"""With so few indicators each is shown in full: its sentences, all its years and all its comparators."""

_LISTED = 8
"""So many names of absent indicators stand under one reason; the page and the files have them all."""


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Show one area."""
    edition = open_edition(arguments, screen)
    code, notes = area_code(edition, arguments.area, screen.language)
    indicators = chosen_indicators(edition.policy, arguments, screen.language)
    ids = [one.id for one in indicators]
    screen.warn_of(edition_card(edition), edition.policy)
    for note in notes:
        screen.complain(note)
    if screen.form == "csv":
        records.write_csv(figures_table(edition, [code], ids))
        return 0
    if screen.form == "json":
        records.write_json(
            {
                "edition": records.edition_record(edition_card(edition)),
                "notes": notes,
                "figures": records.rows(figures_table(edition, [code], ids)),
            }
        )
        return 0
    in_full = len(indicators) <= _IN_FULL
    about = subject_of(edition, code, indicators=tuple(ids), with_peers=False, with_methods=in_full)
    _head(screen, about)
    speaker = Speaker(language=screen.language, policy=edition.policy)
    if in_full:
        for reading in about.readings:
            _in_full(screen, speaker, about, reading)
    else:
        _by_theme(screen, speaker, about, chosen=arguments.theme is not None or arguments.indicator is not None)
    return 0


def _head(screen: Screen, about: Subject) -> None:
    screen.heading(about.area.name)
    screen.pairs(
        [*subject.facts(screen.language, about), (screen.language.say("Editie"), _edition(screen, about))],
    )


def _edition(screen: Screen, about: Subject) -> str:
    return f"{about.edition.id} ({screen.language.day(about.edition.made_on)})"


def _by_theme(screen: Screen, speaker: Speaker, about: Subject, *, chosen: bool) -> None:
    for theme in about.policy.theme.values():
        readings = about.of_theme(theme.id)
        if readings or not chosen:
            _theme(screen, speaker, theme, readings)
    _reasons(screen, speaker, about)
    say = screen.language.say
    screen.say()
    screen.say(say("pp = procentpunt. Achter is altijd ongunstig, ook als lager beter is."), "dim")
    screen.say(say("Tussen haakjes: de 95%-marge, en bij gelijkende wijken hoeveel het er zijn."), "dim")
    other = speaker.comparator(about.first_two[0])
    screen.say(say("Verschil veranderd: vergeleken met {other}, sinds het jaar dat erbij staat.", other=other), "dim")


def _theme(screen: Screen, speaker: Speaker, theme: Theme, readings: Sequence[Reading]) -> None:
    say = screen.language.say
    shown = [one for one in readings if subject.has_number(one)]
    if shown:
        screen.table(position_table(speaker, shown, caption=screen.language.label(theme)))
        for counted in speaker.verdict_counts(shown):
            screen.say(counted)
        if not any(one.has_series for one in shown):
            screen.say(say("Over dit thema zijn er nog geen cijfers over tijd."), "dim")
        return
    screen.heading(screen.language.label(theme))
    screen.say(say("Over dit thema zijn er voor dit gebied nog geen cijfers."))


def _reasons(screen: Screen, speaker: Speaker, about: Subject) -> None:
    found = absences(speaker, about)
    if found:
        screen.heading(screen.language.say("Wat we niet weten"))
    for absence in found:
        labels = list(absence.labels[:_LISTED])
        more = len(absence.labels) - _LISTED
        if more > 0:
            labels.append(screen.language.say("en nog {count}", count=screen.language.whole(more)))
        screen.say(absence.reason)
        screen.say(f"  {', '.join(labels)}", "dim")


def _in_full(screen: Screen, speaker: Speaker, about: Subject, reading: Reading) -> None:
    say = screen.language.say
    screen.heading(screen.language.label(reading.indicator))
    if reading.indicator.question and screen.language.code == "nl":
        screen.say(reading.indicator.question, "italic")
    for sentence in [*speaker.sentences(reading, about.area.name), *_behind(speaker, about, reading)]:
        screen.say(sentence)
    if reading.figures:
        screen.table(series_table(speaker, reading), title=False)
    if reading.latest and reading.latest.is_present and reading.latest.beside:
        caption = say("Naast wat, in {year}", year=reading.latest.period)
        screen.table(comparator_table(speaker, reading, caption=caption))
    if reading.indicator.not_for and screen.language.code == "nl":
        screen.say(say("Wat het niet zegt: {text}", text=reading.indicator.not_for), "dim")


def _behind(speaker: Speaker, about: Subject, reading: Reading) -> list[str]:
    """Say what lies behind a figure: how it stands given its city, its place among the others, and its line."""
    said = steady.smoothed_sentences(speaker, reading, city=about.area.gemeente_name or "")
    found = reading.findings.crowd
    own = found.member(about.area.code) if found else None
    if found and own and own.reason is None:
        said.append(crowd.own_sentence(speaker, own, found))
    return [*said, *steady.trend_sentences(speaker, reading)]
