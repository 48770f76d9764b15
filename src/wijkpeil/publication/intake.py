"""From a folder of files to observations: what is known is read, what is not is said, and every fault is kept."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import dataframely as dy
import polars as pl

from wijkpeil.areas.code_lists import combined
from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.domain.frames import Boundaries, CodeList, Observations
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.publication.manifest import Input, hash_of
from wijkpeil.sources.boundaries import BOUNDARY_FORMS
from wijkpeil.sources.code_list import code_list, unknown_areas
from wijkpeil.sources.folder import KnownFile, look_through
from wijkpeil.sources.forms import FORMS
from wijkpeil.sources.harmonise import changed_meaning, medians_of, observations
from wijkpeil.sources.parsed import KEYS, ParsedTable
from wijkpeil.sources.table import MAPPING_FILE
from wijkpeil.store.observations import ObservationStore

Progress = Callable[[float], None]


@dataclass(kw_only=True)
class Intake:
    """What came out of the files: observations in the store, and beside them codes, polygons and complaints.

    ``medians`` and ``areas_read`` (the keys of every table) are kept for what can only be judged over all files.
    """

    store: ObservationStore
    code_lists: list[dy.DataFrame[CodeList]] = field(default_factory=list)
    boundaries: list[dy.DataFrame[Boundaries]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    medians: list[pl.DataFrame] = field(default_factory=list)
    areas_read: list[ParsedTable] = field(default_factory=list)
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class FileRead:
    """What one file gave: figures, codes or polygons, and all that was wrong with it."""

    inputs: Sequence[Input]
    complaints: tuple[Complaint, ...] = ()
    codes: dy.DataFrame[CodeList] | None = None
    boundaries: dy.DataFrame[Boundaries] | None = None
    observations: dy.DataFrame[Observations] | None = None
    areas: ParsedTable | None = None


def take_in(folder: Path, policy: Policy, store: ObservationStore, *, progress: Progress) -> Intake:
    """Read every file that the policy knows and keep the observations in the store, in the order of the files.

    The next file is read while the last one is kept. A file that cannot be the table it is named after is a
    complaint, and the others are read all the same: a user gets all faults of a folder at once. ``progress`` is
    told the part (0-1) of the bytes that is done.
    """
    found = look_through(folder, policy)
    intake = Intake(store=store, complaints=list(found.complaints), unknown=tuple(sorted(found.unknown)))
    whole = sum(match.path.stat().st_size for match in found.known) or 1
    done = 0
    for match, read in zip(found.known, _one_ahead(found.known, policy), strict=True):
        _keep(read, intake)
        done += match.path.stat().st_size
        progress(done / whole)
    intake.complaints.extend(_over_all_files(intake, policy))
    return intake


def _one_ahead(known: Sequence[KnownFile], policy: Policy) -> Iterator[FileRead]:
    """Read the files in order, always one further than is asked for, so that two cores have work."""
    with ThreadPoolExecutor(max_workers=2) as readers:
        waiting = deque(readers.submit(_read, match, policy) for match in known[:2])
        for match in [*known[2:], None, None][: len(known)]:
            read = waiting.popleft().result()
            if match is not None:
                waiting.append(readers.submit(_read, match, policy))
            yield read


def _keep(read: FileRead, intake: Intake) -> None:
    intake.inputs.extend(read.inputs)
    intake.complaints.extend(read.complaints)
    if read.boundaries is not None:
        intake.boundaries.append(read.boundaries)
    if read.codes is not None:
        intake.code_lists.append(read.codes)
    if read.observations is not None and read.areas is not None:
        intake.store.add(read.observations)
        intake.medians.append(medians_of(read.observations))
        intake.areas_read.append(read.areas)


def _over_all_files(intake: Intake, policy: Policy) -> Iterator[Complaint]:
    """Complain of what one file cannot know: a column that means something else in one year, an unknown code."""
    yield from changed_meaning(intake.medians, policy)
    if intake.code_lists:
        known = combined(intake.code_lists)
        for read in intake.areas_read:
            yield from unknown_areas(read, known)


def _read(match: KnownFile, policy: Policy) -> FileRead:
    source, table, file = match.source, match.table, match.file
    inputs = [_input(match.path, file, source, table)]
    beside = match.path.with_name(match.path.name + MAPPING_FILE)
    if beside.is_file():
        inputs.append(_input(beside, file + MAPPING_FILE, source, table))
    try:
        if table.form in BOUNDARY_FORMS:
            boundaries = BOUNDARY_FORMS[table.form](match.path.read_bytes(), table=table, file=file)
            return FileRead(inputs=inputs, boundaries=boundaries)
        parsed = FORMS[table.form](match.path.read_bytes(), source=source, table=table, file=file)
        made, complaints = observations(parsed, policy)
    except FaultsFound as faults:
        return FileRead(inputs=inputs, complaints=faults.complaints)
    return FileRead(
        inputs=inputs,
        complaints=(*parsed.complaints, *complaints),
        codes=code_list(parsed, table),
        observations=made,
        areas=replace(parsed, frame=parsed.frame.select(KEYS)),
    )


def _input(path: Path, file: str, source: Source, table: Table) -> Input:
    return Input(
        file=file,
        sha256=hash_of(path),
        size=path.stat().st_size,
        source=source.id,
        table=table.id,
        licence=source.licence,
        attribution=source.attribution,
    )
