"""The level line: the figures of one area through time, with the line that most likely lies behind them."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from wijkpeil.domain.indicator import Direction
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.findings import TrendPoint
from wijkpeil.portrayal.reading import Figure, Reading
from wijkpeil.portrayal.steady import trend_sentences
from wijkpeil.portrayal.svg import Scale, element, percent, picture
from wijkpeil.portrayal.timeline import (
    BOTTOM,
    HEIGHT,
    TOP,
    Place,
    across,
    axis,
    band,
    dots,
    down,
    layer,
    stroke,
    upright,
    years_under,
)
from wijkpeil.portrayal.words import Speaker


def level(speaker: Speaker, reading: Reading, *, identity: str) -> Markup | None:
    """Draw the figures with their line and its band, or nothing where there is no line.

    The favourable side is up. Every figure is a dot; a break and a piece without a line cut it.
    """
    points = reading.findings.trend.points
    if not points:
        return None
    figures = reading.present
    years = Scale(start=figures[0].period, end=figures[-1].period)
    heights = _heights(reading, figures, points)
    places = {figure.period: across(years, figure.period) for figure in figures}
    pieces = [list(piece) for _, piece in groupby(points, key=lambda point: point.piece)]
    breaks = [cut.year for cut in reading.indicator.breaks if years.start < cut.year <= years.end]
    at = [(places[figure.period] * 100, down(heights, figure.value or 0.0)) for figure in figures]
    drawn = layer(
        *(_band(piece, years, heights) for piece in pieces),
        *(upright(across(years, year - 0.5), "break") for year in breaks),
        *(stroke(_places(piece, "level", years, heights)) for piece in pieces),
        *dots(at, hollow=True),
        axis(places.values()),
    )
    return picture(
        identity,
        speaker.language.say("{label}: het cijfer door de jaren", label=speaker.language.label(reading.indicator)),
        " ".join(trend_sentences(speaker, reading)),
        drawn,
        *years_under(places),
        *_numbers(speaker, reading, figures, places, heights),
        height=HEIGHT,
        class_="gapline level",
    )


def _heights(reading: Reading, figures: Sequence[Figure], points: Sequence[TrendPoint]) -> Scale:
    ends = [figure.value for figure in figures if figure.value is not None]
    ends += [end for point in points for end in (point.low, point.high)]
    low, high = min(ends), max(ends)
    if reading.indicator.direction is Direction.LOWER_IS_BETTER:
        return Scale(start=low, end=high)
    return Scale(start=high, end=low)


def _places(piece: Sequence[TrendPoint], of: str, years: Scale, heights: Scale) -> list[Place]:
    return [(across(years, point.period) * 100, down(heights, getattr(point, of))) for point in piece]


def _band(piece: Sequence[TrendPoint], years: Scale, heights: Scale) -> Markup:
    return band(_places(piece, "high", years, heights), _places(piece, "low", years, heights))


def _numbers(
    speaker: Speaker, reading: Reading, figures: Sequence[Figure], places: dict[int, float], heights: Scale
) -> list[Markup]:
    """Write the first and the last figure beside their dots."""
    drawn = []
    for figure, anchor, shift in ((figures[0], "start", -0.05), (figures[-1], "end", 0.05)):
        height = down(heights, figure.value or 0.0)
        drawn.append(
            element(
                "text",
                quantity.in_words(speaker.language, reading.indicator, figure.value or 0.0),
                x=percent(places[figure.period] + shift),
                y=height - 11 if height < (TOP + BOTTOM) / 2 else height + 21,
                text_anchor=anchor,
                class_="number",
            )
        )
    return drawn
