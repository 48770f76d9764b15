"""Whether what was found hangs on one area, one city, or one of those that it is compared with."""

from collections.abc import Iterable

import numpy as np

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, Inference
from wijkpeil.domain.refusal import Fact, RefusedError
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.inversion import LEVEL
from wijkpeil.effects.panel import Floats, Ints, Panel

_LEAST = 0.5
"""The part of the effect that must be left when one area is left out."""

_COUNTS = 0.01
"""An area with less of the counterfactual than this cannot make or break it."""


def without_one_area(panel: Panel, comparing: Comparing, found: Inference, *, lag: int = 0) -> Check:
    """Leave out each treated area by itself, and each comparison area that counts for 1% or more.

    A conclusion that one area carries is about that area. It fails where less than half of the effect is left without
    it, or it turns. It is in doubt where half as much again is found, or where what is left lies within the margin of
    the whole: fewer areas are less sure for that alone, which says nothing against the others. Where no effect was
    found there is no conclusion to lose, and it holds.

    ``smallest`` and ``largest`` are the extreme effects, ``without`` is the area whose absence moves it most.
    """
    whole = comparing.estimate(panel, lag=lag)
    treated = np.flatnonzero(panel.is_treated)
    left_out = [(panel.areas[place], np.array([place])) for place in treated if len(treated) > 1]
    left_out += [(panel.areas[place], np.array([place])) for place in _counting(panel, whole.weights)]
    return _check(CheckKind.LEAVE_ONE_OUT, panel, comparing, found, whole.effect, left_out, lag)


def without_one_city(panel: Panel, comparing: Comparing, found: Inference, city: Ints, *, lag: int = 0) -> Check:
    """Leave out all areas of each city with treated areas, one city after the other.

    Areas of a city share its mayor, its labour market and its other programmes: what befell one city is no effect.
    ``city`` is ``(n,)``, a number for each. Not possible when all treated areas lie in one city. See
    ``without_one_area`` for when it fails.
    """
    whole = comparing.estimate(panel, lag=lag)
    cities = np.unique(city[panel.is_treated])
    left_out = [(_city_of(panel, city, int(one)), np.flatnonzero(city == one)) for one in cities if len(cities) > 1]
    return _check(CheckKind.LEAVE_ONE_CITY_OUT, panel, comparing, found, whole.effect, left_out, lag)


def _counting(panel: Panel, weights: Floats) -> Ints:
    others = ~panel.is_treated
    weight = weights if len(weights) else others / max(int(others.sum()), 1)
    return np.flatnonzero(others & (np.abs(weight) >= _COUNTS))


def _city_of(panel: Panel, city: Ints, one: int) -> str:
    """Name a city by its treated areas: a panel knows no names of cities."""
    return ", ".join(panel.areas[place] for place in np.flatnonzero((city == one) & panel.is_treated))


def _check(
    kind: CheckKind,
    panel: Panel,
    comparing: Comparing,
    found: Inference,
    effect: float,
    left_out: Iterable[tuple[str, Ints]],
    lag: int,
) -> Check:
    named: list[str] = []
    effects: list[float] = []
    for name, places in left_out:
        try:
            one = comparing.estimate(panel.without(places), lag=lag).effect
        except RefusedError:
            continue
        if np.isfinite(one):
            named.append(name)
            effects.append(one)
    if not effects:
        return Check(kind=kind, status=CheckStatus.NOT_POSSIBLE, facts={"tried": 0})
    most = int(np.abs(np.array(effects) - effect).argmax())
    facts: dict[str, Fact] = {
        "tried": len(effects),
        "effect": effect,
        "smallest": min(effects),
        "largest": max(effects),
        "without": named[most],
    }
    return Check(kind=kind, status=_status(effect, found, np.array(effects)), facts=facts)


def _status(effect: float, found: Inference, effects: Floats) -> CheckStatus:
    if found.p > LEVEL or effect == 0:
        return CheckStatus.HOLDS
    left = effects / effect
    if (left < _LEAST).any():
        return CheckStatus.FAILS
    down = np.inf if found.low is None else effect - found.low
    up = np.inf if found.high is None else found.high - effect
    is_lost = effects - down <= 0 if effect > 0 else effects + up >= 0
    return CheckStatus.DOUBTFUL if is_lost.any() or (left > 2 - _LEAST).any() else CheckStatus.HOLDS
