"""Which rows of a table are areas, and whether the table is the one that it is said to be."""

import re

import polars as pl

from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity
from wijkpeil.domain.source import Table
from wijkpeil.sources.parsed import AREA

AREA_PATTERN = r"^(NL0[01]|GM\d{4}|WK\d{4}[0-9A-Z]{2}|BU\d{4}[0-9A-Z]{4}|PC\d{4})$"
"""The codes of ``domain.area.canonical_code`` for whole columns at once."""

SHOWN = 5
"""So many rows of one kind are complained of by name; the others are counted."""

_YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
_RANGE = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)\s?(?:-|–|t/m|tot en met)\s?(19[5-9]\d|20[0-4]\d)(?!\d)")


def canonical(code: pl.Expr) -> pl.Expr:
    """Write codes in full: no padding, in capitals; what is no area code becomes null."""
    text = code.cast(pl.String).str.strip_chars().str.to_uppercase()
    return pl.when(text.str.contains(AREA_PATTERN)).then(text)


def only_areas(frame: pl.DataFrame, lines: pl.Series | None, code: str, *, file: str) -> "Recognised":
    """Keep the rows whose ``code`` is an area code, as ``area``, and complain of the others with their lines.

    Raises ``FaultsFound`` when no row has one: such a table cannot be joined to anything, and guessing areas
    from their names is no parser's work.
    """
    marked = frame.with_columns(canonical(pl.col(code)).alias(AREA))
    known = marked[AREA].is_not_null()
    if not known.any():
        raise FaultsFound((_no_codes(file, code, frame.height),))
    kept = marked.filter(known)
    unknown = marked.filter(~known)
    at = None if lines is None else lines.filter(~known)
    complaints = _unknown_codes(unknown[code].cast(pl.String), at, file=file, code=code)
    return Recognised(kept, None if lines is None else lines.filter(known), complaints)


class Recognised:
    """The rows that are areas (``frame``, with ``area``), their ``lines`` in the file, and the complaints."""

    def __init__(self, frame: pl.DataFrame, lines: pl.Series | None, complaints: tuple[Complaint, ...]) -> None:
        """Keep the three together."""
        self.frame = frame
        self.lines = lines
        self.complaints = complaints


def another_year(said: str | None, table: Table, *, file: str, place: str) -> tuple[Complaint, ...]:
    """Complain when what a table calls itself names years, and the year that it is declared to be is not among them.

    A range (``2003-2012``) holds all its years. A title without a year says nothing, and is no fault.
    """
    if table.year is None or said is None:
        return ()
    years = {int(year) for year in _YEAR.findall(said)}
    for first, last in _RANGE.findall(said):
        years |= set(range(int(first), int(last) + 1))
    if not years or table.year in years:
        return ()
    sentence = (
        f"Dit bestand gaat volgens zichzelf over {', '.join(map(str, sorted(years)))}, "
        f"maar het staat bij tabel {table.id} als cijfers over {table.year}."
    )
    return (Complaint(file=file, place=place, found=said.strip(), sentence=sentence),)


def no_column(file: str, names: str, found: list[str]) -> FaultsFound:
    """Say that the column with area codes (``names``: the names it may have) is not in the file."""
    sentence = f"De kolom met gebiedscodes ontbreekt; zij heet {names}."
    return FaultsFound((Complaint(file=file, place="kolomnamen", found=", ".join(found[:8]), sentence=sentence),))


def unreadable(file: str, sentence: str, found: str = "") -> FaultsFound:
    """Say that the file as a whole is not of the form that it is declared to have."""
    return FaultsFound((Complaint(file=file, place="", found=found, sentence=sentence),))


def _no_codes(file: str, code: str, rows: int) -> Complaint:
    """Word the complaint about a table without any area code."""
    sentence = (
        f"Geen enkele van de {rows} rijen heeft een gebiedscode (zoals GM0363, WK036300 of BU03630000); "
        "namen alleen zijn niet genoeg, want dezelfde naam komt vaker voor."
    )
    return Complaint(file=file, place=f"kolom {code}", found="", sentence=sentence)


def _unknown_codes(codes: pl.Series, lines: pl.Series | None, *, file: str, code: str) -> tuple[Complaint, ...]:
    """Word one complaint per row without an area code, and one that counts the rest."""
    sentence = "Dit is geen gebiedscode (zoals GM0363, WK036300 of BU03630000); de rij is weggelaten."
    shown = [
        Complaint(
            file=file,
            place=f"kolom {code}" if lines is None else f"rij {lines[place]}, kolom {code}",
            found=found or "",
            sentence=sentence,
            severity=Severity.WARNING,
        )
        for place, found in enumerate(codes.head(SHOWN))
    ]
    if codes.len() > SHOWN:
        more = f"Nog {codes.len() - SHOWN} andere rijen zonder gebiedscode zijn weggelaten."
        shown.append(Complaint(file=file, place=f"kolom {code}", found="", sentence=more, severity=Severity.WARNING))
    return tuple(shown)
