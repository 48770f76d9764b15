"""The figures by which the neighbourhoods of a programme were chosen, as its file declares them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wijkpeil.catalogue.complaints import Where, listing
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.indicator import Direction, Kind


def misdeclared(raw: Mapping[str, Any], where: Where, indicators: Mapping[str, Any]) -> Iterator[Complaint]:
    """Complain of figures that nobody can have chosen by, or that say nothing of what returns by itself."""
    declared, start = raw.get("selected_on"), raw.get("start")
    for index, figure in enumerate(declared if isinstance(declared, list) else ()):
        id_, _, year = figure.partition("@") if isinstance(figure, str) else ("", "", "")
        at = where.at("selected_on").nth(index)
        if not year.isdecimal():
            continue
        yield from _without_return(indicators.get(id_, {}), figure, at)
        years = _years(indicators.get(id_, {}))
        if years and year not in years:
            yield at.complain(f"Deze indicator heeft geen cijfer over {year}, wel over: {listing(years)}.", figure)
        elif isinstance(start, date) and int(year) > start.year:
            sentence = f"Op een cijfer over {year} kan niet gekozen zijn: het programma begon in {start.year}."
            yield at.complain(sentence, figure)


def _without_return(indicator: Mapping[str, Any], figure: str, where: Where) -> Iterator[Complaint]:
    measure = indicator.get("measure")
    kind = measure.get("kind") if isinstance(measure, dict) else None
    if indicator.get("direction") == Direction.CONTEXT:
        yield where.complain("Deze indicator heeft geen betere kant (context): hij wordt toch niet beoordeeld.", figure)
    elif kind in {Kind.COUNT, Kind.ORDINAL}:
        yield where.complain("Aantallen en klassen worden niet beoordeeld: laat deze indicator weg.", figure)


def _years(indicator: Mapping[str, Any]) -> list[str]:
    sources = indicator.get("source")
    listed = sources if isinstance(sources, list) else [sources]
    columns = [one["columns"] for one in listed if isinstance(one, dict) and isinstance(one.get("columns"), dict)]
    return sorted({year for own in columns for year in own})
