"""The specification curve: what every declared way of calculating gives, in the order of the effect.

One choice was made beforehand and is drawn as a square; the others are dots. A conclusion that hangs on the choice
shows at once: the line of dots crosses zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.evidence import Alternative, Found
from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal.study_words import change_words, short_change
from wijkpeil.portrayal.svg import Scale, element, percent, picture
from wijkpeil.portrayal.words import Speaker

MANY = 8
"""More alternatives than these are drawn; fewer are read faster in a table."""
HEIGHT, _TOP, _BOTTOM, _SIDE = 190, 14, 176, 0.03


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A specification curve, with what stands at the top and bottom of its axis."""

    picture: Markup
    above: str
    below: str


@dataclass(frozen=True, kw_only=True)
class _Point:
    """One way of calculating."""

    effect: float
    low: float | None
    high: float | None
    is_chosen: bool


def curve(
    speaker: Speaker, indicator: Indicator, found: Found, alternatives: Sequence[Alternative], *, identity: str
) -> Drawn | None:
    """Draw the choice made beforehand among its alternatives; nothing for fewer than ``MANY``."""
    known = [one for one in alternatives if one.effect is not None]
    if len(known) <= MANY:
        return None
    points = [
        _Point(effect=found.effect, low=found.inference.low, high=found.inference.high, is_chosen=True),
        *(_Point(effect=one.effect or 0.0, low=one.low, high=one.high, is_chosen=False) for one in known),
    ]
    points.sort(key=lambda one: one.effect)
    heights = _heights(points)
    step = (1 - 2 * _SIDE) / max(len(points) - 1, 1)
    zero = _down(heights, 0.0)
    drawn = [element("line", x1="0", x2="100%", y1=zero, y2=zero, class_="zero")]
    for place, point in enumerate(points):
        drawn += _drawn(point, _SIDE + place * step, heights)
    return Drawn(
        picture=picture(
            identity,
            speaker.language.say("{label}: alle manieren van rekenen", label=speaker.language.label(indicator)),
            description(speaker, indicator, points),
            *drawn,
            height=HEIGHT,
            class_="curve",
        ),
        above=short_change(speaker.language, indicator, heights.start),
        below=short_change(speaker.language, indicator, heights.end),
    )


def description(speaker: Speaker, indicator: Indicator, points: Sequence[_Point]) -> str:
    """Say in words between which effects all ways lie, and how many point the same way as the chosen one."""
    chosen = next(one for one in points if one.is_chosen)
    others = [one for one in points if not one.is_chosen]
    same = sum(1 for one in others if one.effect * chosen.effect > 0)
    language = speaker.language
    return language.say(
        "De keuze vooraf geeft {chosen}. Van de {all} andere manieren wijzen er {same} dezelfde kant op. Zij lopen van "
        "{lowest} tot {highest}.",
        chosen=change_words(language, indicator, chosen.effect),
        all=language.whole(len(others)),
        same=language.whole(same),
        lowest=change_words(language, indicator, min(one.effect for one in others)),
        highest=change_words(language, indicator, max(one.effect for one in others)),
    )


def _drawn(point: _Point, across: float, heights: Scale) -> list[Markup]:
    place, middle = percent(across), _down(heights, point.effect)
    name = "chosen" if point.is_chosen else "other"
    low = _down(heights, heights.end if point.low is None else point.low)
    high = _down(heights, heights.start if point.high is None else point.high)
    drawn = [element("line", x1=place, x2=place, y1=low, y2=high, class_=f"reach {name}")]
    if point.is_chosen:
        square = element("rect", x=-6, y=-6, width=12, height=12, class_="chosen")
        return [*drawn, element("svg", square, x=place, y=middle, overflow="visible")]
    return [*drawn, element("circle", cx=place, cy=middle, r=4, class_="other")]


def _heights(points: Sequence[_Point]) -> Scale:
    ends = [end for one in points for end in (one.effect, one.low, one.high) if end is not None]
    return Scale(start=max([*ends, 0.0]) * 1.04, end=min([*ends, 0.0]) * 1.04)


def _down(heights: Scale, value: float) -> float:
    return round(_TOP + heights.at(value) * (_BOTTOM - _TOP), 1)
