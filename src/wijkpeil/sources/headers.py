"""A header gives every column one name of its own: clean, not empty, and not twice the same."""

from collections import Counter
from collections.abc import Sequence

from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.sources.parsed import KEYS


def clean(name: str | None) -> str:
    """Take padding, line breaks and double blanks out of a name, and a byte order mark."""
    return " ".join((name or "").replace("\ufeff", "").split())


def joined(rows: Sequence[Sequence[str | None]]) -> list[str]:
    """Join the header rows of a table into one name per column, levels parted by ``|``.

    In all rows but the last an empty cell continues the cell on its left: that is how merged cells come out. The
    same word on two levels is said once.
    """
    filled = [_continued(row) if at < len(rows) - 1 else [_level(name) for name in row] for at, row in enumerate(rows)]
    columns = zip(*filled, strict=True)
    return ["|".join(dict.fromkeys(level for level in levels if level)) for levels in columns]


def unique_names(names: Sequence[str | None], *, file: str, row: int) -> tuple[list[str], tuple[Complaint, ...]]:
    """Clean the names of all columns and make them differ.

    A second column of the same name becomes ``name (2)``, because only its place in the file tells what it is; a
    column without a name becomes ``kolom 5``. Both are complained of, once per name.
    """
    cleaned = [clean(name) or f"kolom {at}" for at, name in enumerate(names, 1)]
    found: list[str] = []
    for name in cleaned:
        number, candidate = 1, name
        while candidate in found:
            number += 1
            candidate = f"{name} ({number})"
        found.append(candidate)
    complaints = [_unnamed(file, row, at) for at, name in enumerate(names, 1) if not clean(name)]
    for name, number in Counter(cleaned).items():
        if number > 1:
            complaints.append(_same(file, row, name, number))
    return found, tuple(complaints)


def beside_keys(name: str) -> str:
    """Give a publisher's column that is called as a key (``area``, ``name``, ``period``) a name beside that key."""
    return f"{name}_column" if name in KEYS else name


def _level(name: str | None) -> str:
    return clean(name).strip("| ")


def _continued(row: Sequence[str | None]) -> list[str]:
    last, filled = "", []
    for name in row:
        last = _level(name) or last
        filled.append(last)
    return filled


def _unnamed(file: str, row: int, at: int) -> Complaint:
    sentence = f"Deze kolom heeft geen naam (samengevoegde cellen?) en heet nu 'kolom {at}'."
    place = f"rij {row}, kolom {at}"
    return Complaint(file=file, place=place, found="", sentence=sentence, severity=Severity.WARNING)


def _same(file: str, row: int, name: str, number: int) -> Complaint:
    sentence = f"Deze naam staat boven {number} kolommen; de tweede heet nu '{name} (2)', en zo verder."
    return Complaint(file=file, place=f"rij {row}", found=name, sentence=sentence, severity=Severity.WARNING)
