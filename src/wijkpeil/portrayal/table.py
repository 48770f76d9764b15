"""The same rows for a terminal and for a page: a table is words in cells, with a caption and a header per column."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wijkpeil.domain.comparator import Comparator
from wijkpeil.portrayal import quantity, reasons
from wijkpeil.portrayal.reading import FIRST_TWO, Figure, Reading
from wijkpeil.portrayal.words import Speaker

Cell = tuple[str, ...]
"""The lines of one cell."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A caption, headers, and rows of cells; the first cell of a row is its header."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = field(default=())


def position_table(speaker: Speaker, readings: Sequence[Reading], *, caption: str) -> Table:
    """Set the latest figure of every indicator beside its two comparators, with the change since the baseline."""
    say = speaker.language.say
    headers = (
        say("Indicator"),
        say("Periode"),
        say("Hier"),
        say("Rest van de stad"),
        say("Gelijkende wijken"),
        say("Verschil veranderd"),
    )
    return Table(caption=caption, headers=headers, rows=tuple(_position_row(speaker, one) for one in readings))


def series_table(speaker: Speaker, reading: Reading) -> Table:
    """Give all periods of one indicator, with both gaps and their margins."""
    say, language, indicator = speaker.language.say, speaker.language, reading.indicator
    headers = (say("Periode"), say("Hier"), say("Rest van de stad"), say("Gelijkende wijken"), say("Bron"))
    rows = tuple(
        (
            (quantity.period_words(language, indicator, figure.period),),
            value_cell(speaker, reading, figure),
            *(gap_cell(speaker, reading, figure, comparator, with_margin=True) for comparator in FIRST_TWO),
            (figure.source,),
        )
        for figure in reading.figures
    )
    made = dict.fromkeys(reasons.how_sure(language, figure.interval) for figure in reading.present)
    return Table(caption=language.label(indicator), headers=headers, rows=rows, notes=tuple(made))


def comparator_table(speaker: Speaker, reading: Reading, *, caption: str) -> Table:
    """Set the latest figure of one indicator beside every comparator that the edition has."""
    say, figure = speaker.language.say, reading.latest
    headers = (say("Vergelijking"), say("Daar"), say("Verschil"), say("Verschil veranderd"))
    if figure is None:
        return Table(caption=caption, headers=headers, rows=())
    rows = []
    for name, beside in figure.beside.items():
        if beside.value is None:
            there = reasons.short(speaker.language, beside.status)
        else:
            there = quantity.with_status(speaker.language, reading.indicator, beside.value, beside.status)
        gap = (speaker.short_gap(reading.indicator, beside.gap), speaker.gap_margin(reading.indicator, figure, beside))
        shift = speaker.short_shift(reading.indicator, reading.shifts.get(name))
        rows.append(((speaker.comparator(name),), (there,), tuple(part for part in gap if part), (shift,)))
    return Table(caption=caption, headers=headers, rows=tuple(rows))


def _position_row(speaker: Speaker, reading: Reading) -> tuple[Cell, ...]:
    figure, label = reading.latest, speaker.language.label(reading.indicator)
    if figure is None:
        return ((label,), ("",), (speaker.language.say("geen bron"),), ("",), ("",), ("",))
    period = quantity.period_words(speaker.language, reading.indicator, figure.period)
    beside = [gap_cell(speaker, reading, figure, comparator) for comparator in FIRST_TWO]
    return ((label,), (period,), value_cell(speaker, reading, figure), *beside, _shifts(speaker, reading))


def value_cell(speaker: Speaker, reading: Reading, figure: Figure) -> Cell:
    """Give a value over its margin, or the reasons that there are none."""
    lines = (speaker.value(reading.indicator, figure), speaker.margin(reading.indicator, figure))
    return tuple(one for one in lines if one)


def gap_cell(speaker: Speaker, reading: Reading, figure: Figure, comparator: str, *, with_margin: bool = False) -> Cell:
    """Give what stands beside a figure over the difference, or the reason that there is none."""
    beside = figure.beside.get(comparator)
    if beside is None or not figure.is_present:
        return ("",)
    if beside.value is None:
        return (reasons.short(speaker.language, beside.status),)
    there = quantity.in_words(speaker.language, reading.indicator, beside.value)
    if comparator == Comparator.LOOK_ALIKES.value and figure.like_n:
        there = f"{there} ({figure.like_n})"
    lines = [there, speaker.short_gap(reading.indicator, beside.gap)]
    if with_margin and beside.gap_low is not None and beside.gap_high is not None:
        lines.append(speaker.gap_margin(reading.indicator, figure, beside))
    return tuple(lines)


def _shifts(speaker: Speaker, reading: Reading) -> Cell:
    shift = reading.shifts.get(Comparator.REST_OF_CITY.value)
    if shift is None:
        return ("",)
    if shift.change is None:
        short = {
            "one_period": speaker.language.say("één meting"),
            "broken": speaker.language.say("meting veranderd"),
            "ordinal": speaker.language.say("klasse"),
        }
        return (short.get(shift.baseline_status, speaker.language.say("niet bekend")),)
    return (speaker.short_shift(reading.indicator, shift),)
