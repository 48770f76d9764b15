"""How words, numbers and dates are written in Dutch and in English.

Dutch is the language in which everything is written; English comes from the catalogue beside this file. The
catalogue is part of the room, like its templates, so reading it once is no input of the project's own.
"""

import gettext
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Protocol

CODES = ("nl", "en")
MINUS = "\N{MINUS SIGN}"
_DUTCH_MARKS = str.maketrans(",.", ".,")
NO_BREAK = "\N{NO-BREAK SPACE}"


def mark(text: str) -> str:
    """Mark a sentence for the catalogue where it is written, to be said later with ``Language.say``."""
    return text


class Labelled(Protocol):
    """A thing of the policy files that has a Dutch and an English label."""

    @property
    def label(self) -> str:
        """The label in Dutch."""
        ...

    @property
    def label_en(self) -> str:
        """The label in English."""
        ...


@dataclass(frozen=True, kw_only=True)
class Language:
    """One of the two languages, handed down to everything that writes.

    It is an argument and never a setting of the process, so that one program can write both.
    """

    code: str
    catalogue: gettext.NullTranslations

    def say(self, text: str, /, **parts: object) -> str:
        """Say a Dutch text in this language, with its named parts filled in."""
        return self.catalogue.gettext(text).format(**parts)

    def say_count(self, one: str, many: str, count: int, /, **parts: object) -> str:
        """Say a text that has a singular and a plural; ``{count}`` is the number as readers write it."""
        return self.catalogue.ngettext(one, many, count).format(count=self.whole(count), **parts)

    def label(self, thing: Labelled) -> str:
        """Give the label of an indicator, theme, base, group or programme in this language."""
        return thing.label if self.code == "nl" else thing.label_en or thing.label

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with a fixed number of decimals and its thousands apart.

        A number that rounds to zero is written without a sign. It is written here and not by a library: a page has
        a thousand numbers.
        """
        written = f"{round(value, decimals) + 0.0:,.{max(decimals, 0)}f}".replace("-", MINUS)
        return written.translate(_DUTCH_MARKS) if self.code == "nl" else written

    def whole(self, value: float) -> str:
        """Write a whole number."""
        return self.number(value, 0)

    def day(self, day: date) -> str:
        """Write a date in words: 1 januari 2016."""
        from babel.dates import format_date

        return format_date(day, format="d MMMM y", locale=self._locale)

    def short_day(self, day: date) -> str:
        """Write a date in as little room as a table has: 1 jan 2016."""
        from babel.dates import format_date

        return format_date(day, format="d MMM y", locale=self._locale).replace(".", "")

    def series(self, things: Iterable[str]) -> str:
        """Write a list as one reads it aloud: a, b en c."""
        listed = list(things)
        if len(listed) < 2:
            return "".join(listed)
        return self.say("{first} en {last}", first=", ".join(listed[:-1]), last=listed[-1])

    @property
    def _locale(self) -> str:
        return "nl_NL" if self.code == "nl" else "en_GB"


@lru_cache(maxsize=len(CODES))
def language(code: str) -> Language:
    """Give the language of a code, ``nl`` or ``en``; raises ``ValueError`` for another."""
    if code not in CODES:
        raise ValueError(f"{code!r} is not one of {CODES}")
    if code == "nl":
        return Language(code=code, catalogue=gettext.NullTranslations())
    with files(__package__).joinpath("locale", code, "LC_MESSAGES", "wijkpeil.mo").open("rb") as packaged:
        return Language(code=code, catalogue=gettext.GNUTranslations(packaged))
