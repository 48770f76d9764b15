"""In which form a program gets its answer: JSON in pages, or everything at once as CSV, Parquet or GeoJSON."""

import io
import json
import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import polars as pl
from django.http import HttpRequest, HttpResponse
from ninja.errors import HttpError

from wijkpeil.publication.edition import Edition
from wijkpeil.publication.records import csv_text, plain

JSON, CSV = "application/json", "text/csv"
PARQUET, GEOJSON = "application/vnd.apache.parquet", "application/geo+json"

_WEIGHT = re.compile(r"[01](\.\d{0,3})?")


@dataclass(frozen=True, kw_only=True)
class Page:
    """Which part of a list was asked for; the first page is 1."""

    number: int
    size: int


def wanted(request: HttpRequest, offered: tuple[str, ...]) -> str:
    """Choose the form that a program prefers among those that are offered; the first where it says nothing.

    Raises a 406 where it names only forms that are not offered. A header that cannot be read says nothing.
    """
    ranked = sorted(_preferences(request.headers.get("Accept", "")), key=lambda one: -one[1])
    if not ranked:
        return offered[0]
    for form, weight in ranked:
        if weight > 0:
            fitting = [one for one in offered if form in (one, "*/*", f"{one.split('/')[0]}/*")]
            if fitting:
                return fitting[0]
    raise HttpError(HTTPStatus.NOT_ACCEPTABLE, f"Hier kan het als: {', '.join(offered)}.")


def listed(
    request: HttpRequest, edition: Edition | None, name: str, rows: pl.DataFrame, page: Page, *, form: str = JSON
) -> HttpResponse:
    """Answer with a list: one page of it as JSON, or the whole as CSV or Parquet.

    ``rows`` have the names that readers of the interface see.
    """
    about = {"editie": edition.id, "fictief": edition.manifest.fictional} if edition is not None else {}
    shown = rows.slice((page.number - 1) * page.size, page.size) if form == JSON else rows
    return part(request, about, name, shown, page, count=rows.height, form=form)


def part(
    request: HttpRequest, about: dict[str, Any], name: str, rows: pl.DataFrame, page: Page, *, count: int, form: str
) -> HttpResponse:
    """Answer with rows of which there are ``count`` in all: as JSON those of one page, in a file all of them."""
    if form == CSV:
        return _file(csv_text(rows).encode(), "text/csv; charset=utf-8; header=present", f"{name}.csv")
    if form == PARQUET:
        buffer = io.BytesIO()
        plain(rows).write_parquet(buffer, compression="zstd")
        return _file(buffer.getvalue(), PARQUET, f"{name}.parquet")
    head = {
        **about,
        "aantal": count,
        "pagina": page.number,
        "paginaGrootte": page.size,
        "links": _links(request, page, count),
    }
    said = json.dumps(head, ensure_ascii=False)
    return HttpResponse(f"{said[:-1]}, {json.dumps(name)}: {_json(rows)}}}", content_type=JSON)


def one(edition: Edition | None, record: dict[str, Any]) -> HttpResponse:
    """Answer with one thing."""
    about = {"editie": edition.id, "fictief": edition.manifest.fictional} if edition is not None else {}
    return HttpResponse(json.dumps({**about, **record}, ensure_ascii=False, allow_nan=False), content_type=JSON)


def geojson(collection: dict[str, Any]) -> HttpResponse:
    """Answer with features in CRS84 (longitude, latitude)."""
    return HttpResponse(json.dumps(collection, ensure_ascii=False, allow_nan=False), content_type=GEOJSON)


def _json(rows: pl.DataFrame) -> str:
    categories = [name for name, kind in rows.schema.items() if kind in (pl.Enum, pl.Categorical)]
    numbers = [name for name, kind in rows.schema.items() if kind in (pl.Float64, pl.Float32)]
    return rows.with_columns(
        *(pl.col(name).cast(pl.String) for name in categories),
        *(pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name) for name in numbers),
    ).write_json()


def _links(request: HttpRequest, page: Page, height: int) -> dict[str, dict[str, str]]:
    last = max(1, -(-height // page.size))
    pages = {"self": page.number, "first": 1, "last": last}
    if page.number > 1:
        pages["prev"] = min(page.number - 1, last)
    if page.number < last:
        pages["next"] = page.number + 1
    return {name: {"href": _address(request, number)} for name, number in pages.items()}


def _address(request: HttpRequest, number: int) -> str:
    query = [(key, value) for key, values in request.GET.lists() for value in values if key != "pagina"]
    return f"{request.build_absolute_uri(request.path)}?{urlencode([*query, ('pagina', number)])}"


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=form, headers={"Content-Disposition": f'attachment; filename="wijkpeil-{name}"'}
    )


def _preferences(header: str) -> list[tuple[str, float]]:
    """Read an Accept header into forms with their weights; what cannot be read is left out."""
    found = []
    for part in header[:1000].split(","):
        form, *parameters = (piece.strip().casefold() for piece in part.split(";"))
        said = next((one[2:] for one in parameters if one.startswith("q=")), "1")
        if form.count("/") == 1 and _WEIGHT.fullmatch(said):
            found.append((form, float(said)))
    return found
