"""Writes things and what is said of them as Turtle."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


@dataclass(frozen=True)
class Iri:
    """A thing by its address."""

    address: str

    def __str__(self) -> str:
        """Write it between brackets; what an address cannot hold is written as its code."""
        return "<" + "".join(c if c > " " and c not in '<>"{}|^`\\' else f"%{ord(c):02X}" for c in self.address) + ">"


@dataclass(frozen=True)
class Text:
    """A text in a language, or in none."""

    said: str
    language: str = ""

    def __str__(self) -> str:
        """Write it between quotes."""
        return f'"{self.said.translate(_ESCAPED)}"' + (f"@{self.language}" if self.language else "")


Value = Iri | Text | date | str
"""What may be said of a thing; a ``str`` is a short name such as ``dcat:Dataset``."""
Said = Mapping[str, Value | Iterable[Value]]


def turtle(things: Iterable[tuple[Iri, Said]]) -> str:
    """Write things in the order in which they come; what is said of a thing twice stands once."""
    head = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    return head + "".join(f"\n{thing}\n{_lines(said)} .\n" for thing, said in dict(things).items())


def _lines(said: Said) -> str:
    lines = []
    for name, value in said.items():
        values = [value] if isinstance(value, Iri | Text | date | str) else list(value)
        if values:
            lines.append(f"    {name} {', '.join(dict.fromkeys(_value(one) for one in values))}")
    return " ;\n".join(lines)


def _value(value: Value) -> str:
    return f'"{value.isoformat()}"^^xsd:date' if isinstance(value, date) else str(value)
