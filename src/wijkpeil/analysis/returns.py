"""What those that were chosen on an indicator would have gained of themselves, beside every comparator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import dataframely as dy
import numpy as np
import polars as pl

from wijkpeil.analysis.intervals import Z
from wijkpeil.analysis.selection import Past, Selected, correct_for_selection
from wijkpeil.analysis.tree import Bools, Floats, Ints
from wijkpeil.domain.comparator import Comparator
from wijkpeil.domain.frames import Changes, Positions
from wijkpeil.domain.indicator import GapScale
from wijkpeil.domain.policy import Policy
from wijkpeil.domain.programme import Programme
from wijkpeil.domain.verdict import NotEstimable, Returns

MOST_PERIODS = 5
"""So many periods up to the baseline tell what lasts, beside those that were looked at."""
KNOWN_OF_AT_LEAST = 0.5
"""A period counts where at least this part of the areas has a figure with a margin."""
_DIGITS = 10


class GapsBefore(dy.Schema):
    """The gaps of areas on the scale that decides, with their standard errors where the margin is known."""

    area = dy.String(nullable=False)
    indicator = dy.String(nullable=False)
    comparator = dy.String(nullable=False)
    period = dy.Int16(nullable=False)
    gap = dy.Float64(nullable=False)
    error = dy.Float64(nullable=True)


def gaps_before(positions: dy.DataFrame[Positions], *, policy: Policy) -> dy.DataFrame[GapsBefore]:
    """Give the gaps on the scale that decides; the errors follow from the published margins (half width over 1.96)."""
    relative = [one.id for one in policy.indicators if one.gap_scale is GapScale.RELATIVE]
    is_relative = pl.col("indicator").is_in(relative)
    squares = [
        ((pl.col(f"{side}high") - pl.col(f"{side}low")) / pl.col(f"{side}value")).pow(2) for side in ("", "comparator_")
    ]
    width = (
        pl.when(is_relative).then((squares[0] + squares[1]).sqrt()).otherwise(pl.col("gap_high") - pl.col("gap_low"))
    )
    known = positions.select(
        *("area", "indicator", "comparator", "period"),
        gap=pl.when(is_relative).then("relative_gap").otherwise("gap"),
        error=width / (2 * Z),
    )
    return GapsBefore.validate(known.filter(pl.col("gap").is_not_null()))


def returns(
    changes: dy.DataFrame[Changes], gaps: dy.DataFrame[GapsBefore], *, policy: Policy, programme: Programme
) -> dy.DataFrame[Returns]:
    """Tell of every change that a programme was chosen on what selection brought, and what is left of it.

    Each comparator has its own estimate, from the gaps to that comparator (``correct_for_selection``), with what was
    looked at of the other declared indicators beside it. Look-alikes have none where they were sought on what was
    looked at: they stood as low as the area before the programme, and return as it does. Where they were not, nobody
    can tell how far they return. All areas of the programme together have none
    either, because the comparator itself was chosen. What a comparator gains because areas within it were chosen
    too is not taken off; in a city with few of them it is small.

    A late baseline bars the correction. ``changes`` are those of the programme's neighbourhoods; ``gaps`` those of the
    same neighbourhoods and of all that might have been chosen in their place, in all periods.
    """
    own = _declared(changes, policy, programme)
    beside_alike = pl.col("comparator") == Comparator.LOOK_ALIKES.value
    rows = _unknown(own.filter(beside_alike), NotEstimable.NOT_ALIKE)
    own = own.filter(~beside_alike)
    for (comparator,), beside in own.group_by("comparator", maintain_order=True):
        there = gaps.filter(pl.col("comparator") == comparator)
        chosen = beside["area"].unique().sort().to_list()
        panels = _Panels.of(there, chosen, programme.looked_at)
        for (indicator, baseline, latest), some in beside.group_by(
            ["indicator", "baseline", "latest"], maintain_order=True
        ):
            if comparator == f"{programme.id}.alle":
                rows += _unknown(some, NotEstimable.CHOSEN_TOO)
                continue
            late = some["baseline_status"] == "late"
            rows += _unknown(some.filter(late), NotEstimable.LATE_BASELINE)
            if not late.all():
                found = panels.corrected(str(indicator), baseline=int(str(baseline)), latest=int(str(latest)))
                rows += _known(some.filter(~late), panels.place, found)
    return _framed(rows)


def none_estimable(
    changes: dy.DataFrame[Changes], reason: NotEstimable, *, policy: Policy, programme: Programme
) -> dy.DataFrame[Returns]:
    """Say of every change that a programme was chosen on that it cannot be told, for one reason."""
    return _framed(_unknown(_declared(changes, policy, programme), reason))


def _declared(changes: pl.DataFrame, policy: Policy, programme: Programme) -> pl.DataFrame:
    relative = [one.id for one in policy.indicators if one.gap_scale is GapScale.RELATIVE]
    decides = pl.when(pl.col("indicator").is_in(relative)).then("relative_change").otherwise("change")
    alike = {one.partition("@")[0] for one in set(programme.selected_on) & set(policy.look_alikes.characteristics)}
    return changes.filter(
        pl.col("indicator").is_in(list(programme.looked_at)),
        (pl.col("comparator") != Comparator.LOOK_ALIKES.value) | ~pl.col("indicator").is_in(list(alike)),
        pl.col("change").is_not_null(),
    ).with_columns(decides=decides)


@dataclass(frozen=True, kw_only=True, eq=False)
class _Series:
    """The gaps of one indicator, areas by periods."""

    periods: Ints
    gaps: Floats
    errors: Floats

    def column(self, period: int) -> tuple[Floats, Floats]:
        at = int(np.searchsorted(self.periods, period))
        return self.gaps[:, at], self.errors[:, at]

    def before(self, baseline: int, looked_at: frozenset[int]) -> Bools:
        """Tell which periods up to the baseline count: those looked at, and the last few that are known well."""
        up_to = self.periods <= baseline
        known = np.mean(~np.isnan(self.gaps + self.errors), axis=0) >= KNOWN_OF_AT_LEAST
        last = np.isin(self.periods, self.periods[up_to & known][-MOST_PERIODS:])
        return np.asarray(up_to & (last | ((known | (self.periods == baseline)) & self._seen(looked_at, baseline))))

    def _seen(self, looked_at: frozenset[int], baseline: int) -> Bools:
        return np.isin(self.periods, [*looked_at, baseline])

    def past(
        self, baseline: int, looked_at: frozenset[int], in_programme: Bools, beside: tuple[Past, ...] = ()
    ) -> Past:
        """Cut off what lies after the baseline; a year looked at that is not there leaves nothing looked at."""
        chosen = self.before(baseline, looked_at)
        periods = self.periods[chosen]
        seen = looked_at <= set(periods.tolist())
        return Past(
            gaps=self.gaps[:, chosen],
            errors=self.errors[:, chosen],
            periods=periods,
            in_programme=in_programme,
            chosen_in=np.isin(periods, list(looked_at)) if seen else np.zeros(len(periods), dtype=bool),
            beside=beside,
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Panels:
    """The series of the declared indicators beside one comparator, all of the same areas (``place``)."""

    place: Mapping[str, int]
    in_programme: Bools
    series: Mapping[str, _Series]
    looked_at: Mapping[str, frozenset[int]]

    @staticmethod
    def of(gaps: pl.DataFrame, chosen: list[str], looked_at: Mapping[str, frozenset[int]]) -> "_Panels":
        areas = pl.concat([gaps["area"], pl.Series("area", chosen, dtype=pl.String)]).unique().sort()
        return _Panels(
            place={area: number for number, area in enumerate(areas)},
            in_programme=areas.is_in(chosen).to_numpy(),
            series={
                str(indicator): _series(some, areas) for (indicator,), some in gaps.group_by("indicator") if some.height
            },
            looked_at=looked_at,
        )

    def corrected(self, indicator: str, *, baseline: int, latest: int) -> Selected:
        """Correct one indicator between two of its periods, with the others that were looked at beside it."""
        others = []
        for name, years in self.looked_at.items():
            if name != indicator and name in self.series:
                past = self.series[name].past(baseline, years, self.in_programme)
                if past.chosen_in.any():
                    others.append(past)
        one = self.series[indicator]
        gaps, errors = one.column(latest)
        past = one.past(baseline, self.looked_at[indicator], self.in_programme, tuple(others))
        return correct_for_selection(past, latest=gaps, latest_errors=errors, latest_period=latest)


def _series(some: pl.DataFrame, areas: pl.Series) -> _Series:
    periods = some["period"].unique().sort()
    row = some["area"].replace_strict(areas, pl.Series(range(len(areas)), dtype=pl.Int64)).to_numpy()
    column = np.searchsorted(periods.to_numpy(), some["period"].to_numpy())
    gaps, errors = (np.full((len(areas), len(periods)), np.nan) for _ in range(2))
    gaps[row, column] = some["gap"].to_numpy()
    errors[row, column] = some["error"].to_numpy()
    return _Series(periods=periods.to_numpy().astype(np.int64), gaps=gaps, errors=errors)


def _known(some: pl.DataFrame, place: Mapping[str, int], found: Selected) -> list[dict[str, Any]]:
    if found.reason is not None:
        return _unknown(some, found.reason)
    rows = []
    for row in some.select("area", "indicator", "comparator", "decides").iter_rows(named=True):
        change, at = row.pop("decides"), place[row["area"]]
        expected, error = float(found.expected[at]), float(found.excess_error[at])
        if change is None or np.isnan(expected):
            rows.append(row | {"not_estimable": None if change is None else NotEstimable.NOT_SEEN.value})
            continue
        row |= {"by_selection": expected, "excess": change - expected}
        if not np.isnan(error):
            row |= {"excess_low": row["excess"] - Z * error, "excess_high": row["excess"] + Z * error}
        rows.append(row)
    return rows


def _unknown(some: pl.DataFrame, reason: NotEstimable) -> list[dict[str, Any]]:
    named = some.select("area", "indicator", "comparator").iter_rows(named=True)
    return [{**row, "not_estimable": reason.value} for row in named]


def _framed(rows: list[dict[str, Any]]) -> dy.DataFrame[Returns]:
    frame = pl.DataFrame(rows, schema=Returns.create_empty().schema)
    return Returns.validate(frame.with_columns(pl.selectors.float().round(_DIGITS) + 0.0))
