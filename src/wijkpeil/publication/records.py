"""Figures as plain tables for programs: the same columns and numbers in the terminal, the API and every download."""

from collections.abc import Sequence

import polars as pl

from wijkpeil.portrayal.inert import inert_texts
from wijkpeil.publication.edition import Edition

_BESIDE = {"rest_of_city": "rest", "look_alikes": "like"}
_GAPS = ("gap", "gap_low", "gap_high", "relative_gap")
_CHANGES = ("baseline", "baseline_status", "change", "change_low", "change_high", "relative_change")


def figures_table(edition: Edition, codes: Sequence[str], indicators: Sequence[str]) -> pl.DataFrame:
    """Give all periods of some indicators in some areas, with both gaps and their changes, in one wide table.

    The change since the baseline stands at the latest period that it is about.
    """
    mine = pl.col("indicator").is_in(indicators)
    parts = [
        _wide(
            edition.figures(area=code).filter(mine),
            edition.positions(area=code).filter(mine),
            edition.changes(area=code).filter(mine),
        )
        for code in codes
    ]
    return _named(edition, pl.concat(parts))


def indicator_table(edition: Edition, indicator: str) -> pl.DataFrame:
    """Give all periods of one indicator in all areas, in the same wide table."""
    beside = list(_BESIDE)
    figures = edition.figures(indicator=indicator)
    positions = edition.positions(indicator=indicator, comparators=beside)
    changes = edition.changes(indicator=indicator, comparators=beside)
    return _named(edition, _wide(figures, positions, changes))


def _wide(figures: pl.DataFrame, positions: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Put both gaps and their changes beside figures."""
    for comparator, prefix in _BESIDE.items():
        figures = _with_beside(figures, positions, changes, comparator, prefix)
    return figures


def _named(edition: Edition, whole: pl.DataFrame) -> pl.DataFrame:
    """Say of every row of which edition and area it is, and in which unit; in order."""
    names = edition.areas.select(area="code", area_name="name", area_vintage="vintage")
    units = pl.DataFrame(
        [(one.id, one.unit.value) for one in edition.policy.indicators],
        schema={"indicator": pl.String, "unit": pl.String},
        orient="row",
    )
    whole = whole.join(names, on="area", how="left", maintain_order="left")
    whole = whole.join(units, on="indicator", how="left", maintain_order="left")
    first = [pl.lit(edition.id).alias("edition"), pl.lit(edition.manifest.fictional).alias("fictional")]
    order = ["area", "area_name", "area_vintage", "indicator", "unit", "period"]
    rest = [name for name in whole.columns if name not in order]
    return whole.select(*first, *order, *rest).sort("area", "indicator", "period")


def plain(frame: pl.DataFrame) -> pl.DataFrame:
    """Turn categories and lists into text, and what is no number into nothing."""
    return frame.with_columns(
        *(pl.col(name).cast(pl.String) for name, kind in frame.schema.items() if kind in (pl.Enum, pl.Categorical)),
        *(pl.col(name).list.join(" ") for name, kind in frame.schema.items() if kind == pl.List),
        *(
            pl.when(pl.col(name).is_finite()).then(pl.col(name)).alias(name)
            for name, kind in frame.schema.items()
            if kind in (pl.Float64, pl.Float32)
        ),
    )


def csv_text(frame: pl.DataFrame) -> str:
    """Write a table as CSV with a header.

    A text that a spreadsheet would take for a formula gets an apostrophe in front of it.
    """
    return inert_texts(plain(frame)).write_csv()


def _with_beside(
    figures: pl.DataFrame, positions: pl.DataFrame, changes: pl.DataFrame, comparator: str, prefix: str
) -> pl.DataFrame:
    mine = pl.col("comparator") == comparator
    gaps = positions.filter(mine).select(
        "area", "indicator", "period", *(pl.col(name).alias(f"{prefix}_{name}") for name in _GAPS)
    )
    shifts = changes.filter(mine, pl.col("latest").is_not_null()).select(
        "area", "indicator", period="latest", **{f"{prefix}_{name}": pl.col(name) for name in _CHANGES}
    )
    keys = ["area", "indicator", "period"]
    joined = figures.join(gaps, on=keys, how="left", maintain_order="left")
    return joined.join(shifts, on=keys, how="left", maintain_order="left")
