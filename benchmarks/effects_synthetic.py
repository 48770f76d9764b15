"""Synthetic difference-in-differences with placebo draws, beside two other packages on the same figures."""

import argparse
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wijkpeil.effects.assignment import placements
from wijkpeil.effects.panel import Panel, panel
from wijkpeil.effects.synthetic_differences import DIFFERENCES


@dataclass(frozen=True, kw_only=True)
class Size:
    """How many treated areas, donors, years, outcomes, and placebo draws for each."""

    treated: int = 40
    donors: int = 3_000
    years: int = 20
    outcomes: int = 30
    draws: int = 200


SMALL = Size(treated=5, donors=200, outcomes=3, draws=50)
BESIDE = Size(treated=20, donors=150, outcomes=1)
"""A size at which the others take less than half a minute together; at ours they take minutes for one outcome."""


@dataclass(frozen=True, kw_only=True)
class Took:
    """What one package took for so many outcomes, the first effect that it found, and its standard error."""

    name: str
    outcomes: int
    seconds: float
    effect: float
    error: float

    @property
    def each(self) -> float:
        """Seconds for one outcome with all its draws."""
        return self.seconds / self.outcomes


def measure(size: Size, *, others: int = 1) -> list[Took]:
    """Estimate every outcome with its placebo draws; the other packages do the first ``others`` outcomes."""
    few = [_drawn(size, seed) for seed in range(min(others, size.outcomes))]
    return [
        alone(size),
        _timed("diff-diff", few, lambda one: _diff_diff(one, size.draws)),
        _timed("synthdid-py", few, lambda one: _synthdid(one, size.draws)),
    ]


def alone(size: Size) -> Took:
    """Estimate every outcome with its placebo draws here only; drawing the figures is not counted."""
    panels = [_drawn(size, seed) for seed in range(size.outcomes)]
    return _timed("wijkpeil", panels, lambda one: _ours(one, size.draws))


def _timed(name: str, panels: list[Panel], act: Callable[[Panel], tuple[float, float]]) -> Took:
    start = time.perf_counter()
    found = [act(one) for one in panels]
    seconds = time.perf_counter() - start
    return Took(name=name, outcomes=len(panels), seconds=seconds, effect=found[0][0], error=found[0][1])


def _drawn(size: Size, seed: int) -> Panel:
    """Draw areas with a level, two common factors and a slow walk of their own; the first ones treated from halfway."""
    random = np.random.default_rng(seed)
    count = size.treated + size.donors
    common = random.normal(size=(count, 2)) @ random.normal(size=(2, size.years)).cumsum(axis=1) * 0.3
    walk = random.normal(size=(count, size.years)).cumsum(axis=1) * 0.3
    outcome = 2 * random.normal(size=(count, 1)) + common + walk + 0.5 * random.normal(size=(count, size.years))
    start = np.where(np.arange(count) < size.treated, size.years // 2, size.years)
    return panel(outcome, start)


def _ours(one: Panel, draws: int) -> tuple[float, float]:
    effect = DIFFERENCES.estimate(one).effect
    placed = placements(one, draws=draws, seed=1, among="comparison")
    return effect, float(DIFFERENCES.effects(placed.panel, placed.starts).std())


def _diff_diff(one: Panel, draws: int) -> tuple[float, float]:
    import diff_diff
    import pandas as pd

    count, years = one.outcome.shape
    table = pd.DataFrame(
        {
            "area": np.repeat(np.arange(count), years),
            "year": np.tile(np.arange(years), count),
            "outcome": one.outcome.ravel(),
            "treated": np.repeat(one.is_treated.astype(int), years),
        }
    )
    after = list(range(int(one.start.min()), years))
    method = diff_diff.SyntheticDiD(variance_method="placebo", n_bootstrap=draws, seed=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = method.fit(table, outcome="outcome", treatment="treated", unit="area", time="year", post_periods=after)
    return float(found.att), float(found.se)


def _synthdid(one: Panel, draws: int) -> tuple[float, float]:
    import synthdid

    ordered = np.vstack([one.outcome[~one.is_treated], one.outcome[one.is_treated]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = synthdid.synthdid_estimate(ordered, int((~one.is_treated).sum()), int(one.start.min()))
        error = synthdid.placebo_se(found, replications=draws)
    return float(found), float(error)


def told(size: Size, took: list[Took]) -> str:
    """Tell the measurements as a table."""
    head = f"{size.treated} treated, {size.donors:,} donors, {size.years} years, {size.draws} placebo draws"
    lines = [f"| {head} | outcomes | seconds | an outcome | times ours | effect | error |", "|" + " --- |" * 7]
    lines += [
        f"| {one.name} | {one.outcomes} | {one.seconds:.1f} | {one.each:.3f} s | {one.each / took[0].each:.1f} "
        f"| {one.effect:.5f} | {one.error:.5f} |"
        for one in took
    ]
    return "\n".join(lines)


def main() -> None:
    """Print our full size alone, then a smaller one beside the others; or all at full size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a run of seconds, the others too")
    parser.add_argument("--full", action="store_true", help="the others at full size too, for minutes")
    parser.add_argument("--alone", action="store_true", help="without the others")
    parser.add_argument("--others", type=int, default=1, help="how many outcomes the other packages do (1)")
    arguments = parser.parse_args()
    size = SMALL if arguments.small else Size()
    if arguments.alone:
        print(told(size, [alone(size)]))
    elif arguments.small or arguments.full:
        print(told(size, measure(size, others=arguments.others)))
    else:
        print(f"{told(size, [alone(size)])}\n\n{told(BESIDE, measure(BESIDE))}")


if __name__ == "__main__":
    main()
