"""The links around every page: which there are, in which order, and only those whose page exists.

A room that opens a page for one of these names is in the navigation from then on; a name without a page is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse

from wijkpeil.portrayal.language import Language, mark
from wijkpeil.web.design.addresses import address


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One link: the name of its page, and what it is called."""

    name: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link as it stands on a page; ``current`` is ``page`` for this page itself, ``true`` for one under it."""

    label: str
    address: str
    current: str


ROOMS = (
    Entry(name="search", label=mark("Zoek")),
    Entry(name="programmes", label=mark("Programma's")),
    Entry(name="studies", label=mark("Wat hielp?")),
    Entry(name="indicators", label=mark("Cijfers")),
    Entry(name="explorer", label=mark("Kaart")),
    Entry(name="compare", label=mark("Vergelijk")),
    Entry(name="editions", label=mark("Edities")),
    Entry(name="explanation", label=mark("Uitleg")),
)
"""The main navigation."""

FOOT_OF_ACCOUNT = (
    Entry(name="about", label=mark("Over Wijkpeil")),
    Entry(name="sources", label=mark("Bronnen")),
    Entry(name="downloads", label=mark("Downloaden")),
    Entry(name="reports", label=mark("Rapporten")),
    Entry(name="api-docs", label=mark("API")),
    Entry(name="accessibility", label=mark("Toegankelijkheid")),
    Entry(name="privacy", label=mark("Privacy")),
)
"""The links at the foot, for whoever is logged in: his account is at the top."""
FOOT = (*FOOT_OF_ACCOUNT, Entry(name="account", label=mark("Inloggen")))
"""The links at the foot for everybody else."""


def links(entries: tuple[Entry, ...], language: Language, path: str, edition: str | None) -> Iterator[Link]:
    """Give the links whose page exists; without an edition only those that need none."""
    for entry in entries:
        if _is_there(entry.name, with_edition=False):
            at = address(entry.name)
        elif edition is not None and _is_there(entry.name, with_edition=True):
            at = address(entry.name, edition=edition)
        else:
            continue
        current = "page" if path == at else "true" if path.startswith(f"{at}/") else ""
        yield Link(label=language.say(entry.label), address=at, current=current)


@lru_cache(maxsize=256)
def _is_there(name: str, *, with_edition: bool) -> bool:
    try:
        reverse(name, kwargs={"edition": "x"} if with_edition else None)
    except NoReverseMatch:
        return False
    return True
