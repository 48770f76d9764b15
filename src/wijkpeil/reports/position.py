"""Where an area stands and how the gap moves, as blocks: strips of the key figures by theme, and a few lines through time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import gapline, quantity, reasons, spine
from wijkpeil.portrayal.badges import badges
from wijkpeil.portrayal.overview import key_readings
from wijkpeil.portrayal.print import printed
from wijkpeil.portrayal.profile import around_words
from wijkpeil.portrayal.reading import Figure, Reading
from wijkpeil.portrayal.reading import Beside as Other
from wijkpeil.portrayal.subject import Subject, has_number
from wijkpeil.portrayal.table import beside_headers
from wijkpeil.portrayal.words import NEVER_DIFFERENCED, Speaker
from wijkpeil.reports import document as doc
from wijkpeil.reports.document import Beside, Block, Heading, Paragraph, Role, Span, Text, plain

STRIP_WIDTH, LINE_WIDTH = 330.0, 350.0
"""How wide a strip and a gap line are drawn, in their own units: so their letters are as large as those around them."""
OF_A_THEME = 3
"""So many figures of a theme stand in a profile; the page on the site has them all."""
THROUGH_TIME = 5
"""So many figures are followed through time."""


@dataclass(frozen=True, kw_only=True)
class Where:
    """The area with those who speak of it."""

    speaker: Speaker
    about: Subject

    @property
    def shown(self) -> tuple[Reading, ...]:
        """The readings that have a number."""
        return tuple(one for one in self.about.readings if has_number(one))


def themes(where: Where) -> Iterator[Block]:
    """Write a part per theme: its verdicts counted, and a strip for each of its key figures."""
    speaker, about = where.speaker, where.about
    around = around_words(speaker.language, about)
    for theme in about.policy.themes:
        there = tuple(one for one in about.of_theme(theme.id) if has_number(one))
        yield Heading(text=speaker.language.label(theme), level=2, id=f"thema-{theme.id}")
        if not there:
            nothing = speaker.language.say("Over dit thema zijn er voor dit gebied nog geen cijfers.")
            yield Paragraph(text=plain(nothing))
            continue
        for sentence in speaker.verdict_counts(there):
            yield Paragraph(text=plain(sentence), role=Role.SMALL)
        for reading in key_readings(there, theme.id, most=OF_A_THEME):
            yield from _strip(speaker, reading, around)


def _strip(speaker: Speaker, reading: Reading, around: str) -> Iterator[Block]:
    drawn, figure = spine.strip(speaker, reading, identity="strip", around=around), reading.latest
    if drawn is None or figure is None:
        return
    picture = printed(drawn.picture, width=STRIP_WIDTH, ends=(drawn.left, drawn.right))
    yield Beside(
        columns=(
            (
                Paragraph(text=plain(speaker.language.label(reading.indicator)), role=Role.LABEL),
                Paragraph(text=_value(speaker, reading, figure), role=Role.VALUE),
            ),
            (doc.Figure(picture=picture, alt=picture.alt),),
            tuple(Paragraph(text=line, role=Role.SMALL) for line in _said(speaker, reading, figure)),
        ),
        widths=(4.4, 6.4, 5.6),
        ruled=True,
    )


def _value(speaker: Speaker, reading: Reading, figure: Figure) -> Text:
    period = quantity.short_period(speaker.language, reading.indicator, figure.period)
    margin = speaker.short_margin(reading.indicator, figure) if figure.low is not None else ""
    return (
        Span(text=speaker.value(reading.indicator, figure), strong=True),
        Span(text=f"{f' {margin}' if margin else ''}, {period}"),
    )


def _said(speaker: Speaker, reading: Reading, figure: Figure) -> Iterator[Text]:
    """Say what stands beside a figure on both sides, and the verdicts under it."""
    names = beside_headers(speaker, reading.first_two)
    for name, comparator in zip(names, reading.first_two, strict=True):
        other = figure.beside.get(comparator)
        if other is not None:
            yield (Span(text=f"{name}: ", strong=True), Span(text=_beside(speaker, reading, figure, other)))
    verdicts = [(f"{one.words} {one.beside}".strip(), one.kind) for one in badges(speaker, reading)]
    if verdicts:
        yield tuple(
            part
            for place, (words, kind) in enumerate(verdicts)
            for part in ((Span(text="; "),) if place else ()) + (Span(text=words, tone=kind),)
        )


def _beside(speaker: Speaker, reading: Reading, figure: Figure, other: Other) -> str:
    indicator = reading.indicator
    if other.value is None:
        if indicator.kind in NEVER_DIFFERENCED:
            return speaker.language.say(NEVER_DIFFERENCED[indicator.kind])
        return reasons.short(speaker.language, other.status)
    there = quantity.in_words(speaker.language, indicator, other.value)
    gap = speaker.short_gap(indicator, other.gap)
    return f"{there}, {gap}" if gap else there


def through_time(where: Where, *, first: Iterable[str] = ()) -> Iterator[Block]:
    """Draw the gap to both comparators through time for the figures that tell most, with their verdicts in sentences.

    ``first`` are the ids of figures that somebody wants to move: they go before all others.
    """
    speaker, about = where.speaker, where.about
    start = min(
        (
            (neighbourhood.start if neighbourhood else programme.start).year
            for programme, neighbourhood in about.memberships
        ),
        default=None,
    )
    drawn = 0
    for reading in _telling(where, tuple(first)):
        lines = [
            gapline.line(speaker, reading, comparator, identity="gap", start=start) for comparator in reading.first_two
        ]
        known = [one for one in lines if one is not None]
        if not known:
            continue
        drawn += 1
        yield Heading(text=speaker.language.label(reading.indicator), level=2, id=f"verloop-{reading.indicator.id}")
        yield Beside(columns=tuple(_line(one) for one in known), widths=(1.0,) * 2 if len(known) > 1 else (1.0,))
        notes = dict.fromkeys(note for one in known for note in one.notes)
        for sentence in _course(speaker, reading):
            yield Paragraph(text=plain(sentence))
        if notes:
            yield Paragraph(text=plain(" ".join(notes)), role=Role.SMALL)
        if drawn == THROUGH_TIME:
            return
    if not drawn:
        nothing = speaker.language.say("Er zijn voor dit gebied nog geen cijfers over tijd.")
        yield Paragraph(text=plain(nothing))


def _line(one: gapline.Line) -> tuple[Block, ...]:
    picture = printed(one.picture, width=LINE_WIDTH, sides=(one.above, one.below))
    return (
        Paragraph(text=plain(one.caption), role=Role.SMALL),
        doc.Figure(picture=picture, alt=f"{picture.title}. {picture.alt}"),
    )


def _course(speaker: Speaker, reading: Reading) -> list[str]:
    shifts = [reading.shifts[comparator] for comparator in reading.first_two if comparator in reading.shifts]
    said = [speaker.shift_sentence(reading.indicator, shift, reading.latest) for shift in shifts]
    return list(dict.fromkeys([*said, *speaker.verdict_sentences(reading)]))


def _telling(where: Where, first: Sequence[str]) -> list[Reading]:
    """Put the readings with a series in the order in which they tell something: wanted, claimed, key, and then the rest.

    Within each of these the themes take turns, so that one theme does not fill the pages.
    """
    series = [one for one in where.shown if one.has_series and one.indicator.is_judged]
    places = {
        one.indicator.id: place
        for theme in where.about.policy.themes
        for place, one in enumerate(key_readings(series, theme.id, most=len(series)))
    }

    def order(one: Reading) -> tuple[bool, bool, bool, int]:
        judged = [one.judgements[name].verdict for name in one.first_two if name in one.judgements]
        claims = any(verdict.is_claim for verdict in judged)
        is_judged = any(verdict is not Verdict.NOT_JUDGED for verdict in judged)
        return one.indicator.id not in first, not claims, not is_judged, places[one.indicator.id]

    return sorted(series, key=order)
