"""The state of a programme on one day as plain values: what was wanted, agreed, done, seen, promised, decided and told.

It is handed down by the site, or read from a file, and never changes: a report that is made again next year is made
from the same state. Only what everybody may see is in it. Money is in whole cents.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from pydantic import ConfigDict, TypeAdapter


class StateError(Exception):
    """A file is no state of a programme; the sentence says where it is wrong."""


class _Strict:
    """Refuse names that nobody knows: a typing error would otherwise be a thing that silently is not there."""

    __pydantic_config__: ClassVar["ConfigDict"] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class _Placed(_Strict):
    """Something of one neighbourhood, or of a whole city or programme where ``area`` and ``city`` are empty."""

    area: str = ""
    city: str = ""


class ItemStatus(StrEnum):
    """How far an item of an agreement is."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDERWAY = "underway"
    KEPT = "kept"
    PARTLY = "partly"
    LATE = "late"
    REVISED = "revised"
    STOPPED = "stopped"
    LAPSED = "lapsed"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in {ItemStatus.AGREED, ItemStatus.UNDERWAY, ItemStatus.LATE}


class Course(StrEnum):
    """What may be decided of a neighbourhood."""

    WIND_DOWN = "wind_down"
    CONTINUE = "continue"
    INTENSIFY = "intensify"
    RETURN = "return"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, kw_only=True)
class Ambition(_Placed):
    """What residents and partners want, in their own words; ``satisfied_when`` was fixed beforehand."""

    theme: str
    words: str
    satisfied_when: str
    indicator: str = ""
    caveat: str = ""
    target: float | None = None
    target_year: int | None = None
    ended_because: str = ""

    def __post_init__(self) -> None:
        """Keep 90 as 90.0, so that a state that went through a file has the same hash."""
        object.__setattr__(self, "target", None if self.target is None else float(self.target))


@dataclass(frozen=True, kw_only=True)
class Said(_Strict):
    """What somebody said of an item on a day: the partner itself, or somebody independent."""

    on: date
    status: ItemStatus
    text: str = ""
    evidence: str = ""
    spent_cents: int | None = None


@dataclass(frozen=True, kw_only=True)
class Item(_Strict):
    """Who does what by when; ``reported`` is said by the partner itself, ``found`` by somebody independent."""

    what: str
    partner: str
    due: date
    status: ItemStatus
    budget_cents: int | None = None
    budget_status: str = ""
    reported: tuple[Said, ...] = ()
    found: tuple[Said, ...] = ()
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Agreement(_Placed):
    """One version of an agreement that was signed, with its items."""

    title: str
    number: int = 1
    signed_on: date | None = None
    partners: tuple[str, ...] = ()
    why: str = ""
    is_replaced: bool = False
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Output(_Strict):
    """What a measure made or did in a year."""

    year: int
    what: str
    quantity: float
    unit: str
    source: str = ""
    is_checked: bool = False

    def __post_init__(self) -> None:
        """Keep 140 as 140.0, so that a state that went through a file has the same hash."""
        object.__setattr__(self, "quantity", float(self.quantity))


@dataclass(frozen=True, kw_only=True)
class Measure(_Placed):
    """What is done: ``indicators`` are ids that it should move, after ``lag`` years."""

    name: str
    aim: str
    started: date
    theme: str = ""
    indicators: tuple[str, ...] = ()
    lag: int = 1
    ended: date | None = None
    end_class: str = ""
    ended_because: str = ""
    partner: str = ""
    cost_cents: int | None = None
    outputs: tuple[Output, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Decision(_Placed):
    """What was decided of a neighbourhood, on which grounds, and when parliament heard of it."""

    course: Course
    decided_on: date
    why: str
    grounds: tuple[str, ...] = ()
    edition: str = ""
    objections: str = ""
    returns_when: str = ""
    parliament_informed_on: date | None = None
    parliament_paper: str = ""


@dataclass(frozen=True, kw_only=True)
class Recommendation(_Strict):
    """What a committee recommended, with the answer beside it."""

    text: str
    to: str = ""
    status: str = "open"
    answer: str = ""
    answer_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Visitation(_Placed):
    """What a committee saw when it came by."""

    committee: str
    on: date
    findings: str
    report_at: str = ""
    recommendations: tuple[Recommendation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Promise(_Placed):
    """What was promised to parliament; ``sort`` is ``commitment``, ``motion`` or ``question``."""

    sort: str
    paper: str
    text: str
    due: date
    answered_on: date | None = None
    answer: str = ""
    answer_paper: str = ""


@dataclass(frozen=True, kw_only=True)
class Picture(_Strict):
    """A photo of a story, by the hash of its bytes; ``alt`` says what is to be seen on it."""

    sha256: str
    media_type: str
    alt: str


@dataclass(frozen=True, kw_only=True)
class Story(_Placed):
    """A small success, or a result that nobody sought, that may be shown: whoever is in it agreed.

    ``key`` is its public name, by which it is found again when somebody takes a consent back.
    """

    title: str
    text: str
    year: int
    evidence: str = ""
    indicator: str = ""
    was_sought: bool = True
    teller: str = ""
    key: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ProgrammeState(_Strict):
    """All that everybody may know of a programme on one day."""

    programme: str
    taken_on: date
    ambitions: tuple[Ambition, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    measures: tuple[Measure, ...] = ()
    decisions: tuple[Decision, ...] = ()
    visitations: tuple[Visitation, ...] = ()
    promises: tuple[Promise, ...] = ()
    stories: tuple[Story, ...] = ()

    def of(self, area: str, city: str | None) -> "ProgrammeState":
        """Keep what is of one neighbourhood, of its whole city, or of the whole programme."""

        def here(one: _Placed) -> bool:
            return one.area == area or (one.area == "" and one.city in {"", city})

        whole = vars(self).items()
        kept: dict[str, Any] = {name: tuple(filter(here, value)) for name, value in whole if isinstance(value, tuple)}
        return replace(self, **kept)


def state_text(state: ProgrammeState) -> str:
    """Write a state as the JSON that is kept and that ``read_state`` reads; the same state gives the same text."""
    return json.dumps(asdict(state), ensure_ascii=False, sort_keys=True, indent=1, default=date.isoformat) + "\n"


def state_hash(state: ProgrammeState | None) -> str:
    """Give the hash over a state, or nothing where there is none."""
    return "" if state is None else hashlib.sha256(state_text(state).encode()).hexdigest()


def read_state(file: Path) -> ProgrammeState:
    """Read a state from a file; raises ``StateError`` with the place that is wrong."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise StateError(f"Het bestand {file} bestaat niet.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise StateError(f"Het bestand {file} is niet te lezen als tekst (UTF-8).") from fault
    return state_from(text, str(file))


def state_from(text: str, name: str) -> ProgrammeState:
    """Read a state from a text; ``name`` is where it stands. Raises ``StateError`` with the place that is wrong."""
    from pydantic import ValidationError

    try:
        return _adapter().validate_json(text)
    except ValidationError as fault:
        listed = "; ".join(_worded(dict(one)) for one in fault.errors(include_url=False)[:3])
        raise StateError(f"Het bestand {name} is geen stand van een programma. {listed}.") from fault


def pictures_beside(file: Path) -> Path:
    """Give the folder that holds the photos of a state, each under its hash, beside the file of that state."""
    return file.with_name(f"{file.stem}-beelden")


def _adapter() -> "TypeAdapter[ProgrammeState]":
    from pydantic import TypeAdapter

    return TypeAdapter(ProgrammeState)


_FAULTS: dict[str, Callable[[dict[str, Any]], str]] = {
    "missing": lambda one: "dit ontbreekt",
    "unexpected_keyword_argument": lambda one: "deze naam kennen we niet",
    "extra_forbidden": lambda one: "deze naam kennen we niet",
    "json_invalid": lambda one: "dit is geen JSON",
    "enum": lambda one: f"{one['input']!r} kan hier niet; kies uit {one['ctx']['expected']}",
}


def _worded(fault: dict[str, Any]) -> str:
    """Say one fault with the place where it is."""
    place = ".".join(map(str, fault["loc"])) or "het bestand"
    other = f"{str(fault.get('input'))[:40]!r} kan hier niet"
    worded = _FAULTS.get(fault["type"])
    return f"Bij {place}: {worded(fault) if worded else other}"
