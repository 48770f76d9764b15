"""Periods and years: a study counts in years, a panel in figures, which may be two years apart."""

from dataclasses import replace

import numpy as np

from wijkpeil.domain.evidence import EventPoint, PlaceboPath
from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.effects.panel import Panel


def step(panel: Panel) -> int | None:
    """Give the years between two figures; ``None`` where they are not always the same."""
    gaps = np.diff(panel.periods)
    return int(gaps[0]) if len(gaps) and (gaps == gaps[0]).all() else None


def in_periods(panel: Panel, years: int) -> int:
    """Give the periods that so many years take, rounded up: an effect expected later is not looked for sooner."""
    if years == 0:
        return 0
    own = step(panel)
    if own is not None:
        return -(-years // own)
    first = panel.cohorts[0]
    later = [place for place in range(first, panel.never) if panel.periods[place] - panel.periods[first] >= years]
    return (later[0] if later else panel.never) - first


def years_of(panel: Panel, time: int) -> int:
    """Turn an event time in periods into years since the start.

    Where figures are not always equally far apart, that is only known when everyone starts together.
    Raises ``RefusedError`` (gaps) otherwise.
    """
    own = step(panel)
    if own is not None:
        return time * own
    if len(panel.cohorts) > 1:
        raise RefusedError(Refusal(reason=RefusalReason.GAPS, facts={"periods": ", ".join(map(str, panel.periods))}))
    start = panel.cohorts[0]
    return panel.periods[start + time] - panel.periods[start]


def points_in_years(panel: Panel, points: tuple[EventPoint, ...]) -> tuple[EventPoint, ...]:
    """Give the points of a path by years since the start."""
    return tuple(replace(point, time=years_of(panel, point.time)) for point in points)


def paths_in_years(panel: Panel, paths: tuple[PlaceboPath, ...]) -> tuple[PlaceboPath, ...]:
    """Give the paths of placements by years since the start."""
    return tuple(replace(one, times=tuple(years_of(panel, time) for time in one.times)) for one in paths)
