"""The routes of the library of evidence: studies of our own and by others, each with its grade or its refusal."""

from http import HTTPStatus
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from wijkpeil.api import forms, study_records
from wijkpeil.api.answers import Listed
from wijkpeil.api.design_rules import Problem
from wijkpeil.api.opening import library
from wijkpeil.api.questions import Asked, Short
from wijkpeil.domain.study import Design, StudyKind
from wijkpeil.publication.evidence_library import NoSuchStudyError, studies_for_readers, study_for_readers

router = Router(tags=["Onderzoeken"])
FAULTS: dict[int, type[Schema]] = {400: Problem, 404: Problem, 406: Problem, 503: Problem}
_COLUMNS: dict[str, Any] = {
    "onderzoek": pl.String,
    "titel": pl.String,
    "titelEngels": pl.String,
    "soort": pl.String,
    "vraag": pl.String,
    "programma": pl.String,
    "opzet": pl.String,
    "niveau": pl.Int64,
    "conclusies": pl.List(pl.String),
    "indicatoren": pl.List(pl.String),
    "geweigerd": pl.String,
    "gemaaktMetEditie": pl.String,
    "berekendOp": pl.String,
}


class AskedOfStudies(Asked):
    """Welke onderzoeken; met een editie alleen die daarmee gemaakt zijn."""

    soort: StudyKind | None = Field(None, description="Alleen onderzoeken van deze soort.")
    opzet: Design | None = Field(None, description="Alleen onderzoeken met deze opzet.")
    niveau: int | None = Field(None, ge=1, le=5, description="Alleen met minstens dit niveau van bewijs.")
    indicator: Short | None = Field(None, description="Alleen met deze indicator als uitkomst (id).")


class StudyLine(Schema):
    """Een onderzoek in het kort."""

    onderzoek: str
    titel: str
    titelEngels: str
    soort: str
    vraag: str
    programma: str | None
    opzet: str | None
    niveau: int | None = Field(description="Niveau van bewijs, van 1 tot 5 (Maryland Scientific Methods Scale).")
    conclusies: list[str]
    indicatoren: list[str]
    geweigerd: str | None = Field(description="De reden dat er geen uitkomst is.")
    gemaaktMetEditie: str | None
    berekendOp: str


class StudiesAnswer(Listed):
    """Een pagina van de lijst."""

    onderzoeken: list[StudyLine]


class StudyAnswer(StudyLine):
    """Een onderzoek met alles wat gevraagd, gevonden, geweigerd en beoordeeld is."""

    vraagEngels: str
    watGedaan: str
    werking: str
    fictief: bool
    versie: str
    hash: str
    vastgelegd: dict[str, Any] | None
    gebieden: list[dict[str, Any]]
    aanlooptijd: int
    vanaf: int | None
    totEnMet: int | None
    kenmerken: list[str]
    opzetten: list[str]
    trekkingen: int
    begin: int = Field(description="Waarmee het toeval begint: zo komt er twee keer hetzelfde uit.")
    vooraf: list[dict[str, Any]]
    familie: str
    weigering: dict[str, Any] | None
    bewijs: dict[str, Any] | None
    uitkomsten: list[dict[str, Any]] = Field(description="Effecten in de eenheid van de cijfers: een aandeel is 0-1.")
    gemeld: dict[str, Any] | None
    beoordeling: dict[str, Any] | None
    namen: dict[str, str]


@router.get("/onderzoeken", response={200: StudiesAnswer, **FAULTS}, operation_id="lijstOnderzoeken")
def studies(request: HttpRequest, vraag: Query[AskedOfStudies]) -> HttpResponse:
    """Onderzoek naar wat een aanpak deed, van onszelf en van anderen."""
    rows = [study_records.listed(one) for one in studies_for_readers(library(request))]
    fitting = [row for row in rows if _fits(row, vraag)]
    page = forms.Page(number=vraag.pagina, size=vraag.paginaGrootte)
    table = pl.DataFrame(fitting, schema=_COLUMNS)
    form = forms.wanted(request, (forms.JSON, forms.CSV, forms.PARQUET))
    return forms.listed(request, None, "onderzoeken", table, page, form=form)


@router.get("/onderzoeken/{id}", response={200: StudyAnswer, **FAULTS}, operation_id="toonOnderzoek")
def study(request: HttpRequest, id: str) -> HttpResponse:
    """Eén onderzoek, met wat er gevonden is, hoe zeker dat is, en wat het verschil nog meer gemaakt kan hebben."""
    try:
        return forms.one(None, study_records.whole(study_for_readers(library(request), id)))
    except NoSuchStudyError:
        raise HttpError(HTTPStatus.NOT_FOUND, f"Onderzoek {id[:50]} is er niet.") from None


def _fits(row: dict[str, Any], vraag: AskedOfStudies) -> bool:
    return (
        vraag.editie in {None, row["gemaaktMetEditie"]}
        and vraag.soort in {None, row["soort"]}
        and vraag.opzet in {None, row["opzet"]}
        and (vraag.niveau is None or (row["niveau"] or 0) >= vraag.niveau)
        and (vraag.indicator is None or vraag.indicator in row["indicatoren"])
    )
