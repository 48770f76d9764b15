"""Chosen because they were worst: what would have become of them anyway."""

from dataclasses import dataclass

import numpy as np

from wijkpeil.analysis.fading import Panel, fading_of
from wijkpeil.analysis.tree import Bools, Floats, Ints
from wijkpeil.domain.verdict import NotEstimable

_FITS = 8
_MOST = 2.0
FEWEST_OTHERS = 50
"""Fewer other areas with every period cannot tell how differences fade."""


@dataclass(frozen=True, kw_only=True)
class Spread:
    """How areas differ: for good (``lasting``), in passing (``passing``, ``kept`` of it a year later)."""

    lasting: float
    passing: float
    kept: float

    def reliability(self, error: float) -> float:
        """Give the part (0-1) of the variance of one period's figures that lasts; ``error`` is a variance."""
        total = self.lasting + self.passing + error
        return min(max(self.lasting / total, 0.0), 1.0) if total > 0 else 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Selected:
    """The naive change, what selection brings and what is left, by area (NaN where it is not known).

    ``expected_error`` is the standard error that all areas share, because the spread is estimated;
    ``excess_error`` that of the excess, with the passing state of the area and the figures' own errors in it.
    ``programme_mean`` and ``others_mean`` are the gaps that the two groups return to: within its group an area
    keeps a part of its deviation. With a ``reason`` only the naive change is there.
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

    def mean_excess(self, areas: Bools) -> tuple[float, float]:
        """Give the mean excess of some areas, and its standard error: what areas share does not average out."""
        there = areas & ~np.isnan(self.excess + self.excess_error)
        own = self.excess_error[there] ** 2 - self.expected_error[there] ** 2
        shared = self.expected_error[there].mean()
        return float(self.excess[there].mean()), float(np.sqrt(own.sum() / there.sum() ** 2 + shared**2))


@dataclass(frozen=True, kw_only=True, eq=False)
class Past:
    """The gaps before a programme began, areas by periods (in years, rising); the last period is the baseline.

    ``errors`` are standard errors; gaps that are not there are NaN. ``in_programme`` tells which areas were
    chosen, ``chosen_in`` in which of the periods they were looked at. ``beside`` holds the other indicators that
    they were chosen on, with the same areas in the same order.
    """

    gaps: Floats
    errors: Floats
    periods: Ints
    in_programme: Bools
    chosen_in: Bools
    beside: tuple["Past", ...] = ()


def correct_for_selection(past: Past, *, latest: Floats, latest_errors: Floats, latest_period: int) -> Selected:
    """Give of every area the change since the baseline, what selection alone brings, and what is left.

    A gap is made of a lasting part, a passing part of which each year keeps a share, and sampling error. Who
    chooses the worst by what was published then chooses, beside those that are worst, those that had a bad year.
    But given all the published gaps up to the baseline, of all indicators that were looked at, the choice tells
    nothing more: the best guess of where an area would have stood is the same for a chosen and for another area
    with that past. So the spread is estimated from all areas together, chosen or not, about their common mean
    (``fading.fading_of``), and the guess is the conditional mean. What is expected of the group follows from it: the
    programme's areas return to a mean of their own, the others to theirs, and within its group an area keeps a part
    of its deviation. Both means are stated.

    How much lasts follows from the covariance between the years up to the baseline (passing shocks included, not
    the sampling error alone). How fast the passing part fades needs a longer stretch: it follows as well from how
    far the *others* have kept their gaps at the latest period. Their later figures serve for that only; those of
    the programme are not used.

    One period up to the baseline cannot tell passing from lasting: ``one_pre_period``. Where the periods looked at
    are not among those up to the baseline, their luck is not seen: ``not_seen``; an area of the programme without a
    figure in one of them has no expectation. With fewer than 50 others with all periods: ``too_few_areas``.

    Holds, as simulated (40 of 500 areas chosen, on the baseline, on the mean of two periods or on all; eight years
    ahead; lasting sd 1, passing and sampling sd of .1 to .5 each; 0, .3 or .6 kept a year; also with a tenth of the
    figures missing): where nothing was done, what is left is within 10% of the naive change with 2, 3 and 5 periods
    up to the baseline, wherever the naive change is at least .2; intervals of 95% of the mean excess and of single
    areas cover 93-97%.

    How much an area swings from year to year may hang on how far behind it is, as it does for shares: the others show
    that too, and the errors follow it.

    What it does not say: a true trend of the chosen areas that began before the baseline looks the same; a choice
    on what is not declared is not corrected; and what the programme did to others would be taken for fading.

    Parameters
    ----------
    latest, latest_errors
        Of every area the gap at ``latest_period`` and its standard error (0 or more); NaN where unknown.

    Source: Davis (1976), American Journal of Epidemiology 104, 493-498; Gardner, Heady (1973); the fading part as
    in Lillard, Willis (1978), Econometrica 46, 985-1012; that a choice on what was observed may be ignored: Rubin
    (1976), Biometrika 63, 581-592.
    """
    naive = latest - past.gaps[:, -1]
    reason = _reason(past, latest)
    if reason is not None:
        return _unknown(naive, reason)
    panel = _panel(past, latest, latest_errors, latest_period)
    fading = fading_of(panel)
    kept, left = fading.prediction(panel.errors)
    deviation = np.nan_to_num(panel.gaps - fading.centre)
    baseline = len(past.periods) - 1
    expected = (kept * deviation).sum(axis=1) - deviation[:, baseline]
    unseen = past.in_programme & np.isnan(panel.gaps[:, : baseline + 1][:, past.chosen_in]).any(axis=1)
    expected[unseen | np.isnan(naive + panel.gaps[:, baseline])] = np.nan
    shared = fading.shared_error(panel, baseline)
    foreseen = (kept * deviation).sum(axis=1)
    left = left * _swing(foreseen, naive - expected, left, latest_errors, ~past.in_programme)
    spread = Spread(lasting=fading.lasting, passing=fading.passing, kept=fading.kept)
    returns_to = past.gaps[:, -1] + expected
    ours, others = returns_to[past.in_programme], returns_to[~past.in_programme]
    return Selected(
        naive=naive,
        expected=expected,
        expected_error=np.where(np.isnan(expected), np.nan, shared),
        excess=naive - expected,
        excess_error=np.where(np.isnan(expected), np.nan, np.sqrt(left + latest_errors**2 + shared**2)),
        spread=spread,
        reliability=spread.reliability(float(np.nanmean(past.errors[:, -1] ** 2))),
        programme_mean=_mean(ours),
        others_mean=_mean(others),
        reason=None,
    )


def _swing(foreseen: Floats, excess: Floats, left: Floats, errors: Floats, others: Bools) -> Floats:
    """Tell how much more or less an area swings than the average one, by how far behind it was foreseen to be.

    A large share moves more from year to year than a small one. The variance of the others about their expectation,
    less their figures' own, is exp(a + b x foreseen) times the average one: fitted as a mean, so that its size and not
    the shape of the deviations matters. Beyond what the others show it goes on as at their end.
    """
    known = others & ~np.isnan(excess + errors) & (left > 0)
    spread = float(np.std(foreseen[known])) if known.any() else 0.0
    if np.count_nonzero(known) < FEWEST_OTHERS or spread == 0:
        return np.ones(len(foreseen))
    ends = np.quantile(foreseen[known], [0.01, 0.99])
    place = (np.clip(foreseen, *ends) - foreseen[known].mean()) / spread
    design = np.column_stack([np.ones(len(place)), place])
    own, total = errors[known] ** 2, excess[known] ** 2
    growth = np.zeros(2)
    for _ in range(_FITS):
        part = left[known] * np.exp(design[known] @ growth)
        slope = design[known] * (part / (part + own))[:, None]
        step = np.linalg.lstsq(slope, total / (part + own) - 1, rcond=None)[0]
        growth = np.clip(growth + step, -_MOST, _MOST)
    return np.asarray(np.exp(design @ growth))


def _mean(numbers: Floats) -> float:
    known = numbers[~np.isnan(numbers)]
    return float(known.mean()) if known.size else float("nan")


def _panel(past: Past, latest: Floats, latest_errors: Floats, latest_period: int) -> Panel:
    """Put all that was looked at side by side; a figure without a margin is as good as none."""
    every = (past, *past.beside)
    blank = [np.where(np.isnan(one.gaps + one.errors), np.nan, 0.0) for one in every]
    number = np.repeat(np.arange(len(every)), [len(one.periods) for one in every])
    return Panel(
        gaps=np.hstack([one.gaps + hole for one, hole in zip(every, blank, strict=True)]),
        errors=np.hstack([one.errors + hole for one, hole in zip(every, blank, strict=True)]),
        indicator=number,
        years=np.concatenate([one.periods for one in every]),
        latest=np.where(past.in_programme | np.isnan(latest_errors), np.nan, latest),
        latest_year=latest_period,
    )


def _reason(past: Past, latest: Floats) -> NotEstimable | None:
    seen = np.array([not np.isnan(one).all() for one in past.gaps.T])
    if np.count_nonzero(seen) < 2:
        return NotEstimable.ONE_PRE_PERIOD
    if not past.chosen_in.any() or not seen[past.chosen_in].all():
        return NotEstimable.NOT_SEEN
    there = ~np.isnan(latest + past.gaps[:, -1])
    every = np.hstack([one.gaps + one.errors for one in (past, *past.beside)])
    complete = np.logical_and(there, ~np.isnan(every).any(axis=1))
    enough = there[past.in_programme].any() and np.count_nonzero(complete[~past.in_programme]) >= FEWEST_OTHERS
    return None if enough else NotEstimable.TOO_FEW_AREAS


def _unknown(naive: Floats, reason: NotEstimable) -> Selected:
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
