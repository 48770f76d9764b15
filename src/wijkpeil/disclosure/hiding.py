"""Which figures are hidden: those of too few people, and those that would give them away."""

import numpy as np

from wijkpeil.analysis.tree import AreaTree, Bools, Floats
from wijkpeil.disclosure.equations import Page, equations_of
from wijkpeil.disclosure.rows import Rows
from wijkpeil.disclosure.secondary import protected
from wijkpeil.domain.indicator import Indicator, Kind
from wijkpeil.domain.policy import DisclosureRule


def minimum_base(indicator: Indicator, rule: DisclosureRule) -> int:
    """Give the number of people (households, dwellings) below which a figure is not shown: the stricter of two."""
    return max(rule.minimum_base.get(indicator.kind, 0), indicator.minimum_base or 0)


def hidden_cells(rows: Rows, *, tree: AreaTree, rule: DisclosureRule) -> tuple[Bools, Bools]:
    """Decide what is hidden on the page of one indicator.

    The own base of a figure counts, otherwise the people of its area; a count is its own base. A figure with
    neither is not hidden: nobody can say that it is of too few.

    Returns
    -------
    tuple
        All hidden cells as a page of areas by periods, and per row whether it is of too few.
    """
    value, base, people = rows.numbers("value"), rows.numbers("base"), rows.numbers("people")
    weight = _stands_for(rows.indicator, value=value, base=base, people=people)
    few = ~np.isnan(value) & (weight < minimum_base(rows.indicator, rule))
    hidden = rows.page(few, empty=np.False_)
    if not few.any():
        return hidden, few
    page = Page(
        kind=rows.indicator.kind,
        value=rows.page(value, empty=np.float64(np.nan)),
        base=rows.page(base, empty=np.float64(np.nan)),
        people=rows.page(people, empty=np.float64(np.nan)),
        made=rows.page(rows.codes("made"), empty=np.uint8(0)),
    )
    weights = rows.page(weight, empty=np.float64(np.nan)).ravel()
    equations = equations_of(page, tree)
    return protected(hidden.ravel(), equations=equations, weight=weights).reshape(rows.shape), few


def _stands_for(indicator: Indicator, *, value: Floats, base: Floats, people: Floats) -> Floats:
    if indicator.kind is Kind.COUNT:
        return np.abs(value)
    return np.where(np.isnan(base), people, base)
