"""One line of the table: what is claimed, what was measured, how sure that is, and within which limits it must lie."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

SURE = 2.0
"""A measured figure is outside its limits when it is so by more than so many of its Monte Carlo errors."""


class Part(StrEnum):
    """The parts of the table, in the order in which they are printed."""

    COVERAGE = "coverage"
    SPARSE = "sparse"
    FALSE_VERDICTS = "false_verdicts"
    ONE_SIDED = "one_sided"
    SELECTION = "selection"
    POWER = "power"
    COUNT = "count"
    PANEL_NOISE = "panel_noise"
    HOUSE = "house"
    EFFECTS = "effects"
    EFFECT_MATRIX = "effect_matrix"


class Claim(StrEnum):
    """What is claimed of a statement; each has its words in ``cli.calibrate``."""

    LEVEL = "level"
    GAP = "gap"
    CHANGE = "change"
    MOVED = "moved"
    STEADY = "steady"
    TOGETHER = "together"
    CATCHING_UP = "catching_up"
    FALLING_BEHIND = "falling_behind"
    BIAS_LEFT = "bias_left"
    EXCESS_COVERED = "excess_covered"
    MEAN_COVERED = "mean_covered"
    FOUND = "found"
    FOUND_IN_FAMILY = "found_in_family"
    IN_RANGE = "in_range"
    ERROR_RATIO = "error_ratio"
    VERDICTS = "verdicts"
    FALSE = "false"
    FALSE_ALARM = "false_alarm"
    FALSE_ALARM_RESTLESS = "false_alarm_restless"
    FALSE_ALARM_TOGETHER = "false_alarm_together"
    EFFECT_COVERED = "effect_covered"
    EFFECT_SEEN = "effect_seen"
    VISIBLE_SEEN = "visible_seen"
    REFUSED = "refused"
    TRUTH_HELD = "truth_held"
    FLAGGED = "flagged"


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Where a measured figure must lie; infinite on a side that has no limit."""

    low: float = -np.inf
    high: float = np.inf

    @property
    def are_there(self) -> bool:
        """Whether there is a limit at all."""
        return bool(np.isfinite(self.low) or np.isfinite(self.high))


@dataclass(frozen=True, kw_only=True)
class Line:
    """A claim about one kind of figure, measured in so many worlds.

    ``of`` names what was looked at (``share``, ``rate``, ``exact``, ...), ``setting`` its numbers in the order of
    their names. ``measured`` and ``error`` (its Monte Carlo standard error) are fractions, unless ``claim`` says
    otherwise. ``is_within`` allows for chance: a figure is outside only by more than two Monte Carlo errors, so that
    a short run does not fail by luck and a long one is stricter.
    """

    part: Part
    claim: Claim
    of: str
    measured: float
    error: float
    limits: Limits = field(default_factory=Limits)
    setting: dict[str, float] = field(default_factory=dict)
    worlds: int

    @property
    def is_within(self) -> bool:
        """Whether the house may say what it says; a figure that is no number never is."""
        if not self.limits.are_there:
            return bool(np.isfinite(self.measured))
        room = SURE * self.error
        return bool(self.limits.low - room <= self.measured <= self.limits.high + room)


def mean_of(measured: npt.ArrayLike) -> tuple[float, float]:
    """Give the mean over independent worlds and its Monte Carlo standard error."""
    numbers = np.asarray(measured, dtype=np.float64)
    if numbers.size < 2:
        return float(numbers.mean()) if numbers.size else float("nan"), float("nan")
    return float(numbers.mean()), float(numbers.std(ddof=1) / np.sqrt(numbers.size))


def share_of(outcomes: npt.ArrayLike, *, claimed: float) -> tuple[float, float]:
    """Give the part of the worlds in which something is so, and the Monte Carlo error that it has if the claim is true.

    What was drawn cannot tell its own error where it was always so, or hardly ever.
    """
    told = np.asarray(outcomes, dtype=np.float64)
    if not told.size:
        return float("nan"), float("nan")
    return float(told.mean()), float(np.sqrt(claimed * (1 - claimed) / told.size))


def pooled(lines: Iterable[Line]) -> list[Line]:
    """Take lines on the same claim from independent rounds together, each by its number of worlds."""
    alike: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        alike.setdefault((line.part, line.claim, line.of, tuple(line.setting.items())), []).append(line)
    return [_together(some) for some in alike.values()]


def _together(lines: list[Line]) -> Line:
    weight = np.array([line.worlds for line in lines], dtype=np.float64)
    measured, error = (np.array([getattr(line, name) for line in lines]) for name in ("measured", "error"))
    return replace(
        lines[0],
        measured=float((weight * measured).sum() / weight.sum()),
        error=float(np.sqrt(((weight * error) ** 2).sum()) / weight.sum()),
        worlds=int(weight.sum()),
    )


def all_within(lines: Iterable[Line]) -> bool:
    """Tell whether no line lies outside its limits."""
    return all(line.is_within for line in lines)
