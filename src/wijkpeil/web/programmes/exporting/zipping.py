"""A zip that is sent while it is written, with a list of what is in it; the same content is the same bytes."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

_NO_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, kw_only=True)
class Member:
    """A file in a zip: its path, and its bytes in pieces."""

    path: str
    pieces: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a file in a zip turned out to be."""

    path: str
    sha256: str
    size: int


def zipped(members: Iterable[Member], last: Callable[[list[Entry]], Member]) -> Iterator[bytes]:
    """Write a zip piece by piece; the last file is made of what the others turned out to be."""
    held, entries = _Held(), list[Entry]()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            yield from _write(archive, held, member, entries)
        yield from _write(archive, held, last(list(entries)), entries)
    yield from held.let_go()


def _write(archive: zipfile.ZipFile, held: "_Held", member: Member, entries: list[Entry]) -> Iterator[bytes]:
    info = zipfile.ZipInfo(member.path, _NO_DAY)
    info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
    seen, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in member.pieces():
            seen.update(piece)
            size += len(piece)
            file.write(piece)
            yield from held.let_go()
    entries.append(Entry(path=member.path, sha256=seen.hexdigest(), size=size))


class _Held(io.RawIOBase):
    """What was written to a zip and not yet sent."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any, /) -> int:
        self._kept += piece
        return len(piece)

    def let_go(self) -> Iterator[bytes]:
        if self._kept:
            sent, self._kept = bytes(self._kept), bytearray()
            yield sent
