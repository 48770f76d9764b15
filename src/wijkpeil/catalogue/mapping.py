"""The layout of a table of one's own, as it stands in a file beside that table or at its source."""

import tomllib
from collections.abc import Iterator
from typing import Any

from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.tables import Field, ListOf, Table
from wijkpeil.catalogue.values import YEAR, Choice, Flag, Text, whole
from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.domain.mapping import Decimal, Encoding, Layout, TableMapping

_TEXT = Text()

MAPPING = Table(
    Field("code_column", _TEXT, "De kolom met de gebiedscode."),
    Field("level", Choice(Level), "Het niveau van codes zonder letters of voorloopnullen.", None),
    Field("name_column", _TEXT, "De kolom met de naam van het gebied.", None),
    Field("layout", Choice(Layout), "wide: elk cijfer een eigen kolom; long: elk cijfer een eigen rij.", Layout.WIDE),
    Field("period_column", _TEXT, "De kolom met het jaar.", None),
    Field("year", YEAR, "Het jaar van alle rijen, als er geen kolom met het jaar is.", None),
    Field("years_in_header", Flag(), "Of het jaar in de kolomnamen staat, zoals in 'inwoners 2019'.", False),
    Field("value_name", _TEXT, "De naam van het cijfer, als een kolomnaam alleen een jaar is.", None),
    Field("value_columns", ListOf(_TEXT), "De kolommen met cijfers; laat weg voor alle andere kolommen.", ()),
    Field("indicator_column", _TEXT, "Alleen bij long: de kolom die zegt welk cijfer het is.", None),
    Field("value_column", _TEXT, "Alleen bij long: de kolom met het cijfer.", None),
    Field("decimal", Choice(Decimal), "Het decimaalteken; het andere teken scheidt dan duizendtallen.", None),
    Field("missing", ListOf(_TEXT, at_least=0), "Eigen tekens voor 'geen cijfer', naast . en x en leeg.", ()),
    Field("sheet", _TEXT, "Alleen bij Excel: het werkblad.", None),
    Field("delimiter", Text(r"[\s\S]", "een enkel teken"), "Alleen bij CSV: het scheidingsteken.", None),
    Field("encoding", Choice(Encoding), "Alleen bij CSV: de codering van de letters.", None),
    Field("header_row", whole(1), "De eerste rij met kolomnamen; de bovenste rij is 1.", None),
    Field("header_rows", whole(1, 9), "Over hoeveel rijen de kolomnamen lopen.", 1),
)
"""The keys of a mapping, in the order in which people read them."""


def mapping_from(values: dict[str, Any]) -> TableMapping:
    """Make a mapping of values without faults.

    A tab as the delimiter is kept from the stripping of texts; where it was stripped already it is put back.
    """
    read = {field.key: field.default for field in MAPPING.fields} | {
        field.key: field.shape.read(values[field.key])
        for field in MAPPING.fields
        if values.get(field.key) is not None and field.key != "delimiter"
    }
    delimiter = values.get("delimiter")
    return TableMapping(**read | {"delimiter": "\t" if delimiter == "" else delimiter})


def mapping_faults(values: object, where: Where) -> tuple[Complaint, ...]:
    """Give every fault of the values of a mapping, also of those that do not go together."""
    return (*MAPPING.faults(values, where, {}), *(disagreements(values, where) if isinstance(values, dict) else ()))


def disagreements(values: dict[str, Any], where: Where) -> Iterator[Complaint]:
    """Give what does not go together in a mapping, whatever the shape of each key by itself."""
    is_long = values.get("layout") == Layout.LONG
    for key in ("indicator_column", "value_column"):
        if is_long and key not in values:
            yield where.at(key).complain('Deze sleutel ontbreekt: bij layout = "long" hoort een kolomnaam.')
        if not is_long and key in values:
            yield where.at(key).complain('Deze sleutel hoort alleen bij layout = "long".', values[key])
    if is_long and values.get("years_in_header"):
        yield where.at("years_in_header").complain('Bij layout = "long" staan er geen jaren in kolomnamen.')


def read_mapping(data: bytes, *, file: str) -> TableMapping:
    """Read the mapping file of a table; raises ``FaultsFound`` with all its faults."""
    try:
        values = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise FaultsFound((Where(file).complain(f"Dit is geen geldige TOML: {fault}."),)) from fault
    if faults := mapping_faults(values, Where(file)):
        raise FaultsFound(faults)
    return mapping_from(values)
