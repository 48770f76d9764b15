"""Picture 3, the gap line: the difference with one comparator through time, in which zero is the comparator.

A band is the margin. A break in the measuring and a period without a figure cut the line; the start of the programme
is a dotted line. Zero always lies in the middle half of the picture, so that ahead and behind both keep their room.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.reading import Beside, Figure, Reading
from wijkpeil.portrayal.svg import Scale, element, percent, picture
from wijkpeil.portrayal.words import Speaker

HEIGHT = 184
_TOP, _BOTTOM, _AXIS = 26, 130, 158
_SIDE = 0.08

Point = tuple[Figure, Beside]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One gap line with the words beside it: at the top and the bottom of its axis, and under it."""

    picture: Markup
    above: str
    below: str
    zero: float
    caption: str
    notes: tuple[str, ...]


def line(
    speaker: Speaker, reading: Reading, comparator: str, *, identity: str, start: int | None = None
) -> Line | None:
    """Draw the gap to one comparator, or nothing where fewer than two periods have one.

    ``start`` is the year in which the programme began; ``zero`` of the result is the place of the zero line as a
    share of the height of the picture.
    """
    points = reading.gaps(comparator)
    if len(points) < 2:
        return None
    years = Scale(start=points[0][0].period, end=points[-1][0].period)
    heights = _heights(reading)
    across = {figure.period: _across(years, figure.period) for figure, _ in points}
    begin = start if start is not None and years.start <= start <= years.end else None
    breaks = [cut.year for cut in reading.indicator.breaks if years.start < cut.year <= years.end]
    drawn = [
        *(_band(part, years, heights) for part in segments(reading, points) if len(part) > 1),
        element("line", x1="0", x2="100%", y1=_down(heights, 0), y2=_down(heights, 0), class_="zero"),
        *(_upright(_across(years, begin), "start") for begin in [begin] if begin is not None),
        *(_upright(_across(years, year - 0.5), "break") for year in breaks),
        *(_stroke(part, years, heights) for part in segments(reading, points) if len(part) > 1),
        *(_dot(speaker, reading, point, across, heights) for point in points),
        *_years(across),
        *_numbers(speaker, reading, points, across, heights),
    ]
    above, below = _sides(speaker, reading)
    return Line(
        picture=picture(
            identity,
            _title(speaker, reading, comparator),
            description(speaker, reading, points),
            *drawn,
            height=HEIGHT,
            class_="gapline",
        ),
        above=above,
        below=below,
        zero=_down(heights, 0) / HEIGHT,
        caption=speaker.language.say("Verschil met {other} (dat is de nullijn)", other=speaker.comparator(comparator)),
        notes=_notes(speaker, reading, begin, breaks),
    )


def description(speaker: Speaker, reading: Reading, points: Sequence[Point]) -> str:
    """Say the line in words, period by period."""
    said = [f"{figure.period}: {speaker.short_gap(reading.indicator, beside.gap)}" for figure, beside in points]
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


def _across(years: Scale, year: float) -> float:
    return _SIDE + years.at(year) * (1 - 2 * _SIDE)


def _down(heights: Scale, gap: float) -> float:
    return round(_TOP + heights.at(gap) * (_BOTTOM - _TOP), 2)


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


def _stretched(*children: Markup) -> Markup:
    return element(
        "svg",
        *children,
        x="0",
        y=0,
        width="100%",
        height=HEIGHT,
        viewBox=f"0 0 100 {HEIGHT}",
        preserveAspectRatio="none",
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{'L' if place else 'M'}{x:.2f} {y:.2f}" for place, (x, y) in enumerate(points))


def _band(part: Sequence[Point], years: Scale, heights: Scale) -> Markup:
    top = [(_across(years, f.period) * 100, _down(heights, b.gap_high)) for f, b in part if b.gap_high is not None]
    bottom = [(_across(years, f.period) * 100, _down(heights, b.gap_low)) for f, b in part if b.gap_low is not None]
    if len(top) < len(part) or len(bottom) < len(part):
        return Markup()
    return _stretched(element("path", d=_path([*top, *reversed(bottom)]) + " Z", class_="band"))


def _stroke(part: Sequence[Point], years: Scale, heights: Scale) -> Markup:
    places = [(_across(years, f.period) * 100, _down(heights, b.gap or 0.0)) for f, b in part]
    return _stretched(element("path", d=_path(places), class_="line", vector_effect="non-scaling-stroke"))


def _upright(place: float, class_: str) -> Markup:
    return element("line", x1=percent(place), x2=percent(place), y1=0, y2=_AXIS, class_=class_)


def _dot(speaker: Speaker, reading: Reading, point: Point, across: dict[int, float], heights: Scale) -> Markup:
    figure, beside = point
    words = f"{figure.period}: {speaker.short_gap(reading.indicator, beside.gap)}"
    known = beside.gap_low is not None
    return element(
        "circle",
        element("title", words),
        cx=percent(across[figure.period]),
        cy=_down(heights, beside.gap or 0.0),
        r=5,
        class_="here" if known else "here hollow",
    )


def _years(across: dict[int, float]) -> list[Markup]:
    drawn: list[Markup] = []
    last = max(across)
    previous = -1.0
    for year, place in sorted(across.items()):
        drawn.append(element("line", x1=percent(place), x2=percent(place), y1=_AXIS, y2=_AXIS + 6, class_="axis"))
        fits = place - previous >= 0.16 and (year == last or across[last] - place >= 0.16)
        if fits or year == last:
            drawn.append(element("text", str(year), x=percent(place), y=_AXIS + 22, text_anchor="middle"))
            previous = place
    return drawn


def _numbers(
    speaker: Speaker, reading: Reading, points: Sequence[Point], across: dict[int, float], heights: Scale
) -> list[Markup]:
    drawn = []
    for (figure, beside), anchor in ((points[0], "start"), (points[-1], "end")):
        gap = beside.gap or 0.0
        height = _down(heights, gap)
        above = height - 11 if gap >= 0 else height + 21
        shift = -0.05 if anchor == "start" else 0.05
        drawn.append(
            element(
                "text",
                quantity.short_size(speaker.language, reading.indicator, gap),
                x=percent(across[figure.period] + shift),
                y=above,
                text_anchor=anchor,
                class_="number",
            )
        )
    return drawn
