"""A theme score is a choice of parts and weights, with the reason for each: it says no more than its parts."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from wijkpeil.domain.indicator import Review


class Against(StrEnum):
    """What is 100 in a score: the city of the fixed base year, or the city of the same year (a moving average)."""

    BASE_YEAR = "base_year"
    SAME_YEAR = "same_year"


@dataclass(frozen=True, kw_only=True)
class Part:
    """One indicator of a composite; ``weight`` is above 0 and ``why`` says why it is in it and weighs so much."""

    indicator: str
    weight: float
    why: str


@dataclass(frozen=True, kw_only=True)
class Composite:
    """A file of ``beleid/samenstellingen``; ``id`` is the file name.

    The city of ``base_year`` is 100, and 10 points are the usual difference between areas in that year (see
    ``analysis.composite``). ``why`` says what the score is for, and what it is not for.
    """

    id: str
    theme: str
    label: str
    label_en: str
    base_year: int
    why: str
    parts: tuple[Part, ...]
    review: Review

    @cached_property
    def shares(self) -> dict[str, float]:
        """The weights of the parts, by indicator, as parts of 1."""
        whole = sum(part.weight for part in self.parts)
        return {part.indicator: part.weight / whole for part in self.parts}
