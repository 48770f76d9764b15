"""Writes a page: the frame around it, the edition it is about, and when a reader's copy is still good."""

import hashlib
from http import HTTPStatus
from importlib.metadata import version

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render

from wijkpeil.portrayal.subject import edition_words, warnings
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import NoSuchEditionError
from wijkpeil.publication.subject import edition_card
from wijkpeil.web.design.addresses import in_newest, in_other_language, whole
from wijkpeil.web.design.navigation import FOOT, FOOT_OF_ACCOUNT, ROOMS, links
from wijkpeil.web.design.request import ReaderRequest, as_reader, is_of_account, person_of

VERSION = version("wijkpeil")
KEPT = 300
"""A page may be kept for so many seconds before a browser asks whether it is still good."""


def page(request: ReaderRequest, template: str, *, status: int = HTTPStatus.OK, **context: object) -> HttpResponse:
    """Write a page about the edition of the request; ``context`` needs a ``title``.

    A page that says that something broke reads no edition: it may be the edition that broke.
    """
    return render(request, template, {**frame(request, status), **context}, status=status)


def frame(request: ReaderRequest, status: int = HTTPStatus.OK) -> dict[str, object]:
    """Give what the frame around a page shows."""
    is_broken = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    edition = None if is_broken else getattr(request, "edition", None)
    card = edition_card(edition) if edition is not None else None
    tongue = request.tongue
    at_hand = None if is_broken else edition_at_hand(request)
    person = None if is_broken else person_of(request)
    return {
        "say": tongue.say,
        "say_count": tongue.say_count,
        "language": tongue,
        "card": card,
        "edition_words": edition_words(tongue, card) if card else "",
        "edition": edition.id if edition is not None else None,
        "at_hand": at_hand,
        "policy": edition.policy if edition is not None else None,
        "warnings": warnings(tongue, card, edition.policy) if card and edition is not None else [],
        "is_newest": getattr(request, "is_newest", True),
        "newest": None if is_broken else in_newest(request),
        "other_language": in_other_language(request),
        "canonical": whole(request, request.get_full_path()),
        "rooms": list(links(ROOMS, tongue, request.path, at_hand)),
        "foot": list(links(FOOT if person is None else FOOT_OF_ACCOUNT, tongue, request.path, at_hand)),
        "here": request.get_full_path(),
        "path": request.path,
        "code_version": VERSION,
        "person": person,
        "messages": get_messages(request) if person is not None or is_of_account(request) else (),
    }


def frame_of_account(request: HttpRequest) -> dict[str, object]:
    """Give the frame to pages that are not written with ``page``: those of logging in, whose views are not ours."""
    if not is_of_account(request):
        return {}
    return {**frame(as_reader(request)), "outside": settings.OIDC_NAME, "outside_id": settings.OIDC_ID}


def edition_at_hand(request: ReaderRequest) -> str | None:
    """Give the edition in which a reader can go on: the one of the address, or the newest that is there."""
    if hasattr(request, "edition"):
        return request.edition.id
    try:
        return request.library.newest() if hasattr(request, "library") else None
    except (NoSuchEditionError, EditionDamagedError):
        return None


def tag_of(request: ReaderRequest) -> str:
    """Give the tag of what this request shows: it changes with the edition, the code and the address only."""
    edition = getattr(request, "edition", None)
    parts = (
        edition.manifest.content if edition is not None else "",
        VERSION,
        request.get_full_path(),
        request.headers.get("Accept", ""),
        str(getattr(request, "is_newest", "")),
    )
    return f'"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:24]}"'


def still_good(request: ReaderRequest) -> HttpResponseNotModified | None:
    """Say that a reader's copy is still good, where it is."""
    sent = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    return HttpResponseNotModified() if tag_of(request) in sent else None
