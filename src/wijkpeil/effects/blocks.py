"""What is placed as a whole, where there is room for it, and in how many ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np

from wijkpeil.effects.panel import Bools, Ints, Panel

_NONE = -1
"""What a place has that has no block."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Kind:
    """A block: the starts that are placed together, how many such blocks there are, how many places have room."""

    starts: tuple[int, ...]
    number: int
    fitting: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Group:
    """The blocks of one stratum, and the places that may receive them.

    A place is a city or an area by itself: ``places`` are the areas in each, the roomiest first. ``kinds`` are the
    blocks, the largest first, so that those places that have room for a kind are the first ones, and those taken by
    earlier kinds are among them. ``real`` is ``(places,)``, the kind that each really has (``-1`` for none), or
    ``None`` where that is no possible placement.
    """

    places: tuple[Ints, ...]
    kinds: tuple[Kind, ...]
    real: Ints | None

    @property
    def count(self) -> int:
        """In how many different ways the blocks may be divided over the places, the real one among them."""
        taken, ways = 0, []
        for kind in self.kinds:
            ways.append(comb(max(kind.fitting - taken, 0), kind.number))
            taken += kind.number
        return prod(ways)


def groups_of(panel: Panel, kept: Ints) -> tuple[Group, ...]:
    """Give the blocks of every stratum that has a start, and the places in it, counted among the ``kept`` areas."""
    return tuple(_group(panel, kept, panel.stratum == one) for one in np.unique(panel.stratum[panel.is_treated]))


def every(groups: Sequence[Group]) -> Ints:
    """Divide the blocks in every different way: ``(ways, places of all groups)``, the number of a kind in each."""
    each = [_divided(len(group.places), group.kinds) for group in groups]
    rows = np.indices([len(ways) for ways in each]).reshape(len(each), -1)
    return np.hstack([ways[row] for ways, row in zip(each, rows, strict=True)])


def drawn(groups: Sequence[Group], draws: int, rng: np.random.Generator) -> Ints:
    """Divide the blocks at random, every way being as likely: as ``every``, with ``draws`` rows."""
    return np.hstack([_draw(group, draws, rng) for group in groups])


def starts_of(groups: Sequence[Group], divided: Ints, field: Panel, rng: np.random.Generator) -> Ints:
    """Give every area its start, those within a place by lot: ``(draws, n)``."""
    starts = np.full((len(divided), len(field.areas)), field.never)
    column = 0
    for group in groups:
        own = divided[:, column : column + len(group.places)]
        column += len(group.places)
        if all(len(areas) == 1 for areas in group.places):
            of_kind = np.array([*(kind.starts[0] for kind in group.kinds), field.never])  # the last one for _NONE
            starts[:, np.concatenate(group.places)] = of_kind[own]
        else:
            _by_lot(group, own, starts, rng)
    return starts


def real_of(groups: Sequence[Group]) -> Ints | None:
    """Give how the blocks were really divided, in the form of ``every``; ``None`` where that cannot come up."""
    known = [group.real for group in groups if group.real is not None]
    return np.concatenate(known) if len(known) == len(groups) else None


def _by_lot(group: Group, own: Ints, starts: Ints, rng: np.random.Generator) -> None:
    """Fill in the starts of a group whose places have several areas; a block with too many has no place there."""
    for place, areas in enumerate(group.places):
        for number, kind in enumerate(group.kinds):
            rows, size = np.flatnonzero(own[:, place] == number), len(kind.starts)
            if size <= len(areas):
                lot = rng.permuted(np.tile(areas, (len(rows), 1)), axis=1)
                starts[rows[:, None], lot[:, :size]] = kind.starts


def _group(panel: Panel, kept: Ints, inside: Bools) -> Group:
    """Keep together what one city has, where a city has more than one start and there are other cities."""
    own = inside & panel.is_treated
    by_city = len(np.unique(panel.city[own])) < own.sum() and len(np.unique(panel.city[inside])) > 1
    name = panel.city if by_city else np.arange(len(panel.areas))
    blocks = {int(one): tuple(map(int, np.sort(panel.start[own & (name == one)]))) for one in np.unique(name[own])}
    places = _places(name[kept], inside[kept])
    kinds = _kinds(list(blocks.values()), [len(areas) for areas in places.values()])
    return Group(places=tuple(places.values()), kinds=kinds, real=_real(blocks, places, kinds))


def _places(name: Ints, inside: Bools) -> dict[int, Ints]:
    """Gather the areas with one name, the most first."""
    order = np.argsort(name, kind="stable")
    order = order[inside[order]]
    names, first = np.unique(name[order], return_index=True)
    areas = zip(map(int, names), np.split(order, first[1:]), strict=True)
    return dict(sorted(areas, key=lambda place: len(place[1]), reverse=True)) if len(names) else {}


def _kinds(blocks: list[tuple[int, ...]], rooms: list[int]) -> tuple[Kind, ...]:
    different = sorted(set(blocks), key=lambda block: (-len(block), block))
    return tuple(
        Kind(starts=block, number=blocks.count(block), fitting=sum(room >= len(block) for room in rooms))
        for block in different
    )


def _real(blocks: dict[int, tuple[int, ...]], places: dict[int, Ints], kinds: tuple[Kind, ...]) -> Ints | None:
    if any(len(places.get(name, ())) < len(block) for name, block in blocks.items()):
        return None
    number = {kind.starts: place for place, kind in enumerate(kinds)}
    return np.array([number[blocks[name]] if name in blocks else _NONE for name in places], dtype=np.int64)


def _divided(places: int, kinds: Sequence[Kind], number: int = 0, taken: int = 0) -> Ints:
    """Divide the kinds over places in every different way: ``(ways, places)``; ``taken`` places are gone already."""
    if number == len(kinds):
        return np.full((1, places), _NONE)
    kind = kinds[number]
    chosen = np.array(list(combinations(range(kind.fitting - taken), kind.number)), dtype=np.int64)
    rest = _divided(places - kind.number, kinds, number + 1, taken + kind.number)
    is_free = np.ones((len(chosen), places), dtype=np.bool_)
    np.put_along_axis(is_free, chosen, False, axis=1)
    divided = np.full((len(chosen), len(rest), places), number)
    free = np.nonzero(is_free)[1].reshape(len(chosen), places - kind.number)
    np.put_along_axis(divided, free[:, None, :], np.broadcast_to(rest, (len(chosen), *rest.shape)), axis=2)
    return divided.reshape(-1, places)


def _draw(group: Group, draws: int, rng: np.random.Generator) -> Ints:
    """Draw a way: each kind, the largest first, to free places that have room for it."""
    places = len(group.places)
    divided = np.full((draws, places), _NONE)
    if all(kind.fitting == places for kind in group.kinds):
        blocks = np.repeat(np.arange(len(group.kinds)), [kind.number for kind in group.kinds])
        divided[:, : len(blocks)] = blocks
        return rng.permuted(divided, axis=1)
    for number, kind in enumerate(group.kinds):
        lot = np.where(divided == _NONE, rng.random((draws, places)), np.inf)[:, : kind.fitting]
        np.put_along_axis(divided, np.argsort(lot, axis=1)[:, : kind.number], number, axis=1)
    return divided
