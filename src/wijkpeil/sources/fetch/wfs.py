"""WFS 2.0 as the Leefbaarometer speaks it: map features by ``startIndex`` and ``count``.

The interface gives no title and no date of change, so a layer is known by its name, by the year in its
features and by a sample of them (its first feature and how many there are).
"""

import hashlib
import json
from collections.abc import Mapping

from wijkpeil.sources.fetch.address import asking, full, values_of
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

BASE = "https://geo.leefbaarometer.nl"
COUNT = 1000
"""Features a page."""

_REQUEST = {"service": "WFS", "version": "2.0.0", "request": "GetFeature", "outputFormat": "application/json"}
_CONSTANT = frozenset({"year", "scale"})


def _place(address: str) -> str:
    """Write the name of a layer (``lbm3:buurtscore24``) in full; a full address names it in ``typeNames``."""
    return address if "://" in address else asking(full(BASE, "wfs"), typeNames=address)


def _pages(place: str, *, start: int, count: int) -> str:
    """Ask some features; sorted, because a server may otherwise give them in another order each time."""
    return asking(place, **_REQUEST, srsName="EPSG:4326", sortBy="id", startIndex=str(start), count=str(count))


def _card_address(place: str) -> str:
    """Ask for one feature: it tells what the layer is."""
    return _pages(place, start=0, count=1)


def _read_card(data: bytes, place: str) -> Card:
    """Read the sample: its fields are the columns of the layer."""
    answer = read_json(data)
    features = records_of(answer, "features")
    if not features:
        raise NotAPage("de laag is leeg")
    said = fields_of(features[0])
    matched = answer.get("numberMatched", answer.get("totalFeatures"))
    sample = json.dumps([matched, said], sort_keys=True).encode()
    return Card(
        identifier=str(features[0].get("id", "")).partition(".")[0],
        title=None,
        coverage=str(said.get("year", "")),
        version=hashlib.sha256(sample).hexdigest(),
        expected=matched if isinstance(matched, int) else None,
        columns=frozenset(said),
    )


def _about(place: str, known: About) -> Mapping[str, str]:
    """Want no further descriptions."""
    return {}


def _columns(card: Card, about: About) -> frozenset[str] | None:
    """Give the fields of the sample."""
    return card.columns


def _first_page(place: str) -> str:
    """Start at the first feature."""
    return _pages(place, start=0, count=COUNT)


def _read_page(data: bytes, address: str) -> Page:
    """Read one page; a page that is not full, or that ends at the announced number, is the last."""
    answer = read_json(data)
    features = records_of(answer, "features")
    asked = values_of(address)
    start, count = int(asked["startindex"]), int(asked["count"])
    reached, matched = start + len(features), answer.get("numberMatched")
    is_last = reached >= matched if isinstance(matched, int) else len(features) < count
    if not is_last and not features:
        raise NotAPage(f"de bron belooft {matched} gebieden, maar geeft er na {reached} geen meer")
    following = address.replace(f"startIndex={start}", f"startIndex={reached}")
    return Page(records=features, following=None if is_last else following)


def _is_filled(record: Record) -> bool:
    """Tell whether a feature has a score."""
    fields = fields_of(record)
    return any(isinstance(value, int | float) for name, value in fields.items() if name not in _CONSTANT)


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
