"""Chosen because they were worst: what would have become of them anyway."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from wijkpeil.analysis.tree import Bools, Floats, Ints

FADES_AT_MOST = 0.9
"""From one period to the next a deviation keeps at most this part, or it cannot be told from one that stays."""
FEWEST_AREAS = 10
"""Fewer areas in a group have no mean that says where they go."""
_BLOCKS = 20
_GRID = np.linspace(0, FADES_AT_MOST, 91)
_FAR = 1e6


class NotEstimable(StrEnum):
    """Why it cannot be told what selection brings."""

    ONE_PRE_PERIOD = "one_pre_period"
    TOO_FEW_AREAS = "too_few_areas"
    DOES_NOT_FADE = "does_not_fade"


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How areas differ: for good (``lasting``), in passing (``passing``, ``kept`` of it a year later)."""

    lasting: float
    passing: float
    kept: float

    def reliability(self, error: float) -> float:
        """Give the part (0-1) of the variance of one period's figures that lasts; ``error`` is a variance."""
        total = self.lasting + self.passing + error
        return self.lasting / total if total > 0 else 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Selected:
    """The naive change, what selection brings and what is left, by area (NaN where it is not known).

    ``expected_error`` is the standard error of the group's own return; ``excess_error`` that of the excess, with
    the passing state of the area in it. ``programme_mean`` and ``others_mean`` are the gaps that the two groups
    return to. With a ``reason`` only the naive change is there.
    """

    naive: Floats
    expected: Floats
    expected_error: Floats
    excess: Floats
    excess_error: Floats
    spread: Spread | None
    reliability: float | None
    programme_mean: float | None
    others_mean: float | None
    reason: NotEstimable | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """The gaps before a programme began, areas by periods (in years, rising); the last period is the baseline.

    ``errors`` are standard errors; gaps that are not there are NaN. ``in_programme`` tells which areas were
    chosen, ``chosen_in`` in which of the periods they were looked at.
    """

    gaps: Floats
    errors: Floats
    periods: Ints
    in_programme: Bools
    chosen_in: Bools


def correct_for_selection(past: Past, *, latest: Floats, latest_errors: Floats, latest_period: int) -> Selected:
    """Give of every area the change since the baseline, what selection alone brings, and what is left.

    A gap is made of a lasting part, a passing part of which each year keeps a share, and sampling error. Areas
    that were looked at in a bad year are chosen more often; by the baseline a part of that bad luck is still
    there, and it goes by itself. How much passes and how fast follows from how the differences between *pairs of
    periods before the programme* grow with the years between them; the published errors alone would miss the
    passing part. The programme's areas return to a mean of their own and the others to theirs: these follow from
    how far each group had already come back at the baseline, and they are stated with the result. Within its
    group an area returns from its own deviation.

    One period before the baseline cannot tell passing from lasting: ``one_pre_period``. Differences that keep
    growing do not fade within these periods: ``does_not_fade``. Groups of fewer than ten areas have no mean.

    What it does not say: a true trend of the chosen areas that began before the baseline looks the same.

    Source: Davis (1976), American Journal of Epidemiology 104, 493-498; Gardner, Heady (1973); the fading part
    as in Lillard, Willis (1978), Econometrica 46, 985-1012.
    """
    naive = latest - past.gaps[:, -1]
    reason = _reason(past)
    spread = None if reason else spread_of(past)
    if spread is not None and spread.kept >= FADES_AT_MOST and spread.passing > 0:
        reason = NotEstimable.DOES_NOT_FADE
    if spread is None or reason is not None:
        return _unknown(naive, reason)
    groups = (past.in_programme, ~past.in_programme)
    ahead = latest_period - int(past.periods[-1])
    means = [group_means(past, group, spread, ahead) for group in groups]
    errors = _jackknife(past, groups, ahead)
    expected, passing = np.full(naive.shape, np.nan), np.full(naive.shape, np.nan)
    for group, (centre, returns_to) in zip(groups, means, strict=True):
        deviation = np.nan_to_num(past.gaps[group] - centre)
        kept, left = _kept(past, group, spread, ahead)
        expected[group] = returns_to + (kept * deviation).sum(axis=1) - past.gaps[group, -1]
        passing[group] = left
    expected[np.isnan(naive)] = np.nan
    error = np.where(past.in_programme, errors[0], errors[1])
    known = past.errors[:, -1]
    return Selected(
        naive=naive,
        expected=expected,
        expected_error=error,
        excess=naive - expected,
        excess_error=np.sqrt(passing + latest_errors**2 + error**2),
        spread=spread,
        reliability=spread.reliability(float(np.nanmean(known**2))),
        programme_mean=means[0][1],
        others_mean=means[1][1],
        reason=None,
    )


def spread_of(past: Past) -> Spread:
    """Tell lasting from passing by how half the squared differences grow with the years between two periods.

    Between periods h years apart that is passing x (1 - kept^h) above the sampling error; what two periods have
    in common and does not fade is lasting. Each group is taken from its own means, period by period.
    """
    residual = _residuals(past)
    first, second = np.triu_indices(len(past.periods), 1)
    pairs = (residual[:, first] - residual[:, second]) ** 2 - past.errors[:, first] ** 2 - past.errors[:, second] ** 2
    lags = past.periods[second] - past.periods[first]
    apart = np.unique(lags)
    grown = np.array([np.nanmean(pairs[:, lags == lag]) / 2 for lag in apart])
    number = np.array([np.count_nonzero(lags == lag) for lag in apart])
    shape = 1 - _GRID[:, None] ** apart
    passing = np.maximum((number * shape * grown).sum(axis=1) / (number * shape**2).sum(axis=1), 0)
    misfit = (number * (grown - passing[:, None] * shape) ** 2).sum(axis=1)
    best = int(np.argmin(misfit))
    together = float(np.nanmean(residual**2 - past.errors**2))
    return Spread(
        lasting=max(together - float(passing[best]), 0.0), passing=float(passing[best]), kept=float(_GRID[best])
    )


def group_means(past: Past, group: Bools, spread: Spread, ahead: int) -> tuple[Floats, float]:
    """Give the mean gap of a group in every period, and the mean that it returns to.

    Its means before the programme are a lasting mean and a multiple of the way in which chosen luck fades; both
    follow by generalised least squares. What is left of that luck at the latest period belongs to the mean.
    """
    centre = np.nanmean(past.gaps[group], axis=0)
    error = np.nanmean(past.errors[group] ** 2, axis=0)
    between = np.abs(past.periods[:, None] - past.periods[None, :])
    chosen = past.chosen_in
    profile = spread.passing * (spread.kept**between)[:, chosen].mean(axis=1) + error * chosen / chosen.sum()
    later = past.periods[-1] + ahead - past.periods[chosen]
    profile_later = spread.passing * np.mean(spread.kept**later)
    scale = profile.max()
    if scale <= 0 or np.ptp(profile) < 1e-9 * scale:
        return centre, float(centre[-1])
    noise = spread.passing * spread.kept**between + np.diag(error)
    design = np.column_stack([np.ones_like(profile), profile / scale])
    weighed = np.linalg.solve(noise, design)
    luck = float(np.linalg.solve(design.T @ weighed, weighed.T @ centre)[1])
    return centre, float(centre[-1] + luck * (profile_later - profile[-1]) / scale)


def _kept(past: Past, group: Bools, spread: Spread, ahead: int) -> tuple[Floats, Floats]:
    """Give how much of each deviation will still be there, and the variance that is left."""
    between = np.abs(past.periods[:, None] - past.periods[None, :])
    variance = np.where(np.isnan(past.gaps[group]), _FAR, 0.0) * (spread.lasting + spread.passing)
    variance = variance + np.nan_to_num(past.errors[group]) ** 2
    whole = spread.lasting + spread.passing * spread.kept**between
    whole = whole + variance[:, :, None] * np.eye(len(past.periods))
    later = spread.lasting + spread.passing * spread.kept ** (past.periods[-1] + ahead - past.periods)
    weight = np.linalg.pinv(whole, hermitian=True) @ later
    return weight, np.maximum(spread.lasting + spread.passing - weight @ later, 0.0)


def _residuals(past: Past) -> Floats:
    residual = np.array(past.gaps)
    for group in (past.in_programme, ~past.in_programme):
        residual[group] -= np.nanmean(residual[group], axis=0)
    return residual


def _jackknife(past: Past, groups: tuple[Bools, Bools], ahead: int) -> Floats:
    """Give the standard errors of both groups' return by leaving out a twentieth of the areas at a time."""
    block = np.zeros(len(past.gaps), dtype=np.int64)
    for group in groups:
        block[group] = np.arange(group.sum()) % min(_BLOCKS, group.sum())
    returns = []
    for one in range(_BLOCKS):
        rest = block != one
        part = Past(
            gaps=past.gaps[rest],
            errors=past.errors[rest],
            periods=past.periods,
            in_programme=past.in_programme[rest],
            chosen_in=past.chosen_in,
        )
        spread = spread_of(part)
        found = (group_means(part, group[rest], spread, ahead) for group in groups)
        returns.append([later - centre[-1] for centre, later in found])
    return np.asarray(np.std(returns, axis=0) * np.sqrt(_BLOCKS - 1))


def _reason(past: Past) -> NotEstimable | None:
    if len(past.periods) < 3 or past.chosen_in.sum() == 0:
        return NotEstimable.ONE_PRE_PERIOD
    there = ~np.isnan(past.gaps)
    fewest = min(
        int(there[group].sum(axis=0).min()) if group.any() else 0 for group in (past.in_programme, ~past.in_programme)
    )
    return None if fewest >= FEWEST_AREAS else NotEstimable.TOO_FEW_AREAS


def _unknown(naive: Floats, reason: NotEstimable | None) -> Selected:
    nothing = np.full(naive.shape, np.nan)
    return Selected(
        naive=naive,
        expected=nothing,
        expected_error=nothing,
        excess=nothing,
        excess_error=nothing,
        spread=None,
        reliability=None,
        programme_mean=None,
        others_mean=None,
        reason=reason,
    )
