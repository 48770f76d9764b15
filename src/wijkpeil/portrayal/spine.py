"""Picture 1, the spine strip: one neighbourhood among all those of its city, beside its comparators.

The good side is always on the right. Every neighbourhood of the city is a faint tick and the middle half of them a
band; the rest of the city is a line with a diamond above, the look-alikes a line with a triangle below, and the
neighbourhood itself a dot: filled with a graded margin, or hollow where no margin is known.
"""

from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.indicator import Direction, Kind
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.reading import Beside, Figure, Reading
from wijkpeil.portrayal.svg import Scale, element, percent, picture, scale_over, stretched, strokes
from wijkpeil.portrayal.words import Speaker

HEIGHT = 60
SIDE = 0.02
_MIDDLE = 30
_GRADES = ((1.0, "grade-95"), (0.654, "grade-80"), (0.344, "grade-50"))
"""Parts of the 95% margin that hold 80 and 50 per cent of a normal error, widest first."""


@dataclass(frozen=True, kw_only=True)
class Strip:
    """One row of the spine strip: the picture and what stands at both its ends."""

    picture: Markup
    left: str
    right: str


def strip(speaker: Speaker, reading: Reading, *, identity: str, around: str) -> Strip | None:
    """Draw the row of one indicator, or nothing where the area has no value.

    ``around`` names the neighbourhoods of the ticks ("de wijken van Leeuwarden"); ``identity`` is unique on the
    page and the same every time.
    """
    figure = reading.latest
    if figure is None or not figure.is_present or figure.value is None:
        return None
    comparable = reading.indicator.kind is not Kind.COUNT
    marks = [figure.beside.get(name) if comparable else None for name in reading.first_two]
    numbers = [figure.value, figure.low, figure.high, *reading.peers, *(beside.value for beside in marks if beside)]
    known = [number for number in numbers if number is not None]
    scale = scale_over(known, reverse=reading.indicator.direction is Direction.LOWER_IS_BETTER)
    drawn = picture(
        identity,
        speaker.language.label(reading.indicator),
        description(speaker, reading, around=around),
        *_ticks(reading.peers, scale),
        *_comparators(marks, scale),
        *_here(figure, scale),
        height=HEIGHT,
        class_="spine",
    )
    left, right = _ends(speaker, reading, scale)
    return Strip(picture=drawn, left=left, right=right)


def description(speaker: Speaker, reading: Reading, *, around: str) -> str:
    """Say in words what the row shows."""
    figure = reading.latest
    if figure is None:
        return ""
    say, indicator = speaker.language.say, reading.indicator
    parts = [
        say("Hier {value} ({margin})", value=speaker.value(indicator, figure), margin=speaker.margin(indicator, figure))
    ]
    for name in reading.first_two:
        beside = figure.beside.get(name)
        if beside and beside.value is not None:
            value = quantity.in_words(speaker.language, indicator, beside.value)
            parts.append(f"{speaker.comparator(name)} {value}")
    half = middle_half(reading.peers)
    if half:
        parts.append(
            say(
                "de middelste helft van {around} ({count}) ligt tussen {low} en {high}",
                around=around,
                count=len(reading.peers),
                low=quantity.in_words(speaker.language, indicator, half[0]),
                high=quantity.in_words(speaker.language, indicator, half[1]),
            )
        )
    return "; ".join(parts) + "."


def middle_half(peers: tuple[float, ...]) -> tuple[float, float] | None:
    """Give the values between which the middle half of the neighbourhoods lies; nothing for fewer than four."""
    if len(peers) < 4:
        return None
    ordered = sorted(peers)
    return _quantile(ordered, 0.25), _quantile(ordered, 0.75)


def _quantile(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _ticks(peers: tuple[float, ...], scale: Scale) -> list[Markup]:
    drawn = [element("line", x1=percent(SIDE), x2=percent(1 - SIDE), y1=_MIDDLE, y2=_MIDDLE, class_="axis")]
    half = middle_half(peers)
    if half:
        start, end = sorted((_across(scale, half[0]), _across(scale, half[1])))
        drawn.append(element("rect", x=percent(start), y=19, width=percent(end - start), height=22, class_="half"))
    if peers:
        ticks = strokes(((round(_across(scale, peer) * 200) / 2, 22.0) for peer in peers), length=16)
        drawn.append(
            stretched(element("path", d=ticks, class_="tick", vector_effect="non-scaling-stroke"), height=HEIGHT)
        )
    return drawn


def _comparators(marks: list[Beside | None], scale: Scale) -> list[Markup]:
    shapes = (("rest", "M0 1 L6 8 L0 15 L-6 8 Z", 14, 44), ("like", "M0 46 L7 58 L-7 58 Z", 16, 47))
    drawn = []
    for beside, (name, path, top, bottom) in zip(marks, shapes, strict=True):
        if beside is None or beside.value is None:
            continue
        place = percent(_across(scale, beside.value))
        drawn.append(element("line", x1=place, x2=place, y1=top, y2=bottom, class_=f"{name}-line"))
        drawn.append(element("svg", element("path", d=path), x=place, class_=name, overflow="visible"))
    return drawn


def _here(figure: Figure, scale: Scale) -> list[Markup]:
    value = figure.value
    if value is None:
        return []
    place = percent(_across(scale, value))
    if figure.low is None or figure.high is None:
        return [element("circle", cx=place, cy=_MIDDLE, r=7, class_="here hollow")]
    drawn = []
    for part, name in _GRADES:
        low = _across(scale, value - (value - figure.low) * part)
        high = _across(scale, value + (figure.high - value) * part)
        start, end = sorted((low, high))
        drawn.append(
            element("rect", x=percent(start), y=_MIDDLE - 4, width=percent(end - start), height=8, class_=name)
        )
    return [*drawn, element("circle", cx=place, cy=_MIDDLE, r=7, class_="here")]


def _across(scale: Scale, value: float) -> float:
    return SIDE + scale.at(value) * (1 - 2 * SIDE)


def _ends(speaker: Speaker, reading: Reading, scale: Scale) -> tuple[str, str]:
    say, indicator = speaker.language.say, reading.indicator
    left, right = (quantity.in_words(speaker.language, indicator, end) for end in (scale.start, scale.end))
    if not indicator.is_judged:
        return left, right
    return say("{value} · ongunstig", value=left), say("gunstig · {value}", value=right)
