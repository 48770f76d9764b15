"""How alike treated and comparison were before the start: as they came, and as they were compared."""

import numpy as np

from wijkpeil.domain.evidence import Balance, Check, CheckKind, CheckStatus
from wijkpeil.domain.refusal import Fact
from wijkpeil.effects.matching import resemblance
from wijkpeil.effects.panel import Floats, Panel

HOLDS, DOUBTFUL = 0.1, 0.25
"""Groups are alike up to the first standardised difference, and clearly different from the second on."""

LEVEL, SLOPE = "level", "slope"
"""The names of what is known of the outcome itself; one year of it is ``level@year``."""


def balance(panel: Panel, weights: Floats) -> tuple[Balance, ...]:
    """Set treated and comparison side by side in everything that was known before the first start.

    First the mean level, the slope and the covariates, then the level of each year by itself. The unit of a difference
    is the standard deviation over the areas never treated: with one or two treated areas their own says nothing, and it
    must not change with the weights, or a worse comparison could look better.

    ``weights`` is ``(n,)`` and sums to 1 over the comparison areas, or is empty where each counts alike. What is the
    same for all areas has no row. Source: Austin (2009), Stat. Med. 28, 3083-3107; Stuart (2010), Stat. Sci. 25, 1-21.
    """
    first = int(panel.start.min())
    known = np.hstack([resemblance(panel, first), panel.outcome[:, :first]])
    names = (*_names(panel, first), *(f"{LEVEL}@{period}" for period in panel.periods[:first]))
    others = ~panel.is_treated
    equal = others / max(1, int(others.sum()))
    compared = weights if weights.size else equal
    rows = (_row(name, column, panel, equal, compared) for name, column in zip(names, known.T, strict=True))
    return tuple(row for row in rows if row is not None)


def balance_check(rows: tuple[Balance, ...]) -> Check:
    """Check that no difference in level, slope or covariates is left as compared.

    It holds below a tenth of a standard deviation and fails from a quarter on. Single years are shown and not checked:
    their noise never balances, and does not have to. ``difference`` is the largest by absolute size, ``name`` tells in
    what, ``difference_raw`` what it was before comparing.
    """
    checked = [row for row in rows if "@" not in row.name]
    if not checked:
        return Check(kind=CheckKind.BALANCE, status=CheckStatus.NOT_POSSIBLE, facts={})
    worst = max(checked, key=lambda row: abs(row.difference_compared))
    size = abs(worst.difference_compared)
    facts: dict[str, Fact] = {
        "difference": size,
        "difference_raw": abs(worst.difference_raw),
        "name": worst.name,
        "checked": len(checked),
    }
    if size >= DOUBTFUL:
        return Check(kind=CheckKind.BALANCE, status=CheckStatus.FAILS, facts=facts)
    status = CheckStatus.HOLDS if size < HOLDS else CheckStatus.DOUBTFUL
    return Check(kind=CheckKind.BALANCE, status=status, facts=facts)


def _names(panel: Panel, first: int) -> tuple[str, ...]:
    own = (LEVEL, SLOPE) if first > 1 else (LEVEL,)
    count = panel.covariates.shape[1]
    return own + (panel.names or tuple(str(number) for number in range(count)))


def _row(name: str, column: Floats, panel: Panel, equal: Floats, compared: Floats) -> Balance | None:
    spread = float(column[~panel.is_treated].std(ddof=1)) if (~panel.is_treated).sum() > 1 else 0.0
    if spread <= 1e-12 * max(float(np.abs(column).max()), np.finfo(np.float64).tiny):
        return None
    treated, raw, own = float(column[panel.is_treated].mean()), float(equal @ column), float(compared @ column)
    return Balance(
        name=name,
        treated=treated,
        raw=raw,
        compared=own,
        difference_raw=(treated - raw) / spread,
        difference_compared=(treated - own) / spread,
    )
