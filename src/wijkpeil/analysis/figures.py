"""From the publisher's figures on one map year to everything that can be said of every area."""

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.compose import composed, totals
from wijkpeil.analysis.intervals import limits_of
from wijkpeil.analysis.panel_errors import with_panel_errors
from wijkpeil.analysis.rest_of_city import rest_of_city
from wijkpeil.analysis.sheet import Sheet, by_indicator, one_by_one, sheet_of
from wijkpeil.analysis.tree import AreaTree, Floats, tree_of
from wijkpeil.analysis.weights import Weights
from wijkpeil.domain.frames import MADE, STATUSES, Areas, Composition, IntervalType, OnMapYear, Population, Unreleased
from wijkpeil.domain.policy import Policy


def figures_of(
    on_map_year: dy.DataFrame[OnMapYear],
    *,
    areas: dy.DataFrame[Areas],
    composition: dy.DataFrame[Composition],
    population: dy.DataFrame[Population],
    policy: Policy,
) -> dy.DataFrame[Unreleased]:
    """Give the figures of all areas with their intervals and the rest of their city, before the one door.

    A chunk may hold any number of whole indicators: each is worked out on its own, and the order of rows, the
    chunking and the number of threads never change a byte.

    Parameters
    ----------
    on_map_year
        The publisher's figures, at most one per area, indicator and period; every area is one of ``areas``.
    population
        The counted indicators that weigh where a figure has no base; empty where there are none.

    Returns
    -------
    dy.DataFrame[Unreleased]
        Sorted by indicator, area and period. An area has a row where its publisher, its parts or a
        level below it speak of the indicator in that period: with a value, or with the reason for its absence.
    """
    tree = tree_of(areas, composition)
    weights = Weights(tree=tree, population=population, policy=policy)

    def worked_out(part: tuple[str, pl.DataFrame]) -> pl.DataFrame:
        sheet = sheet_of(part[1], indicator=policy.indicator[part[0]], tree=tree)
        known = with_panel_errors(weights.with_people(sheet), tree=tree)
        return _frame(composed(totals(known, tree=tree), tree=tree), tree)

    frames = one_by_one(worked_out, by_indicator(on_map_year))
    return Unreleased.validate(pl.concat(frames) if frames else Unreleased.create_empty())


def _frame(sheet: Sheet, tree: AreaTree) -> pl.DataFrame:
    row, column = np.nonzero(sheet.has_row)
    low, high, way = limits_of(sheet)
    rest = rest_of_city(sheet, tree=tree)

    def numbers(array: Floats) -> pl.Series:
        return pl.Series(array[row, column], nan_to_null=True)

    def named(codes: np.ndarray, names: pl.Enum) -> pl.Series:
        return pl.Series(codes[row, column].astype(np.uint8)).cat.to(names)

    return pl.DataFrame(
        {
            "area": pl.Series(row.astype(np.uint32)).cat.to(tree.codes).cast(pl.String),
            "indicator": pl.repeat(sheet.indicator.id, len(row), dtype=pl.String, eager=True),
            "period": pl.Series(sheet.periods[column].astype(np.int16)),
            "value": numbers(sheet.value),
            "low": numbers(low),
            "high": numbers(high),
            "interval": named(way, pl.Enum(IntervalType.categories)),
            "base": numbers(sheet.base),
            "people": numbers(sheet.people),
            "made": named(sheet.made, pl.Enum(MADE)),
            "status": named(sheet.status, pl.Enum(STATUSES)),
            "source": pl.Series(sheet.sources, dtype=pl.String).gather(sheet.source[row, column]),
            "apportioned": pl.Series(sheet.apportioned[row, column]),
            "rest_value": numbers(rest.value),
            "rest_low": numbers(rest.low),
            "rest_high": numbers(rest.high),
            "rest_base": numbers(rest.base),
            "rest_status": named(rest.status, pl.Enum(STATUSES)),
        }
    )
