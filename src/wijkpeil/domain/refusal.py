"""A sentence instead of a number: why a study has no estimate, and which weaker designs remain."""

from dataclasses import dataclass
from enum import StrEnum

from wijkpeil.domain.study import Design

Fact = str | int | float
"""What a sentence names."""


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
