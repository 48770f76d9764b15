"""Every area beside what it is compared with: the gap, absolute and relative, as far as it is known."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.intervals import mover
from wijkpeil.analysis.tree import Floats
from wijkpeil.analysis.within_city import limits_beside_city, part_of_city
from wijkpeil.domain.area import Level
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Areas, Figures, Positions, StatusType
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.status import Status

_KEY = ("area", "indicator", "period")
_SIDE = tuple(f"comparator_{part}" for part in ("value", "low", "high", "status"))
_OWN = ("value", "low", "high", "status")
_OF_CITY = ("rest_value", "rest_low", "rest_high", "base")
_ROWS_AT_A_TIME = 100_000
"""How many figures are worked on together: what fits in the cache of a processor is done in half the time."""

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
    is hidden is used. For the whole city, which holds the area, the overlap is left out (``within_city``).

    The gap is s x (area - comparator), s = -1 for ``lower_is_better``: negative is behind; for ``context`` it is
    the plain difference. The relative gap is s x log(area / comparator), and is not defined where one of them
    is 0 or below. Counts and ordinal classes stand beside each other without a gap.

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
    own = figures.select(*_KEY, *_OWN, *_OF_CITY)

    def beside(start: int) -> pl.DataFrame:
        some = [pl.concat([own, side], how="horizontal").slice(start, _ROWS_AT_A_TIME) for side in sides]
        return _in_turn([_with_gap(one, policy) for one in some])

    with ThreadPoolExecutor(max_workers=2) as workers:
        parts = list(workers.map(beside, range(0, max(figures.height, 1), _ROWS_AT_A_TIME)))
    return Positions.validate(pl.concat(parts))


def _in_turn(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Put the first rows of all frames first, then the second ones, and so on."""
    if len(frames) == 1:
        return frames[0]
    height = frames[0].height
    return pl.concat(frames)[np.arange(len(frames) * height).reshape(len(frames), height).T.ravel()]


def _side(figures: pl.DataFrame, name: str, *, place: pl.DataFrame, policy: Policy, programme: str) -> pl.DataFrame:
    if name in {Comparator.REST_OF_CITY, Comparator.LOOK_ALIKES}:
        prefix = "rest" if name == Comparator.REST_OF_CITY else "like"
        return figures.select(
            pl.lit(name).alias("comparator"),
            *(pl.col(f"{prefix}_{part}").alias(f"comparator_{part}") for part in _OWN),
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
        **{f"comparator_{part}": pl.col(part) for part in (*_OWN, "base")},
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
        *(["comparator_base"] if name == Comparator.CITY else []),
    )


def _with_gap(both: pl.DataFrame, policy: Policy) -> pl.DataFrame:
    traits = _traits(both["indicator"], policy)
    low, high = (pl.lit(pl.Series(limit, nan_to_null=True)) for limit in _limits(both, traits))
    value, other = pl.col("value"), pl.col("comparator_value")
    has_gap, sign = pl.lit(traits["has_gap"]), pl.lit(traits["sign"])
    numbers = {
        "gap": (value - other) * sign,
        "gap_low": pl.when(sign < 0).then(-high).otherwise(low),
        "gap_high": pl.when(sign < 0).then(-low).otherwise(high),
        "relative_gap": pl.when((value > 0) & (other > 0)).then((value / other).log() * sign),
    }
    return both.select(
        *_KEY,
        "comparator",
        *_OWN,
        *_SIDE,
        *(pl.when(has_gap).then(number).round(_DIGITS).alias(name) + 0.0 for name, number in numbers.items()),
    )


def _traits(indicators: pl.Series, policy: Policy) -> pl.DataFrame:
    """Give what counts of the indicator of every row: equal ones stand together and are looked up once."""
    runs = indicators.rle().struct.unnest()
    names = (policy.indicator[name] for name in runs["value"])
    traits = [
        (float(one.direction.sign), one.kind.is_averaged, 0.5 * 10.0**-one.decimals / one.unit.factor) for one in names
    ]
    schema = {"sign": pl.Float64, "has_gap": pl.Boolean, "half_unit": pl.Float64}
    of_run = pl.DataFrame(traits, schema=schema, orient="row")
    return of_run[np.repeat(np.arange(runs.height), runs["len"])]


def _limits(both: pl.DataFrame, traits: pl.DataFrame) -> tuple[Floats, Floats]:
    """Give the limits of the plain difference; unknown where either side has no interval."""

    def numbers(*names: str) -> list[Floats]:
        return [both[name].to_numpy() for name in names]

    value, low, high, other, other_low, other_high = numbers(*_OWN[:3], *_SIDE[:3])
    if "comparator_base" not in both.columns:
        return mover(value, (low, high), other, (other_low, other_high))
    rest, rest_low, rest_high, base, city_base = numbers(*_OF_CITY, "comparator_base")
    part = part_of_city(base, city_base, value=value, city=other, rest=rest, half_unit=traits["half_unit"].to_numpy())
    return limits_beside_city(
        value, (low, high), other, (other_low, other_high), rest, (rest_low, rest_high), part=part
    )
