"""What a request of a reader carries besides what Django gives it."""

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest

from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.library import Library
from wijkpeil.web.design.marks import says

if TYPE_CHECKING:
    from wijkpeil.web.accounts.models import Account


class ReaderRequest(HttpRequest):
    """A request of a reader, with its language, the library, and the edition that its address names.

    ``edition`` and ``is_newest`` (whether it is the newest on the shelf) are there only where the address names one.
    """

    library: Library
    tongue: Language
    edition: Edition
    is_newest: bool


def as_reader(request: HttpRequest) -> ReaderRequest:
    """Take a request for one that passed, or is passing, the middleware which adds what a reader needs."""
    return cast(ReaderRequest, request)


def has_session(request: HttpRequest) -> bool:
    """Say whether somebody comes with a session: readers have none, and what they get is the same for all of them."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def person_of(request: HttpRequest) -> "Account | None":
    """Give who is logged in; of a reader nothing is looked at, so that nothing about a page depends on it."""
    user = getattr(request, "user", None) if has_session(request) else None
    return cast("Account", user) if user is not None and user.is_authenticated else None


def is_of_account(request: HttpRequest) -> bool:
    """Say whether this request is answered by a view for logging in and out."""
    match = getattr(request, "resolver_match", None)
    return match is not None and says(match.func, "is_of_account")
