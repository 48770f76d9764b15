"""The shelf: a folder of editions, each of them whole or not there."""

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from wijkpeil.publication.edition import Edition
from wijkpeil.publication.manifest import FILE_NAME, Manifest, read_manifest

_UNFINISHED = ".wordt-gebouwd"
_LOCK = ".slot"
_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,99}")
STUDIES = "studies"
"""The folder of published studies on a shelf; no edition can have this name."""


class ShelfBusyError(Exception):
    """Another build is at work on this shelf."""


class NoSuchEditionError(Exception):
    """The shelf has no edition of that name, or none at all."""


class EditionExistsError(Exception):
    """An edition is never changed: its id is taken by other content."""


class Shelf:
    """The editions in a folder, by their id; the newest is the one made last."""

    def __init__(self, folder: Path | str) -> None:
        """Look at ``folder``, which need not exist yet."""
        self.folder = Path(folder)

    def editions(self) -> list[Manifest]:
        """List the manifests of all editions, the newest last."""
        return sorted(map(read_manifest, self.folders()), key=lambda manifest: (manifest.made_on, manifest.id))

    def folders(self) -> list[Path]:
        """List the folders of all editions, those that cannot be read too."""
        if not self.folder.is_dir():
            return []
        return [path.parent for path in self.folder.glob(f"*/{FILE_NAME}") if not path.parent.name.startswith(".")]

    def open(self, id_: str | None = None) -> Edition:
        """Open an edition by its id, or the newest.

        Raises ``NoSuchEditionError`` with the ids that are there, and ``EditionDamagedError`` when a file is
        missing or not what the manifest says.
        """
        if id_ is None:
            found = self.editions()
            if not found:
                raise NoSuchEditionError(
                    f"Op de plank {self.folder} staat nog geen editie. Maak er een met: wijkpeil build --data MAP"
                )
            id_ = found[-1].id
        if not (self.folder / id_ / FILE_NAME).is_file():
            there = ", ".join(manifest.id for manifest in self.editions()) or "geen enkele"
            raise NoSuchEditionError(f"Editie {id_} staat niet op de plank {self.folder}. Wel: {there}.")
        return Edition(self.folder / id_)

    def free_id(self, made_on: date) -> str:
        """Give an id for a new edition: the month, with a number behind it when that is taken."""
        month = f"{made_on:%Y-%m}"
        taken = {manifest.id for manifest in self.editions()}
        return next(id_ for id_ in (month, *(f"{month}.{n}" for n in range(2, 10_000))) if id_ not in taken)

    @contextmanager
    def being_built(self) -> Iterator[Path]:
        """Give an empty folder in which one build may work; it is gone afterwards unless it was put on the shelf.

        The lock is held by the process, so that a build that is killed leaves none behind; what such a build
        left half-made is cleared away by the next one.

        Raises ``ShelfBusyError`` when another build holds the lock.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as busy:
                raise ShelfBusyError(
                    f"Op de plank {self.folder} wordt al een editie gebouwd. "
                    "Wacht tot die klaar is en probeer het dan weer."
                ) from busy
            for left in self.folder.glob(f"{_UNFINISHED}*"):
                shutil.rmtree(left)
            work = self.folder / f"{_UNFINISHED}-{os.getpid()}"
            work.mkdir()
            try:
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)

    def put(self, finished: Path, manifest: Manifest) -> Edition:
        """Put a finished folder on the shelf in one step, or give the edition that already has this content.

        Raises ``EditionExistsError`` when the id is taken by an edition with other content.
        """
        target = self.folder / manifest.id
        if target.exists():
            if read_manifest(target).content == manifest.content:
                return Edition(target)
            raise EditionExistsError(
                f"Editie {manifest.id} bestaat al met andere cijfers, en een editie verandert nooit. "
                "Kies een andere naam met --edition."
            )
        manifest.write(finished)
        for path in (*finished.rglob("*"), finished):
            _to_disk(path)
        finished.rename(target)
        _to_disk(self.folder)
        return Edition(target)


def may_be_id(text: str) -> bool:
    """Say whether a text may name an edition."""
    return _ID.fullmatch(text) is not None and text != STUDIES


def check_id(id_: str) -> str:
    """Give the id back when it may name an edition; raises ``ValueError`` with what is allowed."""
    if may_be_id(id_):
        return id_
    raise ValueError(
        f"De naam {id_!r} kan niet voor een editie: gebruik kleine letters, cijfers, punten en streepjes, "
        f"zoals 2026-11. De naam {STUDIES} is van de map met studies."
    )


def _to_disk(path: Path) -> None:
    """Ask the disk to really keep a file or folder before anything relies on it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
