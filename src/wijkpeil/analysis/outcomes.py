"""In how many neighbourhoods of a programme gaps became smaller, beside what luck alone would give."""

from collections.abc import Iterator, Sequence
from typing import Any

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.counts import count_by_chance, false_among
from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.tree import Floats
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Areas, Positions
from wijkpeil.domain.indicator import GapScale
from wijkpeil.domain.outcomes import About, Outcomes
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.verdict import Verdict, Verdicts

SEED = 1
"""Every range is drawn with this seed: the same edition gives the same bytes."""

_OF_ONE_CITY = {Comparator.REST_OF_CITY, Comparator.CITY, Comparator.CITY_OUTSIDE_PROGRAMME}
_DIGITS = 10
_KEY = ["area", "indicator", "comparator"]
_CLAIMS = [verdict.value for verdict in Verdict if verdict.is_claim]


def outcomes(
    verdicts: dy.DataFrame[Verdicts],
    *,
    positions: dy.DataFrame[Positions],
    areas: dy.DataFrame[Areas],
    policy: Policy,
    programme: Programme,
    comparators: Sequence[str],
) -> dy.DataFrame[Outcomes]:
    """Count per indicator, per theme and for the whole programme, beside each of some comparators.

    Luck is told where a change is judged and has an interval (``counts.count_by_chance``), with what selection brings
    of itself where the programme was chosen on the indicator (``selection.correct_for_selection``); of modelled figures
    and others without a known error the count is given and nothing is said of luck. A theme counts pairs of
    neighbourhood and indicator, and all indicators of a neighbourhood share its draw: how they hang together is not
    known, and no other way of hanging together makes such a count vary more.

    At most about one in twenty of all claims beside a comparator is false (``counts.false_among``). That holds for
    the family and not for any part of it, so that it stands at the whole only; registers that are judged on
    materiality alone stand outside it.

    Parameters
    ----------
    verdicts
        Those of the neighbourhoods of one programme, whole families: one row per area, indicator and comparator.
    positions
        The same areas beside the same comparators, in the periods of their baseline and latest figure, for every
        indicator of which a change has an interval; of the others they are not needed.

    Returns
    -------
    dy.DataFrame[Outcomes]
        In the order of ``comparators``: of each the whole first, then each theme with its indicators in the order
        of the policy. Context indicators, which have no better side, are not counted.
    """
    counted = [one.id for one in policy.indicators if one.is_judged]
    signed = verdicts.filter(pl.col("indicator").is_in(counted), pl.col("comparator").is_in(list(comparators)))
    cells = _with_errors(_on_the_scale_that_decides(signed), positions, areas)
    rows: list[dict[str, Any]] = []
    for name in comparators:
        beside = cells.filter(pl.col("comparator") == name)
        for labels, part in _parts(beside, policy):
            labels |= {"programme": programme.id, "comparator": name, "neighbourhoods": len(programme.neighbourhoods)}
            rows.append(labels | _row(part, About(labels["about"])))
    return Outcomes.validate(pl.DataFrame(rows, schema=Outcomes.create_empty().schema), cast=True)


def shared_part(own: Floats, other: Floats) -> Floats:
    """Give the part (0-1) of the variance of a change that is its comparator's: shared by all who have it.

    The interval of a change follows from four published intervals, of the area and of its comparator in two periods
    (``changes``). ``own`` and ``other`` are the squared widths of those, added over both periods; what the periods
    share is taken to be the same part of either side. Unknown (NaN) where a width is.
    """
    whole = own + other
    return np.divide(other, whole, out=np.zeros_like(whole), where=whole > 0) + 0 * whole


def _parts(beside: pl.DataFrame, policy: Policy) -> Iterator[tuple[dict[str, Any], pl.DataFrame]]:
    yield {"about": About.PROGRAMME.value}, beside
    for theme in policy.theme:
        mine = [one.id for one in policy.indicators if one.theme == theme]
        of_theme = beside.filter(pl.col("indicator").is_in(mine))
        if of_theme.is_empty():
            continue
        yield {"about": About.THEME.value, "theme": theme}, of_theme
        for indicator in mine:
            part = of_theme.filter(pl.col("indicator") == indicator)
            if not part.is_empty():
                yield {"about": About.INDICATOR.value, "theme": theme, "indicator": indicator}, part


def _on_the_scale_that_decides(verdicts: pl.DataFrame) -> pl.DataFrame:
    ratio = pl.col("scale") == GapScale.RELATIVE.value
    return verdicts.with_columns(
        d=pl.when(ratio).then("relative_change").otherwise("change"),
        other_d=pl.when(ratio).then("change").otherwise("relative_change"),
        d_low=pl.when(ratio).then("relative_low").otherwise("change_low"),
        d_high=pl.when(ratio).then("relative_high").otherwise("change_high"),
        is_claim=pl.col("verdict").is_in(_CLAIMS) & ~pl.col("by_count"),
        is_claim_alone=pl.col("alone").is_in(_CLAIMS) & ~pl.col("by_count"),
    )


def _with_errors(cells: pl.DataFrame, positions: pl.DataFrame, areas: pl.DataFrame) -> pl.DataFrame:
    """Split the standard error of every judged change in the area's own and what others share with it.

    The look-alikes of two areas may be the same: the error of their mean, 1/(n+1) of the variance of one look-alike
    beside them, is taken to be shared by the whole programme, and so is that of a group or the country. The rest of
    a city differs a little by area; its error is taken as one, which makes the range wider and never narrower. Where a
    programme was chosen on the indicator the error is that of the excess: what selection brings is not known exactly.
    """
    place = areas.select(area="code", gemeente="gemeente", people="population")
    judged = (pl.col("verdict") != Verdict.NOT_JUDGED.value) & ~pl.col("by_count")
    width = pl.coalesce(pl.col("excess_high") - pl.col("excess_low"), pl.col("d_high") - pl.col("d_low"))
    error = width / (2 * Z)
    like = (pl.col("comparator") == Comparator.LOOK_ALIKES.value) & (pl.col("like_n") > 0)
    widths = _widths(cells, positions)
    cells = (
        cells.join(place, on="area", how="left", maintain_order="left")
        .join(widths, on=_KEY, how="left", maintain_order="left")
        .with_columns(error=pl.when(judged & pl.col("d").is_not_null()).then(error))
    )
    own, other = (cells[name].to_numpy().astype(np.float64) for name in ("own_square", "other_square"))
    part = pl.Series("part", shared_part(own, other), nan_to_null=True)
    share = pl.when(like).then(1 / (pl.col("like_n") + 1)).otherwise(pl.coalesce("part", pl.lit(0.0)))
    of_one_city = pl.col("comparator").is_in([name.value for name in _OF_ONE_CITY])
    return cells.with_columns(part).with_columns(
        own_error=pl.col("error") * (1 - share).sqrt(),
        shared_error=pl.col("error") * share.sqrt(),
        city=pl.when(of_one_city).then("gemeente").otherwise(pl.lit("")).rank("dense").over("comparator").cast(pl.Int64)
        - 1,
        place=pl.col("area").rank("dense").over("comparator").cast(pl.Int64) - 1,
    )


def _widths(cells: pl.DataFrame, positions: pl.DataFrame) -> pl.DataFrame:
    """Add up the squared widths of the area's and its comparator's intervals over both periods.

    Where the ratio decides they are taken in parts of the value.
    """
    keys = cells.select(*_KEY, "scale", period=pl.concat_list("baseline", "latest")).explode("period")
    ratio = pl.col("scale") == GapScale.RELATIVE.value
    own = (pl.col("high") - pl.col("low")) / pl.when(ratio).then("value").otherwise(1.0)
    other = (pl.col("comparator_high") - pl.col("comparator_low")) / pl.when(ratio).then("comparator_value").otherwise(
        1.0
    )
    found = keys.join(positions, on=[*_KEY, "period"], how="inner", maintain_order="left")
    return (
        found.select(*_KEY, own=own**2, other=other**2)
        .filter(pl.col("own").is_not_null(), pl.col("other").is_not_null())
        .group_by(_KEY, maintain_order=True)
        .agg(own_square=pl.col("own").sum(), other_square=pl.col("other").sum())
    )


def _row(part: pl.DataFrame, about: About) -> dict[str, Any]:
    there = part.filter(pl.col("d").is_not_null())
    verdicts = dict(part["verdict"].cast(pl.String).value_counts().iter_rows())
    described = there.filter(pl.col("verdict") == Verdict.NOT_JUDGED.value)
    known = there.filter(pl.col("error").is_not_null())
    row: dict[str, Any] = {
        **_counts(there),
        **_luck(known),
        "luck_of": known.height,
        "luck_selected": known["by_selection"].count(),
        "described": described.height,
        "described_because": _most(described["reason"]),
        "claims": int(part["is_claim"].sum()),
        "claims_alone": int(part["is_claim_alone"].sum()),
        **{verdict.value: verdicts.get(verdict.value, 0) for verdict in Verdict},
    }
    if about is About.INDICATOR:
        row |= _means(there)
    if about is About.PROGRAMME:
        row["at_most_false"] = round(false_among(row["claims"]).at_most, _DIGITS)
    return row


def _counts(there: pl.DataFrame) -> dict[str, Any]:
    change = there["d"]
    other = there["other_d"].drop_nulls()
    return {
        "areas": there["area"].n_unique(),
        "changes": there.height,
        "smaller": int((change > 0).sum()),
        "same": int((change == 0).sum()),
        "larger": int((change < 0).sum()),
        "ahead": int((there["gap_baseline"] > 0).sum()),
        "other_smaller": int((other > 0).sum()) if len(other) == there.height else None,
        "baseline_first": there["baseline"].min(),
        "baseline_last": there["baseline"].max(),
        "latest_first": there["latest"].min(),
        "latest_last": there["latest"].max(),
    }


def _luck(known: pl.DataFrame) -> dict[str, Any]:
    if known.is_empty():
        return {}
    numbers = {name: known[name].to_numpy() for name in ("d", "own_error", "shared_error", "city", "place")}
    found = count_by_chance(
        numbers["d"],
        error=numbers["own_error"],
        by_selection=known["by_selection"].fill_null(0.0).to_numpy(),
        city=numbers["city"],
        city_error=numbers["shared_error"],
        area=numbers["place"],
        seed=SEED,
    )
    return {
        "luck_smaller": found.counted,
        "luck_same": int((known["d"] == 0).sum()),
        "luck_expected": round(found.expected, 4),
        "luck_low": found.low,
        "luck_high": found.high,
        "luck_as_many": round(found.as_many, 4),
    }


def _means(there: pl.DataFrame) -> dict[str, Any]:
    """Give the plain mean, and the one weighed by inhabitants where those of every area are known."""
    scale = there["scale"].unique().cast(pl.String).to_list()
    if not scale:
        return {}
    change, people = there["d"].to_numpy(), there["people"].to_numpy().astype(np.float64)
    weighted = float(np.sum(change * people) / np.sum(people)) if np.nansum(people) > 0 else np.nan
    return {
        "scale": scale[0],
        "mean_change": round(float(np.mean(change)), _DIGITS) + 0.0,
        "weighted_change": None if np.isnan(weighted) else round(weighted, _DIGITS) + 0.0,
        "mean_by_selection": _mean(there["by_selection"]),
        "mean_excess": _mean(there["excess"]),
    }


def _mean(known: pl.Series) -> float | None:
    """Give the mean over all areas; unknown where it is of any of them."""
    return None if known.is_empty() or known.has_nulls() else round(float(np.mean(known.to_numpy())), _DIGITS) + 0.0


def _most(reasons: pl.Series) -> str | None:
    """Give the most common reason, the first of the list where several are as common."""
    counted = reasons.drop_nulls().value_counts(name="n").sort("n", reasons.name, descending=[True, False])
    return None if counted.is_empty() else str(counted[reasons.name][0])
