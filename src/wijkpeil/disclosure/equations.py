"""What follows from what: every published total as an equation over the figures it is made of."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.analysis.compose import ENOUGH
from wijkpeil.analysis.sheet import GIVEN, Codes
from wijkpeil.analysis.tree import NONE, AreaTree, Bools, Floats, Gathering, Ints
from wijkpeil.domain.frames import LEVELS, MADE
from wijkpeil.domain.indicator import Kind


@dataclass(frozen=True, kw_only=True, eq=False)
class Page:
    """The figures of one indicator, areas by periods, as they are before anything is hidden."""

    kind: Kind
    value: Floats
    base: Floats
    people: Floats
    made: Codes

    @property
    def is_there(self) -> Bools:
        """Which cells have a figure."""
        return ~np.isnan(self.value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Equations:
    """Sums that come to zero: entry by entry the equation, the cell (area x periods + period) and its coefficient.

    ``is_overlapping`` tells per equation whether it may share its parts with others; those that do not form a tree.
    """

    equation: Ints
    cell: Ints
    coefficient: Floats
    is_overlapping: Bools


def equations_of(page: Page, tree: AreaTree) -> Equations:
    """Write down every sum by which one figure of an indicator and period could be computed from others.

    A publisher's figure belongs to the nearest area above it that has one (a buurt to its wijk, or else to its
    gemeente), so that these sums form a tree; they count only if a reader could do them: where the figures
    below cover 95% of the people of the whole. Composed areas, what is left outside a programme and totals
    are sums of their own, over just the parts that went in. The base of each figure, or else the population, is
    taken as known to everybody.
    """
    parts = [_of_copies(page, tree)]
    if page.kind is not Kind.ORDINAL:
        parts.append(_of_publishers(page, tree))
        parts.extend(_of_gathering(page, gathering) for gathering in (*tree.below, tree.composed))
    offsets = np.cumsum([0, *(len(part.is_overlapping) for part in parts)])
    return Equations(
        equation=np.concatenate([part.equation + offset for part, offset in zip(parts, offsets, strict=False)]),
        cell=np.concatenate([part.cell for part in parts]),
        coefficient=np.concatenate([part.coefficient for part in parts]),
        is_overlapping=np.concatenate([part.is_overlapping for part in parts]),
    )


def _of_publishers(page: Page, tree: AreaTree) -> Equations:
    there, periods = page.is_there, page.value.shape[1]
    parent = _nearest_above(there, tree)
    row, column = np.nonzero(there & (parent != NONE))
    child, above = row * periods + column, parent[row, column] * periods + column
    base, people = page.base.ravel(), page.people.ravel()
    size = there.size
    lacks_base = np.bincount(above, np.isnan(base[child]), size) > 0
    by_base = ~lacks_base & ~np.isnan(base)
    weight = np.where(by_base[above], base[child], people[child])
    whole = np.where(by_base, base, people)
    covers = np.bincount(above, np.nan_to_num(weight), size) >= ENOUGH * whole
    if page.kind is Kind.COUNT:
        covers |= np.isnan(whole)
        weight, whole = np.ones_like(weight), np.ones_like(whole)
    has_children = np.bincount(above, minlength=size) > 0
    parents = np.flatnonzero(has_children & covers & (page.made.ravel() == GIVEN))
    number = np.full(size, NONE, dtype=np.int64)
    number[parents] = np.arange(len(parents))
    kept = number[above] != NONE
    return _equations(
        np.concatenate([number[above[kept]], number[parents]]),
        np.concatenate([child[kept], parents]),
        np.concatenate([weight[kept], -whole[parents]]),
        count=len(parents),
        is_overlapping=False,
    )


def _nearest_above(there: Bools, tree: AreaTree) -> Ints:
    """Give for every cell of a wijk, buurt or gemeente the place of the nearest area above that has a figure."""
    place = np.arange(tree.size)
    tiers = np.isin(tree.levels, [LEVELS.index(level) for level in ("gemeente", "wijk", "buurt")])
    lands = np.flatnonzero(tree.levels == LEVELS.index("land"))
    country = np.full(tree.size, lands[0] if len(lands) else NONE)
    parent = np.full(there.shape, NONE, dtype=np.int64)
    for above in (country, tree.gemeente, tree.wijk):
        is_above = (above != NONE) & (above != place) & tiers
        parent = np.where(is_above[:, None] & there[above], above[:, None], parent)
    return parent


def _of_gathering(page: Page, gathering: Gathering) -> Equations:
    """Write down the sums that this project made itself, with the weights that it used."""
    periods = page.value.shape[1]
    whole = gathering.rows
    made = (page.is_there & (page.made == MADE.index(gathering.makes)))[whole]
    entries = gathering.matrix[made.any(axis=1)].tocoo()
    line, part = (np.asarray(axis, dtype=np.int64) for axis in entries.coords)
    line = np.flatnonzero(made.any(axis=1))[line]
    by_base = ~np.isnan(page.base[whole])
    weight = np.where(by_base[line], page.base[part], page.people[part])
    if page.kind is Kind.COUNT:
        weight = np.ones_like(weight)
    entry, column = np.nonzero(made[line] & page.is_there[part] & ~np.isnan(weight))
    number = np.cumsum(made.ravel()).reshape(made.shape) - 1
    own_line, own_column = np.nonzero(made)
    signed = weight[entry, column] * entries.data[entry]
    equation = number[line[entry], column]
    total = np.bincount(equation, signed, len(own_line))
    if page.kind is Kind.COUNT:
        total = np.ones_like(total)
    return _equations(
        np.concatenate([equation, number[own_line, own_column]]),
        np.concatenate([part[entry] * periods + column, whole[own_line] * periods + own_column]),
        np.concatenate([signed, -total]),
        count=len(own_line),
        is_overlapping=True,
    )


def _of_copies(page: Page, tree: AreaTree) -> Equations:
    periods = page.value.shape[1]
    copies = np.flatnonzero(tree.copy_of != NONE)
    row, column = np.nonzero(page.is_there[copies])
    copied = copies[row] * periods + column
    number = np.arange(len(row))
    return _equations(
        np.concatenate([number, number]),
        np.concatenate([tree.copy_of[copies][row] * periods + column, copied]),
        np.concatenate([np.ones(len(row)), -np.ones(len(row))]),
        count=len(row),
        is_overlapping=True,
    )


def _equations(equation: Ints, cell: Ints, coefficient: Floats, *, count: int, is_overlapping: bool) -> Equations:
    weighs = np.nan_to_num(coefficient) != 0
    return Equations(
        equation=equation[weighs],
        cell=cell[weighs],
        coefficient=coefficient[weighs],
        is_overlapping=np.full(count, is_overlapping),
    )
