"""Where the treatment could have fallen as well: the same starts, on other comparable areas."""

from dataclasses import dataclass
from itertools import combinations
from math import comb, prod
from typing import Literal

import numpy as np

from wijkpeil.domain.evidence import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.effects.panel import Ints, Panel

Among = Literal["all", "comparison"]

_LISTED, _CELLS = 5, 10_000_000
"""Up to so many times the draws (and so many cells) all placements are listed and some taken; beyond, two draws are
seldom the same."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Placements:
    """Placements of the starts on areas of ``panel``, each of them different and none the real one.

    ``starts`` is ``(draws, n)`` for ``panel``, which is the one that was given, or that without its treated areas.
    ``enumerated`` tells that there are no others. ``drawn_from`` determines all of them: the real starts, the strata,
    the number of draws and the seed.
    """

    panel: Panel
    starts: Ints
    enumerated: bool
    drawn_from: tuple[object, ...]


def placements(panel: Panel, *, draws: int, seed: int, among: Among = "all") -> Placements:
    """Place the starts that were really observed on other areas, each stratum keeping its number of every start.

    Drawing without replacement keeps what is known of the design: how many were treated, when, and in which city.
    ``among`` all areas the treated ones stay candidates, which makes the test exact for a design that is linear;
    among the ``comparison`` the treated areas are left out, for a design whose weights a true effect would spoil.
    All placements are enumerated when there are at most ``draws``.

    Raises ``RefusedError``: nobody to compare with, a stratum that is wholly treated, or no other placement at all.
    """
    _refuse_without_comparison(panel)
    field, base = _field(panel, among)
    possible = _count(base, field.stratum, panel.never) - (among == "all")
    if possible < 1:
        raise _too_few(panel)
    real = base if among == "all" else None
    return Placements(
        panel=field,
        starts=_drawn(field, base, real, possible, draws, np.random.default_rng(seed)),
        enumerated=possible <= draws,
        drawn_from=(panel.start.tobytes(), panel.stratum.tobytes(), draws, seed),
    )


def _drawn(field: Panel, base: Ints, real: Ints | None, possible: int, draws: int, rng: np.random.Generator) -> Ints:
    if possible <= draws:
        return _all(base, field.stratum, field.never, real)
    if possible <= min(_LISTED * draws, _CELLS // len(field.areas)):
        listed = _all(base, field.stratum, field.never, real)
        return listed[np.sort(rng.choice(len(listed), draws, replace=False))]
    return _some(base, field.stratum, draws, rng, real)


def _refuse_without_comparison(panel: Panel) -> None:
    treated = int(panel.is_treated.sum())
    if treated == 0:
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_TREATED, facts={"treated": 0}))
    if treated == len(panel.areas):
        raise RefusedError(Refusal(reason=RefusalReason.NO_DONORS, facts={"treated": treated}))
    for one in np.unique(panel.stratum[panel.is_treated]):
        if panel.is_treated[panel.stratum == one].all():
            inside = int((panel.stratum == one).sum())
            facts: dict[str, Fact] = {"stratum": int(one), "treated": inside}
            raise RefusedError(Refusal(reason=RefusalReason.CITY_WHOLLY_TREATED, facts=facts))


def _too_few(panel: Panel) -> RefusedError:
    treated = int(panel.is_treated.sum())
    facts: dict[str, Fact] = {"treated": treated, "compared": len(panel.areas) - treated}
    return RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts))


def _field(panel: Panel, among: Among) -> tuple[Panel, Ints]:
    """Give the panel in which is placed, and one placement in it: the real one, or the first among the comparison."""
    if among == "all":
        return panel, panel.start
    field = panel.without(np.flatnonzero(panel.is_treated))
    base = np.full(len(field.areas), panel.never)
    for one in np.unique(panel.stratum[panel.is_treated]):
        starts = panel.start[(panel.stratum == one) & panel.is_treated]
        places = np.flatnonzero(field.stratum == one)
        if len(places) <= len(starts):
            raise _too_few(panel)
        base[places[: len(starts)]] = starts
    return field, base


def _groups(base: Ints, stratum: Ints, never: int) -> list[tuple[Ints, dict[int, int]]]:
    """Give the places of every stratum that has a start, with how many areas of it have which."""
    groups = []
    for one in np.unique(stratum[base < never]):
        places = np.flatnonzero(stratum == one)
        starts, counts = np.unique(base[places], return_counts=True)
        groups.append(
            (places, {int(start): int(count) for start, count in zip(starts, counts, strict=True) if start < never})
        )
    return groups


def _count(base: Ints, stratum: Ints, never: int) -> int:
    """Count the different placements, the given one among them."""
    return prod(_arrangements(len(places), list(numbers.values())) for places, numbers in _groups(base, stratum, never))


def _arrangements(places: int, numbers: list[int]) -> int:
    left, total = places, 1
    for number in numbers:
        total *= comb(left, number)
        left -= number
    return total


def _all(base: Ints, stratum: Ints, never: int, real: Ints | None) -> Ints:
    groups = _groups(base, stratum, never)
    count = _count(base, stratum, never)
    starts = np.full((count, len(base)), never)
    repeated, done = count, 1
    for places, numbers in groups:
        here = _arranged(len(places), list(numbers.items()), never)
        repeated //= len(here)
        starts[:, places] = np.tile(np.repeat(here, repeated, axis=0), (done, 1))
        done *= len(here)
    return starts if real is None else starts[(starts != real).any(axis=1)]


def _arranged(size: int, numbers: list[tuple[int, int]], never: int) -> Ints:
    """Arrange the starts of one stratum in every different way: ``(arrangements, size)``."""
    if not numbers:
        return np.full((1, size), never)
    (start, number), *further = numbers
    chosen = np.array(list(combinations(range(size), number)), dtype=np.int64)
    if not further:
        only = np.full((len(chosen), size), never)
        np.put_along_axis(only, chosen, start, axis=1)
        return only
    is_free = np.ones((len(chosen), size), dtype=np.bool_)
    np.put_along_axis(is_free, chosen, False, axis=1)
    rest = _arranged(size - number, further, never)
    arranged = np.full((len(chosen), len(rest), size), start)
    places = np.flatnonzero(is_free).reshape(len(chosen), size - number) % size
    np.put_along_axis(arranged, places[:, None, :], np.broadcast_to(rest, (len(chosen), *rest.shape)), axis=2)
    return arranged.reshape(-1, size)


def _some(base: Ints, stratum: Ints, draws: int, rng: np.random.Generator, real: Ints | None) -> Ints:
    """Draw different placements at random; there are so many that hardly any comes twice."""
    strata = [np.flatnonzero(stratum == one) for one in np.unique(stratum)]
    found: dict[bytes, Ints] = {}
    banned = None if real is None else real.tobytes()
    while len(found) < draws:
        starts = np.tile(base, (draws, 1))
        for places in strata:
            starts[:, places] = rng.permuted(starts[:, places], axis=1)
        for one in starts:
            key = one.tobytes()
            if key != banned and len(found) < draws:
                found.setdefault(key, one)
    return np.stack(list(found.values()))
