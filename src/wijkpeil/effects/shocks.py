"""What befell a whole city in the year of the start is not the effect of a programme in one of its neighbourhoods."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Fact
from wijkpeil.effects.panel import Floats, Ints, Panel
from wijkpeil.effects.several_outcomes import holm

CLEAR = 0.05

SURVIVES = 0.5
"""An effect survives where at least this part of it, in the same direction, is left within the city."""

CITIES = 5
"""So many other cities tell how far cities drift apart by themselves."""


@dataclass(frozen=True, kw_only=True)
class CityMove:
    """How far the untreated areas of a city with treated ones moved after the start, beside those of other cities.

    ``name`` lists the treated areas of the city; ``move`` is in the units of the outcome; ``p`` is two-sided.
    """

    name: str
    move: float
    p: float


def within_city(panel: Panel, city: Ints) -> Panel | None:
    """Give the panel in which every area is set beside the untreated areas of its own city; ``None`` without any.

    A design that runs on it compares within the city: whatever the city as a whole went through is gone. An untreated
    area is set beside the others, so that it is as noisy as a treated one. Cities with fewer than two untreated areas
    fall away, and those without treated ones too. ``city`` is ``(n,)``, a number for each.
    """
    outcome = panel.outcome.copy()
    kept = np.zeros(len(panel.areas), dtype=np.bool_)
    for one in np.unique(city[panel.is_treated]):
        inside = city == one
        rest = inside & ~panel.is_treated
        count = int(rest.sum())
        if count >= 2:
            kept |= inside
            outcome[inside] -= panel.outcome[rest].mean(axis=0)
            outcome[rest] *= count / (count - 1)
    if not kept.any():
        return None
    return panel.with_outcome(outcome).without(np.flatnonzero(~kept))


def city_moves(panel: Panel, city: Ints, *, lag: int = 0) -> tuple[CityMove, ...]:
    """Give, for each city with treated areas, how far its untreated areas moved after its first start.

    The yardstick is how far cities without treated areas move beside each other: the spread between cities, and that of
    areas within a city by how many there are. Areas of a city share their fortunes, so a hundred of them are not a
    hundred proofs. Empty where fewer than five other cities are there to tell.

    Source: Donald, Lang (2007), Review of Economics and Statistics 89, 221-233.
    """
    treated = panel.is_treated
    touched = np.unique(city[treated])
    others = [one for one in np.unique(city) if one not in touched]
    if len(others) < CITIES:
        return ()
    moves = []
    for one in touched:
        rest = np.flatnonzero((city == one) & ~treated)
        start = int(panel.start[(city == one) & treated].min())
        if len(rest) and start > 0 and start + lag < panel.never:
            change = panel.outcome[:, start + lag :].mean(axis=1) - panel.outcome[:, :start].mean(axis=1)
            named = ", ".join(panel.areas[place] for place in np.flatnonzero((city == one) & treated))
            moves.append(_beside(named, change[rest], [change[city == other] for other in others]))
    return tuple(moves)


def city_shock(panel: Panel, city: Ints, *, effect: float, within: float | None, lag: int = 0) -> Check:
    """Check whether the rest of a treated city moved when its treated areas did.

    Parameters
    ----------
    panel, city
        The panel of the study, with for each area the number of its city.
    effect
        What the design found.
    within
        What the same design found on ``within_city``, or ``None`` where it could not.
    lag
        In how many periods, from the start on, no effect is expected yet.

    Returns
    -------
    Check
        Fails where the rest of a city moved, clear of chance (Holm over the cities), and the effect does not survive
        within the city; doubtful where it does. Not possible with fewer than five other cities.

    """
    moves = city_moves(panel, city, lag=lag)
    if not moves:
        facts: dict[str, Fact] = {"cities": len(np.unique(city)), "needed": CITIES}
        return Check(kind=CheckKind.CITY_SHOCK, status=CheckStatus.NOT_POSSIBLE, facts=facts)
    flagged = [move for move, p in zip(moves, holm(np.array([move.p for move in moves])), strict=True) if p < CLEAR]
    largest = min(moves, key=lambda move: move.p)
    facts = {
        "cities": len(moves),
        "moved": len(flagged),
        "where": "; ".join(move.name for move in flagged),
        "largest": largest.move,
        "p": largest.p,
        "p_adjusted": min(1.0, largest.p * len(moves)),
        "effect": effect,
    }
    if within is not None:
        facts["within"] = within
    survives = within is not None and within * effect > 0 and abs(within) >= SURVIVES * abs(effect)
    status = CheckStatus.HOLDS
    if flagged:
        status = CheckStatus.DOUBTFUL if survives else CheckStatus.FAILS
    return Check(kind=CheckKind.CITY_SHOCK, status=status, facts=facts)


def _beside(name: str, own: Floats, others: list[Floats]) -> CityMove:
    """Hold the mean change in a city against those of other cities."""
    means = np.array([other.mean() for other in others])
    counts = np.array([len(other) for other in others], dtype=np.float64)
    spare = counts.sum() - len(others)
    areas = sum(float(((other - other.mean()) ** 2).sum()) for other in others) / spare if spare > 0 else 0.0
    cities = max(0.0, float(means.var(ddof=1)) - areas * float((1 / counts).mean()))
    spread = cities + areas / counts
    move = float(own.mean() - means.mean())
    error = cities + areas / len(own) + float(spread.mean()) / len(others)
    if error <= 0:
        return CityMove(name=name, move=move, p=float(move == 0))
    p = float(2 * stats.t.sf(abs(move) / np.sqrt(error), len(others) - 1))
    return CityMove(name=name, move=move, p=p)
