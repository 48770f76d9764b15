"""The mean of an area's look-alikes, from what is published of them."""

from dataclasses import dataclass

import dataframely as dy
import numpy as np
from scipy import special
from scipy.sparse import csr_array

from wijkpeil.analysis.compose import divided, worst_status
from wijkpeil.analysis.sheet import CODE, Codes
from wijkpeil.analysis.tree import AreaTree, Bools, Floats, Ints
from wijkpeil.domain.frames import LookAlikesFound
from wijkpeil.domain.indicator import Indicator, Kind, Nature
from wijkpeil.domain.status import Status

_DUST = 1e-18
"""A variance smaller than this part of the squared weights is rounding of the machine."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Beside:
    """The weighted mean of the look-alikes of every cell, of how many, with its limits and status."""

    value: Floats
    low: Floats
    high: Floats
    number: Ints
    status: Codes


def beside_look_alikes(
    indicator: Indicator,
    *,
    look_alikes: csr_array,
    applies: Bools,
    value: Floats,
    base: Floats,
    people: Floats,
    status: Codes,
) -> Beside:
    """Give the weighted mean of the look-alikes that have a published figure.

    It is made of *published* figures only, so nothing that is hidden can follow from it. The own bases weigh
    where all of them have one; otherwise their people, and the mean is ``approximate``. The interval is that of
    the mean, from the spread between the look-alikes (Student's t): how far *one* such area may lie from it is
    another question, which the verdicts answer. One look-alike has no spread and modelled figures have no
    interval.

    ``look_alikes`` has a row for every area and 1 for each of its look-alikes; ``applies`` tells which areas are
    neighbourhoods at all; the tables are areas by periods.
    """
    there = ~np.isnan(value)
    with_base = there & (np.nan_to_num(base) > 0)
    with_people = there & (np.nan_to_num(people) > 0)
    own = np.asarray(look_alikes @ (there & ~with_base).astype(float)) == 0
    middle, half, number = _mean(look_alikes, value=value, weight=base, used=with_base)
    if not own.all():
        rough = _mean(look_alikes, value=value, weight=people, used=with_people)
        middle, half = np.where(own, middle, rough[0]), np.where(own, half, rough[1])
        number = np.where(own, number, rough[2])
    result = worst_status(status, look_alikes, there)
    result[~own] = CODE[Status.APPROXIMATE]
    result[number == 0] = CODE[Status.NO_COMPARATOR]
    result[~(applies & indicator.kind.is_averaged)] = CODE[Status.NOT_APPLICABLE]
    keep = (number > 0) & indicator.kind.is_averaged
    sure = keep & (indicator.nature is not Nature.MODELLED) & (result != CODE[Status.MODELLED])
    floor = 0.0 if indicator.kind in {Kind.PROPORTION, Kind.RATE} else -np.inf
    ceiling = 1.0 if indicator.kind is Kind.PROPORTION else np.inf
    return Beside(
        value=np.where(keep, middle, np.nan),
        low=np.where(sure, np.maximum(middle - half, floor), np.nan),
        high=np.where(sure, np.minimum(middle + half, ceiling), np.nan),
        number=np.where(keep, number, 0).astype(np.int64),
        status=result,
    )


def membership(found: dy.DataFrame[LookAlikesFound], *, tree: AreaTree) -> csr_array:
    """Write the look-alikes as a matrix: a row for every area, 1 for each of its look-alikes."""
    area, look_alike = tree.places(found["area"]), tree.places(found["look_alike"])
    matrix = csr_array((np.ones(len(area)), (area, look_alike)), shape=(tree.size, tree.size))
    matrix.sort_indices()
    return matrix


def _mean(look_alikes: csr_array, *, value: Floats, weight: Floats, used: Bools) -> tuple[Floats, Floats, Floats]:
    """Give the weighted mean, half the width of its interval and the number of look-alikes it is made of.

    Values are taken from the middle of their column first, so that squares of large sums of money stay exact.
    """
    count = used.sum(axis=0)
    centre = np.where(used, value, 0.0).sum(axis=0) / np.maximum(count, 1)
    weights = np.where(used, weight, 0.0)
    values = np.where(used, value - centre, 0.0)
    columns = (used.astype(float), weights, weights * values, weights**2, weights**2 * values, (weights * values) ** 2)
    sums = np.asarray(look_alikes @ np.hstack(columns)).reshape(value.shape[0], len(columns), value.shape[1])
    number, total, first, square, square_first, square_second = sums.swapaxes(0, 1)
    mean = divided(first, total)
    squares = square_second - 2 * mean * square_first + mean**2 * square
    squares = np.where(squares > square * _DUST, squares, 0.0)
    error = divided(np.sqrt(squares * divided(number, number - 1)), total)
    return mean + centre, _student(number) * error, number


def _student(number: Floats) -> Floats:
    freedom = np.arange(int(number.max(initial=0)) + 1) - 1
    quantile = np.where(freedom > 0, special.stdtrit(np.maximum(freedom, 1), 0.975), np.nan)
    return np.asarray(quantile[number.astype(np.int64)])
