"""How often chance alone, placing the treatment elsewhere, makes as large a difference as was found."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.domain.evidence import EventPoint, Inference, Method, PlaceboPath
from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.effects.assignment import Among, Placements, placements
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.inversion import DUST, as_large, fewest_as_large, interval
from wijkpeil.effects.noise import noise, scales
from wijkpeil.effects.panel import Floats, Ints, Panel

__all__ = ["Among", "Placements", "Tried", "TriedPaths", "infer", "paths", "placements", "try_paths", "try_placements"]

SHOWN = 60
"""So many grey lines at most; more would be a cloud."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Tried:
    """A design tried on every placement: the difference found, and how large chance makes it.

    ``effect`` and ``scale`` are of what was really treated, ``effects`` and ``scales`` are ``(draws,)``: of the
    placements that have an estimate. ``own_share`` and ``shares`` tell how much of an effect of 1 on the treated areas
    turns up in each (1 and 0 where the treated areas are left out). What is held against chance is ``statistic``
    against ``statistics``: differences divided by their scales. ``placements`` is what they were drawn from,
    equal for two outcomes only if draw by draw they have the same ones.
    """

    method: Method
    effect: float
    scale: float
    effects: Floats
    scales: Floats
    own_share: float
    shares: Floats
    enumerated: bool
    placements: tuple[object, ...]

    @property
    def statistic(self) -> float:
        """The difference that was found, in units of the noise of the treated areas."""
        return self.effect / self.scale

    @property
    def statistics(self) -> Floats:
        """``(draws,)``: the same of every placement, each in units of the noise of its own areas."""
        return self.effects / self.scales

    @property
    def attainable(self) -> float:
        """The p-value that an effect without bounds would have."""
        limit = np.abs(self.shares / self.scales) >= abs(self.own_share / self.scale) * (1 - DUST)
        return float((1 + limit.sum()) / (1 + len(limit)))

    def inference(self) -> Inference:
        """Tell how surely it is not chance: a two-sided p-value, and the effects that are not rejected at 5%."""
        count = as_large(self.statistic, self.statistics)
        low, high = interval(self.statistic, self.own_share / self.scale, self.statistics, self.shares / self.scales)
        return Inference(
            method=self.method,
            p=(1 + count) / (1 + len(self.effects)),
            low=low,
            high=high,
            placebos=len(self.effects),
            as_large=count,
            attainable=self.attainable,
            enumerated=self.enumerated,
        )


def infer(panel: Panel, comparing: Comparing, *, lag: int = 0, draws: int = 999, seed: int = 1) -> Inference:
    """Hold the effect of a design against what chance does when it places the treatment elsewhere.

    With one, two or five treated areas the standard error of a regression says next to nothing (methods.md: 79 false
    alarms in 100 with one). What can be known is how the same design behaves where nothing was done: the starts that
    were observed are placed on comparable areas, and the design is run again. The real placement counts among them:
    ``p = (1 + as large) / (1 + placements)``, never below what so few placements allow.

    A design that is linear in the outcome is tried on all areas, the treated ones among them; were the true effect
    ``tau`` then the outcomes without it are known, and every ``tau`` that is not rejected is found exactly
    (``inversion``). Elsewhere the weights depend on the outcome: placebos are comparison areas only, the treated are
    left out of their donors, and the interval is the effect less the quantiles of the placebos.

    Differences are divided by the noise of the areas that they are about (``noise``), for designs that are not linear
    with the misfit before the start added (as the ratio of Abadie, Diamond and Hainmueller does): a small or odd area
    is compared with what small or odd areas do. The placement test stays exact for it when starts fell by chance.

    Source: Fisher (1935); Conley, Taber (2011), Rev. Econ. Stat. 93, 113-125; Abadie, Diamond, Hainmueller (2010),
    JASA 105, 493-505; MacKinnon, Webb (2020), J. Econometrics 218, 435-450 (few treated clusters). Raises
    ``RefusedError`` as ``placements`` does, and where the design has no estimate.
    """
    return try_placements(panel, comparing, lag=lag, draws=draws, seed=seed).inference()


def try_placements(panel: Panel, comparing: Comparing, *, lag: int = 0, draws: int = 999, seed: int = 1) -> Tried:
    """Run a design on every placement; from this comes what ``infer`` says, and what is said of many outcomes."""
    placed = placements(panel, draws=draws, seed=seed, among=_among(comparing))
    if comparing.is_linear:
        return _linear(panel, comparing, placed, lag)
    observed = comparing.paths(panel, panel.start[None])[0]
    placebo = comparing.paths(placed.panel, placed.starts)
    effects = _means(placebo, panel, lag)
    variance = noise(panel)
    scale = _with_misfit(scales(variance, panel.start[None], panel.never), observed[None], panel)
    own = _with_misfit(scales(variance[~panel.is_treated], placed.starts, panel.never), placebo, panel)
    effect = float(_means(observed[None], panel, lag)[0])
    return _tried(Method.PLACEBO_AREAS, effect, float(scale[0]), effects, own, 1.0, 0 * effects, placed)


@dataclass(frozen=True, kw_only=True, eq=False)
class TriedPaths:
    """The path by time since the start, ``(2t - 1,)``, and that of every placement, ``(draws, 2t - 1)``.

    ``scale`` and ``scales`` are the sizes of chance as in ``Tried``; ``placed`` tells where the placements are.
    """

    path: Floats
    paths: Floats
    scale: float
    scales: Floats
    placed: Placements


def try_paths(panel: Panel, comparing: Comparing, *, draws: int = 999, seed: int = 1) -> TriedPaths:
    """Run a design on every placement for its whole path.

    The effect that was found is first taken out of the treated areas: otherwise it would turn up in every placement
    that shares an area with them, and hide itself.
    """
    placed = placements(panel, draws=draws, seed=seed, among=_among(comparing))
    observed = comparing.paths(panel, panel.start[None])[0]
    field = without_effect(panel, observed) if comparing.is_linear else placed.panel
    placebo = comparing.paths(field, placed.starts)
    variance = noise(panel)
    scale = scales(variance, panel.start[None], panel.never)
    each = scales(variance if comparing.is_linear else variance[~panel.is_treated], placed.starts, panel.never)
    if not comparing.is_linear:
        scale, each = _with_misfit(scale, observed[None], panel), _with_misfit(each, placebo, panel)
    return TriedPaths(path=observed, paths=placebo, scale=float(scale[0]), scales=each, placed=placed)


def paths(
    panel: Panel, comparing: Comparing, *, draws: int = 999, seed: int = 1
) -> tuple[tuple[EventPoint, ...], tuple[PlaceboPath, ...]]:
    """Give the effect by time since the start with its 95% band, and at most sixty paths of placements to draw.

    The band inverts the test of ``infer`` at each time by itself, at the effect that was found.
    """
    tried = try_paths(panel, comparing, draws=draws, seed=seed)
    points = tuple(
        _point(int(time), float(effect), tried, place)
        for place, (time, effect) in enumerate(zip(panel.event_times, tried.path, strict=True))
        if np.isfinite(effect)
    )
    return points, _shown(tried, np.flatnonzero(np.isfinite(tried.path)))


def without_effect(panel: Panel, path: Floats) -> Panel:
    """Take the effect that was found out of the treated areas, by the time since their start."""
    times = np.arange(panel.never)[None, :] - panel.start[:, None]
    begun = (times >= 0) & panel.is_treated[:, None]
    effect = np.nan_to_num(path)[np.clip(times + panel.never - 1, 0, len(path) - 1)]
    return panel.with_outcome(panel.outcome - np.where(begun, effect, 0.0))


def under_treatment(panel: Panel, lag: int) -> Panel:
    """Give a panel whose outcome is 1 wherever an effect is expected, and 0 elsewhere."""
    begun = np.arange(panel.never)[None, :] >= panel.start[:, None] + lag
    return panel.with_outcome((begun & panel.is_treated[:, None]).astype(np.float64))


def _among(comparing: Comparing) -> Among:
    return "all" if comparing.is_linear else "comparison"


def _linear(panel: Panel, comparing: Comparing, placed: Placements, lag: int) -> Tried:
    every = np.concatenate([panel.start[None], placed.starts])
    effects = comparing.effects(panel, every, lag=lag)
    shares = comparing.effects(under_treatment(panel, lag), every, lag=lag)
    size = scales(noise(panel), every, panel.never)
    return _tried(
        Method.PLACEMENTS,
        float(effects[0]),
        float(size[0]),
        effects[1:],
        size[1:],
        float(shares[0]),
        shares[1:],
        placed,
    )


def _tried(
    method: Method,
    effect: float,
    scale: float,
    effects: Floats,
    own: Floats,
    own_share: float,
    shares: Floats,
    placed: Placements,
) -> Tried:
    there = np.isfinite(effects) & np.isfinite(shares)
    if not np.isfinite(effect) or not there.any():
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts={"placements": int(there.sum())}))
    return Tried(
        method=method,
        effect=effect,
        scale=scale,
        effects=effects[there],
        scales=own[there],
        own_share=own_share,
        shares=shares[there],
        enumerated=placed.enumerated,
        placements=(placed.panel.areas, *placed.drawn_from, there.tobytes()),
    )


def _means(path: Floats, panel: Panel, lag: int) -> Floats:
    """Average paths over the times from ``lag`` on, each by the number of areas that are treated so long."""
    times = panel.event_times
    starts = panel.start[panel.is_treated]
    reached = np.array([int(((starts + time >= 0) & (starts + time < panel.never)).sum()) for time in times])
    weight = np.where(times >= lag, reached, 0)
    counted = weight > 0
    if not counted.any():
        return np.full(len(path), np.nan)
    return np.asarray(path[:, counted] @ weight[counted] / weight[counted].sum())


def _with_misfit(scale: Floats, path: Floats, panel: Panel) -> Floats:
    """Add to the noise how far a path was from zero before the start."""
    before = path[:, panel.event_times < 0]
    count = np.isfinite(before).sum(axis=1)
    misfit = np.nansum(before**2, axis=1) / np.maximum(count, 1)
    return np.asarray(np.sqrt(scale**2 + misfit))


def _point(time: int, effect: float, tried: TriedPaths, place: int) -> EventPoint:
    placebo = tried.paths[:, place] / tried.scales
    sizes = np.sort(np.abs(placebo[np.isfinite(placebo)]))
    needed = fewest_as_large(len(sizes))
    if needed == 0:
        return EventPoint(time=time, effect=effect, low=None, high=None)
    half = float(sizes[-needed]) * tried.scale
    return EventPoint(time=time, effect=effect, low=effect - half, high=effect + half)


def _shown(tried: TriedPaths, columns: Ints) -> tuple[PlaceboPath, ...]:
    """Take some of the placements, evenly over all, and name each by the areas that it treats."""
    field, starts = tried.placed.panel, tried.placed.starts
    some = np.unique(np.linspace(0, len(starts) - 1, min(SHOWN, len(starts))).astype(np.int64))
    times = tuple(int(time) for time in field.event_times[columns])
    return tuple(
        PlaceboPath(
            name=", ".join(field.areas[place] for place in np.flatnonzero(starts[draw] < field.never)),
            times=times,
            effects=tuple(float(effect) for effect in tried.paths[draw, columns]),
        )
        for draw in some
        if np.isfinite(tried.paths[draw, columns]).all()
    )
