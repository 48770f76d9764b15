"""OData v4 as CBS speaks it: one figure per record, and codes that are explained in lists beside them.

The interface is described by CBS at its portal ("Snelstartgids OData v4"): ``Properties`` is a single record,
``MeasureCodes``, ``Dimensions`` and ``<dimension>Codes`` are lists, and every list is cut into pages that end
with ``@odata.nextLink``.
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

BASE = "https://datasets.cbs.nl/odata/v1"
MEASURES, DIMENSIONS = "MeasureCodes", "Dimensions"


def _place(address: str) -> str:
    """Write ``CBS/83765NED`` in full; a list of it follows its number (``CBS/83765NED/WijkenEnBuurtenCodes``)."""
    return address if "://" in address else full(BASE, "/".join(catalogue_and_table(address)))


def _card_address(place: str) -> str:
    """Ask for the one record that describes the table."""
    return below(place, "Properties")


def _read_card(data: bytes, place: str) -> Card:
    """Read ``Properties``; ``Modified`` is its version, with the moment of the observations themselves."""
    said = read_json(data)
    if "Identifier" not in said or "Title" not in said:
        raise NotAPage("in 'Properties' ontbreekt de naam van de tabel (Identifier, Title)")
    count = said.get("ObservationCount")
    return Card(
        identifier=str(said["Identifier"]),
        title=str(said["Title"]),
        coverage=str(said.get("TemporalCoverage") or ""),
        version=f"{said.get('Modified')} {said.get('ObservationsModified')}",
        expected=count if isinstance(count, int) and not (question(place) or wanted_list(place)) else None,
    )


def _about(place: str, known: About) -> Mapping[str, str]:
    """Want the measures and dimensions first, and then the codes of every dimension."""
    if wanted_list(place):
        return {}
    names = [MEASURES, DIMENSIONS]
    names += [f"{name}Codes" for name in _identifiers(known.get(DIMENSIONS, []))]
    return {name: below(place, name) for name in names if name not in known}


def _columns(card: Card, about: About) -> frozenset[str] | None:
    """Give the codes of the measures and the names of the dimensions: the columns of the table made wide."""
    if MEASURES not in about:
        return None
    return frozenset(_identifiers([*about[MEASURES], *about.get(DIMENSIONS, [])]))


def _identifiers(records: list[Record]) -> list[str]:
    """Give the names in a list of measures or dimensions."""
    return [str(record["Identifier"]) for record in records if record.get("Identifier")]


def _first_page(place: str) -> str:
    """Start at the first observation; what the address asks (``$filter``) goes along."""
    return asking(below(place, wanted_list(place) or "Observations"), question(place))


def _read_page(data: bytes, address: str) -> Page:
    """Read one page of any list."""
    answer = read_json(data)
    return Page(records=records_of(answer, "value"), following=followed(answer.get("@odata.nextLink"), asked=address))


def _values(record: Record) -> Record:
    """Give the one measure of an observation."""
    return {str(record.get("Measure")): record.get("Value", record.get("StringValue"))}


def _is_filled(record: Record) -> bool:
    """Tell whether an observation has a value; a code has its title."""
    return record.get("Value") is not None or bool(record.get("StringValue") or record.get("Title"))


DIALECT = Dialect(
    shape=Shape.LONG,
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
