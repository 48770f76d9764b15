"""Every area beside what it is compared with: the gap, absolute and relative, as far as it is known."""

from collections.abc import Sequence

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.intervals import mover
from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Areas, Figures, Positions, StatusType
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.status import Status

_KEY = ("area", "indicator", "period")
_DIGITS = 10
"""Differences of published figures are cut at this decimal: what lies beyond is dust of the machine."""


def positions(
    figures: dy.DataFrame[Figures],
    *,
    areas: dy.DataFrame[Areas],
    policy: Policy,
    comparators: Sequence[str],
    programme: str | None = None,
) -> dy.DataFrame[Positions]:
    """Set the published figures of all areas beside each of the comparators.

    Every gap is the difference of the two *published* figures beside it, and its interval follows from the two
    published ones (square-and-add, see ``intervals.mover``): a reader can redo each of them, and nothing that
    is hidden is used. The gap is s x (area - comparator), s = -1 for ``lower_is_better``: negative is behind;
    for ``context`` it is the plain difference. The relative gap is s x log(area / comparator), and is not
    defined where one of them is 0 or below. Counts and ordinal classes stand beside each other without a gap.

    Parameters
    ----------
    comparators
        Names of ``Comparator`` but ``group``; a group by its own area code (``G4``, ``aandachtswijken.alle``).
    programme
        The programme that ``city_outside_programme`` leaves out; the default of the policy where not given.

    Returns
    -------
    dy.DataFrame[Positions]
        One row per figure and comparator, in the order of the figures and then of ``comparators``. An area beside
        itself (a gemeente and its city) and one without a gemeente have ``not_applicable``.
    """
    place = areas.select(area="code", gemeente="gemeente", level=pl.col("level").cast(pl.String))
    sides = [
        _side(figures, name, place=place, policy=policy, programme=programme or policy.default_programme)
        for name in comparators
    ]
    stacked = pl.concat([_with_gap(figures, side, policy=policy) for side in sides])
    by_figure = np.arange(stacked.height).reshape(len(sides), figures.height).T.ravel()
    return Positions.validate(stacked.select(Positions.column_names())[by_figure])


def _side(figures: pl.DataFrame, name: str, *, place: pl.DataFrame, policy: Policy, programme: str) -> pl.DataFrame:
    if name in {Comparator.REST_OF_CITY, Comparator.LOOK_ALIKES}:
        prefix = "rest" if name == Comparator.REST_OF_CITY else "like"
        return figures.select(
            pl.lit(name).alias("comparator"),
            *(pl.col(f"{prefix}_{part}").alias(f"comparator_{part}") for part in ("value", "low", "high", "status")),
        )
    gemeente, is_city = pl.col("gemeente"), pl.col("level") == Level.GEMEENTE.value
    other = {
        Comparator.CITY: pl.when(~is_city).then(gemeente),
        Comparator.CITY_OUTSIDE_PROGRAMME: gemeente + f"-buiten-{programme}",
        Comparator.COUNTRY: pl.lit(policy.country),
    }.get(Comparator(name) if name in set(Comparator) else Comparator.GROUP, pl.lit(name))
    looked_up = place.select("area", other=other).with_columns(
        pl.when(pl.col("other") != pl.col("area")).then(pl.col("other")).alias("other")
    )
    shown = figures.filter(pl.col("area").is_in(looked_up["other"].unique().drop_nulls().implode())).select(
        "indicator",
        "period",
        other="area",
        **{f"comparator_{part}": pl.col(part) for part in ("value", "low", "high", "status")},
    )
    joined = (
        figures.select(*_KEY)
        .join(looked_up, on="area", how="left", maintain_order="left")
        .join(shown, on=["other", "indicator", "period"], how="left", maintain_order="left")
    )
    reason = (
        pl.when(pl.col("other").is_null()).then(pl.lit(Status.NOT_APPLICABLE.value)).otherwise(pl.lit("missing"))
    ).cast(StatusType)
    return joined.select(
        pl.lit(name).alias("comparator"),
        "comparator_value",
        "comparator_low",
        "comparator_high",
        pl.col("comparator_status").fill_null(reason),
    )


def _with_gap(figures: pl.DataFrame, side: pl.DataFrame, *, policy: Policy) -> pl.DataFrame:
    traits = pl.DataFrame(
        {
            "indicator": list(policy.indicator),
            "sign": [one.direction.sign for one in policy.indicator.values()],
            "has_gap": [one.kind.is_averaged for one in policy.indicator.values()],
        },
        schema_overrides={"indicator": pl.String, "sign": pl.Int8, "has_gap": pl.Boolean},
    )
    beside = pl.concat([figures.select(*_KEY, "value", "low", "high", "status"), side], how="horizontal").join(
        traits, on="indicator", how="left", maintain_order="left"
    )
    low, high = _limits(beside)
    signed = pl.col("sign") < 0
    ratio_known = pl.col("has_gap") & (pl.col("value") > 0) & (pl.col("comparator_value") > 0)
    return beside.with_columns(
        pl.when("has_gap").then((pl.col("value") - pl.col("comparator_value")) * pl.col("sign")).alias("gap"),
        pl.when(signed).then(-high).otherwise(low).alias("gap_low"),
        pl.when(signed).then(-low).otherwise(high).alias("gap_high"),
        pl.when(ratio_known)
        .then((pl.col("value") / pl.col("comparator_value")).log() * pl.col("sign"))
        .alias("relative_gap"),
    ).with_columns(
        pl.col("gap", "relative_gap").round(_DIGITS) + 0.0,
        pl.when("has_gap").then(pl.col("gap_low", "gap_high")).round(_DIGITS) + 0.0,
    )


def _limits(beside: pl.DataFrame) -> tuple[pl.Series, pl.Series]:
    """Give the limits of the plain difference; unknown where either side has no interval."""
    names = ("value", "low", "high", "comparator_value", "comparator_low", "comparator_high")
    value, low, high, other, other_low, other_high = (beside[name].to_numpy().astype(np.float64) for name in names)
    below, above = mover(value, (low, high), other, (other_low, other_high))
    return pl.Series(below, nan_to_null=True), pl.Series(above, nan_to_null=True)
