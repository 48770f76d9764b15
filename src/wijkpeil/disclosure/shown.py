"""What a reader sees of each figure, of the rest of its city and of its look-alikes."""

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from wijkpeil.analysis.beside import beside_look_alikes
from wijkpeil.analysis.intervals import INTERVAL
from wijkpeil.analysis.look_alikes import may_have_look_alikes
from wijkpeil.analysis.sheet import CODE, Codes
from wijkpeil.analysis.tree import NONE, AreaTree, Bools, Floats
from wijkpeil.disclosure.hiding import minimum_base
from wijkpeil.disclosure.rounding import digits_of, rounded_count, rounded_limits, rounded_value
from wijkpeil.disclosure.rows import Rows
from wijkpeil.domain.frames import IntervalType, StatusType
from wijkpeil.domain.policy import DisclosureRule
from wijkpeil.domain.status import Status

Columns = dict[str, pl.Series]


def shown_figures(rows: Rows, *, hidden: Bools, few: Bools, rule: DisclosureRule) -> Columns:
    """Give value, limits, base and status: rounded, or null with the reason."""
    hide = rows.of(hidden)
    status = rows.codes("status")
    status[hide], status[few] = CODE[Status.PROTECTS_ANOTHER], CODE[Status.TOO_FEW]
    way = rows.codes("interval")
    way[hide] = INTERVAL["not_applicable"]
    value = rounded_value(_without(rows.numbers("value"), hide), rows.indicator, rule)
    low, high = rounded_limits(
        _without(rows.numbers("low"), hide),
        _without(rows.numbers("high"), hide),
        around=value,
        digits=digits_of(rows.indicator, rule),
    )
    return {
        "value": _numbers(value),
        "low": _numbers(low),
        "high": _numbers(high),
        "base": _numbers(rounded_count(_without(rows.numbers("base"), hide), rule)),
        "interval": pl.Series(way).cat.to(pl.Enum(IntervalType.categories)),
        "status": _statuses(status),
    }


def shown_rest(rows: Rows, *, hidden: Bools, tree: AreaTree, rule: DisclosureRule) -> Columns:
    """Give the rest of the city, where both the area and its city are shown.

    With either hidden, the rest would give it away. A rest of too few people is hidden itself.
    """
    value, status = rows.numbers("rest_value"), rows.codes("rest_status")
    city = tree.gemeente[rows.area]
    city_is_hidden = (city != NONE) & hidden[city, rows.period]
    few = ~np.isnan(value) & (rows.numbers("rest_base") < minimum_base(rows.indicator, rule))
    gives_away = ~np.isnan(value) & (rows.of(hidden) | city_is_hidden)
    status[few], status[gives_away] = CODE[Status.TOO_FEW], CODE[Status.PROTECTS_ANOTHER]
    hide = few | gives_away
    shown = rounded_value(_without(value, hide), rows.indicator, rule)
    low, high = rounded_limits(
        _without(rows.numbers("rest_low"), hide),
        _without(rows.numbers("rest_high"), hide),
        around=shown,
        digits=digits_of(rows.indicator, rule),
    )
    return {
        "rest_value": _numbers(shown),
        "rest_low": _numbers(low),
        "rest_high": _numbers(high),
        "rest_status": _statuses(status),
    }


def shown_look_alikes(rows: Rows, *, own: Columns, members: csr_array, tree: AreaTree, rule: DisclosureRule) -> Columns:
    """Give the mean of the look-alikes, from the figures that are shown and as they are shown."""
    empty = np.float64(np.nan)
    beside = beside_look_alikes(
        rows.indicator,
        look_alikes=members,
        applies=may_have_look_alikes(tree),
        value=rows.page(own["value"].to_numpy().astype(np.float64), empty=empty),
        base=rows.page(rows.numbers("base"), empty=empty),
        people=rows.page(rows.numbers("people"), empty=empty),
        status=rows.page(own["status"].to_physical().to_numpy().astype(np.uint8), empty=CODE[Status.MISSING]),
    )
    value = rounded_value(rows.of(beside.value), rows.indicator, rule)
    low, high = rounded_limits(
        rows.of(beside.low), rows.of(beside.high), around=value, digits=digits_of(rows.indicator, rule)
    )
    number = rows.of(beside.number)
    return {
        "like_value": _numbers(value),
        "like_low": _numbers(low),
        "like_high": _numbers(high),
        "like_n": pl.select(pl.when(pl.Series(number) > 0).then(pl.Series(number))).to_series().cast(pl.Int16),
        "like_status": _statuses(rows.of(beside.status)),
    }


def _without(numbers: Floats, hide: Bools) -> Floats:
    return np.where(hide, np.nan, numbers)


def _numbers(numbers: Floats) -> pl.Series:
    return pl.Series(numbers, nan_to_null=True)


def _statuses(codes: Codes) -> pl.Series:
    return pl.Series(codes).cat.to(StatusType)
