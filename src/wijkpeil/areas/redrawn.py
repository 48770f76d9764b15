"""Areas whose border moved: where their people went, from polygons or from the buurten they are made of."""

from dataclasses import dataclass

import polars as pl
import shapely

from wijkpeil.areas.matching import TOLERANCE, agrees
from wijkpeil.areas.overlap import Polygons, overlaps
from wijkpeil.areas.shapes import polygons_of

FULLY = 1 - TOLERANCE
"""A place that is covered up to this part is covered: the rest is digitising."""

SPLIT = {"code_from": pl.String, "code": pl.String, "of_from": pl.Float64, "of_to": pl.Float64}
"""Where the people of an area went: ``of_from`` is a part of ``code_from``, ``of_to`` a part of ``code``."""


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """The areas of the map year cut into polygons: ``rows`` has ``code`` (the area) and ``population`` (or null)."""

    rows: pl.DataFrame
    polygons: Polygons


def by_overlap(ours: pl.DataFrame, pieces: Pieces) -> pl.DataFrame:
    """Divide areas over those of another map year by what their polygons have in common.

    People do not live evenly: a piece of the target brings its own density, so that a strip of park carries
    nobody along (target-density weighting). Where the people of a piece are not known, or nobody lives there,
    land decides.

    An area of which (nearly) all land is covered, or nearly as many people are found as its publisher counts, is
    found whole: what lies outside is water, or drawn differently.

    Parameters: ``ours`` has ``code``, ``geometry_rd`` and ``population``. Returns ``code_from``, ``code``,
    ``of_from`` and ``of_to`` (0-1).

    References: J. P. Schroeder (2007), Target-density weighting interpolation and uncertainty evaluation for
    temporal analysis of census data, Geographical Analysis 39(3).
    """
    if ours.is_empty() or pieces.rows.is_empty():
        return pl.DataFrame(schema=SPLIT)
    mine = polygons_of(ours["geometry_rd"])
    whole = _with_totals(pieces)
    cuts = overlaps(mine, pieces.polygons)
    drawn = ours.select(code_from="code", counted="population", drawn=pl.Series(shapely.area(mine)))
    parts = pl.concat([cuts, whole[cuts["theirs"]], drawn[cuts["ours"]]], how="horizontal").with_columns(
        people=pl.col("population") * pl.col("area") / pl.col("piece")
    )
    summed = parts.group_by("code_from", "code", maintain_order=True).agg(
        pl.col("area").sum(),
        pl.when(pl.col("people").null_count() == 0).then(pl.col("people").sum()).alias("people"),
        pl.col("drawn", "counted", "people_of_target", "area_of_target").first(),
    )
    return _as_split(summed)


def by_parts(parts: pl.DataFrame) -> pl.DataFrame:
    """Divide areas over those of another map year by where the areas inside them went.

    Used where no polygon may serve: the buurt codes decide.

    Parameters: ``parts`` has per area inside ``code_from`` (the area around it) and ``part`` of it (0-1, all parts
    together are 1), ``code`` (the area around it in the other year; null where it is lost), ``part_of_target``
    and its own ``of_from`` and ``of_to``. Returns what ``by_overlap`` returns.
    """
    shared = parts.filter(pl.col("code").is_not_null()).select(
        "code_from",
        "code",
        of_from=pl.col("part") * pl.col("of_from"),
        of_to=pl.col("part_of_target") * pl.col("of_to"),
    )
    return shared.group_by("code_from", "code", maintain_order=True).agg(pl.col("of_from").sum(), pl.col("of_to").sum())


def without_slivers(split: pl.DataFrame, settled: pl.Series) -> pl.DataFrame:
    """Leave out what digitising made: less than five per cent of both sides is no boundary that moved.

    An area that is known to be the same place (``settled``) cannot have received a fair part of another, so a
    small overlap with it is drawing too, unless it took in the other for the better part. What is left out is
    given to what remains, so that nobody gets lost.
    """
    small_here = pl.col("of_to") < TOLERANCE
    drawn_over = pl.col("code").is_in(settled.implode()) & (pl.col("of_from") < 0.5)
    kept = split.with_columns(all_of=pl.col("of_from").sum().over("code_from")).filter(
        ~(small_here & ((pl.col("of_from") < TOLERANCE) | drawn_over))
    )
    scale = pl.col("all_of") / pl.col("of_from").sum().over("code_from")
    return kept.with_columns(of_from=pl.col("of_from") * scale).drop("all_of")


def _with_totals(pieces: Pieces) -> pl.DataFrame:
    return pieces.rows.with_columns(piece=pl.Series(shapely.area(pieces.polygons))).with_columns(
        people_of_target=pl.col("population").sum().over("code"), area_of_target=pl.col("piece").sum().over("code")
    )


def _as_split(summed: pl.DataFrame) -> pl.DataFrame:
    covered = pl.col("area").sum().over("code_from") / pl.col("drawn")
    people = pl.col("people").sum().over("code_from")
    by_people = pl.col("people").is_not_null().all().over("code_from") & (people > 0)
    all_found = (covered >= FULLY) | (by_people & agrees(people, pl.col("counted"))).fill_null(value=False)
    of_land = pl.col("area") / pl.col("area").sum().over("code_from")
    shared = pl.when(by_people).then(pl.col("people") / people).otherwise(of_land)
    of_to = pl.when(pl.col("people").is_not_null() & (pl.col("people_of_target") > 0)).then(
        pl.col("people") / pl.col("people_of_target")
    )
    return summed.select(
        "code_from",
        "code",
        of_from=shared * pl.when(all_found).then(1.0).otherwise(covered),
        of_to=pl.coalesce(of_to, pl.col("area") / pl.col("area_of_target")),
    )
