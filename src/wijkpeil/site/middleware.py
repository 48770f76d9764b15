"""What every request passes on its way in and out: health, the log, headers, and the edition of its address."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from wijkpeil.api.design_rules import VERSION
from wijkpeil.portrayal.language import language
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.site.memory import shelf_of_readers
from wijkpeil.web.design import errors
from wijkpeil.web.design.marks import says
from wijkpeil.web.design.page import KEPT, still_good, tag_of
from wijkpeil.web.design.request import ReaderRequest, as_reader, has_session

Answer = Callable[[HttpRequest], HttpResponseBase]

_log = structlog.get_logger("wijkpeil.site")
_ALLOWED = {
    "Allow": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
_NOTHING = "\0"
"""No address has it, and PostgreSQL takes no question in which it stands."""


class Health:
    """Answers whether the site is up, before anything else is asked of the request."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say that the site is well, or what it lacks."""
        if request.path != "/healthz":
            return self.answer(request)
        try:
            shelf_of_readers().newest()
        except (NoSuchEditionError, EditionDamagedError) as fault:
            return HttpResponse(f"{fault}\n", status=503, content_type="text/plain; charset=utf-8")
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


class Log:
    """Writes one line a request: what was asked and how it went, not by whom."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and write it down."""
        began, method = time.perf_counter(), request.method
        answer = self.answer(request)
        took = round((time.perf_counter() - began) * 1000, 1)
        _log.info("request", method=method, path=request.path, status=answer.status_code, ms=took)
        return answer


class Headers:
    """Adds what browsers must be told: what no page needs, and who may read the open data."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers."""
        answer = self.answer(request)
        answer.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        is_open = request.path.startswith(errors.API)
        if is_open:
            answer.headers["API-Version"] = VERSION
            answer.headers["Access-Control-Allow-Origin"] = "*"
            answer.headers["Access-Control-Expose-Headers"] = "API-Version, Content-Crs, Content-Disposition, ETag"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open else "same-origin"
        return answer


class Tongue:
    """Speaks the language of the address and nothing else: a page is the same for whoever asks for it."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the language of the address."""
        code = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        as_reader(request).tongue = language(code)
        with override(code):
            answer = self.answer(request)
        answer.headers.setdefault("Content-Language", code)
        return answer


class Reading:
    """Lets readers read: nothing can be sent but a form, and that only where one stands."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer who reads; the server leaves out the body where only the head was asked."""
        if request.method == "OPTIONS":
            return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_ALLOWED)
        if _NOTHING in request.path_info:
            return errors.not_found(request, Resolver404())
        if request.method == "POST" and _takes_forms(request):
            return self.answer(request)
        if request.method not in {"GET", "HEAD"}:
            say = as_reader(request).tongue.say
            title, detail = say("Hier kun je alleen lezen"), say("Je kunt op dit adres niets sturen of veranderen.")
            refused = errors.problem(request, HTTPStatus.METHOD_NOT_ALLOWED, title, detail)
            refused.headers["Allow"] = _ALLOWED["Allow"]
            return refused
        request.method = "GET"
        return self.answer(request)


def _takes_forms(request: HttpRequest) -> bool:
    try:
        return says(resolve(request.path_info).func, "takes_forms")
    except Resolver404:
        return False


class Editions:
    """Opens the edition that an address names, and answers at once where a reader's copy is still good."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``, at the shelf of the settings."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the request the library, and its answer a tag."""
        reader = as_reader(request)
        reader.library = shelf_of_readers()
        answer = self.answer(reader)
        if answer.status_code == HTTPStatus.OK and hasattr(reader, "edition"):
            if says(getattr(reader.resolver_match, "func", None), "is_living"):
                answer.headers.setdefault("Cache-Control", "no-cache")
                return answer
            answer.headers.setdefault("ETag", tag_of(reader))
            answer.headers.setdefault("Cache-Control", f"public, max-age={KEPT}")
        return answer

    def process_view(
        self, request: ReaderRequest, view: Callable[..., HttpResponseBase], arguments: Any, parts: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Open the edition of the address; an edition that is not there is a page that says so."""
        if "edition" not in parts:
            return None
        wanted = parts.pop("edition")
        try:
            request.edition = request.library.open(wanted)
            request.is_newest = request.library.newest() == wanted
        except (NoSuchEditionError, EditionDamagedError) as fault:
            return errors.answer_to(request, fault)
        return None if has_session(request) or says(view, "is_living") else still_good(request)

    def process_exception(self, request: ReaderRequest, fault: Exception) -> HttpResponseBase | None:
        """Word what went wrong; a reader never sees a trace."""
        return errors.answer_to(request, fault)
