"""From the figures of an edition to the panel of a study, with what is left out to make it whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.study import Study, StudyOutcome, TreatedArea
from wijkpeil.effects.panel import Bools, Floats, Ints, Panel, panel
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.study_roles import Roles

_LATEST = 9999


@dataclass(frozen=True, kw_only=True, eq=False)
class Gathered:
    """The panel of one outcome with what was left out to make it whole.

    ``city`` is ``(n,)``, a number for the gemeente of each area, and ``population`` its inhabitants. ``missing`` is
    the part (0-1) of the cells of treated and candidates for which there is no figure. ``panel`` is ``None`` where
    nothing remains. ``first`` and ``last`` are the years of the first and last figure of a treated area.
    """

    panel: Panel | None
    ring: Panel | None
    city: Ints
    population: Floats
    missing: float
    breaks: int
    periods: tuple[int, ...]
    treated_with_figures: int
    first: int | None
    last: int | None
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
    everyone = [*roles.start, *roles.compared, *roles.ring]
    ends = [one.end for one in study.treated if one.end is not None]
    wide = _wide(figures, everyone, first=study.first, last=min([study.last or _LATEST, *ends]))
    periods, breaks, is_broken = _periods(wide, indicator, roles.start)
    cells = wide.select(str(period) for period in periods).to_numpy() if periods else np.empty((len(wide), 0))
    missing = float(np.isnan(cells.astype(np.float64)).mean()) if cells.size else 1.0
    values = cells.astype(np.float64)
    whole = np.isfinite(values).all(axis=1) if periods else np.zeros(len(wide), dtype=np.bool_)
    covariates = _covariates(study, edition, wide["area"], min(roles.start.values(), default=0))
    described = np.isfinite(covariates).all(axis=1)
    codes = np.array(wide["area"].to_list())
    starts = np.array([_start(code, roles, periods, indicator) for code in codes], dtype=np.int64)
    in_ring = np.array([code in roles.ring for code in codes], dtype=np.bool_)
    is_treated = np.array([code in roles.start for code in codes], dtype=np.bool_)
    left_out = {
        "treated_with_gaps": int((is_treated & ~whole).sum()),
        "compared_with_gaps": int((~is_treated & ~in_ring & ~whole).sum()),
        "without_covariates": int((whole & ~described).sum()),
    }
    kept = whole & described
    years = [
        int(name) for name in wide.columns if name != "area" and wide[name].is_not_null().to_numpy()[is_treated].any()
    ]
    with_figures = int((is_treated & np.isfinite(values).any(axis=1)).sum()) if periods else 0
    city = np.unique([roles.city[str(code)] for code in codes], return_inverse=True)[1].astype(np.int64)
    made = _Cut(codes=codes, values=values, starts=starts, covariates=covariates, names=study.covariates, city=city)
    same_city = study.candidates is not None and study.candidates.same_city
    wants_ring = study.candidates is not None and study.candidates.estimate_ring
    main = kept & ~in_ring
    beyond = kept & ~is_treated & (in_ring | np.isin(codes, roles.compared))
    population = _population(edition, codes)
    return Gathered(
        panel=made.panel(main, periods, same_city=same_city) if (is_treated & main).any() else None,
        ring=made.panel(beyond, periods, same_city=same_city) if wants_ring and (in_ring & kept).any() else None,
        city=city[main],
        population=population[main],
        missing=missing,
        breaks=breaks,
        periods=periods,
        treated_with_figures=with_figures,
        first=min(years, default=None),
        last=max(years, default=None),
        left_out={name: count for name, count in left_out.items() if count},
        is_broken=is_broken,
    )


def first_treated(one: TreatedArea | int, periods: Iterable[int], indicator: Indicator) -> int:
    """Give the place of the first period that ends after the treatment began; the number of periods where none does.

    A figure of 1 January of the first year under treatment was taken before it, one of the whole year or of its
    last day was not.
    """
    year = one if isinstance(one, int) else one.start
    begun = date(year, 1, 1)
    listed = list(periods)
    return next((place for place, period in enumerate(listed) if indicator.period(period).end > begun), len(listed))


@dataclass(frozen=True, kw_only=True, eq=False)
class _Cut:
    """All rows of an outcome, from which panels are cut."""

    codes: np.ndarray
    values: Floats
    starts: Ints
    covariates: Floats
    names: tuple[str, ...]
    city: Ints

    def panel(self, rows: Bools, periods: tuple[int, ...], *, same_city: bool) -> Panel:
        return panel(
            self.values[rows],
            self.starts[rows],
            areas=[str(code) for code in self.codes[rows]],
            periods=periods,
            stratum=self.city[rows] if same_city else None,
            covariates=self.covariates[rows],
            names=self.names,
        )


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


def _periods(wide: pl.DataFrame, indicator: Indicator, start: Mapping[str, int]) -> tuple[tuple[int, ...], int, bool]:
    """Choose the periods of a panel; say how many breaks were met and whether one lies at the first start."""
    years = [int(name) for name in wide.columns if name != "area"]
    treated = wide.filter(pl.col("area").is_in(list(start)))
    half = [year for year in years if treated[str(year)].count() * 2 >= max(len(treated), 1)]
    if not half or not start:
        return tuple(half), 0, False
    met = [one.year for one in indicator.breaks if half[0] < one.year <= half[-1]]
    begun = first_treated(min(start.values()), half, indicator)
    first_year = half[begun] if begun < len(half) else half[-1]
    low = max((year for year in met if year <= first_year), default=half[0])
    high = min((year for year in met if year > first_year), default=half[-1] + 1)
    piece = tuple(year for year in half if low <= year < high)
    return piece, len(met), bool(piece) and piece[0] == first_year and half[0] != first_year


def _covariates(study: Study, edition: Edition, codes: pl.Series, first_year: int) -> Floats:
    """Give the last known figure before the first start of every covariate: ``(areas, k)``, NaN where there is none."""
    columns = []
    for name in study.covariates:
        indicator = edition.policy.indicator[name]
        known = edition.figures(indicator=name).filter(pl.col("value").is_not_null())
        years = [year for year in known["period"].unique() if indicator.period(year).end <= date(first_year, 1, 1)]
        before = known.filter(pl.col("period").is_in(years))
        if before.is_empty():
            columns.append(np.full(len(codes), np.nan))
            continue
        latest = before.filter(pl.col("period") == before["period"].max()).select("area", "value")
        joined = codes.to_frame("area").join(latest, on="area", how="left", maintain_order="left")
        columns.append(joined["value"].to_numpy().astype(np.float64))
    return np.column_stack(columns) if columns else np.empty((len(codes), 0))


def _population(edition: Edition, codes: np.ndarray) -> Floats:
    known = dict(zip(edition.areas["code"], edition.areas["population"], strict=True))
    return np.array([known.get(str(code)) or np.nan for code in codes], dtype=np.float64)
