"""One list of codes per map year, put together from all the files that know something of it."""

from collections.abc import Sequence

import dataframely as dy
import polars as pl

from wijkpeil.areas.names import harmonised
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import CodeList

_FACTS = ("population", "land_km2", "total_km2", "comparability", "pc4")


def combined(code_lists: Sequence[dy.DataFrame[CodeList]]) -> dy.DataFrame[CodeList]:
    """Put the code lists of several files together: one row per code and map year.

    One file has the names of all areas, another the land of the wijken, a third the inhabitants of one city. The
    first file that knows a fact gives it; of the names the first that says more than a number is kept.

    Returns the codes sorted by map year and code; an empty list gives an empty frame.
    """
    if not code_lists:
        return CodeList.create_empty()
    stacked = pl.concat([frame.select(CodeList.column_names()) for frame in code_lists])
    says_more = (harmonised(pl.col("name")) != "") & (pl.col("name") != pl.col("code"))
    telling = pl.col("name").filter(says_more).first()
    merged = stacked.group_by("code", "vintage", maintain_order=True).agg(
        pl.coalesce(telling, pl.col("name").first()).alias("name"),
        pl.col("level").first(),
        *(pl.col(fact).drop_nulls().first() for fact in _FACTS),
    )
    return CodeList.validate(merged.sort("vintage", "code"))


def of_year(codes: dy.DataFrame[CodeList], vintage: int, level: Level) -> pl.DataFrame:
    """Take one level of one map year of a combined code list, with what comparing needs.

    Adds ``plain`` (the harmonised name), ``gemeente`` and ``wijk`` (the codes that the digits name; null where
    the level has none).
    """
    prefix = pl.col("code").str.slice(0, 2)
    return codes.filter((pl.col("vintage") == vintage) & (pl.col("level") == level.value)).with_columns(
        plain=harmonised(pl.col("name")),
        gemeente=pl.when(prefix.is_in(["GM", "WK", "BU"])).then("GM" + pl.col("code").str.slice(2, 4)),
        wijk=pl.when(prefix == "BU").then("WK" + pl.col("code").str.slice(2, 6)),
    )
