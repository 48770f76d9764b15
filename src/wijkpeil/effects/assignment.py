"""Where the treatment could have fallen as well: the same starts, on other comparable areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Literal

import numpy as np

from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.effects.blocks import Group, drawn, every, groups_of, real_of, starts_of
from wijkpeil.effects.panel import Ints, Panel

Among = Literal["all", "comparison"]

_LISTED, _CELLS = 5, 10_000_000
"""Up to so many times the draws (and so many cells) all placements are listed and some taken; beyond, two draws are
seldom the same."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Placements:
    """Placements of the starts on areas of ``panel``, each of them different and none the real one.

    Where areas of one city were treated together, placements differ in the cities that they treat.

    ``starts`` is ``(draws, n)`` for ``panel``, which is the one that was given, or that without its treated areas.
    ``enumerated`` tells that there are no others. ``drawn_from`` determines all of them: the real starts, the strata,
    the cities, the number of draws and the seed.
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

    Where a city has two or more of the treated areas, and its stratum has other cities, the starts of each city move
    together, to one city that has room for them, each to another; within it areas are drawn. Areas of a city share
    what befalls it, and placements that scatter them make chance look smaller than it is (without an effect five
    treated areas in one of twelve cities that move by 0.4 standard deviations were found to have one in 17 of 100).
    Cities are then what is exchanged, and only they are counted: each division over cities comes up once, since other
    areas in the same cities are no new case, and with few cities no p-value is small.

    Source: MacKinnon, Webb (2020), J. Econometrics 218, 435-450; Abadie, Athey, Imbens, Wooldridge (2023), Q. J. Econ.
    138, 1-35 (what was assigned together is what counts). Raises ``RefusedError``: nobody to compare with, a stratum
    that is wholly treated, or no other placement at all; there ``cities_with_room`` counts those that could receive
    the largest block, the treated city among them.
    """
    _refuse_without_comparison(panel)
    field = panel if among == "all" else panel.without(np.flatnonzero(panel.is_treated))
    groups = groups_of(panel, np.arange(len(panel.areas)) if among == "all" else np.flatnonzero(~panel.is_treated))
    real = real_of(groups)
    possible = prod(group.count for group in groups) - (real is not None)
    if possible < (1 if among == "all" else 2):
        raise _too_few(panel, groups)
    rng = np.random.default_rng(seed)
    return Placements(
        panel=field,
        starts=starts_of(groups, _divided(groups, real, possible, draws, rng), field, rng),
        enumerated=possible <= draws,
        drawn_from=(panel.start.tobytes(), panel.stratum.tobytes(), panel.city.tobytes(), draws, seed),
    )


def _divided(groups: Sequence[Group], real: Ints | None, possible: int, draws: int, rng: np.random.Generator) -> Ints:
    """Give every way to divide the blocks but the real one, or some of them."""
    places = sum(len(group.places) for group in groups)
    if possible <= max(draws, min(_LISTED * draws, _CELLS // places)):
        listed = every(groups)
        others = listed if real is None else listed[(listed != real).any(axis=1)]
        return others if possible <= draws else others[np.sort(rng.choice(possible, draws, replace=False))]
    return _some(groups, real, draws, rng)


def _some(groups: Sequence[Group], real: Ints | None, draws: int, rng: np.random.Generator) -> Ints:
    """Draw different ways at random; there are so many that hardly any comes twice."""
    found: dict[bytes, Ints] = {}
    banned = None if real is None else real.tobytes()
    while len(found) < draws:
        for one in drawn(groups, draws, rng):
            key = one.tobytes()
            if key != banned and len(found) < draws:
                found.setdefault(key, one)
    return np.stack(list(found.values()))


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


def _too_few(panel: Panel, groups: Sequence[Group]) -> RefusedError:
    treated = int(panel.is_treated.sum())
    facts: dict[str, Fact] = {"treated": treated, "compared": len(panel.areas) - treated}
    if any(len(kind.starts) > 1 for group in groups for kind in group.kinds):
        facts["cities_with_room"] = min(group.kinds[0].fitting for group in groups)
    return RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts=facts))
