"""A folder of downloaded files, looked through: what is known, what is not, and which tables have no file."""

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from wijkpeil.catalogue.mapping import read_mapping
from wijkpeil.domain.complaint import Complaint, FaultsFound, Severity
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.table import MAPPING_FILE

_HIDDEN = (".", "~$", "__MACOSX")
_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class KnownFile:
    """A file that the policy files know: ``file`` is its path relative to the folder, with ``/``.

    Where a description lies beside the file, that is the ``mapping`` of its ``table``.
    """

    path: Path
    file: str
    source: Source
    table: Table


@dataclass(frozen=True, kw_only=True)
class FolderFound:
    """What lies in a folder, in the order of the names.

    ``unknown`` are files that no table asks for; ``without_file`` the tables (with their source) that have none.
    """

    known: tuple[KnownFile, ...]
    unknown: tuple[str, ...]
    without_file: tuple[tuple[Source, Table], ...]
    complaints: tuple[Complaint, ...]


def look_through(folder: Path, policy: Policy) -> FolderFound:
    """Match every file under a folder to the tables of the policy files by its name.

    Hidden files are passed over. Two files for one table: when they are the same one of them serves, and when they
    differ that is an error, since nothing tells which is meant; the first by name is then the known one. The same
    bytes under the names of two years of one source are an error too (people save last year's file under this
    year's name), and neither serves: nothing tells which year they are of.

    Raises ``FaultsFound`` when there is no such folder. This is where the reading of sources touches files; what it
    reads of them here is only what it needs to tell them apart.
    """
    if not folder.is_dir():
        sentence = "Deze map bestaat niet; geef de map waarin de gedownloade bestanden staan."
        raise FaultsFound((Complaint(file=str(folder), place="", found="", sentence=sentence),))
    files = list(_files(folder))
    matched = [found for path in files for found in _tables_of(path, folder, policy)]
    names = {found.file for found in matched}
    one_each, doubles = _one_per_table(matched)
    honest, posing = _no_impostors(one_each)
    served = {(found.source.id, found.table.id) for found in honest}
    tables = [(source, table) for source in policy.sources for table in source.tables]
    described, wrong = _described(honest)
    return FolderFound(
        known=tuple(described),
        unknown=tuple(name for path in files if (name := _name(path, folder)) not in names and not _is_beside(path)),
        without_file=tuple((source, table) for source, table in tables if (source.id, table.id) not in served),
        complaints=(*doubles, *posing, *wrong),
    )


def _files(folder: Path) -> Iterable[Path]:
    """Walk through a folder in the order of the names, without hidden files and folders."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_HIDDEN))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith(_HIDDEN))


def _name(path: Path, folder: Path) -> str:
    """Write the path of a file relative to the folder."""
    return path.relative_to(folder).as_posix()


def _is_beside(path: Path) -> bool:
    """Tell whether a file describes a table that lies beside it."""
    return path.name.endswith(MAPPING_FILE) and path.with_name(path.name.removesuffix(MAPPING_FILE)).is_file()


def _described(known: list[KnownFile]) -> tuple[list[KnownFile], list[Complaint]]:
    """Give each table the description that lies beside its file: it goes before that of the policy files.

    A file with a description that cannot be read is left out: its owner said that it is not as the policy says.
    """
    described: list[KnownFile] = []
    complaints: list[Complaint] = []
    for found in known:
        beside = found.path.with_name(found.path.name + MAPPING_FILE)
        if not beside.is_file():
            described.append(found)
            continue
        try:
            mapping = read_mapping(beside.read_bytes(), file=found.file + MAPPING_FILE)
        except FaultsFound as faults:
            complaints.extend(faults.complaints)
        else:
            described.append(replace(found, table=replace(found.table, mapping=mapping)))
    return described, complaints


def _tables_of(path: Path, folder: Path, policy: Policy) -> Iterable[KnownFile]:
    """Give the tables that a file is asked for by; a pattern with a ``/`` is matched to the whole relative path."""
    file = _name(path, folder)
    for source in policy.sources:
        for table in source.tables:
            if any(_matches(file, pattern) for pattern in table.files):
                yield KnownFile(path=path, file=file, source=source, table=table)


def _matches(file: str, pattern: str) -> bool:
    """Match without regard to capitals, which other systems than ours do not tell apart."""
    name = file if "/" in pattern else file.rpartition("/")[2]
    return fnmatchcase(name.lower(), pattern.lower())


def _one_per_table(matched: list[KnownFile]) -> tuple[list[KnownFile], list[Complaint]]:
    """Leave one file per table."""
    by_table: defaultdict[tuple[str, str], list[KnownFile]] = defaultdict(list)
    for found in matched:
        by_table[found.source.id, found.table.id].append(found)
    complaints: list[Complaint] = []
    for (source, table), files in by_table.items():
        same = len(files) > 1 and len({_content(found.path) for found in files}) == 1
        first, *others = files
        for other in others:
            what = "heeft dezelfde inhoud" if same else "heeft een andere inhoud"
            sentence = f"Tabel {table} van {source} heeft al een bestand, {first.file}; dit {what} en is niet gelezen."
            severity = Severity.WARNING if same else Severity.ERROR
            complaints.append(Complaint(file=other.file, place="", found="", sentence=sentence, severity=severity))
    kept = {(found.source.id, found.table.id): found.file for found in (files[0] for files in by_table.values())}
    return [found for found in matched if kept[found.source.id, found.table.id] == found.file], complaints


def _no_impostors(known: list[KnownFile]) -> tuple[list[KnownFile], list[Complaint]]:
    """Leave out files of one source that have the same content and stand for different years."""
    alike: defaultdict[tuple[str, int], list[KnownFile]] = defaultdict(list)
    for found in known:
        alike[found.source.id, found.path.stat().st_size].append(found)
    refused: dict[str, str] = {}
    for candidates in alike.values():
        by_content: defaultdict[str, list[KnownFile]] = defaultdict(list)
        for found in candidates if len({found.file for found in candidates}) > 1 else ():
            by_content[_content(found.path)].append(found)
        for group in by_content.values():
            years = {(found.table.year, found.table.vintage) for found in group}
            names = {found.file: f"{found.file} ({found.table.year or found.table.vintage})" for found in group}
            if len(years) > 1 and len(names) > 1:
                for file in names:
                    refused[file] = ", ".join(name for other, name in names.items() if other != file)
    complaints = [
        Complaint(
            file=file,
            place="",
            found="",
            sentence=f"Dit bestand heeft dezelfde inhoud als dat van een ander jaar, {others}; geen van beide telt.",
        )
        for file, others in refused.items()
    ]
    return [found for found in known if found.file not in refused], complaints


def _content(path: Path) -> str:
    """Give the hash of what a file holds."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
