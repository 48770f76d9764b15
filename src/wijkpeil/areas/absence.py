"""Areas of the map year that a source of another year cannot speak for: they get a row that says so."""

import polars as pl

from wijkpeil.domain.frames import OnMapYear, StatusType
from wijkpeil.domain.status import Status

_NATIONWIDE = 0.5
_COLUMNS = OnMapYear.column_names()


def not_traced(
    moving: pl.DataFrame, arrived: pl.DataFrame, lineage: pl.DataFrame, *, codes: pl.DataFrame, map_year: int
) -> pl.DataFrame:
    """Give every area that a source should speak for, and has no row of it, the status ``not_comparable``.

    A source that lists most areas of a level speaks for the whole country at that level; another one for the
    gemeenten that it reaches. Without this an area whose border moved would be absent without a reason.

    Parameters: ``moving`` are observations of other map years, ``arrived`` what became of them; ``codes`` are
    the combined code lists. Returns rows of ``OnMapYear``.
    """
    asked = moving.select("vintage", "source", "indicator", "period", level=_level("area")).unique()
    targets = _spoken_for(moving, lineage, codes, map_year)
    rows = asked.join(targets, on=["vintage", "source", "level"])
    lacking = rows.join(arrived, on=["area", "indicator", "period", "source"], how="anti")
    null = [pl.lit(None).alias(name) for name in ("value", "base", "se", "rounded_to")]
    status = pl.lit(Status.NOT_COMPARABLE.value, StatusType).alias("status")
    completed = lacking.with_columns(*null, status, apportioned=pl.lit(0.0)).select(_COLUMNS)
    return OnMapYear.cast(completed.sort("area", "indicator", "period", "source"))


def _spoken_for(moving: pl.DataFrame, lineage: pl.DataFrame, codes: pl.DataFrame, map_year: int) -> pl.DataFrame:
    """List per source, year and level the areas of the map year that it should speak for."""
    listed = codes.select("vintage", pl.col("code").alias("area"), level=_level("code"), gemeente=_digits("code"))
    seen = moving.select("vintage", "source", "area", level=_level("area")).unique()
    targets = listed.filter(pl.col("vintage") == map_year).drop("vintage")
    of_all = targets.group_by("level").agg(pl.len().alias("all"))
    nationwide = (
        seen.group_by("vintage", "source", "level")
        .agg(pl.len().alias("seen"))
        .join(of_all, on="level")
        .filter(pl.col("seen") >= _NATIONWIDE * pl.col("all"))
    )
    reached = (
        seen.join(lineage, left_on=["vintage", "area"], right_on=["vintage_from", "area_from"])
        .select("vintage", "source", "level", gemeente=_digits("area_to"))
        .unique()
    )
    everywhere = nationwide.join(targets, on="level")
    nearby = reached.join(targets, on=["level", "gemeente"])
    columns = ["vintage", "source", "level", "area"]
    return pl.concat([everywhere.select(columns), nearby.select(columns)]).unique()


def _level(column: str) -> pl.Expr:
    return pl.col(column).str.slice(0, 2)


def _digits(column: str) -> pl.Expr:
    return pl.col(column).str.slice(2, 4)
