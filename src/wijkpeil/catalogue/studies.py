"""Study files become checked studies, or one precise complaint for every fault of every file."""

import json
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from wijkpeil.catalogue import study_rules
from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.folder import read_document
from wijkpeil.catalogue.study_table import REGISTRATION, STUDY_FILE
from wijkpeil.catalogue.study_treated import treated_of
from wijkpeil.catalogue.values import Known
from wijkpeil.domain.complaint import Complaint, Severity
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.study import (
    Appraisal,
    Candidates,
    Cutoff,
    EarlierRegistration,
    Movers,
    Registration,
    Reported,
    Study,
    StudyOutcome,
    TreatedArea,
)

_FOR_READING = ("treated_from_programme", "ends", "placebo_start")
"""Keys that say where treated areas come from; the study has the areas themselves."""


def read_study(path: Path, *, policy: Policy) -> tuple[Study | None, tuple[Complaint, ...]]:
    """Read and check one study file; give the study, or nothing where a complaint is an error.

    The policy tells which indicators and programmes there are. Nothing stops at the first fault.
    """
    if not path.is_file():
        return None, (Where(path.name).complain("Dit bestand bestaat niet."),)
    document, unread = read_document(STUDY_FILE, path.name, path)
    complaints = tuple(unread)
    if document.is_toml:
        shapes = STUDY_FILE.table.faults(document.raw, document.where, known_of(policy))
        complaints += (*shapes, *study_rules.faults(document.raw, document.where, policy))
    if any(one.severity is Severity.ERROR for one in complaints):
        return None, complaints
    return study_from(document.id, document.raw, policy=policy), complaints


def read_studies(folder: Path, *, policy: Policy) -> tuple[tuple[Study, ...], tuple[Complaint, ...]]:
    """Read and check every study file of a folder; give the studies without an error, in order of their ids."""
    found = [read_study(path, policy=policy) for path in sorted(folder.glob(STUDY_FILE.pattern))]
    studies = tuple(study for study, _ in found if study is not None)
    return studies, tuple(complaint for _, complaints in found for complaint in complaints)


def known_of(policy: Policy) -> Known:
    """Give what a study file may refer to."""
    neighbourhoods = [one.code_of(part) for one in policy.programmes for part in one.neighbourhoods]
    return {"indicator": policy.indicator, "programme": policy.programme, "neighbourhood": neighbourhoods}


def study_hash(raw: Mapping[str, Any]) -> str:
    """Give the hash of what a study file says, without its registration.

    It is of the content and not of the text: comments, layout and the order of keys do not matter, the order in a list
    does. What stands in other files (the start of a programme) is not in it.
    """
    content = {key: value for key, value in raw.items() if key != REGISTRATION}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_day)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_of(data: bytes) -> dict[str, Any]:
    """Give what stands in the bytes of a study file; raises ``tomllib.TOMLDecodeError`` and ``UnicodeDecodeError``."""
    return tomllib.loads(data.decode("utf-8-sig").replace("\r\n", "\n"))


def study_from(id_: str, raw: dict[str, Any], *, policy: Policy) -> Study:
    """Make the study of a file that was found to be without faults."""
    values: dict[str, Any] = STUDY_FILE.table.read(raw)
    treated = _treated(values, policy)
    periods = values.pop("periods") or {"first": None, "last": None}
    for key in _FOR_READING:
        del values[key]
    made = {
        "outcomes": tuple(StudyOutcome(**one) for one in values.pop("outcome")),
        "candidates": _candidates(values.pop("comparison")),
        "cutoff": _one(Cutoff, values.pop("cutoff")),
        "movers": tuple(Movers(**one) for one in values.pop("movers")),
        "registration": _registration(values.pop(REGISTRATION)),
        "reported": _reported(values.pop("reported")),
        "appraisal": _one(Appraisal, values.pop("appraisal")),
    }
    values.pop("treated")
    return Study(id=id_, hash=study_hash(raw), treated=treated, **made, **periods, **values)


def _treated(values: dict[str, Any], policy: Policy) -> tuple[TreatedArea, ...]:
    if not values["treated_from_programme"]:
        return tuple(TreatedArea(**one) for one in values["treated"])
    programme = policy.programme[values["programme"]]
    return treated_of(programme, ends=values["ends"], placebo_start=values["placebo_start"])


def _one(kind: type[Any], values: dict[str, Any] | None) -> Any:
    return None if values is None else kind(**values)


def _candidates(values: dict[str, Any] | None) -> Candidates | None:
    return None if values is None else Candidates(**values | {"level": values["level"].value})


def _reported(values: dict[str, Any] | None) -> Reported | None:
    if values is None:
        return None
    checks = values.pop("checks") or {}
    words = tuple(f"{kind.value}: {status.value}" for kind, status in checks.items())
    return Reported(checks=words, **values)


def _registration(values: dict[str, Any] | None) -> Registration | None:
    if values is None:
        return None
    earlier = tuple(EarlierRegistration(**one) for one in values.pop("earlier"))
    return Registration(earlier=earlier, **values)


def _day(value: object) -> str:
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not stand in TOML")
