"""What passes by itself: the return of those that were chosen for being worst, a count by luck, and panel noise."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from wijkpeil.analysis.counts import count_by_chance
from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.panel_noise import panel_noise
from wijkpeil.analysis.selection import Past, correct_for_selection
from wijkpeil.analysis.tree import Bools, Floats
from wijkpeil.calibration.coverage import APPROXIMATE
from wijkpeil.calibration.lines import Claim, Limits, Line, Part, mean_of, share_of
from wijkpeil.domain.indicator import Nature

AREAS, CHOSEN = 950, 40
"""As many wijken as a country of eighteen cities has, and as many chosen as in 2007."""

PASSING, KEPT = 0.4, 0.5
"""The passing part of an area, in standard deviations between areas, and what is left of it a year later."""

SAMPLING = 0.1
"""The published standard error, in the same unit."""

CHOICES = ((2, (0, 1)), (3, (0, 1)), (3, (1, 2)), (5, (3, 4)))
"""The periods up to the baseline of which there are figures, and in which of them the worst were chosen.

The second is that of 2007: looked at in 2005 and 2006, and a year later began the programme.
"""

AHEAD = 10
"""The years after the baseline at which is looked back."""

BIAS_AT_MOST = Limits(low=-0.1, high=0.1)
"""A tenth of the naive change of those that were chosen."""

COUNTED_AT_LEAST = Limits(low=0.93)
"""A range of whole numbers holds somewhat more than 95%, and may not hold less than 93%."""

NOISE = Limits(low=0.9, high=1.1)
"""With three years: within a tenth. Two years cannot tell chance from change, and may only be too careful."""

NOISE_OF_TWO = Limits(low=0.9)
_SIZES = (40.0, 150.0, 600.0)
_PANEL_AREAS, _PANEL_YEARS = 240, 5
_ERROR_OF_ONE, _MOVES, _MOVED = 60.0, 0.15, 4.0


def selection(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Choose the worst of two years, change nothing, and see what the correction leaves of their own return.

    The bias is told as a part of the naive change. What will have become of an area is compared with its
    *expected* state, of which the luck of the latest year is no part: that says the same with less noise.
    """
    lines = []
    for periods, looked_at in CHOICES:
        drawn = [_selected(periods, looked_at, rng) for _ in range(worlds)]
        naive = float(np.mean([one.naive for one in drawn]))
        left, left_error = mean_of([one.left for one in drawn])
        found = (
            (Claim.BIAS_LEFT, left / naive, left_error / naive, BIAS_AT_MOST),
            (Claim.EXCESS_COVERED, *mean_of([one.covered for one in drawn]), APPROXIMATE),
            (Claim.MEAN_COVERED, *share_of([one.mean_covered for one in drawn], claimed=0.95), APPROXIMATE),
        )
        lines += [
            Line(
                part=Part.SELECTION,
                claim=claim,
                of="gap",
                measured=measured,
                error=error,
                limits=limits,
                setting={"periods": periods, "chosen_until": looked_at[-1] - periods + 1},
                worlds=worlds,
            )
            for claim, measured, error, limits in found
        ]
    return lines


@dataclass(frozen=True, kw_only=True)
class _Selected:
    naive: float
    left: float
    covered: float
    mean_covered: bool


def _selected(periods: int, looked_at: tuple[int, int], rng: np.random.Generator) -> _Selected:
    years = periods + AHEAD
    lasting, passing = rng.normal(size=AREAS), _fading(AREAS, years, rng)
    gaps = lasting[:, None] + passing + rng.normal(scale=SAMPLING, size=passing.shape)
    chosen = np.zeros(AREAS, dtype=bool)
    chosen[np.argsort(gaps[:, looked_at].mean(axis=1))[:CHOSEN]] = True
    past = Past(
        gaps=gaps[:, :periods],
        errors=np.full((AREAS, periods), SAMPLING),
        periods=np.arange(periods),
        in_programme=chosen,
        chosen_in=np.isin(np.arange(periods), looked_at),
    )
    found = correct_for_selection(
        past, latest=gaps[:, -1], latest_errors=np.full(AREAS, SAMPLING), latest_period=years - 1
    )
    returned = (lasting + KEPT**AHEAD * passing[:, periods - 1] - gaps[:, periods - 1])[chosen]
    mean, error = found.mean_excess(chosen)
    return _Selected(
        naive=float(returned.mean()),
        left=float((returned - found.expected[chosen]).mean()),
        covered=float(np.mean(np.abs(found.excess[chosen]) <= Z * found.excess_error[chosen])),
        mean_covered=abs(mean) <= Z * error,
    )


def _fading(areas: int, years: int, rng: np.random.Generator) -> Floats:
    """Draw a passing state that keeps a half from year to year."""
    state = rng.normal(scale=PASSING, size=(areas, years))
    for year in range(1, years):
        state[:, year] = KEPT * state[:, year - 1] + np.sqrt(1 - KEPT**2) * state[:, year]
    return state


def counts(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Count the areas that seem to gain in worlds where nothing was done, and see whether the range holds that.

    The areas of a city share the error of its comparator, and each returns by a declared part of its own accord.
    """
    lines = []
    for cities in (4, 18):
        held = []
        for _ in range(worlds):
            city = np.sort(rng.integers(0, cities, CHOSEN))
            error = rng.uniform(0.5, 2.0, CHOSEN)
            shared = rng.uniform(0.3, 1.0, cities)[city]
            luck = rng.normal(size=cities)[city]
            returns = rng.uniform(0, 1, CHOSEN)
            found = count_by_chance(
                returns + error * rng.normal(size=CHOSEN) - shared * luck,
                error=error,
                city=city,
                city_error=shared,
                by_selection=returns,
                seed=int(rng.integers(2**31)),
                draws=2_000,
            )
            held.append(found.low <= found.counted <= found.high)
        measured, error_of = share_of(held, claimed=0.95)
        lines.append(
            Line(
                part=Part.COUNT,
                claim=Claim.IN_RANGE,
                of="count",
                measured=measured,
                error=error_of,
                limits=COUNTED_AT_LEAST,
                setting={"cities": cities},
                worlds=worlds,
            )
        )
    return lines


def noise(worlds: int, rng: np.random.Generator) -> list[Line]:
    """Publish scores without their errors, and set the estimated errors beside the true ones, by size of the area.

    The areas differ for good, grow or decline each at its own pace, and of one in seven something changes for
    good between two years.
    """
    lines = []
    for years, limits in ((_PANEL_YEARS, NOISE), (2, NOISE_OF_TWO)):
        found = np.array([_noise(years, rng) for _ in range(worlds)])
        for place, size in enumerate(_SIZES):
            measured, error = mean_of(found[:, place])
            lines.append(
                Line(
                    part=Part.PANEL_NOISE,
                    claim=Claim.ERROR_RATIO,
                    of="score",
                    measured=measured,
                    error=error,
                    limits=limits,
                    setting={"base": size, "years": years},
                    worlds=worlds,
                )
            )
    return lines


def _noise(years: int, rng: np.random.Generator) -> Floats:
    size = np.repeat(_SIZES, _PANEL_AREAS // len(_SIZES))
    true = _ERROR_OF_ONE / np.sqrt(size)
    moved = np.zeros((len(size), years))
    moves: Bools = rng.random(len(size)) < _MOVES
    moved[np.flatnonzero(moves), rng.integers(1, years, moves.sum())] = rng.normal(scale=_MOVED, size=moves.sum())
    pace = rng.normal(scale=1.0, size=len(size))[:, None] * np.arange(years)
    level = rng.normal(scale=15.0, size=len(size))[:, None]
    score = 100 + level + pace + moved.cumsum(axis=1) + true[:, None] * rng.normal(size=moved.shape)
    figures = pl.DataFrame(
        {
            "area": np.repeat([f"WK{place:06d}" for place in range(len(size))], years),
            "period": np.tile(2014 + np.arange(years), len(size)),
            "value": score.ravel(),
            "size": size.repeat(years),
        }
    )
    found = panel_noise(figures, nature=Nature.SURVEYED)["se"].to_numpy().reshape(-1, years)[:, 0] / true
    return np.array([found[size == one].mean() for one in _SIZES])
