"""How precisely a figure is shown."""

import numpy as np

from wijkpeil.analysis.tree import Floats
from wijkpeil.domain.indicator import Indicator, Kind, Unit
from wijkpeil.domain.policy import DisclosureRule

_DUST = 6
_PEOPLE = frozenset({Unit.PERSONS, Unit.HOUSEHOLDS})


def digits_of(indicator: Indicator, rule: DisclosureRule) -> int:
    """Give the decimals, in the unit of a frame, at which a figure of this indicator is published.

    One more than the reader sees in the reader's unit (a percentage with one decimal is a fraction with
    four): enough for the gap of two figures not to jump by rounding twice, too few to compute back what is hidden.
    Gaps are made from figures rounded like this, so each is the difference of the two figures beside it.
    """
    factor = {1: 0, 100: 2, 1000: 3}[indicator.unit.factor]
    return indicator.decimals + factor + 1 + rule.decimals_extra


def rounded_value(value: Floats, indicator: Indicator, rule: DisclosureRule) -> Floats:
    """Round values to the published precision; counts of people and households as the rule rounds counts."""
    if indicator.kind is Kind.COUNT and indicator.unit in _PEOPLE:
        return rounded_count(value, rule)
    scale = 10.0 ** digits_of(indicator, rule)
    return np.asarray(np.rint(value * scale) / scale + 0.0)


def rounded_limits(low: Floats, high: Floats, *, around: Floats, digits: int) -> tuple[Floats, Floats]:
    """Round limits outwards, so that they still hold the value that was rounded itself."""
    scale = 10.0**digits
    down = np.floor(np.round(low * scale, _DUST)) / scale + 0.0
    up = np.ceil(np.round(high * scale, _DUST)) / scale + 0.0
    return np.minimum(down, around), np.maximum(up, around)


def rounded_count(count: Floats, rule: DisclosureRule) -> Floats:
    """Round counts half up to the multiple of the rule, or to a whole where it has none."""
    step = max(rule.round_counts_to, 1)
    return np.asarray(np.floor(count / step + 0.5) * step)
