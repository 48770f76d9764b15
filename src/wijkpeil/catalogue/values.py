"""What a single value may be: each kind checks it, reads it for the domain and describes itself as JSON Schema."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from wijkpeil.catalogue.complaints import Where, listing, suggestion
from wijkpeil.domain.area import Level, canonical_code, level_of, pattern_of
from wijkpeil.domain.complaint import Complaint

JsonSchema = dict[str, Any]
Known = Mapping[str, Collection[str]]
"""The ids that a folder knows, by kind of thing (``theme``, ``indicator``, ...)."""


class Shape:
    """What may stand at a key; a kind of value says in Dutch what is ``allowed`` and in code what ``fits``."""

    @property
    def allowed(self) -> str:
        """Say what is allowed, to follow "Hier hoort"."""
        raise NotImplementedError

    def fits(self, value: Any) -> bool:
        """Whether a value, as TOML holds it, is allowed."""
        raise NotImplementedError

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Give every fault of a value."""
        if not self.fits(value):
            yield where.complain(f"Hier hoort {self.allowed}.", value)

    def read(self, value: Any) -> Any:
        """Give a value without faults as the domain wants it."""
        return value

    def schema(self) -> JsonSchema:
        """Describe the shape as JSON Schema."""
        raise NotImplementedError


@dataclass(frozen=True)
class Text(Shape):
    """A text; ``pattern`` narrows it and ``hint`` says the pattern in Dutch."""

    pattern: str = r"[\s\S]*\S[\s\S]*"
    hint: str = "tekst tussen aanhalingstekens"

    @property
    def allowed(self) -> str:
        """Say the pattern in words."""
        return self.hint

    def fits(self, value: Any) -> bool:
        """Whether it is a text of this pattern; not blank, unless the pattern says so."""
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None

    def read(self, value: Any) -> Any:
        """Take off the white space around a text over several lines."""
        return value.strip()

    def schema(self) -> JsonSchema:
        """Describe as a string."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


NOTE = Text(r"[\s\S]*", "tekst tussen aanhalingstekens (leeg mag)")
"""A text that may be empty."""


@dataclass(frozen=True)
class Number(Shape):
    """A number within bounds; ``above`` is excluded, ``low`` and ``high`` are included."""

    low: float | None = None
    high: float | None = None
    above: float | None = None
    is_whole: bool = False

    @property
    def allowed(self) -> str:
        """Say the bounds."""
        bounds = {"groter dan": self.above, "van": self.low, "tot en met": self.high}
        said = [f"{word} {bound}" for word, bound in bounds.items() if bound is not None]
        open_ended = ["of meer"] if self.low is not None and self.high is None else []
        return " ".join(["een heel getal" if self.is_whole else "een getal", *said, *open_ended])

    def fits(self, value: Any) -> bool:
        """Whether it is a number within the bounds; nan and inf are none."""
        if isinstance(value, bool) or not isinstance(value, int if self.is_whole else int | float):
            return False
        return (
            abs(value) < float("inf")
            and (self.low is None or value >= self.low)
            and (self.high is None or value <= self.high)
            and (self.above is None or value > self.above)
        )

    def read(self, value: Any) -> Any:
        """Take a whole number as a number where any number may stand."""
        return value if self.is_whole else float(value)

    def schema(self) -> JsonSchema:
        """Describe as a number with bounds."""
        bounds = {"minimum": self.low, "maximum": self.high, "exclusiveMinimum": self.above}
        kind = {"type": "integer" if self.is_whole else "number"}
        return kind | {key: bound for key, bound in bounds.items() if bound is not None}


def whole(low: int, high: int | None = None) -> Number:
    """Make the shape of a whole number of ``low`` to ``high``, both included."""
    return Number(low=low, high=high, is_whole=True)


YEAR = whole(1900, 2100)


@dataclass(frozen=True)
class Flag(Shape):
    """Yes or no."""

    allowed = "true of false, zonder aanhalingstekens"

    def fits(self, value: Any) -> bool:
        """Whether it is true or false."""
        return isinstance(value, bool)

    def schema(self) -> JsonSchema:
        """Describe as a boolean."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Day(Shape):
    """A date without a time of day."""

    allowed = "een datum zonder aanhalingstekens, zoals 2027-11-01"

    def fits(self, value: Any) -> bool:
        """Whether it is a date and no more than that."""
        return isinstance(value, date) and not isinstance(value, datetime)

    def schema(self) -> JsonSchema:
        """Describe as a date in its written form."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class Choice(Shape):
    """One of a closed list of words."""

    words: type[StrEnum]

    @property
    def allowed(self) -> str:
        """Sum up the words."""
        return f"een van deze woorden: {', '.join(self.words)}"

    def fits(self, value: Any) -> bool:
        """Whether it is one of the words."""
        return isinstance(value, str) and value in list(self.words)

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of another word, with the one that is near."""
        if not self.fits(value):
            yield where.complain(f"Hier hoort {self.allowed}.{suggestion(value, self.words)}", value)

    def read(self, value: Any) -> Any:
        """Give the member of the enumeration."""
        return self.words(value)

    def schema(self) -> JsonSchema:
        """Describe as an enumeration."""
        return {"enum": [str(word) for word in self.words]}


@dataclass(frozen=True)
class Reference(Shape):
    """The id of something that stands elsewhere in the folder; ``name`` is what it is called in Dutch."""

    kind: str
    name: str

    @property
    def allowed(self) -> str:
        """Say to what it refers."""
        return f"de id van een {self.name}"

    def fits(self, value: Any) -> bool:
        """Whether it can be an id at all."""
        return isinstance(value, str) and bool(value)

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of an id that nothing has, with the one that is near and those that exist, where they are known."""
        ids = known.get(self.kind)
        if not self.fits(value):
            yield where.complain(f"Hier hoort {self.allowed}.", value)
        elif ids is not None and value not in ids:
            near = suggestion(value, ids)
            yield where.complain(f"Er is geen {self.name} met deze id.{near} Bekend: {listing(ids)}.", value)

    def schema(self) -> JsonSchema:
        """Describe as a string: a schema knows no other files."""
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True)
class ReferenceInYear(Reference):
    """The id of something with the year of its figure behind it: ``bijstand@2006``."""

    @property
    def allowed(self) -> str:
        """Say to what it refers and how the year is written."""
        return f"de id van een {self.name} met het jaar erachter, zoals inwoners@2006"

    def fits(self, value: Any) -> bool:
        """Whether it is an id and a year."""
        return isinstance(value, str) and re.fullmatch(r"[^@]+@\d{4}", value) is not None

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of a missing year, and of an id that nothing has."""
        if self.fits(value):
            yield from Reference(self.kind, self.name).faults(value.partition("@")[0], where, known)
        else:
            yield where.complain(f"Hier hoort {self.allowed}.", value)

    def schema(self) -> JsonSchema:
        """Describe as a string of an id and a year."""
        return {"type": "string", "pattern": "^[^@]+@\\d{4}$"}


_EXAMPLES = {
    Level.COUNTRY: "NL00",
    Level.GEMEENTE: "GM0363",
    Level.WIJK: "WK036339",
    Level.BUURT: "BU0363AB10",
    Level.PC4: "PC1061",
}


@dataclass(frozen=True)
class AreaCode(Shape):
    """An area code in full, of one of the levels; never a number."""

    levels: tuple[Level, ...]

    @property
    def allowed(self) -> str:
        """Give an example of each level."""
        forms = " of ".join(f'"{_EXAMPLES[level]}" ({level})' for level in self.levels)
        return f"een gebiedscode met voorvoegsel, tussen aanhalingstekens, zoals {forms}"

    def faults(self, value: Any, where: Where, known: Known) -> Iterator[Complaint]:
        """Complain of numbers, of codes without their prefix and of codes of another level."""
        if not isinstance(value, str):
            yield where.complain(f"Een gebiedscode is tekst en nooit een getal: hier hoort {self.allowed}.", value)
            return
        near = self._meant(value)
        if not near or near != value:
            meant = f" Bedoelde je {near}?" if near else ""
            yield where.complain(f"Dit is geen gebiedscode: hier hoort {self.allowed}.{meant}", value)
        elif (level := level_of(value)) not in self.levels:
            yield where.complain(f"Dit is de code van een {level}: hier hoort {self.allowed}.", value)

    def _meant(self, value: str) -> str:
        """Give the code in full that a text is, or would be with a prefix of one of the levels; else nothing."""
        for prefix in ("", *(_EXAMPLES[level][:2] for level in self.levels)):
            try:
                return canonical_code(prefix + value.strip())
            except ValueError:
                continue
        return ""

    def schema(self) -> JsonSchema:
        """Describe as a string with the form of its levels."""
        return {"type": "string", "pattern": "|".join(pattern_of(level) for level in self.levels)}
