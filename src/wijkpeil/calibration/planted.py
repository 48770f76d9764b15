"""Countries in which it is known what a programme did, each with one thing that goes wrong in evaluations."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from wijkpeil.effects.composition import Groups
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel, panel

CITIES, IN_A_CITY, PERIODS = 12, 10, 14
TREATED, START = 6, 8
PASSING, KEPT, SAMPLING = 0.6, 0.5, 0.1
"""The passing part of a neighbourhood's state and what is left of it a year later; the error of its figure.

All in standard deviations between neighbourhoods.
"""
EFFECT = 1.2
"""What the programme does where it does something."""


class Scenario(StrEnum):
    """What happened in a country."""

    NOTHING = "nothing"
    EFFECT = "effect"
    WORST_CHOSEN = "worst_chosen"
    DISPLACEMENT = "displacement"
    STAGGERED = "staggered"
    ANTICIPATION = "anticipation"
    MOVERS = "movers"
    CITY_SHOCK = "city_shock"


@dataclass(frozen=True, kw_only=True, eq=False)
class Country:
    """One country as a study meets it, with the truth.

    ``truth`` is the mean effect on the treated over all their periods under treatment. ``city`` is ``(n,)`` and
    ``in_ring`` ``(n,)`` marks the neighbours of treated areas, with their starts in ``ring_start``. ``people`` are
    those who stayed and those who came, where people moved.
    """

    scenario: Scenario
    panel: Panel
    truth: float
    city: Ints
    in_ring: Bools
    ring_start: Ints
    people: Groups | None = None

    @property
    def outside_ring(self) -> Panel:
        """The panel as a study compares it: without the neighbours."""
        return self.panel.without(np.flatnonzero(self.in_ring))


def draw(scenario: Scenario, rng: np.random.Generator) -> Country:
    """Draw a country; the same generator state gives the same one.

    An outcome is a lasting level of the neighbourhood, a movement of the whole country, a passing part that fades
    and the error of the figure; higher is better. ``NOTHING`` and ``EFFECT`` place the programme by lot.
    """
    return _DRAWN[scenario](_Drawing(rng))


class _Drawing:
    """A country before anything is done in it."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Draw the state of every neighbourhood."""
        count = CITIES * IN_A_CITY
        self.rng, self.city = rng, np.repeat(np.arange(CITIES), IN_A_CITY).astype(np.int64)
        lasting = rng.normal(size=(count, 1))
        together = np.cumsum(rng.normal(0.02, 0.05, size=PERIODS))
        self.state = lasting + together + _passing(rng, count)
        self.read = self.state + rng.normal(scale=SAMPLING, size=self.state.shape)

    def by_lot(self) -> Ints:
        """Choose the first neighbourhood of as many cities as are treated."""
        cities = self.rng.choice(CITIES, size=TREATED, replace=False)
        return np.sort(cities * IN_A_CITY).astype(np.int64)

    def starts(self, treated: Ints, start: int | Ints = START) -> Ints:
        """Give everyone a start."""
        starts = np.full(len(self.city), PERIODS, dtype=np.int64)
        starts[treated] = start
        return starts


def _passing(rng: np.random.Generator, count: int) -> Floats:
    """Draw a part that fades: it has the same spread in every period."""
    drawn = rng.normal(size=(count, PERIODS))
    passing = np.empty_like(drawn)
    passing[:, 0] = drawn[:, 0]
    for period in range(1, PERIODS):
        passing[:, period] = KEPT * passing[:, period - 1] + np.sqrt(1 - KEPT**2) * drawn[:, period]
    return PASSING * passing


def _nothing(drawing: _Drawing) -> Country:
    return _country(Scenario.NOTHING, drawing, drawing.starts(drawing.by_lot()), np.zeros_like(drawing.read))


def _effect(drawing: _Drawing) -> Country:
    starts = drawing.starts(drawing.by_lot())
    return _country(Scenario.EFFECT, drawing, starts, EFFECT * _under_treatment(starts))


def _worst_chosen(drawing: _Drawing) -> Country:
    """Choose the worst fifth by what was read in the last two periods; nothing is done to them.

    Figures begin three periods before the start, as they do in practice.
    """
    worst = np.argsort(drawing.read[:, START - 2 : START].mean(axis=1))[: len(drawing.city) // 5]
    starts = drawing.starts(np.sort(worst))
    whole = _country(Scenario.WORST_CHOSEN, drawing, starts, np.zeros_like(drawing.read))
    later = np.where(starts < PERIODS, 3, PERIODS)
    return replace(whole, panel=panel(drawing.read[:, START - 3 :], later, city=drawing.city))


def _displacement(drawing: _Drawing) -> Country:
    """Half of what is won comes out of the two neighbours."""
    treated = drawing.by_lot()
    starts, ring = drawing.starts(treated), drawing.starts(np.concatenate([treated + 1, treated + 2]))
    moved = EFFECT * _under_treatment(starts) - EFFECT / 2 * _under_treatment(ring)
    return _country(Scenario.DISPLACEMENT, drawing, starts, moved, ring=ring)


def _staggered(drawing: _Drawing) -> Country:
    """Three waves, each with an effect that grows by a fifth of a standard deviation a year."""
    waves = np.repeat([START - 3, START - 1, START + 1], TREATED // 3)
    starts = drawing.starts(drawing.by_lot(), waves)
    since = np.maximum(np.arange(PERIODS) - starts[:, None] + 1, 0)
    return _country(Scenario.STAGGERED, drawing, starts, EFFECT / 4 * since)


def _anticipation(drawing: _Drawing) -> Country:
    """Three quarters of the effect are there in the last year before the start."""
    starts = drawing.starts(drawing.by_lot())
    early = np.where(starts < PERIODS, starts - 1, PERIODS)
    moved = EFFECT * (0.75 * _under_treatment(early) + 0.25 * _under_treatment(starts))
    return _country(Scenario.ANTICIPATION, drawing, starts, moved, truth=EFFECT)


def _movers(drawing: _Drawing) -> Country:
    """Nobody is better off; people who are better off come to live there."""
    starts = drawing.starts(drawing.by_lot())
    share = 0.1 + 0.3 * _under_treatment(starts)
    stayers, newcomers = drawing.read, drawing.read + EFFECT / 0.3
    total = (1 - share) * stayers + share * newcomers
    found = _country(Scenario.MOVERS, drawing, starts, total - drawing.read, truth=0.0)
    return replace(found, people=Groups(stayers=stayers, newcomers=newcomers, share=1 - share))


def _city_shock(drawing: _Drawing) -> Country:
    """All treated neighbourhoods lie in two cities, which both get better as a whole."""
    cities = drawing.rng.choice(CITIES, size=2, replace=False)
    inside = [city * IN_A_CITY + np.arange(TREATED // 2) for city in np.sort(cities)]
    starts = drawing.starts(np.concatenate(inside).astype(np.int64))
    shaken = np.isin(drawing.city, cities)
    moved = EFFECT * np.outer(shaken, np.arange(PERIODS) >= START).astype(np.float64)
    return _country(Scenario.CITY_SHOCK, drawing, starts, moved, truth=0.0)


def _under_treatment(starts: Ints) -> Floats:
    return (np.arange(PERIODS) >= starts[:, None]).astype(np.float64)


def _country(
    scenario: Scenario,
    drawing: _Drawing,
    starts: Ints,
    moved: Floats,
    *,
    ring: Ints | None = None,
    truth: float | None = None,
) -> Country:
    treated = _under_treatment(starts) > 0
    ring_start = np.full(len(starts), PERIODS, dtype=np.int64) if ring is None else ring
    return Country(
        scenario=scenario,
        panel=panel(drawing.read + moved, starts, city=drawing.city),
        truth=float(moved[treated].mean()) if truth is None else truth,
        city=drawing.city,
        in_ring=(ring_start < PERIODS) & (starts == PERIODS),
        ring_start=ring_start,
    )


_DRAWN: dict[Scenario, Callable[[_Drawing], Country]] = {
    Scenario.NOTHING: _nothing,
    Scenario.EFFECT: _effect,
    Scenario.WORST_CHOSEN: _worst_chosen,
    Scenario.DISPLACEMENT: _displacement,
    Scenario.STAGGERED: _staggered,
    Scenario.ANTICIPATION: _anticipation,
    Scenario.MOVERS: _movers,
    Scenario.CITY_SHOCK: _city_shock,
}
