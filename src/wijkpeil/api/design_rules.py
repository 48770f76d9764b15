"""What the Dutch API design rules ask of every answer, kept in one place so that no route can forget it.

Source: NLGov REST API Design Rules 2.1 (Logius).
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError

VERSION = "1.0.0"
BASE = "/api/v1"
PROBLEM = "application/problem+json"


class Fault(Schema):
    """Eén fout in de vraag: in welk onderdeel, en wat er wel mag."""

    onderdeel: str
    melding: str


class Problem(Schema):
    """Waarom er geen antwoord is (RFC 9457)."""

    status: int
    title: str
    detail: str
    fouten: list[Fault] = Field(default_factory=list)


class FaultsError(Exception):
    """A question with faults; all of them are told together."""

    def __init__(self, faults: list[Fault]) -> None:
        """Carry the faults."""
        super().__init__(f"{len(faults)} fouten")
        self.faults = faults


class DesignRulesAPI(NinjaAPI):
    """An interface whose answers carry the version, and whose faults are problems that name everything at once."""

    def __init__(self, **options: Any) -> None:
        """Set the handlers of faults."""
        super().__init__(**options)
        for fault, handler in _HANDLERS.items():
            self.add_exception_handler(fault, handler)

    def get_openapi_schema(self, **options: Any) -> Any:
        """Describe every answer with the version header, and every fault as a problem."""
        document = super().get_openapi_schema(**{**options, "path_prefix": ""})
        document["servers"] = [{"url": BASE}]
        header = {"API-Version": {"description": "De volledige versie", "schema": {"type": "string"}}}
        for operations in document["paths"].values():
            for operation in operations.values():
                for code, answer in operation["responses"].items():
                    answer["headers"] = dict(header)
                    if int(code) >= HTTPStatus.BAD_REQUEST:
                        answer["content"] = {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        return document


def problem(status: HTTPStatus, title: str, detail: str, faults: list[Fault] | None = None) -> HttpResponse:
    """Answer with a problem."""
    said = Problem(status=status, title=title, detail=detail, fouten=faults or [])
    return HttpResponse(said.model_dump_json(), status=status, content_type=PROBLEM)


def _invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    faults = [
        Fault(onderdeel=str(one["loc"][-1]), melding=_DUTCH.get(one["type"], "{msg}").format(**_parts(one)))
        for one in fault.errors
    ]
    return _faulty(request, FaultsError(faults))


def _faulty(request: HttpRequest, fault: FaultsError) -> HttpResponse:
    number = len(fault.faults)
    detail = "Er is één fout in de vraag." if number == 1 else f"Er zijn {number} fouten in de vraag."
    return problem(HTTPStatus.BAD_REQUEST, "De vraag klopt niet", detail, fault.faults)


def _refused(request: HttpRequest, fault: HttpError) -> HttpResponse:
    status = HTTPStatus(fault.status_code)
    return problem(status, _TITLES.get(status, "Dit kan niet"), str(fault))


def _no_edition(request: HttpRequest, fault: NoSuchEditionError) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, "Niet gevonden", "Deze editie is er niet. Zie /api/v1/edities.")


def _damaged(request: HttpRequest, fault: Exception) -> HttpResponse:
    detail = "Er mist een bestand van de editie, of het is beschadigd. Er wordt niets getoond."
    return problem(HTTPStatus.SERVICE_UNAVAILABLE, "Nu niet te lezen", detail)


def _parts(one: Mapping[str, Any]) -> dict[str, Any]:
    parts = {"msg": one.get("msg", ""), **(one.get("ctx") or {})}
    if "expected" in parts:
        parts["expected"] = parts["expected"].replace("'", "").replace(" or ", ", ")
    return parts


_TITLES = {
    HTTPStatus.NOT_FOUND: "Niet gevonden",
    HTTPStatus.NOT_ACCEPTABLE: "Deze vorm geven we niet",
    HTTPStatus.METHOD_NOT_ALLOWED: "Alleen lezen",
}
_DUTCH = {
    "int_parsing": "Dit moet een heel getal zijn.",
    "int_from_float": "Dit moet een heel getal zijn.",
    "greater_than_equal": "Dit moet {ge} of meer zijn.",
    "less_than_equal": "Dit mag hoogstens {le} zijn.",
    "literal_error": "Kies uit: {expected}.",
    "enum": "Kies uit: {expected}.",
    "missing": "Dit ontbreekt.",
    "string_too_long": "Dit mag hoogstens {max_length} tekens lang zijn.",
    "string_pattern_mismatch": "Dit heeft niet de goede vorm.",
}
_HANDLERS: dict[type[Exception], Any] = {
    ValidationError: _invalid,
    FaultsError: _faulty,
    HttpError: _refused,
    NoSuchEditionError: _no_edition,
    EditionDamagedError: _damaged,
    FileNotFoundError: _damaged,
}
