"""What the methods find of one area, gathered for a page or a screen from a single read of its city."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

import numpy as np
import polars as pl

from wijkpeil.analysis.funnel import Dispersion, Funnel, curve
from wijkpeil.domain.area import Level
from wijkpeil.domain.composite import Against
from wijkpeil.domain.indicator import Kind
from wijkpeil.portrayal.findings import Crowd, Findings, limits_of, members_of, smoothed_of, trend_of
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.scores import Score, score_of
from wijkpeil.portrayal.subject import AreaCard
from wijkpeil.publication import methods
from wijkpeil.publication.edition import Edition

_POINTS = 11
"""At so many sizes the limits of a funnel are drawn."""


def with_findings(
    edition: Edition, area: AreaCard, readings: Iterable[Reading], *, level: Level
) -> tuple[Reading, ...]:
    """Add to the readings of an area its trends, and its place among the areas of ``level`` in its city."""
    readings = tuple(readings)
    city = area.gemeente
    if city is None or area.level is Level.GEMEENTE:
        return tuple(_alone(one, edition.figures(area=area.code, indicator=one.indicator.id)) for one in readings)
    codes = methods.among(edition.areas, edition.composition, city=city, level=level, area=area.code)
    figures = edition.city_figures(area.code).filter(pl.col("area").is_in([city, *codes]))
    by_indicator = {key[0]: part for key, part in figures.partition_by("indicator", as_dict=True).items()}
    names = dict(zip(edition.areas["code"], edition.areas["name"], strict=True))
    return tuple(
        _among(one, by_indicator.get(one.indicator.id, figures.clear()), area, city=city, names=names, edition=edition)
        for one in readings
    )


def scores_of(edition: Edition, area: AreaCard, *, level: Level, themes: Container[str]) -> tuple[Score, ...]:
    """Give the scores that an area has on some themes; those of which a part is nowhere known are left out."""
    if area.gemeente is None or area.level is Level.GEMEENTE:
        return ()
    found = []
    for composite in edition.policy.composites:
        if composite.theme not in themes:
            continue
        fixed, moving = (
            edition.theme_scores(
                composite=composite.id, city=area.gemeente, level=level, area=area.code, against=against
            )
            for against in (Against.BASE_YEAR, Against.SAME_YEAR)
        )
        found.append(
            score_of(
                composite,
                area.code,
                fixed.scores,
                fixed.parts,
                city=area.gemeente_name or area.gemeente,
                same_year=moving.scores,
            )
        )
    return tuple(one for one in found if one is not None)


def crowd_of(found: Funnel, *, city: str, names: Mapping[str, str]) -> Crowd:
    """Gather a funnel with the limits at the sizes at which it is drawn; ``city`` is the name of the whole."""
    whole = found.whole
    by_base = whole.kind in {Kind.PROPORTION, Kind.RATE}
    sizes = found.areas.filter(pl.col("reason").is_null())["size"].to_numpy().astype(np.float64)
    return Crowd(
        city=city,
        period=found.areas["period"].to_list()[0] if found.areas.height else None,
        whole=whole.value if np.isfinite(whole.value) else None,
        by_base=by_base,
        is_dispersed=whole.dispersion is not Dispersion.NONE,
        members=members_of(found.areas, names),
        limits=limits_of(curve(whole, _sizes(sizes, grows=by_base))) if len(sizes) else (),
    )


def _sizes(sizes: np.ndarray, *, grows: bool) -> np.ndarray:
    """Give sizes from the least to the most sure area, evenly spread over how sure they make."""
    if grows:
        return np.linspace(np.sqrt(sizes.min()), np.sqrt(sizes.max()), _POINTS) ** 2
    return 1 / np.linspace(1 / sizes.max(), 1 / sizes.min(), _POINTS)


def _alone(reading: Reading, figures: pl.DataFrame) -> Reading:
    return replace(reading, findings=Findings(trend=trend_of(methods.trend(figures, indicator=reading.indicator))))


def _among(
    reading: Reading, figures: pl.DataFrame, area: AreaCard, *, city: str, names: Mapping[str, str], edition: Edition
) -> Reading:
    latest = reading.latest
    if latest is None or not latest.is_present:
        return reading
    indicator, period = reading.indicator, latest.period
    lines = methods.trend(figures.filter(pl.col("area") != city), indicator=indicator)
    now = figures.filter(pl.col("period") == period)
    smoothed = methods.smoothed(now, indicator=indicator, city=city, areas=edition.areas)
    funnel = methods.funnel(now, indicator=indicator, city=city)
    return replace(
        reading,
        findings=Findings(
            trend=trend_of(lines.filter(pl.col("area") == area.code)),
            smoothed=smoothed_of(smoothed, area.code, period=period),
            crowd=crowd_of(funnel, city=area.gemeente_name or city, names=names),
        ),
    )
