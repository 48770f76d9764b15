"""What the methods found of one indicator in one area, as plain values: its trend, its steadier figure, its crowd."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import polars as pl

from wijkpeil.domain.reason import Reason
from wijkpeil.portrayal.quantity import is_defined


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """The level behind the figures in one year; ``piece`` counts the lines between breaks."""

    period: int
    piece: int
    level: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Trend:
    """The line behind the figures with its band, or the reason that there is none."""

    points: tuple[TrendPoint, ...] = ()
    reason: Reason | None = None

    @property
    def latest_piece(self) -> tuple[TrendPoint, ...]:
        """The line since the last break."""
        return tuple(point for point in self.points if point.piece == self.points[-1].piece)


@dataclass(frozen=True, kw_only=True)
class Smoothed:
    """The figure of an area that leans on its city; ``own`` (0-1) is how far the area speaks for itself."""

    period: int
    value: float | None
    low: float | None
    high: float | None
    own: float | None
    reason: Reason | None


class Zone(StrEnum):
    """Where an area lies in a funnel."""

    WITHIN = "within"
    OUTSIDE_95 = "outside_95"
    OUTSIDE_998 = "outside_998"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One area in a funnel; ``is_marked`` where it differs more than chance and the usual differences allow."""

    code: str
    name: str
    value: float | None
    size: float | None
    zone: Zone | None
    is_marked: bool
    q: float | None
    reason: Reason | None


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The four limits of a funnel at one size."""

    size: float
    low_95: float
    high_95: float
    low_998: float
    high_998: float


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """The areas of a city in a funnel around its figure.

    ``by_base`` tells whether ``size`` counts those whom the figure is about; otherwise it is a standard error.
    ``is_dispersed`` marks areas that differ more than by chance, for which the limits are wider.
    """

    city: str
    period: int | None
    whole: float | None
    by_base: bool
    is_dispersed: bool
    members: tuple[Member, ...]
    limits: tuple[Limits, ...] = ()

    @property
    def placed(self) -> tuple[Member, ...]:
        """The areas that have a place in the funnel."""
        return tuple(one for one in self.members if one.reason is None)

    @property
    def marked(self) -> tuple[Member, ...]:
        """The exceptions, the surest first."""
        return tuple(sorted((one for one in self.placed if one.is_marked), key=lambda one: (one.q or 0.0, one.code)))

    def member(self, code: str) -> Member | None:
        """Give the area with this code."""
        return next((one for one in self.members if one.code == code), None)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What the methods found of one indicator in one area."""

    trend: Trend = field(default_factory=Trend)
    smoothed: Smoothed | None = None
    crowd: Crowd | None = None


def trend_of(found: pl.DataFrame) -> Trend:
    """Gather the line of one area (columns of ``analysis.trend.trend``)."""
    drawn = found.filter(pl.col("level").is_not_null())
    if drawn.is_empty():
        reasons = found["reason"].drop_nulls()
        return Trend(reason=Reason(reasons[-1]) if len(reasons) else Reason.NO_FIGURE)
    names = ("period", "piece", "level", "low", "high")
    return Trend(points=tuple(TrendPoint(**row) for row in drawn.select(names).iter_rows(named=True)))


def smoothed_of(found: pl.DataFrame, area: str, *, period: int) -> Smoothed | None:
    """Gather the steadier figure of one area (columns of ``analysis.small_areas.smoothed``)."""
    for row in found.filter(pl.col("area") == area).iter_rows(named=True):
        return Smoothed(
            period=period,
            value=row["smoothed"],
            low=row["smoothed_low"],
            high=row["smoothed_high"],
            own=row["own"],
            reason=_reason(row),
        )
    return None


def members_of(areas: pl.DataFrame, names: Mapping[str, str]) -> tuple[Member, ...]:
    """Gather the areas of a funnel (columns of ``analysis.funnel.funnel``)."""
    return tuple(
        Member(
            code=row["area"],
            name=names.get(row["area"], row["area"]),
            value=row["value"],
            size=row["size"],
            zone=Zone(row["zone"]) if row["zone"] and not row["reason"] else None,
            is_marked=bool(row["is_marked"]),
            q=row["q_value"] if is_defined(row["q_value"]) else None,
            reason=_reason(row),
        )
        for row in areas.iter_rows(named=True)
    )


def limits_of(curve: pl.DataFrame) -> tuple[Limits, ...]:
    """Gather the limits of a funnel (columns of ``analysis.funnel.curve``)."""
    return tuple(Limits(**row) for row in curve.iter_rows(named=True))


def _reason(row: Mapping[str, Any]) -> Reason | None:
    return Reason(row["reason"]) if row["reason"] else None
