"""A column may mean another thing than it says: a share above its bound, or a jump no neighbourhood makes."""

from collections.abc import Sequence
from itertools import pairwise

import polars as pl

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.sources.cells import read_cells
from wijkpeil.sources.parsed import KEYS

JUMP = 20.0
"""A typical value that becomes so many times larger or smaller is another thing: a share, a per cent, a count."""

FEWEST = 5
"""With fewer areas in a year there is no typical value."""

_SHOWN = 5


def changed_meaning(frame: pl.DataFrame, *, file: str) -> tuple[Complaint, ...]:
    """Warn of a column whose typical (median) value jumps by a factor of 20 between two years.

    So it goes when a publisher turns percentages into counts, or fractions into percentages, under the same name.
    A jump in reality is far smaller; a true one is only warned of, and read all the same.
    """
    columns = [name for name in frame.columns if name not in KEYS]
    years = frame["period"].unique().sort()
    if years.len() < 2 or not columns:
        return ()
    values = read_cells(frame, columns).values.with_columns(frame["period"])
    medians = values.group_by("period").agg(_median(name) for name in columns).sort("period")
    return tuple(complaint for name in columns for complaint in _jumps(medians, name, file))


def shares_out_of_bounds(
    frame: pl.DataFrame, columns: Sequence[str], lines: pl.Series, *, file: str
) -> tuple[Complaint, ...]:
    """Complain of every percentage over 100 or below 0 in ``columns``, which are said to be percentages.

    A column in which nothing is over 1 is mostly one of fractions, and is warned of.
    """
    values = read_cells(frame, columns).values
    complaints: list[Complaint] = []
    for name in columns:
        complaints.extend(_out_of_bounds(values[name], frame["area"], lines, file))
        if _looks_like_fractions(values[name]):
            complaints.append(_fractions(name, file))
    return tuple(complaints)


def _median(name: str) -> pl.Expr:
    enough = pl.col(name).is_not_null().sum() >= FEWEST
    return pl.when(enough).then(pl.col(name).abs().median()).alias(name)


def _jumps(medians: pl.DataFrame, name: str, file: str) -> list[Complaint]:
    known = medians.select("period", name).filter(pl.col(name) > 0).rows()
    found = []
    for (before, low), (after, high) in pairwise(known):
        if max(low, high) / min(low, high) >= JUMP:
            sentence = (
                f"Deze kolom betekent in {after} waarschijnlijk iets anders dan in {before}: de middelste waarde gaat "
                f"van {_number(low)} naar {_number(high)}. Controleer of het aantallen, percentages of aandelen zijn."
            )
            place, severity = f"kolom {name}", Severity.WARNING
            found.append(Complaint(file=file, place=place, found="", sentence=sentence, severity=severity))
    return found


def _out_of_bounds(values: pl.Series, areas: pl.Series, lines: pl.Series, file: str) -> list[Complaint]:
    wrong = pl.DataFrame({"value": values, "area": areas, "line": lines}).filter(
        (pl.col("value") > 100) | (pl.col("value") < 0)
    )
    complaints = [
        Complaint(
            file=file,
            place=f"rij {line}, kolom {values.name}",
            found=f"{_number(value)} ({area})",
            sentence="Een percentage ligt tussen 0 en 100.",
        )
        for value, area, line in wrong.head(_SHOWN).iter_rows()
    ]
    if wrong.height > _SHOWN:
        sentence = f"Nog {wrong.height - _SHOWN} andere percentages liggen niet tussen 0 en 100."
        complaints.append(Complaint(file=file, place=f"kolom {values.name}", found="", sentence=sentence))
    return complaints


def _looks_like_fractions(values: pl.Series) -> bool:
    known = values.drop_nulls()
    return known.len() >= FEWEST and bool((known <= 1).all()) and bool((known % 1 != 0).any())


def _fractions(name: str, file: str) -> Complaint:
    sentence = (
        "Deze kolom heet een percentage, maar geen enkel cijfer is groter dan 1: waarschijnlijk zijn het aandelen."
    )
    return Complaint(file=file, place=f"kolom {name}", found="", sentence=sentence, severity=Severity.WARNING)


def _number(value: float) -> str:
    return f"{value:.6g}".replace(".", ",")
