"""Picture 6, the effect: treated areas minus their comparison, by years since the start, among lines without effect.

Zero is "as if nothing had been done" and the favourable side is always up. Every grey line is what is found in an area
where nothing was done, or in a group drawn from all areas; the upright line is the start, the shaded part the years in
which no effect is expected yet. The grade of the evidence stands in the corner, because a line without its grade is
read as proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from wijkpeil.domain.evidence import EventPoint, Found, PlaceboPath
from wijkpeil.domain.indicator import Direction, Indicator
from wijkpeil.portrayal.language import mark
from wijkpeil.portrayal.study_words import change_words, draws_treated_areas, short_change, span_words
from wijkpeil.portrayal.svg import Scale, element, path, percent, picture, strokes
from wijkpeil.portrayal.table import Table
from wijkpeil.portrayal.words import Speaker

HEIGHT = 264
_TOP, _BOTTOM, _AXIS = 44, 214, 222
_SIDE = 0.06
_MOST_LINES = 80
"""So many grey lines show the spread as well as a thousand, and keep a page small."""
_ROOM = 1.6
"""Grey lines may stretch the picture to so many times what the line itself needs; beyond that they are cut off."""
_LEVELS = 5


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The effect picture with its caption, the words at the top and bottom of its axis, and what its parts mean."""

    picture: Markup
    caption: str
    above: str
    below: str
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Plot:
    """Where a year since the start and an effect lie."""

    years: Scale
    heights: Scale

    def across(self, time: float) -> float:
        return (_SIDE + self.years.at(time) * (1 - 2 * _SIDE)) * 100

    def down(self, effect: float) -> float:
        return round(_TOP + self.heights.at(effect) * (_BOTTOM - _TOP), 1)

    def place(self, time: int, effect: float) -> tuple[float, float]:
        return self.across(time), self.down(effect)


def effect_picture(
    speaker: Speaker, indicator: Indicator, found: Found, *, identity: str, lag: int = 0, grade: int | None = None
) -> Drawn | None:
    """Draw the path of an effect, or nothing where it has fewer than two years.

    ``lag`` is the number of years after the start in which no effect is expected; ``grade`` is the Maryland level.
    ``identity`` is unique on the page and the same every time.
    """
    if len(found.path) < 2:
        return None
    points = sorted(found.path, key=lambda point: point.time)
    plot = _Plot(
        years=Scale(start=points[0].time, end=points[-1].time), heights=_heights(indicator, points, found.placebo_paths)
    )
    drawn = [
        _layer(*_zones(plot, points, lag), class_="zones"),
        _layer(_grey(plot, found.placebo_paths, points), class_="clip"),
        _layer(
            *_bands(plot, points),
            _level(plot.down(0.0), "zero"),
            *_start(plot, points),
            element("path", d=path(_line(plot, points)), class_="line", vector_effect="non-scaling-stroke"),
            *_dots(plot, points),
            _marks(plot, points),
        ),
        *_years(plot, points),
        _number(speaker, indicator, plot, points),
        *(_badge(speaker, grade) if grade else ()),
    ]
    top, bottom = plot.heights.start, plot.heights.end
    return Drawn(
        picture=picture(
            identity,
            speaker.language.say(
                "{label}: waar iets gedaan is min de vergelijking, per jaar sinds de start",
                label=speaker.language.label(indicator),
            ),
            description(speaker, indicator, found, grade=grade),
            *drawn,
            height=HEIGHT,
            class_="effect",
        ),
        caption=speaker.language.say(
            "Verschil tussen de wijken waar iets gedaan is en hun vergelijking. De nullijn is: geen verschil."
        ),
        above=_side(speaker, indicator, top),
        below=_side(speaker, indicator, bottom),
        notes=_notes(speaker, found, points, lag),
    )


def description(speaker: Speaker, indicator: Indicator, found: Found, *, grade: int | None) -> str:
    """Say the picture in words: every year of a short path, the ends and the largest of a long one."""
    points = sorted(found.path, key=lambda point: point.time)
    if len(points) > 8:
        largest = max(points, key=lambda point: abs(point.effect))
        kept = {points[0].time, points[-1].time, largest.time, 0}
        points = [point for point in points if point.time in kept]
    said = [
        f"{_since(speaker, point.time)}: {short_change(speaker.language, indicator, point.effect)}" for point in points
    ]
    if grade:
        said.append(speaker.language.say("bewijs {level} van 5", level=grade))
    return "; ".join(said) + "."


def event_table(speaker: Speaker, indicator: Indicator, found: Found) -> Table:
    """Give every year of the picture with its margin, beside where the grey lines lie."""
    say, language = speaker.language.say, speaker.language
    label = language.label(indicator)
    rows = []
    for point in sorted(found.path, key=lambda one: one.time):
        placebos = sorted(_at(found.placebo_paths, point.time))
        rows.append(
            (
                (_since(speaker, point.time),),
                (change_words(language, indicator, point.effect),),
                (_margin(speaker, indicator, point),),
                (_spread(speaker, indicator, placebos),),
            )
        )
    elsewhere = say("Willekeurige groepen") if _is_drawn_from_all(found) else say("Waar niets gedaan is")
    notes = []
    if found.placebo_paths:
        notes.append(
            say("{elsewhere}: hier ligt de middelste 95% van de grijze lijnen.", elsewhere=elsewhere)
            if len(found.placebo_paths) >= 40
            else say("{elsewhere}: de laagste en de hoogste van de grijze lijnen.", elsewhere=elsewhere)
        )
    return Table(
        caption=say("{label}: het verschil per jaar sinds de start", label=label),
        headers=(say("Jaar sinds de start"), say("Verschil"), say("Marge van 95%"), elsewhere),
        rows=tuple(rows),
        notes=tuple(notes),
    )


def _heights(indicator: Indicator, points: Sequence[EventPoint], lines: Sequence[PlaceboPath]) -> Scale:
    own = [end for point in points for end in (point.effect, point.low, point.high) if end is not None]
    most = max((abs(end) for end in own), default=0.0) or 1.0
    grey = [effect for line in lines for effect in line.effects]
    low = min([*own, -most / 4, max(min(grey, default=0.0), -most * _ROOM)])
    high = max([*own, most / 4, min(max(grey, default=0.0), most * _ROOM)])
    if indicator.direction is Direction.LOWER_IS_BETTER:
        return Scale(start=low, end=high)
    return Scale(start=high, end=low)


def _layer(*drawn: Markup, class_: str = "") -> Markup:
    return element(
        "svg",
        *drawn,
        x="0",
        y=0,
        width="100%",
        height=_AXIS + 8,
        viewBox=f"0 0 100 {_AXIS + 8}",
        preserveAspectRatio="none",
        class_=class_,
    )


def _level(height: float, class_: str) -> Markup:
    return element("line", x1=0, x2=100, y1=height, y2=height, class_=class_, vector_effect="non-scaling-stroke")


def _start_place(points: Sequence[EventPoint]) -> float | None:
    """Give where the start lies: halfway the last year before it and the first one after."""
    before = [point.time for point in points if point.time < 0]
    after = [point.time for point in points if point.time >= 0]
    return (before[-1] + after[0]) / 2 if before and after else None


def _zones(plot: _Plot, points: Sequence[EventPoint], lag: int) -> list[Markup]:
    start = _start_place(points)
    if start is None or lag < 1:
        return []
    left, right = plot.across(start), plot.across(min(lag - 0.5, points[-1].time))
    return [element("rect", x=round(left, 2), y=_TOP, width=round(right - left, 2), height=_AXIS - _TOP, class_="lag")]


def _grey(plot: _Plot, lines: Sequence[PlaceboPath], points: Sequence[EventPoint]) -> Markup:
    known = {point.time for point in points}
    drawn = "".join(
        path([plot.place(time, effect) for time, effect in zip(line.times, line.effects, strict=True) if time in known])
        for line in lines_drawn(lines)
    )
    return element("path", d=drawn, class_="grey", vector_effect="non-scaling-stroke") if drawn else Markup()


def lines_drawn(lines: Sequence[PlaceboPath]) -> list[PlaceboPath]:
    """Choose the grey lines that are drawn: all of them, or of many an even part."""
    step = max(1, -(-len(lines) // _MOST_LINES))
    return list(lines)[::step]


def _bands(plot: _Plot, points: Sequence[EventPoint]) -> list[Markup]:
    """Fill between the margins; where one end is open the band goes to the edge, where both are it is cut."""
    drawn = []
    edge_low, edge_high = sorted((plot.heights.start, plot.heights.end))
    for is_known, part in groupby(points, key=lambda point: not (point.low is None and point.high is None)):
        piece = list(part)
        if not is_known:
            continue
        tops = [(plot.across(one.time), plot.down(edge_high if one.high is None else one.high)) for one in piece]
        bottoms = [(plot.across(one.time), plot.down(edge_low if one.low is None else one.low)) for one in piece]
        if len(piece) == 1:
            x, (_, top), (_, bottom) = tops[0][0], tops[0], bottoms[0]
            drawn.append(
                element("path", d=f"M{x:g} {top:g}V{bottom:g}", class_="whisker", vector_effect="non-scaling-stroke")
            )
            continue
        drawn.append(element("path", d=path([*tops, *reversed(bottoms)]) + "Z", class_="band"))
    return drawn


def _line(plot: _Plot, points: Sequence[EventPoint]) -> list[tuple[float, float]]:
    return [plot.place(point.time, point.effect) for point in points]


def _start(plot: _Plot, points: Sequence[EventPoint]) -> list[Markup]:
    start = _start_place(points)
    if start is None:
        return []
    x = round(plot.across(start), 2)
    return [element("line", x1=x, x2=x, y1=_TOP - 8, y2=_AXIS, class_="start", vector_effect="non-scaling-stroke")]


def _dots(plot: _Plot, points: Sequence[EventPoint]) -> list[Markup]:
    known = [point for point in points if point.low is not None or point.high is not None]
    unknown = [point for point in points if point.low is None and point.high is None]
    drawn = []
    for chosen, names in ((known, ("dot",)), (unknown, ("dot hollow", "core"))):
        where = strokes(_line(plot, chosen))
        drawn += [element("path", d=where, class_=name, vector_effect="non-scaling-stroke") for name in names if where]
    return drawn


def _marks(plot: _Plot, points: Sequence[EventPoint]) -> Markup:
    marks = strokes(((plot.across(point.time), float(_AXIS)) for point in points), length=6)
    return element("path", d=marks, class_="axis", vector_effect="non-scaling-stroke")


def _years(plot: _Plot, points: Sequence[EventPoint]) -> list[Markup]:
    """Write years under the axis while there is room for them, always the first one after the start."""
    times = [point.time for point in points]
    step = max(1, -(-len(times) // 9))
    anchor = next((place for place, time in enumerate(times) if time >= 0), 0)
    return [
        element(
            "text", _signed(time), x=percent(plot.across(time) / 100), y=_AXIS + 24, text_anchor="middle", class_="year"
        )
        for place, time in enumerate(times)
        if (place - anchor) % step == 0
    ]


def _number(speaker: Speaker, indicator: Indicator, plot: _Plot, points: Sequence[EventPoint]) -> Markup:
    """Write the last effect on the side that the line does not come from, as far as the frame has room."""
    last, earlier = points[-1], points[-2:-1] or points[-1:]
    x, y = plot.place(last.time, last.effect)
    comes_from_below = plot.place(earlier[0].time, earlier[0].effect)[1] >= y
    above = y > _BOTTOM - 24 or (comes_from_below and y > _TOP + 18)
    return element(
        "text",
        short_change(speaker.language, indicator, last.effect),
        x=percent(min(x / 100 + 0.05, 1.0)),
        y=y - 12 if above else y + 24,
        text_anchor="end",
        class_="number",
    )


def _badge(speaker: Speaker, grade: int) -> list[Markup]:
    """Draw the grade in the corner: as many filled steps as the level, with the level in words beside them."""
    steps = [
        element(
            "rect",
            x=-16 * (_LEVELS - place),
            y=8 + 3 * (_LEVELS - 1 - place),
            width=12,
            height=10 + 3 * place,
            class_="step full" if place < grade else "step",
        )
        for place in range(_LEVELS)
    ]
    words = speaker.language.say("Bewijs {level} van 5", level=grade)
    return [
        element(
            "svg",
            *steps,
            element("text", words, x=-16 * _LEVELS - 8, y=26, text_anchor="end", class_="graded"),
            x="100%",
            y=0,
            overflow="visible",
            class_="badge",
        )
    ]


def _notes(speaker: Speaker, found: Found, points: Sequence[EventPoint], lag: int) -> tuple[str, ...]:
    say, language = speaker.language.say, speaker.language
    notes = [
        say("Stippellijn: de start. Links ervan was er nog niets gedaan: daar hoort de lijn dicht bij nul te zijn.")
    ]
    if lag:
        notes.append(
            language.say_count(
                "Het grijze vlak: het eerste jaar. Vooraf is gezegd dat je dan nog geen effect verwacht.",
                "Het grijze vlak: de eerste {count} jaren. Vooraf is gezegd dat je dan nog geen effect verwacht.",
                lag,
            )
        )
    notes.append(say("Blauw vlak: de marge van 95%. Een open rondje heeft geen marge."))
    if sum(point.time >= 0 for point in points) > 1:
        notes.append(
            say(
                "Het getal rechts is van het laatste jaar. Het antwoord gaat over alle jaren dat je een effect "
                "verwacht."
            )
        )
    if found.placebo_paths:
        notes.append(_grey_words(speaker, found))
    return tuple(notes)


def _grey_words(speaker: Speaker, found: Found) -> str:
    """Say what a grey line is; a group drawn from all areas may hold a treated one, less what was found there."""
    say, whole = speaker.language.say, speaker.language.whole
    shown = whole(len(lines_drawn(found.placebo_paths)))
    if not _is_drawn_from_all(found):
        return say("Elke grijze lijn: wat we vinden waar niets gedaan is ({count} lijnen).", count=shown)
    return say(
        "Elke grijze lijn: wat we vinden in een willekeurige groep van {areas} wijken ({count} lijnen). Zit daar een "
        "wijk bij waar wel iets gedaan is, dan is het effect er eerst uit gehaald.",
        areas=whole(found.treated),
        count=shown,
    )


def _is_drawn_from_all(found: Found) -> bool:
    return draws_treated_areas(found.inference.method, found.treated)


def _side(speaker: Speaker, indicator: Indicator, effect: float) -> str:
    said = short_change(speaker.language, indicator, effect)
    if not indicator.is_judged:
        return said
    good = (effect > 0) == (indicator.direction is Direction.HIGHER_IS_BETTER)
    pattern = mark("{change}, gunstig") if good else mark("{change}, ongunstig")
    return speaker.language.say(pattern, change=said)


def _since(speaker: Speaker, time: int) -> str:
    if time < 0:
        return speaker.language.say_count("{count} jaar ervoor", "{count} jaar ervoor", -time)
    if time == 0:
        return speaker.language.say("het jaar van de start")
    return speaker.language.say_count("{count} jaar erna", "{count} jaar erna", time)


def _signed(time: int) -> str:
    return f"\N{MINUS SIGN}{-time}" if time < 0 else f"+{time}" if time else "0"


def _margin(speaker: Speaker, indicator: Indicator, point: EventPoint) -> str:
    if point.low is None and point.high is None:
        return speaker.language.say("geen marge: dit jaar is het ijkpunt") if point.time < 0 else "–"
    return span_words(speaker.language, indicator, point.low, point.high)


def _at(lines: Sequence[PlaceboPath], time: int) -> list[float]:
    return [effect for line in lines for when, effect in zip(line.times, line.effects, strict=True) if when == time]


def _spread(speaker: Speaker, indicator: Indicator, ordered: Sequence[float]) -> str:
    if not ordered:
        return "–"
    cut = round(len(ordered) * 0.025) if len(ordered) >= 40 else 0
    return span_words(speaker.language, indicator, ordered[cut], ordered[-1 - cut])
