"""The columns of a table by the names that people use for them."""

from collections import Counter
from collections.abc import Iterable


class ColumnNames:
    """Finds a column by its name, by its topic path however it is joined, or by the last part of that path.

    Exports of the same table differ in how much of the path they keep (``Wonen | Gemiddelde woningwaarde``,
    ``||Woningvoorraad``); the last part serves only where it is the only one.
    """

    def __init__(self, columns: Iterable[str]) -> None:
        """Note the names of the columns in each way that they may be asked for."""
        names = list(columns)
        self._exact = set(names)
        self._paths = {_path(name): name for name in reversed(names)}
        often = Counter(_last(name) for name in names)
        self._last = {_last(name): name for name in names if often[_last(name)] == 1}

    def find(self, asked: str | None) -> str | None:
        """Give the name of the column in the table, or ``None`` when it has none that is meant."""
        if asked is None or asked in self._exact:
            return asked
        return self._paths.get(_path(asked)) or self._last.get(_path(asked))


def _path(name: str) -> str:
    """Write a topic path in one way."""
    return " | ".join(part.strip() for part in name.split("|") if part.strip())


def _last(name: str) -> str:
    """Give the last part of a topic path."""
    return _path(name).rpartition(" | ")[2]
