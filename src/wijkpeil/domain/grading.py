"""How good the evidence of a study is: the level of its design, the grade of its figures, and what else it may be."""

from dataclasses import dataclass
from enum import StrEnum

from wijkpeil.domain.indicator import Nature
from wijkpeil.domain.refusal import Fact


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
