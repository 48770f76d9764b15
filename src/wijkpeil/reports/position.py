"""Where an area stands and how the gap moves, as blocks: strips of the key figures by theme, and a few lines through time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import gapline, quantity, reasons, spine
from wijkpeil.portrayal.badges import badges
from wijkpeil.portrayal.overview import key_readings
from wijkpeil.portrayal.print import printed
from wijkpeil.portrayal.profile import around_words
from wijkpeil.portrayal.reading import Beside as Other
from wijkpeil.portrayal.reading import Figure, Reading
from wijkpeil.portrayal.subject import Subject, has_number
from wijkpeil.portrayal.table import beside_headers
from wijkpeil.portrayal.verdicts import Judgement
from wijkpeil.portrayal.words import NEVER_DIFFERENCED, Speaker
from wijkpeil.reports import document as doc
from wijkpeil.reports.document import Beside, Block, Heading, Paragraph, Role, Span, Text, plain

STRIP_WIDTH, LINE_WIDTH = 330.0, 400.0
"""How wide a strip and a gap line are drawn, in their own units: so their letters are as large as those around them."""
OF_A_THEME = 3
"""So many figures of a theme stand in a profile; the page on the site has them all."""
THROUGH_TIME = 4
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
    """Write a part per theme: a strip for each of its key figures, and its verdicts counted where there is one to tell."""
    speaker, about = where.speaker, where.about
    around = around_words(speaker.language, about)
    for theme in about.policy.themes:
        there = tuple(one for one in about.of_theme(theme.id) if has_number(one))
        yield Heading(text=speaker.language.label(theme), level=2, id=f"thema-{theme.id}")
        if not there:
            nothing = speaker.language.say("Over dit thema zijn er voor dit gebied nog geen cijfers.")
            yield Paragraph(text=plain(nothing))
            continue
        counts = " ".join(speaker.verdict_counts(there))
        if counts and any(one.verdict.is_claim for reading in there for one in _shown_first(reading)):
            yield Paragraph(text=plain(counts), role=Role.SMALL, keep=True)
        for reading in key_readings(there, theme.id, most=OF_A_THEME):
            yield from _strip(speaker, reading, around)


def _shown_first(reading: Reading) -> list[Judgement]:
    """Give the verdicts beside the comparators that are shown."""
    is_judged = reading.indicator.is_judged
    return [reading.judgements[name] for name in reading.first_two if is_judged and name in reading.judgements]


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
    found = badges(speaker, reading)
    if len(found) > 1 and len({one.words for one in found}) == 1:
        both = speaker.language.say("{verdict}, naast beide", verdict=found[0].words)
        yield (Span(text=both, tone=found[0].kind),)
    else:
        for one in found:
            yield (Span(text=f"{one.words} {one.beside}".strip(), tone=one.kind),)


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
        yield Beside(
            columns=tuple((*_line(one), *_course(speaker, reading, one)) for one in known), widths=(1.0,) * len(known)
        )
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


def _course(speaker: Speaker, reading: Reading, one: gapline.Line) -> Iterator[Block]:
    """Say how one line runs, and the verdict on it."""
    shift = reading.shifts.get(one.comparator)
    if shift is not None:
        yield Paragraph(text=plain(speaker.shift_sentence(reading.indicator, shift, reading.latest)), role=Role.NEAR)
    alone = {one.comparator: reading.judgements[one.comparator]} if one.comparator in reading.judgements else {}
    verdict = speaker.verdict_sentences(replace(reading, judgements=alone))
    if verdict:
        first, *others = verdict
        tone = reading.judgements[one.comparator].verdict.value
        rest = f" {' '.join(others)}" if others else ""
        yield Paragraph(text=(Span(text=first, tone=tone), Span(text=rest)), role=Role.NEAR)
    if one.notes:
        yield Paragraph(text=plain(" ".join(one.notes)), role=Role.SMALL)


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
        judged = [found.verdict for found in _shown_first(one)]
        claims = any(verdict.is_claim for verdict in judged)
        is_judged = any(verdict is not Verdict.NOT_JUDGED for verdict in judged)
        return one.indicator.id not in first, not claims, not is_judged, places[one.indicator.id]

    return sorted(series, key=order)
