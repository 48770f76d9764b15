"""What a study found: estimates with their uncertainty, checks, threats and the grade, or why there is none."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.study import Design, Family, Study


class RefusalReason(StrEnum):
    """Why there is no estimate; each has one sentence for readers in ``portrayal``."""

    MODELLED = "modelled"
    ORDINAL = "ordinal"
    CONTEXT = "context"
    UNKNOWN_AREA = "unknown_area"
    NO_FIGURES = "no_figures"
    NO_PERIOD_BEFORE = "no_period_before"
    TREATED_BEFORE_DATA = "treated_before_data"
    NO_PERIOD_AFTER = "no_period_after"
    NO_DONORS = "no_donors"
    DONORS_TREATED_LATER = "donors_treated_later"
    CONSTANT = "constant"
    OVERLAPPING_PROGRAMMES = "overlapping_programmes"
    CITY_WHOLLY_TREATED = "city_wholly_treated"
    GAPS = "gaps"
    BROKEN_SERIES = "broken_series"
    TOO_FEW_PERIODS = "too_few_periods"
    TOO_FEW_AREAS = "too_few_areas"
    TOO_FEW_TREATED = "too_few_treated"
    PROGRAMME_BEGAN_EARLIER = "programme_began_earlier"
    INVALID_CUTOFF = "invalid_cutoff"
    POOR_FIT = "poor_fit"
    NO_COVARIATES = "no_covariates"
    SINGULAR = "singular"


Fact = str | int | float


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A sentence instead of a number: the reason, the facts that it names, and which weaker designs remain."""

    reason: RefusalReason
    facts: dict[str, Fact]
    design: Design | None = None
    weaker: tuple[Design, ...] = ()


class RefusedError(Exception):
    """Raised inside ``effects`` where a design has no honest answer; it carries the refusal."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the refusal for whoever runs the study."""
        super().__init__(f"{refusal.reason.value}: {refusal.facts}")
        self.refusal = refusal


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


class ThreatKind(StrEnum):
    """What else could have made the difference."""

    SELECTION = "selection"
    REGRESSION_TO_THE_MEAN = "regression_to_the_mean"
    DISPLACEMENT = "displacement"
    COMPOSITION = "composition"
    ANTICIPATION = "anticipation"
    CONTAMINATION = "contamination"
    OTHER_SHOCKS = "other_shocks"


class ThreatStatus(StrEnum):
    """How a threat stands."""

    EXCLUDED = "excluded"
    TESTED = "tested"
    OPEN = "open"
    PRESENT = "present"


class ThreatBecause(StrEnum):
    """Why a threat stands as it does; each has one sentence for readers in ``portrayal``.

    ``not_tested`` and ``test_unclear`` serve every threat; ``no_comparison`` those that only a comparison could answer.
    """

    NOT_TESTED = "not_tested"
    TEST_UNCLEAR = "test_unclear"
    NO_COMPARISON = "no_comparison"
    BY_LOT = "by_lot"
    NEAR_CUTOFF = "near_cutoff"
    CUTOFF_INVALID = "cutoff_invalid"
    PARALLEL_BEFORE = "parallel_before"
    NOT_PARALLEL_BEFORE = "not_parallel_before"
    FITS_BEFORE = "fits_before"
    NO_FIT_BEFORE = "no_fit_before"
    BALANCED_BEFORE = "balanced_before"
    NOT_BALANCED_BEFORE = "not_balanced_before"
    RETURN_SMALL = "return_small"
    RETURN_EXPECTED = "return_expected"
    RING_UNCHANGED = "ring_unchanged"
    RING_CHANGED = "ring_changed"
    RING_LEFT_OUT = "ring_left_out"
    NO_RING = "no_ring"
    SAME_PEOPLE = "same_people"
    OTHER_PEOPLE = "other_people"
    MOVERS_UNKNOWN = "movers_unknown"
    NOTHING_BEFORE_START = "nothing_before_start"
    MOVED_BEFORE_START = "moved_before_start"
    YEARS_LEFT_OUT = "years_left_out"
    PROGRAMMES_LEFT_OUT = "programmes_left_out"
    IN_OTHER_PROGRAMMES = "in_other_programmes"
    PROGRAMMES_UNKNOWN = "programmes_unknown"
    CITY_UNCHANGED = "city_unchanged"
    CITY_CHANGED = "city_changed"
    SAME_CITY = "same_city"
    SEVERAL_CITIES = "several_cities"
    OTHER_CITIES = "other_cities"


@dataclass(frozen=True, kw_only=True)
class Threat:
    """One threat with its status and why it has that."""

    kind: ThreatKind
    status: ThreatStatus
    because: ThreatBecause
    facts: dict[str, Fact]


class DataLevel(StrEnum):
    """How good the figures are for an effect: from ``good`` to ``unfit``."""

    GOOD = "good"
    FAIR = "fair"
    WEAK = "weak"
    UNFIT = "unfit"


class DataReason(StrEnum):
    """Why the figures are not better for an effect; each has one sentence for readers in ``portrayal``."""

    MODELLED = "modelled"
    SURVEYED = "surveyed"
    NO_PERIOD_BEFORE = "no_period_before"
    VERY_FEW_PERIODS_BEFORE = "very_few_periods_before"
    FEW_PERIODS_BEFORE = "few_periods_before"
    SOME_MISSING = "some_missing"
    MANY_MISSING = "many_missing"
    BREAKS = "breaks"


@dataclass(frozen=True, kw_only=True)
class DataGrade:
    """The grade of the figures: what sort they are, how many periods before, how much is missing, how many breaks."""

    level: DataLevel
    nature: Nature
    before: int
    missing: float
    breaks: int
    reasons: tuple[DataReason, ...]


class GradeReason(StrEnum):
    """Why a study does not stand higher; each has one sentence for readers in ``portrayal``.

    First what the design lacks by itself, then what its checks found, last what lowers nothing and must be said.
    """

    NO_COMPARISON = "no_comparison"
    NO_PERIOD_BEFORE = "no_period_before"
    NOT_BY_CHANCE = "not_by_chance"
    CHANCE_ONLY_NEAR_CUTOFF = "chance_only_near_cutoff"
    FORBIDDEN_COMPARISONS = "forbidden_comparisons"

    UNTESTED = "untested"
    PRE_TREND = "pre_trend"
    PLACEBO_IN_TIME = "placebo_in_time"
    ANTICIPATION = "anticipation"
    FIT_BEFORE = "fit_before"
    BALANCE = "balance"
    DISPLACEMENT = "displacement"
    COMPOSITION = "composition"
    CITY_SHOCK = "city_shock"
    DENSITY = "density"
    COVARIATE_JUMP = "covariate_jump"
    MOVED_ACROSS = "moved_across"
    REGRESSION_TO_THE_MEAN = "regression_to_the_mean"
    SERIAL_CORRELATION = "serial_correlation"
    RESTS_ON_ONE_AREA = "rests_on_one_area"
    RESTS_ON_ONE_CITY = "rests_on_one_city"
    RESTS_ON_THE_WEIGHTS = "rests_on_the_weights"
    SENSITIVE_TO_TRENDS = "sensitive_to_trends"
    ONE_DOUBT = "one_doubt"
    SEVERAL_DOUBTS = "several_doubts"

    ONE_TREATED_AREA = "one_treated_area"
    TOO_FEW_PLACEMENTS = "too_few_placements"


@dataclass(frozen=True, kw_only=True)
class Grade:
    """The Maryland Scientific Methods level (1-5) that the executed design earned, and why not a higher one.

    ``from_design`` is what the design could earn at most.
    """

    level: int
    from_design: int
    reasons: tuple[GradeReason, ...]


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
