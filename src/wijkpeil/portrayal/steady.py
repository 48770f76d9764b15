"""What lies behind a figure that moves by chance, in sentences: its line, and the figure that leans on its city."""

from wijkpeil.domain.reason import Reason
from wijkpeil.portrayal import quantity, reasons
from wijkpeil.portrayal.findings import Smoothed, TrendPoint
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.words import Speaker

SMALL = 0.9
"""An area that speaks for itself less than this leans on its city enough for a reader to be told."""


def trend_sentences(speaker: Speaker, reading: Reading) -> list[str]:
    """Say from where to where the line behind the figures runs, and how sure that is; or why there is no line."""
    say, indicator, trend = speaker.language.say, reading.indicator, reading.findings.trend
    if trend.reason is not None:
        return [
            say("Er is geen lijn achter de cijfers. {reason}", reason=reasons.no_answer(speaker.language, trend.reason))
        ]
    if not trend.points:
        return []
    first, last = trend.latest_piece[0], trend.latest_piece[-1]
    said = [
        say(
            "De lijn achter de cijfers loopt van {before} ({first}) naar {now} ({last}; {margin}).",
            before=quantity.in_words(speaker.language, indicator, first.level),
            first=first.period,
            now=quantity.in_words(speaker.language, indicator, last.level),
            last=last.period,
            margin=_margin(speaker, reading, last),
        )
    ]
    if not _errors_known(reading):
        said.append(say("De marge is geschat uit hoe ver de cijfers van de lijn liggen."))
    return said


def smoothed_sentences(speaker: Speaker, reading: Reading, *, city: str) -> list[str]:
    """Say what the figure most likely is, given the city; or why that cannot be said."""
    found = reading.findings.smoothed
    if found is None:
        return []
    say = speaker.language.say
    if found.reason is not None:
        if found.reason is Reason.NO_FIGURE:
            return []
        reason = reasons.no_answer(speaker.language, found.reason)
        return [say("Een rustiger cijfer, dat op de stad leunt, is er niet. {reason}", reason=reason)]
    return [_leaning(speaker, reading, found, city)]


def is_small(found: Smoothed | None) -> bool:
    """Whether the figure of an area is so unsure that its city says more of it than a reader may think."""
    return found is not None and found.own is not None and found.own < SMALL


def _leaning(speaker: Speaker, reading: Reading, found: Smoothed, city: str) -> str:
    if found.value is None or found.low is None or found.high is None:
        return ""
    return speaker.language.say(
        "Gelet op {city} ligt het hier vermoedelijk tussen {low} en {high} (het meest waarschijnlijk {value}).",
        city=city,
        low=quantity.plain_number(speaker.language, reading.indicator, found.low),
        high=quantity.in_words(speaker.language, reading.indicator, found.high),
        value=quantity.in_words(speaker.language, reading.indicator, found.value),
    )


def _margin(speaker: Speaker, reading: Reading, point: TrendPoint) -> str:
    margin = quantity.margin(speaker.language, reading.indicator, point.low, point.high)
    return speaker.language.say("marge {margin}", margin=margin)


def _errors_known(reading: Reading) -> bool:
    return all(figure.low is not None for figure in reading.present)
