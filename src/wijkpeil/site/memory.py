"""Keeps the answers that readers ask for most, for as long as the shelf stays what it is."""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from http import HTTPStatus
from threading import Lock

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from wijkpeil.publication.library import Library
from wijkpeil.web.design import errors
from wijkpeil.web.design.request import has_session

_ZIPPED = re.compile(r"\bgzip\b")
_OVERHEAD = 2_000
"""So many bytes an answer takes besides its content."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """An answer as it was given: its headers and its bytes."""

    headers: dict[str, str]
    content: bytes


class Answers:
    """Some answers about one state of a shelf, up to a number of bytes; who was asked for longest ago goes first."""

    def __init__(self, most: int) -> None:
        """Keep at most ``most`` bytes."""
        self.most = most
        self.size = 0
        self._state: Hashable = None
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable, state: Hashable) -> Kept | None:
        """Give the answer that was kept; nothing is kept of a shelf that has changed since."""
        with self._lock:
            if state != self._state:
                self._kept.clear()
                self._state, self.size = state, 0
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def keep(self, key: Hashable, state: Hashable, answer: Kept) -> None:
        """Keep an answer about ``state``, unless the shelf changed while it was made."""
        with self._lock:
            if state != self._state or key in self._kept:
                return
            self._kept[key] = answer
            self.size += _size(key, answer)
            while self.size > self.most:
                self.size -= _size(*self._kept.popitem(last=False))


def _size(key: Hashable, kept: Kept) -> int:
    """Count what an answer takes; its address is written by the reader and can be longer than the answer."""
    return len(kept.content) + len(str(key)) + _OVERHEAD


class Memory:
    """Gives an answer again without making it anew: an edition never changes, so neither do its pages."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Stand before ``answer``."""
        self.answer = answer
        self.answers = Answers(settings.MEMORY)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer from memory where that is the same, and keep what may be kept; never for who comes with a session."""
        if request.method not in {"GET", "HEAD"} or not self.answers.most or has_session(request):
            return self.answer(request)
        try:
            key = _key(request)
        except DisallowedHost:
            return self.answer(request)
        state = (settings.SHELF, shelf_of_readers().fingerprint())
        found = self.answers.find(key, state)
        if found is not None:
            return _again(request, found)
        answer = self.answer(request)
        if isinstance(answer, HttpResponse) and _may_be_kept(answer):
            kept = Kept(headers=dict(answer.headers.items()), content=answer.content)
            self.answers.keep(key, state, kept)
        return answer


def shelf_of_readers() -> Library:
    """Give the library of the shelf that this site serves, to the audience that it serves."""
    return Library.of(settings.SHELF, timezone.now, settings.AUDIENCE)


def _key(request: HttpRequest) -> Hashable:
    """Name everything that an answer depends on, besides the shelf."""
    is_open = request.path.startswith(errors.API)
    return (
        request.scheme,
        request.get_host(),
        request.get_full_path(),
        request.headers.get("Accept", "")[:1000] if is_open else "",
        bool(_ZIPPED.search(request.headers.get("Accept-Encoding", ""))),
    )


def _may_be_kept(answer: HttpResponse) -> bool:
    return (
        answer.status_code == HTTPStatus.OK
        and "ETag" in answer.headers
        and "public" in answer.headers.get("Cache-Control", "")
        and not answer.cookies
    )


def _again(request: HttpRequest, kept: Kept) -> HttpResponseBase:
    answer = HttpResponse(kept.content, headers=kept.headers)
    if request.method != "GET":
        return answer
    return get_conditional_response(request, etag=kept.headers["ETag"], response=answer) or answer
