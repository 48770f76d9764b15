"""The effect on one treated area held against the ups and downs of its own years."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.evidence import Inference, Method
from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.inversion import DUST, LEVEL
from wijkpeil.effects.panel import Bools, Floats, Panel
from wijkpeil.effects.simplex import closest_many
from wijkpeil.effects.synthetic import refuse
from wijkpeil.effects.synthetic_control import synthetic_control

_GRID = 101
_WIDENINGS = 20
_ROUNDS = 5


def conformal(panel: Panel, *, lag: int = 0) -> Inference:
    """Bound a constant effect on one treated area by moving its misfits along the years.

    Were the true effect ``tau``, then taking it out of the years after the start leaves a series without an effect. A
    synthetic control is fitted to all of it, before and after, so that no year is favoured, and the mean size of the
    misfits after the start is set beside that in every other stretch of as many years, the series closed to a ring.
    ``p`` is the part of the stretches, the real one included, that misfit at least as much. It needs no other area to
    be exchangeable with the treated one, only its years: the second opinion where placebo areas are few or odd.

    The interval reaches to the outermost ``tau`` that is not rejected at 5%, found by looking closer and closer;
    ``None`` for an end that stays open. It is wide where many of the years lie after the start, for then a blend can
    follow even a large effect at the cost of the years before. Areas that start together are taken as their mean;
    years between the start and ``lag`` are left out.

    Raises ``RefusedError`` as ``synthetic.refuse`` does, and ``TOO_FEW_PERIODS`` with fewer than twenty years, when
    no effect however large could reach 5% (the ``attainable`` p-value is one by the number of years). Source:
    Chernozhukov, Wuthrich, Zhu (2021), JASA 116, 1849-1864.
    """
    refuse(panel, Design.SYNTHETIC_CONTROL, lag=lag)
    if len(panel.cohorts) > 1:
        raise RefusedError(
            Refusal(
                reason=RefusalReason.TOO_FEW_TREATED,
                facts={"starts": len(panel.cohorts), "method": Method.CONFORMAL.value},
                design=Design.SYNTHETIC_CONTROL,
            )
        )
    series = _series(panel, lag)
    if series.attainable > LEVEL * (1 + DUST):
        raise RefusedError(
            Refusal(
                reason=RefusalReason.TOO_FEW_PERIODS,
                facts={"periods": series.length, "needed": round(1 / LEVEL), "attainable": series.attainable},
                design=Design.SYNTHETIC_CONTROL,
            )
        )
    count = int(series.as_large(np.zeros(1))[0])
    low, high = _bounds(series, panel, lag)
    return Inference(
        method=Method.CONFORMAL,
        p=(1 + count) / series.length,
        low=low,
        high=high,
        placebos=series.length - 1,
        as_large=count,
        attainable=series.attainable,
        enumerated=True,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Series:
    """The outcome of the treated ``(t,)`` and of the donors ``(n, t)``, of which the last ``after`` under treatment."""

    treated: Floats
    donors: Floats
    after: int

    @property
    def length(self) -> int:
        return len(self.treated)

    @property
    def attainable(self) -> float:
        """The smallest p-value that there can be."""
        return 1 / self.length

    def as_large(self, effects: Floats) -> Floats:
        """Count the other stretches of years that misfit at least as much, under each of ``(g,)`` effects."""
        before = self.length - self.after
        series = np.tile(self.treated, (len(effects), 1))
        series[:, before:] -= effects[:, None]
        allowed = np.ones((len(effects), len(self.donors)), dtype=bool)
        weights = closest_many(self.donors, series, allowed, np.zeros(len(effects)))
        misfit = np.abs(series - weights @ self.donors)
        ring = np.cumsum(np.hstack([np.zeros((len(effects), 1)), misfit, misfit]), axis=1)
        first = np.arange(self.length)
        stretches = (ring[:, first + self.after] - ring[:, first]) / self.after
        own = stretches[:, [before]]
        return np.asarray((stretches >= own * (1 - DUST)).sum(axis=1) - 1)

    def is_possible(self, effects: Floats) -> Bools:
        """Tell which effects are not rejected at 5%."""
        return np.asarray((1 + self.as_large(effects)) / self.length > LEVEL * (1 + DUST))


def _series(panel: Panel, lag: int) -> _Series:
    start = panel.cohorts[0]
    kept = np.r_[0:start, start + lag : panel.never]
    return _Series(
        treated=panel.outcome[panel.is_treated][:, kept].mean(axis=0),
        donors=panel.outcome[~panel.is_treated][:, kept],
        after=panel.never - start - lag,
    )


def _bounds(series: _Series, panel: Panel, lag: int) -> tuple[float | None, float | None]:
    """Find the outermost effects that are not rejected."""
    design = synthetic_control(pooled=True)
    path = design.paths(panel, panel.start[None])[0]
    centre = float(design.effects(panel, panel.start[None], lag=lag)[0])
    width = max(float(np.nanmax(np.abs(path - np.where(panel.event_times >= lag, centre, 0)))), abs(centre) * 1e-3)
    width = max(width, float(np.finfo(np.float64).eps) * max(1.0, float(np.abs(panel.outcome).max())))
    return _bound(series, centre, -width), _bound(series, centre, width)


def _bound(series: _Series, centre: float, width: float) -> float | None:
    """Go out from the centre until what lies beyond is rejected, then look closer and closer between the two."""
    reach: Floats = np.asarray(centre + width * 2.0 ** np.arange(_WIDENINGS), dtype=np.float64)
    possible = series.is_possible(reach)
    if possible[-1]:
        return None
    last = int(np.flatnonzero(possible)[-1]) if possible.any() else -1
    inside, outside = centre, float(reach[last + 1])
    for _ in range(_ROUNDS):
        grid = np.linspace(inside, outside, _GRID)
        fine = np.flatnonzero(series.is_possible(grid))
        if len(fine) == 0:
            break
        inside, outside = float(grid[fine[-1]]), float(grid[min(fine[-1] + 1, _GRID - 1)])
    return inside
