"""What may be said of the change of a gap: tested against the smallest change that is worth a word."""

from dataclasses import dataclass

import dataframely as dy
import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import special

from wijkpeil.analysis.family import adjusted
from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.tree import Bools, Floats
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Changes
from wijkpeil.domain.indicator import Direction, GapScale, Indicator, Kind, Nature
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.status import HIDDEN, Status
from wijkpeil.domain.verdict import NotJudged, NotJudgedType, Returns, Verdict, Verdicts, VerdictType

LEVEL = 0.05
"""Of all claims, and of a claim by itself: each direction at half of it, each of the two tests of steady at all."""

_DIGITS = 10
_ABSENT = [Status.NO_COMPARATOR.value, Status.NOT_APPLICABLE.value]
_CODE = {verdict: np.uint8(place) for place, verdict in enumerate(Verdict)}


@dataclass(frozen=True, kw_only=True, eq=False)
class PValues:
    """The p-values of the change of every cell."""

    up: Floats
    down: Floats
    either: Floats
    steady: Floats


def p_values(
    change: Floats, low: Floats, high: Floats, materiality: Floats, *, freedom: Floats | float = np.inf
) -> PValues:
    """Test a change against -d and d by turning its interval round.

    The standard error towards a side is the distance to that limit over 1.96, so that H0 "D <= d" is rejected at
    2.5% exactly where d lies below the lower limit: the interval that a reader sees and the verdict always
    agree. Of an interval that is Student's with ``freedom`` degrees of freedom it is the distance over the 97.5%
    point of that distribution, and the tails are its tails. ``steady`` is the larger p of two one-sided tests; it is
    1 where the change lies outside (-d, d), and everywhere where d = 0. A change without an interval has no p-values;
    one whose interval is a point is certain.

    Source: Schuirmann (1987), J. Pharmacokin. Biopharm. 15, 657-680, for the two one-sided tests.
    """
    number, place = np.unique(freedom, return_inverse=True)
    point = np.where(np.isinf(number), Z, special.stdtrit(number, 0.975))[place]
    below, above = (change - low) / point, (high - change) / point
    up = _tail(materiality - change, below, above, freedom)
    down = _tail(change + materiality, above, below, freedom)
    steady = np.ones_like(up)
    within = np.flatnonzero(np.abs(change) < materiality)
    some, reach, lower, upper = (one[within] for one in (change, materiality, below, above))
    free = np.broadcast_to(np.asarray(freedom, dtype=np.float64), change.shape)[within]
    steady[within] = np.maximum(_tail(-reach - some, lower, upper, free), _tail(some - reach, upper, lower, free))
    unknown = np.isnan(change) | np.isnan(low) | np.isnan(high)
    up, down, steady = (np.where(unknown, np.nan, one) for one in (up, down, steady))
    return PValues(up=up, down=down, either=np.minimum(2 * np.minimum(up, down), 1.0), steady=steady)


def judge(
    changes: dy.DataFrame[Changes], *, policy: Policy, returns: dy.DataFrame[Returns] | None = None
) -> dy.DataFrame[Verdicts]:
    """Give the verdict on every change of one programme, or of one list of areas.

    All changes to one comparator are a family: they are adjusted together (``family.adjusted``), claims of
    ``steady`` as a family of their own. What is not judged stands outside it, with its reason: context, counts
    and classes; one period only or a break; nothing beside it or hidden; a modelled figure of which the publisher
    does not give both the error and its covariance between years; and a change without any known interval.
    A register that its indicator exempts from chance is judged on materiality only and outside the family.

    Where the programme was chosen on the indicator, ``returns`` tells what selection brought: the verdict is then on
    the excess with its interval, and where that cannot be told there is none (``selected``); never on the naive change.
    The interval beside look-alikes is Student's, with one degree of freedom less than there are look-alikes.

    Returns
    -------
    dy.DataFrame[Verdicts]
        The rows of ``changes``, in their order.
    """
    traits = pl.DataFrame([_traits(one, policy) for one in policy.indicator.values()], schema=_TRAITS, orient="row")
    frame = changes.join(traits, on="indicator", how="left", maintain_order="left")
    ratio = pl.col("scale") == GapScale.RELATIVE.value
    deciding = frame.select(
        change=pl.when(ratio).then("relative_change").otherwise("change"),
        low=pl.when(ratio).then("relative_low").otherwise("change_low"),
        high=pl.when(ratio).then("relative_high").otherwise("change_high"),
    )
    frame = frame.with_columns(deciding.select(d="change", d_low="low", d_high="high"))
    frame = _on_the_excess(frame, Returns.create_empty() if returns is None else returns)
    frame = frame.with_columns(_reason())
    judged = frame["reason"].is_null().to_numpy()
    change, low, high, materiality = (frame[name].to_numpy().astype(np.float64) for name in _NUMBERS)
    exact = frame["by_count"].to_numpy()
    found = p_values(
        np.where(judged, change, np.nan),
        np.where(exact, change, low),
        np.where(exact, change, high),
        materiality,
        freedom=_freedom(frame),
    )
    family = frame["comparator"].rank("dense").to_numpy().astype(np.int64)
    tested = judged & ~exact
    q = adjusted(np.where(tested, found.either, np.nan), family)
    q_steady = adjusted(np.where(tested, found.steady, np.nan), family)
    alone = _verdict(found, found.either, found.steady, judged)
    verdict = np.where(exact, alone, _verdict(found, q, q_steady, judged)).astype(np.uint8)
    numbers = {
        "p_up": found.up,
        "p_down": found.down,
        "p": found.either,
        "p_steady": found.steady,
        "q": q,
        "q_steady": q_steady,
    }
    said = frame.with_columns(
        **{name: pl.Series(number, nan_to_null=True).round(_DIGITS) for name, number in numbers.items()},
        alone=pl.Series(alone).cat.to(VerdictType),
        verdict=pl.Series(verdict).cat.to(VerdictType),
        scales_differ=(pl.col("change").sign() * pl.col("relative_change").sign() < 0).fill_null(False),
        bars_effect=(pl.col("baseline_status") == "late") | pl.col("is_modelled"),
    )
    return Verdicts.validate(said.select(Verdicts.column_names()))


def _on_the_excess(frame: pl.DataFrame, returns: pl.DataFrame) -> pl.DataFrame:
    """Put what is left after the return of the selected in the place of the naive change, with its interval."""
    declared = returns.with_columns(declared=pl.lit(True))
    joined = frame.join(declared, on=["area", "indicator", "comparator"], how="left", maintain_order="left")
    excess = {"d": "excess", "d_low": "excess_low", "d_high": "excess_high"}
    by_excess = pl.col("declared").fill_null(False)
    return joined.with_columns(
        *(pl.when(by_excess).then(theirs).otherwise(own).alias(own) for own, theirs in excess.items()),
        by_count=pl.col("by_count") & ~by_excess,
    )


def _freedom(frame: pl.DataFrame) -> Floats:
    like = frame["like_n"].to_numpy().astype(np.float64)
    student = (frame["comparator"] == Comparator.LOOK_ALIKES.value).to_numpy() & (np.nan_to_num(like) > 1)
    return np.where(student, like - 1, np.inf)


_NUMBERS = ("d", "d_low", "d_high", "materiality")
_TRAITS: dict[str, pl.DataType | type[pl.DataType]] = {
    "indicator": pl.String,
    "scale": pl.Enum([scale.value for scale in GapScale]),
    "materiality": pl.Float64,
    "kind": pl.Enum([kind.value for kind in Kind]),
    "is_context": pl.Boolean,
    "is_modelled": pl.Boolean,
    "covariance_known": pl.Boolean,
    "by_count": pl.Boolean,
}


def _traits(one: Indicator, policy: Policy) -> tuple[object, ...]:
    sources = [policy.source[column.source] for column in one.sources if column.source in policy.source]
    return (
        one.id,
        one.gap_scale.value,
        one.materiality,
        one.kind.value,
        one.direction is Direction.CONTEXT or one.materiality is None,
        one.nature is Nature.MODELLED,
        len(sources) == 1 and sources[0].uncertainty.between_periods is not None,
        one.nature is Nature.MEASURED and not one.superpopulation,
    )


def _reason() -> pl.Expr:
    """Say why a change is not judged; the first that holds, null where it is judged."""
    baseline, sides = pl.col("baseline_status"), (pl.col("status"), pl.col("comparator_status"))
    hidden = pl.any_horizontal(side.is_in([status.value for status in HIDDEN]) for side in sides)
    modelled = pl.col("is_modelled") | pl.any_horizontal(side == Status.MODELLED.value for side in sides)
    ratio_unknown = (pl.col("scale") == GapScale.RELATIVE.value) & pl.col("relative_change").is_null()
    unsure = pl.col("d_low").is_null() | pl.col("d_high").is_null()
    reasons = (
        (pl.col("is_context"), NotJudged.CONTEXT),
        (pl.col("kind") == Kind.ORDINAL.value, NotJudged.ORDINAL),
        (pl.col("kind") == Kind.COUNT.value, NotJudged.COUNT),
        ((baseline == "no_figures") & hidden, NotJudged.HIDDEN),
        ((baseline == "no_figures") & pl.col("comparator_status").is_in(_ABSENT), NotJudged.NO_COMPARATOR),
        (baseline == "no_figures", NotJudged.NO_FIGURES),
        (baseline == "one_period", NotJudged.ONE_PERIOD),
        (baseline == "broken", NotJudged.BROKEN),
        (modelled & (unsure | ~pl.col("covariance_known")), NotJudged.MODELLED),
        (ratio_unknown, NotJudged.NO_RATIO),
        (pl.col("not_estimable").is_not_null(), NotJudged.SELECTED),
        (unsure & ~pl.col("by_count"), NotJudged.NO_ERROR_KNOWN),
    )
    return pl.coalesce(
        *(pl.when(holds).then(pl.lit(reason.value, dtype=NotJudgedType)) for holds, reason in reasons),
        pl.lit(None, dtype=NotJudgedType),
    ).alias("reason")


def _tail(distance: Floats, one: Floats, other: Floats, freedom: Floats | float) -> Floats:
    """Give the chance of an error beyond a distance: of the side ``one`` below 0, and ``other`` above it.

    ``distance`` is how far the bound lies above the change: the error that would have carried the change over it
    is that of the side on which the bound lies.
    """
    error = np.where(distance < 0, one, other)
    certain = np.where(distance < 0, 0.0, 1.0)
    share = np.divide(distance, error, out=np.zeros_like(distance), where=error > 0)
    return np.where(error > 0, special.stdtr(freedom, share), certain)


def _verdict(found: PValues, either: Floats, steady: Floats, judged: Bools) -> npt.NDArray[np.uint8]:
    moved = np.nan_to_num(either, nan=1.0) <= LEVEL
    stayed = np.nan_to_num(steady, nan=1.0) <= LEVEL
    verdict = np.full(judged.shape, _CODE[Verdict.CANNOT_TELL])
    verdict[stayed] = _CODE[Verdict.STEADY]
    up = np.nan_to_num(found.up, nan=1.0) < np.nan_to_num(found.down, nan=1.0)
    verdict[moved & up] = _CODE[Verdict.CATCHING_UP]
    verdict[moved & ~up] = _CODE[Verdict.FALLING_BEHIND]
    verdict[~judged] = _CODE[Verdict.NOT_JUDGED]
    return verdict
