"""What a request of a reader carries besides what Django gives it."""

from typing import cast

from django.http import HttpRequest

from wijkpeil.portrayal.language import Language
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.library import Library


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
