"""Theme scores as policy files: which indicators make one up, how heavily each weighs, and why."""

from collections.abc import Iterator, Mapping
from typing import Any

from wijkpeil.catalogue.complaints import Where, listing
from wijkpeil.catalogue.tables import Field, ListOf, Table
from wijkpeil.catalogue.values import YEAR, Day, Number, Reference, Text
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.composite import Composite, Part
from wijkpeil.domain.indicator import Direction, Kind, Review

_TEXT = Text()

REVIEW = Field(
    "review",
    Table(
        Field("author", _TEXT, "Wie dit bestand schreef."),
        Field("checked_by", _TEXT, "Wie het als tweede las."),
        Field("review_due", Day(), "Wanneer het opnieuw bekeken moet zijn."),
    ),
    "Wie ervoor instaat, en tot wanneer.",
)

COMPOSITE = Table(
    Field("label", _TEXT, "Hoe het heet, voor lezers."),
    Field("label_en", _TEXT, "Hoe het heet in het Engels."),
    Field("theme", Reference("theme", "thema"), "Het thema waarvan dit de score is."),
    Field("base_year", YEAR, "Het jaar waarin de stad op 100 staat."),
    Field("why", _TEXT, "Waar de score voor is, en waarvoor niet."),
    Field(
        "part",
        ListOf(
            Table(
                Field("indicator", Reference("indicator", "indicator"), "De indicator die meetelt."),
                Field("weight", Number(above=0), "Hoe zwaar hij meetelt, vergeleken met de andere."),
                Field("why", _TEXT, "Waarom hij meetelt, en waarom zo zwaar."),
            ),
            at_least=2,
        ),
        "De onderdelen; samen zijn hun gewichten het geheel.",
    ),
    REVIEW,
)


def composite_from(id_: str, values: dict[str, Any]) -> Composite:
    """Make the composite of a file that was found to be without faults."""
    parts = tuple(Part(**part) for part in values.pop("part"))
    return Composite(id=id_, parts=parts, review=Review(**values.pop("review")), **values)


def misplaced_parts(raw: Mapping[str, Any], where: Where, indicators: Mapping[str, Any]) -> Iterator[Complaint]:
    """Complain of parts that cannot be weighed: twice the same, without a better side, or without the base year."""
    parts, base_year = raw.get("part"), raw.get("base_year")
    seen: set[str] = set()
    for index, part in enumerate(parts if isinstance(parts, list) else ()):
        id_ = part.get("indicator") if isinstance(part, dict) else None
        if not isinstance(id_, str):
            continue
        at = where.at("part").nth(index).at("indicator")
        if id_ in seen:
            yield at.complain("Deze indicator telt al mee: geef hem één gewicht.", id_)
        seen.add(id_)
        yield from _unfit(indicators.get(id_, {}), base_year, id_, at)


def _unfit(indicator: Mapping[str, Any], base_year: Any, id_: str, where: Where) -> Iterator[Complaint]:
    measure = indicator.get("measure")
    kind = measure.get("kind") if isinstance(measure, dict) else None
    if indicator.get("direction") == Direction.CONTEXT:
        yield where.complain("Deze indicator heeft geen betere kant (context) en kan in geen score meetellen.", id_)
    if kind in {Kind.COUNT, Kind.ORDINAL}:
        yield where.complain("Aantallen en klassen tellen in geen score mee: kies een aandeel of gemiddelde.", id_)
    sources = indicator.get("source")
    listed = sources if isinstance(sources, list) else [sources]
    columns = [one["columns"] for one in listed if isinstance(one, dict) and isinstance(one.get("columns"), dict)]
    years = sorted({year for own in columns for year in own})
    if years and isinstance(base_year, int) and str(base_year) not in years:
        yield where.complain(f"Er is geen cijfer over het basisjaar {base_year}, wel over: {listing(years)}.", id_)
