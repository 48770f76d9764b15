"""The typed frames that cross the thresholds between rooms.

Shares are fractions in [0, 1], rates are per person, means are in the unit of their indicator (euro, km).
A year is an ``Int16``; ``None`` is unknown and never 0.
"""

import dataframely as dy
import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.status import PRESENT, Status

STATUSES = [status.value for status in Status]
LEVELS = [level.value for level in Level]
PRESENT_STATUSES = sorted(status.value for status in PRESENT)

StatusType = pl.Enum(STATUSES)
LevelType = pl.Enum(LEVELS)
IntervalType = pl.Enum(
    [
        *("wilson", "poisson", "exact", "known_spread", "standard_error", "panel"),
        *("none_known", "modelled", "not_applicable"),
    ]
)
"""How the interval of a value was made, or why it has none."""
MADE = ["given", "copied", "composed", "total_of_buurten", "total_of_wijken", "total_of_gemeenten"]


class Observations(dy.Schema):
    """One value of one indicator for one area in a map year and a period, as its publisher gives it.

    ``base`` counts those whom the figure is about; ``se`` is the publisher's standard error; ``rounded_to``
    the publisher's rounding of the counts behind it; ``source`` is ``<source id>:<table id>``.
    """

    area = dy.String(nullable=False)
    vintage = dy.Int16(nullable=False)
    indicator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    value = dy.Float64(nullable=True)
    base = dy.Float64(nullable=True)
    se = dy.Float64(nullable=True)
    rounded_to = dy.Int16(nullable=True)
    status = dy.Enum(STATUSES, nullable=False)
    source = dy.String(nullable=False)

    @dy.rule()
    def a_value_is_there_exactly_when_the_status_says_so(cls) -> pl.Expr:
        """A reason stands where a value is absent, and only there."""
        return pl.col("value").is_not_null() == pl.col("status").is_in(PRESENT_STATUSES)


class OnMapYear(dy.Schema):
    """Observations brought to the one map year of an edition; one row per area, indicator and period.

    ``apportioned`` is the part (0-1) of the value that was apportioned over a redrawn border.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    value = dy.Float64(nullable=True)
    base = dy.Float64(nullable=True)
    se = dy.Float64(nullable=True)
    rounded_to = dy.Int16(nullable=True)
    status = dy.Enum(STATUSES, nullable=False)
    source = dy.String(nullable=False)
    apportioned = dy.Float64(nullable=False)


class CodeList(dy.Schema):
    """The codes of one map year with what their publisher says of the areas themselves.

    ``total_km2`` counts land and water, as a polygon does; ``comparability`` is that of CBS against the year
    before: 1 the same, 2 recoded, 3 redrawn; ``pc4`` is the most common postcode area.
    """

    code = dy.String(nullable=False)
    vintage = dy.Int16(nullable=False)
    name = dy.String(nullable=False)
    level = dy.Enum(LEVELS, nullable=False)
    population = dy.Float64(nullable=True)
    land_km2 = dy.Float64(nullable=True)
    total_km2 = dy.Float64(nullable=True)
    comparability = dy.Int8(nullable=True)
    pc4 = dy.String(nullable=True)


class Boundaries(dy.Schema):
    """Polygons of one map year as WKB in the Dutch grid (EPSG:28992, metres).

    ``is_coarse`` marks a shape that is simplified too far to measure overlap with.
    """

    code = dy.String(nullable=False)
    vintage = dy.Int16(nullable=False)
    name = dy.String(nullable=False)
    geometry_rd = dy.Binary(nullable=False)
    is_coarse = dy.Bool(nullable=False)


class Areas(dy.Schema):
    """The areas of an edition, one row each, in one map year.

    ``gemeente`` and ``wijk`` are the codes of the parents (null where there is none); a composed area
    (programme area or group) has its parts in ``Composition``. ``population`` counts inhabitants, nearest to
    the map year; ``programmes`` are the ids of the programmes that an area belongs to.
    """

    code = dy.String(primary_key=True)
    vintage = dy.Int16(nullable=False)
    name = dy.String(nullable=False)
    level = dy.Enum(LEVELS, nullable=False)
    gemeente = dy.String(nullable=True)
    wijk = dy.String(nullable=True)
    population = dy.Float64(nullable=True)
    land_km2 = dy.Float64(nullable=True)
    pc4 = dy.List(dy.String(nullable=False), nullable=False)
    programmes = dy.List(dy.String(nullable=False), nullable=False)


class Composition(dy.Schema):
    """What a composed area is made of: parts that are added (sign 1) or left out of a whole (sign -1)."""

    composed = dy.String(nullable=False)
    part = dy.String(nullable=False)
    sign = dy.Int8(nullable=False)


class Lineage(dy.Schema):
    """Which area of one map year lies in which area of another, and how surely.

    ``of_from`` is the part (0-1) of the people (or, where they are not known, the land) of ``area_from`` that
    lives in ``area_to``; ``of_to`` the part (0-1) of those of ``area_to`` who come from ``area_from``: together
    its sources cover it. ``kind`` says how it is known.
    """

    vintage_from = dy.Int16(nullable=False)
    area_from = dy.String(nullable=False)
    vintage_to = dy.Int16(nullable=False)
    area_to = dy.String(nullable=False)
    of_from = dy.Float64(nullable=False)
    of_to = dy.Float64(nullable=False)
    kind = dy.Enum(["same", "recoded", "merged", "apportioned"], nullable=False)


class LookAlikesFound(dy.Schema):
    """The look-alikes of an area; ``rank`` starts at 1, ``distance`` is in standard deviations."""

    area = dy.String(nullable=False)
    look_alike = dy.String(nullable=False)
    rank = dy.Int16(nullable=False)
    distance = dy.Float64(nullable=False)


class Population(dy.Schema):
    """How many there are of whom an indicator is about: counted indicators (``inwoners``) on the map year.

    They weigh where a source gives no base of its own.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    value = dy.Float64(nullable=True)


class Unreleased(dy.Schema):
    """What analysis knows of every area before the one door: exact, and not for any reader.

    ``base`` is the own base of a figure, ``people`` the population that weighs where there is none. ``made``
    tells how it came about: ``given`` by its publisher, ``copied`` from the one part of a composed area,
    ``composed`` from its parts, or the total of a lower level where its publisher gives none.
    ``rest_base`` is what is left of the base (or the people) of the city without the area.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    value = dy.Float64(nullable=True)
    low = dy.Float64(nullable=True)
    high = dy.Float64(nullable=True)
    interval = dy.Enum(list(IntervalType.categories), nullable=False)
    base = dy.Float64(nullable=True)
    people = dy.Float64(nullable=True)
    made = dy.Enum(MADE, nullable=False)
    status = dy.Enum(STATUSES, nullable=False)
    source = dy.String(nullable=False)
    apportioned = dy.Float64(nullable=False)
    rest_value = dy.Float64(nullable=True)
    rest_low = dy.Float64(nullable=True)
    rest_high = dy.Float64(nullable=True)
    rest_base = dy.Float64(nullable=True)
    rest_status = dy.Enum(STATUSES, nullable=False)

    @dy.rule()
    def a_value_is_there_exactly_when_the_status_says_so(cls) -> pl.Expr:
        """A reason stands where a value is absent, and only there."""
        return pl.col("value").is_not_null() == pl.col("status").is_in(PRESENT_STATUSES)


class Figures(dy.Schema):
    """What an edition publishes: one row per area, indicator and period, with its comparators of its own.

    ``low`` and ``high`` bound the 95% interval and ``interval`` says how it was made or why there is none.
    ``rest_*`` is the rest of the city (the city without this area), ``like_*`` the look-alikes (``like_n``
    areas). Every absent value has its reason in the status beside it. The city, the country, the city outside
    the programme and groups are areas with rows of their own.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    value = dy.Float64(nullable=True)
    low = dy.Float64(nullable=True)
    high = dy.Float64(nullable=True)
    interval = dy.Enum(list(IntervalType.categories), nullable=False)
    base = dy.Float64(nullable=True)
    status = dy.Enum(STATUSES, nullable=False)
    source = dy.String(nullable=False)
    apportioned = dy.Float64(nullable=False)
    rest_value = dy.Float64(nullable=True)
    rest_low = dy.Float64(nullable=True)
    rest_high = dy.Float64(nullable=True)
    rest_status = dy.Enum(STATUSES, nullable=False)
    like_value = dy.Float64(nullable=True)
    like_low = dy.Float64(nullable=True)
    like_high = dy.Float64(nullable=True)
    like_n = dy.Int16(nullable=True)
    like_status = dy.Enum(STATUSES, nullable=False)

    @dy.rule()
    def a_value_is_there_exactly_when_the_status_says_so(cls) -> pl.Expr:
        """A reason stands where a value is absent, and only there."""
        return pl.col("value").is_not_null() == pl.col("status").is_in(PRESENT_STATUSES)


class Positions(dy.Schema):
    """An area beside one comparator in one period.

    ``gap`` is signed: negative is behind; for ``context`` it is the plain difference. ``relative_gap`` is the
    signed logarithm of the ratio, null where it is not defined.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    comparator = dy.String(nullable=False)
    value = dy.Float64(nullable=True)
    low = dy.Float64(nullable=True)
    high = dy.Float64(nullable=True)
    status = dy.Enum(STATUSES, nullable=False)
    comparator_value = dy.Float64(nullable=True)
    comparator_low = dy.Float64(nullable=True)
    comparator_high = dy.Float64(nullable=True)
    comparator_status = dy.Enum(STATUSES, nullable=False)
    gap = dy.Float64(nullable=True)
    gap_low = dy.Float64(nullable=True)
    gap_high = dy.Float64(nullable=True)
    relative_gap = dy.Float64(nullable=True)


class Changes(dy.Schema):
    """The change of a gap since the baseline: one row per area, indicator and comparator.

    ``baseline_status`` tells whether the baseline lies within the window (``in_window``), is the first period
    available (``late``), or is not there: one period only (``one_period``), a break since (``broken``), or a
    kind that is never differenced (``ordinal``). ``relative_low`` and ``relative_high`` are there only where the
    ratio decides. ``own_part`` and ``comparator_part`` add up to the change. ``status`` and
    ``comparator_status`` are the gravest of the two periods, or the latest reason where there is no change.
    Of ``like_n`` look-alikes with a figure in both periods ``like_more`` gained more than the area.
    """

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    comparator = dy.String(nullable=False)
    baseline = dy.Int16(nullable=True)
    latest = dy.Int16(nullable=True)
    baseline_status = dy.Enum(["in_window", "late", "one_period", "broken", "ordinal", "no_figures"], nullable=False)
    gap_baseline = dy.Float64(nullable=True)
    gap_latest = dy.Float64(nullable=True)
    change = dy.Float64(nullable=True)
    change_low = dy.Float64(nullable=True)
    change_high = dy.Float64(nullable=True)
    relative_change = dy.Float64(nullable=True)
    relative_low = dy.Float64(nullable=True)
    relative_high = dy.Float64(nullable=True)
    own_part = dy.Float64(nullable=True)
    comparator_part = dy.Float64(nullable=True)
    status = dy.Enum(STATUSES, nullable=False)
    comparator_status = dy.Enum(STATUSES, nullable=False)
    like_n = dy.Int16(nullable=True)
    like_more = dy.Int16(nullable=True)
