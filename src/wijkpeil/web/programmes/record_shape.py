"""What a field of a record is: what it is called and means, how it is written, and for whom it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from operator import attrgetter
from typing import Any, Protocol


class Audience(IntEnum):
    """Who gets a field; each gets those of the one before as well."""

    PUBLIC = 1
    PROGRAMME = 2
    AUDITOR = 3


class Form(Enum):
    """How a value is written."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    CENTS = "cents"
    LIST = "list"


class Around(Protocol):
    """What else may be known around a row: a key of another thing is told only to who may know of that thing."""

    def key(self, thing: Any) -> str | None:
        """Give the public name of another thing, or nothing where it may not be known."""
        ...

    def place_in(self, row: Any) -> int:
        """Give the how-manieth row of its thing this is, from 1."""
        ...


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field: its name outside, what it is called and means in Dutch, and how its value is found in a row."""

    name: str
    label: str
    meaning: str
    of: Callable[[Any, Around], Any]
    form: Form = Form.TEXT
    audience: Audience = Audience.PUBLIC
    codes: Mapping[str, str] = field(default_factory=dict)
    """The closed list of values with their words, where there is one."""


def told(
    name: str,
    label: str,
    meaning: str,
    of: str | Callable[[Any, Around], Any],
    form: Form = Form.TEXT,
    codes: Any = None,
    audience: Audience = Audience.PUBLIC,
) -> Field:
    """Make a row of the table of fields; ``of`` is where the value is found: an attribute, or what gives it."""
    found = _attribute(of) if isinstance(of, str) else of
    listed = {str(code): str(word) for code, word in codes.choices} if codes is not None else {}
    return Field(name=name, label=label, meaning=meaning, of=found, form=form, codes=listed, audience=audience)


def _attribute(path: str) -> Callable[[Any, Around], Any]:
    read = attrgetter(path)
    first = path.partition(".")[0]
    return lambda row, around: None if getattr(row, first) in (None, "") else read(row)


def names_of(path: str) -> Callable[[Any, Around], list[str]]:
    """Give the names of organisations, in the order of the alphabet."""
    return lambda row, around: sorted(one.name for one in getattr(row, path).all())


def key_of(path: str) -> Callable[[Any, Around], str | None]:
    """Give the public name of another thing, as far as it may be known."""
    return lambda row, around: around.key(getattr(row, path))
