"""One measured thing: its unit, direction, base and sources, and what it does not say."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wijkpeil.domain.period import Moment, Period


class Direction(StrEnum):
    """Which way is better; ``context`` is described and never judged."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"
    CONTEXT = "context"

    @property
    def sign(self) -> int:
        """The sign of a gap: +1, -1, or +1 for ``context``, whose gap is a plain difference."""
        return -1 if self is Direction.LOWER_IS_BETTER else 1


class Kind(StrEnum):
    """What sort of number it is, which decides how it is added up and how its interval is made."""

    PROPORTION = "proportion"
    MEAN = "mean"
    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    ORDINAL = "ordinal"

    @property
    def is_averaged(self) -> bool:
        """Whether parts may be combined by a weighted mean: not for counts (summed) or ordinal classes (never)."""
        return self not in {Kind.COUNT, Kind.ORDINAL}


class Nature(StrEnum):
    """Where the number comes from; a modelled figure never carries an effect statement."""

    MEASURED = "measured"
    SURVEYED = "surveyed"
    MODELLED = "modelled"


class Unit(StrEnum):
    """The unit in which readers see it; in frames shares are fractions and rates are per person."""

    PERCENT = "percent"
    PER_1000 = "per_1000"
    PERSONS = "persons"
    HOUSEHOLDS = "households"
    DWELLINGS = "dwellings"
    COUNT = "count"
    PERSONS_PER_HOUSEHOLD = "persons_per_household"
    EURO = "euro"
    KM = "km"
    PER_KM2 = "per_km2"
    CARS_PER_HOUSEHOLD = "cars_per_household"
    KWH = "kwh"
    M3 = "m3"
    SCORE = "score"
    INDEX = "index"
    CLASS = "class"

    @property
    def factor(self) -> int:
        """What a value in a frame is multiplied by to be shown in this unit."""
        return {Unit.PERCENT: 100, Unit.PER_1000: 1000}.get(self, 1)


class GapScale(StrEnum):
    """Which gap decides: the difference or the ratio; the other is shown beside it."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"


class IntervalChoice(StrEnum):
    """Whether limits hold 95% on average (``usual``: Wilson, mid-P), or at least 95% (``exact``) and are wider."""

    USUAL = "usual"
    EXACT = "exact"


class Form(StrEnum):
    """How a publisher writes the number in a column."""

    VALUE = "value"
    PERCENT = "percent"
    FRACTION = "fraction"
    PER_1000 = "per_1000"
    THOUSANDS = "thousands"
    NUMERATOR = "numerator"


@dataclass(frozen=True, kw_only=True)
class Column:
    """Where one period of an indicator stands in a source.

    ``name`` is the publisher's column; ``form`` says how its number is written: a ``numerator`` is divided by
    the number in the column ``base``. ``base`` is the column that counts those the figure is about (persons,
    households, dwellings), when there is one. ``rounded_to`` is the publisher's rounding of counts (5 or 10),
    with which a reported 0 means "less than half a unit". ``error`` is the column of the standard error.
    """

    name: str
    form: Form
    base: str | None = None
    rounded_to: int | None = None
    error: str | None = None


@dataclass(frozen=True, kw_only=True)
class SourceColumns:
    """The columns of one source (a file of ``beleid/bronnen``) by period year."""

    source: str
    columns: dict[int, Column]


@dataclass(frozen=True, kw_only=True)
class Break:
    """From this year on the series is another one: lines are cut and changes over it are not made."""

    year: int
    note: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """Who wrote the file, who read it as a second, and when it must be looked at again."""

    author: str
    checked_by: str
    review_due: date


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One file of ``beleid/indicatoren``; ``id`` is the file name and ``theme`` its folder.

    ``superpopulation`` tells whether chance plays a part in a complete register too; without it a figure is judged
    on materiality only. ``materiality`` is in the units of a frame (a fraction for a share): a change of the gap
    smaller than this is not worth a word; on the relative scale it is a difference of logarithms. ``decimals`` is
    the number of decimals in the unit of the reader. ``base`` is an id of ``beleid/grondslagen.toml``.
    ``spread`` is the known standard deviation between those whom a mean is about, in its unit; ``design_effect`` how
    much larger a sample of a share would have to be than a simple one; ``interval`` which limits it has.
    ``sources`` are tried in order: the first that has the figure gives it.
    """

    id: str
    theme: str
    label: str
    label_en: str
    unit: Unit
    direction: Direction
    kind: Kind
    nature: Nature
    base: str
    moment: Moment
    decimals: int
    materiality: float | None
    gap_scale: GapScale
    sources: tuple[SourceColumns, ...]
    question: str
    not_for: str
    definition: str
    minimum_base: int | None
    price_year: int | None
    review: Review
    breaks: tuple[Break, ...] = field(default=())
    superpopulation: bool = True
    spread: float | None = None
    design_effect: float = 1.0
    interval: IntervalChoice = IntervalChoice.USUAL

    def period(self, year: int) -> Period:
        """Give the period that this indicator means by a year."""
        return Period(year=year, moment=self.moment)

    @property
    def is_judged(self) -> bool:
        """Whether a gap of it has a better and a worse side."""
        return self.direction is not Direction.CONTEXT
