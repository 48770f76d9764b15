"""From a measure to the draft of a study: what was done where and since when, and what it should have moved."""

import json
from collections.abc import Iterator

from django.http import Http404, HttpResponse

from wijkpeil.catalogue.study_treated import first_whole_year, last_whole_year
from wijkpeil.domain.indicator import Direction, GapScale, Indicator
from wijkpeil.domain.study import StudyKind
from wijkpeil.publication.evidence_library import studies_for_readers
from wijkpeil.web.design.request import ReaderRequest
from wijkpeil.web.programmes.desk import Desk, desk_of
from wijkpeil.web.programmes.models.measure import EndClass, Measure

_GOES_ON = frozenset({EndClass.SECURED, ""})
"""What was secured goes on after it ended as a project."""
_EXPECTED = {Direction.LOWER_IS_BETTER: "down", Direction.HIGHER_IS_BETTER: "up"}
_SMALLEST = 0.01


def study_file(request: ReaderRequest, programme: str, key: str) -> HttpResponse:
    """Give the draft as a file; not there for what may not be known, nor where there is nothing to study."""
    desk = desk_of(request, programme)
    measure = desk.visible(Measure).filter(key=key).first()
    written = draft(measure, desk) if measure is not None else None
    if written is None:
        raise Http404(key)
    answer = HttpResponse(written, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="maatregel-{key}.toml"'
    return answer


def draft(measure: Measure, desk: Desk) -> str | None:
    """Write a study file that ``wijkpeil study check`` accepts, or nothing where no study can be made of it.

    That takes an indicator of the edition with figures before and after the start. Areas with a public measure of
    the same name are treated too; all areas of the programme are left out of the comparison.
    """
    known = desk.edition.policy.indicator
    outcomes = [known[id_] for id_ in dict.fromkeys(measure.indicators) if id_ in known]
    is_known = measure.area in desk.names
    figures = desk.edition.figures(area=measure.area).drop_nulls("value") if is_known else None
    if not outcomes or figures is None:
        return None
    periods = figures.filter(figures["indicator"].is_in([one.id for one in outcomes]))["period"]
    if periods.is_empty():
        return None
    first, last = int(periods.min()), int(periods.max())  # type: ignore[arg-type]
    treated = [one for one in _same(measure, desk) if first < first_whole_year(one.started) <= last]
    if measure not in treated:
        return None
    return "\n".join([*_head(measure, desk), *_outcomes(outcomes), *_beside(first, last), *_treated(treated)]) + "\n"


def studies_naming(measure: Measure, desk: Desk) -> list[tuple[str, str]]:
    """Give the studies that readers see of which this area is treated and that name this measure: title and id."""
    tongue, name = desk.request.tongue, measure.name.casefold()
    found = []
    for one in (result.study for result in studies_for_readers(desk.request.library)):
        names_it = any(name in text.casefold() for text in (one.title, one.question, one.done))
        is_named = one.title.casefold() in measure.evaluated_by.casefold()
        if (names_it or is_named) and measure.area in {treated.area for treated in one.treated}:
            found.append((one.title if tongue.code == "nl" else one.title_en or one.title, one.id))
    return found


def _same(measure: Measure, desk: Desk) -> list[Measure]:
    """Give this measure and those of the same name elsewhere in the programme, one for an area."""
    same = desk.visible(Measure).filter(name=measure.name, state__in=Measure.PUBLIC).exclude(area="")
    by_area = {one.area: one for one in same.order_by("-started", "-pk")} | {measure.area: measure}
    return [by_area[area] for area in sorted(by_area)]


def _head(measure: Measure, desk: Desk) -> Iterator[str]:
    yield "# Concept, gemaakt uit een maatregel. Kijk alles na, en leg het vast voordat je naar de uitkomst kijkt:"
    yield "# wijkpeil study check BESTAND, en daarna wijkpeil study register BESTAND --by NAAM"
    yield f'kind = "{StudyKind.EVALUATION.value}"'
    yield f"title = {_text(f'Hielp de maatregel ‘{measure.name}’?')}"
    yield f"question = {_text(f'Hoe was het gegaan zonder de maatregel ‘{measure.name}’?')}"
    yield f"done = {_text(f'{measure.name}: {measure.aim}')}"
    yield f"mechanism = {_text(measure.mechanism)}"
    yield "# Vertaal wat hieronder nog Nederlands is."
    yield f"title_en = {_text(f'Did the measure ‘{measure.name}’ help?')}"
    yield f"question_en = {_text(f'What would have happened without the measure ‘{measure.name}’?')}"
    yield f"done_en = {_text(f'{measure.name}: {measure.aim}')}"
    yield f"mechanism_en = {_text(measure.mechanism)}"
    yield f"programme = {_text(desk.programme.id)}"
    yield f"lag = {measure.lag}"
    yield 'designs = ["synthetic_differences", "differences", "before_after"]'
    yield 'family = "romano_wolf"'


def _outcomes(outcomes: list[Indicator]) -> Iterator[str]:
    for one in outcomes:
        yield f"\n[[outcome]]\nindicator = {_text(one.id)}"
        yield f'expected = "{_EXPECTED.get(one.direction, "either")}"'
        in_units = one.materiality if one.gap_scale is GapScale.ABSOLUTE else None
        yield f"smallest = {in_units or _SMALLEST}"


def _beside(first: int, last: int) -> Iterator[str]:
    yield "\n# Alle gebieden van het programma vallen af: alleen wijken daarbuiten mogen meedoen."
    yield '[comparison]\nlevel = "wijk"\nminimum_population = 500'
    yield f"\n[periods]\nfirst = {first}\nlast = {last}"


def _treated(measures: list[Measure]) -> Iterator[str]:
    for one in measures:
        start = first_whole_year(one.started)
        yield f"\n[[treated]]\narea = {_text(one.area)}\nstart = {start}"
        if one.ended is not None and one.end_class not in _GOES_ON and last_whole_year(one.ended) >= start:
            yield f"end = {last_whole_year(one.ended)}"


def _text(said: str) -> str:
    """Write a text as TOML reads it."""
    return json.dumps(said, ensure_ascii=False).replace("\x7f", "")
