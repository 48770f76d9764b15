"""One colour for every area of a movable map: a value, a gap, a change or a verdict, in the order of the shapes."""

from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.status import PRESENT
from wijkpeil.publication.coverage import coverage_of
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.everywhere import changes_of, positions_of

_PRESENT = [status.value for status in PRESENT]


class What(StrEnum):
    """What a map may show of an indicator; the values are the words of the address."""

    VALUE = "waarde"
    GAP = "achterstand"
    CHANGE = "verandering"
    VERDICT = "oordeel"


@dataclass(frozen=True, kw_only=True, eq=False)
class Layer:
    """What a map shows.

    ``shown`` has a row per shape, in the order of the shapes: ``value``, ``low`` and ``high`` (null where absent or
    unknown), ``reason`` (why there is no value) and, of verdicts, ``verdict``. ``fixed`` are the values that set the
    classes: those of the latest period, so that a colour means the same in every year. ``period`` is the one shown.
    """

    shown: pl.DataFrame
    fixed: tuple[float, ...]
    period: int | None
    periods: tuple[int, ...]


def layer_of(
    edition: Edition, *, indicator: str, level: Level, period: int | None, what: What, comparator: str
) -> Layer:
    """Give one map; a period without figures gives way to the latest. Raises ``KeyError`` for an unknown indicator."""
    codes = pl.DataFrame({"area": coverage_of(edition, level).codes})
    figures = edition.figures(indicator=indicator).join(codes, on="area", how="semi")
    periods = tuple(figures.filter(pl.col("value").is_not_null())["period"].unique().sort().to_list())
    latest = periods[-1] if periods else None
    chosen = period if period in periods else latest
    if what is What.VERDICT:
        shown = _verdicts(edition, indicator, comparator)
        return Layer(shown=_ordered(codes, shown), fixed=(), period=latest, periods=())
    if what is What.CHANGE:
        shown = _changes(edition, indicator, comparator).join(codes, on="area", how="semi")
        return Layer(shown=_ordered(codes, shown), fixed=_known(shown), period=latest, periods=())
    rows = _values(figures) if what is What.VALUE else _gaps(edition, indicator, comparator, codes)
    shown, fixed = (rows.filter(pl.col("period").is_in([one])) for one in (chosen, latest))
    return Layer(shown=_ordered(codes, shown), fixed=_known(fixed), period=chosen, periods=periods)


def has_verdicts(edition: Edition, level: Level) -> bool:
    """Whether areas of a level are judged: those of a programme."""
    return level is Level.PROGRAMME_AREA and edition.verdicts().height > 0


def _values(figures: pl.DataFrame) -> pl.DataFrame:
    return figures.select("area", "period", "value", "low", "high", reason=pl.col("status").cast(pl.String))


def _gaps(edition: Edition, indicator: str, comparator: str, codes: pl.DataFrame) -> pl.DataFrame:
    own, other = pl.col("status").cast(pl.String), pl.col("comparator_status").cast(pl.String)
    absent = ["not_applicable", *_PRESENT]
    why = (
        pl.when(~own.is_in(_PRESENT)).then(own).when(other.is_in(absent)).then(pl.lit("no_comparator")).otherwise(other)
    )
    found = positions_of(edition, indicator, comparator).join(codes, on="area", how="semi")
    return found.select("area", "period", value="gap", low="gap_low", high="gap_high", reason=why)


def _changes(edition: Edition, indicator: str, comparator: str) -> pl.DataFrame:
    reason = pl.col("baseline_status").cast(pl.String)
    return changes_of(edition, indicator, comparator).select(
        "area", value="change", low="change_low", high="change_high", reason=reason
    )


def _verdicts(edition: Edition, indicator: str, comparator: str) -> pl.DataFrame:
    return edition.verdicts(indicator=indicator, comparator=comparator).select(
        "area",
        value="change",
        low="change_low",
        high="change_high",
        reason=pl.col("reason").cast(pl.String),
        verdict=pl.col("verdict").cast(pl.String),
    )


def _known(rows: pl.DataFrame) -> tuple[float, ...]:
    return tuple(rows.filter(pl.col("value").is_not_null())["value"])


def _ordered(codes: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return codes.join(rows, on="area", how="left", maintain_order="left")
