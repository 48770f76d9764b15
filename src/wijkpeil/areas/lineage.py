"""Which area of one map year became which of another, and how surely: codes first, then polygons, then buurten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dataframely as dy
import polars as pl

from wijkpeil.areas.atlas import Atlas
from wijkpeil.areas.redrawn import FULLY, SPLIT, Pieces, by_overlap, by_parts, without_slivers
from wijkpeil.areas.shapes import polygons_of
from wijkpeil.domain.area import Level
from wijkpeil.domain.frames import Boundaries, CodeList, Lineage

_NARROW_TO_WIDE = (Level.PC4, Level.BUURT, Level.WIJK, Level.GEMEENTE, Level.COUNTRY)
_INSIDE = {Level.WIJK: (Level.BUURT,), Level.GEMEENTE: (Level.WIJK, Level.BUURT)}
_WAYS = 3
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
    pieces = {level: _cut(atlas.pieces(map_year, level)) for level in (Level.BUURT, Level.WIJK, Level.GEMEENTE)}
    others = [vintage for vintage in atlas.codes["vintage"].unique().sort() if vintage != map_year]
    traced: dict[int, pl.DataFrame] = {}
    for vintage in sorted(others, key=lambda vintage: abs(vintage - map_year)):
        between = {
            year: rows for year, rows in traced.items() if min(vintage, map_year) < year < max(vintage, map_year)
        }
        years = _Years(atlas=atlas, vintage=vintage, map_year=map_year, pieces=pieces, between=between)
        traced[vintage] = years.traced()
    rows = pl.concat([Lineage.create_empty(), *(_as_lineage(rows, year, map_year) for year, rows in traced.items())])
    return Lineage.validate(rows.sort("vintage_from", "area_from", "vintage_to", "area_to"))


@dataclass(frozen=True, kw_only=True)
class _Years:
    """A map year on its way to another, with the years between that were traced already."""

    atlas: Atlas
    vintage: int
    map_year: int
    pieces: dict[Level, Pieces]
    between: dict[int, pl.DataFrame]

    def traced(self) -> pl.DataFrame:
        """Trace level by level, from narrow to wide: the buurten tell about the wijken around them."""
        rows = pl.DataFrame(schema=_ROWS)
        for level in _NARROW_TO_WIDE:
            same = self.atlas.matched(self.vintage, self.map_year, level)
            same = same.with_columns(of_from=pl.lit(1.0), of_to=pl.lit(1.0))
            left = self.atlas.level(self.vintage, level).join(same, left_on="code", right_on="code_from", how="anti")
            answers = [pl.DataFrame(schema=SPLIT)]
            if left.height:
                by_map_or_parts = [*self._by_map(level, left), *self._by_parts(level, left, rows)]
                answers += [without_slivers(answer, same["code"]) for answer in by_map_or_parts]
                answers += self._by_way_of(level, left)
            found = _with_kind(same, _surest(answers)).with_columns(level=pl.lit(level.value))
            rows = pl.concat([rows, found.select(*_ROWS)])
        return rows

    def _by_map(self, level: Level, left: pl.DataFrame) -> Iterator[pl.DataFrame]:
        if level in self.pieces:
            stand_ins = self.atlas.stand_ins(self.vintage, level)
            yield by_overlap(left.join(stand_ins, on="code", maintain_order="left"), self.pieces[level])

    def _by_way_of(self, level: Level, left: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Follow an area that is the same place in a year between, and was traced from there."""
        for year in sorted(self.between, key=lambda year: abs(year - self.vintage))[:_WAYS]:
            known = self.atlas.matched(self.vintage, year, level)
            known = known.filter(pl.col("code_from").is_in(left["code"].implode()))
            if known.height:
                first = known.select(code_first="code_from", code_from="code")
                went = first.join(self.between[year], on="code_from", maintain_order="left_right")
                yield went.drop("code_from").rename({"code_first": "code_from"}).select(*SPLIT)

    def _by_parts(self, level: Level, left: pl.DataFrame, rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Look where the areas inside went: ``rows`` are those of the narrower levels."""
        if level not in _INSIDE:
            return
        inner = next((inner for inner in _INSIDE[level] if self.atlas.level(self.vintage, inner).height), Level.BUURT)
        theirs = self.atlas.level(self.map_year, inner).select("code", "population", around=level.value)
        theirs = theirs.with_columns(part_of_target=_part(pl.col("population"), "around"))
        went = rows.filter(pl.col("level") == inner.value).join(theirs, on="code", maintain_order="left")
        brought = went.group_by("code_from", maintain_order=True).agg(
            brought=(pl.col("population") * pl.col("of_to")).sum()
        )
        ours = self.atlas.level(self.vintage, inner).select("code", "population", around=level.value)
        ours = ours.filter(pl.col("around").is_in(left["code"].implode()))
        ours = ours.join(brought, left_on="code", right_on="code_from", how="left", maintain_order="left")
        ours = ours.select(code_from="code", outer="around", part=_part(pl.coalesce("population", "brought"), "around"))
        targets = went.select("code_from", "of_from", "of_to", "part_of_target", code="around")
        parts = ours.join(targets, on="code_from", how="left", maintain_order="left_right")
        yield by_parts(parts.select("part", "code", "of_from", "of_to", "part_of_target", code_from="outer"))


def _cut(pieces: pl.DataFrame) -> Pieces:
    return Pieces(rows=pieces.select("code", "population"), polygons=polygons_of(pieces["geometry_rd"]))


def _as_lineage(rows: pl.DataFrame, vintage: int, map_year: int) -> dy.DataFrame[Lineage]:
    years = rows.with_columns(vintage_from=pl.lit(vintage), vintage_to=pl.lit(map_year))
    return Lineage.cast(years.rename({"code_from": "area_from", "code": "area_to"}))


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
