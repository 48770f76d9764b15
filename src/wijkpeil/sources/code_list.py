"""From a publisher's table to the list of its areas: codes, names, and what it says of the areas themselves."""

import dataframely as dy
import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import Complaint
from wijkpeil.domain.frames import CodeList, LevelType
from wijkpeil.domain.source import Table
from wijkpeil.sources import faults
from wijkpeil.sources.cells import read_cells
from wijkpeil.sources.column_names import ColumnNames
from wijkpeil.sources.parsed import AREA, NAME, ParsedTable

HECTARES = 0.01
"""Square kilometres in a hectare."""

_LEVELS = {
    "GM": Level.GEMEENTE,
    "WK": Level.WIJK,
    "BU": Level.BUURT,
    "PC": Level.PC4,
}
_AMOUNTS = {
    "population": ("population", 1.0),
    "land_ha": ("land_km2", HECTARES),
    "land_km2": ("land_km2", 1.0),
    "total_ha": ("total_km2", HECTARES),
    "total_km2": ("total_km2", 1.0),
    "comparability": ("comparability", 1.0),
}


def code_list(parsed: ParsedTable, table: Table) -> dy.DataFrame[CodeList] | None:
    """Give the areas of a table that describes areas (``[table.code_list]``, or a form ``codes_...``), else ``None``.

    A table without names of its own (a typed data set names only gemeenten) gives the code as the name; a list
    of codes of the same map year then has the better one. One row per code.
    """
    if not table.code_list and not table.form.startswith("codes_"):
        return None
    frame = parsed.frame.unique(AREA, keep="first", maintain_order=True)
    names = ColumnNames(parsed.columns)
    there = {key: name for key, asked in table.code_list.items() if (name := names.find(asked)) is not None}
    amounts = {key: name for key, name in there.items() if key in _AMOUNTS}
    values = read_cells(frame, list(dict.fromkeys(amounts.values()))).values
    columns = {_AMOUNTS[key][0]: values[name] * _AMOUNTS[key][1] for key, name in amounts.items()}
    level = (
        pl.col(AREA)
        .str.head(2)
        .replace_strict({prefix: level.value for prefix, level in _LEVELS.items()}, default=Level.COUNTRY.value)
    )
    absent = [name for name in ("population", "land_km2", "total_km2", "comparability") if name not in columns]
    made = frame.select(
        code=AREA,
        vintage=pl.lit(parsed.vintage, dtype=pl.Int16),
        name=pl.coalesce(NAME, AREA),
        level=level.cast(LevelType),
        **columns,
        **{name: pl.lit(None, dtype=pl.Float64) for name in absent},
        pc4=pl.col(there["pc4"]).cast(pl.String).str.extract(r"(\d{4})")
        if "pc4" in there
        else pl.lit(None, dtype=pl.String),
    )
    comparability = pl.when(pl.col("comparability").is_in([1.0, 2.0, 3.0])).then("comparability")
    return CodeList.validate(made.with_columns(comparability.cast(pl.Int8)).select(CodeList.column_names()))


def _postcode(column: str | None) -> pl.Expr:
    """Take the four digits of a postcode area."""
    return pl.lit(None, dtype=pl.String) if column is None else pl.col(column).cast(pl.String).str.extract(r"(\d{4})")


def unknown_areas(parsed: ParsedTable, known: dy.DataFrame[CodeList]) -> tuple[Complaint, ...]:
    """Complain of areas that are not in the code list of the table's map year.

    A list may be that of one city, or of gemeenten only: a wijk or buurt is unknown when the list has others of
    its kind in that gemeente, a gemeente when the list is that of a country.
    """
    listed = known.filter(pl.col("vintage") == parsed.vintage).select("code", "level")
    is_national = (listed["level"] == Level.COUNTRY.value).any()
    whole = listed.select(kind=pl.col("code").str.head(6)).filter(~pl.col("kind").str.starts_with("GM")).unique()
    areas = parsed.frame.select(AREA, kind=pl.col(AREA).str.head(6)).unique(maintain_order=True)
    looked_at = pl.col("kind").is_in(whole["kind"].implode()) | (pl.col(AREA).str.starts_with("GM") & is_national)
    unknown = areas.filter(looked_at).join(listed, left_on=AREA, right_on="code", how="anti", maintain_order="left")
    return faults.unknown_areas(parsed, unknown[AREA].to_list())
