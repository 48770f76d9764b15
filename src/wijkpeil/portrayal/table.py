"""The same rows for a terminal and for a page: a table is words in cells, with a caption and a header per column."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.status import Status
from wijkpeil.portrayal import quantity, reasons, verdicts
from wijkpeil.portrayal.reading import Figure, Reading, Two
from wijkpeil.portrayal.words import NEVER_DIFFERENCED, Speaker

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
    beside = beside_headers(speaker, readings[0].first_two) if readings else ()
    headers = (say("Indicator"), say("Hier"), *beside, say("Verschil veranderd"))
    return Table(caption=caption, headers=headers, rows=tuple(_position_row(speaker, one) for one in readings))


def series_table(speaker: Speaker, reading: Reading) -> Table:
    """Give all periods of one indicator, with both gaps and their margins; why margins lack stands once, below."""
    say, language, indicator = speaker.language.say, speaker.language, reading.indicator
    headers = (say("Periode"), say("Hier"), *beside_headers(speaker, reading.first_two))
    rows = tuple(
        (
            (quantity.short_period(language, indicator, figure.period),),
            _with_known_margin(speaker, reading, figure),
            *(gap_cell(speaker, reading, figure, comparator, with_margin=True) for comparator in reading.first_two),
        )
        for figure in reading.figures
    )
    made = dict.fromkeys(reasons.how_sure(language, figure.interval) for figure in reading.present)
    sources = dict.fromkeys(_source_label(speaker, id_) for figure in reading.present for id_ in source_ids(figure))
    notes = [*made, *([say("Bron: {sources}", sources="; ".join(sources))] if sources else [])]
    notes = [note[:1].upper() + note[1:] for note in notes]
    return Table(caption=language.label(indicator), headers=headers, rows=rows, notes=tuple(notes))


def beside_headers(speaker: Speaker, comparators: Two) -> tuple[str, ...]:
    """Name two comparators at the head of a column."""
    names = {
        Comparator.REST_OF_CITY.value: speaker.language.say("Rest van de stad"),
        Comparator.LOOK_ALIKES.value: speaker.language.say("Gelijkende wijken"),
    }
    called = (names.get(name) or speaker.comparator(name) for name in comparators)
    return tuple(name[:1].upper() + name[1:] for name in called)


def source_ids(figure: Figure) -> tuple[str, ...]:
    """Give the sources of a figure without their tables; a figure composed of parts may have several."""
    return tuple(part.partition(":")[0].strip() for part in figure.source.split("+"))


def _source_label(speaker: Speaker, id_: str) -> str:
    source = speaker.policy.source.get(id_)
    return source.label if source else id_


def _with_known_margin(speaker: Speaker, reading: Reading, figure: Figure) -> Cell:
    value = speaker.value(reading.indicator, figure)
    known = figure.low is not None and figure.high is not None
    return (value, speaker.short_margin(reading.indicator, figure)) if known else (value,)


def comparator_table(speaker: Speaker, reading: Reading, *, caption: str) -> Table:
    """Set the latest figure of one indicator beside every comparator that the edition has."""
    say, figure = speaker.language.say, reading.latest
    headers = (say("Vergelijking"), say("Daar"), say("Verschil"), say("Verschil veranderd"))
    if figure is None:
        return Table(caption=caption, headers=headers, rows=())
    rows = []
    for name, beside in figure.beside.items():
        if beside.status is Status.NOT_APPLICABLE:
            continue
        if beside.value is None:
            there = reasons.short(speaker.language, beside.status)
        else:
            there = quantity.with_status(speaker.language, reading.indicator, beside.value, beside.status)
        gap = (speaker.short_gap(reading.indicator, beside.gap), speaker.gap_margin(reading.indicator, figure, beside))
        shift = speaker.short_shift(reading.indicator, reading.shifts.get(name))
        verdict = verdict_line(speaker, reading, name) if shift else ()
        known = tuple(part for part in gap if part)
        rows.append(((speaker.comparator(name),), (there,), known, (*shift, *verdict)))
    return Table(caption=caption, headers=headers, rows=tuple(rows))


def _position_row(speaker: Speaker, reading: Reading) -> tuple[Cell, ...]:
    figure, label = reading.latest, speaker.language.label(reading.indicator)
    if figure is None:
        return ((label,), (speaker.language.say("geen bron"),), (), (), ())
    period = quantity.short_period(speaker.language, reading.indicator, figure.period)
    beside = [gap_cell(speaker, reading, figure, comparator) for comparator in reading.first_two]
    shift = speaker.short_shift(reading.indicator, reading.shifts.get(reading.first_two[0]))
    verdict = verdict_line(speaker, reading, reading.first_two[0]) if shift else ()
    return ((label, period), value_cell(speaker, reading, figure), *beside, (*shift, *verdict))


def verdict_line(speaker: Speaker, reading: Reading, comparator: str) -> Cell:
    """Give the verdict under a change; a figure without a better side needs none, and does not say so each time."""
    one = reading.judgements.get(comparator)
    return (verdicts.short(speaker.language, one),) if one and reading.indicator.is_judged else ()


def value_cell(speaker: Speaker, reading: Reading, figure: Figure) -> Cell:
    """Give a value over its margin, or the reasons that there are none."""
    lines = (speaker.value(reading.indicator, figure), speaker.short_margin(reading.indicator, figure))
    return tuple(one for one in lines if one)


def gap_cell(speaker: Speaker, reading: Reading, figure: Figure, comparator: str, *, with_margin: bool = False) -> Cell:
    """Give what stands beside a figure over the difference, or the reason that there is none."""
    beside = figure.beside.get(comparator)
    if beside is None or not figure.is_present:
        return ()
    if beside.value is None and reading.indicator.kind in NEVER_DIFFERENCED:
        return ()
    if beside.value is None:
        absent = Status.NO_COMPARATOR if beside.status is Status.NOT_APPLICABLE else beside.status
        return (reasons.short(speaker.language, absent),)
    there = quantity.in_words(speaker.language, reading.indicator, beside.value)
    if comparator == Comparator.LOOK_ALIKES.value and figure.like_n:
        there = f"{there} ({figure.like_n})"
    lines = [there, speaker.short_gap(reading.indicator, beside.gap)]
    if with_margin and beside.gap_low is not None and beside.gap_high is not None:
        lines.append(speaker.gap_margin(reading.indicator, figure, beside))
    return tuple(line for line in lines if line)
