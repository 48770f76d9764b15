"""Figures on the map year of an edition: what one area cannot say for another gets a reason, not a number."""

import dataframely as dy
import polars as pl

from wijkpeil.areas.absence import not_traced
from wijkpeil.areas.redrawn import FULLY
from wijkpeil.domain.frames import CodeList, Lineage, Observations, OnMapYear, StatusType
from wijkpeil.domain.indicator import Kind
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.status import Status

_KEY = ("area_to", "vintage", "indicator", "period", "source")
_COLUMNS = OnMapYear.column_names()


def to_map_year(
    observations: dy.DataFrame[Observations],
    lineage: dy.DataFrame[Lineage],
    *,
    policy: Policy,
    codes: dy.DataFrame[CodeList],
) -> dy.DataFrame[OnMapYear]:
    """Bring observations of any map year to the map year of the policy, one row per area, indicator and period.

    Figures of the map year itself pass untouched. Of the others counts are added up by the part of their people
    that lives in the target; shares, means, rates and scores are averaged with the base as weight, or with the
    people where a source gives no base (``approximate``). Ordinal classes go along one to one or not at all. A
    value of which more than ``policy.apportioned_limit`` was apportioned over a redrawn border, and a target
    that its sources cover for less than 95 per cent, is ``not_comparable``; one of whose sources a value is
    missing is ``incomplete``.

    Parameters: ``lineage`` from ``trace`` to ``policy.map_year``; ``codes`` the ``combined`` code lists, which
    give the people that weigh and the targets that must have a reason. Where several sources have the same
    figure, the order of the indicator's sources decides.
    """
    stays = pl.col("vintage") == policy.map_year
    staying = observations.filter(stays).with_columns(apportioned=pl.lit(0.0)).select(_COLUMNS)
    if staying.height == observations.height:
        return one_each(OnMapYear.cast(staying), policy)
    moving = observations.filter(~stays)
    rows = _with_lineage(moving, lineage, policy, codes)
    alone = rows.filter("alone").with_columns(apportioned=pl.lit(0.0), area=pl.col("area_to")).select(_COLUMNS)
    joint = _joined_up(rows.filter(~pl.col("alone")), policy.apportioned_limit)
    arrived = pl.concat([alone, joint])
    absent = not_traced(moving, arrived, lineage, codes=codes, map_year=policy.map_year)
    return one_each(OnMapYear.cast(pl.concat([staying, arrived, absent])), policy)


def one_each(figures: dy.DataFrame[OnMapYear], policy: Policy) -> dy.DataFrame[OnMapYear]:
    """Keep one row per area, indicator and period: of the first source that has the figure.

    "First" is the order of the sources in the indicator's file; a value goes before a reason for absence, and
    within one source the value that was apportioned least.
    """
    several = (
        figures.group_by("indicator", "period").agg(sources=pl.col("source").n_unique()).filter(pl.col("sources") > 1)
    )
    if several.is_empty():
        return figures
    doubtful = figures.join(several, on=["indicator", "period"], how="semi")
    settled = figures.join(several, on=["indicator", "period"], how="anti")
    order = pl.DataFrame(
        [
            (indicator.id, columns.source, turn)
            for indicator in policy.indicators
            for turn, columns in enumerate(indicator.sources)
        ],
        schema={"indicator": pl.String, "publisher": pl.String, "turn": pl.Int64},
        orient="row",
    )
    chosen = (
        doubtful.with_columns(publisher=pl.col("source").str.split(":").list.first())
        .join(order, on=["indicator", "publisher"], how="left")
        .sort(pl.col("value").is_null(), pl.col("turn"), "apportioned", "source", nulls_last=True)
        .unique(["area", "indicator", "period"], keep="first", maintain_order=True)
    )
    return OnMapYear.cast(pl.concat([settled, chosen.select(_COLUMNS)]))


def _with_lineage(moving: pl.DataFrame, lineage: pl.DataFrame, policy: Policy, codes: pl.DataFrame) -> pl.DataFrame:
    """Set every observation beside the targets of its area, with the people that weigh and the kind of number."""
    towards = lineage.filter(pl.col("vintage_to") == policy.map_year).with_columns(
        alone=(pl.len().over("vintage_from", "area_to") == 1)
        & pl.col("kind").is_in(["same", "recoded"])
        & (pl.col("of_to") >= FULLY),
        covered=pl.col("of_to").sum().over("vintage_from", "area_to"),
        sources=pl.len().over("vintage_from", "area_to"),
    )
    kinds = pl.DataFrame(
        {"indicator": list(policy.indicator), "kind_of_number": [i.kind.value for i in policy.indicators]},
        schema={"indicator": pl.String, "kind_of_number": pl.String},
    )
    people = codes.select(pl.col("code").alias("area"), "vintage", "population")
    return (
        moving.join(
            towards, left_on=["area", "vintage"], right_on=["area_from", "vintage_from"], maintain_order="left_right"
        )
        .join(people, on=["area", "vintage"], how="left", maintain_order="left")
        .join(kinds, on="indicator", how="left", maintain_order="left")
    )


def _joined_up(rows: pl.DataFrame, limit: float) -> pl.DataFrame:
    """Add up or average what several areas, or parts of areas, bring to one target."""
    present = pl.col("value").is_not_null()
    is_count = pl.col("kind_of_number") == Kind.COUNT.value
    based = pl.col("base").filter(present).is_not_null().all().over(_KEY)
    peopled = pl.col("population").filter(present).is_not_null().all().over(_KEY)
    weighed = rows.with_columns(
        is_count=is_count,
        based=based,
        weight=pl.when(is_count)
        .then(pl.col("value").abs() * pl.col("of_from"))
        .when(based)
        .then(pl.col("base") * pl.col("of_from"))
        .when(peopled)
        .then(pl.col("population") * pl.col("of_from"))
        .otherwise("of_to"),
        cut=pl.min_horizontal(pl.lit(1.0), 1 / pl.col("of_from") - 1),
        rank=pl.col("status").to_physical(),
    )
    summed = weighed.group_by(_KEY, maintain_order=True).agg(*_sums(present))
    return _with_reason(summed, limit)


def _sums(present: pl.Expr) -> list[pl.Expr]:
    """List the sums per target; only rows that have a value bring something."""

    def of_present(expression: pl.Expr) -> pl.Expr:
        return expression.filter(present)

    value, weight, cut = (of_present(pl.col(name)) for name in ("value", "weight", "cut"))
    of_from, of_to, se = (of_present(pl.col(name)) for name in ("of_from", "of_to", "se"))
    is_count = pl.col("is_count").first()
    total = weight.sum()
    mean = pl.when(total > 0).then((value * weight).sum() / total).otherwise((value * of_to).sum() / of_to.sum())
    combined_se = (
        pl.when(is_count)
        .then((of_from * se).pow(2).sum().sqrt())
        .when(total > 0)
        .then((weight * se).pow(2).sum().sqrt() / total)
    )
    base = of_present(pl.col("base"))
    return [
        pl.when(is_count).then((value * of_from).sum()).otherwise(mean).alias("value"),
        pl.when(se.is_not_null().all() & (se.len() > 0)).then(combined_se).alias("se"),
        pl.when(base.is_not_null().all() & (base.len() > 0)).then((base * of_from).sum()).alias("base"),
        of_present(pl.col("rounded_to")).max().alias("rounded_to"),
        pl.when(total > 0)
        .then((weight * cut).sum() / total)
        .otherwise((of_to * cut).sum() / of_to.sum())
        .alias("apportioned"),
        of_to.sum().alias("present"),
        of_present(pl.col("rank")).max().alias("rank_present"),
        pl.col("rank").filter(~present).max().alias("rank_absent"),
        pl.col("covered").first(),
        pl.col("sources").first(),
        value.len().alias("given"),
        pl.col("kind_of_number").first(),
        (is_count | pl.col("based").first()).alias("is_exact"),
    ]


def _with_reason(summed: pl.DataFrame, limit: float) -> pl.DataFrame:
    """Decide between the value and the reason that there is none."""
    apportioned = pl.col("apportioned").fill_null(0.0).fill_nan(0.0).clip(0.0, 1.0)
    may_be_joined = pl.col("kind_of_number").is_in([kind.value for kind in Kind if kind is not Kind.ORDINAL])
    comparable = may_be_joined.fill_null(value=False) & (pl.col("covered") >= FULLY) & (apportioned <= limit)
    whole = pl.col("is_exact") & (pl.col("given") == pl.col("sources"))
    approximate = pl.lit(Status.APPROXIMATE.value, StatusType).to_physical()
    rank = pl.when(whole).then("rank_present").otherwise(pl.max_horizontal("rank_present", approximate))
    absent = pl.when(pl.col("given") == 0).then("rank_absent").otherwise(_physical(Status.INCOMPLETE))
    status = (
        pl.when(~comparable)
        .then(_physical(Status.NOT_COMPARABLE))
        .when(pl.col("present") < FULLY)
        .then(absent)
        .otherwise(rank)
    )
    shown = comparable & (pl.col("present") >= FULLY)
    return summed.with_columns(
        *(pl.when(shown).then(name).alias(name) for name in ("value", "base", "se", "rounded_to")),
        area=pl.col("area_to"),
        apportioned=apportioned,
        status=status.cat.to(StatusType),
    ).select(_COLUMNS)


def _physical(status: Status) -> pl.Expr:
    return pl.lit(status.value, StatusType).to_physical()
