"""OGC API Features as PDOK speaks it: a collection of areas in pages that link to the next.

The collection itself is only called "Buurten"; its year stands in the title of the landing page of the whole
interface, so that page is the card.
"""

import hashlib
import json
from collections.abc import Mapping

from wijkpeil.sources.fetch.address import asking, bare, below, followed, full, question
from wijkpeil.sources.fetch.dialect import (
    About,
    Card,
    Dialect,
    NotAPage,
    Page,
    Record,
    Shape,
    fields_of,
    read_json,
    records_of,
)

BASE = "https://api.pdok.nl"
LIMIT = 1000
"""Areas a page: the most that PDOK gives."""


def _place(address: str) -> str:
    """Write ``cbs/wijken-en-buurten-2024/ogc/v1/collections/buurten`` in full."""
    return full(BASE, address)


def _card_address(place: str) -> str:
    """Ask for the landing page, which lies above the collections."""
    return asking(bare(place).partition("/collections/")[0], f="json")


def _read_card(data: bytes, place: str) -> Card:
    """Read the landing page; it has no date of change, so its content is its version."""
    said = read_json(data)
    if not isinstance(said.get("title"), str):
        raise NotAPage("op de startpagina ontbreekt de titel")
    return Card(
        identifier=bare(place).rpartition("/")[2],
        title=said["title"],
        coverage=said["title"],
        version=hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest(),
    )


def _about(place: str, known: About) -> Mapping[str, str]:
    """Want no further descriptions."""
    return {}


def _columns(card: Card, about: About) -> frozenset[str] | None:
    """Know of no announcement of the fields."""
    return None


def _first_page(place: str) -> str:
    """Start at the first area."""
    return asking(below(place, "items"), question(place), f="json", limit=str(LIMIT))


def _read_page(data: bytes, address: str) -> Page:
    """Read one page; the next is the link with ``rel`` "next"."""
    answer = read_json(data)
    features = records_of(answer, "features")
    links = answer.get("links")
    known = [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []
    following = next((str(link.get("href", "")) for link in known if link.get("rel") == "next"), None)
    return Page(records=features, following=followed(following, asked=address))


def _is_filled(record: Record) -> bool:
    """Tell whether an area has a shape."""
    return record.get("geometry") is not None


DIALECT = Dialect(
    shape=Shape.FEATURES,
    place=_place,
    card_address=_card_address,
    read_card=_read_card,
    about=_about,
    columns=_columns,
    first_page=_first_page,
    read_page=_read_page,
    values=fields_of,
    is_filled=_is_filled,
)
