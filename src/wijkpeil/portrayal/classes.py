"""The classes of a map: where one ends and the next begins, which colour it has, and how its legend says it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.words import Speaker

_FIVE = ("of-class-1", "of-class-2", "of-class-4", "of-class-5", "of-class-7")
_SEVEN = ("of-behind-3", "of-behind-2", "of-behind-1", "of-level", "of-ahead-1", "of-ahead-2", "of-ahead-3")
_SEVEN_BLUES = tuple(f"of-class-{number}" for number in range(1, 8))
_THIRDS = (1 / 3, 2 / 3)


@dataclass(frozen=True, kw_only=True)
class Classes:
    """Classes from low to high; class ``n`` holds what is at least ``breaks[n - 1]`` and less than ``breaks[n]``."""

    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    labels: tuple[str, ...]

    def of(self, value: float) -> int:
        """Give the class of a value."""
        return bisect_right(self.breaks, value)

    def is_unsure(self, low: float | None, high: float | None) -> bool:
        """Whether a margin reaches over more than one class."""
        return low is not None and high is not None and self.of(low) != self.of(high)


def by_quantiles(speaker: Speaker, indicator: Indicator, values: Sequence[float]) -> Classes:
    """Divide figures into five classes with as many areas each; fewer where many areas have the same figure.

    The ends are rounded as readers see them, so that a legend and a table never disagree.
    """
    ordered = sorted(values)
    ends = [_rounded(indicator, _quantile(ordered, part / 5)) for part in range(1, 5)] if ordered else []
    breaks = tuple(dict.fromkeys(end for end in ends if ordered[0] < end))
    colours = _FIVE if len(breaks) == 4 else _spread(_FIVE, len(breaks) + 1)
    return Classes(breaks=breaks, colours=colours, labels=_between(speaker, indicator, breaks))


def around_zero(
    speaker: Speaker, indicator: Indicator, differences: Sequence[float], pattern: tuple[str, str]
) -> Classes:
    """Divide differences into seven classes around nothing: three below, three above, each with as many areas.

    The middle one holds what is smaller than the indicator's materiality. ``pattern`` says a size below and above
    nothing ("{size} achter", "{size} voor"). What has no better side is not coloured as if it had.
    """
    small = indicator.materiality or 0.0
    beyond = sorted(abs(one) for one in differences if abs(one) > small)
    least = _rounded(indicator, small) or _rounded(indicator, beyond[len(beyond) // 10] if beyond else 0.0) or small
    thirds = [_rounded(indicator, _quantile(beyond, part)) for part in _THIRDS] if beyond else []
    steps = list(dict.fromkeys([least, *(one for one in thirds if one > least)]))
    sides = len(steps)
    breaks = (*(-one for one in reversed(steps)), *steps)
    seven = _SEVEN if indicator.is_judged else _SEVEN_BLUES
    colours = seven[3 - sides : 4 + sides]
    return Classes(breaks=breaks, colours=colours, labels=_around(speaker, indicator, steps, pattern))


def _between(speaker: Speaker, indicator: Indicator, breaks: tuple[float, ...]) -> tuple[str, ...]:
    say, language = speaker.language.say, speaker.language
    if not breaks:
        return (say("alle cijfers"),)
    written = [quantity.in_words(language, indicator, one) for one in breaks]
    plain = [quantity.plain_number(language, indicator, one) for one in breaks]
    middle = [say("{low} tot {high}", low=low, high=high) for low, high in zip(plain, written[1:], strict=False)]
    return (say("minder dan {value}", value=written[0]), *middle, say("{value} of meer", value=written[-1]))


def _around(
    speaker: Speaker, indicator: Indicator, steps: Sequence[float], pattern: tuple[str, str]
) -> tuple[str, ...]:
    say, language = speaker.language.say, speaker.language
    written = [quantity.short_size(language, indicator, one) for one in steps]
    plain = [quantity.plain_number(language, indicator, one) for one in steps]
    rising = [say("{low} tot {high}", low=low, high=high) for low, high in zip(plain, written[1:], strict=False)]
    rising.append(say("{size} of meer", size=written[-1]))
    below = [say(pattern[0], size=one) for one in reversed(rising)]
    above = [say(pattern[1], size=one) for one in rising]
    return (*below, say("minder dan {size} verschil", size=written[0]), *above)


def gap_pattern(indicator: Indicator) -> tuple[str, str]:
    """Say a gap below and above nothing."""
    if indicator.is_judged:
        return mark("{size} achter"), mark("{size} voor")
    return mark("{size} lager"), mark("{size} hoger")


def change_pattern(indicator: Indicator) -> tuple[str, str]:
    """Say a change of a gap below and above nothing."""
    if indicator.is_judged:
        return mark("{size} slechter"), mark("{size} beter")
    return mark("{size} omlaag"), mark("{size} omhoog")


def _spread(colours: Sequence[str], count: int) -> tuple[str, ...]:
    if count == 1:
        return (colours[2],)
    return tuple(colours[round(place * (len(colours) - 1) / (count - 1))] for place in range(count))


def _rounded(indicator: Indicator, value: float) -> float:
    return round(value * indicator.unit.factor, quantity.decimals_of(indicator)) / indicator.unit.factor


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
