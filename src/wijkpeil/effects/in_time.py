"""What a design finds where nothing can have happened yet: before the start."""

from dataclasses import replace

import numpy as np

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Fact, RefusedError
from wijkpeil.effects.design import Comparing
from wijkpeil.effects.inversion import LEVEL, as_large
from wijkpeil.effects.panel import Panel
from wijkpeil.effects.placements import infer, try_paths

TROUBLE = 0.01
"""Up to this p-value a check fails, up to ``LEVEL`` it is in doubt: it may refute a study, and several are done.

At 5% each, one sound study in ten would be refuted (as with thresholds, see ``validity``).
"""

_SHORTEST = 4
"""A fictitious start needs two periods before it and two after."""


def placebo_in_time(panel: Panel, comparing: Comparing, *, lag: int = 0, draws: int = 999, seed: int = 1) -> Check:
    """Give the treated areas a start that never was, halfway the years before the first one, and look for an effect.

    Only figures from before the first start are used, so that nothing of the programme can be in them. An effect there
    shows that these areas were already moving otherwise. One date, by a rule, and not the worst of several: with many
    dates one of them always fails.

    ``fictitious_start`` is a period; ``effect``, ``low`` and ``high`` are in the units of the outcome. Not possible
    with fewer than four periods before the first start, or where no p-value below 5% can be reached. Source: Abadie,
    Diamond, Hainmueller (2015), Am. J. Polit. Sci. 59, 495-510 (backdating).
    """
    kind = CheckKind.PLACEBO_IN_TIME
    first = int(panel.start.min())
    if first < _SHORTEST:
        return _not_possible(kind, before=first, needed=_SHORTEST)
    before = panel.until(first)
    fictitious = max(2, min(first // 2, first - 1 - lag))
    backdated = _started(before, panel, fictitious)
    try:
        found = infer(backdated, comparing, lag=min(lag, first - 1 - fictitious), draws=draws, seed=seed)
    except RefusedError:
        return _not_possible(kind, before=first)
    effect = float(comparing.effects(backdated, backdated.start[None], lag=min(lag, first - 1 - fictitious))[0])
    facts: dict[str, Fact] = {"fictitious_start": panel.periods[fictitious], "effect": effect, "p": found.p}
    facts |= {name: end for name, end in (("low", found.low), ("high", found.high)) if end is not None}
    return Check(kind=kind, status=_status(found.p, found.attainable), facts=facts)


def pre_trend(panel: Panel, comparing: Comparing, *, draws: int = 999, seed: int = 1) -> Check:
    """Test all years before the start together: did treated and comparison move alike when nothing was done yet?

    The statistic is the sum of squares of the path before the start, in units of noise, beside that of every placement;
    years are tested together because each by itself would fail too often. Passing is weak evidence: what it could not
    have seen is told as ``visible``, a deviation in some year that would have failed in most cases.

    ``years`` counts those that could have told something: in the base of a design the path is zero by construction.
    ``largest`` is the largest deviation found, ``visible`` the size that the largest one has in one of twenty
    placements, both in the units of the outcome. Source: Roth (2022), Am. Econ. Rev. Insights 4, 305-322 (how little
    such tests see).
    """
    kind = CheckKind.PRE_TREND
    if int(panel.start.min()) < 2:
        return _not_possible(kind, before=int(panel.start.min()), needed=2)
    try:
        tried = try_paths(panel, comparing, draws=draws, seed=seed)
    except RefusedError:
        return _not_possible(kind, before=int(panel.start.min()))
    columns = (panel.event_times < 0) & np.isfinite(tried.path)
    there = np.isfinite(tried.paths[:, columns]).all(axis=1)
    if not columns.any() or not there.any():
        return _not_possible(kind, before=int(panel.start.min()))
    observed, placebo = tried.path[columns] / tried.scale, tried.paths[there][:, columns] / tried.scales[there, None]
    p = (1 + as_large(float((observed**2).sum()), (placebo**2).sum(axis=1))) / (1 + len(placebo))
    largest = np.abs(placebo).max(axis=1)
    facts: dict[str, Fact] = {
        "p": p,
        "years": int((placebo != 0).any(axis=0).sum()),
        "largest": float(observed[np.abs(observed).argmax()] * tried.scale),
        "visible": float(np.quantile(largest, 1 - LEVEL) * tried.scale),
    }
    return Check(kind=kind, status=_status(p, 1 / (1 + len(placebo))), facts=facts)


def anticipation(panel: Panel, comparing: Comparing, *, years: int = 1, draws: int = 999, seed: int = 1) -> Check:
    """Look for an effect in the ``years`` before the start, in which people may have acted on what was coming.

    The start is moved forward by so many years, and the figures end where the first real one begins, so that what is
    found cannot be of the programme itself. ``effect`` is in the units of the outcome.
    """
    kind = CheckKind.ANTICIPATION
    first = int(panel.start.min())
    years = max(1, years)
    if first - years < 2:
        return _not_possible(kind, before=first, needed=years + 2)
    moved = _started(panel.until(first), panel, first - years)
    try:
        found = infer(moved, comparing, draws=draws, seed=seed)
    except RefusedError:
        return _not_possible(kind, before=first)
    effect = float(comparing.effects(moved, moved.start[None])[0])
    facts: dict[str, Fact] = {"years": years, "effect": effect, "p": found.p}
    return Check(kind=kind, status=_status(found.p, found.attainable), facts=facts)


def _started(before: Panel, panel: Panel, start: int) -> Panel:
    """Give all treated areas one start in a panel that ends before their own."""
    return replace(before, start=np.where(panel.is_treated, start, before.never))


def _status(p: float, attainable: float) -> CheckStatus:
    if attainable > LEVEL:
        return CheckStatus.NOT_POSSIBLE
    if p <= TROUBLE:
        return CheckStatus.FAILS
    return CheckStatus.DOUBTFUL if p <= LEVEL else CheckStatus.HOLDS


def _not_possible(kind: CheckKind, **facts: Fact) -> Check:
    return Check(kind=kind, status=CheckStatus.NOT_POSSIBLE, facts=facts)
