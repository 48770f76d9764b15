"""What a figure weighs when figures are added up: its own base, or else the people it is about."""

from collections.abc import Sequence
from dataclasses import replace

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.sheet import Sheet
from wijkpeil.analysis.tree import AreaTree, Floats, Gathering
from wijkpeil.domain.frames import Population
from wijkpeil.domain.policy import Policy


class Weights:
    """The population that weighs where a figure has no base of its own, for all figures of one country.

    A percentage without a base says nothing of a larger whole until somebody says how many people it stands
    for. The policy names that population for each base (``beleid/grondslagen.toml``); it is taken from the same
    year or else the nearest (the earlier of two that are as near), and where it was never counted from the
    inhabitants of the register of areas. Whatever is weighed with it is ``approximate``. Indicators of the same
    base and years share one table, which is worked out once.
    """

    def __init__(self, *, tree: AreaTree, population: dy.DataFrame[Population], policy: Policy) -> None:
        """Weigh with the counted indicators of ``population``."""
        self._tree = tree
        self._population = population
        self._policy = policy
        self._known: dict[tuple[str, tuple[int, ...]], Floats] = {}

    def with_people(self, sheet: Sheet) -> Sheet:
        """Give every cell of a sheet its ``people``, in persons (or households, dwellings); unknown stays unknown.

        A parent or a composed area that is not counted itself gets the sum of its parts where all of these are
        known.
        """
        base = self._policy.base.get(sheet.indicator.base)
        key = (base.population if base else "", tuple(sheet.periods.tolist()))
        if key not in self._known:
            self._known[key] = self._people(*key)
        return replace(sheet, people=self._known[key])

    def _people(self, counted: str, periods: tuple[int, ...]) -> Floats:
        tree = self._tree
        people = _nearest(self._population.filter(pl.col("indicator") == counted), periods=periods, tree=tree)
        people = np.where(np.isnan(people), tree.population[:, None], people)
        for gathering in (*tree.below, tree.composed):
            people = _added_up(people, gathering)
        copies = tree.copy_of >= 0
        people[copies] = people[tree.copy_of[copies]]
        return people


def _nearest(counts: pl.DataFrame, *, periods: Sequence[int], tree: AreaTree) -> Floats:
    people = np.full((tree.size, len(periods)), np.nan)
    known = counts.drop_nulls("value").filter(pl.col("area").is_in(tree.codes.categories.implode()))
    by_year = {int(year): part for (year,), part in known.partition_by("period", as_dict=True).items()}
    columns = {year: _column(part, tree) for year, part in by_year.items()}
    for place, period in enumerate(periods):
        for year in sorted(columns, key=lambda year, period=period: (abs(year - period), year)):  # type: ignore[misc]
            unknown = np.isnan(people[:, place])
            if not unknown.any():
                break
            people[unknown, place] = columns[year][unknown]
    return people


def _column(part: pl.DataFrame, tree: AreaTree) -> Floats:
    column = np.full(tree.size, np.nan)
    column[tree.places(part["area"])] = part["value"].to_numpy()
    column[column < 0] = np.nan
    return column


def _added_up(people: Floats, gathering: Gathering) -> Floats:
    unknown = np.isnan(people[gathering.rows])
    if not unknown.any():
        return people
    part_unknown = gathering.unsigned @ np.isnan(people).astype(np.float64) > 0
    total = gathering.matrix @ np.nan_to_num(people)
    filled = people.copy()
    filled[gathering.rows] = np.where(unknown & ~part_unknown, np.maximum(total, 0), people[gathering.rows])
    return filled
