"""Keeps what was made, under the hash of what it was made from: asked again, it is there at once.

A folder of files and nothing else: whatever goes can be made again, so the oldest make room, and all of it may go.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import BoundedSemaphore

_ONE_AT_A_TIME = BoundedSemaphore(1)
PATIENCE = 2.0
"""So many seconds somebody waits for whoever is served first."""


class BusyError(Exception):
    """Others are being served; it can be asked again in a moment."""


@contextmanager
def one_at_a_time(patience: float = PATIENCE) -> Iterator[None]:
    """Make one report at a time in this process; raises ``BusyError`` for who would wait longer than ``patience``."""
    if not _ONE_AT_A_TIME.acquire(timeout=patience):
        raise BusyError
    try:
        yield
    finally:
        _ONE_AT_A_TIME.release()


def key_of(*parts: str) -> str:
    """Make the name of what is made from these parts."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


class Kept:
    """A folder of at most ``most`` bytes; without a folder nothing is kept."""

    def __init__(self, folder: Path, most: int) -> None:
        """Keep in ``folder``, which is made when it is needed."""
        self.folder, self.most = folder, most

    def find(self, key: str) -> bytes | None:
        """Give what was kept, or nothing."""
        file = self._file(key)
        try:
            content = file.read_bytes()
        except OSError:
            return None
        with suppress(OSError):
            os.utime(file)
        return content

    def find_or_make(self, key: str, make: Callable[[], bytes], *, patience: float = PATIENCE) -> bytes:
        """Give what was kept, or make it; identical orders at the same time are made once.

        One is made at a time, so that nobody can ask for so much that others cannot read; raises ``BusyError`` for who
        would have to wait longer than ``patience`` seconds.
        """
        found = self.find(key)
        if found is not None:
            return found
        with one_at_a_time(patience):
            found = self.find(key)
            if found is None:
                found = make()
                self.keep(key, found)
        return found

    def keep(self, key: str, content: bytes) -> None:
        """Keep something; a folder that cannot be written keeps nothing, which nobody notices but the next who asks."""
        if len(content) > self.most:
            return
        file = self._file(key)
        beside = file.with_name(f".{key}.{os.getpid()}")
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(content)
            beside.replace(file)
            self._make_room()
        with suppress(OSError):
            beside.unlink(missing_ok=True)

    def forget_all(self) -> None:
        """Throw away everything: when somebody takes back what may be told in it."""
        for one in self.folder.glob("[0-9a-f]*"):
            with suppress(OSError):
                one.unlink()

    def _file(self, key: str) -> Path:
        return self.folder / key

    def _make_room(self) -> None:
        """Throw away what was asked for longest ago, until the rest fits."""
        found = sorted(
            ((told.st_mtime, told.st_size, one) for one in self.folder.glob("[0-9a-f]*") for told in [one.stat()]),
            reverse=True,
        )
        total = 0
        for _, size, one in found:
            total += size
            if total > self.most:
                with suppress(OSError):
                    one.unlink()
