"""Which area of one map year became which of another, and how surely: codes first, then polygons, then buurten."""

from collections.abc import Sequence

import dataframely as dy
import polars as pl

from wijkpeil.areas.atlas import Atlas
from wijkpeil.areas.redrawn import FULLY, SPLIT, by_overlap, by_parts, without_slivers
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Boundaries, CodeList, Lineage

_NARROW_TO_WIDE = (Level.PC4, Level.BUURT, Level.WIJK, Level.GEMEENTE, Level.COUNTRY)
_INSIDE = {Level.WIJK: (Level.BUURT,), Level.GEMEENTE: (Level.WIJK, Level.BUURT)}
_ROWS = {**SPLIT, "kind": pl.String, "level": pl.String}


def trace(
    code_lists: Sequence[dy.DataFrame[CodeList]], boundaries: Sequence[dy.DataFrame[Boundaries]], *, map_year: int
) -> dy.DataFrame[Lineage]:
    """Trace the areas of every map year to one map year.

    Three questions in this order. Do code, name and land say it is the same place, or that it only got another
    code? If not: do polygons say where its people went? If no polygon may serve: do the buurten inside it? What
    none of the three answers has no row, and its figures are not comparable. A code alone never decides:
    WK008050 is Hempens/Teerns in 2016 and Heechterp & Schieringen in 2020.

    Parameters: ``map_year`` is the vintage to trace to; coarse boundaries are never used. Returns one row per
    area and target, sorted, for every vintage but ``map_year``. Where ``of_from`` of an area adds up to less
    than 1 the rest of its people is lost; where ``of_to`` of a target adds up to less than 1 it has people from
    places that are not known.
    """
    atlas = Atlas.of(code_lists, boundaries)
    pieces = {level: atlas.pieces(map_year, level) for level in (Level.BUURT, Level.WIJK, Level.GEMEENTE)}
    traced: dict[int, pl.DataFrame] = {}
    others = [vintage for vintage in atlas.codes["vintage"].unique().sort() if vintage != map_year]
    for vintage in sorted(others, key=lambda vintage: abs(vintage - map_year)):
        between = {
            year: rows for year, rows in traced.items() if min(vintage, map_year) < year < max(vintage, map_year)
        }
        traced[vintage] = _trace_year(atlas, vintage, map_year, pieces, between)
    rows = pl.concat([Lineage.create_empty(), *(_as_lineage(rows, year, map_year) for year, rows in traced.items())])
    return Lineage.validate(rows.sort("vintage_from", "area_from", "vintage_to", "area_to"))


def _as_lineage(rows: pl.DataFrame, vintage: int, map_year: int) -> dy.DataFrame[Lineage]:
    return Lineage.cast(
        rows.with_columns(vintage_from=pl.lit(vintage), vintage_to=pl.lit(map_year)).rename(
            {"code_from": "area_from", "code": "area_to"}
        )
    )


def _trace_year(
    atlas: Atlas, vintage: int, map_year: int, pieces: dict[Level, pl.DataFrame], between: dict[int, pl.DataFrame]
) -> pl.DataFrame:
    rows = pl.DataFrame(schema=_ROWS)
    for level in _NARROW_TO_WIDE:
        same = atlas.matched(vintage, map_year, level).with_columns(of_from=pl.lit(1.0), of_to=pl.lit(1.0))
        left = atlas.level(vintage, level).join(same, left_on="code", right_on="code_from", how="anti")
        splits = [pl.DataFrame(schema=SPLIT)]
        if level in pieces and left.height:
            drawn = atlas.stand_ins(vintage, level).join(left, on="code", how="semi")
            splits.append(without_slivers(by_overlap(drawn, pieces[level]), same["code"]))
        if level in _INSIDE and left.height:
            parts = _parts(atlas, vintage, map_year, level, rows).filter(
                pl.col("code_from").is_in(left["code"].implode())
            )
            splits.append(without_slivers(by_parts(parts), same["code"]))
        for year in sorted(between, key=lambda year: abs(year - vintage)):
            known = atlas.matched(vintage, year, level).join(
                left.select("code"), left_on="code_from", right_on="code", how="semi"
            )
            splits.append(_by_way_of(known, between[year]))
        found = _with_kind(same, _surest(splits)).with_columns(level=pl.lit(level.value))
        rows = pl.concat([rows, found.select(*_ROWS)])
    return rows


def _by_way_of(known: pl.DataFrame, went: pl.DataFrame) -> pl.DataFrame:
    """Follow an area that is the same place in a year between, and was traced from there."""
    return (
        known.select(code_first="code_from", code_from="code")
        .join(went, on="code_from")
        .select("code", "of_from", "of_to", code_from="code_first")
        .select(*SPLIT)
    )


def _parts(atlas: Atlas, vintage: int, map_year: int, level: Level, rows: pl.DataFrame) -> pl.DataFrame:
    """List the areas inside those of a level with where they went, for ``by_parts``."""
    inner = next((inner for inner in _INSIDE.get(level, ()) if atlas.level(vintage, inner).height), Level.BUURT)
    went = rows.filter(pl.col("level") == inner.value)
    theirs = atlas.level(map_year, inner).select("code", "population", around=level.value)
    theirs = theirs.with_columns(part_of_target=_part(pl.col("population"), "around"))
    went = went.join(theirs, on="code")
    brought = went.group_by("code_from").agg(brought=(pl.col("population") * pl.col("of_to")).sum())
    ours = atlas.level(vintage, inner).select("code", "population", around=level.value)
    ours = ours.join(brought, left_on="code", right_on="code_from", how="left")
    ours = ours.with_columns(part=_part(pl.coalesce("population", "brought"), "around"))
    return (
        ours.select("code", "part", code_around="around")
        .join(
            went.select("code_from", "of_from", "of_to", "part_of_target", code_to="around"),
            left_on="code",
            right_on="code_from",
            how="left",
        )
        .select("part", "of_from", "of_to", "part_of_target", code_from="code_around", code="code_to")
    )


def _part(people: pl.Expr, around: str) -> pl.Expr:
    """Weigh by people; where they are not known of all, every area inside weighs the same."""
    everybody = people.sum().over(around)
    known = people.is_not_null().all().over(around) & (everybody > 0)
    return pl.when(known).then(people / everybody).otherwise(1 / pl.len().over(around))


def _surest(splits: list[pl.DataFrame]) -> pl.DataFrame:
    """Take for every area the first answer that finds (nearly) all its people, or else the one that finds most."""
    asked = pl.concat([split.with_columns(turn=pl.lit(turn)) for turn, split in enumerate(splits)])
    found = asked.group_by("code_from", "turn").agg(found=pl.col("of_from").sum().clip(upper_bound=FULLY))
    best = found.sort(pl.col("found"), "turn", descending=[True, False]).unique(
        "code_from", keep="first", maintain_order=True
    )
    return asked.join(best, on=["code_from", "turn"], how="semi").sort("code_from", "code").select(*SPLIT)


def _with_kind(same: pl.DataFrame, split: pl.DataFrame) -> pl.DataFrame:
    """Name what happened: whole into one and filling it, whole into one with others, or divided."""
    columns = [*SPLIT, "kind"]
    rows = pl.concat([same.select(columns), split.with_columns(kind=pl.lit(None, pl.String)).select(columns)])
    given, received = pl.col("of_from").sum().over("code_from"), pl.col("of_to").sum().over("code")
    rows = rows.with_columns(
        of_from=pl.when(given >= FULLY).then(pl.col("of_from") / given).otherwise("of_from"),
        of_to=pl.when(received >= FULLY).then(pl.col("of_to") / received).otherwise("of_to"),
    )
    whole, fills = pl.col("of_from") >= FULLY, pl.col("of_to") >= FULLY
    one_to_one = pl.when(pl.col("code_from") == pl.col("code")).then(pl.lit("same")).otherwise(pl.lit("recoded"))
    otherwise = pl.when(whole).then(pl.lit("merged")).otherwise(pl.lit("apportioned"))
    return rows.with_columns(kind=pl.coalesce("kind", pl.when(whole & fills).then(one_to_one).otherwise(otherwise)))
