"""What a table, a list or a series of years may hold, made of the shapes of what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wijkpeil.catalogue.complaints import Where, suggestion
from wijkpeil.catalogue.values import YEAR, JsonSchema, Known, Shape
from wijkpeil.domain.complaint import Complaint

_REQUIRED = object()


@dataclass(frozen=True)
class Field:
    """One key of a table: its shape, what it means in Dutch, and what holds where it is left out.

    Without a ``default`` the key must be there.
    """

    key: str
    shape: Shape
    meaning: str
    default: Any = _REQUIRED

    @property
    def is_required(self) -> bool:
        """Whether the key must be there."""
        return self.default is _REQUIRED


class Table(Shape):
    """A table with these keys and no others."""

    def __init__(self, *fields: Field) -> None:
        """Take the keys in the order in which people read them."""
        self.fields = fields
        self._keys = [field.key for field in fields]

    @property
    def allowed(self) -> str:
        """Name the keys that must be there."""
        required = [field.key for field in self.fields if field.is_required]
        return f"een tabel met {', '.join(required or self._keys)}"

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of missing keys, unknown keys and of whatever is wrong behind each key."""
        if not isinstance(value, dict):
            yield where.complain(f"Hier hoort {self.allowed}.", value)
            return
        for field in self.fields:
            if field.key in value:
                yield from field.shape.faults(value[field.key], where.at(field.key), known)
            elif field.is_required:
                yield where.at(field.key).complain(f"Deze sleutel ontbreekt: hier hoort {field.shape.allowed}.")
        for key in (key for key in value if key not in self._keys):
            near = suggestion(key, self._keys)
            sentence = f"Deze sleutel is onbekend.{near} Hier mag staan: {', '.join(self._keys)}."
            yield where.at(key).complain(sentence, value[key])

    def read(self, value: Any) -> Any:
        """Give every key, with the default of those that are left out."""
        return {
            field.key: field.shape.read(value[field.key]) if field.key in value else field.default
            for field in self.fields
        }

    def schema(self) -> JsonSchema:
        """Describe as an object without other keys."""
        return {
            "type": "object",
            "properties": {field.key: {"description": field.meaning} | field.shape.schema() for field in self.fields},
            "required": [field.key for field in self.fields if field.is_required],
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class ListOf(Shape):
    """A list of things of one shape; with ``or_one`` a single table stands for a list of one."""

    item: Shape
    at_least: int = 1
    or_one: bool = False

    @property
    def allowed(self) -> str:
        """Say what stands in it."""
        return f"een lijst met {self.item.allowed}"

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of what is no list, of too short a list, of what stands in it twice, and of every item."""
        if self.or_one and isinstance(value, dict):
            yield from self.item.faults(value, where, known)
            return
        if not isinstance(value, list):
            yield where.complain(f"Hier hoort {self.allowed}.", value)
            return
        if len(value) < self.at_least:
            yield where.complain(f"Deze lijst is te kort: hier hoort {self.allowed}.", value)
        for index, item in enumerate(value):
            yield from self.item.faults(item, where.nth(index), known)
            if not isinstance(item, dict) and item in value[:index]:
                yield where.nth(index).complain("Dit staat twee keer in de lijst.", item)

    def read(self, value: Any) -> Any:
        """Give the items as a tuple."""
        return tuple(self.item.read(item) for item in ([value] if isinstance(value, dict) else value))

    def schema(self) -> JsonSchema:
        """Describe as an array."""
        array: JsonSchema = {"type": "array", "items": self.item.schema(), "minItems": self.at_least}
        if not isinstance(self.item, Table):
            array["uniqueItems"] = True
        return {"oneOf": [self.item.schema(), array]} if self.or_one else array


@dataclass(frozen=True)
class ByYear(Shape):
    """A table with years as keys; a bare text stands for a table with only that text, at the key ``short``."""

    item: Table
    short: str

    @property
    def allowed(self) -> str:
        """Give an example."""
        return 'een tabel van jaar naar kolom, zoals { 2016 = "Kolom_1" }'

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of what is no table, of keys that are no years and of what stands behind them."""
        if not isinstance(value, dict) or not value:
            yield where.complain(f"Hier hoort {self.allowed}.", value)
            return
        for key, item in value.items():
            if not (key.isdecimal() and YEAR.fits(int(key))):
                yield where.at(key).complain("De sleutel is geen jaar: hier hoort een jaar, zoals 2016.", key)
            yield from self.item.faults(self._in_full(item), where.at(key), known)

    def _in_full(self, item: Any) -> Any:
        return {self.short: item} if isinstance(item, str) else item

    def read(self, value: Any) -> Any:
        """Give a dictionary from whole years to tables in full."""
        return {int(year): self.item.read(self._in_full(item)) for year, item in value.items()}

    def schema(self) -> JsonSchema:
        """Describe as an object with years as keys."""
        item = self.item.schema()
        return {
            "type": "object",
            "patternProperties": {r"^\d{4}$": {"oneOf": [item["properties"][self.short], item]}},
            "minProperties": 1,
            "additionalProperties": False,
        }


@dataclass(frozen=True)
class ByName(Shape):
    """A table with names of one kind as keys, and behind each of them the same sort of value."""

    name: Shape
    item: Shape

    @property
    def allowed(self) -> str:
        """Say what stands before and behind each ``=``."""
        return f"een tabel met als sleutel {self.name.allowed} en daarachter {self.item.allowed}"

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of what is no table, of unknown names and of what stands behind them."""
        if not isinstance(value, dict):
            yield where.complain(f"Hier hoort {self.allowed}.", value)
            return
        for key, item in value.items():
            yield from self.name.faults(key, where.at(key), known)
            yield from self.item.faults(item, where.at(key), known)

    def read(self, value: Any) -> Any:
        """Give a dictionary."""
        return {self.name.read(key): self.item.read(item) for key, item in value.items()}

    def schema(self) -> JsonSchema:
        """Describe as an object with any such name as key."""
        return {"type": "object", "propertyNames": self.name.schema(), "additionalProperties": self.item.schema()}
