"""An area is a code in a map year: the same code of another year may be another place."""

import re
from dataclasses import dataclass
from enum import StrEnum

COUNTRY_CODE = "NL00"
"""The Netherlands; ``VL00`` is Voorbeeldland, which does not exist."""

_PATTERNS = {
    "land": re.compile(r"^(NL0[01]|VL00)$"),
    "gemeente": re.compile(r"^GM\d{4}$"),
    "wijk": re.compile(r"^WK\d{4}[0-9A-Z]{2}$"),
    "buurt": re.compile(r"^BU\d{4}[0-9A-Z]{4}$"),
    "pc4": re.compile(r"^PC\d{4}$"),
}


class Level(StrEnum):
    """The kinds of area, from wide to narrow; the values are the Dutch words that readers see."""

    COUNTRY = "land"
    GROUP = "groep"
    GEMEENTE = "gemeente"
    PROGRAMME_AREA = "programmagebied"
    WIJK = "wijk"
    BUURT = "buurt"
    PC4 = "pc4"


@dataclass(frozen=True, kw_only=True, order=True)
class AreaCode:
    """A code together with the map year in which it names a place.

    ``code`` is written in full (``GM0599``, ``WK008050``, ``BU0363AB10``, ``PC3075``, ``NL00``), never as a
    number; ``vintage`` is the map year, for example 2020.
    """

    code: str
    vintage: int

    def __str__(self) -> str:
        """Say the code with its map year, as it stands in messages."""
        return f"{self.code} ({self.vintage})"


def canonical_code(raw: str) -> str:
    """Write an area code in full: without padding, in capitals.

    Raises ``ValueError`` with the code as found when it is no code of a country, gemeente, wijk, buurt or
    PC4 area. Codes without their prefix are not guessed here: a parser knows what level it reads and adds it.
    """
    code = raw.strip().upper()
    if any(pattern.match(code) for pattern in _PATTERNS.values()):
        return code
    raise ValueError(f"{raw!r} is no area code")


def level_of(code: str) -> Level:
    """Tell the level of a publisher's area code; raises ``ValueError`` for a code that has none."""
    for level, pattern in _PATTERNS.items():
        if pattern.match(code):
            return Level(level)
    raise ValueError(f"{code!r} is no area code")


def pattern_of(level: Level) -> str:
    """Give the form of a publisher's codes of a level as a regular expression, for a published schema."""
    return _PATTERNS[level].pattern


def gemeente_of(code: str) -> str | None:
    """Give the gemeente that the digits of a wijk or buurt code name, or ``None`` for the other levels."""
    return f"GM{code[2:6]}" if code[:2] in {"GM", "WK", "BU"} else None


def wijk_of(code: str) -> str | None:
    """Give the wijk that the digits of a buurt code name, or ``None`` for the other levels."""
    return f"WK{code[2:8]}" if code.startswith("BU") else None
