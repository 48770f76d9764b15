"""The manifest of an edition: every file with its hash, every source with its licence, and what it was made from."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

FILE_NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Input:
    """One file that went in: its name, hash, and the table and source it was read as."""

    file: str
    sha256: str
    size: int
    source: str
    table: str
    licence: str
    attribution: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an edition says of itself.

    ``content`` is one hash over the names and hashes of all ``files``: two editions with the same content are
    the same, whatever their id and date. ``code_version`` is the version of this package.
    """

    id: str
    made_on: date
    audience: str
    policy_name: str
    fictional: bool
    country: str
    map_year: int
    default_programme: str
    code_version: str
    content: str
    figures: int
    inputs: tuple[Input, ...]
    unknown_files: tuple[str, ...]
    files: Mapping[str, str]
    sizes: Mapping[str, int]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write the manifest into the folder of its edition."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True, default=date.isoformat)
        (folder / FILE_NAME).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an edition folder.

    Raises ``EditionDamagedError`` when it is not there, cannot be read, or is of a later format.
    """
    try:
        record: dict[str, Any] = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        if record["format"] > FORMAT:
            raise EditionDamagedError(
                f"Editie {folder.name} is gemaakt met een nieuwere versie van Wijkpeil. Werk Wijkpeil bij."
            )
        record["made_on"] = date.fromisoformat(record["made_on"])
        record["inputs"] = tuple(Input(**entry) for entry in record["inputs"])
        record["unknown_files"] = tuple(record["unknown_files"])
        return Manifest(**record)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise EditionDamagedError(
            f"Editie {folder.name} is beschadigd: {FILE_NAME} ontbreekt of is niet te lezen."
        ) from fault


def hash_of(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def content_hash(files: Mapping[str, str]) -> str:
    """Give one hash over the names and hashes of files, whatever the order in which they were listed."""
    lines = "".join(f"{files[name]}  {name}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


class EditionDamagedError(Exception):
    """A file of an edition is missing or is not what the manifest says."""
