"""The areas by OGC API Features (part 1): the same shapes for any map program, in longitude and latitude."""

from http import HTTPStatus
from typing import Annotated, Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from wijkpeil.api import answers, columns, forms
from wijkpeil.api.design_rules import Fault, FaultsError, Problem
from wijkpeil.api.opening import opened
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.shapes import Box, feature, outlines, touching

router = Router(tags=["Kaart (OGC API Features)"])
CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
COLLECTIONS = {"gemeenten": "gemeente", "wijken": "wijk", "buurten": "buurt", "programmagebieden": "programmagebied"}
MOST = 1000
FAULTS: dict[int, type[Schema]] = {400: Problem, 404: Problem, 503: Problem}


class Links(Schema):
    """Waar het verder gaat."""

    links: list[dict[str, str]]


class Conformance(Schema):
    """Aan welke delen van de standaard dit voldoet."""

    conformsTo: list[str]


class Features(Schema):
    """Een GeoJSON-verzameling."""

    type: str
    features: list[dict[str, Any]]
    numberMatched: int
    numberReturned: int


class AskedOfItems(Schema):
    """Welk deel van een verzameling."""

    bbox: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="west,zuid,oost,noord in graden: gebieden die dit vak raken."
    )
    limit: int = Field(100, ge=1, le=MOST, description="Hoeveel gebieden.")
    offset: int = Field(0, ge=0, le=1_000_000, description="Hoeveel gebieden overslaan.")


@router.get("/kaart", response={200: Links, **FAULTS}, operation_id="toonKaartdienst")
def landing(request: HttpRequest) -> HttpResponse:
    """De kaartdienst: waar de verzamelingen staan."""
    here = _here(request)
    links = [
        _link("self", here, "Deze pagina"),
        _link("service-desc", here.replace("/kaart", "/openapi.json"), "De beschrijving van de API"),
        _link("conformance", f"{here}/conformance", "Aan welke standaard dit voldoet"),
        _link("data", f"{here}/collections", "De verzamelingen"),
    ]
    about = {"title": "Wijkpeil", "description": "De gebieden van de nieuwste editie."}
    return forms.one(None, {**about, "links": links})


@router.get("/kaart/conformance", response={200: Conformance, **FAULTS}, operation_id="toonConformiteit")
def conformance(request: HttpRequest) -> HttpResponse:
    """Aan welke delen van de standaard de kaartdienst voldoet."""
    return forms.one(None, {"conformsTo": CONFORMS_TO})


@router.get("/kaart/collections", response={200: Links, **FAULTS}, operation_id="lijstVerzamelingen")
def collections(request: HttpRequest) -> HttpResponse:
    """De verzamelingen: gemeenten, wijken, buurten en programmagebieden."""
    here, edition = _here(request), opened(request, None)
    found = [_described(name, here, edition) for name in COLLECTIONS]
    return forms.one(None, {"links": [_link("self", here, "Deze pagina")], "collections": found})


@router.get("/kaart/collections/{id}", response={200: Links, **FAULTS}, operation_id="toonVerzameling")
def collection(request: HttpRequest, id: str) -> HttpResponse:
    """Eén verzameling."""
    _level(id)
    base = _here(request).rpartition("/")[0]
    return forms.one(None, _described(id, base, opened(request, None)))


@router.get("/kaart/collections/{id}/items", response={200: Features, **FAULTS}, operation_id="lijstKaartgebieden")
def items(request: HttpRequest, id: str, vraag: Query[AskedOfItems]) -> HttpResponse:
    """De gebieden van een verzameling met hun vorm."""
    edition = opened(request, None)
    rows = _rows(edition, _level(id))
    if vraag.bbox:
        rows = rows.filter(pl.col("code").is_in(touching(edition, _box(vraag.bbox))))
    part = rows.slice(vraag.offset, vraag.limit)
    shapes = outlines(edition, part["code"])
    found = [feature(row, shapes.get(row["code"]), row["code"]) for row in part.to_dicts()]
    here = _here(request)
    links = [_link("self", request.build_absolute_uri(), "Deze pagina", forms.GEOJSON)]
    if vraag.offset + vraag.limit < rows.height:
        rest = f"&bbox={vraag.bbox}" if vraag.bbox else ""
        after = f"{here}?limit={vraag.limit}&offset={vraag.offset + vraag.limit}{rest}"
        links.append(_link("next", after, "De volgende", forms.GEOJSON))
    return _geo(
        {
            "type": "FeatureCollection",
            "features": found,
            "links": links,
            "numberMatched": rows.height,
            "numberReturned": len(found),
        }
    )


@router.get(
    "/kaart/collections/{id}/items/{code}",
    response={200: answers.AreaAnswer, **FAULTS},
    operation_id="toonKaartgebied",
)
def item(request: HttpRequest, id: str, code: str) -> HttpResponse:
    """Eén gebied met zijn vorm."""
    edition = opened(request, None)
    found = _rows(edition, _level(id)).filter(pl.col("code") == code)
    if found.is_empty():
        raise HttpError(HTTPStatus.NOT_FOUND, f"Gebied {code[:50]} staat niet in deze verzameling.")
    told = feature(found.to_dicts()[0], outlines(edition, [code]).get(code), code)
    return _geo({**told, "links": [_link("self", _here(request), "Deze pagina", forms.GEOJSON)]})


def _rows(edition: Edition, level: str) -> pl.DataFrame:
    return columns.outside(edition.areas.filter(pl.col("level").cast(pl.String) == level).sort("code"), columns.AREAS)


def _level(name: str) -> str:
    if name not in COLLECTIONS:
        raise HttpError(HTTPStatus.NOT_FOUND, f"Deze verzameling is er niet. Wel: {', '.join(COLLECTIONS)}.")
    return COLLECTIONS[name]


def _box(text: str) -> Box:
    """Read a box; raises ``FaultsError`` for anything but four degrees from south-west to north-east."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        sentence = "Geef vier getallen met komma's: west,zuid,oost,noord in graden, zoals 4.4,51.8,4.6,52.0."
        raise FaultsError([Fault(onderdeel="bbox", melding=sentence)])
    return west, south, east, north


def _described(name: str, base: str, edition: Edition) -> dict[str, Any]:
    here = f"{base}/{name}"
    return {
        "id": name,
        "title": f"{name.capitalize()} op de kaart van {edition.manifest.map_year}",
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            _link("self", here, "Deze verzameling"),
            _link("items", f"{here}/items", "De gebieden", forms.GEOJSON),
        ],
    }


def _link(relation: str, address: str, title: str, form: str = forms.JSON) -> dict[str, str]:
    return {"rel": relation, "href": address, "title": title, "type": form}


def _here(request: HttpRequest) -> str:
    return request.build_absolute_uri(request.path)


def _geo(record: dict[str, Any]) -> HttpResponse:
    answer = forms.geojson(record)
    answer.headers["Content-Crs"] = f"<{CRS84}>"
    return answer
