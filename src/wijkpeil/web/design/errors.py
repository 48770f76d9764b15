"""What a reader gets when something is not there or goes wrong: a plain page, or a problem where a program asks."""

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.portrayal.language import CODES, language
from wijkpeil.publication.library import EditionWithdrawnError
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.web.design.page import edition_at_hand, page
from wijkpeil.web.design.request import ReaderRequest, as_reader

_log = structlog.get_logger("wijkpeil.site")
API = "/api/"


class BadQuestionError(Exception):
    """A question that cannot be answered as it was asked; it says what is allowed, in the language of the reader."""


def answer_to(request: HttpRequest, fault: Exception) -> HttpResponse | None:
    """Word a fault; ``None`` leaves it to Django (which then calls the handlers below)."""
    say = _reader(request).tongue.say
    if isinstance(fault, EditionWithdrawnError):
        title = say("Editie {id} is ingetrokken", id=fault.id)
        return problem(request, HTTPStatus.GONE, title, say("De reden: {reason}", reason=fault.state.reason))
    if isinstance(fault, NoSuchEditionError):
        return problem(
            request, HTTPStatus.NOT_FOUND, say("Deze editie is er niet"), say("Bekijk welke edities er zijn.")
        )
    if isinstance(fault, EditionDamagedError | FaultsFound | FileNotFoundError):
        _log.error("edition_damaged", path=request.path, fault=str(fault))
        return problem(
            request,
            HTTPStatus.SERVICE_UNAVAILABLE,
            say("Deze editie is nu niet te lezen"),
            say(
                "Er mist een bestand, of het is beschadigd. We laten dan niets zien, ook geen deel. Probeer het later."
            ),
        )
    if isinstance(fault, BadQuestionError):
        return problem(request, HTTPStatus.BAD_REQUEST, say("Deze vraag begrijpen we niet"), str(fault))
    return None


def problem(request: HttpRequest, status: HTTPStatus, title: str, detail: str) -> HttpResponse:
    """Answer with a page, or with ``application/problem+json`` under ``/api/``."""
    if request.path.startswith(API):
        body = {"status": int(status), "title": title, "detail": detail}
        return JsonResponse(body, status=status, content_type="application/problem+json")
    reader = _reader(request)
    return page(
        reader,
        "design/problem.html.j2",
        status=status,
        title=title,
        detail=detail,
        status_code=int(status),
        search_in=edition_at_hand(reader) if status < HTTPStatus.INTERNAL_SERVER_ERROR else None,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that is not there."""
    say = _reader(request).tongue.say
    return problem(
        request,
        HTTPStatus.NOT_FOUND,
        say("Deze pagina is er niet"),
        say("Misschien klopt het adres niet helemaal. Zoek je wijk of ga naar het begin."),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a question that is not one."""
    say = _reader(request).tongue.say
    return problem(
        request, HTTPStatus.BAD_REQUEST, say("Deze vraag begrijpen we niet"), say("Ga terug en probeer het opnieuw.")
    )


def went_wrong(request: HttpRequest) -> HttpResponse:
    """Answer when the site itself is at fault."""
    say = _reader(request).tongue.say
    return problem(
        request,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        say("Er ging iets mis"),
        say("Dat ligt aan ons, niet aan jou. Er is niets verloren. Probeer het later nog eens."),
    )


def _reader(request: HttpRequest) -> ReaderRequest:
    """Give a request that never reached the middleware its language."""
    reader = as_reader(request)
    if not hasattr(reader, "tongue"):
        reader.tongue = language(CODES[1] if request.path.startswith("/en/") else CODES[0])
    return reader
