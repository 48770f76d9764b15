"""From the figures of an edition to the panel of a study, with what is left out to make it whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.study import Candidates, Study, StudyOutcome
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel, panel
from wijkpeil.effects.timing import in_periods
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.study_roles import Roles

_LATEST = 9999


@dataclass(frozen=True, kw_only=True, eq=False)
class Gathered:
    """The panel of one outcome with what was left out to make it whole.

    ``city`` is ``(n,)``, a number for the gemeente of each area. ``missing`` is the part (0-1) of the cells of the
    treated areas for which there is no figure. ``panel`` is ``None`` where nothing remains. ``first`` and ``last`` are
    the years of the first and last figure of a treated area, ``start`` the first year under treatment of those in it.
    ``treated`` and ``compared`` count the areas with a whole series, with or without the covariates.
    """

    panel: Panel | None
    ring: Panel | None
    city: Ints
    missing: float
    breaks: int
    periods: tuple[int, ...]
    treated_with_figures: int
    treated: int
    compared: int
    first: int | None
    last: int | None
    start: int | None
    left_out: dict[str, int] = field(default_factory=dict)
    is_broken: bool = False


def gather(study: Study, outcome: StudyOutcome, edition: Edition, roles: Roles) -> Gathered:
    """Lay the figures of one outcome out as a panel without gaps, and count what had to be left out for that.

    The periods are those, between the first and last of the study, in which at least half of the treated areas have
    a figure; of these the piece between two breaks in which the first start lies. They end where the first treatment
    does. An area with a gap in them is left out, and so is one without the covariates.
    """
    indicator = edition.policy.indicator[outcome.indicator]
    figures = edition.figures(indicator=outcome.indicator).select("area", "period", "value")
    ends = [one.end for one in study.treated if one.end is not None]
    everyone = [*roles.start, *roles.compared, *roles.ring]
    wide = _wide(figures, everyone, first=study.first, last=min([study.last or _LATEST, *ends]))
    span = _span(wide, indicator, roles.start)
    rows = _rows(study, edition, roles, wide, span, indicator)
    kept, left_out = _kept(rows, _ahead(study, rows, span.periods))
    rule = study.candidates or Candidates(level="")
    ring = kept & ~rows.is_treated if rule.estimate_ring and (rows.in_ring & kept).any() else None
    main = kept & ~rows.in_ring
    named = wide.filter(pl.Series(rows.is_treated, dtype=pl.Boolean)).drop("area")
    years = [int(name) for name in named.columns if named[name].count()]
    seen = np.isfinite(rows.values[rows.is_treated])
    return Gathered(
        panel=rows.panel(main, span.periods, same_city=rule.same_city) if (rows.is_treated & main).any() else None,
        ring=None if ring is None else rows.panel(ring, span.periods, same_city=rule.same_city),
        city=rows.city[main],
        missing=float(1 - seen.mean()) if seen.size else 1.0,
        breaks=span.breaks,
        periods=span.periods,
        treated_with_figures=int(seen.any(axis=1).sum()),
        treated=int((rows.whole & rows.is_treated).sum()),
        compared=int((rows.whole & ~rows.in_ring & (rows.starts == len(span.periods))).sum()),
        first=min(years, default=None),
        last=max(years, default=None),
        start=min((roles.start[str(code)] for code in rows.codes[rows.is_treated & main]), default=None),
        left_out=left_out,
        is_broken=span.is_broken,
    )


def first_treated(year: int, periods: Iterable[int], indicator: Indicator) -> int:
    """Give the place of the first period that ends after the treatment began; the number of periods where none does.

    A figure of 1 January of the first year under treatment was taken before it, one of the whole year or of its
    last day was not.
    """
    begun = date(year, 1, 1)
    listed = list(periods)
    return next((place for place, period in enumerate(listed) if indicator.period(period).end > begun), len(listed))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rows:
    """All areas of an outcome, with gaps, from which panels are cut."""

    codes: npt.NDArray[np.str_]
    values: Floats
    starts: Ints
    covariates: Floats
    names: tuple[str, ...]
    city: Ints
    is_treated: Bools
    in_ring: Bools

    @property
    def whole(self) -> Bools:
        """``(n,)``: which areas have a figure in every period, of which there is at least one."""
        return np.asarray(np.isfinite(self.values).all(axis=1) & (self.values.shape[1] > 0))

    @property
    def described(self) -> Bools:
        """``(n,)``: which areas have all covariates."""
        return np.asarray(np.isfinite(self.covariates).all(axis=1))

    def panel(self, rows: Bools, periods: tuple[int, ...], *, same_city: bool) -> Panel:
        """Cut the panel of some areas, which have no gaps."""
        return panel(
            self.values[rows],
            self.starts[rows],
            areas=[str(code) for code in self.codes[rows]],
            periods=periods,
            stratum=self.city[rows] if same_city else None,
            city=self.city[rows],
            covariates=self.covariates[rows],
            names=self.names,
        )


def _rows(
    study: Study,
    edition: Edition,
    roles: Roles,
    wide: pl.DataFrame,
    span: "_Span",
    indicator: Indicator,
) -> _Rows:
    codes = np.array(wide["area"].to_list(), dtype=np.str_)
    cells = [wide[str(period)].to_numpy().astype(np.float64) for period in span.periods]
    return _Rows(
        codes=codes,
        values=np.column_stack(cells) if cells else np.empty((len(codes), 0)),
        starts=np.array([_start(str(code), roles, span.periods, indicator) for code in codes], dtype=np.int64),
        covariates=_covariates(study, edition, wide["area"], span.start),
        names=study.covariates,
        city=np.unique([roles.city[str(code)] for code in codes], return_inverse=True)[1].astype(np.int64),
        is_treated=np.array([str(code) in roles.start for code in codes], dtype=np.bool_),
        in_ring=np.array([str(code) in roles.ring for code in codes], dtype=np.bool_),
    )


def _ahead(study: Study, rows: _Rows, periods: tuple[int, ...]) -> int:
    """Give the periods before a start in which people may have acted on it already."""
    whole = rows.whole & rows.described
    if not (rows.is_treated & whole & (rows.starts < len(periods))).any():
        return 0
    return in_periods(rows.panel(whole, periods, same_city=False), study.anticipation)


def _kept(rows: _Rows, ahead: int) -> tuple[Bools, dict[str, int]]:
    """Say which areas have all that a panel asks, and count the others by what they lack.

    An area that was treated before the figures begin, or so soon after that people may have acted on it in all that
    lie before, has no before; it is left out as long as others remain.
    """
    whole, described = rows.whole, rows.described
    early = rows.is_treated & (rows.starts <= ahead)
    others_remain = bool((rows.is_treated & whole & described & ~early).any())
    lacking = {
        "treated_with_gaps": rows.is_treated & ~whole,
        "compared_with_gaps": ~rows.is_treated & ~rows.in_ring & ~whole,
        "without_covariates": whole & ~described,
        "treated_before_data": whole & described & early & others_remain,
    }
    kept = whole & described & ~(early & others_remain)
    return np.asarray(kept), {name: int(which.sum()) for name, which in lacking.items() if which.any()}


def _start(code: str, roles: Roles, periods: tuple[int, ...], indicator: Indicator) -> int:
    """Give the start of an area; one in the ring starts with the first of the treated areas that it borders on."""
    years = [roles.start[near] for near in ([code] if code in roles.start else roles.ring.get(code, ()))]
    return first_treated(min(years), periods, indicator) if years else len(periods)


def _wide(figures: pl.DataFrame, codes: list[str], *, first: int | None, last: int | None) -> pl.DataFrame:
    """Set the areas in rows, in the order of ``codes``, and the periods in columns."""
    within = figures.filter(
        pl.col("area").is_in(codes),
        pl.col("period").is_between(first or 0, last or _LATEST),
        pl.col("value").is_not_null(),
    )
    found = within.pivot("period", index="area", values="value")
    ordered = sorted((name for name in found.columns if name != "area"), key=int)
    return pl.DataFrame({"area": codes}, schema={"area": pl.String}).join(
        found.select("area", *ordered), on="area", how="left", maintain_order="left"
    )


@dataclass(frozen=True, kw_only=True)
class _Span:
    """The periods of a panel, the breaks that were met, and the first start that has a period before it, if any."""

    periods: tuple[int, ...]
    breaks: int = 0
    is_broken: bool = False
    start: int | None = None


def _span(wide: pl.DataFrame, indicator: Indicator, start: Mapping[str, int]) -> _Span:
    """Choose the periods of a panel; ``is_broken`` tells that the way of measuring changed at the first start."""
    years = [int(name) for name in wide.columns if name != "area"]
    treated = wide.filter(pl.col("area").is_in(list(start)))
    half = tuple(year for year in years if treated[str(year)].count() * 2 >= max(len(treated), 1))
    if not half:
        return _Span(periods=(), start=min(start.values(), default=None))
    has_before = [year for year in start.values() if first_treated(year, half, indicator) > 0]
    first_start = min(has_before or start.values())
    begun = first_treated(first_start, half, indicator)
    first_year = half[begun] if begun < len(half) else half[-1]
    met = [one.year for one in indicator.breaks if half[0] < one.year <= half[-1]]
    low = max((year for year in met if year <= first_year), default=half[0])
    high = min((year for year in met if year > first_year), default=half[-1] + 1)
    piece = tuple(year for year in half if low <= year < high)
    is_broken = piece[0] == first_year and half[0] != first_year
    return _Span(periods=piece, breaks=len(met), is_broken=is_broken, start=first_start)


def _covariates(study: Study, edition: Edition, codes: pl.Series, start: int | None) -> Floats:
    """Give the last known figure before the first start of every covariate: ``(areas, k)``, NaN where there is none."""
    columns = []
    for name in study.covariates:
        indicator = edition.policy.indicator[name]
        known = edition.figures(indicator=name).filter(pl.col("value").is_not_null())
        years = [
            year
            for year in known["period"].unique()
            if start is not None and indicator.period(year).end <= date(start, 1, 1)
        ]
        before = known.filter(pl.col("period").is_in(years))
        if before.is_empty():
            columns.append(np.full(len(codes), np.nan))
            continue
        latest = before.filter(pl.col("period") == before["period"].max()).select("area", "value")
        joined = codes.to_frame("area").join(latest, on="area", how="left", maintain_order="left")
        columns.append(joined["value"].to_numpy().astype(np.float64))
    return np.column_stack(columns) if columns else np.empty((len(codes), 0))
