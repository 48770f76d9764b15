"""OData v3 as StatLine speaks it: one row per area, and a list of what its columns mean.

Descriptions come from ``ODataApi``; the figures come from ``ODataFeed``, the only one of the two that gives
more than 10,000 rows, in pages that end with ``odata.nextLink``. Tables of other publishers (RIVM, police) stand on a
server of their own with the same interface.
"""

from collections.abc import Mapping

from wijkpeil.sources.fetch.address import asking, below, catalogue_and_table, followed, full, question, wanted_list
from wijkpeil.sources.fetch.dialect import (
    About,
    Card,
    Dialect,
    NotAPage,
    Page,
    Record,
    Shape,
    read_json,
    records_of,
)

BASE = "https://opendata.cbs.nl/ODataFeed/odata"
OTHERS_BASE = "https://dataderden.cbs.nl/ODataFeed/odata"
PROPERTIES = "DataProperties"
JSON = "$format=json"


def _place(address: str) -> str:
    """Write ``84799NED``, ``RIVM/50090NED`` or a list of a table (``84799NED/WijkenEnBuurten``) in full."""
    if "://" in address:
        return address.replace("/ODataApi/", "/ODataFeed/")
    catalogue, table = catalogue_and_table(address)
    return full(BASE if catalogue == "CBS" else OTHERS_BASE, table)


def _description(place: str, name: str) -> str:
    """Ask a list of the describing half of the interface."""
    return asking(below(place.replace("/ODataFeed/", "/ODataApi/"), name), JSON)


def _card_address(place: str) -> str:
    """Ask for the one record that describes the table."""
    return _description(place, "TableInfos")


def _read_card(data: bytes, place: str) -> Card:
    """Read ``TableInfos``; ``Modified`` is its version."""
    records = records_of(read_json(data), "value")
    if len(records) != 1 or "Identifier" not in records[0] or "Title" not in records[0]:
        raise NotAPage("in 'TableInfos' ontbreekt de naam van de tabel (Identifier, Title)")
    said = records[0]
    count = said.get("RecordCount")
    return Card(
        identifier=str(said["Identifier"]),
        title=str(said["Title"]),
        coverage=str(said.get("Period") or ""),
        version=f"{said.get('Modified')} {said.get('MetaDataModified')}",
        expected=count if isinstance(count, int) and not (question(place) or wanted_list(place)) else None,
    )


def _about(place: str, known: About) -> Mapping[str, str]:
    """Want the columns, but for a list of codes."""
    return {} if wanted_list(place) or PROPERTIES in known else {PROPERTIES: _description(place, PROPERTIES)}


def _columns(card: Card, about: About) -> frozenset[str] | None:
    """Give the columns that ``DataProperties`` names; groups of topics have no key."""
    if PROPERTIES not in about:
        return None
    return frozenset(str(column["Key"]) for column in about[PROPERTIES] if column.get("Key"))


def _first_page(place: str) -> str:
    """Start at the first row; what the address asks (``$filter``) goes along."""
    wanted = below(place, wanted_list(place) or "TypedDataSet")
    return asking(wanted, "&".join(part for part in (question(place), JSON) if part))


def _read_page(data: bytes, address: str) -> Page:
    """Read one page of any list."""
    answer = read_json(data)
    return Page(records=records_of(answer, "value"), following=followed(answer.get("odata.nextLink"), asked=address))


def _values(record: Record) -> Record:
    """Give all columns of a row."""
    return record


def _is_filled(record: Record) -> bool:
    """Tell whether a row has a number beside its own: an early release has only names. A code has its title."""
    return "Title" in record or any(isinstance(value, int | float) for name, value in record.items() if name != "ID")


DIALECT = Dialect(
    shape=Shape.ROWS,
    place=_place,
    card_address=_card_address,
    read_card=_read_card,
    about=_about,
    columns=_columns,
    first_page=_first_page,
    read_page=_read_page,
    values=_values,
    is_filled=_is_filled,
)
