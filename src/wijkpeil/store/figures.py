"""Published figures lie twice, in two orders: by indicator for maps and studies, by city for the page of an area."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import dataframely as dy
import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Figures

BY_INDICATOR = "by_indicator"
BY_CITY = "by_city"
ROWS_PER_GROUP_INDICATOR = 20_000
ROWS_PER_GROUP_CITY = 32_768
ROWS_AT_ONCE = 4_000_000
"""How many figures are sorted by city in one go, which bounds the memory."""


def homes_of(areas: pl.DataFrame, country: str) -> pl.DataFrame:
    """Tell in which city's file the figures of each area stand: its gemeente's, or the country's.

    Returns ``area`` and ``home``.
    """
    own = pl.when(pl.col("level") == Level.GEMEENTE).then(pl.col("code")).otherwise(pl.col("gemeente"))
    return areas.select(area="code", home=own.fill_null(country))


def write_by_indicator(figures: dy.DataFrame[Figures], folder: Path) -> None:
    """Write one file per indicator of a chunk, sorted by area and period."""
    target = folder / BY_INDICATOR
    target.mkdir(parents=True, exist_ok=True)
    for (indicator,), part in figures.partition_by("indicator", as_dict=True, maintain_order=True).items():
        part.write_parquet(
            target / f"{indicator}.parquet",
            compression="zstd",
            compression_level=1,
            row_group_size=ROWS_PER_GROUP_INDICATOR,
        )


def write_by_city(
    folder: Path, home_of: pl.DataFrame, *, progress: Callable[[float], None] = lambda part: None
) -> None:
    """Write the same figures again, one file per city, sorted by area, indicator and period.

    A band of cities is sorted at a time, so that memory does not grow with the country. The files by indicator
    are read in order and the sort is stable, which keeps the bytes the same on every machine.

    Parameters
    ----------
    folder
        Holds ``by_indicator`` and gets ``by_city``.
    home_of
        ``area`` and ``home``: the code of the city (or country) whose file an area stands in.
    progress
        Is told the part (0-1) that is done.
    """
    target = folder / BY_CITY
    target.mkdir(parents=True, exist_ok=True)
    files = sorted((folder / BY_INDICATOR).glob("*.parquet"))
    if not files:
        return
    figures = pl.scan_parquet(files)
    counted = figures.group_by("area").len().collect().join(home_of, on="area").group_by("home").agg(pl.sum("len"))
    bands = _bands(counted.sort("home").rows())
    for done, band in enumerate(bands):
        _write_band(figures, home_of.filter(pl.col("home").is_in(band)), target)
        progress((done + 1) / len(bands))


def _write_band(figures: pl.LazyFrame, home_of: pl.DataFrame, target: Path) -> None:
    """Sort the figures of some cities by area and write a file for each."""
    ordered = home_of.sort("home", "area")
    place = pl.Enum(ordered["area"])
    wanted = figures.filter(_near(ordered["area"]) & pl.col("area").is_in(ordered["area"].to_list())).collect()
    placed = wanted.with_columns(place=pl.col("area").cast(place).to_physical()).sort("place", maintain_order=True)
    homes = placed.select(home=ordered["home"].gather(placed["place"]))["home"].rle()
    start = 0
    for length, home in zip(homes.struct["len"], homes.struct["value"], strict=True):
        placed.slice(start, length).drop("place").write_parquet(
            target / f"{home}.parquet",
            compression="zstd",
            compression_level=1,
            row_group_size=ROWS_PER_GROUP_CITY,
        )
        start += length


def _near(areas: pl.Series) -> pl.Expr:
    """Say between which codes of each kind the areas lie, so that the rest of a file need not be read at all."""
    kinds = areas.to_frame("code").group_by(kind=pl.col("code").str.head(2), maintain_order=True)
    ranges = kinds.agg(first=pl.col("code").min(), last=pl.col("code").max())
    spans = [pl.col("area").is_between(pl.lit(first), pl.lit(last)) for _, first, last in ranges.iter_rows()]
    return pl.any_horizontal(spans)


def _bands(counted: list[tuple[str, int]]) -> list[list[str]]:
    """Gather cities into bands of at most ``ROWS_AT_ONCE`` figures, in order of their codes."""
    bands: list[list[str]] = []
    room = 0
    for home, rows in counted:
        if not bands or rows > room:
            bands.append([])
            room = ROWS_AT_ONCE
        bands[-1].append(home)
        room -= rows
    return bands


def read_indicator(folder: Path, indicator: str) -> pl.DataFrame:
    """Read all figures of one indicator; an indicator without a file has none."""
    return _read(folder / BY_INDICATOR / f"{indicator}.parquet")


def read_city(
    folder: Path, home: str, *, area: str | None = None, columns: Sequence[str] | None = None
) -> pl.DataFrame:
    """Read the figures of a city's file, or only those of one area in it, or only some columns."""
    return _read(folder / BY_CITY / f"{home}.parquet", None if area is None else pl.col("area") == area, columns)


def read_cities(folder: Path, areas: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Read the figures of some areas of some cities, in the order of the cities."""
    scans = [
        pl.scan_parquet(folder / BY_CITY / f"{home}.parquet").filter(pl.col("area").is_in(list(wanted)))
        for home, wanted in areas.items()
    ]
    return pl.concat(scans).collect() if scans else Figures.create_empty()


def _read(path: Path, wanted: pl.Expr | None = None, columns: Sequence[str] | None = None) -> pl.DataFrame:
    if not path.exists():
        return Figures.create_empty().select(columns or Figures.column_names())
    scan = pl.scan_parquet(path)
    found = scan if wanted is None else scan.filter(wanted)
    return (found if columns is None else found.select(columns)).collect()
