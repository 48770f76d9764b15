"""A study: what is asked, of which areas, measured by what and compared with whom, all written down beforehand."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Design(StrEnum):
    """How a counterfactual is made."""

    DIFFERENCES = "differences"
    IMPUTATION = "imputation"
    SYNTHETIC_CONTROL = "synthetic_control"
    SYNTHETIC_DIFFERENCES = "synthetic_differences"
    MATCHED_DIFFERENCES = "matched_differences"
    TWO_WAY = "two_way"
    DISCONTINUITY = "discontinuity"
    INTERRUPTED_SERIES = "interrupted_series"
    BEFORE_AFTER = "before_after"
    EXPERIMENT = "experiment"
    CROSS_SECTION = "cross_section"

    @property
    def compares_over_time(self) -> bool:
        """Whether treated areas are set beside others, before and after."""
        return self in _COMPARING


_COMPARING = frozenset(
    {
        Design.DIFFERENCES,
        Design.IMPUTATION,
        Design.SYNTHETIC_CONTROL,
        Design.SYNTHETIC_DIFFERENCES,
        Design.MATCHED_DIFFERENCES,
        Design.TWO_WAY,
    }
)


class StudyKind(StrEnum):
    """What sort of study it is.

    ``evaluation`` asks what something did; ``placebo`` gives areas a start that never was, to see whether the method
    finds nothing; ``description`` shows what moved without an effect; ``elsewhere`` was done by others.
    """

    EVALUATION = "evaluation"
    PLACEBO = "placebo"
    DESCRIPTION = "description"
    ELSEWHERE = "elsewhere"


class Family(StrEnum):
    """How several outcomes are held against chance together."""

    ROMANO_WOLF = "romano_wolf"
    HOLM = "holm"
    FALSE_DISCOVERY = "false_discovery"


class Expected(StrEnum):
    """Which way the outcome is expected to go, in its own unit."""

    UP = "up"
    DOWN = "down"
    EITHER = "either"


@dataclass(frozen=True, kw_only=True)
class TreatedArea:
    """An area with the first year under treatment, and the last one where it ended."""

    area: str
    start: int
    end: int | None = None


@dataclass(frozen=True, kw_only=True)
class StudyOutcome:
    """An outcome that was named beforehand.

    ``smallest`` is the smallest effect worth having, in the units of a frame (a fraction for a share).
    """

    indicator: str
    expected: Expected
    smallest: float


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """Whom the treated areas may be compared with.

    ``level`` is that of the candidates; ``same_city`` keeps to the cities of the treated areas.
    ``without_programmes`` are the programmes whose areas are left out (that of the study always is), ``without``
    single areas. Areas within ``ring_km`` of a treated one are left out because of displacement; they are
    estimated as a treated group of their own where ``estimate_ring`` is set.
    """

    level: str
    same_city: bool = False
    without_programmes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    ring_km: float | None = None
    estimate_ring: bool = False
    minimum_population: int = 0


@dataclass(frozen=True, kw_only=True)
class Cutoff:
    """The score by which areas were selected: ``indicator`` in ``year``, treated from ``threshold`` on.

    ``treated_above`` tells on which side; ``bandwidth`` is the declared one, or ``None`` for the data's own.
    """

    indicator: str
    year: int
    threshold: float
    treated_above: bool = True
    bandwidth: float | None = None


@dataclass(frozen=True, kw_only=True)
class Movers:
    """The indicators that give an outcome for those who stayed and for those who came, where there are such figures."""

    outcome: str
    stayers: str
    newcomers: str


@dataclass(frozen=True, kw_only=True)
class EarlierRegistration:
    """A registration that was replaced by a later one, and why."""

    by: str
    on: date
    hash: str
    reason: str
    figures_seen: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Registration:
    """Who put the study down, when, and the hash of what it said then.

    ``figures_seen`` tells whether outcomes after the start were known by then; ``None`` is that nobody looked.
    ``smallest_visible`` is by outcome, in the units of a frame.
    """

    by: str
    on: date
    hash: str
    smallest_visible: dict[str, float] | None = None
    figures_seen: bool | None = None
    earlier: tuple[EarlierRegistration, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """The judgement of the committee on a study: design, execution and policy yield, each 1 (weak) to 5 (strong)."""

    design: int
    execution: int
    policy_yield: int
    by: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a study by others reported; ``effect`` with its limits is in ``unit`` where it gave one.

    ``checks`` are those that it did, each with what came of it, in the words of ``evidence``: ``pre_trend: holds``.
    """

    authors: str
    year: int
    source: str
    design: Design
    areas: int | None
    people: int | None
    finding: str
    finding_en: str
    checks: tuple[str, ...] = ()
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    is_modelled: bool = False
    comparison: str = ""
    comparison_en: str = ""
    unit_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Study:
    """A file of ``studies/``; ``id`` is the file name.

    The first of ``designs`` is the choice made beforehand; the others are its declared alternatives. ``lag`` is the
    number of years after the start in which no effect is expected yet. ``first`` and ``last`` bound the periods.
    ``covariates`` are indicators, taken in the last period before the first start. ``anticipation`` is the number of
    years before the start in which people may already have acted on it. ``hash`` is that of the file without its
    registration, as it is now.
    """

    id: str
    kind: StudyKind
    title: str
    title_en: str
    question: str
    question_en: str
    done: str
    mechanism: str
    hash: str
    programme: str | None = None
    treated: tuple[TreatedArea, ...] = ()
    outcomes: tuple[StudyOutcome, ...] = ()
    lag: int = 0
    anticipation: int = 0
    candidates: Candidates | None = None
    first: int | None = None
    last: int | None = None
    covariates: tuple[str, ...] = ()
    designs: tuple[Design, ...] = ()
    family: Family = Family.ROMANO_WOLF
    draws: int = 999
    seed: int = 1
    cutoff: Cutoff | None = None
    movers: tuple[Movers, ...] = ()
    registration: Registration | None = None
    reported: Reported | None = None
    appraisal: Appraisal | None = None
    done_en: str = ""
    mechanism_en: str = ""

    @property
    def is_as_registered(self) -> bool:
        """Whether the file still says what was registered; false where it never was."""
        return self.registration is not None and self.registration.hash == self.hash
