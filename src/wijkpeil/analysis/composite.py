"""Theme scores: several indicators as one number, with the doubt about the figures and about the weights beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import polars as pl

from wijkpeil.analysis.tree import Bools, Floats, Ints
from wijkpeil.domain.composite import Against, Composite
from wijkpeil.domain.reason import Reason, ReasonType

HUNDRED, TEN = 100.0, 10.0
"""The city is 100, and the usual difference between the areas of a city is 10 points."""

DRAWS = 1000

_TAILS = (0.025, 0.975)
_DIGITS = 6
"""Scores are cut at this decimal; beyond it lies the order of adding up."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ThemeScores:
    """The scores, and the parts into which each of them opens."""

    scores: pl.DataFrame
    parts: pl.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class _Block:
    """The scored areas of one city in one period: areas down, parts across."""

    part: Floats
    error: Floats
    draw_seed: list[int]


def usual_differences(figures: pl.DataFrame, cities: pl.DataFrame, *, composite: Composite) -> pl.DataFrame:
    """Give what areas usually differ from their city in the base year, for each part: the yardstick of a score.

    It is measured once, over all cities that use the score, and is then fixed: with a new one every year a city
    whose areas grow apart would seem to stand still. Returns ``indicator`` and ``difference`` (a standard deviation
    around the own city, over areas of equal weight, null where there is none).
    """
    base = pl.col("period") == composite.base_year
    own = figures.filter(base).join(
        cities.filter(base).select("city", "indicator", city_value="value"), on=["city", "indicator"]
    )
    off = pl.col("value") - pl.col("city_value")
    found = own.group_by("indicator").agg(difference=(off.fill_nan(None) ** 2).drop_nulls().sort().mean().sqrt())
    parts = pl.DataFrame({"indicator": list(composite.shares)}, schema={"indicator": pl.String})
    return parts.join(found, on="indicator", how="left", maintain_order="left")


def theme_scores(
    figures: pl.DataFrame,
    cities: pl.DataFrame,
    *,
    composite: Composite,
    signs: Mapping[str, int],
    differences: pl.DataFrame,
    seed: int,
    against: Against = Against.BASE_YEAR,
    breaks: Mapping[str, Sequence[int]] | None = None,
) -> ThemeScores:
    """Bring the parts of a composite to one scale, weigh them, and say how much of the result is choice and chance.

    A score is asked for and dangerous: it hides which part moved. So it always comes with its parts, which add up
    to it; with the margin that the figures give it; and with what it would be under other weights. A place in a
    ranking is only given as a range, because most differences between neighbours are chance.

    What it says
    ------------
    Where an area stands on a theme as declared: 100 is its city (of the base year, or of the same year), 10 points
    are the usual difference between areas of a city in the base year, more is better.

    What it does not say
    --------------------
    Nothing that its parts do not say. It is not a verdict, and no ground for dividing money. Areas with the same
    score can have opposite troubles. Parts of one survey err together, which the margin does not know. Without an
    error for every part there is no margin and no place. An area without one of the parts has no score: the
    others are not blown up to fill its place.

    Formula
    -------
    ``part = 100 + 10 s (value - city) / difference``, s = -1 where lower is better; ``score = sum w part``, w the
    declared weights made to add up to 1; ``contribution = w (part - 100)``. The margin and the places are the 2.5th
    and 97.5th percentiles of a thousand draws of all parts with their standard errors, with a seed of its own for
    every city and period. Other weights: all equal, each part left out, each part counting double.

    Parameters
    ----------
    figures
        ``area``, ``city``, ``indicator``, ``period``, ``value``, ``se`` (null where not known): of the areas.
    cities
        ``city``, ``indicator``, ``period``, ``value``: the figures of the cities themselves.
    signs
        ``Direction.sign`` of every part: -1 where lower is better.
    differences
        From ``usual_differences``.
    breaks
        First years of new series by part: over them a part cannot stand on the scale of the base year.

    Returns
    -------
    ThemeScores
        ``scores``: one row per area and period of the figures, sorted: ``score``, ``low``, ``high``,
        ``place_low``, ``place_high`` (1 is the best of the city), ``other_weights_low``, ``other_weights_high``,
        ``place_other_weights_low``, ``place_other_weights_high``, ``reason`` (of no score), ``margin_reason`` (of a
        score without a margin). ``parts``: one row for every part of these: ``indicator``, ``value``, ``city_value``,
        ``part``, ``weight``, ``contribution``, ``score_without``.

    Source
    ------
    OECD, JRC (2008), Handbook on Constructing Composite Indicators; Goldstein, Spiegelhalter (1996), JRSS A 159,
    385-443 (places as ranges).

    Examples
    --------
    A wijk with 12% on benefits where its city has 8%, and 20% with low incomes where its city has 15%.

    >>> from datetime import date
    >>> from wijkpeil.domain.composite import Part
    >>> from wijkpeil.domain.indicator import Review
    >>> score = Composite(
    ...     id="geld", theme="inkomen_schulden", label="Geld", label_en="Money", base_year=2016, why="example",
    ...     parts=(Part(indicator="bijstand", weight=2, why=""), Part(indicator="laag_inkomen", weight=1, why="")),
    ...     review=Review(author="a", checked_by="b", review_due=date(2027, 1, 1)),
    ... )
    >>> columns = ["area", "city", "indicator", "period", "value", "se"]
    >>> figures = pl.DataFrame([
    ...     ["WK1", "GM1", "bijstand", 2016, 0.12, 0.012], ["WK1", "GM1", "laag_inkomen", 2016, 0.20, 0.01],
    ... ], schema=columns, orient="row")
    >>> cities = pl.DataFrame([
    ...     ["GM1", "bijstand", 2016, 0.08], ["GM1", "laag_inkomen", 2016, 0.15],
    ... ], schema=["city", "indicator", "period", "value"], orient="row")
    >>> differences = pl.DataFrame({"indicator": ["bijstand", "laag_inkomen"], "difference": [0.04, 0.05]})
    >>> found = theme_scores(figures, cities, composite=score, signs={"bijstand": -1, "laag_inkomen": -1},
    ...                      differences=differences, seed=1)
    >>> found.scores.select("score", pl.col("low", "high").round(0)).row(0)
    (90.0, 86.0, 94.0)
    >>> found.parts["contribution"].to_list()
    [-6.666667, -3.333333]
    """
    opened = _opened(figures, cities, composite, signs, breaks or {}, differences, against)
    shares = np.array(list(composite.shares.values()))
    keys = opened.select("area", "city", "period").unique(maintain_order=True)
    shape = (keys.height, len(shares))
    part, error = (opened[name].to_numpy().astype(np.float64).reshape(shape) for name in ("part", "error"))
    reason = _first_reason(opened, shape)
    scored = reason == ""
    columns = {name: np.full(len(scored), np.nan) for name in _NUMBERS}
    without_margin = np.full(len(scored), "", dtype="U32")
    without_margin[scored & np.isnan(error).any(axis=1)] = Reason.NO_ERROR_KNOWN.value
    for rows in _by_city_and_period(keys, scored):
        block = _Block(part=part[rows], error=error[rows], draw_seed=_seed(seed, keys, int(rows[0])))
        for name, numbers in _scored(block, shares).items():
            columns[name][rows] = numbers
    scores = keys.with_columns(
        *(pl.Series(name, np.round(numbers, _DIGITS), nan_to_null=True) for name, numbers in columns.items()),
        reason=pl.Series([word or None for word in reason.tolist()], dtype=ReasonType),
        margin_reason=pl.Series([word or None for word in without_margin.tolist()], dtype=ReasonType),
    ).with_columns(pl.col(name).cast(pl.Int32) for name in _NUMBERS if name.startswith("place"))
    return ThemeScores(scores=scores, parts=_parts(opened, part, shares, scored))


def _opened(
    figures: pl.DataFrame,
    cities: pl.DataFrame,
    composite: Composite,
    signs: Mapping[str, int],
    breaks: Mapping[str, Sequence[int]],
    differences: pl.DataFrame,
    against: Against,
) -> pl.DataFrame:
    """Give every part of every area and period on the scale of scores, or the reason that it has no place on it."""
    used = figures.filter(pl.col("indicator").is_in(list(composite.shares)))
    traits = pl.DataFrame(
        {
            "indicator": list(composite.shares),
            "sign": [float(signs[name]) for name in composite.shares],
            "order": range(len(composite.shares)),
        }
    )
    keys = used.select("area", "city", "period").unique().sort("area", "period")
    whole = cities.select("city", "indicator", "period", city_value=_known("value"))
    if against is Against.BASE_YEAR:
        whole = whole.filter(pl.col("period") == composite.base_year).drop("period")
    opened = (
        keys.join(traits, how="cross")
        .join(
            used.select("area", "indicator", "period", value=_known("value"), se=_known("se")),
            on=["area", "indicator", "period"],
            how="left",
        )
        .join(whole, on=[name for name in whole.columns if name != "city_value"], how="left")
        .join(differences.select("indicator", difference=_known("difference")), on="indicator", how="left")
        .sort("area", "period", "order")
    )
    return opened.with_columns(
        reason=pl.when(_is_broken(composite, breaks))
        .then(pl.lit(Reason.BROKEN_SERIES.value))
        .when(pl.col("value").is_null())
        .then(pl.lit(Reason.PART_MISSING.value))
        .when(pl.col("city_value").is_null())
        .then(pl.lit(Reason.NO_COMPARATOR.value))
        .when(pl.col("difference").is_null() | (pl.col("difference") <= 0))
        .then(pl.lit(Reason.NO_SPREAD.value))
        .otherwise(pl.lit(""))
    ).with_columns(
        part=pl.when(pl.col("reason") == "").then(
            HUNDRED + TEN * pl.col("sign") * (pl.col("value") - pl.col("city_value")) / pl.col("difference")
        ),
        error=pl.when((pl.col("reason") == "") & (pl.col("se") >= 0)).then(TEN * pl.col("se") / pl.col("difference")),
    )


def _known(name: str) -> pl.Expr:
    number = pl.col(name).cast(pl.Float64)
    return pl.when(number.is_finite()).then(number).alias(name)


def _is_broken(composite: Composite, breaks: Mapping[str, Sequence[int]]) -> pl.Expr:
    """Whether a break lies between a period and the base year, on whose scale the part would stand."""
    broken = pl.lit(False)
    for name in composite.shares:
        for year in breaks.get(name, ()):
            apart = (pl.col("period") >= year) != pl.lit(composite.base_year >= year)
            broken = broken | ((pl.col("indicator") == name) & apart)
    return broken


def _first_reason(opened: pl.DataFrame, shape: tuple[int, int]) -> np.ndarray:
    words = opened["reason"].to_numpy().astype("U32").reshape(shape)
    reason = np.full(shape[0], "", dtype="U32")
    for column in range(shape[1] - 1, -1, -1):
        reason = np.where(words[:, column] != "", words[:, column], reason)
    return reason


def _by_city_and_period(keys: pl.DataFrame, scored: Bools) -> list[Ints]:
    """Give the places of the scored areas of every city and period, in the order of their codes."""
    groups = (
        keys.with_row_index("row")
        .filter(pl.Series(scored))
        .group_by("city", "period", maintain_order=True)
        .agg(pl.col("row"))["row"]
    )
    return [rows.to_numpy().astype(np.int64) for rows in groups]


def _seed(seed: int, keys: pl.DataFrame, row: int) -> list[int]:
    """Give a city and a period a seed of its own, so that who else is in the frame changes nothing."""
    return [seed, int(keys["period"][row]), crc32(keys["city"][row].encode())]


_NUMBERS = (
    "score",
    "low",
    "high",
    "place_low",
    "place_high",
    "other_weights_low",
    "other_weights_high",
    "place_other_weights_low",
    "place_other_weights_high",
)


def _scored(block: _Block, shares: Floats) -> dict[str, Floats]:
    score = block.part @ shares
    other = block.part @ _other_weights(shares).T
    found = {"score": score, "other_weights_low": other.min(axis=1), "other_weights_high": other.max(axis=1)}
    other_places = _places(np.column_stack([score, other]).T)
    found["place_other_weights_low"], found["place_other_weights_high"] = other_places.min(0), other_places.max(0)
    sure = ~np.isnan(block.error).any(axis=1)
    for name in ("low", "high", "place_low", "place_high"):
        found[name] = np.full(len(score), np.nan)
    if not sure.any():
        return found
    chance = np.random.default_rng(np.random.SeedSequence(block.draw_seed))
    noise = np.zeros((DRAWS, int(sure.sum())))
    for column, share in enumerate(shares):
        noise += share * block.error[sure, column] * chance.standard_normal(noise.shape)
    found["low"][sure], found["high"][sure] = np.quantile(score[sure] + noise, _TAILS, axis=0)
    if sure.all():
        places = np.quantile(_places(score + noise), _TAILS, axis=0, method="inverted_cdf")
        found["place_low"], found["place_high"] = places
    return found


def _other_weights(shares: Floats) -> Floats:
    """All weights equal, each part left out, each part counting double; a row for each, adding up to 1."""
    count = len(shares)
    sets = np.vstack([np.ones(count), shares * (1 - np.eye(count)), shares * (1 + np.eye(count))])
    kept = sets[sets.sum(axis=1) > 0]
    weights: Floats = kept / kept.sum(axis=1, keepdims=True)
    return weights


def _places(scores: Floats) -> Floats:
    """Give the place of every area (a column) in every row of scores: 1 is the highest."""
    order = np.argsort(-scores, axis=1, kind="stable")
    places = np.empty_like(scores)
    np.put_along_axis(places, order, np.arange(1.0, scores.shape[1] + 1)[None, :], axis=1)
    return places


def _parts(opened: pl.DataFrame, part: Floats, shares: Floats, scored: Bools) -> pl.DataFrame:
    """Open the scores into their parts: what each of them adds, and what the score would be without it."""
    rest = np.clip(1 - shares, np.finfo(float).tiny, None)
    without = ((part @ shares)[:, None] - part * shares) / rest
    without[:, shares >= 1] = np.nan
    contribution = shares * (part - HUNDRED)
    shown = np.repeat(scored, len(shares))

    def numbers(array: Floats) -> pl.Series:
        return pl.Series(np.where(shown, np.round(array.ravel(), _DIGITS), np.nan), nan_to_null=True)

    return opened.select("area", "city", "period", "indicator", "value", "city_value", "part").with_columns(
        pl.col("part").round(_DIGITS),
        weight=pl.Series(np.tile(shares, len(scored))),
        contribution=numbers(contribution),
        score_without=numbers(without),
    )
