"""Makes the domain's policy of files that were found to be without faults."""

from datetime import date
from typing import Any

from wijkpeil.catalogue.composites import composite_from
from wijkpeil.catalogue.folder import Document, Folder
from wijkpeil.catalogue.mapping import mapping_from
from wijkpeil.domain.indicator import Break, Column, Form, GapScale, Indicator, Review, SourceColumns, Unit
from wijkpeil.domain.policy import Base, DisclosureRule, Group, LookAlikes, Policy, Theme
from wijkpeil.domain.programme import Conflict, Neighbourhood, Programme
from wijkpeil.domain.source import Source, Table, Uncertainty

_FORM_OF_UNIT = {Unit.PERCENT: Form.PERCENT, Unit.PER_1000: Form.PER_1000}


def policy(folder: Folder, *, checked_on: date) -> Policy:
    """Put all files together; indicators come in the order of their themes and then of their ids.

    Asks for a folder in which nothing is wrong: it does not check again.
    """
    themes = tuple(
        sorted((Theme(**theme) for theme in _only(folder, "themas")["theme"]), key=lambda theme: theme.order)
    )
    order = {theme.id: number for number, theme in enumerate(themes)}
    indicators = sorted(map(_indicator, folder.of("indicator")), key=lambda one: (order[one.theme], one.id))
    groups = [group for document in folder.of("groepen") for group in _read(document)["group"]]
    return Policy(
        **_only(folder, "beleid"),
        themes=themes,
        indicators=tuple(indicators),
        sources=tuple(map(_source, folder.of("bron"))),
        programmes=tuple(map(_programme, folder.of("programma"))),
        composites=tuple(composite_from(one.id, _read(one)) for one in folder.of("samenstelling")),
        bases=tuple(Base(**base) for base in _only(folder, "grondslagen")["base"]),
        groups=tuple(Group(**group) for group in groups),
        look_alikes=LookAlikes(**_only(folder, "lijkt_op")),
        disclosure=tuple(_disclosure_rule(audience) for audience in _only(folder, "onthulling")["audience"]),
        checked_on=checked_on,
    )


def _read(document: Document) -> dict[str, Any]:
    values: dict[str, Any] = document.kind.table.read(document.raw)
    return values


def _only(folder: Folder, kind: str) -> dict[str, Any]:
    return _read(folder.of(kind)[0])


def _disclosure_rule(audience: dict[str, Any]) -> DisclosureRule:
    return DisclosureRule(audience=audience.pop("id"), **audience)


def _source(document: Document) -> Source:
    values = _read(document)
    known = Uncertainty(**(values.pop("uncertainty") or {}))
    return Source(id=document.id, tables=tuple(map(_table, values.pop("table"))), uncertainty=known, **values)


def _table(values: dict[str, Any]) -> Table:
    named, mapping = values.pop("code_list") or {}, values.pop("mapping")
    return Table(
        code_list={key: column for key, column in named.items() if column is not None},
        mapping=mapping_from(mapping) if mapping else None,
        **values,
    )


def _indicator(document: Document) -> Indicator:
    values = _read(document)
    judgement = values.pop("judgement") or {"materiality": None, "gap_scale": GapScale.ABSOLUTE}
    return Indicator(
        id=document.id,
        theme=document.file.split("/")[1],
        sources=tuple(_columns(source, values["unit"]) for source in values.pop("source")),
        breaks=tuple(Break(**one) for one in values.pop("break")),
        review=Review(**values.pop("review")),
        **values.pop("measure"),
        **values.pop("meaning"),
        **judgement,
        **values,
    )


def _columns(source: dict[str, Any], unit: Unit) -> SourceColumns:
    """Give every year its column in full: what the year leaves out is that of the source, then that of the unit."""
    own = {key: source[key] for key in ("base", "rounded_to", "error")}
    own["form"] = source["form"] or _FORM_OF_UNIT.get(unit, Form.VALUE)
    columns = {
        year: Column(**own | {key: value for key, value in column.items() if value is not None})
        for year, column in source["columns"].items()
    }
    return SourceColumns(source=source["id"], columns=columns)


def _programme(document: Document) -> Programme:
    values = _read(document)
    neighbourhoods = tuple(_neighbourhood(one, values["start"]) for one in values.pop("neighbourhood"))
    return Programme(id=document.id, neighbourhoods=neighbourhoods, **values)


def _neighbourhood(values: dict[str, Any], programme_start: date) -> Neighbourhood:
    values["start"] = values["start"] or programme_start
    conflicts = tuple(Conflict(**conflict) for conflict in values.pop("conflict"))
    return Neighbourhood(conflicts=conflicts, **values)
