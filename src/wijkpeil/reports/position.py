"""Where an area stands and how the gap moves: strips of the key figures by theme, and a few lines through time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from wijkpeil.domain.verdict import Verdict
from wijkpeil.portrayal import gapline, quantity, reasons, spine
from wijkpeil.portrayal.badges import badges
from wijkpeil.portrayal.marks import Mark, Sort
from wijkpeil.portrayal.overview import key_readings
from wijkpeil.portrayal.print import printed
from wijkpeil.portrayal.profile import around_words
from wijkpeil.portrayal.reading import Beside as Other
from wijkpeil.portrayal.reading import Figure, Reading
from wijkpeil.portrayal.subject import Subject, has_number
from wijkpeil.portrayal.table import beside_headers
from wijkpeil.portrayal.timeline import AXIS
from wijkpeil.portrayal.verdicts import Judgement
from wijkpeil.portrayal.words import NEVER_DIFFERENCED, Speaker
from wijkpeil.reports import document as doc
from wijkpeil.reports.document import Beside, Block, Heading, Paragraph, Role, Span, Text, plain
from wijkpeil.reports.programme import COURSES
from wijkpeil.reports.state import ProgrammeState

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
    """Write a part per theme: a strip for each key figure, and the verdicts counted where one says something."""
    speaker, about = where.speaker, where.about
    around = around_words(speaker.language, about)
    empty = []
    for theme in about.policy.themes:
        there = tuple(one for one in about.of_theme(theme.id) if has_number(one))
        if not there:
            empty.append(speaker.language.label(theme))
            continue
        yield Heading(text=speaker.language.label(theme), level=2, id=f"thema-{theme.id}")
        counts = " ".join(speaker.verdict_counts(there))
        if counts and any(one.verdict.is_claim for reading in there for one in _shown_first(reading)):
            yield Paragraph(text=plain(counts), role=Role.SMALL, keep=True)
        for reading in key_readings(there, theme.id, most=OF_A_THEME):
            yield from _strip(speaker, reading, around)
    if empty:
        yield Heading(text=speaker.language.say("Zonder cijfers"), level=2, id="thema-zonder")
        names = speaker.language.series(empty)
        nothing = speaker.language.say("Voor dit gebied zijn er nog geen cijfers over: {names}.", names=names)
        yield Paragraph(text=plain(nothing))


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
    if reading.indicator.kind in NEVER_DIFFERENCED:
        yield plain(speaker.language.say(NEVER_DIFFERENCED[reading.indicator.kind]))
        return
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
        return reasons.short(speaker.language, other.status)
    there = quantity.in_words(speaker.language, indicator, other.value)
    gap = speaker.short_gap(indicator, other.gap)
    return f"{there}, {gap}" if gap else there


def through_time(where: Where, *, first: Iterable[str] = (), state: ProgrammeState | None = None) -> Iterator[Block]:
    """Draw the gap to both comparators through time for the figures that tell most, with their verdicts in sentences.

    ``first`` are the ids of figures that somebody wants to move: they go before all others. What was done for a
    figure, and decided, stands under its axis; ``state`` is that of this area.
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
        marks = [] if state is None else _marks(speaker, state, reading)
        lines = [
            gapline.line(speaker, reading, comparator, identity="gap", start=start, marks=marks)
            for comparator in reading.first_two
        ]
        known = [one for one in lines if one is not None]
        if not known:
            continue
        drawn += 1
        yield Heading(text=speaker.language.label(reading.indicator), level=2, id=f"verloop-{reading.indicator.id}")
        yield Beside(columns=tuple(_columns(speaker, reading, known)), widths=(1.0,) * len(known))
        if drawn == THROUGH_TIME:
            return
    if not drawn:
        nothing = speaker.language.say("Er zijn voor dit gebied nog geen cijfers over tijd.")
        yield Paragraph(text=plain(nothing))


def _marks(speaker: Speaker, state: ProgrammeState, reading: Reading) -> list[Mark]:
    """Give what was done to move a figure, and what was decided, in the years that are drawn."""
    done = [one for one in state.measures if reading.indicator.id in one.indicators]
    marks = [Mark(sort=Sort.MEASURE, label=one.name, start=one.started, end=one.ended) for one in done]
    for one in state.decisions:
        course = speaker.language.say(COURSES[one.course])
        marks.append(Mark(sort=Sort.DECISION, label=course, start=one.decided_on))
    years = [figure.period for figure in reading.present]
    return [one for one in marks if years and min(years) <= one.start.year <= max(years)]


def _line(one: gapline.Line) -> tuple[Block, ...]:
    picture = printed(one.picture, width=LINE_WIDTH, sides=(one.above, one.below), floor=AXIS - 4)
    return (
        Paragraph(text=plain(one.caption), role=Role.SMALL),
        doc.Figure(picture=picture, alt=f"{picture.title}. {picture.alt}"),
    )


def _columns(speaker: Speaker, reading: Reading, lines: Sequence[gapline.Line]) -> Iterator[tuple[Block, ...]]:
    """Put under every line how it runs; what both have in common is noted once."""
    noted: set[str] = set()
    for one in lines:
        notes = [note for note in one.notes if note not in noted]
        noted.update(notes)
        note = (Paragraph(text=plain(" ".join(notes)), role=Role.SMALL),) if notes else ()
        yield (*_line(one), *_course(speaker, reading, one), *note)


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


def _telling(where: Where, first: Sequence[str]) -> list[Reading]:
    """Put the readings with a series in the order in which they tell something: wanted, claimed, key, then the rest.

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
