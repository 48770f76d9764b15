"""``wijkpeil compare``: several areas side by side, each beside the rest of its own city."""

import argparse
from collections.abc import Sequence

from wijkpeil.cli import records
from wijkpeil.cli.door import area_code, chosen_indicators, open_edition
from wijkpeil.cli.mistake import MistakeError
from wijkpeil.cli.screen import Screen
from wijkpeil.domain.comparator import Comparator
from wijkpeil.portrayal.reading import FIRST_TWO, Reading
from wijkpeil.portrayal.subject import Subject, has_number
from wijkpeil.portrayal.table import Cell, Table, beside_headers, gap_cell, value_cell
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.records import figures_table
from wijkpeil.publication.subject import edition_card, subject_of

_SIDE_BY_SIDE = 4


def run(arguments: argparse.Namespace, screen: Screen) -> int:
    """Compare two or more areas."""
    edition = open_edition(arguments, screen)
    if len(arguments.areas) < 2:
        raise MistakeError(screen.language.say("Noem minstens twee gebieden om te vergelijken."))
    found = [area_code(edition, typed, screen.language) for typed in arguments.areas]
    codes = list(dict.fromkeys(code for code, _ in found))
    indicators = [one.id for one in chosen_indicators(edition.policy, arguments, screen.language)]
    screen.warn_of(edition_card(edition), edition.policy)
    for note in dict.fromkeys(note for _, notes in found for note in notes):
        screen.complain(note)
    if not screen.is_for_people:
        table = figures_table(edition, codes, indicators)
        if screen.form == "csv":
            records.write_csv(table)
        else:
            card = records.edition_record(edition_card(edition))
            records.write_json({"edition": card, "figures": records.rows(table)})
        return 0
    subjects = [subject_of(edition, code, indicators=tuple(indicators), with_peers=False) for code in codes]
    speaker = Speaker(language=screen.language, policy=edition.policy)
    if len(subjects) > _SIDE_BY_SIDE:
        _under_each_other(screen, speaker, subjects)
    else:
        _side_by_side(screen, speaker, subjects)
    return 0


def _side_by_side(screen: Screen, speaker: Speaker, subjects: Sequence[Subject]) -> None:
    for theme in subjects[0].policy.theme.values():
        together = list(zip(*(one.of_theme(theme.id) for one in subjects), strict=True))
        shown = [readings for readings in together if any(has_number(reading) for reading in readings)]
        if not shown:
            continue
        headers = (screen.language.say("Indicator"), *(one.area.name for one in subjects))
        rows = [
            ((screen.language.label(readings[0].indicator),), *(_cell(speaker, reading) for reading in readings))
            for readings in shown
        ]
        screen.table(Table(caption=screen.language.label(theme), headers=headers, rows=tuple(rows)))
    screen.say(screen.language.say("Het verschil is met de rest van de eigen stad. pp = procentpunt."), "dim")


def _under_each_other(screen: Screen, speaker: Speaker, subjects: Sequence[Subject]) -> None:
    say = screen.language.say
    headers = (say("Gebied"), say("Periode"), say("Hier"), *beside_headers(speaker, FIRST_TWO))
    for place, first in enumerate(subjects[0].readings):
        rows = [_row(speaker, subject, subject.readings[place]) for subject in subjects]
        if any(has_number(subject.readings[place]) for subject in subjects):
            caption = screen.language.label(first.indicator)
            screen.table(Table(caption=caption, headers=headers, rows=tuple(rows)))
    screen.say(say("pp = procentpunt. Achter is altijd ongunstig, ook als lager beter is."), "dim")


def _row(speaker: Speaker, about: Subject, reading: Reading) -> tuple[Cell, ...]:
    figure = reading.latest
    if figure is None:
        return ((about.area.name,), ("",), (speaker.language.say("geen bron"),), ("",), ("",))
    beside = [gap_cell(speaker, reading, figure, name) for name in FIRST_TWO]
    return ((about.area.name,), (str(figure.period),), value_cell(speaker, reading, figure), *beside)


def _cell(speaker: Speaker, reading: Reading) -> Cell:
    figure = reading.latest
    if figure is None:
        return (speaker.language.say("geen bron"),)
    lines = [
        f"{speaker.value(reading.indicator, figure)}, {figure.period}",
        speaker.short_margin(reading.indicator, figure),
    ]
    beside = figure.beside.get(Comparator.REST_OF_CITY.value)
    if figure.is_present and beside is not None:
        lines.append(speaker.short_gap(reading.indicator, beside.gap))
    return tuple(line for line in lines if line)
