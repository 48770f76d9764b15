"""One indicator laid out as a sheet: areas down, periods across."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import polars as pl

from wijkpeil.analysis.resolution import step_of
from wijkpeil.analysis.tree import AreaTree, Bools, Floats, Ints
from wijkpeil.domain.frames import MADE, STATUSES
from wijkpeil.domain.indicator import Indicator, Kind
from wijkpeil.domain.status import PRESENT, Status

Scalar = TypeVar("Scalar", bound=np.generic)
Codes = npt.NDArray[np.uint8]

CODE = {status: np.uint8(STATUSES.index(status)) for status in Status}
NO_ROW = np.uint8(255)
"""The status code of a cell for which there is no row at all."""
GIVEN, COPIED, COMPOSED = (np.uint8(MADE.index(made)) for made in ("given", "copied", "composed"))

_AT_A_TIME = 2
_IS_PRESENT = np.isin(np.arange(256), [CODE[status] for status in PRESENT])


@dataclass(frozen=True, kw_only=True, eq=False)
class Sheet:
    """The cells of one indicator, each an array of areas (by place) times periods.

    Absent numbers are NaN inside this room only. ``spread`` is the variance that the publisher's rounding adds
    to a count: rounding of the counts behind a figure and of the figure itself; ``from_panel`` tells which ``se`` is
    not the publisher's but the panel's; ``people`` the population that weighs where there is no base; ``status`` and
    ``made`` hold positions in ``domain.frames.STATUSES`` and ``MADE``; ``source`` positions in ``sources`` (-1 for
    none).
    """

    indicator: Indicator
    periods: Ints
    value: Floats
    base: Floats
    se: Floats
    spread: Floats
    from_panel: Bools
    apportioned: Floats
    people: Floats
    status: Codes
    made: Codes
    source: Ints
    sources: tuple[str, ...]

    @property
    def is_present(self) -> Bools:
        """Which cells have a value."""
        return present(self.status)

    @property
    def has_row(self) -> Bools:
        """Which cells are spoken of at all: with a value or with a reason."""
        has_row: Bools = self.status != NO_ROW
        return has_row


def present(status: Codes) -> Bools:
    """Tell which status codes go with a value."""
    return _IS_PRESENT[status]


def by_indicator(frame: pl.DataFrame) -> Iterator[tuple[str, pl.DataFrame]]:
    """Split a frame into its indicators in the order of their ids; one that is in order is cut without copying."""
    runs = frame["indicator"].rle().struct.unnest()
    if runs["value"].is_sorted() and runs["value"].is_unique().all():
        start = 0
        for length, name in runs.iter_rows():
            yield name, frame.slice(start, length)
            start += length
        return
    for name in runs["value"].unique().sort():
        yield name, frame.filter(pl.col("indicator") == name)


def one_by_one(
    work: Callable[[tuple[str, pl.DataFrame]], pl.DataFrame], parts: Iterable[tuple[str, pl.DataFrame]]
) -> list[pl.DataFrame]:
    """Do the same work for every indicator, a few at a time, and keep their order.

    An indicator stands alone: whether they come in one chunk or in ten, on one core or on many, cannot change
    a byte.
    """
    with ThreadPoolExecutor(max_workers=_AT_A_TIME) as workers:
        return list(workers.map(work, parts))


def sheet_of(part: pl.DataFrame, *, indicator: Indicator, tree: AreaTree) -> Sheet:
    """Lay out the figures of one indicator; ``people`` is still unknown.

    Raises ``ValueError`` where an area has two figures for one period, and
    ``polars.exceptions.InvalidOperationError`` for an area that is not in the tree.
    """
    periods, column = np.unique(part["period"].to_numpy(), return_inverse=True)
    shape = (tree.size, len(periods))
    cell = tree.places(part["area"]) * len(periods) + column
    named = part["source"].unique().sort()
    source = part["source"].cast(pl.Enum(named)).to_physical().to_numpy()
    status = _scattered(part["status"].to_physical().to_numpy(), cell, shape, NO_ROW)
    if np.count_nonzero(status != NO_ROW) != part.height:
        raise ValueError(f"{indicator.id}: an area has two figures for one period")
    base = _numbers(part["base"], cell, shape)
    base[base < 0] = np.nan
    value = _numbers(part["value"], cell, shape)
    rounded = np.nan_to_num(_numbers(part["rounded_to"].cast(pl.Float64), cell, shape))
    return Sheet(
        indicator=indicator,
        periods=periods.astype(np.int64),
        value=value,
        base=base,
        se=_numbers(part["se"], cell, shape),
        spread=rounded * rounded / 12 + _of_written_figure(indicator, value, base),
        from_panel=np.zeros(shape, dtype=np.bool_),
        apportioned=np.nan_to_num(_numbers(part["apportioned"], cell, shape)),
        people=np.full(shape, np.nan),
        status=status,
        made=np.full(shape, GIVEN),
        source=_scattered(source.astype(np.int64), cell, shape, np.int64(-1)),
        sources=tuple(named),
    )


def _of_written_figure(indicator: Indicator, value: Floats, base: Floats) -> Floats:
    """Give what the rounding of a share or a rate itself (a whole percentage) adds to the variance of its count."""
    if indicator.kind not in {Kind.PROPORTION, Kind.RATE}:
        return np.zeros(value.shape)
    steps = np.array([step_of(column) for column in value.T])
    return np.asarray(np.nan_to_num(base * steps) ** 2 / 12)


def _numbers(column: pl.Series, cell: Ints, shape: tuple[int, int]) -> Floats:
    return _scattered(column.to_numpy().astype(np.float64), cell, shape, np.float64(np.nan))


def _scattered(numbers: npt.NDArray[Scalar], cell: Ints, shape: tuple[int, int], empty: Scalar) -> npt.NDArray[Scalar]:
    laid_out = np.full(shape[0] * shape[1], empty)
    laid_out[cell] = numbers
    return laid_out.reshape(shape)
