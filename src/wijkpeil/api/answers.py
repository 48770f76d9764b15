"""What the interface answers, described for whoever reads its documentation."""

from typing import Any

import polars as pl
from ninja import Schema
from pydantic import Field, create_model

from wijkpeil.api import columns
from wijkpeil.domain import frames
from wijkpeil.domain.verdict import Verdicts


class Link(Schema):
    """Een adres."""

    href: str


class Listed(Schema):
    """Een pagina van een lijst, met hoeveel er in het geheel zijn."""

    editie: str | None = None
    fictief: bool | None = None
    aantal: int
    pagina: int
    paginaGrootte: int
    links: dict[str, Link]


class EditionAnswer(Schema):
    """Een editie: een vaste, citeerbare verzameling cijfers."""

    editie: str
    gemaaktOp: str
    nieuwste: bool
    fictief: bool
    kaartjaar: int
    standaardProgramma: str
    aantalCijfers: int
    inhoud: str = Field(description="Hash over alle bestanden: gelijke inhoud, gelijke hash.")
    versie: str = Field(description="Versie van Wijkpeil waarmee de editie is gemaakt.")


class IndicatorAnswer(Schema):
    """Een indicator, met wat hij meet en wat hij niet zegt."""

    indicator: str
    naam: str
    naamEngels: str
    thema: str
    eenheid: str
    richting: str
    soort: str
    aard: str
    grondslag: str | None
    drempel: float | None = Field(description="De kleinste verandering die de moeite waard is.")
    vraag: str
    definitie: str
    zegtNiet: str
    breuken: list[dict[str, Any]]
    bronnen: list[str]


class ProgrammeAnswer(Schema):
    """Een programma met zijn wijken."""

    programma: str
    naam: str
    naamEngels: str
    start: str
    einde: str | None
    nulmeting: str
    wijken: list[dict[str, Any]]


def _row(name: str, about: str, names: dict[str, str], *schemas: type[Any]) -> type[Schema]:
    """Describe a row from the frames that hold it, so that the description cannot lag behind."""
    kinds = {key: column for schema in schemas for key, column in schema.columns().items()}
    fields: dict[str, Any] = {}
    for inside, outside in names.items():
        column = kinds.get(inside)
        python = _python(column.dtype) if column is not None else str
        optional = column is not None and column.nullable
        fields[outside] = (python | None if optional else python, Field(None) if optional else Field(...))
    return create_model(name, __base__=Schema, __doc__=about, **fields)


def _python(kind: Any) -> Any:
    if isinstance(kind, pl.List):
        return list[str]
    if kind in (pl.Float64, pl.Float32):
        return float
    if kind == pl.Boolean:
        return bool
    return int if kind.is_integer() else str


AreaAnswer = _row("Gebied", "Een gebied van de editie.", columns.AREAS, frames.Areas)
FigureAnswer = _row("Cijfer", "Eén waarde, of de reden dat zij er niet is.", columns.FIGURES, frames.Figures)
GapAnswer = _row("Verschil", "Een gebied naast één vergelijking.", columns.GAPS, frames.Positions)
VerdictAnswer = _row("Oordeel", "Wat er van een verandering te zeggen is.", columns.VERDICTS, Verdicts)
LookAlikeAnswer = _row("Gelijkende", "Een gebied dat leek op dit gebied.", columns.LOOK_ALIKES, frames.LookAlikesFound)


def _list_of(name: str, key: str, row: type[Schema]) -> type[Schema]:
    """Describe a list of rows; the types of pydantic do not know a field whose name is given."""
    return create_model(name, __base__=Listed, __doc__=Listed.__doc__, **{key: (list[row], ...)})  # type: ignore[call-overload,no-any-return,valid-type]


AreasAnswer = _list_of("Gebieden", "gebieden", AreaAnswer)
FiguresAnswer = _list_of("Cijfers", "cijfers", FigureAnswer)
GapsAnswer = _list_of("Verschillen", "verschillen", GapAnswer)
VerdictsAnswer = _list_of("Oordelen", "oordelen", VerdictAnswer)
LookAlikesAnswer = _list_of("GelijkendeGebieden", "gelijkende", LookAlikeAnswer)
EditionsAnswer = _list_of("Edities", "edities", EditionAnswer)
IndicatorsAnswer = _list_of("Indicatoren", "indicatoren", IndicatorAnswer)
ProgrammesAnswer = _list_of("Programmas", "programmas", ProgrammeAnswer)
