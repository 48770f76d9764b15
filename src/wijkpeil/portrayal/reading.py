"""All that an edition says of one indicator in one area, gathered from its frames into one value.

Frames are for many areas; a page or a screen is about one, and a picture, a table and a sentence must then speak
of the same numbers. They all read from here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import polars as pl

from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.status import Status
from wijkpeil.portrayal.findings import Findings
from wijkpeil.portrayal.quantity import is_defined
from wijkpeil.portrayal.verdicts import Judgement, judgements

Two = tuple[str, str]

FIRST_TWO: Two = (Comparator.REST_OF_CITY.value, Comparator.LOOK_ALIKES.value)
"""The two comparators that every picture and every sentence about a neighbourhood shows."""

_NEVER_FIRST = {*FIRST_TWO, Comparator.CITY.value, Comparator.CITY_OUTSIDE_PROGRAMME.value}


@dataclass(frozen=True, kw_only=True)
class Beside:
    """One comparator beside the area in one period; ``gap`` is signed, negative is behind."""

    comparator: str
    value: float | None
    low: float | None
    high: float | None
    status: Status
    gap: float | None
    gap_low: float | None
    gap_high: float | None
    relative_gap: float | None


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One period of one indicator in one area, with what stands beside it by name of the comparator."""

    period: int
    value: float | None
    low: float | None
    high: float | None
    interval: str
    base: float | None
    status: Status
    source: str
    apportioned: float
    like_n: int | None
    beside: Mapping[str, Beside] = field(default_factory=dict)

    @property
    def is_present(self) -> bool:
        """Whether there is a value to show."""
        return self.status.is_present and is_defined(self.value)


@dataclass(frozen=True, kw_only=True)
class Shift:
    """The change of the gap to one comparator since the baseline, or the reason that there is none."""

    comparator: str
    baseline: int | None
    latest: int | None
    baseline_status: str
    gap_baseline: float | None
    gap_latest: float | None
    change: float | None
    change_low: float | None
    change_high: float | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One indicator in one area: its figures in order of time, its changes, and the values of its peers.

    ``peers`` are the values of the neighbourhoods of the same level in the city in the latest period, the area
    itself among them; ``first_two`` are the comparators that are shown first.
    """

    indicator: Indicator
    figures: tuple[Figure, ...] = ()
    shifts: Mapping[str, Shift] = field(default_factory=dict)
    peers: tuple[float, ...] = ()
    first_two: Two = FIRST_TWO
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    @cached_property
    def present(self) -> tuple[Figure, ...]:
        """The figures that have a value."""
        return tuple(figure for figure in self.figures if figure.is_present)

    @cached_property
    def latest(self) -> Figure | None:
        """The latest figure with a value, or else the latest reason that there is none."""
        return (self.present or self.figures or (None,))[-1]

    @property
    def has_series(self) -> bool:
        """Whether there are at least two periods with a value."""
        return len(self.present) > 1

    def gaps(self, comparator: str) -> tuple[tuple[Figure, Beside], ...]:
        """Give the periods in which the gap to this comparator is known."""
        pairs = ((figure, figure.beside.get(comparator)) for figure in self.present)
        return tuple((figure, beside) for figure, beside in pairs if beside and is_defined(beside.gap))


def read(
    indicators: Iterable[Indicator],
    figures: pl.DataFrame,
    positions: pl.DataFrame,
    changes: pl.DataFrame,
    peers: pl.DataFrame | None = None,
    verdicts: pl.DataFrame | None = None,
) -> tuple[Reading, ...]:
    """Gather the frames of one area into a reading per indicator, in the order of ``indicators``.

    Parameters
    ----------
    figures, positions, changes
        Rows of one area (schemas ``Figures``, ``Positions`` and ``Changes``); an indicator without rows gets a
        reading without figures, so that its absence is seen.
    peers
        ``Figures`` of the neighbourhoods of the same level in the same city.
    verdicts
        ``Verdicts`` on the area, where they are wanted.
    """
    beside: dict[tuple[str, int], dict[str, Beside]] = defaultdict(dict)
    for row in positions.iter_rows(named=True):
        beside[row["indicator"], row["period"]][row["comparator"]] = beside_of(row)
    by_indicator: dict[str, list[Figure]] = defaultdict(list)
    for row in figures.sort("indicator", "period").iter_rows(named=True):
        by_indicator[row["indicator"]].append(figure_of(row, beside[row["indicator"], row["period"]]))
    shifts: dict[str, dict[str, Shift]] = defaultdict(dict)
    for row in changes.iter_rows(named=True):
        shifts[row["indicator"]][row["comparator"]] = shift_of(row)
    judged, two = judgements(verdicts), first_two(positions)
    readings = tuple(
        Reading(
            indicator=indicator,
            figures=tuple(by_indicator[indicator.id]),
            shifts=dict(shifts[indicator.id]),
            first_two=two,
            judgements=judged.get(indicator.id, {}),
        )
        for indicator in indicators
    )
    return readings if peers is None else among_peers(readings, peers)


def among_peers(readings: Iterable[Reading], peers: pl.DataFrame) -> tuple[Reading, ...]:
    """Set every reading among the values of its peers in its own latest period.

    ``peers`` holds at least ``indicator``, ``period`` and ``value``.
    """
    listed = tuple(readings)
    wanted = [(one.indicator.id, one.latest.period) for one in listed if one.latest]
    around = _peer_values(peers, wanted)
    return tuple(
        replace(one, peers=around.get((one.indicator.id, one.latest.period), ())) if one.latest else one
        for one in listed
    )


def first_two(positions: pl.DataFrame) -> Two:
    """Choose the two comparators that are shown first.

    A neighbourhood stands beside the rest of its city and its look-alikes, also where one of them is unknown. A
    gemeente or the country has neither: it stands beside what it is part of and beside groups.
    """
    with_gap = positions.filter(pl.col("comparator_value").is_not_null())
    known = with_gap["comparator"].unique(maintain_order=True).to_list()
    if not known or FIRST_TWO[0] in known or FIRST_TWO[1] in known:
        return FIRST_TWO
    others = sorted((one for one in known if one not in _NEVER_FIRST), key=lambda one: one != Comparator.COUNTRY.value)
    return (others[0], others[1]) if len(others) > 1 else FIRST_TWO


def _peer_values(peers: pl.DataFrame, wanted: list[tuple[str, int]]) -> dict[tuple[str, int], tuple[float, ...]]:
    periods = pl.DataFrame(wanted, schema={"indicator": pl.String, "period": peers.schema["period"]}, orient="row")
    known = peers.filter(pl.col("indicator").is_in(periods["indicator"].implode()), pl.col("value").is_finite())
    gathered = (
        known.join(periods, on=["indicator", "period"], how="semi")
        .group_by("indicator", "period")
        .agg(pl.col("value").sort())
    )
    return {(row["indicator"], row["period"]): tuple(row["value"]) for row in gathered.iter_rows(named=True)}


def beside_of(row: dict[str, Any]) -> Beside:
    """Take what stands beside an area from a row of ``Positions``."""
    return Beside(
        comparator=row["comparator"],
        value=row["comparator_value"],
        low=row["comparator_low"],
        high=row["comparator_high"],
        status=Status(row["comparator_status"]),
        gap=row["gap"],
        gap_low=row["gap_low"],
        gap_high=row["gap_high"],
        relative_gap=row["relative_gap"],
    )


def figure_of(row: dict[str, Any], beside: Mapping[str, Beside]) -> Figure:
    """Take a figure from a row of ``Figures``, with what stands beside it."""
    return Figure(
        period=row["period"],
        value=row["value"],
        low=row["low"],
        high=row["high"],
        interval=row["interval"],
        base=row["base"],
        status=Status(row["status"]),
        source=row["source"],
        apportioned=row["apportioned"],
        like_n=row["like_n"],
        beside=beside,
    )


def shift_of(row: dict[str, Any]) -> Shift:
    """Take a change from a row of ``Changes``."""
    return Shift(
        comparator=row["comparator"],
        baseline=row["baseline"],
        latest=row["latest"],
        baseline_status=row["baseline_status"],
        gap_baseline=row["gap_baseline"],
        gap_latest=row["gap_latest"],
        change=row["change"],
        change_low=row["change_low"],
        change_high=row["change_high"],
    )
