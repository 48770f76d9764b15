"""What a study found: estimates with their uncertainty, checks, and what may be said."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkpeil.domain.grading import DataGrade, Grade, Threat
from wijkpeil.domain.refusal import Fact, Refusal
from wijkpeil.domain.study import Design, Family, Study


class Method(StrEnum):
    """How a p-value or an interval was made."""

    PLACEMENTS = "placements"
    PLACEBO_AREAS = "placebo_areas"
    CONFORMAL = "conformal"
    WILD_BOOTSTRAP = "wild_bootstrap"
    LOCAL_POLYNOMIAL = "local_polynomial"
    SERIAL_ERRORS = "serial_errors"
    LOCAL_PLACEMENTS = "local_placements"


@dataclass(frozen=True, kw_only=True)
class Inference:
    """How surely an effect is not chance.

    ``p`` is two-sided. ``as_large`` of ``placebos`` placements without an effect give at least as large a change;
    ``attainable`` is the smallest p-value that there can be with so many. ``low`` and ``high`` bound the effect with
    95%; ``None`` is an open end. ``enumerated`` tells that every placement was tried.
    """

    method: Method
    p: float
    low: float | None
    high: float | None
    placebos: int
    as_large: int
    attainable: float
    enumerated: bool = False


@dataclass(frozen=True, kw_only=True)
class EventPoint:
    """The effect so many years after the start (negative before it), with its 95% band by placements."""

    time: int
    effect: float
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class PlaceboPath:
    """The path that would have been found had this been treated: one grey line of the picture."""

    name: str
    times: tuple[int, ...]
    effects: tuple[float, ...]


@dataclass(frozen=True, kw_only=True)
class Weight:
    """The part (0-1) that one area, or one period, has in the counterfactual."""

    name: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class Balance:
    """The difference between treated and comparison before the start, in standard deviations: raw and as compared.

    ``name`` is an indicator, or ``level@year`` of the outcome.
    """

    name: str
    treated: float
    raw: float
    compared: float
    difference_raw: float
    difference_compared: float


class CheckKind(StrEnum):
    """What a design is tested on by its own figures."""

    PRE_TREND = "pre_trend"
    PLACEBO_IN_TIME = "placebo_in_time"
    ANTICIPATION = "anticipation"
    LEAVE_ONE_OUT = "leave_one_out"
    LEAVE_ONE_CITY_OUT = "leave_one_city_out"
    FIT_BEFORE = "fit_before"
    NEAR_OPTIMAL = "near_optimal"
    BALANCE = "balance"
    SENSITIVITY = "sensitivity"
    SENSITIVITY_SMOOTH = "sensitivity_smooth"
    DISPLACEMENT = "displacement"
    COMPOSITION = "composition"
    CITY_SHOCK = "city_shock"
    DENSITY = "density"
    COVARIATE_JUMP = "covariate_jump"
    MOVED_ACROSS = "moved_across"
    REGRESSION_TO_THE_MEAN = "regression_to_the_mean"
    SERIAL_CORRELATION = "serial_correlation"


class CheckStatus(StrEnum):
    """What a check says."""

    HOLDS = "holds"
    DOUBTFUL = "doubtful"
    FAILS = "fails"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check with its status and the figures on which that rests."""

    kind: CheckKind
    status: CheckStatus
    facts: dict[str, Fact]


@dataclass(frozen=True, kw_only=True)
class Found:
    """What one design found for one outcome; ``effect`` is in the units of a frame."""

    design: Design
    effect: float
    inference: Inference
    treated: int
    compared: int
    before: int
    after: int
    path: tuple[EventPoint, ...] = ()
    placebo_paths: tuple[PlaceboPath, ...] = ()
    weights: tuple[Weight, ...] = ()
    period_weights: tuple[Weight, ...] = ()
    balance: tuple[Balance, ...] = ()
    checks: tuple[Check, ...] = ()

    def check(self, kind: CheckKind) -> Check | None:
        """Give one of its checks, where it was done."""
        return next((check for check in self.checks if check.kind is kind), None)


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """A declared alternative beside the choice made beforehand: another design, period, or group of comparison."""

    name: str
    design: Design
    effect: float | None
    low: float | None
    high: float | None
    p: float | None
    refusal: Refusal | None = None


class Conclusion(StrEnum):
    """What may be said of an outcome."""

    HELPED = "helped"
    HARMED = "harmed"
    CHANGED = "changed"
    NO_EFFECT_WORTH_HAVING = "no_effect_worth_having"
    CANNOT_TELL = "cannot_tell"
    NO_STATEMENT = "no_statement"


@dataclass(frozen=True, kw_only=True)
class Power:
    """The smallest effect that the chosen design could have seen in 80 of 100 cases, from the years before only.

    Seen is to be called an effect beside all other outcomes of the study.
    """

    smallest_visible: float | None
    worth_having: float
    chance_to_see: float | None


@dataclass(frozen=True, kw_only=True)
class Transition:
    """How many areas went from one class to another between two years: a description, never a difference of classes."""

    group: str
    first: int
    last: int
    before: str
    after: str
    areas: int


@dataclass(frozen=True, kw_only=True)
class OutcomeResult:
    """One outcome of a study: what was found, or the refusal.

    ``also`` are the further reasons for which it would have been refused. ``p_adjusted`` is for all outcomes of the
    study together. ``excluded`` tells how many areas were left out, by why.
    """

    indicator: str
    conclusion: Conclusion
    refusal: Refusal | None = None
    found: Found | None = None
    p_adjusted: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    threats: tuple[Threat, ...] = ()
    grade: Grade | None = None
    data: DataGrade | None = None
    power: Power | None = None
    transitions: tuple[Transition, ...] = ()
    ring: Found | None = None
    excluded: dict[str, int] | None = None
    also: tuple[Refusal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class StudyResult:
    """Everything that came out of running a study on an edition.

    ``study_hash`` is of the file that was run; ``names`` gives the names of all areas that are named. ``refusal`` is
    set where the study as a whole is refused.
    """

    study: Study
    study_hash: str
    edition: str
    fictional: bool
    computed_on: date
    version: str
    family: Family
    outcomes: tuple[OutcomeResult, ...]
    names: dict[str, str]
    refusal: Refusal | None = None
    grade: Grade | None = None
