"""The studies that readers may see: one file each, in a folder of the shelf beside the editions.

A study is no edition: its file may be replaced by that of a later computation, and nothing refers to it by hash. It is
shown only as long as the edition that it was computed from is: what an embargo hides must not come out by this door.
"""

import os
import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from wijkpeil.domain.evidence import StudyResult
from wijkpeil.domain.study import StudyKind
from wijkpeil.publication.library import OPEN_AUDIENCE, Library
from wijkpeil.publication.manifest import FILE_NAME
from wijkpeil.publication.shelf import STUDIES, NoSuchEditionError, Shelf
from wijkpeil.publication.states import Standing, state_of
from wijkpeil.publication.study_records import ResultDamagedError, from_json, to_json

_ENDING = ".json"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 100
_MANIFEST = FILE_NAME.removesuffix(_ENDING)
"""A study of this name would make the folder look like an edition."""


class NoSuchStudyError(Exception):
    """No study of that name was published, or it cannot be read."""


class NotForReadersError(Exception):
    """The edition that a study was computed from is not one that all readers may see."""


def may_be_study(text: str) -> bool:
    """Say whether a text may name a study: it becomes a file name and a part of an address."""
    return len(text) <= _LONGEST and _ID.fullmatch(text) is not None and text != _MANIFEST


def studies_on(shelf: Path) -> tuple[StudyResult, ...]:
    """Give the published studies of a shelf in order of their ids; one that is damaged is left out."""
    found = (_result(path) for path in _files(shelf))
    return tuple(result for result in found if result is not None)


def study_on(shelf: Path, id_: str) -> StudyResult:
    """Give one published study; raises ``NoSuchStudyError``."""
    result = _result(shelf / STUDIES / f"{id_}{_ENDING}") if may_be_study(id_) else None
    if result is None:
        raise NoSuchStudyError(id_)
    return result


def damaged_on(shelf: Path) -> tuple[str, ...]:
    """Name the files that are no published study, though they lie where only those do."""
    return tuple(path.name for path in _files(shelf) if _result(path) is None)


def studies_for_readers(library: Library) -> tuple[StudyResult, ...]:
    """Give the published studies of which readers may see the edition now; those by others have none."""
    shown = {manifest.id for manifest in library.editions()}
    return tuple(one for one in studies_on(library.shelf.folder) if _is_by_others(one) or one.edition in shown)


def study_for_readers(library: Library, id_: str) -> StudyResult:
    """Give one published study when readers may see its edition; raises ``NoSuchStudyError``."""
    result = study_on(library.shelf.folder, id_)
    if _is_by_others(result) or result.edition in {manifest.id for manifest in library.editions()}:
        return result
    raise NoSuchStudyError(id_)


def publish_study(shelf: Shelf, result: StudyResult, *, now: datetime) -> Path:
    """Put a result on the shelf in one step, in the place of an earlier one; give its file.

    Raises ``NotForReadersError`` when its edition is not published, is for another audience or is not there, and
    ``ValueError`` for an id that cannot be one and for a result that is not whole.
    """
    if not may_be_study(result.study.id):
        raise ValueError(result.study.id)
    if not _is_by_others(result) and not _is_open(shelf, result.edition, now):
        raise NotForReadersError(result.edition)
    text = to_json(result)
    folder = shelf.folder / STUDIES
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{result.study.id}{_ENDING}"
    beside = folder / f".{target.name}.{os.getpid()}"
    try:
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def _is_by_others(result: StudyResult) -> bool:
    return result.study.kind is StudyKind.ELSEWHERE


def _is_open(shelf: Shelf, edition: str, now: datetime) -> bool:
    try:
        manifest = shelf.open(edition).manifest
    except NoSuchEditionError:
        return False
    return manifest.audience == OPEN_AUDIENCE and state_of(shelf.folder, edition).at(now) is Standing.PUBLISHED


def _files(shelf: Path) -> list[Path]:
    return sorted(path for path in (shelf / STUDIES).glob(f"*{_ENDING}") if not path.name.startswith("."))


def _result(path: Path) -> StudyResult | None:
    """Read a file, once for as long as the disk says that it did not change."""
    try:
        now = path.stat()
    except OSError:
        return None
    return _read(path, now.st_mtime_ns, now.st_size, now.st_ino)


@lru_cache(maxsize=256)
def _read(path: Path, changed: int, size: int, number: int) -> StudyResult | None:
    """Read a file as it is since it changed; a file whose name is not the id in it is taken for a damaged one."""
    try:
        result = from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ResultDamagedError):
        return None
    return result if result.study.id == path.name.removesuffix(_ENDING) and may_be_study(result.study.id) else None
