"""Why a method has no answer: a figure without a trend, a margin or a score says so in one word of a closed list."""

from enum import StrEnum

import polars as pl


class Reason(StrEnum):
    """What kept a method from an answer; each has one sentence for readers in ``portrayal``."""

    BROKEN_SERIES = "broken_series"
    NO_FIGURE = "no_figure"
    NO_BASE = "no_base"
    NO_ERROR_KNOWN = "no_error_known"
    NO_COMPARATOR = "no_comparator"
    NO_COVARIATE = "no_covariate"
    NO_SPREAD = "no_spread"
    IMPOSSIBLE_FIGURE = "impossible_figure"
    MODELLED = "modelled"
    COUNTED = "counted"
    ORDINAL = "ordinal"
    PART_MISSING = "part_missing"
    TOO_FEW_AREAS = "too_few_areas"
    TOO_FEW_PEOPLE = "too_few_people"
    TOO_FEW_PERIODS = "too_few_periods"


ReasonType = pl.Enum([reason.value for reason in Reason])
"""A column of reasons; null where there is an answer."""
