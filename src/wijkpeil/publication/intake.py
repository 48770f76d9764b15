"""From a folder of files to observations: what is known is read, what is not is said, and every fault is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import dataframely as dy

from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.domain.frames import Boundaries, CodeList
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.publication.manifest import Input, hash_of
from wijkpeil.sources.boundaries import BOUNDARY_FORMS
from wijkpeil.sources.code_list import code_list
from wijkpeil.sources.folder import look_through
from wijkpeil.sources.forms import FORMS
from wijkpeil.sources.harmonise import observations
from wijkpeil.store.observations import ObservationStore

Progress = Callable[[float], None]


@dataclass(kw_only=True)
class Intake:
    """What came out of the files: observations in the store, and beside them codes, polygons and complaints."""

    store: ObservationStore
    code_lists: list[dy.DataFrame[CodeList]] = field(default_factory=list)
    boundaries: list[dy.DataFrame[Boundaries]] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    inputs: list[Input] = field(default_factory=list)
    unknown: tuple[str, ...] = ()


def take_in(folder: Path, policy: Policy, store: ObservationStore, *, progress: Progress) -> Intake:
    """Read every file that the policy knows, one after another, and keep the observations in the store.

    A file that cannot be the table it is named after is a complaint, and the others are read all the same: a
    user gets all faults of a folder at once. ``progress`` is told the part (0-1) of the bytes that is done.
    """
    found = look_through(folder, policy)
    intake = Intake(store=store, complaints=list(found.complaints), unknown=tuple(sorted(found.unknown)))
    whole = sum(match.path.stat().st_size for match in found.known) or 1
    done = 0
    for match in found.known:
        _read(match.path, match.file, match.source, match.table, policy, intake)
        done += match.path.stat().st_size
        progress(done / whole)
    return intake


def _read(path: Path, file: str, source: Source, table: Table, policy: Policy, intake: Intake) -> None:
    intake.inputs.append(
        Input(
            file=file,
            sha256=hash_of(path),
            size=path.stat().st_size,
            source=source.id,
            table=table.id,
            licence=source.licence,
            attribution=source.attribution,
        )
    )
    try:
        if table.form in BOUNDARY_FORMS:
            intake.boundaries.append(BOUNDARY_FORMS[table.form](path.read_bytes(), table=table, file=file))
            return
        parsed = FORMS[table.form](path.read_bytes(), source=source, table=table, file=file)
        codes = code_list(parsed, table)
        made, complaints = observations(parsed, policy)
    except FaultsFound as faults:
        intake.complaints.extend(faults.complaints)
        return
    intake.complaints.extend((*parsed.complaints, *complaints))
    if codes is not None:
        intake.code_lists.append(codes)
    intake.store.add(made)
