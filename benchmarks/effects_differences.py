"""Staggered difference-in-differences with placements for many outcomes, beside another package on the same figures."""

import argparse
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wijkpeil.effects.assignment import Placements, placements
from wijkpeil.effects.differences import differences
from wijkpeil.effects.panel import Ints, Panel, panel
from wijkpeil.effects.placements import try_placements

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many treated areas, donors, years, outcomes, and placements for each; the others do only a ``sample``."""

    treated: int = 40
    donors: int = 3_000
    years: int = 20
    outcomes: int = 30
    draws: int = 999
    sample: int = 10


SMALL = Size(treated=10, donors=200, outcomes=3, draws=99, sample=3)
COHORTS = (8, 10, 12, 14, 16)
"""The years in which a fifth of the treated areas each begin."""


@dataclass(frozen=True, kw_only=True)
class Took:
    """What one package took for so many estimates, and what it found in the first outcome on the sample."""

    name: str
    estimates: int
    seconds: float
    effects: tuple[float, ...]

    @property
    def each(self) -> float:
        """Seconds for one estimate."""
        return self.seconds / self.estimates


def measure(size: Size) -> list[Took]:
    """Try every outcome on all its placements; the other package does a sample of those of the first outcome."""
    first = _drawn(size, 0)
    return [alone(size), _diff_diff(first, placements(first, draws=size.draws, seed=1), size.sample)]


def alone(size: Size) -> Took:
    """Try every outcome on all its placements here only; drawing the figures is not counted.

    What is timed is what a study runs: drawing the placements, the effect of each, its size of chance, and the
    share of an effect that turns up in it.
    """
    panels = [_drawn(size, seed) for seed in range(size.outcomes)]
    design = differences()
    start = time.perf_counter()
    tried = [try_placements(one, design, draws=size.draws, seed=1) for one in panels]
    return Took(
        name="wijkpeil",
        estimates=size.outcomes * (size.draws + 1),
        seconds=time.perf_counter() - start,
        effects=tuple(tried[0].effects[: size.sample].tolist()),
    )


def _drawn(size: Size, seed: int) -> Panel:
    """Draw areas with a level, one common factor and a slow walk of their own; the first ones begin in five waves."""
    random = np.random.default_rng(seed)
    count = size.treated + size.donors
    common = random.normal(size=(count, 1)) @ random.normal(size=(1, size.years)).cumsum(axis=1) * 0.2
    walk = random.normal(size=(count, size.years)).cumsum(axis=1) * 0.3
    start = np.full(count, size.years)
    start[: size.treated] = np.resize(COHORTS, size.treated)
    return panel(2 * random.normal(size=(count, 1)) + common + walk, start)


def _diff_diff(one: Panel, placed: Placements, sample: int) -> Took:
    """Estimate the first placements with the simple mean of Callaway and Sant'Anna, without covariates."""
    tables = [_table(one, starts) for starts in placed.starts[:sample]]
    began = time.perf_counter()
    effects = tuple(_callaway_santanna(table) for table in tables)
    return Took(name="diff-diff", estimates=sample, seconds=time.perf_counter() - began, effects=effects)


def _table(one: Panel, starts: Ints) -> "pd.DataFrame":
    import pandas as pd

    count, years = one.outcome.shape
    first = np.where(starts < years, starts, 0)
    return pd.DataFrame(
        {
            "area": np.repeat(np.arange(count), years),
            "year": np.tile(np.arange(years), count),
            "outcome": one.outcome.ravel(),
            "first": np.repeat(first, years),
        }
    )


def _callaway_santanna(table: "pd.DataFrame") -> float:
    import diff_diff

    method = diff_diff.CallawaySantAnna(control_group="never_treated")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = method.fit(table, outcome="outcome", unit="area", time="year", first_treat="first")
    return float(found.overall_att)


def told(size: Size, took: list[Took]) -> str:
    """Tell the measurements as a table."""
    head = f"{size.treated} treated in five waves, {size.donors:,} donors, {size.years} years"
    lines = [f"| {head} | estimates | seconds | an estimate | times ours | first effects |", "|" + " --- |" * 6]
    lines += [
        f"| {one.name} | {one.estimates:,} | {one.seconds:.1f} | {1000 * one.each:.2f} ms "
        f"| {one.each / took[0].each:,.0f} | {', '.join(f'{effect:.5f}' for effect in one.effects[:3])} |"
        for one in took
    ]
    return "\n".join(lines)


def main() -> None:
    """Print what placements of every outcome take, beside a sample by the other package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a run of seconds")
    parser.add_argument("--alone", action="store_true", help="without the other package")
    arguments = parser.parse_args()
    size = SMALL if arguments.small else Size()
    print(told(size, [alone(size)] if arguments.alone else measure(size)))


if __name__ == "__main__":
    main()
