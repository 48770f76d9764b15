"""Opens the edition that a question is about, and marks the answer with it."""

from typing import Any, cast

from django.http import HttpRequest

from wijkpeil.publication.edition import Edition
from wijkpeil.publication.library import Library


def library(request: HttpRequest) -> Library:
    """Give the library that the site hands to every request."""
    return cast(Library, cast(Any, request).library)


def opened(request: HttpRequest, id_: str | None) -> Edition:
    """Open an edition by its id, or the newest; the answer is then tagged by it."""
    shelf = library(request)
    edition = shelf.open(id_ or shelf.newest())
    marked = cast(Any, request)
    marked.edition, marked.is_newest = edition, id_ is None
    return edition
