"""How much of the change of a gap is the area's own, and how much its comparator's."""

import polars as pl

from wijkpeil.domain.policy import Policy


def parts_of_change(both: pl.DataFrame, *, policy: Policy) -> tuple[pl.Expr, pl.Expr]:
    """Split a change in s x (area now - area then) and -s x (comparator now - comparator then).

    A gap may close because a neighbourhood improves or because the rest of its city gets worse, and readers must
    not take the second for the first. The two parts add up to the change of the difference; positive is in favour
    of the area. ``both`` has ``value`` and ``comparator_value`` with ``_now`` and ``_then``.
    """
    worse = [one.id for one in policy.indicator.values() if one.direction.sign < 0]
    sign = pl.when(pl.col("indicator").is_in(worse)).then(-1.0).otherwise(1.0)
    own = (pl.col("value_now") - pl.col("value_then")) * sign
    other = (pl.col("comparator_value_then") - pl.col("comparator_value_now")) * sign
    return own, other
