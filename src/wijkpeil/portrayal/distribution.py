"""All areas of a level in the country by their figure, with those of one city marked among them."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from wijkpeil.domain.indicator import Direction, Indicator
from wijkpeil.portrayal import quantity
from wijkpeil.portrayal.spine import middle_half
from wijkpeil.portrayal.svg import Scale, element, picture, stretched, strokes
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker

HEIGHT = 150
_FLOOR = 118
_TOP = 8
_BARS = 48
_FEWEST = 8
_CUT = 0.005


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """The picture with its caption, its sentences, its table, and what stands at both ends."""

    picture: Markup
    caption: str
    sentences: tuple[str, ...]
    table: Table
    left: str
    right: str


def distribution(
    speaker: Speaker,
    indicator: Indicator,
    everywhere: Sequence[float],
    here: Sequence[float],
    *,
    identity: str,
    around: str,
    ours: str | None,
    period: str,
) -> Distribution | None:
    """Draw the figures of all areas as bars, those of one city as strokes under them; the good side is right.

    ``around`` names all areas ("de wijken van Nederland"), ``ours`` those of the city, or nothing where all are shown.
    Nothing is drawn for fewer than eight areas. The outer half per cent on both sides stands in the outer bars.
    """
    half = middle_half(tuple(everywhere))
    if len(everywhere) < _FEWEST or half is None:
        return None
    language, say = speaker.language, speaker.language.say
    ordered = sorted(everywhere)
    low, high = ordered[int(len(ordered) * _CUT)], ordered[-1 - int(len(ordered) * _CUT)]
    reverse = indicator.direction is Direction.LOWER_IS_BETTER
    scale = Scale(start=high, end=low) if reverse else Scale(start=low, end=high)
    label = language.label(indicator)
    said = _sentences(speaker, indicator, half, here, around=around, ours=ours, count=len(everywhere))
    drawn = stretched(
        _half(half, scale),
        element("path", d=_bars(everywhere, scale), class_="bars"),
        _strokes(here, scale),
        height=HEIGHT,
    )
    floor = element("line", x1="0", x2="100%", y1=_FLOOR, y2=_FLOOR, class_="axis")
    caption = say("{label}, {period}: {around} naar hun cijfer", label=label, period=period, around=around)
    ends = [quantity.in_words(language, indicator, one) for one in (scale.start, scale.end)]
    left, right = (
        (say("{value} · ongunstig", value=ends[0]), say("gunstig · {value}", value=ends[1]))
        if indicator.is_judged
        else ends
    )
    return Distribution(
        picture=picture(identity, caption, " ".join(said), drawn, floor, height=HEIGHT, class_="distribution"),
        caption=caption,
        sentences=tuple(said),
        table=_table(speaker, indicator, everywhere, here if ours else (), half, ours=ours, caption=caption),
        left=left,
        right=right,
    )


def _sentences(
    speaker: Speaker,
    indicator: Indicator,
    half: tuple[float, float],
    here: Sequence[float],
    *,
    around: str,
    ours: str | None,
    count: int,
) -> list[str]:
    language, say = speaker.language, speaker.language.say
    low, high = (quantity.in_words(language, indicator, end) for end in half)
    said = [
        say(
            "Van {around} met een cijfer ({count}) ligt de middelste helft tussen {low} en {high}.",
            around=around,
            count=language.whole(count),
            low=low,
            high=high,
        )
    ]
    if ours and here:
        said.append(
            say(
                "Van {ours} ({count}) liggen er {inside} in die helft, {below} eronder en {above} erboven.",
                ours=ours,
                count=language.whole(len(here)),
                inside=sum(half[0] <= one <= half[1] for one in here),
                below=sum(one < half[0] for one in here),
                above=sum(one > half[1] for one in here),
            )
        )
    return said


def _table(
    speaker: Speaker,
    indicator: Indicator,
    everywhere: Sequence[float],
    here: Sequence[float],
    half: tuple[float, float],
    *,
    ours: str | None,
    caption: str,
) -> Table:
    language, say = speaker.language, speaker.language.say
    low, high = (quantity.in_words(language, indicator, end) for end in half)
    parts = (
        (say("lager dan {low}", low=low), lambda one: one < half[0]),
        (say("{low} tot en met {high}", low=low, high=high), lambda one: half[0] <= one <= half[1]),
        (say("hoger dan {high}", high=high), lambda one: one > half[1]),
    )
    rows = []
    for name, belongs in parts:
        cells = [(name,), (language.whole(sum(map(belongs, everywhere))),)]
        if ours:
            cells.append((language.whole(sum(map(belongs, here))),))
        rows.append(tuple(cells))
    headers = (say("Cijfer"), say("Gebieden in heel {country}", country=speaker.policy.name))
    named = f"{ours[:1].upper()}{ours[1:]}" if ours else ""
    return Table(caption=caption, headers=(*headers, named) if ours else headers, rows=tuple(rows))


def _bars(values: Sequence[float], scale: Scale) -> str:
    counts = [0] * _BARS
    for value in values:
        counts[min(max(int(scale.at(value) * _BARS), 0), _BARS - 1)] += 1
    tallest, wide = max(counts), 100 / _BARS
    return "".join(
        f"M{place * wide + 0.15:.2f} {_FLOOR}"
        f"V{_FLOOR - count / tallest * (_FLOOR - _TOP):.1f}h{wide - 0.3:.2f}V{_FLOOR}Z"
        for place, count in enumerate(counts)
        if count
    )


def _half(half: tuple[float, float], scale: Scale) -> Markup:
    start, end = sorted(min(max(scale.at(one), 0.0), 1.0) * 100 for one in half)
    return element("rect", x=f"{start:.2f}", y=_TOP, width=f"{end - start:.2f}", height=_FLOOR - _TOP, class_="half")


def _strokes(here: Sequence[float], scale: Scale) -> Markup:
    places = ((round(min(max(scale.at(one), 0.0), 1.0) * 100, 1), _FLOOR + 6.0) for one in here)
    return element("path", d=strokes(places, length=20), class_="ours", vector_effect="non-scaling-stroke")
