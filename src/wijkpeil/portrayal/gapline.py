"""Picture 3, the gap line: the difference with one comparator through time, in which zero is the comparator.

A band is the margin. A break in the measuring and a period without a figure cut the line; the start of the programme
is a dotted line, and what was done and decided are marks under the axis. Zero always lies in the middle half of the
picture, so that ahead and behind both keep their room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.portrayal import marks as under_axis
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.marks import Mark
from wijkpeil.portrayal.reading import Beside, Figure, Reading
from wijkpeil.portrayal.svg import Scale, element, percent, picture, stretched
from wijkpeil.portrayal.timeline import (
    HEIGHT,
    Place,
    across,
    axis,
    band,
    dots,
    down,
    level_line,
    stroke,
    upright,
    years_under,
)
from wijkpeil.portrayal.words import Speaker

Point = tuple[Figure, Beside]

_TOLD = 8
"""So many periods are told one by one in the description of a picture."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One gap line with the words beside it: at the top and the bottom of its axis, and under it."""

    comparator: str
    picture: Markup
    above: str
    below: str
    zero: float
    caption: str
    notes: tuple[str, ...]


def line(
    speaker: Speaker,
    reading: Reading,
    comparator: str,
    *,
    identity: str,
    start: int | None = None,
    marks: Sequence[Mark] = (),
) -> Line | None:
    """Draw the gap to one comparator, or nothing where fewer than two periods have one.

    ``start`` is the year in which the programme began; ``marks`` are what was done and decided; ``zero`` of the
    result is the place of the zero line as a share of the height of the picture.
    """
    points = reading.gaps(comparator)
    if len(points) < 2:
        return None
    years = Scale(start=points[0][0].period, end=points[-1][0].period)
    heights = _heights(reading)
    places = {figure.period: across(years, figure.period) for figure, _ in points}
    parts = [part for part in segments(reading, points) if len(part) > 1]
    known = [point for point in points if point[1].gap_low is not None]
    unknown = [point for point in points if point[1].gap_low is None]
    begin = start if start is not None and years.start <= start <= years.end else None
    breaks = [cut.year for cut in reading.indicator.breaks if years.start < cut.year <= years.end]
    lasted, shapes = under_axis.under(speaker.language, marks, years, top=HEIGHT)
    height = HEIGHT + under_axis.height_of(marks)
    drawn = stretched(
        *(_band(part, years, heights) for part in parts),
        level_line(down(heights, 0), "zero"),
        *(upright(across(years, begin), "start") for begin in [begin] if begin is not None),
        *(upright(across(years, year - 0.5), "break") for year in breaks),
        *(stroke(_places(part, years, heights)) for part in parts),
        *dots(_places(known, years, heights), hollow=False),
        *dots(_places(unknown, years, heights), hollow=True),
        axis(places.values()),
        *lasted,
        height=height,
    )
    above, below = _sides(speaker, reading)
    return Line(
        comparator=comparator,
        picture=picture(
            identity,
            _title(speaker, reading, comparator),
            " ".join(filter(None, (description(speaker, reading, points), under_axis.told(speaker.language, marks)))),
            drawn,
            *years_under(places),
            *_numbers(speaker, reading, points, places, heights),
            *shapes,
            height=height,
            class_="gapline",
        ),
        above=above,
        below=below,
        zero=down(heights, 0) / height,
        caption=speaker.language.say("Verschil met {other} (dat is de nullijn)", other=speaker.comparator(comparator)),
        notes=(*_notes(speaker, reading, begin, breaks), *under_axis.legend(speaker.language, marks, years)),
    )


def description(speaker: Speaker, reading: Reading, points: Sequence[Point]) -> str:
    """Say the line in words: every period, or of a long line its ends and its extremes (the table has them all)."""
    told = list(points)
    if len(points) > _TOLD:
        by_gap = sorted(points, key=lambda point: point[1].gap or 0.0)
        ends = {point[0].period for point in (points[0], points[-1], by_gap[0], by_gap[-1])}
        told = [point for point in points if point[0].period in ends]
    said = [f"{figure.period}: {speaker.short_gap(reading.indicator, beside.gap)}" for figure, beside in told]
    return "; ".join(said) + "."


def segments(reading: Reading, points: Sequence[Point]) -> list[list[Point]]:
    """Cut the points where a break lies between them, or a period whose figure is absent."""
    cuts = [float(cut.year) for cut in reading.indicator.breaks]
    shown = {figure.period for figure, _ in points}
    cuts += [float(figure.period) for figure in reading.figures if figure.period not in shown]
    parts: list[list[Point]] = []
    previous: int | None = None
    for point in points:
        year = point[0].period
        if previous is None or any(previous < cut <= year for cut in cuts):
            parts.append([])
        parts[-1].append(point)
        previous = year
    return parts


def _heights(reading: Reading) -> Scale:
    ends = [
        end
        for comparator in reading.first_two
        for _, beside in reading.gaps(comparator)
        for end in (beside.gap, beside.gap_low, beside.gap_high)
        if end is not None
    ]
    most = max((abs(end) for end in ends), default=0.0) or 1.0
    return Scale(start=max([*ends, most / 3]) * 1.05, end=min([*ends, -most / 3]) * 1.05)


def _title(speaker: Speaker, reading: Reading, comparator: str) -> str:
    return speaker.language.say(
        "{label}: verschil met {other} door de jaren",
        label=speaker.language.label(reading.indicator),
        other=speaker.comparator(comparator),
    )


def _sides(speaker: Speaker, reading: Reading) -> tuple[str, str]:
    say = speaker.language.say
    return (say("voor"), say("achter")) if reading.indicator.is_judged else (say("hoger"), say("lager"))


def _notes(speaker: Speaker, reading: Reading, start: int | None, breaks: list[int]) -> tuple[str, ...]:
    say = speaker.language.say
    notes = [say("Stippellijn: start van het programma ({year}).", year=start)] if start is not None else []
    reasons = {cut.year: cut.note for cut in reading.indicator.breaks}
    notes += [
        say("Streepjeslijn: in {year} is de meting veranderd. {note}", year=year, note=reasons[year]).strip()
        for year in breaks
    ]
    return tuple(notes)


def _band(part: Sequence[Point], years: Scale, heights: Scale) -> Markup:
    at = [across(years, figure.period) * 100 for figure, _ in part]
    tops = [beside.gap_high for _, beside in part if beside.gap_high is not None]
    bottoms = [beside.gap_low for _, beside in part if beside.gap_low is not None]
    if len(tops) < len(part) or len(bottoms) < len(part):
        return Markup()
    top, bottom = ([(x, down(heights, end)) for x, end in zip(at, ends, strict=True)] for ends in (tops, bottoms))
    return band(top, bottom)


def _places(points: Sequence[Point], years: Scale, heights: Scale) -> list[Place]:
    return [(across(years, figure.period) * 100, down(heights, beside.gap or 0.0)) for figure, beside in points]


def _numbers(
    speaker: Speaker, reading: Reading, points: Sequence[Point], places: dict[int, float], heights: Scale
) -> list[Markup]:
    drawn = []
    for (figure, beside), anchor in ((points[0], "start"), (points[-1], "end")):
        gap = beside.gap or 0.0
        height = down(heights, gap)
        above = height - 11 if gap >= 0 else height + 21
        shift = -0.05 if anchor == "start" else 0.05
        drawn.append(
            element(
                "text",
                quantity.short_size(speaker.language, reading.indicator, gap),
                x=percent(places[figure.period] + shift),
                y=above,
                text_anchor=anchor,
                class_="number",
            )
        )
    return drawn
