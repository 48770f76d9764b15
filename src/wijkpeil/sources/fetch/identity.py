"""Whether a table is the one that the policy means: its name, its title, its year, and the columns that are read."""

import itertools
import re
from collections.abc import Iterable

from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.indicator import Column
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.fetch.address import bare, values_of
from wijkpeil.sources.fetch.dialect import Card

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def wrong_table(card: Card, *, source: Source, table: Table, place: str) -> tuple[Complaint, ...]:
    """Say why a table is not the one of the policy; an empty answer means that it is.

    The name in its address, its title and its year are held against what it says of itself. A year may stand
    in the title or in the period that the table names, also as part of a range ("2010 t/m 2018").
    """
    faults: list[tuple[str, str, str]] = []
    named = _name_in(place)
    if _plain(card.identifier) != _plain(named):
        faults.append(("address", card.identifier, f"Dit is een andere tabel dan {named}."))
    if table.title is not None and card.title is not None and _plain(card.title) != _plain(table.title):
        faults.append(("title", card.title, f"De tabel heet anders dan beleid/bronnen zegt ('{table.title}')."))
    said = f"{card.title or ''} {card.coverage}"
    year = _year_to_check(table)
    if year is not None and not is_about(year, said):
        faults.append(("year", said.strip(), f"Deze tabel gaat niet over {year}."))
    advice = " Er is niets van bewaard; kijk of het nummer en de titel in beleid/bronnen kloppen."
    return tuple(
        Complaint(file=f"{source.id}/{table.id}", place=key, found=found, sentence=sentence + advice)
        for key, found, sentence in faults
    )


def is_about(year: int, text: str) -> bool:
    """Tell whether a text names a year, or a range of years ("2010 december - 2019 december") that holds it."""
    years = [(int(match.group()), match.start(), match.end()) for match in _YEAR.finditer(text)]
    if any(named == year for named, _, _ in years):
        return True
    return any(
        first < year < last and re.fullmatch(r"\W*\w*\W*(-|–|t/m|tot en met|tot)\s*", text[end:start])
        for (first, _, end), (last, start, _) in itertools.pairwise(years)
    )


def wanted_columns(policy: Policy, source: Source, table: Table) -> dict[str, tuple[str, ...]]:
    """Give the columns that the policy reads from a table, each with the indicators (or keys) that need it."""
    wanted: dict[str, list[str]] = {}
    for indicator in policy.indicators:
        for columns in indicator.sources:
            if columns.source != source.id:
                continue
            for period, column in columns.columns.items():
                if table.year in {None, period}:
                    for name in _names(column):
                        wanted.setdefault(name, []).append(indicator.id)
    for key, name in table.code_list.items():
        wanted.setdefault(name, []).append(f"code_list.{key}")
    return {name: tuple(dict.fromkeys(users)) for name, users in wanted.items()}


def _year_to_check(table: Table) -> int | None:
    """Give the year that a table must name: of its figures, or of its map; a known title of several years will do."""
    if table.year is not None:
        return table.year
    return table.vintage if table.title is None else None


def _names(column: Column) -> Iterable[str]:
    """Give the columns that one period of an indicator reads."""
    return (name for name in (column.name, column.base, column.error) if name is not None)


def _name_in(place: str) -> str:
    """Take the table's own name out of its address: its last part, or the layer of a WFS."""
    layer = values_of(place).get("typenames")
    return layer.rpartition(":")[2] if layer else bare(place).rpartition("/")[2]


def _plain(text: str) -> str:
    """Write a name without capitals and doubled spaces."""
    return " ".join(text.split()).casefold()
