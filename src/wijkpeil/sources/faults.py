"""What is wrong in a table, said so that its owner can find the place and mend it."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import polars as pl

from wijkpeil.domain.complaint import Complaint
from wijkpeil.sources.parsed import ParsedTable

SHOWN = 5
"""So many places of one fault in one column are named; the others are counted."""

_SENTENCES = {
    "date": "Hier staat een datum waar een getal hoort; een rekenblad heeft het getal veranderd.",
    "ambiguous": (
        "Dit getal kan twee dingen zijn (duizendtallen of decimalen) en geen ander getal in de kolom geeft "
        "uitsluitsel; schrijf duizendtallen zonder punt of komma."
    ),
    "unreadable": "Dit is geen getal en geen bekend teken voor een ontbrekend getal (een punt, een x of leeg).",
    "share": "Een aandeel ligt tussen 0 en 100 procent; deze cel is weggelaten.",
    "negative": "Een aantal kan niet kleiner dan nul zijn; deze cel is weggelaten.",
}


class Rows:
    """The rows of a table as a reader finds them: the line in the file and the area."""

    def __init__(self, parsed: ParsedTable, areas: pl.Series, lines: pl.Series | None) -> None:
        """Keep the areas and the lines of the rows that are being read."""
        self.parsed = parsed
        self._areas = areas
        self._lines = lines

    def place(self, row: int, column: str) -> str:
        """Say where a cell stands."""
        line = "" if self._lines is None else f"rij {self._lines[row]}, "
        return f"{line}{self._areas[row]}, kolom {column}"

    def complaints(self, fault: str, column: str, cells: Sequence[tuple[int, str]]) -> tuple[Complaint, ...]:
        """Complain of cells (row, what stands there) of one column: the first by name, the others by number."""
        file, sentence = self.parsed.file, _SENTENCES[fault]
        named = [
            Complaint(file=file, place=self.place(row, column), found=found, sentence=sentence)
            for row, found in cells[:SHOWN]
        ]
        if len(cells) > SHOWN:
            more = f"Hetzelfde geldt voor nog {len(cells) - SHOWN} cellen in deze kolom."
            named.append(Complaint(file=file, place=f"kolom {column}", found="", sentence=more))
        return tuple(named)

    def unreadable(self, faults: pl.DataFrame) -> tuple[Complaint, ...]:
        """Complain of the cells that ``read_cells`` could not read."""
        return tuple(
            complaint
            for (column, fault), cells in faults.partition_by("column", "fault", as_dict=True).items()
            for complaint in self.complaints(str(fault), str(column), cells.select("row", "found").rows())
        )


def absent_column(parsed: ParsedTable, name: str, indicators: Iterable[str]) -> Complaint:
    """Complain that a column which the policy files name is not in the file, and name those that look like it."""
    near = get_close_matches(name, parsed.columns, n=3, cutoff=0.6)
    hint = f" Lijkt op: {', '.join(near)}." if near else ""
    sentence = f"De kolom '{name}' ontbreekt, en daarmee {', '.join(sorted(set(indicators)))}.{hint}"
    return Complaint(file=parsed.file, place="kolomnamen", found="", sentence=sentence)


def changed_to_counts(parsed: ParsedTable, column: str, part: float, example: float) -> Complaint:
    """Complain that a column of percentages holds numbers that are none, so that all of it is left out."""
    sentence = (
        f"Deze kolom hoort percentages te geven, maar {part:.0%} van de getallen is groter dan 100 of kleiner dan 0: "
        "zij betekent iets anders dan in de beleidsbestanden staat, en is helemaal weggelaten."
    )
    return Complaint(file=parsed.file, place=f"kolom {column}", found=f"{example:g}", sentence=sentence)


def unknown_areas(parsed: ParsedTable, areas: Sequence[str]) -> tuple[Complaint, ...]:
    """Complain of codes that do not exist in the map year of the table."""
    sentence = f"Deze gebiedscode bestaat niet in de indeling van {parsed.vintage}."
    named = [
        Complaint(file=parsed.file, place=f"gebied {area}", found=area, sentence=sentence) for area in areas[:SHOWN]
    ]
    if len(areas) > SHOWN:
        more = f"Hetzelfde geldt voor nog {len(areas) - SHOWN} gebieden."
        named.append(Complaint(file=parsed.file, place="", found="", sentence=more))
    return tuple(named)
