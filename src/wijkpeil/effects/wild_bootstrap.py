"""Areas of one city share their luck: a test that draws the luck of whole cities anew."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from wijkpeil.domain.evidence import Inference, Method
from wijkpeil.domain.refusal import Refusal, RefusalReason, RefusedError
from wijkpeil.effects.inversion import DUST, LEVEL
from wijkpeil.effects.panel import Floats, Ints, Panel

_ENUMERATED = 12
"""With so many cities or fewer all 2^G signs are tried."""

_FEWEST = 3
"""With one or two treated cities the test rejects hardly ever or nearly always, whatever the truth is."""

_WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
_HALVINGS, _DOUBLINGS = 40, 30


def wild_bootstrap(panel: Panel, city: Ints, *, lag: int = 0, draws: int = 999, seed: int = 1) -> Inference:
    """Test the two-way effect where the outcomes of a city's areas hang together: the restricted wild bootstrap.

    Placements treat areas as exchangeable one by one. Where whole cities were treated, what befell a city is shared by
    its areas and cannot be told from an effect by them; cities are then what is drawn. Residuals under the effect that
    is tested keep their values and get a sign (or one of Webb's six weights) by city, and the t-statistic with errors
    clustered by city is computed again. The restricted form is used because the unrestricted one rejects too often.

    All ``2^G`` signs are tried with twelve cities or fewer, the real one (and its mirror) among them; with more, Webb's
    weights are drawn. ``city`` is ``(n,)``. The interval holds the effects that are not rejected at 5%. The effect is
    that of a regression on areas, periods and treatment (the years of ``lag`` have a term of their own), which equals
    the difference in differences only where all start together.

    Raises ``RefusedError`` (``TOO_FEW_TREATED``) with one or two treated cities, where no form of this test holds, and
    (``TOO_FEW_AREAS``) with one or two cities that have areas to compare with.

    Source: Cameron, Gelbach, Miller (2008), Rev. Econ. Stat. 90, 414-427; Webb (2023), Can. J. Econ. 56, 839-858;
    MacKinnon, Webb (2018), Econometrics J. 21, 114-135 (few treated clusters); Roodman, MacKinnon, Nielsen, Webb
    (2019), Stata J. 19, 4-60 (how to compute it once for all draws).
    """
    _refuse_few(panel, city)
    parts = _parts(panel, city, lag)
    weights = _weights(len(parts.own), draws, seed)
    enumerated = len(parts.own) <= _ENUMERATED
    count = _as_large(parts, weights, 0.0)
    drawn = len(weights) - enumerated
    attainable = 2 / len(weights) if enumerated else 1 / (1 + drawn)
    low = high = None
    if attainable <= LEVEL:
        low, high = (_end(parts, weights, enumerated, side) for side in (-1.0, 1.0))
    return Inference(
        method=Method.WILD_BOOTSTRAP,
        p=_p(count, weights, enumerated),
        low=low,
        high=high,
        placebos=drawn,
        as_large=count - enumerated,
        attainable=attainable,
        enumerated=enumerated,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Parts:
    """Sums by city (``G``) of products of residuals, from which every draw follows for every tested effect.

    With y and d for the outcome and the treatment without areas, periods and the years of the lag, ``own`` is the sum
    of d squared and ``with_outcome`` that of d y; ``treatment`` and ``outcome`` are ``(G, t)``, sums of d and y by
    period; ``lagged`` and ``lag_outcome`` are sums of d and y times what is left of the lag, scaled to length 1.
    """

    own: Floats
    with_outcome: Floats
    treatment: Floats
    outcome: Floats
    lagged: Floats
    lag_outcome: Floats
    areas: int

    @property
    def effect(self) -> float:
        return float(self.with_outcome.sum() / self.own.sum())


def _refuse_few(panel: Panel, city: Ints) -> None:
    treated = len(np.unique(city[panel.is_treated]))
    compared = len(np.unique(city[~panel.is_treated]))
    if treated < _FEWEST:
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_TREATED, facts={"cities": treated, "needed": _FEWEST}))
    if compared < _FEWEST:
        raise RefusedError(Refusal(reason=RefusalReason.TOO_FEW_AREAS, facts={"cities": compared, "needed": _FEWEST}))


def _parts(panel: Panel, city: Ints, lag: int) -> _Parts:
    since = np.arange(panel.never)[None, :] - panel.start[:, None]
    on = panel.is_treated[:, None]
    d, y, waiting = (
        _without_areas_and_periods(table.astype(np.float64))
        for table in ((since >= lag) & on, panel.outcome, (since >= 0) & (since < lag) & on)
    )
    size = float((waiting**2).sum())
    if size > 0:
        waiting = waiting / np.sqrt(size)
        d, y = (table - waiting * (waiting * table).sum() for table in (d, y))
    cities, place = np.unique(city, return_inverse=True)
    group = (place[None, :] == np.arange(len(cities))[:, None]).astype(np.float64)
    return _Parts(
        own=group @ (d * d).sum(axis=1),
        with_outcome=group @ (d * y).sum(axis=1),
        treatment=group @ d,
        outcome=group @ y,
        lagged=group @ (d * waiting).sum(axis=1),
        lag_outcome=group @ (y * waiting).sum(axis=1),
        areas=len(panel.areas),
    )


def _without_areas_and_periods(table: Floats) -> Floats:
    return np.asarray(table - table.mean(axis=1, keepdims=True) - table.mean(axis=0) + table.mean())


def _weights(cities: int, draws: int, seed: int) -> Floats:
    """Give every sign for every city, the real one first, or draws of Webb's weights."""
    if cities <= _ENUMERATED:
        return np.array(list(product((1.0, -1.0), repeat=cities)))
    return np.asarray(np.random.default_rng(seed).choice(_WEBB, (draws, cities)))


def _as_large(parts: _Parts, weights: Floats, tested: float) -> int:
    """Count the draws whose t-statistic is at least as large as the observed one, if the effect is ``tested``.

    A city's score in a draw is its own weighted one, less what estimating periods, lag and effect anew takes from it;
    both are linear in the weights, so that one matrix serves all draws.
    """
    score = parts.with_outcome - tested * parts.own
    by_period = parts.outcome - tested * parts.treatment
    by_lag = parts.lag_outcome - tested * parts.lagged
    taken = (
        parts.treatment @ by_period.T / parts.areas
        + np.outer(parts.lagged, by_lag)
        + np.outer(parts.own, score) / parts.own.sum()
    )
    scores = weights @ (np.diag(score) - taken).T
    drawn = (weights @ score) ** 2
    observed = score - parts.own * score.sum() / parts.own.sum()
    # Squared t-statistics, multiplied out: no division by an error that is 0 in some draw.
    return int((drawn * (observed**2).sum() >= score.sum() ** 2 * (scores**2).sum(axis=1) * (1 - DUST)).sum())


def _p(count: int, weights: Floats, enumerated: bool) -> float:
    return count / len(weights) if enumerated else (1 + count) / (1 + len(weights))


def _end(parts: _Parts, weights: Floats, enumerated: bool, side: float) -> float | None:
    """Walk from the effect outwards until one is rejected, then halve; ``None`` where none is, however far."""

    def is_rejected(distance: float) -> bool:
        return _p(_as_large(parts, weights, parts.effect + side * distance), weights, enumerated) <= LEVEL

    score = parts.with_outcome - parts.own * parts.effect
    inside, outside = 0.0, float(np.sqrt((score**2).sum()) / parts.own.sum())
    if outside == 0:
        return parts.effect
    for _ in range(_DOUBLINGS):
        if is_rejected(outside):
            break
        inside, outside = outside, 2 * outside
    else:
        return None
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        inside, outside = (inside, middle) if is_rejected(middle) else (middle, outside)
    return parts.effect + side * outside
