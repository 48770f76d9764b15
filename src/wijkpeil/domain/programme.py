"""A programme: its neighbourhoods by area codes and dates, its baseline, and how sure each of them is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property


class Certainty(StrEnum):
    """How sure it is that these codes are the programme's neighbourhood."""

    OFFICIAL = "official"
    NAME_MATCH = "name_match"
    WIDER = "wider"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two sources that disagree about a neighbourhood, and what was decided."""

    about: str
    sources: tuple[str, ...]
    decision: str


@dataclass(frozen=True, kw_only=True)
class Neighbourhood:
    """A neighbourhood of a programme, composed of publisher's areas of one map year.

    ``id`` is unique in the programme and is the last part of ``code``. ``parts`` are codes of wijken, buurten
    or PC4 areas in the map year of the programme; ``pc4`` are the postcode areas it is known by (a list for
    looking up, not parts). ``end`` is the day it left, or ``None``.
    """

    id: str
    name: str
    gemeente: str
    parts: tuple[str, ...]
    certainty: Certainty
    start: date
    end: date | None = None
    wave: str | None = None
    pc4: tuple[str, ...] = ()
    note: str = ""
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A file of ``beleid/programmas``; ``id`` is the file name.

    ``baseline`` is the date of the zero measurement; a period within ``baseline_window`` years of it may serve
    as the baseline of an indicator. ``vintage`` is the map year of all part codes. ``selected_on`` names the
    figures by which the neighbourhoods were chosen, each with its year: ``bijstand@2006``.
    """

    id: str
    label: str
    label_en: str
    start: date
    end: date | None
    baseline: date
    baseline_window: int
    vintage: int
    note: str
    neighbourhoods: tuple[Neighbourhood, ...]
    selected_on: tuple[str, ...] = ()

    def code_of(self, neighbourhood: Neighbourhood) -> str:
        """Give the area code of a neighbourhood of this programme: ``<programme>.<neighbourhood>``."""
        return f"{self.id}.{neighbourhood.id}"

    @cached_property
    def looked_at(self) -> dict[str, frozenset[int]]:
        """The years in which each indicator was looked at when the neighbourhoods were chosen, by indicator."""
        years: dict[str, set[int]] = {}
        for figure in self.selected_on:
            indicator, _, year = figure.partition("@")
            years.setdefault(indicator, set()).add(int(year))
        return {indicator: frozenset(found) for indicator, found in years.items()}
