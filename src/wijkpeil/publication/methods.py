"""What the methods of analysis make of published figures: trends, funnels, smoothed figures and theme scores.

They read what everyone may read and nothing else, so that no answer can tell what is hidden.
"""

from zlib import crc32

import numpy as np
import polars as pl

from wijkpeil.analysis import composite as composites
from wijkpeil.analysis import funnel as funnels
from wijkpeil.analysis import small_areas
from wijkpeil.analysis import trend as trends
from wijkpeil.analysis.composite import ThemeScores
from wijkpeil.analysis.funnel import Funnel
from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.tree import Floats
from wijkpeil.domain.area import Level
from wijkpeil.domain.composite import Against, Composite
from wijkpeil.domain.indicator import Indicator, Kind, Nature
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.reason import Reason, ReasonType

_POSSIBLE = {Kind.PROPORTION: (0.0, 1.0), Kind.RATE: (0.0, np.inf)}
_ANY = (-np.inf, np.inf)
_OF_A_BASE = ["wilson", "poisson", "exact"]
"""Intervals that follow from the base of a figure; all others from a standard error."""

_KEY = ("area", "indicator", "period")
_ERROR = pl.when(pl.col("high") > pl.col("low")).then((pl.col("high") - pl.col("low")) / (2 * Z))
"""The standard error that a published 95% interval tells; null where it has none or no width."""

_IN_A_CITY = (Level.WIJK.value, Level.BUURT.value, Level.PC4.value, Level.PROGRAMME_AREA.value)


def among(
    areas: pl.DataFrame, composition: pl.DataFrame, *, city: str, level: Level, area: str | None = None
) -> list[str]:
    """Give the codes of the areas of a level in a city (or the country), among which an area stands.

    ``area`` is added where it is of another level; a composed one takes the place of its parts, so that nobody is
    counted twice.
    """
    own = pl.col("gemeente") == city if level.value in _IN_A_CITY else pl.lit(True)
    codes = areas.filter((pl.col("level").cast(pl.String) == level.value) & own)["code"].to_list()
    if area is None or area in codes:
        return sorted(codes)
    parts = set(composition.filter((pl.col("composed") == area) & (pl.col("sign") > 0))["part"])
    return sorted([*(code for code in codes if code not in parts), area])


def trend(figures: pl.DataFrame, *, indicator: Indicator) -> pl.DataFrame:
    """Draw the line behind the published figures of some areas, with its band; breaks cut it.

    The areas share how much of the movement is level and how much is chance (see ``analysis.trend``). Errors are
    those of the published intervals. A modelled figure without an error has no chance to tell apart, and no line.

    Parameters
    ----------
    figures
        ``Figures`` of one indicator.

    Returns
    -------
    pl.DataFrame
        The columns of ``analysis.trend.trend``; ``reason`` where there is no line.
    """
    ready = _ready(figures, indicator)
    found = trends.trend(
        ready, breaks=[cut.year for cut in indicator.breaks], possible=_POSSIBLE.get(indicator.kind, _ANY)
    )
    return _told(found, ready, on=["area", "period"])


def latest_period(figures: pl.DataFrame, *, city: str) -> int | None:
    """Give the latest period in which an area and its city have a figure, or else an area alone, or anybody."""
    known = figures.filter(pl.col("value").is_not_null())
    of_city = known.filter(pl.col("area") == city)["period"]
    of_areas = known.filter(pl.col("area") != city)["period"]
    for periods in (of_areas.filter(of_areas.is_in(of_city.implode())), of_areas, figures["period"]):
        if len(periods):
            return int(periods.to_numpy().max())
    return None


def funnel(figures: pl.DataFrame, *, indicator: Indicator, city: str) -> Funnel:
    """Set areas in a funnel around the figure of their city, by their size.

    Shares and rates of which the base is published stand by their base, all else by its standard error.

    Parameters
    ----------
    figures
        ``Figures`` of one indicator in one period: of the areas and of ``city``.

    Returns
    -------
    Funnel
        ``areas`` has the columns of ``analysis.funnel.funnel`` and ``period``, ``whole`` is what they stand around.
    """
    ready = _ready(figures, indicator)
    own = ready.filter(pl.col("area") != city)
    of_base = own["of_base"].any()
    kind = indicator.kind if of_base else Kind.SCORE
    if of_base:
        own = own.with_columns(pl.when("of_base").then(pl.col("base") / indicator.design_effect).alias("base"))
    found = funnels.funnel(own, whole=_whole(ready, city), kind=kind)
    told = _told(found.areas, own, on=["area"]).join(own.select("area", "period"), on="area", maintain_order="left")
    return Funnel(areas=told, whole=found.whole)


def smoothed(figures: pl.DataFrame, *, indicator: Indicator, city: str, areas: pl.DataFrame) -> pl.DataFrame:
    """Pull the figures of small areas towards their city, beside the direct figure and never instead of it.

    The error of a share or a rate is the one it would have if the area were as its city. Areas weigh by their base,
    or by their inhabitants where the base is not published.

    Parameters
    ----------
    figures
        ``Figures`` of one indicator in one period: of the areas and of ``city``.
    areas
        ``Areas`` of the edition.

    Returns
    -------
    pl.DataFrame
        The columns of ``analysis.small_areas.smoothed``; ``reason`` where there is nothing to show.
    """
    ready = _ready(figures, indicator)
    whole = _whole(ready, city)
    own = ready.filter(pl.col("area") != city).join(
        areas.select(area="code", people="population"), on="area", how="left", maintain_order="left"
    )
    weighed = own.with_columns(weight=pl.coalesce("base", "people"))
    if whole is not None and own["of_base"].any():
        at_city = small_areas.error_at_city(
            _numbers(weighed, "base"),
            city=whole,
            is_share=indicator.kind is Kind.PROPORTION,
            design_effect=indicator.design_effect,
        )
        weighed = weighed.with_columns(se=pl.when("of_base").then(pl.Series(at_city, nan_to_null=True)).otherwise("se"))
    found = small_areas.smoothed(weighed, city=whole, possible=_POSSIBLE.get(indicator.kind, _ANY))
    if whole is None:
        found = found.with_columns(
            pl.lit(None, dtype=pl.Float64).alias(name) for name in found.columns if name not in {"area", "value"}
        ).with_columns(reason=pl.lit(Reason.NO_COMPARATOR.value, dtype=ReasonType))
    return _told(found, own, on=["area"])


def theme_scores(
    figures: pl.DataFrame,
    *,
    composite: Composite,
    codes: list[str],
    city: str,
    areas: pl.DataFrame,
    policy: Policy,
    against: Against = Against.BASE_YEAR,
) -> ThemeScores:
    """Give the theme scores of some areas of a city, and the parts into which they open.

    The usual difference between areas of a city, which is 10 points, is that of the areas of the same level over
    the whole country in the base year, without those where too few people live to be compared at all. Those get
    no score either, and no place in a ranking.

    Parameters
    ----------
    figures
        ``Figures`` of the parts, of the whole country.
    codes
        The areas to be scored, all of one ``city``.
    areas
        ``Areas`` of the edition.
    """
    parts = figures.filter(pl.col("indicator").is_in(list(composite.shares))).select(*_KEY, "value", se=_ERROR)
    levels = areas.filter(pl.col("code").is_in(codes))["level"].cast(pl.String).mode().sort()
    enough = pl.col("population").fill_null(0) >= policy.look_alikes.minimum_population
    peopled = areas.filter(enough)
    like = peopled.filter(pl.col("level").cast(pl.String).is_in(levels.head(1).implode())).select(
        area="code", city="gemeente"
    )
    cities = areas.filter(pl.col("level").cast(pl.String) == Level.GEMEENTE.value)["code"]
    of_cities = parts.filter(pl.col("area").is_in(cities.implode())).with_columns(city="area")
    differences = composites.usual_differences(parts.join(like, on="area"), of_cities, composite=composite)
    own = parts.filter(pl.col("area").is_in(codes)).with_columns(city=pl.lit(city))
    few = ~pl.col("area").is_in(peopled["code"].implode())
    found = composites.theme_scores(
        own.with_columns(pl.when(~few).then("value").alias("value")),
        of_cities.filter(pl.col("area") == city),
        composite=composite,
        signs={part: policy.indicator[part].direction.sign for part in composite.shares},
        differences=differences,
        seed=crc32(composite.id.encode()),
        against=against,
        breaks={part: [cut.year for cut in policy.indicator[part].breaks] for part in composite.shares},
    )
    scores = found.scores.with_columns(
        reason=pl.when(few).then(pl.lit(Reason.TOO_FEW_PEOPLE.value, dtype=ReasonType)).otherwise("reason")
    )
    return ThemeScores(scores=scores, parts=found.parts)


def _ready(figures: pl.DataFrame, indicator: Indicator) -> pl.DataFrame:
    """Give published figures with the error that their interval tells, or why no method may have them.

    ``of_base`` marks an interval that follows from the base. A figure that is ``barred`` has no value here.
    """
    barred = _barred(indicator)
    return figures.select(
        *_KEY,
        value=pl.when(barred == "").then("value"),
        se=_ERROR,
        base=pl.when(pl.col("base") > 0).then("base"),
        of_base=pl.col("interval").cast(pl.String).is_in(_OF_A_BASE),
        barred=pl.when(pl.col("value").is_not_null()).then(barred).otherwise(pl.lit("")),
    )


def _barred(indicator: Indicator) -> pl.Expr:
    """Tell why chance says nothing of a figure; an empty word where it does."""
    if indicator.kind is Kind.ORDINAL:
        return pl.lit(Reason.ORDINAL.value)
    if indicator.kind is Kind.COUNT and indicator.nature is not Nature.SURVEYED:
        return pl.lit(Reason.COUNTED.value)
    if indicator.nature is Nature.MEASURED and not indicator.superpopulation:
        return pl.lit(Reason.COUNTED.value)
    modelled = pl.col("interval").cast(pl.String) == "modelled"
    return pl.when(modelled).then(pl.lit(Reason.MODELLED.value)).otherwise(pl.lit(""))


def _told(found: pl.DataFrame, ready: pl.DataFrame, *, on: list[str]) -> pl.DataFrame:
    """Give a figure that was barred its own reason."""
    why = ready.select(*on, "barred")
    told = found.join(why, on=on, how="left", maintain_order="left")
    reason = pl.when(pl.col("barred").fill_null("") == "").then("reason").otherwise(pl.col("barred").cast(ReasonType))
    return told.with_columns(reason=reason).drop("barred")


def _whole(ready: pl.DataFrame, city: str) -> float | None:
    value = ready.filter(pl.col("area") == city)["value"]
    return float(value[0]) if len(value) and value[0] is not None else None


def _numbers(frame: pl.DataFrame, name: str) -> Floats:
    numbers: Floats = frame[name].cast(pl.Float64).to_numpy().astype(np.float64)
    return numbers
