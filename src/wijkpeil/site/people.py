"""Keeps people apart from readers: what somebody who is logged in gets is his alone, and is kept nowhere."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from wijkpeil.site.middleware import Answer
from wijkpeil.web.accounts.sessions import has_ended, lacks_second_factor
from wijkpeil.web.design.addresses import address
from wijkpeil.web.design.marks import says
from wijkpeil.web.design.request import has_session, person_of


class Private:
    """Sees that no browser, proxy or memory keeps what somebody got in a session."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; with a session nothing may be kept, and not even a tag is given of it."""
        answer = self.answer(request)
        if has_session(request) or answer.cookies:
            answer.headers["Cache-Control"] = "private, no-store"
            answer.headers.pop("ETag", None)
            answer.headers.pop("Last-Modified", None)
        if settings.SESSION_COOKIE_NAME in answer.cookies:
            answer.headers["Clear-Site-Data"] = '"cache"'
        return answer


class Standing:
    """Ends sessions that are over, and asks a second factor of everybody who can write."""

    def __init__(self, answer: Answer) -> None:
        """Stand before ``answer``."""
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; who was logged out in the meantime is a reader again."""
        person = person_of(request)
        if person is not None and has_ended(request, person):
            logout(request)
        return self.answer(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], arguments: Any, parts: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Lead who lacks a second factor to where one is made; only the pages of the account itself are open."""
        person = person_of(request)
        if person is None or says(view, "is_of_account") or not lacks_second_factor(request, person):
            return None
        return HttpResponseRedirect(address("mfa_index"))
