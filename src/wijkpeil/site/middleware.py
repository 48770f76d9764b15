"""What every request passes on its way in and out: health, the log, headers, and the edition of its address."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language

from wijkpeil.api.design_rules import VERSION
from wijkpeil.portrayal.language import CODES, language
from wijkpeil.publication.library import Library
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.web.design import errors
from wijkpeil.web.design.page import KEPT, still_good, tag_of
from wijkpeil.web.design.request import ReaderRequest, as_reader

Answer = Callable[[HttpRequest], HttpResponseBase]

_log = structlog.get_logger("wijkpeil.site")


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
            Library.of(settings.SHELF, timezone.now, settings.AUDIENCE).newest()
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
        began = time.perf_counter()
        answer = self.answer(request)
        took = round((time.perf_counter() - began) * 1000, 1)
        _log.info("request", method=request.method, path=request.path, status=answer.status_code, ms=took)
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
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin" if is_open else "same-origin"
        return answer


class Editions:
    """Opens the edition that an address names, and answers at once where a reader's copy is still good."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``, at the shelf of the settings."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Give the request its language and the library, and its answer a tag."""
        reader = as_reader(request)
        code = get_language() or CODES[0]
        reader.tongue = language(code if code in CODES else CODES[0])
        reader.library = Library.of(settings.SHELF, timezone.now, settings.AUDIENCE)
        answer = self.answer(reader)
        if request.method in {"GET", "HEAD"} and answer.status_code == 200 and hasattr(reader, "edition"):
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
        return still_good(request)

    def process_exception(self, request: ReaderRequest, fault: Exception) -> HttpResponseBase | None:
        """Word what went wrong; a reader never sees a trace."""
        return errors.answer_to(request, fault)
