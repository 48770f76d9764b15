"""What a value is about: a day or a whole year, with a start and an end."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Moment(StrEnum):
    """How an indicator lies in its year."""

    FIRST_OF_JANUARY = "first_of_january"
    WHOLE_YEAR = "whole_year"
    END_OF_YEAR = "end_of_year"
    SURVEY_YEAR = "survey_year"


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """A year as one indicator means it.

    ``year`` is the label in frames; ``start`` and ``end`` are both included.
    """

    year: int
    moment: Moment

    @property
    def start(self) -> date:
        """The first day that the value is about."""
        return date(self.year, 12, 31) if self.moment is Moment.END_OF_YEAR else date(self.year, 1, 1)

    @property
    def end(self) -> date:
        """The last day that the value is about."""
        return date(self.year, 1, 1) if self.moment is Moment.FIRST_OF_JANUARY else date(self.year, 12, 31)
