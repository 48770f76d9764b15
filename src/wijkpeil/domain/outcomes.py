"""The outcomes of a programme: in how many neighbourhoods gaps became smaller, beside what luck gives."""

from enum import StrEnum

import dataframely as dy
import polars as pl

from wijkpeil.domain.verdict import NotJudged


class About(StrEnum):
    """What a row of outcomes counts: all indicators together, those of one theme, or one of them."""

    PROGRAMME = "programme"
    THEME = "theme"
    INDICATOR = "indicator"


AboutType = pl.Enum([one.value for one in About])


class Outcomes(dy.Schema):
    """One row per indicator, per theme and for all together, beside each comparator.

    ``changes`` counts the changes of a gap since the baseline, one per neighbourhood and indicator, on the scale
    that decides; in ``smaller`` of them the gap became smaller (or a lead larger), in ``larger`` the other way,
    and ``same`` is neither. ``ahead`` counts those that were ahead at the baseline and ``other_smaller`` those that
    became smaller on the other scale (difference or ratio). ``mean_change`` weighs every neighbourhood alike and
    ``weighted_change`` by inhabitants; both are on ``scale`` and stand at indicators only.

    ``luck_*`` is what luck gives where nothing changed at all: of the ``luck_of`` changes that have an error
    ``luck_smaller`` became smaller and ``luck_same`` neither, and luck gives ``luck_expected``, 95% of the time
    ``luck_low`` to ``luck_high``;
    it gives at least as many in a part ``luck_as_many`` (0-1). Of ``luck_selected`` of them the programme was chosen on
    the indicator, and luck holds what selection brings of itself; ``mean_by_selection`` and ``mean_excess`` part
    ``mean_change`` into that and the rest. ``described`` counts the changes that are not judged,
    most of them because of ``described_because``.

    The counts of verdicts are after adjustment for all that was tested beside this comparator. ``claims`` is how many
    of them claim something after a test, ``claims_alone`` how many the intervals by themselves would claim, and
    ``at_most_false`` of how many of ``claims``,
    at most and about, the claim is false: it holds for the whole programme and cannot be divided over its parts.
    """

    programme = dy.String(nullable=False)
    comparator = dy.String(nullable=False)
    about = dy.Enum(list(AboutType.categories), nullable=False)
    theme = dy.String(nullable=True)
    indicator = dy.String(nullable=True)
    scale = dy.Enum(["absolute", "relative"], nullable=True)
    baseline_first = dy.Int16(nullable=True)
    baseline_last = dy.Int16(nullable=True)
    latest_first = dy.Int16(nullable=True)
    latest_last = dy.Int16(nullable=True)
    neighbourhoods = dy.Int64(nullable=False)
    areas = dy.Int64(nullable=False)
    changes = dy.Int64(nullable=False)
    smaller = dy.Int64(nullable=False)
    same = dy.Int64(nullable=False)
    larger = dy.Int64(nullable=False)
    ahead = dy.Int64(nullable=False)
    other_smaller = dy.Int64(nullable=True)
    mean_change = dy.Float64(nullable=True)
    weighted_change = dy.Float64(nullable=True)
    mean_by_selection = dy.Float64(nullable=True)
    mean_excess = dy.Float64(nullable=True)
    luck_of = dy.Int64(nullable=False)
    luck_selected = dy.Int64(nullable=False)
    luck_smaller = dy.Int64(nullable=True)
    luck_same = dy.Int64(nullable=True)
    luck_expected = dy.Float64(nullable=True)
    luck_low = dy.Int64(nullable=True)
    luck_high = dy.Int64(nullable=True)
    luck_as_many = dy.Float64(nullable=True)
    described = dy.Int64(nullable=False)
    described_because = dy.Enum([reason.value for reason in NotJudged], nullable=True)
    catching_up = dy.Int64(nullable=False)
    falling_behind = dy.Int64(nullable=False)
    steady = dy.Int64(nullable=False)
    cannot_tell = dy.Int64(nullable=False)
    not_judged = dy.Int64(nullable=False)
    claims = dy.Int64(nullable=False)
    claims_alone = dy.Int64(nullable=False)
    at_most_false = dy.Float64(nullable=True)

    @dy.rule()
    def every_change_is_counted_once(cls) -> pl.Expr:
        """A gap became smaller, larger or neither."""
        return pl.col("smaller") + pl.col("same") + pl.col("larger") == pl.col("changes")
