"""What is ordered: the profile of an area in some format, from the edition of the address and what is public today."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.utils.module_loading import import_string

from wijkpeil.domain.programme import Programme
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.subject import is_known
from wijkpeil.reports import formats
from wijkpeil.reports.binding import book_pdf
from wijkpeil.reports.document import Document
from wijkpeil.reports.kept import Kept, key_of
from wijkpeil.reports.series import Order, one_profile
from wijkpeil.reports.state import ProgrammeState, state_hash
from wijkpeil.reports.workshop import Progress, Workshop
from wijkpeil.web.design.page import VERSION
from wijkpeil.web.design.request import ReaderRequest


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format in which a document can be had: what a browser calls it, and who makes it."""

    media_type: str
    made: Callable[[Document], bytes]


FORMATS: Mapping[str, Format] = {
    one.ending.removeprefix("."): Format(media_type=one.media_type, made=partial(formats.rendered, form=name))
    for name, one in formats.FORMATS.items()
}
"""The formats, by the end of their addresses; a package holds all of them, with the tables and charts."""


WORKSHOP = Workshop()
"""Where this process makes what takes long."""


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """A report that is there: its bytes and the tag by which a browser knows that it has them already."""

    content: bytes
    media_type: str

    @property
    def tag(self) -> str:
        """The hash of the bytes."""
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def profile_of(request: ReaderRequest, code: str, form: str) -> Ordered:
    """Give the profile of an area, kept or made now.

    Raises ``KeyError`` for a format that is not there, ``BusyError`` when others are served first, and
    ``DocumentError`` for what cannot be set.
    """
    chosen, edition = FORMATS[form], request.edition
    state = _state(request, code)
    order = Order(folder=edition.folder, language=request.tongue.code, state=state, site=_site(request))
    key = key_of(edition.manifest.content, code, order.language, order.site, state_hash(state), VERSION, form)
    content = kept().find_or_make(key, lambda: chosen.made(one_profile(edition, code, order)))
    return Ordered(content=content, media_type=chosen.media_type)


def book_of(request: ReaderRequest, programme: Programme) -> Ordered | Progress:
    """Give the book with the profiles of all neighbourhoods of a programme, or order it and say how far it is."""
    edition, tongue = request.edition, request.tongue
    codes = [code for one in programme.neighbourhoods if is_known(edition, code := programme.code_of(one))]
    state: ProgrammeState | None = import_string(settings.PROGRAMME_STATE)(programme.id) if request.is_newest else None
    order = Order(folder=edition.folder, language=tongue.code, state=state, site=_site(request))
    key = key_of("book", edition.manifest.content, programme.id, order.language, order.site, state_hash(state), VERSION)
    kicker = tongue.say("Alle wijkprofielen")
    found = WORKSHOP.order(kept(), key, book_pdf, order, codes, tongue.label(programme), kicker)
    return found if isinstance(found, Progress) else Ordered(content=found, media_type=FORMATS["pdf"].media_type)


def kept() -> Kept:
    """Give the place where reports are kept, beside the shelf."""
    return Kept(settings.REPORTS, settings.REPORTS_MOST)


def programme_of(edition: Edition, code: str) -> Programme | None:
    """Find the programme of which an area is a neighbourhood."""
    return next(
        (
            programme
            for programme in edition.policy.programmes
            if code in {programme.code_of(one) for one in programme.neighbourhoods}
        ),
        None,
    )


def _state(request: ReaderRequest, code: str) -> ProgrammeState | None:
    """Give what is public today of a neighbourhood; an older edition is about a time of which that is not known."""
    programme = programme_of(request.edition, code)
    if programme is None or not request.is_newest:
        return None
    state: ProgrammeState = import_string(settings.PROGRAMME_STATE)(programme.id)
    return state.of(code, next(one.gemeente for one in programme.neighbourhoods if programme.code_of(one) == code))


def _site(request: ReaderRequest) -> str:
    return str(settings.SITE_ADDRESS or f"{request.scheme}://{request.get_host()}")
