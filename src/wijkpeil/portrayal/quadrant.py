"""Picture 4, the quadrant: the gap now against its change, an ellipse for both together, and a grey zone of too little.

Left is behind and right is ahead, above is better and below is worse. Only what is surely moving has its name in the
picture; all others stand in the table.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal.steering import CORNERS, Corner, Point, change_words, level_words, sentences
from wijkpeil.portrayal.svg import Scale, element, path, percent, picture, stretched
from wijkpeil.portrayal.words import Speaker

HEIGHT = 440
RADIUS = math.sqrt(-2 * math.log(0.05))
"""So many standard errors from the middle holds 95% of two numbers together."""

_TOP, _BOTTOM, _LEFT, _RIGHT = 14, 426, 0.02, 0.98
_STEPS, _NAMED, _APART = 40, 8, 18
_SHAPES = {
    Verdict.CATCHING_UP: "M0 -7L7 5L-7 5Z",
    Verdict.FALLING_BEHIND: "M0 7L7 -5L-7 -5Z",
    Verdict.STEADY: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0",
    Verdict.CANNOT_TELL: "M-4 -4h8v8h-8Z",
    Verdict.NOT_JUDGED: "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0",
}


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A quadrant with the words at the ends of its axes."""

    picture: Markup
    above: str
    below: str
    left: str
    right: str


def quadrant(speaker: Speaker, indicator: Indicator, found: Sequence[Point], *, identity: str, other: str) -> Drawn:
    """Draw the points; ``other`` names the comparator, ``found`` has at least one point."""
    say = speaker.language.say
    levels, changes = _scales(indicator, found)
    plot = _Plot(levels=levels, changes=changes)
    zone = indicator.materiality or 0.0
    named = _named(plot, found)
    drawn = (
        stretched(
            element(
                "rect",
                x=0,
                width=100,
                y=plot.down(zone),
                height=round(plot.down(-zone) - plot.down(zone), 1),
                class_="zone",
            ),
            *(_ellipse(plot, one) for one in found if one.spread is not None),
            _line(0, 100, plot.down(0), plot.down(0)),
            _line(100 * plot.across(0), 100 * plot.across(0), _TOP, _BOTTOM),
            height=HEIGHT,
        ),
        *_corners(speaker),
        *(
            _mark(speaker, indicator, plot, one)
            for one in sorted(found, key=lambda one: one.judgement.verdict.is_claim)
        ),
        *(_name(plot, one) for one in named),
    )
    title = say(
        "{label}: verschil met {other} en hoe dat verandert", label=speaker.language.label(indicator), other=other
    )
    said = " ".join(sentences(speaker, indicator, found, other))
    return Drawn(
        picture=picture(identity, title, said, *drawn, height=HEIGHT, class_="quadrant"),
        above=change_words(speaker, indicator, changes.start),
        below=change_words(speaker, indicator, changes.end),
        left=level_words(speaker, indicator, levels.start),
        right=level_words(speaker, indicator, levels.end),
    )


@dataclass(frozen=True, kw_only=True)
class _Plot:
    """Where a level and a change lie: a share of the width, and pixels from above."""

    levels: Scale
    changes: Scale

    def across(self, level: float) -> float:
        return _LEFT + min(max(self.levels.at(level), 0.0), 1.0) * (_RIGHT - _LEFT)

    def down(self, change: float) -> float:
        return round(_TOP + min(max(self.changes.at(change), 0.0), 1.0) * (_BOTTOM - _TOP), 1)


def _scales(indicator: Indicator, found: Sequence[Point]) -> tuple[Scale, Scale]:
    """Make room for every point and most of its ellipse: a very unsure one may run out of the picture."""
    zone = indicator.materiality or 0.0
    levels = [*(one.level for one in found), 0.0]
    changes = [*(one.change for one in found), 1.5 * zone, -1.5 * zone]
    wide, high = max(levels) - min(levels) or 1.0, max(changes) - min(changes) or 1.0
    for one in found:
        if one.spread is not None:
            out = (min(RADIUS * one.spread.level, wide / 3), min(RADIUS * one.spread.change, high / 3))
            levels += [one.level - out[0], one.level + out[0]]
            changes += [one.change - out[1], one.change + out[1]]
    wide, high = max(levels) - min(levels) or 1.0, max(map(abs, changes)) or 1.0
    return (
        Scale(start=min(levels) - wide / 20, end=max(levels) + wide / 20),
        Scale(start=1.05 * high, end=-1.05 * high),
    )


def _ellipse(plot: _Plot, one: Point) -> Markup:
    """Draw what holds level and change together with 95% certainty."""
    spread = one.spread
    if spread is None:
        return Markup("")
    slope = spread.covariance / spread.level
    rest = math.sqrt(max(spread.change**2 - slope**2, 0.0))
    around = [2 * math.pi * step / _STEPS for step in range(_STEPS)]
    places = [
        (
            100 * plot.across(one.level + RADIUS * spread.level * math.cos(angle)),
            plot.down(one.change + RADIUS * (slope * math.cos(angle) + rest * math.sin(angle))),
        )
        for angle in around
    ]
    return element(
        "path",
        d=path(places) + "Z",
        class_=f"both is-{one.judgement.verdict.value}",
        vector_effect="non-scaling-stroke",
    )


def _mark(speaker: Speaker, indicator: Indicator, plot: _Plot, one: Point) -> Markup:
    level, change = level_words(speaker, indicator, one.level), change_words(speaker, indicator, one.change)
    return element(
        "svg",
        element("title", f"{one.place.name}, {one.place.city}: {level}, {change}"),
        element("path", d=_SHAPES[one.judgement.verdict]),
        x=percent(plot.across(one.level)),
        y=plot.down(one.change),
        class_=f"mark is-{one.judgement.verdict.value}",
    )


def _named(plot: _Plot, found: Sequence[Point]) -> list[Point]:
    """Choose the points that get their name: claims, the surest first, as long as no two names touch."""
    moving = {Verdict.CATCHING_UP, Verdict.FALLING_BEHIND}
    surest = sorted(
        (one for one in found if one.judgement.verdict in moving),
        key=lambda one: (one.judgement.q or 0.0, one.place.name),
    )
    named: list[Point] = []
    for one in surest:
        height = plot.down(one.change)
        if len(named) < _NAMED and all(abs(height - plot.down(other.change)) >= _APART for other in named):
            named.append(one)
    return named


def _name(plot: _Plot, one: Point) -> Markup:
    place = plot.across(one.level)
    is_right = place > 0.5
    return element(
        "text",
        one.place.name,
        x=percent(place),
        dx=-12 if is_right else 12,
        y=plot.down(one.change) + 5,
        text_anchor="end" if is_right else "start",
        class_="name",
    )


def _corners(speaker: Speaker) -> list[Markup]:
    places = {
        Corner.GAINING: (_LEFT, _TOP + 6, "start"),
        Corner.ON_COURSE: (_RIGHT, _TOP + 6, "end"),
        Corner.FALLING_BEHIND: (_LEFT, _BOTTOM, "start"),
        Corner.SLIPPING: (_RIGHT, _BOTTOM, "end"),
    }
    return [
        element("text", speaker.language.say(CORNERS[one]), x=percent(x), y=y, text_anchor=anchor, class_="corner")
        for one, (x, y, anchor) in places.items()
    ]


def _line(x1: float, x2: float, y1: float, y2: float) -> Markup:
    return element(
        "line", x1=round(x1, 2), x2=round(x2, 2), y1=y1, y2=y2, class_="zero", vector_effect="non-scaling-stroke"
    )
