"""Raw downloads, kept by the hash of their content: what was fetched, when, from where and under which licence."""

import contextlib
import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from wijkpeil.sources.fetch.keeping import Check, Retrieval

BLOCK = 1 << 20


class DamagedDownload(ValueError):  # noqa: N818 -- reads as a sentence: "raise DamagedDownload(sentence)"
    """A kept file that is gone or no longer has the content that its name promises."""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A download that is kept: its content's hash, its size in bytes, its file and every time it was fetched."""

    sha256: str
    size: int
    path: Path
    retrievals: tuple[Retrieval, ...]


@dataclass(frozen=True)
class RawFolder:
    """A folder of downloads, two hexadecimal digits a subfolder; beside each file lies a JSON of the same name.

    The file is written under another name and renamed when it is complete, so that a file that bears a hash is
    always whole. The JSON is renamed the same way; where it is missing (the power went between the two), the
    next time that the same bytes are kept writes it.
    """

    folder: Path

    def keep(self, chunks: Iterable[bytes], *, retrieval: Retrieval, check: Check | None = None) -> str:
        """Keep a stream of bytes and give its SHA-256.

        The stream goes to disk as it comes, so that memory does not grow with it. ``check`` looks at the whole
        file before it is kept; what it raises, and what the stream itself raises, leaves nothing behind.
        The same content kept twice is stored once, with both retrievals beside it. Raises ``OSError`` when the
        disk is full.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with _draft(self.folder) as draft:
            sha256 = _write(draft, chunks)
            if check is not None:
                check(draft)
            target = self._path(sha256)
            target.parent.mkdir(exist_ok=True)
            if not self.has(sha256):
                draft.replace(target)
        self._note(sha256, retrieval)
        return sha256

    def has(self, sha256: str) -> bool:
        """Tell whether the bytes of this hash are there and still are those bytes."""
        path = self._path(sha256)
        return path.is_file() and _hash_of(path) == sha256

    def read(self, sha256: str) -> bytes:
        """Give the bytes of this hash, verified; raises ``DamagedDownload`` when they are gone or changed."""
        path = self._path(sha256)
        if not path.is_file():
            raise DamagedDownload(f"Het gedownloade bestand {path.name} is er niet meer. Haal de tabel opnieuw op.")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedDownload(
                f"Het gedownloade bestand {path.name} is beschadigd: de inhoud past niet bij de naam. "
                "Haal de tabel opnieuw op."
            )
        return data

    def find(self, sha256: str) -> Kept | None:
        """Give what is known of the bytes of this hash, or ``None`` when they are not kept."""
        path = self._path(sha256)
        if not path.is_file():
            return None
        return Kept(sha256=sha256, size=path.stat().st_size, path=path, retrievals=self._retrievals(sha256))

    def _path(self, sha256: str) -> Path:
        """Give the place of a hash."""
        return self.folder / sha256[:2] / sha256

    def _retrievals(self, sha256: str) -> tuple[Retrieval, ...]:
        """Read every retrieval of a hash, oldest first; a note that cannot be read counts as absent."""
        try:
            noted = json.loads(self._path(sha256).with_suffix(".json").read_text(encoding="utf-8"))
            return tuple(_as_retrieval(retrieval) for retrieval in noted["retrievals"])
        except (OSError, ValueError, KeyError, TypeError):
            return ()

    def _note(self, sha256: str, retrieval: Retrieval) -> None:
        """Write beside the file that it was fetched once more."""
        path = self._path(sha256)
        retrievals = [asdict(noted) for noted in (*self._retrievals(sha256), retrieval)]
        for noted in retrievals:
            noted["fetched_at"] = noted["fetched_at"].isoformat()
        record = {"sha256": sha256, "size": path.stat().st_size, "retrievals": retrievals}
        with _draft(self.folder) as draft:
            draft.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            draft.replace(path.with_suffix(".json"))


def _as_retrieval(noted: dict[str, Any]) -> Retrieval:
    """Read one retrieval as it was noted."""
    return Retrieval(**{**noted, "fetched_at": datetime.fromisoformat(noted["fetched_at"])})


@contextlib.contextmanager
def _draft(folder: Path) -> Iterator[Path]:
    """Give the name of an empty file to write to, and take it away when it was not renamed."""
    handle, name = tempfile.mkstemp(prefix=".half-", dir=folder)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


def _write(draft: Path, chunks: Iterable[bytes]) -> str:
    """Write a stream through to the disk and give its hash."""
    digest = hashlib.sha256()
    with draft.open("wb") as file:
        for chunk in chunks:
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _hash_of(path: Path) -> str:
    """Hash a file block by block."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
