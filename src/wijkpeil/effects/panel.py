"""A panel without gaps: one outcome of areas in periods, and since when each of them is treated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """One outcome of ``n`` areas in ``t`` periods, in the order of time.

    ``outcome`` is ``(n, t)`` in the units of a frame (a fraction for a share) and has no gaps. ``start`` is ``(n,)``:
    the place in ``periods`` of the first one under treatment, and ``t`` for an area that is never treated in it.
    ``stratum`` is ``(n,)``: areas with the same number are comparable, so that chance may exchange their treatment.
    ``city`` is ``(n,)``: what befalls a city is shared by its areas, so that areas of one were treated together.
    ``covariates`` is ``(n, k)``, of before every start; ``k`` may be 0. ``names`` are those of the covariates.
    """

    outcome: Floats
    start: Ints
    areas: tuple[str, ...]
    periods: tuple[int, ...]
    stratum: Ints
    city: Ints
    covariates: Floats
    names: tuple[str, ...] = ()

    @property
    def never(self) -> int:
        """The start of an area that is never treated."""
        return len(self.periods)

    @property
    def is_treated(self) -> Bools:
        """``(n,)``: which areas are treated in some period."""
        return self.start < self.never

    @property
    def cohorts(self) -> tuple[int, ...]:
        """The different starts of the treated areas, the earliest first."""
        return tuple(int(start) for start in np.unique(self.start[self.is_treated]))

    @property
    def event_times(self) -> Ints:
        """Every period counted from a start: ``-(t - 1)`` to ``t - 1``; a path has a value for each of them."""
        return np.arange(1 - self.never, self.never)

    def with_outcome(self, outcome: Floats) -> "Panel":
        """Give the same panel with another outcome."""
        return replace(self, outcome=outcome)

    def without(self, places: Sequence[int] | Ints) -> "Panel":
        """Leave areas out, by their places."""
        kept = np.setdiff1d(np.arange(len(self.areas)), np.asarray(places, dtype=np.int64))
        return replace(
            self,
            outcome=self.outcome[kept],
            start=self.start[kept],
            areas=tuple(self.areas[place] for place in kept),
            stratum=self.stratum[kept],
            city=self.city[kept],
            covariates=self.covariates[kept],
        )

    def until(self, period: int) -> "Panel":
        """Keep the periods before a place; who starts later counts as never treated."""
        return replace(
            self,
            outcome=self.outcome[:, :period],
            start=np.minimum(self.start, period),
            periods=self.periods[:period],
        )


def panel(
    outcome: npt.ArrayLike,
    start: npt.ArrayLike,
    *,
    areas: Sequence[str] | None = None,
    periods: Sequence[int] | None = None,
    stratum: npt.ArrayLike | None = None,
    city: npt.ArrayLike | None = None,
    covariates: npt.ArrayLike | None = None,
    names: Sequence[str] = (),
) -> Panel:
    """Make a panel of an outcome and starts; without cities every area is one by itself.

    Raises ``ValueError`` where the shapes differ or a value is no number.
    """
    values = np.ascontiguousarray(outcome, dtype=np.float64)
    if values.ndim != 2 or not np.isfinite(values).all():
        raise ValueError("an outcome is a table of areas by periods without gaps")
    count, length = values.shape
    starts = np.asarray(start, dtype=np.int64)
    strata = np.zeros(count, dtype=np.int64) if stratum is None else np.asarray(stratum, dtype=np.int64)
    cities = np.arange(count, dtype=np.int64) if city is None else np.asarray(city, dtype=np.int64)
    known = np.empty((count, 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    if any(given.shape[:1] != (count,) or given.ndim > 1 for given in (starts, strata, cities)):
        raise ValueError("every area has one start, one stratum and one city")
    if known.ndim != 2 or len(known) != count:
        raise ValueError("every area has one row of covariates")
    if not np.isfinite(known).all():
        raise ValueError("covariates have no gaps")
    return Panel(
        outcome=values,
        start=np.minimum(starts, length),
        areas=tuple(areas) if areas is not None else tuple(str(number) for number in range(count)),
        periods=tuple(periods) if periods is not None else tuple(range(length)),
        stratum=strata,
        city=cities,
        covariates=known,
        names=tuple(names),
    )
