"""The routes of what was approved in a programme: agreed, done, seen, decided, promised and told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Literal, Protocol, cast

import polars as pl
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import Field, create_model

from wijkpeil.api import forms
from wijkpeil.api.answers import Link
from wijkpeil.api.design_rules import Fault, FaultsError, Problem
from wijkpeil.api.opening import library
from wijkpeil.api.questions import Paged, Short
from wijkpeil.domain.programme import Programme
from wijkpeil.publication.edition import Edition

FAULTS: dict[int, type[Schema]] = {400: Problem, 404: Problem, 406: Problem, 503: Problem}
UNKEPT = "no-cache"
"""Whoever has a copy asks whether it is still good, for a story can be withdrawn; the tag is made of the answer."""
_KINDS: Mapping[str, tuple[Any, Any]] = {
    "text": (str, pl.String),
    "integer": (int, pl.Int64),
    "cents": (int, pl.Int64),
    "number": (float, pl.Float64),
    "date": (str, pl.Date),
    "boolean": (bool, pl.Boolean),
    "list": (list[str], pl.List(pl.String)),
}


@dataclass(frozen=True, kw_only=True)
class Told:
    """A field of a record: its name, what it means, how it is written, and its closed list with words."""

    name: str
    meaning: str
    form: str
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Sort:
    """A kind of record: its name in addresses, what it is, its fields, and what can be asked of it."""

    id: str
    title: str
    meaning: str
    fields: Sequence[Told]
    states: Sequence[str] = ()
    has_theme: bool = False
    year: str = ""
    """Which year can be asked for, in words; empty where none can."""


class Approved(Protocol):
    """What the site hands to this interface: public records, of what was approved and of nothing else."""

    def sorts(self) -> Sequence[Sort]:
        """Give the kinds of records."""
        ...

    def page(
        self, sort: str, programme: str, wanted: Mapping[str, Any], *, start: int, most: int | None
    ) -> tuple[int, list[dict[str, Any]]]:
        """Give how many records fit, and a part of them."""
        ...

    def one(self, sort: str, programme: str, key: str) -> dict[str, Any] | None:
        """Give one record; nothing for what is not there and for what is not public, alike."""
        ...


class ListedApproved(Schema):
    """Een pagina van een lijst, met hoeveel er in het geheel zijn."""

    programma: str
    fictief: bool
    aantal: int
    pagina: int
    paginaGrootte: int
    links: dict[str, Link]


def approved_router() -> Router:
    """Make two routes for every kind of record that the site has: the list, and one of it."""
    source = cast(Approved, import_string(settings.APPROVED_RECORDS))
    router = Router(tags=["Programma's: wat is afgesproken, gedaan en besloten"])
    for sort in source.sorts():
        _add(router, source, sort)
    return router


def _add(router: Router, source: Approved, sort: Sort) -> None:
    record, question = _record(sort), _question(sort)
    name = sort.id.capitalize()
    several: dict[str, Any] = {sort.id: (list[record], ...)}  # type: ignore[valid-type]
    listed = create_model(f"{name}Lijst", __base__=ListedApproved, __doc__=ListedApproved.__doc__, **several)
    whole = create_model(f"{name}Een", __base__=record, programma=(str, ...), fictief=(bool, ...))

    def of_programme(request: HttpRequest, id: str, vraag: Any) -> HttpResponse:
        edition, programme = _programme(request, id)
        wanted = _wanted(edition, programme, vraag)
        form = forms.wanted(request, (forms.JSON, forms.CSV, forms.PARQUET))
        page = forms.Page(number=vraag.pagina, size=vraag.paginaGrootte)
        start, most = ((page.number - 1) * page.size, page.size) if form == forms.JSON else (0, None)
        count, rows = source.page(sort.id, programme.id, wanted, start=start, most=most)
        table = pl.DataFrame(rows, schema={one.name: _KINDS[one.form][1] for one in sort.fields}, orient="row")
        about = {"programma": programme.id, "fictief": edition.manifest.fictional}
        return _unkept(forms.part(request, about, sort.id, table, page, count=count, form=form))

    def one_of_programme(request: HttpRequest, id: str, kenmerk: str) -> HttpResponse:
        edition, programme = _programme(request, id)
        found = source.one(sort.id, programme.id, kenmerk)
        if found is None:
            raise HttpError(HTTPStatus.NOT_FOUND, f"Dit kenmerk komt in dit programma niet voor bij {sort.id}.")
        said = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found.items()}
        about = {"programma": programme.id, "fictief": edition.manifest.fictional}
        return _unkept(forms.one(None, {**about, **said}))

    of_programme.__annotations__["vraag"] = Query[question]  # type: ignore[valid-type,misc]
    of_programme.__doc__, one_of_programme.__doc__ = sort.meaning, f"Eén uit: {sort.title.lower()}."
    at = f"/programmas/{{id}}/{sort.id}"
    router.get(at, response={200: listed, **FAULTS}, operation_id=f"lijst{name}VanProgramma")(of_programme)
    router.get(f"{at}/{{kenmerk}}", response={200: whole, **FAULTS}, operation_id=f"toon{name}VanProgramma")(
        one_of_programme
    )


def _record(sort: Sort) -> type[Schema]:
    """Describe a record by the fields that it has, so that the description cannot lag behind."""
    fields: dict[str, Any] = {}
    for one in sort.fields:
        python = _KINDS[one.form][0]
        meaning = one.meaning
        if one.codes:
            python = Literal[tuple(one.codes)]
            meaning = f"{meaning} {'; '.join(f'{code}: {word}' for code, word in one.codes.items())}."
        must = one.name == "id"
        fields[one.name] = (python if must else python | None, Field(... if must else None, description=meaning))
    return create_model(f"{sort.id.capitalize()}Regel", __base__=Schema, __doc__=sort.meaning, **fields)


def _question(sort: Sort) -> type[Paged]:
    """Describe what can be asked of a kind of record."""
    fields: dict[str, Any] = {
        "wijk": (Short | None, Field(None, description="Alleen van deze wijk van het programma (code).")),
        "stad": (Short | None, Field(None, description="Alleen van deze gemeente (code).")),
    }
    if sort.has_theme:
        fields["thema"] = (Short | None, Field(None, description="Alleen met dit thema (id)."))
    if sort.states:
        fields["stand"] = (Literal[tuple(sort.states)] | None, Field(None, description="Alleen in deze stand."))
    if sort.year:
        fields["jaar"] = (int | None, Field(None, ge=1900, le=2100, description=f"Alleen met dit jaar: {sort.year}."))
    return create_model(
        f"Vraag{sort.id.capitalize()}", __base__=Paged, __doc__=f"Welke {sort.title.lower()}.", **fields
    )


def _programme(request: HttpRequest, id_: str) -> tuple[Edition, Programme]:
    """Open the newest edition and find the programme in it.

    The request is not marked with the edition: an answer about rows changes while its edition does not.
    """
    shelf = library(request)
    edition = shelf.open(shelf.newest())
    if id_ not in edition.policy.programme:
        raise HttpError(HTTPStatus.NOT_FOUND, f"Programma {id_[:50]} komt niet voor in editie {edition.id}.")
    return edition, edition.policy.programme[id_]


def _wanted(edition: Edition, programme: Programme, vraag: Any) -> dict[str, Any]:
    """Read what is asked; names every part that this programme does not have."""
    known = {
        "wijk": [programme.code_of(one) for one in programme.neighbourhoods],
        "stad": sorted({one.gemeente for one in programme.neighbourhoods}),
        "thema": list(edition.policy.theme),
    }
    wanted = {name: getattr(vraag, name, None) for name in ("wijk", "stad", "thema", "stand", "jaar")}
    faults = [
        Fault(onderdeel=name, melding=f"Kies uit: {', '.join(listed)}.")
        for name, listed in known.items()
        if wanted[name] is not None and wanted[name] not in listed
    ]
    if faults:
        raise FaultsError(faults)
    return {name: value for name, value in wanted.items() if value is not None}


def _unkept(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = UNKEPT
    return answer
