"""Picture 5, the funnel: all areas of a city by their size, between the limits of what chance may do.

Small areas stand on the left, where chance has the most room; the favourable side is always up. Only exceptions have
a mark of their own, a triangle that points the way they differ; areas within the limits have no order.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.indicator import Direction, Indicator
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.crowd import is_up, sentences, sides, size_words, value_words
from wijkpeil.portrayal.findings import Crowd, Limits, Member
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.svg import Scale, element, path, percent, picture, stretched, strokes
from wijkpeil.portrayal.words import Speaker

HEIGHT = 204
_TOP, _BOTTOM = 14, 190
_LEFT, _RIGHT = 0.03, 0.97
_EDGES = (("low_998", "high_998", "outer"), ("low_95", "high_95", "inner"))


_WIDTH = 960
_STYLE = """text { font: 14px sans-serif; fill: #4a5666; } .caption { fill: #17212e; }
.room { fill: #dbe3ec; opacity: .6; } .inner, .outer { fill: none; stroke: #6b7889; stroke-width: 1.25; }
.outer { stroke-dasharray: 5 4; } .zero { stroke: #17212e; stroke-width: 1.5; }
.dots { stroke: #4a5666; stroke-width: 5; stroke-linecap: round; fill: none; }
.up path { fill: #0b6138; } .down path { fill: #9a3300; } .here { fill: #0a4f8f; stroke: #fff; stroke-width: 2; }
.ring { fill: none; stroke: #0a4f8f; stroke-width: 2; }"""
"""The style of a funnel in a file of its own; in a page it has that of ``templates/pictures``."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A funnel with its caption, the words at the top and bottom of its axis and at both ends under it."""

    picture: Markup
    caption: str
    above: str
    below: str
    left: str
    right: str


def funnel(
    speaker: Speaker, indicator: Indicator, crowd: Crowd, *, identity: str, around: str, here: str | None = None
) -> Drawn | None:
    """Draw the funnel of one indicator, or nothing where no area has a place in it.

    ``around`` names the areas ("de wijken van Leeuwarden"); ``here`` is the code of the one that is drawn larger.
    """
    placed = [one for one in crowd.placed if one.value is not None and one.size is not None]
    if not placed or not crowd.limits or crowd.whole is None:
        return None
    plot = _Plot(
        sizes=_sizes(crowd.limits),
        grows=crowd.by_base,
        heights=_heights(indicator, placed, crowd.limits, crowd.whole),
    )
    own = [one for one in placed if one.code == here]
    marked = [one for one in placed if one.is_marked and one.code != here]
    plain = [one for one in placed if not one.is_marked and one.code != here]
    say = speaker.language.say
    said = sentences(speaker, indicator, crowd, around=around, here=here)
    drawn = [
        _edges(plot, crowd.limits),
        element("line", x1="0", x2="100%", y1=plot.down(crowd.whole), y2=plot.down(crowd.whole), class_="zero"),
        _dots(plot, plain),
        *(_triangle(speaker, indicator, plot, one, crowd.whole) for one in marked),
        *(_here(speaker, indicator, plot, one) for one in own),
    ]
    above, below = sides(speaker, indicator)
    small, large = crowd.limits[0].size, crowd.limits[-1].size
    return Drawn(
        picture=picture(
            identity,
            say("{label}: {around} naar grootte", label=speaker.language.label(indicator), around=around),
            " ".join(dict.fromkeys((said[0], said[-1]))),
            *drawn,
            height=HEIGHT,
            class_="funnel",
        ),
        caption=say(
            "{around} naar grootte. De lijn is {city} ({value}), het vlak de grens van 95%, streepjes die van 99,8%.",
            around=f"{around[:1].upper()}{around[1:]}",
            city=crowd.city,
            value=quantity.in_words(speaker.language, indicator, crowd.whole),
        ),
        above=above,
        below=below,
        left=size_words(speaker, indicator, crowd, small, mark("minst zeker")),
        right=size_words(speaker, indicator, crowd, large, mark("meest zeker")),
    )


@dataclass(frozen=True, kw_only=True)
class _Plot:
    """Where a size and a figure lie: across by how sure a size makes, the favourable side up."""

    sizes: Scale
    grows: bool
    heights: Scale

    def across(self, size: float) -> float:
        return _LEFT + self.sizes.at(math.sqrt(size) if self.grows else 1 / size) * (_RIGHT - _LEFT)

    def down(self, value: float) -> float:
        return round(_TOP + min(max(self.heights.at(value), 0.0), 1.0) * (_BOTTOM - _TOP), 1)

    def place(self, one: Member) -> tuple[float, float]:
        return self.across(one.size or 1.0), self.down(one.value or 0.0)


def standing_alone(drawn: Drawn) -> str:
    """Write a funnel as a file of its own, with its words and its style in it."""
    room = element(
        "svg",
        element("style", Markup(_STYLE)),
        element("rect", width="100%", height="100%", fill="#fff"),
        element("text", drawn.caption, x=20, y=24, class_="caption"),
        element("text", f"↑ {drawn.above}", x=20, y=52),
        element("svg", drawn.picture, x=20, y=60, width=_WIDTH - 40, height=HEIGHT),
        element("text", f"↓ {drawn.below}", x=20, y=HEIGHT + 76),
        element("text", drawn.left, x=20, y=HEIGHT + 98),
        element("text", drawn.right, x=_WIDTH - 20, y=HEIGHT + 98, text_anchor="end"),
        xmlns="http://www.w3.org/2000/svg",
        width=_WIDTH,
        height=HEIGHT + 116,
        viewBox=f"0 0 {_WIDTH} {HEIGHT + 116}",
    )
    return f"{room}\n"


def _sizes(limits: Sequence[Limits]) -> Scale:
    first, last = limits[0].size, limits[-1].size
    if first <= last:
        return Scale(start=math.sqrt(first), end=math.sqrt(last))
    return Scale(start=1 / first, end=1 / last)


def _heights(indicator: Indicator, placed: Iterable[Member], limits: Sequence[Limits], whole: float) -> Scale:
    """Make room for every area, and for the limits but where they are at their widest."""
    values = [one.value for one in placed if one.value is not None]
    middle = limits[len(limits) // 3 :]
    ends = [*values, whole, *(one.low_95 for one in middle), *(one.high_95 for one in middle)]
    low, high = min(ends), max(ends)
    room = (high - low) * 0.05 or abs(whole) * 0.05 or 1.0
    if indicator.direction is Direction.LOWER_IS_BETTER:
        return Scale(start=low - room, end=high + room)
    return Scale(start=high + room, end=low - room)


def _edges(plot: _Plot, limits: Sequence[Limits]) -> Markup:
    """Draw both pairs of limits as lines, and the room between the inner ones."""
    drawn = []
    for low, high, name in _EDGES:
        below, above = (
            [(plot.across(one.size) * 100, plot.down(getattr(one, side))) for one in limits] for side in (low, high)
        )
        if name == "inner":
            drawn.append(element("path", d=path([*below, *reversed(above)]) + "Z", class_="room"))
        drawn.append(element("path", d=path(below) + path(above), class_=name, vector_effect="non-scaling-stroke"))
    return stretched(*drawn, height=HEIGHT)


def _dots(plot: _Plot, areas: Sequence[Member]) -> Markup:
    """Draw all areas that are no exception as one path of dots, which keeps a page small."""
    dots = strokes((x * 100, y) for x, y in map(plot.place, areas))
    return stretched(element("path", d=dots, class_="dots", vector_effect="non-scaling-stroke"), height=HEIGHT)


def _triangle(speaker: Speaker, indicator: Indicator, plot: _Plot, one: Member, whole: float) -> Markup:
    x, y = plot.place(one)
    up = is_up(indicator, one, whole)
    return element(
        "svg",
        element(
            "path",
            element("title", _named(speaker, indicator, one)),
            d="M0 -7 L7 5 L-7 5 Z" if up else "M0 7 L7 -5 L-7 -5 Z",
        ),
        x=percent(x),
        y=y,
        overflow="visible",
        class_="up" if up else "down",
    )


def _here(speaker: Speaker, indicator: Indicator, plot: _Plot, one: Member) -> Markup:
    x, y = plot.place(one)
    dot = element("circle", element("title", _named(speaker, indicator, one)), cx=percent(x), cy=y, r=7, class_="here")
    if not one.is_marked:
        return dot
    return element("circle", cx=percent(x), cy=y, r=12, class_="ring") + dot


def _named(speaker: Speaker, indicator: Indicator, one: Member) -> str:
    return f"{one.name}: {value_words(speaker, indicator, one)}"
