"""One indicator in all areas of a level, in a gemeente or in the country, in one period and beside one comparator."""

from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.indicator import Indicator
from wijkpeil.portrayal.everywhere import Place, places_of
from wijkpeil.portrayal.findings import Crowd
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.findings import crowd_of

_INSIDE = (Level.WIJK, Level.BUURT)
_OF_A_CITY = {
    Comparator.REST_OF_CITY.value,
    Comparator.LOOK_ALIKES.value,
    Comparator.CITY.value,
    Comparator.CITY_OUTSIDE_PROGRAMME.value,
}


class NoSuchChoiceError(Exception):
    """A gemeente, period or comparator that this edition does not have for this indicator."""


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What is asked: ``gemeente`` is nothing where the level is shown for the whole country."""

    indicator: str
    level: Level
    gemeente: str | None
    period: int | None
    comparator: str


@dataclass(frozen=True, kw_only=True)
class Everywhere:
    """The areas that are shown, the figures of all areas of the level, and the funnel where there is one."""

    indicator: Indicator
    choice: Choice
    period: int | None
    periods: tuple[int, ...]
    places: tuple[Place, ...]
    country: tuple[float, ...]
    crowd: Crowd | None


def everywhere_of(edition: Edition, choice: Choice) -> Everywhere:
    """Gather one indicator in all areas that are asked for; the latest period with figures where none is named.

    Raises ``KeyError`` for an unknown indicator and ``NoSuchChoiceError`` for a period without figures.
    """
    indicator = edition.policy.indicator[choice.indicator]
    all_areas = areas_of_level(edition, choice.level)
    areas = all_areas if choice.gemeente is None else all_areas.filter(pl.col("gemeente") == choice.gemeente)
    figures = edition.figures(indicator=choice.indicator)
    ours = figures.join(areas.select(area="code"), on="area", how="semi")
    periods = tuple(ours.filter(pl.col("value").is_not_null())["period"].unique().sort().to_list())
    if choice.period is not None and choice.period not in periods:
        raise NoSuchChoiceError(choice.period)
    period = choice.period or (periods[-1] if periods else None)
    now = ours.filter(pl.col("period").is_in([period]))
    codes = areas["code"].implode()
    beside = positions_of(edition, choice.indicator, choice.comparator).filter(
        pl.col("area").is_in(codes), pl.col("period").is_in([period])
    )
    changed = changes_of(edition, choice.indicator, choice.comparator).filter(pl.col("area").is_in(codes))
    judged = edition.verdicts(indicator=choice.indicator, comparator=choice.comparator)
    return Everywhere(
        indicator=indicator,
        choice=choice,
        period=period,
        periods=periods,
        places=places_of(indicator, areas.select("code", "name").rows(), beside, now, changed, judged),
        country=_country(figures, all_areas, period),
        crowd=_crowd(edition, choice, period),
    )


def areas_of_level(edition: Edition, level: Level) -> pl.DataFrame:
    """Give the areas of a level, by code; of programme areas only those that are one neighbourhood."""
    areas = edition.areas.filter(pl.col("level").cast(pl.String) == level.value)
    return areas.select("code", "name", "gemeente").sort("code")


def levels_of(edition: Edition) -> tuple[Level, ...]:
    """Give the levels that an indicator can be shown for, from wide to narrow."""
    there = set(edition.areas["level"].cast(pl.String).unique())
    return tuple(one for one in (Level.GEMEENTE, Level.PROGRAMME_AREA, Level.WIJK, Level.BUURT) if one.value in there)


def comparators_at(edition: Edition, level: Level) -> list[str]:
    """Give the comparators that mean something at a level: a gemeente has no rest of its city."""
    is_inside = level is not Level.GEMEENTE
    return [one for one in edition.comparators if is_inside or one not in _OF_A_CITY]


@lru_cache(maxsize=8)
def positions_of(edition: Edition, indicator: str, comparator: str) -> pl.DataFrame:
    """Set all areas beside one comparator; the last few are kept."""
    return edition.positions(indicator=indicator, comparators=[comparator])


@lru_cache(maxsize=8)
def changes_of(edition: Edition, indicator: str, comparator: str) -> pl.DataFrame:
    """Give the changes of the gap of all areas to one comparator; the last few are kept."""
    return edition.changes(indicator=indicator, comparators=[comparator])


_NEARLY = 0.8
"""The part of the areas of the widest indicator that counts as nearly everywhere."""


def latest_periods(edition: Edition) -> dict[str, int]:
    """Give the latest period in which an indicator has a figure for an ordinary area, by indicator."""
    return {indicator: period for indicator, (period, _) in _latest(edition).items()}


def first_indicator(edition: Edition) -> str | None:
    """Give the indicator with which a picture of the whole country begins: with a better side, and known nearly
    everywhere in its latest period.
    """
    known = _latest(edition)
    most = max((areas for _, areas in known.values()), default=0)
    judged = [one.id for one in edition.policy.indicators if one.is_judged and one.id in known]
    wide = [indicator for indicator in judged if known[indicator][1] >= _NEARLY * most]
    return next(iter([*wide, *judged, *known]), None)


@lru_cache(maxsize=4)
def _latest(edition: Edition) -> dict[str, tuple[int, int]]:
    """Give the latest period of every indicator, and how many ordinary areas have a figure then."""
    levels = [one.value for one in levels_of(edition)]
    codes = edition.areas.filter(pl.col("level").cast(pl.String).is_in(levels))["code"].implode()
    found = {}
    for indicator in edition.policy.indicators:
        figures = edition.figures(indicator=indicator.id)
        known = figures.filter(pl.col("value").is_not_null(), pl.col("area").is_in(codes))["period"].to_numpy()
        if len(known):
            found[indicator.id] = (int(known.max()), int((known == known.max()).sum()))
    return found


def _country(figures: pl.DataFrame, areas: pl.DataFrame, period: int | None) -> tuple[float, ...]:
    now = figures.filter(pl.col("period").is_in([period]), pl.col("value").is_not_null())
    return tuple(now.join(areas.select(area="code"), on="area", how="semi")["value"])


def _crowd(edition: Edition, choice: Choice, period: int | None) -> Crowd | None:
    """Set the areas in a funnel around their gemeente, or gemeenten around the country."""
    if period is None or (choice.level in _INSIDE) != (choice.gemeente is not None):
        return None
    if choice.level not in {*_INSIDE, Level.GEMEENTE}:
        return None
    whole = choice.gemeente or edition.manifest.country
    found = edition.funnel(indicator=choice.indicator, city=whole, level=choice.level, period=period)
    names = dict(zip(edition.areas["code"], edition.areas["name"], strict=True))
    named = edition.policy.name if choice.gemeente is None else names[whole]
    return crowd_of(found, city=named, names=names)
