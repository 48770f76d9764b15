"""Worlds of which the truth is known, and the one way through the house by which their figures go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.changes import changes
from wijkpeil.analysis.figures import figures_of
from wijkpeil.analysis.positions import positions
from wijkpeil.analysis.tree import Floats, Ints
from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Areas, Changes, Composition, Figures, OnMapYear, Population, Positions, Unreleased
from wijkpeil.domain.indicator import (
    Column,
    Direction,
    Form,
    GapScale,
    Indicator,
    Kind,
    Nature,
    Review,
    SourceColumns,
    Unit,
)
from wijkpeil.domain.period import Moment
from wijkpeil.domain.policy import Base, LookAlikes, Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.source import Source, Uncertainty

THEN, NOW = 2010, 2020
PROGRAMME = "ijking"
_SOURCE = "proef"
_DAY = date(2026, 1, 1)
_UNITS = {Kind.PROPORTION: Unit.PERCENT, Kind.RATE: Unit.PER_1000}


@dataclass(frozen=True, kw_only=True, eq=False)
class Reported:
    """What the office of a planted world publishes of one indicator: areas down, ``THEN`` and ``NOW`` across.

    ``value``, ``base`` and ``error`` (the published standard error, or ``None``) are those of the areas, and with
    ``city_`` before it of the city of each; ``city`` numbers the city of each area.
    """

    indicator: Indicator
    value: Floats
    base: Floats
    error: Floats | None
    city_value: Floats
    city_base: Floats
    city_error: Floats | None


def indicator_of(
    name: str,
    kind: Kind,
    *,
    materiality: float,
    nature: Nature = Nature.MEASURED,
    direction: Direction = Direction.HIGHER_IS_BETTER,
) -> Indicator:
    """Write the policy file of a planted indicator, of which the difference decides."""
    columns = {year: Column(name=name, form=Form.VALUE) for year in (THEN, NOW)}
    return Indicator(
        id=name,
        theme="proef",
        label=name,
        label_en=name,
        unit=_UNITS[kind],
        direction=direction,
        kind=kind,
        nature=nature,
        base="personen",
        moment=Moment.FIRST_OF_JANUARY,
        decimals=1,
        materiality=materiality,
        gap_scale=GapScale.ABSOLUTE,
        sources=(SourceColumns(source=_SOURCE, columns=columns),),
        question="",
        not_for="",
        definition="",
        minimum_base=None,
        price_year=None,
        review=Review(author="", checked_by="", review_due=_DAY),
    )


def policy_of(indicators: Sequence[Indicator], *, between_periods: float | None = 0.0) -> Policy:
    """Write the policy of a planted world: one source, one programme with its baseline in ``THEN``."""
    source = Source(
        id=_SOURCE,
        label="",
        publisher="",
        licence="",
        attribution="",
        landing_page="",
        cadence="",
        note="",
        tables=(),
        uncertainty=Uncertainty(between_periods=between_periods),
    )
    programme = Programme(
        id=PROGRAMME,
        label="",
        label_en="",
        start=date(THEN, 1, 1),
        end=None,
        baseline=date(THEN, 1, 1),
        baseline_window=1,
        vintage=NOW,
        note="",
        neighbourhoods=(),
    )
    return Policy(
        name="",
        fictional=True,
        country="VL00",
        map_year=NOW,
        apportioned_limit=0.0,
        default_programme=PROGRAMME,
        themes=(),
        indicators=tuple(indicators),
        sources=(source,),
        programmes=(programme,),
        bases=(Base(id="personen", label="", label_en="", population="inwoners"),),
        groups=(),
        look_alikes=LookAlikes(characteristics=(), number=1, caliper=1.0, minimum_population=0, note=""),
        disclosure=(),
        checked_on=_DAY,
    )


def through_the_house(
    reported: Sequence[Reported], *, city: Ints, comparator: Comparator, policy: Policy
) -> tuple[dy.DataFrame[Figures], dy.DataFrame[Positions], dy.DataFrame[Changes]]:
    """Take figures the way of every build: ``figures_of``, ``positions`` and ``changes``; only the door is left out.

    ``city`` numbers the city of each area, rising. The comparator is ``rest_of_city``, or
    ``city_outside_programme`` with all areas in the programme.

    Returns the figures, positions and changes of the areas alone, sorted by indicator and area.
    """
    areas, composition = _places(city)
    on_map_year = OnMapYear.validate(pl.concat([_rows(one, city) for one in reported]))
    unreleased = figures_of(
        on_map_year, areas=areas, composition=composition, population=Population.create_empty(), policy=policy
    )
    figures = Figures.validate(_released(unreleased))
    beside = positions(figures, areas=areas, policy=policy, comparators=[comparator.value], programme=PROGRAMME)
    mine = pl.col("area").str.starts_with("WK")
    own = Positions.validate(beside.filter(mine).sort("indicator", "area", "period"))
    changed = changes(own, policy=policy, programme=policy.programme[PROGRAMME])
    return (
        Figures.validate(figures.filter(mine).sort("indicator", "area", "period")),
        own,
        Changes.validate(changed.sort("indicator", "area")),
    )


def by_area(frame: pl.DataFrame, column: str, *, areas: int) -> Floats:
    """Lay out a column of a frame that is sorted by indicator, area and period as indicators x areas x periods."""
    periods = 2 if "period" in frame.columns else 1
    return np.asarray(frame[column].to_numpy(), dtype=np.float64).reshape(-1, areas, periods)


def _codes(city: Ints) -> tuple[list[str], list[str]]:
    """Give the codes of the areas and of their cities."""
    within = np.arange(len(city)) - np.searchsorted(city, city)
    return (
        [f"WK{1000 + one:04d}{place:02d}" for one, place in zip(city, within, strict=True)],
        [f"GM{1000 + one:04d}" for one in city],
    )


def _places(city: Ints) -> tuple[dy.DataFrame[Areas], dy.DataFrame[Composition]]:
    low, high = _codes(city)
    cities = sorted(set(high))
    outside = [f"{code}-buiten-{PROGRAMME}" for code in cities]
    frame = pl.DataFrame(
        {
            "code": [*low, *cities, *outside],
            "level": [Level.WIJK.value] * len(low)
            + [Level.GEMEENTE.value] * len(cities)
            + [Level.GROUP.value] * len(outside),
            "gemeente": [*high, *cities, *cities],
        }
    ).with_columns(
        vintage=NOW,
        name="code",
        wijk=pl.lit(None),
        population=pl.lit(None),
        land_km2=pl.lit(None),
        pc4=pl.lit([], dtype=pl.List(pl.String)),
        programmes=pl.lit([], dtype=pl.List(pl.String)),
    )
    parts = pl.DataFrame(
        {
            "composed": [*outside, *(f"{code}-buiten-{PROGRAMME}" for code in high)],
            "part": [*cities, *low],
            "sign": [1] * len(cities) + [-1] * len(low),
        }
    )
    return Areas.cast(frame.select(Areas.column_names())), Composition.cast(parts)


def _rows(reported: Reported, city: Ints) -> pl.DataFrame:
    low, high = _codes(city)
    _, first = np.unique(city, return_index=True)

    def both(own: Floats | None, of_city: Floats | None) -> Floats | None:
        return None if own is None or of_city is None else np.concatenate([own, of_city[first]]).ravel()

    return pl.DataFrame(
        {
            "area": np.repeat([*low, *(high[place] for place in first)], 2),
            "period": np.tile([THEN, NOW], len(low) + len(first)),
            "value": both(reported.value, reported.city_value),
            "base": both(reported.base, reported.city_base),
            "se": both(reported.error, reported.city_error),
        }
    ).select(
        "area",
        pl.lit(reported.indicator.id).alias("indicator"),
        pl.col("period").cast(pl.Int16),
        "value",
        pl.col("base").cast(pl.Float64),
        pl.col("se").cast(pl.Float64),
        pl.lit(None, dtype=pl.Int16).alias("rounded_to"),
        pl.lit("final").cast(OnMapYear.columns()["status"].dtype).alias("status"),
        pl.lit(f"{_SOURCE}:1").alias("source"),
        pl.lit(0.0).alias("apportioned"),
    )


def _released(unreleased: dy.DataFrame[Unreleased]) -> pl.DataFrame:
    """Publish everything as it is: what disclosure hides or rounds is not what is proved here."""
    nothing = {f"like_{part}": pl.lit(None, dtype=pl.Float64) for part in ("value", "low", "high")}
    return unreleased.with_columns(
        like_n=pl.lit(None, dtype=pl.Int16),
        like_status=pl.lit("not_applicable").cast(Figures.columns()["like_status"].dtype),
        **nothing,
    ).select(Figures.column_names())
