"""Editions that are kept open for many readers: a few at a time, each opened once."""

from collections import OrderedDict
from functools import lru_cache
from pathlib import Path
from threading import Lock

from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import FILE_NAME, Manifest
from wijkpeil.publication.shelf import NoSuchEditionError, Shelf

AT_ONCE = 4
"""So many editions are open in one process; the one that was asked for longest ago is closed first."""


class Library:
    """A shelf with its open editions, shared by all requests of a process."""

    def __init__(self, folder: Path) -> None:
        """Stand at the shelf in ``folder``."""
        self.shelf = Shelf(folder)
        self._open: OrderedDict[str, tuple[int, Edition]] = OrderedDict()
        self._lock = Lock()
        self._seen: tuple[int, str] | None = None

    @staticmethod
    @lru_cache(maxsize=8)
    def of(folder: Path) -> "Library":
        """Give the library of a shelf."""
        return Library(folder)

    def open(self, id_: str) -> Edition:
        """Open an edition by its id; raises ``NoSuchEditionError`` and ``EditionDamagedError``.

        An edition that left the shelf is not shown from memory.
        """
        manifest = self.shelf.folder / id_ / FILE_NAME
        if id_.startswith(".") or "/" in id_ or not manifest.is_file():
            raise NoSuchEditionError(id_)
        changed = manifest.stat().st_mtime_ns
        with self._lock:
            known = self._open.get(id_)
            if known is not None and known[0] == changed:
                self._open.move_to_end(id_)
                return known[1]
        edition = self.shelf.open(id_)
        with self._lock:
            self._open[id_] = (changed, edition)
            self._open.move_to_end(id_)
            while len(self._open) > AT_ONCE:
                self._open.popitem(last=False)
        return edition

    def editions(self) -> list[Manifest]:
        """List the editions that readers may see, the newest last."""
        return self.shelf.editions()

    def newest(self) -> str:
        """Give the id of the newest edition; raises ``NoSuchEditionError`` on an empty shelf."""
        folder = self.shelf.folder
        changed = folder.stat().st_mtime_ns if folder.is_dir() else 0
        if self._seen is None or self._seen[0] != changed:
            found = self.editions()
            if not found:
                raise NoSuchEditionError("")
            self._seen = (changed, found[-1].id)
        return self._seen[1]
