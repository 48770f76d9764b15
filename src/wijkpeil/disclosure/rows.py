"""The rows of one indicator, and where each stands among areas and periods."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from wijkpeil.analysis.tree import AreaTree, Floats, Ints
from wijkpeil.domain.indicator import Indicator

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, kw_only=True, eq=False)
class Rows:
    """Rows sorted by area and period: row ``i`` stands at area ``area[i]`` and period ``period[i]`` of a page."""

    indicator: Indicator
    frame: pl.DataFrame
    area: Ints
    period: Ints
    shape: tuple[int, int]

    def numbers(self, column: str) -> Floats:
        """Give a column of numbers, NaN where it is null."""
        return self.frame[column].to_numpy().astype(np.float64)

    def codes(self, column: str) -> npt.NDArray[np.uint8]:
        """Give the positions of a column of names, as a copy that may be changed."""
        return self.frame[column].to_physical().to_numpy().astype(np.uint8)

    def page(self, numbers: npt.NDArray[Scalar], *, empty: Scalar) -> npt.NDArray[Scalar]:
        """Lay one number a row out as areas by periods."""
        page = np.full(self.shape, empty)
        page[self.area, self.period] = numbers
        return page

    def of(self, page: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
        """Read from a page the number of each row."""
        return page[self.area, self.period]


def rows_of(part: pl.DataFrame, *, indicator: Indicator, tree: AreaTree) -> Rows:
    """Put the rows of one indicator in order and find their places."""
    area = tree.places(part["area"])
    periods, period = np.unique(part["period"].to_numpy(), return_inverse=True)
    cell = area * len(periods) + period
    if not (cell[1:] > cell[:-1]).all():
        order = np.argsort(cell)
        part, area, period = part[order], area[order], period[order]
    return Rows(
        indicator=indicator,
        frame=part,
        area=area,
        period=period.astype(np.int64),
        shape=(tree.size, len(periods)),
    )
