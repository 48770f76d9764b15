"""What must hold between keys and between files, beyond the shape of each key by itself."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from wijkpeil.catalogue.complaints import Where, listing, suggestion
from wijkpeil.catalogue.composites import misplaced_parts
from wijkpeil.catalogue.folder import Document, Folder, entries
from wijkpeil.catalogue.mapping import disagreements
from wijkpeil.catalogue.selected import misdeclared
from wijkpeil.domain.area import gemeente_of
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.indicator import Direction, Form, Kind, Nature, Unit

RESERVED = "alle"
"""The last part of the code of all areas of a programme together."""

_FRACTIONS = {Unit.PERCENT, Unit.PER_1000}
_UNIT_OF_KIND = {Kind.PROPORTION: Unit.PERCENT, Kind.RATE: Unit.PER_1000, Kind.ORDINAL: Unit.CLASS}


def faults(folder: Folder, *, today: date, forms: Collection[str]) -> Iterator[Complaint]:
    """Hold a folder to the rules between its keys and files; ``forms`` are those that can be read (none: unknown).

    The files may have faults of their own: a rule only looks at values that are of the right type, so that a
    missing key in a file does not hide what else is wrong with it.
    """
    yield from _ids_that_stand_twice(folder)
    years = {document.id: _years_of(document) for document in folder.of("bron")}
    kinds = {document.id: take(document.raw, "measure", "kind") for document in folder.of("indicator")}
    map_year = next((take(document.raw, "map_year", of=int) for document in folder.of("beleid")), None)
    themes = folder.known().get("theme")
    for document in folder.of("indicator"):
        yield from _theme_of_folder(document, themes)
        yield from _judgement(document)
        yield from _measure(document)
        yield from _margin(document)
        yield from _columns(document, years)
        yield from _review(document, today)
    for document in folder.of("bron"):
        yield from _tables(document, forms)
    for document in folder.of("grondslagen"):
        yield from _populations(document, kinds)
    for document in folder.of("lijkt_op"):
        yield from _characteristics(document, {document.id: document.raw for document in folder.of("indicator")})
    for document in folder.of("groepen"):
        for group, where in entries(document.raw, "group", document.where):
            yield from _map_year(group, where, map_year)
    for document in folder.of("programma"):
        yield from _map_year(document.raw, document.where, map_year)
        yield from _programme(document)
        yield from misdeclared(document.raw, document.where, {one.id: one.raw for one in folder.of("indicator")})
    for document in folder.of("samenstelling"):
        yield from misplaced_parts(document.raw, document.where, {one.id: one.raw for one in folder.of("indicator")})
        yield from _review(document, today)


def take(raw: Any, *keys: str, of: type | tuple[type, ...] = str) -> Any:
    """Give what stands behind the keys when it is of this type, or ``None``."""
    for key in keys:
        raw = raw.get(key) if isinstance(raw, dict) else None
    return raw if isinstance(raw, of) else None


def _ids_that_stand_twice(folder: Folder) -> Iterator[Complaint]:
    first: dict[tuple[str, str], Where] = {}
    for kind, id_, where in folder.definitions():
        earlier = first.setdefault((kind, id_), where)
        if earlier is not where:
            place = f" bij {earlier.place}" if earlier.file == where.file else ""
            yield where.complain(f"Deze id bestaat al: zie {earlier.file}{place}.", id_)


def _map_year(raw: dict[str, Any], where: Where, map_year: int | None) -> Iterator[Complaint]:
    vintage = take(raw, "vintage", of=int)
    if vintage and map_year and vintage != map_year:
        sentence = (
            f"Een editie staat op kaartjaar {map_year} (map_year in beleid.toml): geef de gebiedscodes van dat jaar."
        )
        yield where.at("vintage").complain(sentence, vintage)


# Indicators


def _theme_of_folder(document: Document, themes: Collection[str] | None) -> Iterator[Complaint]:
    theme = document.file.split("/")[1]
    if themes is not None and theme not in themes:
        sentence = f"De map is het thema, en thema {theme} staat niet in themas.toml. Bekend: {listing(themes)}."
        yield document.where.complain(sentence)


def _judgement(document: Document) -> Iterator[Complaint]:
    direction, where = take(document.raw, "direction"), document.where.at("judgement")
    if direction == Direction.CONTEXT and "judgement" in document.raw:
        yield where.complain('Een indicator met direction = "context" wordt niet beoordeeld: laat [judgement] weg.')
    elif direction in set(Direction) - {Direction.CONTEXT} and "judgement" not in document.raw:
        sentence = (
            "Deze sleutel ontbreekt: een indicator met een richting heeft een kleinste verandering nodig die telt."
        )
        yield where.at("materiality").complain(f"{sentence} Hier hoort een getal groter dan 0.")
    materiality = take(document.raw, "judgement", "materiality", of=(int, float))
    if take(document.raw, "unit") in _FRACTIONS and materiality is not None and materiality >= 1:
        sentence = f"Aandelen staan hier als fractie, van 0 tot 1. Bedoelde je {materiality / 100:g}?"
        yield where.at("materiality").complain(sentence, materiality)


def _measure(document: Document) -> Iterator[Complaint]:
    unit, kind = take(document.raw, "unit"), take(document.raw, "measure", "kind")
    wanted = _UNIT_OF_KIND.get(kind)
    if unit in set(Unit) and wanted is not None and unit != wanted:
        yield document.where.at("unit").complain(f'Bij kind = "{kind}" hoort unit = "{wanted}".', unit)
    if take(document.raw, "measure", "price_year", of=int) and unit != Unit.EURO:
        yield document.where.at("measure.price_year").complain('Een prijspeil hoort alleen bij unit = "euro".')


def _margin(document: Document) -> Iterator[Complaint]:
    """Complain of a key for the margin that would not be heeded."""
    measure, where = take(document.raw, "measure", of=dict) or {}, document.where.at("measure")
    kind, nature = take(measure, "kind"), take(measure, "nature")
    if kind not in set(Kind) or nature not in set(Nature):
        return
    modelled = nature == Nature.MODELLED
    if "spread" in measure and (kind not in {Kind.MEAN, Kind.SCORE} or modelled):
        yield where.at("spread").complain("Een spreiding hoort bij een gemeten of gevraagd gemiddelde of score.")
    if "design_effect" in measure and (kind != Kind.PROPORTION or nature != Nature.SURVEYED):
        yield where.at("design_effect").complain("Een ontwerpeffect hoort alleen bij een gevraagd aandeel.")
    if "interval" in measure and (kind not in {Kind.PROPORTION, Kind.RATE} or modelled):
        yield where.at("interval").complain("Een exacte marge bestaat voor gemeten of gevraagde aandelen en aantallen.")


def _columns(document: Document, years: dict[str, set[int | None]]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for source, where in entries(document.raw, "source", document.where):
        id_ = take(source, "id")
        if id_ in seen:
            yield where.at("id").complain("Deze bron staat hier al: zet de kolommen bij elkaar.", id_)
        seen.add(id_ or "")
        for year, column in (take(source, "columns", of=dict) or {}).items():
            at = where.at("columns").at(year)
            yield from _table_of_year(id_, year, years.get(id_ or ""), at)
            yield from _base_of_numerator(source, column, at)


def _table_of_year(source: str | None, year: str, years: set[int | None] | None, where: Where) -> Iterator[Complaint]:
    if years is None or None in years or not year.isdecimal() or int(year) in years:
        return
    sentence = f"Bron {source} heeft geen tabel met cijfers over {year}, wel over: {listing(map(str, years))}."
    yield where.complain(sentence, year)


def _base_of_numerator(source: dict[str, Any], column: Any, where: Where) -> Iterator[Complaint]:
    form, base = (take(column, key) or take(source, key) for key in ("form", "base"))
    if form == Form.NUMERATOR and not base:
        yield where.at("base").complain('Bij form = "numerator" hoort base: de kolom waardoor gedeeld wordt.')


def _review(document: Document, today: date) -> Iterator[Complaint]:
    review, where = take(document.raw, "review", of=dict) or {}, document.where.at("review")
    due = take(review, "review_due", of=date)
    if due is not None and str(due) < str(today):
        yield where.at("review_due").warn("Dit bestand had al opnieuw bekeken moeten zijn.", due)
    author = take(review, "author")
    if author and author == take(review, "checked_by"):
        yield where.at("checked_by").warn("Laat iemand anders dan de schrijver dit bestand als tweede lezen.", author)


# Sources, bases, look-alikes


def _years_of(document: Document) -> set[int | None]:
    """Give the years of the figures of a source; ``None`` is a table whose file tells them."""
    return {take(table, "year", of=int) for table, _ in entries(document.raw, "table", document.where)}


def _tables(document: Document, forms: Collection[str]) -> Iterator[Complaint]:
    seen: set[str] = set()
    for table, where in entries(document.raw, "table", document.where):
        id_ = take(table, "id")
        if id_ in seen:
            yield where.at("id").complain("Deze tabel staat al in dit bestand.", id_)
        seen.add(id_ or "")
        form = take(table, "form")
        if form and forms and form not in forms:
            sentence = f"Deze vorm kan wijkpeil niet lezen.{suggestion(form, forms)} Bekend: {listing(forms)}."
            yield where.at("form").complain(sentence, form)
        if ("protocol" in table) != ("address" in table):
            yield where.complain("Zet protocol en address er allebei in, of geen van beide.")
        if not table.get("files") and "address" not in table:
            yield where.at("files").complain("Zeg hoe het bestand heet (files) of waar het opgehaald wordt (address).")
        if isinstance(table.get("mapping"), dict):
            yield from disagreements(table["mapping"], where.at("mapping"))


def _populations(document: Document, kinds: dict[str, str | None]) -> Iterator[Complaint]:
    for base, where in entries(document.raw, "base", document.where):
        population = take(base, "population")
        if kinds.get(population or "") not in {None, Kind.COUNT}:
            yield where.at("population").complain('Alleen een geteld aantal (kind = "count") kan wegen.', population)


def _characteristics(document: Document, indicators: dict[str, dict[str, Any]]) -> Iterator[Complaint]:
    for index, text in enumerate(take(document.raw, "characteristics", of=list) or []):
        id_, _, year = text.partition("@") if isinstance(text, str) else ("", "", "")
        raw, where = indicators.get(id_, {}), document.where.at("characteristics").nth(index)
        if take(raw, "measure", "kind") == Kind.ORDINAL:
            yield where.complain("Klassen hebben geen afstand: kies een indicator van een andere soort.", text)
        columns = [take(source, "columns", of=dict) or {} for source, _ in entries(raw, "source", document.where)]
        years = {year for own in columns for year in own}
        if years and year not in years:
            yield where.complain(f"Deze indicator heeft geen cijfer over {year}, wel over: {listing(years)}.", text)


# Programmes


def _programme(document: Document) -> Iterator[Complaint]:
    whole = _days_of(document.raw, {})
    yield from _order(whole, document.where)
    seen: set[str] = set()
    taken: dict[str, list[tuple[date, date, str]]] = {}
    for neighbourhood, where in entries(document.raw, "neighbourhood", document.where):
        id_ = take(neighbourhood, "id") or ""
        if id_ in seen or id_ == RESERVED:
            yield where.at("id").complain("Deze id is al in gebruik in dit programma.", id_)
        seen.add(id_)
        days = _days_of(neighbourhood, document.raw)
        yield from _order(days, where)
        yield from _within(days, whole, where)
        for index, part in enumerate(take(neighbourhood, "parts", of=list) or []):
            at = where.at("parts").nth(index)
            yield from _lies_in(part, take(neighbourhood, "gemeente"), at)
            yield from _taken(part, days, id_, taken, at)


def _order(days: tuple[date, date], where: Where) -> Iterator[Complaint]:
    if days[1] < days[0]:
        yield where.at("end").complain(f"Het einde ligt voor het begin ({days[0]}).", days[1])


def _days_of(raw: dict[str, Any], programme: dict[str, Any]) -> tuple[date, date]:
    start = take(raw, "start", of=date) or take(programme, "start", of=date) or date.min
    return start, take(raw, "end", of=date) or take(programme, "end", of=date) or date.max


def _within(days: tuple[date, date], whole: tuple[date, date], where: Where) -> Iterator[Complaint]:
    if days[0] < whole[0]:
        yield where.at("start").complain(f"De wijk begint eerder dan het programma ({whole[0]}).", days[0])
    if days[1] > whole[1]:
        yield where.at("end").complain(f"De wijk stopt later dan het programma ({whole[1]}).", days[1])


def _lies_in(part: Any, gemeente: str | None, where: Where) -> Iterator[Complaint]:
    own = gemeente_of(part) if isinstance(part, str) else None
    if own and gemeente and own != gemeente:
        yield where.complain(f"Dit gebied ligt in {own} en niet in {gemeente}.", part)


def _taken(
    part: Any, days: tuple[date, date], id_: str, taken: dict[str, list[tuple[date, date, str]]], where: Where
) -> Iterator[Complaint]:
    if not isinstance(part, str):
        return
    for start, end, other in taken.get(part, []):
        if other != id_ and start <= days[1] and days[0] <= end:
            yield where.complain(f"Dit gebied hoort in dezelfde tijd al bij {other}.", part)
    taken.setdefault(part, []).append((*days, id_))
