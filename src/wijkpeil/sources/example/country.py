"""A fictional country whose truths are known because they were planted, so that methods can be seen to find them."""

from dataclasses import dataclass, field, replace
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from wijkpeil.sources.example.places import OldMap, Size, draw_old_map, draw_places

Array = npt.NDArray[Any]

SELECTED_ON = ("bijstand", "laag_inkomen", "tevreden_buurt")
SELECTION_YEARS = (2005, 2006)
START = 2008
BREAK_YEAR = 2015


@dataclass(frozen=True, kw_only=True)
class Truths:
    """What is planted.

    ``effect`` is the full change, in standard deviations between neighbourhoods, of the indicators in
    ``moved``, for the better, reached over six years from 2008, in every second programme neighbourhood
    (``helped``); the others, and all other indicators, have none. ``transitory`` is the passing part of a
    neighbourhood's state, in the same unit: with it the worst of 2005-2006 improve of themselves. ``break_size``
    is the jump in 2015 of the indicators in ``broken``.
    """

    effect: float = 0.8
    moved: tuple[str, ...] = ("bijstand", "tevreden_buurt", "inbraken")
    transitory: float = 0.35
    broken: tuple[str, ...] = ("werkzoekend",)
    break_size: float = 0.6
    redrawn: bool = True
    hidden: float = 0.004
    early_release: tuple[str, ...] = ("inkomen", "laag_inkomen")


@dataclass(frozen=True, kw_only=True)
class Spec:
    """One line of ``indicators.csv``: what is drawn for one indicator."""

    theme: str
    id: str
    label: str
    label_en: str
    unit: str
    kind: str
    nature: str
    base: str
    direction: str
    level: float
    spread: float

    @property
    def worse(self) -> int:
        """The sign of a move for the worse; context moves up."""
        return -1 if self.direction == "higher_is_better" else 1

    @property
    def people(self) -> str:
        """The column of ``places`` that counts those whom it is about."""
        return {"households": "households", "dwellings": "dwellings"}.get(self.base, "inhabitants")


def _again(spec: Spec, turn: int) -> Spec:
    """Give an indicator once more, under another name."""
    if turn == 0:
        return spec
    number = turn + 1
    return replace(
        spec, id=f"{spec.id}_{number}", label=f"{spec.label} ({number})", label_en=f"{spec.label_en} ({number})"
    )


@dataclass(frozen=True, kw_only=True)
class Country:
    """A drawn country: its places, its programme and, by indicator, what is reported and what is true.

    ``reported`` holds arrays of ``places`` x ``years``: for counts and shares the numerator, for means and
    modelled or surveyed figures the figure itself; ``errors`` the standard errors of surveyed ones; ``true`` the
    figure without chance, effect included; ``planted`` the part of it that the programme caused.
    """

    size: Size
    seed: int
    truths: Truths
    specs: tuple[Spec, ...]
    places: pl.DataFrame
    old_map: OldMap | None
    programme: tuple[tuple[int, ...], ...]
    helped: tuple[int, ...]
    reported: dict[str, Array] = field(repr=False)
    errors: dict[str, Array] = field(repr=False)
    true: dict[str, Array] = field(repr=False)
    planted: dict[str, Array] = field(repr=False)


def specs(count: int) -> tuple[Spec, ...]:
    """Read the indicators to draw; beyond the sixty of the file they return with a number behind their name."""
    table = pl.read_csv(resources.files(__package__).joinpath("indicators.csv").read_bytes())
    found = [Spec(**row) for row in table.iter_rows(named=True)]
    turns = [_again(spec, turn) for turn in range(1 + count // len(found)) for spec in found[3 * (turn > 0) :]]
    return tuple(turns[:count])


def draw_country(size: Size, *, seed: int, truths: Truths) -> Country:
    """Draw a whole country.

    Every neighbourhood has a lasting state that all indicators share in part, a passing state that fades within
    years, and for each indicator a part of its own; the programme takes the worst by what was *reported* in
    2005 and 2006, as real programmes do.
    """
    rng = np.random.default_rng(seed)
    places = draw_places(size, rng)
    chosen = specs(size.indicators)
    lasting = rng.normal(size=places.height)
    passing = _passing(rng, places.height, len(size.years), truths.transitory)
    city = rng.normal(scale=0.3, size=size.cities)[places["city"].to_numpy()]
    state = (lasting + city)[:, None] + passing
    own = {spec.id: rng.normal(scale=0.6, size=places.height)[:, None] for spec in chosen}
    without = {spec.id: 0.8 * state + own[spec.id] for spec in chosen}
    programme = _worst(places, size, without, chosen, rng)
    helped = tuple(range(0, len(programme), 2))
    country = Country(
        size=size, seed=seed, truths=truths, specs=chosen, places=places, programme=programme, helped=helped,
        old_map=draw_old_map(places, programme=[p for parts in programme for p in parts]) if truths.redrawn else None,
        reported={}, errors={}, true={}, planted={},
    )  # fmt: skip
    for spec in chosen:
        _draw_indicator(country, spec, without[spec.id], rng)
    return country


def _passing(rng: np.random.Generator, places: int, years: int, scale: float) -> Array:
    """Draw a state that fades by half each year, at its own level from the first year on."""
    shocks = rng.normal(scale=scale * np.sqrt(1 - 0.25), size=(places, years))
    shocks[:, 0] = rng.normal(scale=scale, size=places)
    for year in range(1, years):
        shocks[:, year] += 0.5 * shocks[:, year - 1]
    return shocks


def _worst(
    places: pl.DataFrame, size: Size, state: dict[str, Array], chosen: tuple[Spec, ...], rng: np.random.Generator
) -> tuple[tuple[int, ...], ...]:
    """Choose the neighbourhoods of the programme: the worst by reported state, some of two places together."""
    known = [spec.id for spec in chosen if spec.id in SELECTED_ON]
    early = [year - size.first_year for year in SELECTION_YEARS if year in size.years] or [0]
    reported = np.mean([state[id_][:, early].mean(axis=1) for id_ in known or list(state)], axis=0)
    reported = reported + rng.normal(scale=0.2, size=places.height)
    reported[places["inhabitants"].to_numpy() < 1_000] = -np.inf
    cities = places["city"].to_numpy()
    chosen_places: list[tuple[int, ...]] = []
    taken: set[int] = set()
    for place in np.argsort(-reported, kind="stable"):
        beside = int(place) + 1
        if place in taken or len(chosen_places) == size.neighbourhoods:
            continue
        may_join = beside < places.height and cities[beside] == cities[place] and beside not in taken
        joins = may_join and len(taken) - len(chosen_places) < size.joined
        parts = (int(place), beside) if joins else (int(place),)
        chosen_places.append(parts)
        taken.update(parts)
    return tuple(sorted(chosen_places))


_COUNTED = {"inhabitants": "inwoners", "households": "huishoudens", "dwellings": "woningen"}


def _draw_indicator(country: Country, spec: Spec, state: Array, rng: np.random.Generator) -> None:
    """Draw what is true and what is reported of one indicator, for all places and years."""
    years, truths = np.array(country.size.years), country.truths
    people = country.places[spec.people].to_numpy()[:, None].repeat(len(years), axis=1)
    if spec.kind == "count":
        growth = np.exp(np.cumsum(rng.normal(scale=0.01, size=people.shape), axis=1) * (np.arange(len(years)) > 0))
        country.true[spec.id] = country.reported[spec.id] = np.maximum(1, np.rint(people * growth)).astype(np.int64)
        country.planted[spec.id] = np.zeros(people.shape)
        return
    people = country.reported.get(_COUNTED[spec.people], people)
    trend = rng.normal(scale=0.02) * (years - years[0]) * spec.spread
    jump = np.where(years >= BREAK_YEAR, truths.break_size, 0.0) if spec.id in truths.broken else 0.0
    moved = spec.worse * (spec.spread * (state + jump)) + trend
    caused = -spec.worse * spec.spread * truths.effect * _reach(country, spec, years)
    true, before = _scale(spec, moved + caused), _scale(spec, moved)
    country.true[spec.id], country.planted[spec.id] = true, true - before
    country.reported[spec.id], error = _report(spec, true, people, rng)
    if error is not None:
        country.errors[spec.id] = error


def _reach(country: Country, spec: Spec, years: Array) -> Array:
    """Tell which part (0-1) of the effect each place has reached in each year."""
    reach = np.zeros((country.places.height, len(years)))
    if spec.id in country.truths.moved:
        helped = [place for number in country.helped for place in country.programme[number]]
        reach[helped] = ((years - START + 1) / 6).clip(0, 1)
    return reach


def _scale(spec: Spec, moved: Array) -> Array:
    """Bring a move in standard deviations to the indicator's own scale."""
    if spec.kind == "proportion":
        return np.asarray(1 / (1 + np.exp(-(np.log(spec.level / (1 - spec.level)) + moved))))
    if spec.kind == "score":
        return np.asarray(spec.level + moved)
    return np.asarray(spec.level * np.exp(moved))


def _report(spec: Spec, true: Array, people: Array, rng: np.random.Generator) -> tuple[Array, Array | None]:
    """Report a figure as its publisher would: counted, surveyed among a few, or modelled."""
    if spec.nature == "modelled":
        return np.round(true + rng.normal(scale=0.02, size=true.shape) * np.abs(true), 4), None
    if spec.nature == "surveyed":
        asked = np.minimum(np.maximum(people // 4, 5), rng.integers(60, 300, size=people.shape))
        share = rng.binomial(asked, true) / asked
        smoothed = (share * asked + 2) / (asked + 4)
        return np.round(share, 4), np.round(np.sqrt(smoothed * (1 - smoothed) / asked), 5)
    if spec.kind == "mean":
        return np.round(true * np.exp(rng.normal(scale=0.15, size=true.shape) / np.sqrt(people)), 2), None
    return rng.binomial(people, true.clip(0, 1)), None
