"""Editions that are kept open for many readers: only those that readers may see, a few at a time, each opened once."""

import os
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from threading import Lock

from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import FILE_NAME, EditionDamagedError, Manifest, read_manifest
from wijkpeil.publication.shelf import NoSuchEditionError, Shelf, may_be_id
from wijkpeil.publication.states import Standing, State, StateDamagedError, state_of

AT_ONCE = 4
"""So many editions are open in one process; the one that was asked for longest ago is closed first."""
OPEN_AUDIENCE = "openbaar"
"""Editions for another audience are served only where the site is told so."""


class EditionWithdrawnError(NoSuchEditionError):
    """An edition was taken back; its place stays, with the reason."""

    def __init__(self, id_: str, state: State) -> None:
        """Keep what a reader must be told."""
        super().__init__(id_)
        self.id, self.state = id_, state


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An edition that readers may know of: published, or withdrawn."""

    manifest: Manifest
    state: State

    @property
    def is_withdrawn(self) -> bool:
        """Whether only its tombstone is left."""
        return self.state.standing is Standing.WITHDRAWN


class Library:
    """A shelf with its open editions, shared by all requests of a process.

    ``clock`` tells what time it is, for an embargo ends by itself; ``audience`` is whom the site serves.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], datetime], audience: str = OPEN_AUDIENCE) -> None:
        """Stand at the shelf in ``folder``."""
        self.shelf = Shelf(folder)
        self.clock, self.audience = clock, audience
        self._open: OrderedDict[str, tuple[int, Edition]] = OrderedDict()
        self._lock = Lock()
        self._seen: tuple[int, list[tuple[Manifest, State]]] | None = None

    @staticmethod
    @lru_cache(maxsize=8)
    def of(folder: Path, clock: Callable[[], datetime], audience: str = OPEN_AUDIENCE) -> "Library":
        """Give the library of a shelf."""
        return Library(folder, clock=clock, audience=audience)

    def open(self, id_: str) -> Edition:
        """Open an edition by its id; raises ``NoSuchEditionError`` and ``EditionDamagedError``.

        An edition that left the shelf is not shown from memory, and one that readers may not see is not there.
        """
        folder = self.shelf.folder / id_
        if not may_be_id(id_) or not (folder / FILE_NAME).is_file():
            raise NoSuchEditionError(id_)
        self._refuse(id_)
        changed = (folder / FILE_NAME).stat().st_mtime_ns
        with self._lock:
            known = self._open.get(id_)
            if known is not None and known[0] == changed:
                self._open.move_to_end(id_)
                return known[1]
        if not self._is_served(id_):
            raise NoSuchEditionError(id_)
        edition = self.shelf.open(id_)
        with self._lock:
            self._open[id_] = (changed, edition)
            self._open.move_to_end(id_)
            while len(self._open) > AT_ONCE:
                self._open.popitem(last=False)
        return edition

    def fingerprint(self) -> tuple[object, ...]:
        """Tell what readers may see now: as long as this is the same, so is everything made from it.

        Every file and folder on the shelf counts, with when it changed and when the manifest in it did; and which
        editions are shown, for an embargo ends without any file changing.
        """
        try:
            there = sorted(os.scandir(self.shelf.folder), key=lambda one: one.name)
            files = ((one.name, one.stat().st_mtime_ns, _changed(f"{one.path}/{FILE_NAME}")) for one in there)
            return (tuple(one.manifest.id for one in self.listed()), *files)
        except OSError:
            return ()

    def editions(self) -> list[Manifest]:
        """List the editions that readers may see, the newest last."""
        return [one.manifest for one in self.listed() if not one.is_withdrawn]

    def listed(self) -> list[Listed]:
        """List the editions that readers may know of, withdrawn ones too, the newest last."""
        now, known = self.clock(), {Standing.PUBLISHED, Standing.WITHDRAWN}
        return [Listed(manifest=manifest, state=state) for manifest, state in self._all() if state.at(now) in known]

    def newest(self) -> str:
        """Give the id of the newest edition that readers may see; raises ``NoSuchEditionError`` where there is none."""
        found = self.editions()
        if not found:
            raise NoSuchEditionError("")
        return found[-1].id

    def before(self, id_: str) -> str | None:
        """Give the id of the edition that readers saw before this one."""
        ids = [manifest.id for manifest in self.editions()]
        place = ids.index(id_) if id_ in ids else 0
        return ids[place - 1] if place else None

    def _all(self) -> list[tuple[Manifest, State]]:
        """Read the shelf anew when something was put on it or taken off.

        An edition that cannot be read is not listed; it does not take the others with it.
        """
        folder = self.shelf.folder
        changed = folder.stat().st_mtime_ns if folder.is_dir() else 0
        if self._seen is None or self._seen[0] != changed:
            served = [one for one in self._manifests() if one.audience in {OPEN_AUDIENCE, self.audience}]
            self._seen = (changed, [(one, _state(folder, one.id)) for one in served])
        return self._seen[1]

    def _manifests(self) -> list[Manifest]:
        found = []
        for folder in self.shelf.folders():
            with suppress(EditionDamagedError):
                found.append(read_manifest(folder))
        return sorted(found, key=lambda manifest: (manifest.made_on, manifest.id))

    def _is_served(self, id_: str) -> bool:
        """Whether an edition is for these readers; of any other not even the tombstone is shown."""
        return read_manifest(self.shelf.folder / id_).audience in {OPEN_AUDIENCE, self.audience}

    def _refuse(self, id_: str) -> None:
        state = _state(self.shelf.folder, id_)
        if state.standing is Standing.WITHDRAWN and self._is_served(id_):
            raise EditionWithdrawnError(id_, state)
        if state.at(self.clock()) is not Standing.PUBLISHED:
            raise NoSuchEditionError(id_)


def _state(folder: Path, id_: str) -> State:
    """Give the state of an edition; one that cannot be read hides its edition."""
    try:
        return state_of(folder, id_)
    except StateDamagedError:
        return State(standing=Standing.DRAFT)


def _changed(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116  a path object takes longer to make than to look up
    except OSError:
        return 0
