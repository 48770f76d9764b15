"""What is odd about a release: columns with another name, columns still empty, records that are missing."""

import difflib
from collections.abc import Callable, Iterable, Mapping

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.fetch.dialect import Card, Record

NO_VALUE = frozenset({"", "."})
"""What a text column holds where there is nothing."""


def changed_columns(
    wanted: Mapping[str, tuple[str, ...]], there: frozenset[str], *, source: Source, table: Table
) -> tuple[Complaint, ...]:
    """Say of each wanted column that the table no longer has which indicators miss it, and what it may be now."""
    complaints = []
    for name, users in wanted.items():
        if name in there:
            continue
        near = _nearest(name, there)
        hint = f" Misschien heet de kolom nu '{near}'." if near else ""
        complaints.append(
            Complaint(
                file=f"{source.id}/{table.id}",
                place=f"kolom {name}",
                found="",
                sentence=f"Deze kolom staat niet in de tabel; nodig voor {', '.join(users)}.{hint}",
                severity=Severity.WARNING,
            )
        )
    return tuple(complaints)


def empty_columns(
    wanted: Mapping[str, tuple[str, ...]],
    records: Iterable[Record],
    values: Callable[[Record], Mapping[str, object]],
    *,
    source: Source,
    table: Table,
) -> tuple[Complaint, ...]:
    """Say in one complaint which wanted columns have no value anywhere: an early release is filled bit by bit.

    ``wanted`` holds only columns that the table has.
    """
    empty = set(wanted)
    for record in records:
        if not empty:
            return ()
        empty -= {name for name, value in values(record).items() if name in empty and _has_value(value)}
    if not empty:
        return ()
    users = sorted({user for name in empty for user in wanted[name]})
    return (
        Complaint(
            file=f"{source.id}/{table.id}",
            place=f"kolom {', '.join(sorted(empty))}",
            found="",
            sentence=f"In deze uitgave nog zonder cijfers ({len(empty)} van {len(wanted)} kolommen); "
            f"nodig voor {', '.join(users)}.",
            severity=Severity.WARNING,
        ),
    )


def empty_release(*, source: Source, table: Table) -> Complaint:
    """Say that nothing in a release has a value."""
    return Complaint(
        file=f"{source.id}/{table.id}",
        place="",
        found="",
        sentence="Dit is een vroege uitgave waarin nog geen enkel cijfer staat. Er is geen bestand van gemaakt; "
        "probeer het later opnieuw.",
        severity=Severity.WARNING,
    )


def too_few(card: Card, records: int, *, source: Source, table: Table) -> tuple[Complaint, ...]:
    """Say when a source gives another number of records than it announces."""
    if card.expected is None or card.expected == records:
        return ()
    return (
        Complaint(
            file=f"{source.id}/{table.id}",
            place="",
            found=str(records),
            sentence=f"De bron belooft {card.expected} regels, maar geeft een ander aantal.",
            severity=Severity.WARNING,
        ),
    )


def _has_value(value: object) -> bool:
    """Tell whether a cell holds something."""
    return value is not None and not (isinstance(value, str) and value.strip() in NO_VALUE)


def _nearest(name: str, there: frozenset[str]) -> str | None:
    """Find the column that differs only in its number (StatLine renumbers), or that looks most like it."""
    stem = name.rpartition("_")[0]
    same = [other for other in sorted(there) if stem and other.rpartition("_")[0] == stem]
    near = same or difflib.get_close_matches(name, sorted(there), n=1, cutoff=0.85)
    return near[0] if near else None
