"""Observations wait here as Parquet, a file per table, until their indicator is worked on."""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from wijkpeil.domain.frames import Observations

ROWS_PER_GROUP = 140_000


class ObservationStore:
    """A folder of observations, written table by table and read indicator by indicator.

    A build never needs all observations at once: tables arrive by period, positions are made by indicator, and
    Parquet's row groups let either side touch only its own part.
    """

    def __init__(self, folder: Path) -> None:
        """Use ``folder``, which is made when it is not there."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._files = 0

    def add(self, observations: pl.DataFrame) -> None:
        """Keep the observations of one table, sorted so that an indicator lies together."""
        if observations.is_empty():
            return
        ordered = observations if observations["indicator"].is_sorted() else observations.sort("indicator")
        path = self.folder / f"{self._files:05d}.parquet"
        ordered.write_parquet(path, compression="lz4", row_group_size=ROWS_PER_GROUP)
        self._files += 1

    def take(self, indicators: Collection[str]) -> pl.DataFrame:
        """Give the observations of some indicators, in the order in which their tables were added."""
        if not self._files:
            return Observations.create_empty()
        first, last = min(indicators), max(indicators)
        wanted = pl.col("indicator").is_between(pl.lit(first), pl.lit(last)) & pl.col("indicator").is_in(
            list(indicators)
        )
        files = sorted(self.folder.glob("*.parquet"))
        return pl.scan_parquet(files).filter(wanted).collect()

    def rows_by_indicator(self) -> dict[str, int]:
        """Tell how many observations each indicator has, in order of their ids."""
        if not self._files:
            return {}
        files = sorted(self.folder.glob("*.parquet"))
        counted = pl.scan_parquet(files).group_by("indicator").len().sort("indicator").collect()
        return dict(counted.iter_rows())
