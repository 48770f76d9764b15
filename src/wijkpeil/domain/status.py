"""Why a figure is there, or why it is not: absence has a reason, and null is never 0."""

from enum import StrEnum


class Status(StrEnum):
    """The closed list of what may be said of one figure; the order is that of ``RANK``, mildest first."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    MODELLED = "modelled"
    BELOW_HALF_UNIT = "below_half_unit"
    APPROXIMATE = "approximate"
    NOT_APPLICABLE = "not_applicable"
    NOT_YET = "not_yet"
    MISSING = "missing"
    SUPPRESSED_BY_SOURCE = "suppressed_by_source"
    INCOMPLETE = "incomplete"
    NOT_COMPARABLE = "not_comparable"
    NO_COMPARATOR = "no_comparator"
    TOO_FEW = "too_few"
    PROTECTS_ANOTHER = "protects_another"

    @property
    def is_present(self) -> bool:
        """Whether a figure of this status has a value."""
        return self in PRESENT


PRESENT = frozenset({Status.FINAL, Status.PROVISIONAL, Status.MODELLED, Status.BELOW_HALF_UNIT, Status.APPROXIMATE})
"""Statuses of a figure that has a value; every other one is the reason that it has none."""

HIDDEN = frozenset({Status.TOO_FEW, Status.PROTECTS_ANOTHER})
"""Statuses given by the one door, ``disclosure``: the value exists and is not shown."""
