"""The gap lines of a dossier: the figures that matter in a neighbourhood, with what was done and decided under them."""

from dataclasses import dataclass, replace
from functools import lru_cache

from django.utils import timezone

from wijkpeil.portrayal import gapline
from wijkpeil.portrayal.language import language
from wijkpeil.portrayal.marks import Mark, Sort
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.words import Speaker
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import is_known, subject_of
from wijkpeil.web.programmes.desk import Desk
from wijkpeil.web.programmes.models import Ambition, Decision, Measure
from wijkpeil.web.programmes.models.decision import Course

MOST = 6
"""So many figures are drawn: those of measures and ambitions first, then those that the programme looks at."""


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One figure beside both comparators."""

    label: str
    lines: tuple[gapline.Line, ...]
    notes: tuple[str, ...]


def lines_of(desk: Desk, area: str) -> list[Drawn]:
    """Draw the gaps of a neighbourhood since the baseline, with only what who sits at the desk may know."""
    if not is_known(desk.edition, area):
        return []
    measures = list(desk.visible(Measure).filter(area=area).order_by("started", "pk"))
    decisions = desk.visible(Decision).filter(area=area, state__in=Decision.PUBLIC).order_by("decided_on", "pk")
    done = [_of_measure(one) for one in measures if one.is_public]
    marks = (*done, *(_of_decision(one, desk) for one in decisions if one.decided_on is not None))
    ids = _chosen(desk, area, [id_ for one in measures for id_ in one.indicators])
    return _courses(desk.edition, area, ids, marks, desk.request.tongue.code, desk.programme.start.year)


def _of_measure(one: Measure) -> Mark:
    return Mark(sort=Sort.MEASURE, label=one.name, start=one.started, end=one.ended)


def _of_decision(one: Decision, desk: Desk) -> Mark:
    label = desk.request.tongue.say(str(Course(one.course).label))
    return Mark(sort=Sort.DECISION, label=label, start=one.decided_on or timezone.localdate(one.made_at))


def _chosen(desk: Desk, area: str, of_measures: list[str]) -> tuple[str, ...]:
    """Choose which figures matter here; what the edition does not know is left out."""
    wanted = desk.visible(Ambition).filter(area=area).exclude(indicator="").order_by("pk")
    ids = [*wanted.values_list("indicator", flat=True), *of_measures, *desk.programme.looked_at]
    return tuple(dict.fromkeys(id_ for id_ in ids if id_ in desk.edition.policy.indicator))[:MOST]


@lru_cache(maxsize=64)
def _courses(
    edition: Edition, area: str, ids: tuple[str, ...], marks: tuple[Mark, ...], code: str, start: int
) -> list[Drawn]:
    """Draw the figures, in the order in which they matter.

    What is drawn is kept: an edition never changes, and whoever may see other marks asks for another drawing.
    """
    about = subject_of(edition, area, indicators=ids, beside_all=False, with_peers=False)
    speaker = Speaker(language=language(code), policy=edition.policy)
    readings = sorted(about.readings, key=lambda one: ids.index(one.indicator.id))
    return _told_once([one for one in (_drawn(speaker, reading, marks, start) for reading in readings) if one.lines])


def _told_once(drawn: list[Drawn]) -> list[Drawn]:
    """Say what holds for every picture under the first of them only."""
    told: set[str] = set()
    found = []
    for one in drawn:
        found.append(replace(one, notes=tuple(note for note in one.notes if note not in told)))
        told.update(one.notes)
    return found


def _drawn(speaker: Speaker, reading: Reading, marks: tuple[Mark, ...], start: int) -> Drawn:
    lines = tuple(
        line
        for comparator in reading.first_two
        if (
            line := gapline.line(
                speaker,
                reading,
                comparator,
                identity=f"dossier-{reading.indicator.id}-{comparator}",
                start=start,
                marks=marks,
            )
        )
    )
    return Drawn(
        label=speaker.language.label(reading.indicator),
        lines=lines,
        notes=tuple(dict.fromkeys(note for one in lines for note in one.notes)),
    )
