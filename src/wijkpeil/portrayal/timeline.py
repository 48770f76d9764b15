"""What all pictures through time share: where a year stands, bands, lines, dots and the years under the axis.

All but the words lies in one layer that stretches with the page, as paths: a page has hundreds of these pictures,
and must stay small enough for a phone.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from wijkpeil.portrayal.svg import Scale, element, path, percent, stretched, strokes

HEIGHT, TOP, BOTTOM, AXIS = 184, 26, 130, 158
_SIDE = 0.08

Place = tuple[float, float]
"""A place in the layer: 0 to 100 across, pixels down."""


def across(years: Scale, year: float) -> float:
    """Give the place of a year as a share of the width."""
    return _SIDE + years.at(year) * (1 - 2 * _SIDE)


def down(heights: Scale, value: float) -> float:
    """Give the place of a value in pixels from above."""
    return round(TOP + heights.at(value) * (BOTTOM - TOP), 1)


def layer(*drawn: Markup) -> Markup:
    """Lay what is drawn over the whole picture."""
    return stretched(*drawn, height=HEIGHT)


def band(top: Sequence[Place], bottom: Sequence[Place]) -> Markup:
    """Fill the room between two lines."""
    return element("path", d=path([*top, *reversed(bottom)]) + "Z", class_="band")


def stroke(places: Sequence[Place]) -> Markup:
    """Draw a line through places."""
    return element("path", d=path(places), class_="line", vector_effect="non-scaling-stroke")


def level_line(height: float, class_: str) -> Markup:
    """Draw a line from side to side."""
    return element("line", x1=0, x2=100, y1=height, y2=height, class_=class_, vector_effect="non-scaling-stroke")


def upright(place: float, class_: str) -> Markup:
    """Draw a line from above to the axis, at a share of the width."""
    x = round(place * 100, 2)
    return element("line", x1=x, x2=x, y1=0, y2=AXIS, class_=class_, vector_effect="non-scaling-stroke")


def dots(places: Iterable[Place], *, hollow: bool) -> list[Markup]:
    """Draw dots, all in one path: filled where a margin is known, and else hollow."""
    where = strokes(places)
    if not where:
        return []
    names = ("dot hollow", "core") if hollow else ("dot",)
    return [element("path", d=where, class_=name, vector_effect="non-scaling-stroke") for name in names]


def axis(years: Iterable[float]) -> Markup:
    """Draw a mark on the axis for every year, given their places as shares of the width."""
    marks = strokes(((place * 100, AXIS) for place in years), length=6)
    return element("path", d=marks, class_="axis", vector_effect="non-scaling-stroke")


def years_under(places: dict[int, float]) -> list[Markup]:
    """Write as many years under the axis as there is room for, the last one always."""
    drawn: list[Markup] = []
    last = max(places)
    previous = -1.0
    for year, place in sorted(places.items()):
        fits = place - previous >= 0.16 and (year == last or places[last] - place >= 0.16)
        if fits or year == last:
            drawn.append(element("text", str(year), x=percent(place), y=AXIS + 22, text_anchor="middle"))
            previous = place
    return drawn
