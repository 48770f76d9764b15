"""All proofs in their order, short or long, from one seed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from wijkpeil.calibration.bounds import one_sided, power
from wijkpeil.calibration.coverage import coverage
from wijkpeil.calibration.effect_matrix import effect_matrix
from wijkpeil.calibration.effect_sizes import effect_sizes
from wijkpeil.calibration.families import families
from wijkpeil.calibration.house import house
from wijkpeil.calibration.lines import Line, Part, pooled
from wijkpeil.calibration.luck import counts, noise, selection

SEED = 20121024

Proof = Callable[[int, np.random.Generator], list[Line]]
Progress = Callable[[Part, float], None]
"""Is told a part and how much (0-1) of it is done."""


@dataclass(frozen=True, kw_only=True)
class Effort:
    """For each proof the number of rounds, and of worlds in a round; a proof that is not named is left out."""

    rounds: dict[Part, tuple[int, int]]

    @classmethod
    def quick(cls) -> "Effort":
        """Two minutes: enough to see that something is broken."""
        return cls(
            rounds={
                Part.COVERAGE: (1, 3_000),
                Part.FALSE_VERDICTS: (1, 30),
                Part.ONE_SIDED: (1, 3_000),
                Part.SELECTION: (1, 60),
                Part.POWER: (1, 500),
                Part.COUNT: (1, 200),
                Part.PANEL_NOISE: (1, 40),
                Part.HOUSE: (1, 1),
                Part.EFFECTS: (1, 100),
            }
        )

    @classmethod
    def full(cls) -> "Effort":
        """Half an hour: what stands on the page of methods."""
        return cls(
            rounds={
                Part.COVERAGE: (8, 5_000),
                Part.FALSE_VERDICTS: (15, 40),
                Part.ONE_SIDED: (6, 5_000),
                Part.SELECTION: (10, 120),
                Part.POWER: (2, 2_500),
                Part.COUNT: (5, 400),
                Part.PANEL_NOISE: (4, 100),
                Part.HOUSE: (8, 1),
                Part.EFFECTS: (1, 2_000),
                Part.EFFECT_MATRIX: (1, 500),
            }
        )


PROOFS: dict[Part, Proof] = {
    Part.COVERAGE: coverage,
    Part.FALSE_VERDICTS: families,
    Part.ONE_SIDED: one_sided,
    Part.SELECTION: selection,
    Part.POWER: power,
    Part.COUNT: counts,
    Part.PANEL_NOISE: noise,
    Part.HOUSE: house,
    Part.EFFECTS: effect_sizes,
    Part.EFFECT_MATRIX: effect_matrix,
}


def calibrate(effort: Effort, *, seed: int = SEED, progress: Progress = lambda part, done: None) -> list[Line]:
    """Give every line of the table, part by part; the same effort and seed give the same lines.

    Every round has a stream of chance of its own, so that a proof does not change when another one does.
    """
    lines: list[Line] = []
    for number, (part, proof) in enumerate(PROOFS.items()):
        rounds, worlds = effort.rounds.get(part, (0, 0))
        found: list[Line] = []
        for turn in range(rounds):
            found += proof(worlds, np.random.default_rng([seed, number, turn]))
            progress(part, (turn + 1) / rounds)
        lines += pooled(found)
    return sorted(lines, key=lambda line: list(Part).index(line.part))
