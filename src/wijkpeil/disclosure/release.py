"""The one door itself: what analysis knows goes in, what a reader may see comes out."""

import dataframely as dy
import polars as pl
from scipy.sparse import csr_array

from wijkpeil.analysis.beside import membership
from wijkpeil.analysis.sheet import by_indicator, one_by_one
from wijkpeil.analysis.tree import AreaTree, tree_of
from wijkpeil.disclosure.hiding import hidden_cells
from wijkpeil.disclosure.rows import rows_of
from wijkpeil.disclosure.shown import shown_figures, shown_look_alikes, shown_rest
from wijkpeil.domain.frames import Areas, Composition, Figures, LookAlikesFound, Unreleased
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.policy import DisclosureRule, Policy


def release(
    unreleased: dy.DataFrame[Unreleased],
    *,
    areas: dy.DataFrame[Areas],
    composition: dy.DataFrame[Composition],
    look_alikes: dy.DataFrame[LookAlikesFound],
    policy: Policy,
    audience: str,
) -> dy.DataFrame[Figures]:
    """Show each figure, or say why not.

    Too few people stand behind it: ``too_few``. It would give such a figure away: ``protects_another``. What is
    shown is rounded: values to the published precision, limits outwards, bases as the rule says. The rest of
    the city is shown only beside a shown area in a shown city, and the look-alikes are averaged from what is
    shown of them: neither can give anything away. Figures that a publisher gives without any known base
    or people are shown: nobody can say that they are too few.

    Parameters
    ----------
    unreleased
        Whole indicators, as ``analysis.figures_of`` gives them.
    audience
        An id of ``beleid/onthulling.toml``; raises ``KeyError`` for another.

    Returns
    -------
    dy.DataFrame[Figures]
        Sorted by indicator, area and period; the same rows as came in.
    """
    tree, rule = tree_of(areas, composition), policy.rule[audience]
    members = membership(look_alikes, tree=tree)

    def released(part: tuple[str, pl.DataFrame]) -> pl.DataFrame:
        return _released(part[1], indicator=policy.indicator[part[0]], tree=tree, members=members, rule=rule)

    frames = one_by_one(released, by_indicator(unreleased))
    return Figures.validate(pl.concat(frames) if frames else Figures.create_empty())


def _released(
    part: pl.DataFrame, *, indicator: Indicator, tree: AreaTree, members: csr_array, rule: DisclosureRule
) -> pl.DataFrame:
    rows = rows_of(part, indicator=indicator, tree=tree)
    hidden, few = hidden_cells(rows, tree=tree, rule=rule)
    own = shown_figures(rows, hidden=hidden, few=few, rule=rule)
    rest = shown_rest(rows, hidden=hidden, tree=tree, rule=rule)
    like = shown_look_alikes(rows, own=own, members=members, tree=tree, rule=rule)
    shown = rows.frame.with_columns(**own, **rest, **like)
    return shown.select(Figures.column_names())
