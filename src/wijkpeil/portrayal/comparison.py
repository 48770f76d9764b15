"""Two to six areas beside each other, theme by theme: a table, and a picture per indicator."""

from collections.abc import Sequence
from dataclasses import dataclass

from wijkpeil.domain.policy import Theme
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.dots import Dots, dots
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.subject import Subject, has_number
from wijkpeil.portrayal.table import Cell, Table, gap_cell, value_cell, verdict_line
from wijkpeil.portrayal.words import Speaker


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """One indicator of which some areas are drawn under each other."""

    id: str
    label: str
    drawn: Dots


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """One theme of some areas; ``absent`` are the indicators that none of them has."""

    table: Table | None
    pictures: tuple[Pictured, ...]
    absent: tuple[str, ...]


def comparison(speaker: Speaker, subjects: Sequence[Subject], theme: Theme, comparator: str) -> Comparison:
    """Set the latest figures of some areas beside each other; the gap and verdict are beside ``comparator``."""
    say, label = speaker.language.say, speaker.language.label
    together = list(zip(*(one.of_theme(theme.id) for one in subjects), strict=True))
    shown = [readings for readings in together if any(has_number(one) for one in readings)]
    names = [one.area.name for one in subjects]
    table = Table(
        caption=say("{theme}, naast {other}", theme=label(theme), other=speaker.comparator(comparator)),
        headers=(say("Indicator"), *names),
        rows=tuple(_row(speaker, readings, comparator) for readings in shown),
    )
    drawn = [
        (
            readings[0],
            dots(speaker, list(zip(names, readings, strict=True)), identity=f"dots-{readings[0].indicator.id}"),
        )
        for readings in shown
    ]
    return Comparison(
        table=table if shown else None,
        pictures=tuple(
            Pictured(id=one.indicator.id, label=label(one.indicator), drawn=picture)
            for one, picture in drawn
            if picture
        ),
        absent=tuple(label(readings[0].indicator) for readings in together if readings not in shown),
    )


def levels_differ(subjects: Sequence[Subject]) -> bool:
    """Whether areas of different levels stand beside each other."""
    return len({one.area.level for one in subjects}) > 1


def _row(speaker: Speaker, readings: Sequence[Reading], comparator: str) -> tuple[Cell, ...]:
    periods = {one.latest.period for one in readings if one.latest and one.latest.is_present}
    indicator = readings[0].indicator
    label = [speaker.language.label(indicator)]
    if len(periods) == 1:
        label.append(quantity.short_period(speaker.language, indicator, periods.copy().pop()))
    cells = [_cell(speaker, one, comparator, with_period=len(periods) > 1) for one in readings]
    return (tuple(label), *cells)


def _cell(speaker: Speaker, reading: Reading, comparator: str, *, with_period: bool) -> Cell:
    figure = reading.latest
    if figure is None:
        return (speaker.language.say("geen bron"),)
    value = value_cell(speaker, reading, figure)
    if with_period and figure.is_present:
        value = (*value, quantity.short_period(speaker.language, reading.indicator, figure.period))
    gap = gap_cell(speaker, reading, figure, comparator)[1:]
    return (*value, *gap, *verdict_line(speaker, reading, comparator))
