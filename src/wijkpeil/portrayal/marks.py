"""Marks under the axis of a gap line: what was done and decided, and when; near ones are counted together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from markupsafe import Markup

from wijkpeil.portrayal.language import Language, mark
from wijkpeil.portrayal.svg import Scale, element, path, percent
from wijkpeil.portrayal.timeline import across

ROW = 22
"""So many pixels a row of marks takes."""
_NEAR = 0.07
"""Marks within this share of the width are one mark with a number."""
_TOLD = 4
"""So many marks are told one by one in a sentence; the rest is counted."""


class Sort(StrEnum):
    """What sort of thing a mark is of; each has its own row and its own shape, so that no colour is needed."""

    MEASURE = "measure"
    DECISION = "decision"


_SHAPES = {Sort.MEASURE: "M-4 -6H4V6H-4Z", Sort.DECISION: "M0 -7L6 0L0 7L-6 0Z"}
_COUNTED = {
    Sort.MEASURE: (mark("{count} maatregel"), mark("{count} maatregelen")),
    Sort.DECISION: (mark("{count} besluit"), mark("{count} besluiten")),
}
_ROWS = {Sort.MEASURE: mark("vierkantjes zijn maatregelen"), Sort.DECISION: mark("ruitjes zijn besluiten")}


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something that happened: from a day on, and until another where it is known that it ended."""

    sort: Sort
    label: str
    start: date
    end: date | None = None


def height_of(marks: Sequence[Mark]) -> int:
    """Give how many pixels the marks take under a picture: a row for each sort that there is, else nothing."""
    return ROW * len(_sorts(marks))


def under(language: Language, marks: Sequence[Mark], years: Scale, *, top: int) -> tuple[list[Markup], list[Markup]]:
    """Draw marks in the years of a picture: what belongs in its layer (how long they lasted), and the marks themselves.

    ``top`` is the pixel at which the first row begins. What began before the picture or after it is not drawn.
    """
    spans, shapes = [], []
    for row, sort in enumerate(_sorts(marks)):
        middle = top + row * ROW + ROW // 2
        mine = [one for one in marks if one.sort is sort]
        spans += [_span(one, years, middle) for one in mine if one.end is not None and _overlaps(one, years)]
        shapes += [_group(language, group, place, middle) for place, group in _near(mine, years)]
    return spans, shapes


def told(language: Language, marks: Sequence[Mark]) -> str:
    """Say in a sentence what happened when; of many, the first and how many more."""
    ordered = sorted(marks, key=lambda one: (one.start, one.label))
    if not ordered:
        return ""
    said = [_named(language, one) for one in ordered[:_TOLD]]
    more = len(ordered) - _TOLD
    if more > 0:
        said.append(language.say_count("en nog {count}", "en nog {count}", more))
    return language.say("Wat er gebeurde: {listed}.", listed="; ".join(said))


def legend(language: Language, marks: Sequence[Mark], years: Scale) -> tuple[str, ...]:
    """Say which shape is what, and how many marks lie outside the years of the picture."""
    rows = [language.say(_ROWS[sort]) for sort in _sorts(marks)]
    if not rows:
        return ()
    notes = [language.say("Onder de as: {rows}.", rows=language.series(rows))]
    outside = sum(not _is_inside(one, years) for one in marks)
    if any(one.end is not None for one in marks):
        notes.append(language.say("Een streep laat zien hoe lang iets duurde."))
    if outside:
        notes.append(
            language.say_count(
                "{count} ervan begon voor of na deze jaren en staat niet in het plaatje.",
                "{count} ervan begonnen voor of na deze jaren en staan niet in het plaatje.",
                outside,
            )
        )
    return tuple(notes)


def _sorts(marks: Iterable[Mark]) -> list[Sort]:
    there = {one.sort for one in marks}
    return [sort for sort in Sort if sort in there]


def _at(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _is_inside(one: Mark, years: Scale) -> bool:
    return years.start <= _at(one.start) < years.end + 1


def _overlaps(one: Mark, years: Scale) -> bool:
    return one.end is not None and _at(one.start) < years.end and _at(one.end) > years.start


def _place(day: date, years: Scale) -> float:
    """Give where a day lies as a share of the width; the last year has its months in the margin of the picture."""
    return min(max(across(years, _at(day)), 0.01), 0.99)


def _near(marks: Sequence[Mark], years: Scale) -> list[tuple[float, list[Mark]]]:
    """Gather the marks inside the picture that would lie over each other, from left to right."""
    groups: list[tuple[float, list[Mark]]] = []
    for one in sorted((one for one in marks if _is_inside(one, years)), key=lambda one: (one.start, one.label)):
        place = _place(one.start, years)
        if groups and place - groups[-1][0] < _NEAR:
            groups[-1][1].append(one)
        else:
            groups.append((place, [one]))
    return groups


def _span(one: Mark, years: Scale, middle: int) -> Markup:
    begin, end = (_place(day, years) * 100 for day in (one.start, one.end or one.start))
    where = path([(begin, middle), (end, middle)])
    return element("path", d=where, class_="lasted", vector_effect="non-scaling-stroke")


def _group(language: Language, group: list[Mark], place: float, middle: int) -> Markup:
    """Draw one shape at its place, with a number beside it where it stands for more, and words for who points at it."""
    sort, count = group[0].sort, len(group)
    words = "; ".join(_named(language, one) for one in group)
    if count > 1:
        words = f"{language.say_count(*_COUNTED[sort], count)}: {words}"
    parts = [element("title", words), element("path", d=_SHAPES[sort], class_="shape")]
    if count > 1:
        parts.append(element("text", str(count), x=8, y=5, class_="count"))
    return element("svg", *parts, x=percent(place), y=middle, overflow="visible", class_=f"mark {sort.value}")


def _named(language: Language, one: Mark) -> str:
    begin = language.day(one.start)
    if one.end is None or one.end == one.start:
        return language.say("{label} ({day})", label=one.label, day=begin)
    return language.say("{label} ({day} tot {end})", label=one.label, day=begin, end=language.day(one.end))
