"""Reads a policy folder as it stands: which files there are, what TOML they hold, and which ids they define."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wijkpeil.catalogue.complaints import Where, listing, suggestion
from wijkpeil.catalogue.files import KINDS, FileKind
from wijkpeil.catalogue.values import Known
from wijkpeil.domain.complaint import Complaint


@dataclass(frozen=True, kw_only=True)
class Document:
    """One policy file as TOML holds it, not yet checked; ``id`` is its file name without the ending.

    A file that is no TOML is empty, but its name is an id all the same.
    """

    kind: FileKind
    file: str
    id: str
    raw: dict[str, Any] = field(default_factory=dict)
    is_toml: bool = True

    @property
    def where(self) -> Where:
        """The place of the whole file."""
        return Where(self.file)


@dataclass(frozen=True, kw_only=True)
class Folder:
    """All policy files of a folder, in the order of ``KINDS`` and then of their names."""

    documents: tuple[Document, ...]

    @property
    def readable(self) -> tuple[Document, ...]:
        """The files that hold TOML."""
        return tuple(document for document in self.documents if document.is_toml)

    def of(self, kind: str) -> tuple[Document, ...]:
        """Give the files of one kind that hold TOML."""
        return tuple(document for document in self.readable if document.kind.name == kind)

    def definitions(self) -> Iterator[tuple[str, str, Where]]:
        """Give every id that the folder defines: the kind of thing, the id, and where it stands."""
        for document in self.documents:
            kind = document.kind
            if kind.id_shape is not None:
                yield kind.defines, document.id, document.where
                continue
            for item, where in entries(document.raw, kind.entries, document.where):
                if isinstance(item.get("id"), str):
                    yield kind.defines, item["id"], where.at("id")

    def known(self) -> Known:
        """Give the ids by kind of thing, to which the files may refer.

        A kind is left out when its file is missing or cannot be read: then nobody knows what it holds, and one
        complaint about that file is enough.
        """
        ids: dict[str, set[str]] = {
            document.kind.defines: set() for document in self.documents if document.kind.defines
        }
        for kind, id_, _ in self.definitions():
            ids[kind].add(id_)
        for document in self.documents:
            if document.kind.entries and not document.is_toml:
                del ids[document.kind.defines]
        return ids


def entries(raw: dict[str, Any], key: str, where: Where) -> Iterator[tuple[dict[str, Any], Where]]:
    """Go through the tables of a list (or the one table that stands for it), each with its place."""
    listed = raw.get(key)
    if isinstance(listed, dict):
        yield listed, where.at(key)
    elif isinstance(listed, list):
        yield from ((item, where.at(key).nth(index)) for index, item in enumerate(listed) if isinstance(item, dict))


_OF_A_TABLE = ".tabel.toml"


def look_through(folder: Path) -> tuple[Folder, tuple[Complaint, ...]]:
    """Read every policy file below a folder; what cannot be read is a complaint and the rest goes on.

    The complaints are about the folder itself: files that are missing, that are no TOML, that no kind of file
    expects (often a misspelt name), or whose name cannot be an id. A description beside a table of one's own is
    no policy file, wherever it lies.
    """
    if not folder.is_dir():
        return Folder(documents=()), (Where(folder.name).complain("Er is hier geen map met beleidsbestanden."),)
    paths = [path for path in sorted(folder.rglob("*.toml")) if not path.name.endswith(_OF_A_TABLE)]
    present = {path.relative_to(folder).as_posix(): path for path in paths}
    documents: list[Document] = []
    complaints: list[Complaint] = []
    for kind in KINDS:
        own = [file for file in present if _matches(kind, file)]
        if not own and kind.is_required:
            complaints.append(_missing(kind))
        for file in own:
            document, faults = read_document(kind, file, present[file])
            documents.append(document)
            complaints.extend(faults)
    complaints.extend(_stray(file) for file in present if not any(_matches(kind, file) for kind in KINDS))
    return Folder(documents=tuple(documents)), tuple(complaints)


def _matches(kind: FileKind, file: str) -> bool:
    return re.fullmatch(kind.pattern.replace(".", r"\.").replace("*", "[^/]+"), file) is not None


def _missing(kind: FileKind) -> Complaint:
    what = (
        "Dit bestand ontbreekt" if kind.id_shape is None else f"Er is nog geen {kind.name}: maak minstens één bestand"
    )
    return Where(kind.pattern).complain(f"{what}.")


def _stray(file: str) -> Complaint:
    near = suggestion(file, (kind.pattern for kind in KINDS))
    allowed = listing(kind.pattern for kind in KINDS)
    return Where(file).complain(f"Dit bestand wordt niet gelezen.{near} Een beleidsmap bevat: {allowed}.")


def read_document(kind: FileKind, file: str, path: Path) -> tuple[Document, list[Complaint]]:
    """Parse one file; complain of a name that is no id, and of the line at which it stops being TOML."""
    where, content = Where(file), path.read_bytes()
    shape = kind.id_shape
    faults = []
    if shape is not None and not shape.fits(path.stem):
        faults.append(where.complain(f"De bestandsnaam is de id: hier hoort {shape.allowed}.", path.stem))
    try:
        raw = tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
        return Document(kind=kind, file=file, id=path.stem, raw=raw), faults
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        faults.append(Where(file, f"regel {line}").complain("Dit teken is geen UTF-8: sla het bestand op als UTF-8."))
    except tomllib.TOMLDecodeError as fault:
        faults.append(_not_toml(where, content.decode("utf-8-sig"), str(fault)))
    return Document(kind=kind, file=file, id=path.stem, is_toml=False), faults


def _not_toml(where: Where, text: str, message: str) -> Complaint:
    """Word the fault that the parser found, with the line as it stands."""
    lines = text.splitlines()
    found = re.search(r"at line (\d+)", message)
    number = int(found.group(1)) if found else len(lines)
    line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
    reason = (
        "Deze sleutel staat er al: elke sleutel en elke [tabel] mag één keer"
        if re.search(r"overwrite|twice|declare|mutate", message)
        else "Dit is geen geldige TOML: let op aanhalingstekens, haakjes en het =-teken"
    )
    return Complaint(file=where.file, place=f"regel {number}", found=line, sentence=f"{reason}.")
