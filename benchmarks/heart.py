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


def verdicts_of(drawn: Drawn, look_alikes: dy.DataFrame[LookAlikesFound]) -> tuple[dict[str, float], pl.DataFrame]:
    """Time every step over all chunks; drawing the figures, and reading or writing them, is not counted."""
    seconds = dict.fromkeys(("gaps and changes", "one look-alike", "verdicts"), 0.0)
    gathered: dict[str, list[dy.DataFrame[Changes]]] = {name: [] for name in COMPARATORS}
    programme = drawn.policy.programme[drawn.policy.default_programme]

    def changed(figures: dy.DataFrame[Figures], name: str) -> dy.DataFrame[Changes]:
        beside = positions(figures, areas=drawn.areas, policy=drawn.policy, comparators=[name])
        return changes(beside, policy=drawn.policy, programme=programme)

    for figures in drawn.chunks():
        start = time.perf_counter()
        with ThreadPoolExecutor(max_workers=2) as workers:
            found = list(workers.map(lambda name, of=figures: changed(of, name), COMPARATORS))
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
