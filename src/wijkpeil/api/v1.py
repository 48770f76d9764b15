"""The routes of version 1: areas, figures, gaps, verdicts, indicators, programmes and editions."""

from http import HTTPStatus
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Schema
from ninja.errors import HttpError

from wijkpeil.api import answers, columns, forms
from wijkpeil.api.design_rules import VERSION, DesignRulesAPI, Fault, FaultsError, Problem
from wijkpeil.api.opening import library, opened
from wijkpeil.api.questions import Asked, AskedOfAreas, AskedOfFigures, AskedOfGaps, AskedOfIndicator, AskedOfVerdicts
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.programme import Programme
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import Manifest
from wijkpeil.publication.shapes import feature_collection

api = DesignRulesAPI(
    title="Wijkpeil",
    version=VERSION,
    description=(
        "Cijfers van gebieden naast hun stad en naast gelijkende gebieden, met marges en de reden als er geen cijfer "
        "is. Aandelen zijn breuken van 0 tot 1, aantallen per inwoner zijn per persoon. Elke lijst is ook in één keer "
        "op te halen als CSV of Parquet, met de kop Accept."
    ),
    openapi_url="/openapi.json",
    docs_url=None,
    urls_namespace="api-v1",
    openapi_extra={
        "info": {
            "contact": {
                "name": "Wijkpeil",
                "email": "wijkpeil@wijkpeil.example",
                "url": "https://wijkpeil.example",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        }
    },
)
FAULTS: dict[int, type[Schema]] = {400: Problem, 404: Problem, 406: Problem, 503: Problem}
TABLE = (forms.JSON, forms.CSV, forms.PARQUET)


@api.get("/edities", response={200: answers.EditionsAnswer, **FAULTS}, operation_id="lijstEdities", tags=["Edities"])
def editions(request: HttpRequest, vraag: Query[Asked]) -> HttpResponse:
    """De edities op de plank, de nieuwste eerst."""
    found = [_edition_record(manifest, request) for manifest in reversed(library(request).editions())]
    return _list(request, None, "edities", pl.DataFrame(found), vraag)


@api.get("/edities/{id}", response={200: answers.EditionAnswer, **FAULTS}, operation_id="toonEditie", tags=["Edities"])
def one_edition(request: HttpRequest, id: str) -> HttpResponse:
    """Eén editie."""
    return forms.one(None, _edition_record(library(request).open(id).manifest, request))


@api.get("/gebieden", response={200: answers.AreasAnswer, **FAULTS}, operation_id="lijstGebieden", tags=["Gebieden"])
def areas(request: HttpRequest, vraag: Query[AskedOfAreas]) -> HttpResponse:
    """Gebieden van de editie, ook als GeoJSON (lengte- en breedtegraad)."""
    edition = opened(request, vraag.editie)
    found = _areas(edition, vraag.niveau, vraag.gemeente)
    if vraag.zoek:
        found = found.filter(pl.col("code").is_in(edition.find(vraag.zoek).matches))
    rows = columns.outside(found, columns.AREAS)
    form = forms.wanted(request, (*TABLE, forms.GEOJSON))
    if form == forms.GEOJSON:
        part = rows.slice((vraag.pagina - 1) * vraag.paginaGrootte, vraag.paginaGrootte)
        return forms.geojson(feature_collection(edition, part.to_dicts(), code="code"))
    return _list(request, edition, "gebieden", rows, vraag, form=form)


@api.get("/gebieden/{code}", response={200: answers.AreaAnswer, **FAULTS}, operation_id="toonGebied", tags=["Gebieden"])
def area(request: HttpRequest, code: str, vraag: Query[Asked]) -> HttpResponse:
    """Eén gebied."""
    edition = opened(request, vraag.editie)
    rows = columns.outside(edition.areas.filter(pl.col("code") == _known(edition, code)), columns.AREAS)
    if forms.wanted(request, (forms.JSON, forms.GEOJSON)) == forms.GEOJSON:
        return forms.geojson(feature_collection(edition, rows.to_dicts(), code="code")["features"][0])
    return forms.one(edition, rows.to_dicts()[0])


@api.get(
    "/gebieden/{code}/cijfers",
    response={200: answers.FiguresAnswer, **FAULTS},
    operation_id="lijstCijfersVanGebied",
    tags=["Gebieden"],
)
def figures_of_area(request: HttpRequest, code: str, vraag: Query[AskedOfFigures]) -> HttpResponse:
    """De cijfers van een gebied, met de rest van de stad en gelijkende gebieden ernaast."""
    edition = opened(request, vraag.editie)
    rows = _of_question(edition.figures(area=_known(edition, code)), edition, vraag)
    return _list(request, edition, "cijfers", columns.outside(rows, columns.FIGURES), vraag)


@api.get(
    "/gebieden/{code}/verschillen",
    response={200: answers.GapsAnswer, **FAULTS},
    operation_id="lijstVerschillenVanGebied",
    tags=["Gebieden"],
)
def gaps_of_area(request: HttpRequest, code: str, vraag: Query[AskedOfGaps]) -> HttpResponse:
    """Een gebied naast elke vergelijking; een negatieve achterstand is achter."""
    edition = opened(request, vraag.editie)
    beside = _comparators(edition, vraag.vergelijking)
    rows = _of_question(edition.positions(area=_known(edition, code), comparators=beside), edition, vraag)
    return _list(request, edition, "verschillen", columns.outside(rows, columns.GAPS), vraag)


@api.get(
    "/gebieden/{code}/oordelen",
    response={200: answers.VerdictsAnswer, **FAULTS},
    operation_id="lijstOordelenOverGebied",
    tags=["Gebieden"],
)
def verdicts_of_area(request: HttpRequest, code: str, vraag: Query[AskedOfVerdicts]) -> HttpResponse:
    """Wat er van de verandering van de achterstand te zeggen is, getoetst binnen het programma."""
    edition = opened(request, vraag.editie)
    return _verdicts(request, edition, vraag, area=_known(edition, code))


@api.get(
    "/gebieden/{code}/gelijkende-gebieden",
    response={200: answers.LookAlikesAnswer, **FAULTS},
    operation_id="lijstGelijkendeGebieden",
    tags=["Gebieden"],
)
def look_alikes(request: HttpRequest, code: str, vraag: Query[Asked]) -> HttpResponse:
    """De gebieden buiten elk programma die leken op dit gebied."""
    edition = opened(request, vraag.editie)
    rows = edition.look_alikes.filter(pl.col("area") == _known(edition, code)).sort("rank")
    return _list(request, edition, "gelijkende", columns.outside(rows, columns.LOOK_ALIKES), vraag)


@api.get(
    "/indicatoren",
    response={200: answers.IndicatorsAnswer, **FAULTS},
    operation_id="lijstIndicatoren",
    tags=["Indicatoren"],
)
def indicators(request: HttpRequest, vraag: Query[Asked]) -> HttpResponse:
    """Wat er gemeten wordt."""
    edition = opened(request, vraag.editie)
    rows = pl.DataFrame([_indicator_record(one) for one in edition.policy.indicators], infer_schema_length=None)
    return _list(request, edition, "indicatoren", rows, vraag, form=forms.wanted(request, (forms.JSON,)))


@api.get(
    "/indicatoren/{id}",
    response={200: answers.IndicatorAnswer, **FAULTS},
    operation_id="toonIndicator",
    tags=["Indicatoren"],
)
def indicator(request: HttpRequest, id: str, vraag: Query[Asked]) -> HttpResponse:
    """Eén indicator."""
    edition = opened(request, vraag.editie)
    return forms.one(edition, _indicator_record(_indicator(edition, id)))


@api.get(
    "/indicatoren/{id}/cijfers",
    response={200: answers.FiguresAnswer, **FAULTS},
    operation_id="lijstCijfersVanIndicator",
    tags=["Indicatoren"],
)
def figures_of_indicator(request: HttpRequest, id: str, vraag: Query[AskedOfIndicator]) -> HttpResponse:
    """De cijfers van een indicator voor alle gebieden; als GeoJSON voor één periode."""
    edition = opened(request, vraag.editie)
    known = _areas(edition, vraag.niveau, vraag.gemeente).select(area="code")
    rows = edition.figures(indicator=_indicator(edition, id).id).join(known, on="area", how="semi")
    if vraag.periode is not None:
        rows = rows.filter(pl.col("period") == vraag.periode)
    told = columns.outside(rows, columns.FIGURES)
    form = forms.wanted(request, (*TABLE, forms.GEOJSON))
    if form == forms.GEOJSON:
        return _on_the_map(edition, told, vraag)
    return _list(request, edition, "cijfers", told, vraag, form=form)


@api.get(
    "/programmas",
    response={200: answers.ProgrammesAnswer, **FAULTS},
    operation_id="lijstProgrammas",
    tags=["Programma's"],
)
def programmes(request: HttpRequest, vraag: Query[Asked]) -> HttpResponse:
    """De programma's met hun wijken."""
    edition = opened(request, vraag.editie)
    rows = pl.DataFrame([_programme_record(one) for one in edition.policy.programmes], infer_schema_length=None)
    return _list(request, edition, "programmas", rows, vraag, form=forms.wanted(request, (forms.JSON,)))


@api.get(
    "/programmas/{id}",
    response={200: answers.ProgrammeAnswer, **FAULTS},
    operation_id="toonProgramma",
    tags=["Programma's"],
)
def programme(request: HttpRequest, id: str, vraag: Query[Asked]) -> HttpResponse:
    """Eén programma."""
    edition = opened(request, vraag.editie)
    return forms.one(edition, _programme_record(_programme(edition, id)))


@api.get(
    "/programmas/{id}/oordelen",
    response={200: answers.VerdictsAnswer, **FAULTS},
    operation_id="lijstOordelenVanProgramma",
    tags=["Programma's"],
)
def verdicts_of_programme(request: HttpRequest, id: str, vraag: Query[AskedOfVerdicts]) -> HttpResponse:
    """Alle oordelen van een programma."""
    edition = opened(request, vraag.editie)
    vraag.programma = _programme(edition, id).id
    return _verdicts(request, edition, vraag)


def _verdicts(request: HttpRequest, edition: Edition, vraag: AskedOfVerdicts, area: str | None = None) -> HttpResponse:
    programme = _programme(edition, vraag.programma).id if vraag.programma else None
    rows = edition.verdicts(programme=programme, area=area)
    beside = _comparators(edition, vraag.vergelijking)
    if beside:
        rows = rows.filter(pl.col("comparator").is_in(beside))
    if vraag.indicator:
        rows = rows.filter(pl.col("indicator") == _indicator(edition, vraag.indicator).id)
    return _list(request, edition, "oordelen", columns.outside(rows, columns.VERDICTS), vraag)


def _on_the_map(edition: Edition, told: pl.DataFrame, vraag: AskedOfIndicator) -> HttpResponse:
    if vraag.periode is None:
        raise FaultsError([Fault(onderdeel="periode", melding="Voor een kaart is één periode nodig.")])
    part = told.slice((vraag.pagina - 1) * vraag.paginaGrootte, vraag.paginaGrootte)
    rows = part.with_columns(pl.col("status", "marge", "restStatus", "gelijkendStatus").cast(pl.String)).to_dicts()
    return forms.geojson(feature_collection(edition, rows, code="gebied"))


def _list(
    request: HttpRequest,
    edition: Edition | None,
    name: str,
    rows: pl.DataFrame,
    vraag: Asked,
    *,
    form: str | None = None,
) -> HttpResponse:
    page = forms.Page(number=vraag.pagina, size=vraag.paginaGrootte)
    return forms.listed(request, edition, name, rows, page, form=form or forms.wanted(request, TABLE))


def _areas(edition: Edition, level: str | None, gemeente: str | None) -> pl.DataFrame:
    found = edition.areas
    if level is not None:
        found = found.filter(pl.col("level").cast(pl.String) == level)
    if gemeente is not None:
        _known(edition, gemeente)
        found = found.filter(pl.col("gemeente") == gemeente)
    return found.sort("code")


def _of_question(rows: pl.DataFrame, edition: Edition, vraag: AskedOfFigures) -> pl.DataFrame:
    if vraag.indicator:
        rows = rows.filter(pl.col("indicator") == _indicator(edition, vraag.indicator).id)
    if vraag.thema:
        if vraag.thema not in edition.policy.theme:
            raise FaultsError([Fault(onderdeel="thema", melding=f"Kies uit: {', '.join(edition.policy.theme)}.")])
        theirs = [one.id for one in edition.policy.indicators if one.theme == vraag.thema]
        rows = rows.filter(pl.col("indicator").is_in(theirs))
    return rows if vraag.periode is None else rows.filter(pl.col("period") == vraag.periode)


def _comparators(edition: Edition, name: str | None) -> list[str] | None:
    if name is None:
        return None
    if name not in edition.comparators:
        raise FaultsError([Fault(onderdeel="vergelijking", melding=f"Kies uit: {', '.join(edition.comparators)}.")])
    return [name]


def _known(edition: Edition, code: str) -> str:
    if edition.areas.filter(pl.col("code") == code).is_empty():
        raise HttpError(HTTPStatus.NOT_FOUND, f"Gebied {code[:50]} komt niet voor in editie {edition.id}.")
    return code


def _indicator(edition: Edition, id_: str) -> Indicator:
    if id_ not in edition.policy.indicator:
        raise HttpError(HTTPStatus.NOT_FOUND, f"Indicator {id_[:50]} komt niet voor in editie {edition.id}.")
    return edition.policy.indicator[id_]


def _programme(edition: Edition, id_: str) -> Programme:
    if id_ not in edition.policy.programme:
        raise HttpError(HTTPStatus.NOT_FOUND, f"Programma {id_[:50]} komt niet voor in editie {edition.id}.")
    return edition.policy.programme[id_]


def _edition_record(manifest: Manifest, request: HttpRequest) -> dict[str, Any]:
    return {
        "editie": manifest.id,
        "gemaaktOp": manifest.made_on.isoformat(),
        "nieuwste": manifest.id == library(request).newest(),
        "fictief": manifest.fictional,
        "kaartjaar": manifest.map_year,
        "standaardProgramma": manifest.default_programme,
        "aantalCijfers": manifest.figures,
        "inhoud": manifest.content,
        "versie": manifest.code_version,
    }


def _indicator_record(one: Indicator) -> dict[str, Any]:
    return {
        "indicator": one.id,
        "naam": one.label,
        "naamEngels": one.label_en,
        "thema": one.theme,
        "eenheid": one.unit.value,
        "richting": one.direction.value,
        "soort": one.kind.value,
        "aard": one.nature.value,
        "grondslag": one.base,
        "drempel": one.materiality,
        "vraag": one.question,
        "definitie": one.definition,
        "zegtNiet": one.not_for,
        "breuken": [{"jaar": cut.year, "toelichting": cut.note} for cut in one.breaks],
        "bronnen": [column.source for column in one.sources],
    }


def _programme_record(one: Programme) -> dict[str, Any]:
    return {
        "programma": one.id,
        "naam": one.label,
        "naamEngels": one.label_en,
        "start": one.start.isoformat(),
        "einde": one.end.isoformat() if one.end else None,
        "nulmeting": one.baseline.isoformat(),
        "wijken": [
            {
                "gebied": one.code_of(area),
                "naam": area.name,
                "start": area.start.isoformat(),
                "einde": area.end.isoformat() if area.end else None,
                "zekerheid": area.certainty.value,
            }
            for area in one.neighbourhoods
        ],
    }
