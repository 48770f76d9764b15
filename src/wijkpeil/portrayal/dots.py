"""Some areas under each other on one indicator: a dot with its margin each, on one scale.

The good side is always on the right, as in the spine strip. Every line begins with the name and the value in words, so
that nobody needs the colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.indicator import Direction, Indicator
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.reading import Figure, Reading
from wijkpeil.portrayal.svg import Scale, element, percent, picture, scale_over
from wijkpeil.portrayal.words import Speaker

ROW, MIDDLE, SIDE = 46, 32, 0.02
"""Pixels for each area, where its line lies in them, and the part of the width that stays free at both sides."""


@dataclass(frozen=True, kw_only=True)
class Dots:
    """The picture of one indicator, and what stands at both its ends."""

    picture: Markup
    left: str
    right: str


def dots(speaker: Speaker, named: Sequence[tuple[str, Reading]], *, identity: str) -> Dots | None:
    """Draw the latest figures of some areas, or nothing where fewer than two have one."""
    indicator = named[0][1].indicator
    present = [one.latest for _, one in named if one.latest and one.latest.is_present]
    numbers = [number for one in present for number in (one.value, one.low, one.high) if number is not None]
    if len(present) < 2:
        return None
    scale = scale_over(numbers, reverse=indicator.direction is Direction.LOWER_IS_BETTER)
    lines = [
        part for place, (name, one) in enumerate(named) for part in _line(speaker, name, one, place=place, scale=scale)
    ]
    drawn = picture(
        identity,
        speaker.language.label(indicator),
        " ".join(_told(speaker, name, one) for name, one in named),
        *lines,
        height=ROW * len(named),
        class_="dots-picture",
    )
    left, right = (_end(speaker, indicator, value) for value in (scale.start, scale.end))
    if indicator.is_judged:
        left = speaker.language.say("{value} · ongunstig", value=left)
        right = speaker.language.say("gunstig · {value}", value=right)
    return Dots(picture=drawn, left=left, right=right)


def _line(speaker: Speaker, name: str, reading: Reading, *, place: int, scale: Scale) -> list[Markup]:
    top, figure = place * ROW, reading.latest
    words = speaker.value(reading.indicator, figure) if figure else speaker.language.say("geen bron")
    drawn = [
        element("text", f"{name}: {words}", x=percent(SIDE), y=top + 15),
        element("line", x1=percent(SIDE), x2=percent(1 - SIDE), y1=top + MIDDLE, y2=top + MIDDLE, class_="axis"),
    ]
    if figure is None or figure.value is None or not figure.is_present:
        return drawn
    colour = f"of-area-{place + 1}"
    drawn += _margin(figure, scale, top=top, colour=colour)
    kind = "filled" if figure.low is not None else "hollow"
    dot = element("circle", cx=percent(_across(scale, figure.value)), cy=top + MIDDLE, r=7, class_=f"{colour} {kind}")
    return [*drawn, dot]


def _margin(figure: Figure, scale: Scale, *, top: int, colour: str) -> list[Markup]:
    if figure.low is None or figure.high is None:
        return []
    start, end = sorted((_across(scale, figure.low), _across(scale, figure.high)))
    width = percent(end - start)
    return [
        element("rect", x=percent(start), y=top + MIDDLE - 4, width=width, height=8, class_=f"{colour} filled margin")
    ]


def _told(speaker: Speaker, name: str, reading: Reading) -> str:
    if reading.latest is None:
        return speaker.language.say("{name}: geen bron.", name=name)
    value, margin = (of(reading.indicator, reading.latest) for of in (speaker.value, speaker.margin))
    return f"{name}: {value} ({margin})." if margin else f"{name}: {value}."


def _end(speaker: Speaker, indicator: Indicator, value: float) -> str:
    return quantity.in_words(speaker.language, indicator, value)


def _across(scale: Scale, value: float) -> float:
    return SIDE + scale.at(value) * (1 - 2 * SIDE)
