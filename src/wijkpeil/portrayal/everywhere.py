"""One indicator in many areas: a row for each with its margin drawn, never in the order of its figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl
from markupsafe import Markup

from wijkpeil.domain.indicator import Direction, Indicator, Kind, Nature
from wijkpeil.domain.status import Status
from wijkpeil.portrayal import quantity, reasons, verdicts
from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.reading import Beside, Figure, Reading, beside_of, figure_of, shift_of
from wijkpeil.portrayal.svg import Scale, element, percent
from wijkpeil.portrayal.table import Cell, Table, source_ids
from wijkpeil.portrayal.words import NEVER_DIFFERENCED, Speaker

_NATURES = {
    Nature.MEASURED: (mark("geteld"), mark("Geteld of geregistreerd.")),
    Nature.SURVEYED: (mark("gevraagd"), mark("Gevraagd in een enquête onder een deel van de mensen.")),
    Nature.MODELLED: (mark("geschat"), mark("Geschat met een model, niet geteld of gevraagd.")),
}
_DIRECTIONS = {
    Direction.HIGHER_IS_BETTER: mark("hoger is gunstiger"),
    Direction.LOWER_IS_BETTER: mark("lager is gunstiger"),
    Direction.CONTEXT: mark("achtergrond: geen betere of slechtere kant"),
}
_HEIGHT, _MIDDLE, _SIDE = 26, 13, 0.03
_GRADES = ((1.0, "grade-95"), (0.654, "grade-80"), (0.344, "grade-50"))


@dataclass(frozen=True, kw_only=True)
class Place:
    """One area with its reading of one indicator in one period."""

    code: str
    name: str
    reading: Reading

    @property
    def figure(self) -> Figure | None:
        """The figure of the period that is shown."""
        return self.reading.latest

    @property
    def value(self) -> float | None:
        """Its value, or nothing."""
        return self.figure.value if self.figure and self.figure.is_present else None

    def beside(self, comparator: str) -> Beside | None:
        """What it stands beside, where it has a figure."""
        return self.figure.beside.get(comparator) if self.figure and self.figure.is_present else None


def places_of(
    indicator: Indicator,
    names: Iterable[tuple[str, str]],
    positions: pl.DataFrame,
    figures: pl.DataFrame,
    changes: pl.DataFrame,
    judged: pl.DataFrame,
) -> tuple[Place, ...]:
    """Gather the rows of one indicator in one period, beside one comparator, into a place for every code and name."""
    beside = {row["area"]: row for row in positions.iter_rows(named=True)}
    known = {row["area"]: row for row in figures.iter_rows(named=True)}
    shifts = {row["area"]: row for row in changes.iter_rows(named=True)}
    verdict_rows = {row["area"]: row for row in judged.iter_rows(named=True)}
    return tuple(
        Place(
            code=code,
            name=name,
            reading=_reading(indicator, known.get(code), beside.get(code), shifts.get(code), verdict_rows.get(code)),
        )
        for code, name in names
    )


def _reading(
    indicator: Indicator,
    figure: Mapping[str, Any] | None,
    position: Mapping[str, Any] | None,
    change: Mapping[str, Any] | None,
    verdict: Mapping[str, Any] | None,
) -> Reading:
    beside = {} if position is None else {position["comparator"]: beside_of(dict(position))}
    return Reading(
        indicator=indicator,
        figures=() if figure is None else (figure_of(dict(figure), beside),),
        shifts={} if change is None else {change["comparator"]: shift_of(dict(change))},
        judgements={} if verdict is None else {verdict["comparator"]: verdicts.judgement_of(verdict)},
    )


def about(speaker: Speaker, indicator: Indicator) -> list[tuple[str, str]]:
    """Say what an indicator is: its question, definition, nature, base, better side, materiality and moment."""
    language, say = speaker.language, speaker.language.say
    base = speaker.policy.base.get(indicator.base)
    listed = [
        (say("De vraag"), indicator.question),
        (say("Wat we tellen"), indicator.definition),
        (say("Hoe we het weten"), say(_NATURES[indicator.nature][1])),
        (say("Over wie het gaat"), language.label(base) if base else ""),
        (say("Wat gunstig is"), say(_DIRECTIONS[indicator.direction])),
        (say("Wat het niet zegt"), indicator.not_for),
        (say("Vanaf wanneer een verandering telt"), _materiality(speaker, indicator)),
    ]
    return [(name, text) for name, text in listed if text]


def nature_words(language: Language, nature: Nature) -> str:
    """Name how a figure is known in one word."""
    return language.say(_NATURES[nature][0])


def _materiality(speaker: Speaker, indicator: Indicator) -> str:
    if indicator.materiality is None or not indicator.is_judged:
        return ""
    if indicator.gap_scale == "relative":
        size = f"{speaker.language.number(indicator.materiality * 100, 1)}%"
    else:
        size = quantity.size(speaker.language, indicator, indicator.materiality)
    return speaker.language.say("Een verandering van het verschil kleiner dan {size} noemen we gelijk.", size=size)


def table(
    speaker: Speaker, indicator: Indicator, places: Sequence[Place], *, comparator: str, caption: str, is_changed: bool
) -> Table:
    """Give every area its figure with the margin, drawn and in numbers, its gap and the change of its gap."""
    say, other = speaker.language.say, speaker.comparator(comparator)
    scale = _scale(indicator, places, comparator)
    is_differenced = indicator.kind not in NEVER_DIFFERENCED
    headers = [say("Gebied"), say("Cijfer en marge"), _axis_words(speaker, indicator, scale)]
    if is_differenced:
        headers.append(say("Verschil met {other}", other=other))
    if is_differenced and is_changed:
        headers.append(say("Verschil met {other} veranderd", other=other))
    rows = tuple(
        _row(speaker, indicator, one, comparator, scale)[: len(headers)] for one in places if one.value is not None
    )
    made = dict.fromkeys(
        reasons.how_sure(speaker.language, one.figure.interval)
        for one in places
        if one.value is not None and one.figure
    )
    notes = tuple(f"{note[:1].upper()}{note[1:]}." for note in made)
    return Table(caption=caption, headers=tuple(headers), rows=rows, notes=notes)


def _row(speaker: Speaker, indicator: Indicator, one: Place, comparator: str, scale: Scale | None) -> tuple[Cell, ...]:
    figure, beside = one.figure, one.beside(comparator)
    if figure is None:
        return ()
    value = tuple(
        part for part in (speaker.value(indicator, figure), _known_margin(speaker, indicator, figure)) if part
    )
    drawn = (_strip(figure, beside, scale),) if scale else ()
    gap: Cell = ()
    if beside is not None and beside.gap is not None:
        known = beside.gap_low is not None and beside.gap_high is not None
        gap = (
            speaker.short_gap(indicator, beside.gap),
            *([speaker.gap_margin(indicator, figure, beside)] if known else []),
        )
    elif beside is not None:
        gap = (
            reasons.short(
                speaker.language,
                Status.NO_COMPARATOR
                if beside.status.is_present or beside.status is Status.NOT_APPLICABLE
                else beside.status,
            ),
        )
    shift = speaker.short_shift(indicator, one.reading.shifts.get(comparator))
    judged = one.reading.judgements.get(comparator)
    verdict = (verdicts.short(speaker.language, judged),) if judged and indicator.is_judged else ()
    return ((one.name,), value, drawn, gap, (*shift, *verdict))


def _known_margin(speaker: Speaker, indicator: Indicator, figure: Figure) -> str:
    return "" if figure.low is None or figure.high is None else speaker.short_margin(indicator, figure)


def _scale(indicator: Indicator, places: Sequence[Place], comparator: str) -> Scale | None:
    numbers: list[float] = []
    for one in places:
        if one.value is None or one.figure is None:
            continue
        beside = one.beside(comparator) if indicator.kind is not Kind.COUNT else None
        ends = (one.value, one.figure.low, one.figure.high, beside.value if beside else None)
        numbers += [end for end in ends if end is not None]
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    return (
        Scale(start=high, end=low) if indicator.direction is Direction.LOWER_IS_BETTER else Scale(start=low, end=high)
    )


def _axis_words(speaker: Speaker, indicator: Indicator, scale: Scale | None) -> str:
    if scale is None:
        return ""
    left, right = (quantity.in_words(speaker.language, indicator, end) for end in (scale.start, scale.end))
    if indicator.is_judged:
        return speaker.language.say("Van {left} (ongunstig) tot {right} (gunstig)", left=left, right=right)
    return speaker.language.say("Van {left} tot {right}", left=left, right=right)


def _strip(figure: Figure, beside: Beside | None, scale: Scale) -> Markup:
    """Draw one figure with its margin beside its comparator; the cells around it say the same in numbers."""
    drawn = [element("line", x1=percent(_SIDE), x2=percent(1 - _SIDE), y1=_MIDDLE, y2=_MIDDLE, class_="axis")]
    value = figure.value or 0.0
    if figure.low is not None and figure.high is not None:
        for part, name in _GRADES:
            ends = (value - (value - figure.low) * part, value + (figure.high - value) * part)
            start, end = sorted(_across(scale, one) for one in ends)
            drawn.append(
                element("rect", x=percent(start), y=_MIDDLE - 4, width=percent(end - start), height=8, class_=name)
            )
    if beside is not None and beside.value is not None:
        place = percent(_across(scale, beside.value))
        drawn.append(element("line", x1=place, x2=place, y1=1, y2=_HEIGHT - 1, class_="rest-line"))
    hollow = " hollow" if figure.low is None or figure.high is None else ""
    drawn.append(element("circle", cx=percent(_across(scale, value)), cy=_MIDDLE, r=5.5, class_=f"here{hollow}"))
    return element("svg", *drawn, width="100%", height=_HEIGHT, class_="dotline", aria_hidden="true")


def _across(scale: Scale, value: float) -> float:
    return _SIDE + scale.at(value) * (1 - 2 * _SIDE)


def absences(language: Language, places: Sequence[Place]) -> list[tuple[str, tuple[str, ...]]]:
    """Gather the areas without a figure by the reason that there is none."""
    found: dict[str, list[str]] = {}
    for one in places:
        if one.value is None:
            found.setdefault(reason_of(language, one), []).append(one.name)
    return [(reason, tuple(names)) for reason, names in found.items()]


def reason_of(language: Language, one: Place) -> str:
    """Say why an area has no figure."""
    if one.figure is None:
        return language.say("We hebben voor dit gebied geen bron met dit cijfer.")
    status = Status.MISSING if one.figure.status.is_present else one.figure.status
    return reasons.sentence(language, status)


def said(speaker: Speaker, indicator: Indicator, one: Place) -> str:
    """Say an area and its figure in one line, as the title of a spot on a map."""
    if one.value is None or one.figure is None:
        short = reasons.short(speaker.language, one.figure.status) if one.figure else speaker.language.say("geen bron")
        return f"{one.name}: {speaker.language.say('geen cijfer')} ({short})"
    margin = _known_margin(speaker, indicator, one.figure)
    return f"{one.name}: {speaker.value(indicator, one.figure)}{' ' + margin if margin else ''}"


def sources_of(speaker: Speaker, places: Sequence[Place]) -> list[tuple[str, str, str, str]]:
    """List the sources of figures: name, publisher, licence and where it is published."""
    used = {id_ for one in places if one.value is not None and one.figure for id_ in source_ids(one.figure)}
    return [
        (source.label, source.publisher, source.licence, source.landing_page)
        for source in speaker.policy.sources
        if source.id in used
    ]
