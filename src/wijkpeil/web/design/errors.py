"""What a reader gets when something is not there or goes wrong: a plain page, or a problem where a program asks."""

from http import HTTPStatus

import structlog
from django.http import HttpRequest, HttpResponse, JsonResponse

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.portrayal.language import CODES, language
from wijkpeil.publication.library import EditionWithdrawnError
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.web.accounts.refusals import ChangedMeanwhileError, ForbiddenError, HiddenError, NotNowError
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
    return refusal(request, fault)


def refusal(request: HttpRequest, fault: Exception) -> HttpResponse | None:
    """Word why something was not done for somebody; what may not be known is not there."""
    say = _reader(request).tongue.say
    if isinstance(fault, HiddenError):
        return not_found(request, fault)
    if isinstance(fault, ForbiddenError):
        title = say("Dat mag je hier niet doen")
        detail = say("Je mag dit wel lezen. Vraag de beheerder van het programma als je meer moet kunnen.")
        return problem(request, HTTPStatus.FORBIDDEN, title, detail)
    if isinstance(fault, NotNowError):
        return problem(request, HTTPStatus.CONFLICT, say("Dat kan nu niet"), say(fault.sentence))
    if isinstance(fault, ChangedMeanwhileError):
        title = say("Iemand anders was je voor")
        detail = say("Er is niets overschreven. Ga terug, bekijk wat er nu staat en probeer het opnieuw.")
        return problem(request, HTTPStatus.CONFLICT, title, detail)
    return None


def problem(request: HttpRequest, status: HTTPStatus, title: str, detail: str) -> HttpResponse:
    """Answer with a page, or with ``application/problem+json`` under ``/api/``; nobody keeps either.

    What is not there or not allowed for one may be there for another, or in a minute: a kept answer would be wrong,
    and would tell what somebody asked for.
    """
    answer = _said(request, status, title, detail)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _said(request: HttpRequest, status: HTTPStatus, title: str, detail: str) -> HttpResponse:
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


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Answer a form that comes from elsewhere or is too old, and whatever else may not be asked."""
    say = _reader(request).tongue.say
    return problem(
        request,
        HTTPStatus.FORBIDDEN,
        say("Dit formulier werkt niet meer"),
        say("Je was er misschien lang mee bezig, of je browser bewaart geen cookies. Laad de pagina opnieuw."),
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer who tries too often."""
    say = _reader(request).tongue.say
    return problem(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        say("Dat is te vaak"),
        say("Wacht een paar minuten en probeer het dan weer."),
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
