"""The same place in two map years by code, name and land, without a map."""

import polars as pl

TOLERANCE = 0.05
"""Two areas within this part of each other are one area drawn twice, not a boundary that moved."""

_NEARLY_EQUAL = 0.01
_LINK_VOTES = 2
_LINK_SHARE = 0.3
_MATCHED = {"code_from": pl.String, "code": pl.String, "kind": pl.String}


def agrees(one: pl.Expr, other: pl.Expr, tolerance: float = TOLERANCE) -> pl.Expr:
    """Ask whether two areas agree within a tolerance; null where one of them is unknown.

    The tolerance is a part of the other, the one that the publisher gives.
    """
    return (one - other).abs() <= tolerance * other


def matched(ours: pl.DataFrame, theirs: pl.DataFrame, redrawn: pl.Series) -> pl.DataFrame:
    """Match the areas of two map years one to one, on what their code lists say.

    A code with the same name and the same land is the same place; so is a code whose land is unknown and that
    its publisher never called redrawn, and a code under another name with practically the same land and a like
    number of people. A code whose name belongs to another code now is another place: the name is looked up
    among the codes that remain, in the same gemeente or in the one that took it over.

    Parameters: both frames are one level of ``of_year`` with ``shape_km2``; ``redrawn`` are the codes that CBS
    called redrawn (comparability 3) in a year between them. Returns ``code_from``, ``code``, ``kind``.
    """
    if ours.is_empty() or theirs.is_empty():
        return pl.DataFrame(schema=_MATCHED)
    same = _by_code(ours, theirs, redrawn)
    ours_left = ours.join(same, left_on="code", right_on="code_from", how="anti")
    theirs_left = theirs.join(same, on="code", how="anti")
    recoded = _by_name(ours_left, theirs_left, _links(ours, theirs), redrawn)
    return pl.concat([same, recoded]).sort("code")


def _by_code(ours: pl.DataFrame, theirs: pl.DataFrame, redrawn: pl.Series) -> pl.DataFrame:
    both = ours.join(theirs, on="code", suffix="_to")
    named = pl.col("plain") == pl.col("plain_to")
    nameless = (pl.col("plain") == "") | (pl.col("plain_to") == "")
    unknown_land_is_fine = _same_area().is_null() & named & ~pl.col("code").is_in(redrawn.implode())
    name_went_elsewhere = pl.struct("gemeente", "plain").is_in(
        theirs.select(pl.struct("gemeente", "plain")).to_series().implode()
    )
    alike = _same_area(_NEARLY_EQUAL) & agrees(pl.col("population"), pl.col("population_to"), 0.2)
    renamed = alike & ~name_went_elsewhere
    one_place = ((named | nameless) & _same_area()) | unknown_land_is_fine | renamed
    return both.filter(one_place.fill_null(value=False)).select(
        pl.col("code").alias("code_from"), "code", kind=pl.lit("same")
    )


def _by_name(ours: pl.DataFrame, theirs: pl.DataFrame, links: pl.DataFrame, redrawn: pl.Series) -> pl.DataFrame:
    pairs = (
        ours.filter(pl.col("plain") != "")
        .join(links, on="gemeente")
        .join(theirs, left_on=["gemeente_to", "plain"], right_on=["gemeente", "plain"], suffix="_to")
    )
    unique = (pl.len().over("code") == 1) & (pl.len().over("code_to") == 1)
    one_place = _same_area().fill_null(~pl.col("code_to").is_in(redrawn.implode()))
    return (
        pairs.filter(unique)
        .filter(one_place)
        .select(pl.col("code").alias("code_from"), pl.col("code_to").alias("code"), kind=pl.lit("recoded"))
    )


def _links(ours: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    """Tell which gemeente went into which, by the names that moved with it.

    A gemeente that was dissolved takes its wijken and buurten along under their names; two of them, and a fair
    part of the whole, are evidence that one coincidence of names is not.
    """
    mine, yours = ours["gemeente"].unique().drop_nulls(), theirs["gemeente"].unique().drop_nulls()
    kept = pl.DataFrame({"gemeente": mine, "gemeente_to": mine})
    gone = ours.filter(~pl.col("gemeente").is_in(yours.implode()) & (pl.col("plain") != ""))
    come = theirs.filter(~pl.col("gemeente").is_in(mine.implode()) & (pl.col("plain") != ""))
    moved = pl.concat([_votes(gone, theirs), _votes(ours, come)])
    return pl.concat([kept, moved]).unique()


def _votes(ours: pl.DataFrame, theirs: pl.DataFrame) -> pl.DataFrame:
    sizes = ours.group_by("gemeente").agg(pl.len().alias("of_all"))
    pairs = ours.join(theirs.rename({"gemeente": "gemeente_to"}), on="plain", suffix="_to")
    votes = (
        pairs.filter(_same_area().fill_null(value=True))
        .group_by("gemeente", "gemeente_to")
        .agg(pl.col("plain").n_unique().alias("votes"))
    )
    enough = (pl.col("votes") >= _LINK_VOTES) | (pl.col("of_all") == 1)
    fair = pl.col("votes") >= _LINK_SHARE * pl.col("of_all")
    return votes.join(sizes, on="gemeente").filter(enough & fair).select("gemeente", "gemeente_to")


def _same_area(tolerance: float = TOLERANCE) -> pl.Expr:
    """Compare land with land and the whole with the whole; one pair that agrees is enough, for shores move.

    A polygon serves for the whole, and it may be drawn without the sea that its publisher counts: then it is set
    beside the land. Null where nothing can be compared.
    """
    whole, whole_to = pl.coalesce("total_km2", "shape_km2"), pl.coalesce("total_km2_to", "shape_km2_to")
    pairs = [(pl.col("land_km2"), pl.col("land_km2_to")), (whole, whole_to), (whole, pl.col("land_km2_to"))]
    verdicts = [agrees(one, other, tolerance) for one, other in pairs]
    return pl.coalesce(*(pl.when(verdict).then(verdict) for verdict in verdicts), *verdicts)
