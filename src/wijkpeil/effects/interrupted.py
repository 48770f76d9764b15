"""One area and its own past: its line broke at the start, but restless series break by themselves."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from wijkpeil.domain.evidence import Check, CheckKind, CheckStatus, EventPoint, Found, Inference, Method
from wijkpeil.domain.refusal import Fact, Refusal, RefusalReason, RefusedError
from wijkpeil.domain.study import Design
from wijkpeil.effects.panel import Floats, Ints, Panel
from wijkpeil.effects.timing import years_of

PERIODS = 8
"""With fewer periods nothing can be told: half of them go to the lines themselves."""

BEFORE = 4
"""So many of them are before the start, so that the trend is more than a line through two points."""

SLOPE = 3
"""From so many periods after the start on, the slope may change as well as the level."""

_CORRELATIONS = np.arange(0.0, 0.951, 0.05)
_LIKELY = float(special.chdtri(1, 0.3)) / 2
"""A correlation counts as long as its log likelihood is within this of the best: 70 of 100."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Fits:
    """The lines under each likely correlation between periods.

    ``coefficients`` is ``(r, k)``: level and trend before, then the changes of level and of slope (where there is
    one). ``covariance`` is ``(r, k, k)``; ``degrees`` are those of freedom; ``best`` is the place of the likeliest.
    """

    correlations: Floats
    coefficients: Floats
    covariance: Floats
    degrees: int
    best: int


@dataclass(frozen=True, kw_only=True)
class _Change:
    """A change with the p-value and 95% limits that hold under every likely correlation."""

    effect: float
    p: float
    low: float
    high: float


def interrupted(panel: Panel, *, lag: int = 0, ahead: int = 0) -> Found:
    """Estimate how far the treated lie, after the start, from where their own trend was heading.

    Level and slope may both change. Years resemble the years before them, and with ten or twenty periods nobody knows
    how much: putting in the likeliest correlation calls 10 to 15 of 100 series without an effect a break. Here the
    p-value is the largest, and the interval the widest, over all correlations that are likely (70%), and each of them
    is exact for its correlation. In simulations with 8 to 20 periods that keeps false breaks at 4 of 100 where the
    correlation is 0.6, and below 7 where it is 0.8.

    Something else that happened in the same year breaks the line just as well: this design cannot see the difference.

    Parameters
    ----------
    panel
        The treated areas, of which the mean is taken by time since the start; others in it are not looked at.
    lag
        In how many periods, from the start on, no effect is expected yet: those are left out.
    ahead
        In how many periods before the start people may have acted on it already: those are left out as well.

    Returns
    -------
    Found
        ``effect`` is the mean over the periods after the lag, in the units of the outcome. The check
        ``SERIAL_CORRELATION`` holds the changes of level and of slope (per year); it is doubtful where a series that
        never returns to its trend is as likely. ``path`` is by years since the start.

    Raises
    ------
    RefusedError
        With fewer than eight periods, four of them before the start, or without any noise.

    References
    ----------
    Wagner, Soumerai, Zhang, Ross-Degnan (2002), Journal of Clinical Pharmacy and Therapeutics 27, 299-309, for the
    lines; Harville (1977), Journal of the American Statistical Association 72, 320-338, for the likelihood; Berger,
    Boos (1994), ibid. 89, 1012-1016, for the largest p-value over likely nuisance.

    """
    times, outcome = _series(panel, lag, ahead)
    after = times >= lag
    _enough(panel, times, outcome, lag)
    years = np.array([years_of(panel, int(time)) for time in times], dtype=np.float64)
    columns = [np.ones(len(years)), years, after.astype(np.float64)]
    if after.sum() >= SLOPE:
        columns.append(np.where(after, years - years[after][0], 0.0))
    lines = np.column_stack(columns)
    fits = _fits(years, outcome, lines)
    effect = _change(fits, np.concatenate([[0.0, 0.0], lines[after][:, 2:].mean(axis=0)]))
    return Found(
        design=Design.INTERRUPTED_SERIES,
        effect=effect.effect,
        inference=Inference(
            method=Method.SERIAL_ERRORS,
            p=effect.p,
            low=effect.low,
            high=effect.high,
            placebos=0,
            as_large=0,
            attainable=0.0,
        ),
        treated=int(panel.is_treated.sum()),
        compared=0,
        before=int((times < 0).sum()),
        after=int(after.sum()),
        path=_path(fits, years, outcome, lines),
        checks=(_serial(fits),),
    )


def _series(panel: Panel, lag: int, ahead: int) -> tuple[Ints, Floats]:
    """Give the periods since the start that all treated areas have, and the mean outcome in each."""
    treated = np.flatnonzero(panel.is_treated)
    if not len(treated):
        raise RefusedError(_refusal(RefusalReason.TOO_FEW_TREATED, {"treated": 0, "needed": 1}))
    starts = panel.start[treated]
    times = np.arange(-int(starts.min()), panel.never - int(starts.max()))
    found = panel.outcome[treated[:, None], starts[:, None] + times].mean(axis=0)
    kept = (times < -ahead) | (times >= lag)
    return times[kept], found[kept]


def _enough(panel: Panel, times: Ints, outcome: Floats, lag: int) -> None:
    """Refuse a series that is too short on either side, or that has no noise."""
    before, after = int((times < 0).sum()), int((times >= lag).sum())
    if before == 0:
        raise RefusedError(_refusal(RefusalReason.NO_PERIOD_BEFORE, {"first": panel.periods[0]}))
    if after == 0:
        raise RefusedError(_refusal(RefusalReason.NO_PERIOD_AFTER, {"last": panel.periods[-1], "lag": lag}))
    if len(times) < PERIODS or before < BEFORE:
        facts: dict[str, Fact] = {
            "periods": len(times),
            "needed": PERIODS,
            "before": before,
            "needed_before": BEFORE,
            "after": after,
        }
        raise RefusedError(_refusal(RefusalReason.TOO_FEW_PERIODS, facts))
    if np.ptp(outcome) == 0:
        raise RefusedError(_refusal(RefusalReason.CONSTANT, {}))


def _refusal(reason: RefusalReason, facts: dict[str, Fact]) -> Refusal:
    """Make a refusal of this design."""
    return Refusal(reason=reason, facts=facts, design=Design.INTERRUPTED_SERIES, weaker=(Design.BEFORE_AFTER,))


def _fits(years: Floats, outcome: Floats, lines: Floats) -> _Fits:
    """Fit the lines under each correlation and keep the likely ones, by the likelihood that leaves the lines out."""
    apart = np.abs(np.subtract.outer(years, years))
    count, wide = lines.shape
    roots = np.linalg.cholesky(_CORRELATIONS[:, None, None] ** apart)
    white = np.linalg.solve(roots, np.broadcast_to(np.column_stack([lines, outcome]), (len(roots), count, wide + 1)))
    whitened, seen = white[:, :, :wide], white[:, :, wide:]
    across = np.swapaxes(whitened, 1, 2)
    inverse = np.linalg.inv(across @ whitened)
    found = inverse @ (across @ seen)
    squares = ((seen - whitened @ found) ** 2).sum(axis=(1, 2))
    if (squares <= 1e-20 * float(((outcome - outcome.mean()) ** 2).sum())).any():
        raise RefusedError(_refusal(RefusalReason.CONSTANT, {}))
    volume = 2 * np.log(np.diagonal(roots, axis1=1, axis2=2)).sum(axis=1) - np.linalg.slogdet(inverse)[1]
    likelihood = -(volume + (count - wide) * np.log(squares)) / 2
    likely = likelihood >= likelihood.max() - _LIKELY
    return _Fits(
        correlations=_CORRELATIONS[likely],
        coefficients=found[likely, :, 0],
        covariance=(inverse * squares[:, None, None] / (count - wide))[likely],
        degrees=count - wide,
        best=int(likelihood[likely].argmax()),
    )


def _change(fits: _Fits, of: Floats) -> _Change:
    """Give a combination of the coefficients, as unsure as the likely correlations leave it."""
    found = fits.coefficients @ of
    se = np.sqrt(np.einsum("i,rij,j->r", of, fits.covariance, of))
    reach = special.stdtrit(fits.degrees, 0.975) * se
    return _Change(
        effect=float(found[fits.best]),
        p=float((2 * special.stdtr(fits.degrees, -np.abs(found / se))).max()),
        low=float((found - reach).min()),
        high=float((found + reach).max()),
    )


def _path(fits: _Fits, years: Floats, outcome: Floats, lines: Floats) -> tuple[EventPoint, ...]:
    """Give how far the series lies from the trend before; after the start as the lines have it, with their limits."""
    trend = lines[:, :2] @ fits.coefficients[fits.best][:2]
    points = []
    for year, value, expected, row in zip(years, outcome, trend, lines, strict=True):
        if row[2] == 0:
            points.append(EventPoint(time=int(year), effect=float(value - expected), low=None, high=None))
        else:
            there = _change(fits, np.concatenate([[0.0, 0.0], row[2:]]))
            points.append(EventPoint(time=int(year), effect=there.effect, low=there.low, high=there.high))
    return tuple(points)


def _serial(fits: _Fits) -> Check:
    """Tell how much years resemble each other, and what became of level and slope."""
    facts: dict[str, Fact] = {
        "correlation": float(fits.correlations[fits.best]),
        "least": float(fits.correlations[0]),
        "most": float(fits.correlations[-1]),
    }
    for place, name in list(enumerate(("level", "slope"), start=2))[: fits.coefficients.shape[1] - 2]:
        change = _change(fits, np.eye(fits.coefficients.shape[1])[place])
        facts |= {name: change.effect, f"{name}_p": change.p, f"{name}_low": change.low, f"{name}_high": change.high}
    never_returns = fits.correlations[-1] >= _CORRELATIONS[-1]
    status = CheckStatus.DOUBTFUL if never_returns else CheckStatus.HOLDS
    return Check(kind=CheckKind.SERIAL_CORRELATION, status=status, facts=facts)
