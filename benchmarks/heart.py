"""What the verdicts of a whole country take, in one process: gaps and changes of all figures, look-alikes, placebos."""

import time
from concurrent.futures import ThreadPoolExecutor

import dataframely as dy
import numpy as np
import polars as pl

from benchmarks.drawn import Drawn
from wijkpeil.analysis.changes import changes
from wijkpeil.analysis.one_look_alike import beside_one_look_alike
from wijkpeil.analysis.positions import positions
from wijkpeil.analysis.verdict import judge
from wijkpeil.domain.frames import Changes, Figures, LookAlikesFound

COMPARATORS = ("rest_of_city", "look_alikes")
PLACEMENTS = 10_000
OF_ONE_SOURCE = 10
"""How many of the indicators come from one source."""


def verdicts_of(drawn: Drawn, look_alikes: dy.DataFrame[LookAlikesFound]) -> tuple[dict[str, float], pl.DataFrame]:
    """Time every step over all chunks; drawing the figures, and reading or writing them, is not counted."""
    seconds = dict.fromkeys(("gaps and changes", "one look-alike", "verdicts"), 0.0)
    gathered: dict[str, list[dy.DataFrame[Changes]]] = {name: [] for name in COMPARATORS}

    for figures in drawn.chunks():
        start = time.perf_counter()
        found = _changes(drawn, figures)
        seconds["gaps and changes"] += time.perf_counter() - start
        start = time.perf_counter()
        found[1] = beside_one_look_alike(found[1], figures=figures, look_alikes=look_alikes, policy=drawn.policy)
        seconds["one look-alike"] += time.perf_counter() - start
        for name, part in zip(COMPARATORS, found, strict=True):
            gathered[name].append(part)
    start = time.perf_counter()
    judged = [judge(Changes.cast(pl.concat(parts)), policy=drawn.policy) for parts in gathered.values()]
    seconds["verdicts"] = time.perf_counter() - start
    return seconds, judged[0]


def _changes(drawn: Drawn, figures: dy.DataFrame[Figures]) -> list[dy.DataFrame[Changes]]:
    """Give the changes since the baseline beside each comparator, from the gaps of all the periods there are."""
    programme = drawn.policy.programme[drawn.policy.default_programme]

    def changed(name: str) -> dy.DataFrame[Changes]:
        beside = positions(figures, areas=drawn.areas, policy=drawn.policy, comparators=[name])
        return changes(beside, policy=drawn.policy, programme=programme)

    with ThreadPoolExecutor(max_workers=2) as workers:
        return list(workers.map(changed, COMPARATORS))


def one_new_year(drawn: Drawn, look_alikes: dy.DataFrame[LookAlikesFound]) -> float:
    """Time what the last year of the indicators of one source asks: its gaps, changes and verdicts.

    Of earlier years only those around the baseline are needed.
    """
    figures = drawn.figures(sorted(drawn.policy.indicator)[:OF_ONE_SOURCE], seed=0)
    baseline = drawn.policy.programme[drawn.policy.default_programme].baseline.year
    around = [baseline - 1, baseline, baseline + 1, drawn.years[-1]]
    needed = Figures.cast(figures.filter(pl.col("period").is_in(around)))
    start = time.perf_counter()
    beside_city, beside_alike = _changes(drawn, needed)
    widened = beside_one_look_alike(beside_alike, figures=needed, look_alikes=look_alikes, policy=drawn.policy)
    for found in (beside_city, widened):
        judge(found, policy=drawn.policy)
    return time.perf_counter() - start


def placed(judged: pl.DataFrame) -> float:
    """Time 10,000 placements of one neighbourhood: its change in every indicator among those of all areas."""
    areas = judged["area"].n_unique()
    table = judged.sort("indicator", "area")["change"].to_numpy().reshape(-1, areas)
    start = time.perf_counter()
    chosen = np.random.default_rng(1).integers(0, areas, PLACEMENTS)
    ordered = np.sort(table, axis=1)
    for row, order in zip(table, ordered, strict=True):
        np.searchsorted(order, row[chosen])
    return time.perf_counter() - start
