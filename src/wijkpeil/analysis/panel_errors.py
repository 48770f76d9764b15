"""The errors of a sheet whose publisher gives none: from the panel of each level, and upwards from its parts."""

from dataclasses import replace

import numpy as np
import polars as pl

from wijkpeil.analysis.panel_noise import panel_noise
from wijkpeil.analysis.sheet import CODE, Sheet
from wijkpeil.analysis.tree import AreaTree, Bools, Floats, Gathering
from wijkpeil.domain.indicator import Kind, Nature
from wijkpeil.domain.status import Status

HALF = 0.5
"""The part (0-1) of the people that must live in parts with an error before a whole has one."""

_KINDS = {Kind.MEAN, Kind.SCORE, Kind.PROPORTION, Kind.RATE}
_NEED_NO_PANEL = {Kind.PROPORTION, Kind.RATE}
"""Kinds that have an interval of their own wherever there is a base."""


def with_panel_errors(sheet: Sheet, *, tree: AreaTree) -> Sheet:
    """Give measured and surveyed figures without a published error the error that their panel shows.

    Each level is a panel of its own (``panel_noise``): neighbourhoods and cities are not mixed. Where a level is too
    small to tell (one city, a few districts), the error of the publisher's figure follows from that of its parts:
    they are of different people, so their variances add up. Parts without a figure are taken to be as restless as
    the others, who must be at least half of the people.

    Returns
    -------
    Sheet
        With ``se`` filled where that could be done, and ``from_panel`` true there. Unchanged for modelled figures,
        counts, classes, and registers that are exempt from chance.
    """
    lacks = _lacks_error(sheet)
    if not lacks.any():
        return sheet
    size = np.where(np.nan_to_num(sheet.base) > 0, sheet.base, sheet.people)
    se = sheet.se.copy()
    for level in np.unique(tree.levels[lacks.any(axis=1)]):
        of_level = lacks & (tree.levels == level)[:, None]
        se[of_level] = _from_panel(sheet, size, of_level)
    for gathering in tree.below:
        _add_from_parts(se, size, lacks, gathering)
    return replace(sheet, se=se, from_panel=lacks & ~np.isnan(se))


def _lacks_error(sheet: Sheet) -> Bools:
    """Tell which given figures have neither an error nor a base from which their interval follows."""
    indicator = sheet.indicator
    exempt = indicator.nature is Nature.MEASURED and not indicator.superpopulation
    if indicator.nature is Nature.MODELLED or indicator.kind not in _KINDS or exempt:
        return np.zeros(sheet.value.shape, dtype=np.bool_)
    has_base = np.nan_to_num(sheet.base) > 0
    known = ~np.isnan(sheet.se)
    if indicator.kind in _NEED_NO_PANEL or indicator.spread is not None:
        known |= has_base
    lacks: Bools = sheet.is_present & ~known & (sheet.status != CODE[Status.MODELLED])
    return lacks


def _from_panel(sheet: Sheet, size: Floats, chosen: Bools) -> Floats:
    area, period = np.nonzero(chosen)
    figures = pl.DataFrame(
        {
            "area": area,
            "period": sheet.periods[period],
            "value": sheet.value[chosen],
            "size": size[chosen],
        }
    )
    breaks = [one.year for one in sheet.indicator.breaks]
    noise = panel_noise(figures, nature=sheet.indicator.nature, breaks=breaks)
    return noise["se"].to_numpy().astype(np.float64)


def _add_from_parts(se: Floats, size: Floats, lacks: Bools, gathering: Gathering) -> None:
    """Fill in what is still unknown of the wholes of a gathering: ``sqrt(sum (w se)^2) / sum w``."""
    rows = gathering.rows
    open_ = lacks[rows] & np.isnan(se[rows])
    usable = ~np.isnan(se) & lacks & ~np.isnan(size)
    if not open_.any() or not usable.any():
        return
    weight = np.where(usable, size, 0.0)
    variance = np.asarray(gathering.matrix @ (weight * np.where(usable, se, 0.0)) ** 2)
    covered = np.asarray(gathering.matrix @ weight)
    whole = np.maximum(np.nan_to_num(size[rows], nan=np.inf), covered)
    enough = open_ & (covered >= HALF * whole) & (covered > 0)
    per_person = np.sqrt(variance / np.where(enough, covered * whole, 1.0))
    se[rows] = np.where(enough, per_person, se[rows])
