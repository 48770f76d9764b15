"""What some studies ask besides a panel: the score on which was selected, those who moved, and classes."""

from datetime import date

import numpy as np
import polars as pl

from wijkpeil.domain.evidence import Transition
from wijkpeil.domain.refusal import RefusedError
from wijkpeil.domain.study import Study, StudyOutcome
from wijkpeil.effects.composition import Groups, groups
from wijkpeil.effects.discontinuity import Scored, scored
from wijkpeil.effects.panel import Floats, Panel
from wijkpeil.effects.transitions import transitions
from wijkpeil.publication.edition import Edition
from wijkpeil.publication.study_panel import first_treated
from wijkpeil.publication.study_roles import Roles, parts_of

TREATED = "treated"
"""The group of the treated areas among those that went from class to class."""


def scored_of(
    study: Study, outcome: StudyOutcome, edition: Edition, roles: Roles, periods: tuple[int, ...]
) -> Scored | None:
    """Set the outcome after the start beside the score on which was selected.

    The outcome is the mean over those of the ``periods`` that lie after the start and the lag. What was known before
    the start (the covariates of the study and the last figure of the outcome itself) should not jump at the threshold.
    An area that lacks one of all these is left out.
    """
    cutoff = study.cutoff
    if cutoff is None:
        return None
    start = min((one.start for one in study.treated), default=1)
    codes = [*roles.start, *roles.compared]
    base = pl.DataFrame({"area": codes}, schema={"area": pl.String})
    score = _figures(edition, cutoff.indicator, codes).filter(pl.col("period") == cutoff.year)
    wide = base.join(score.select("area", score="value"), on="area", how="left", maintain_order="left")
    after = periods[first_treated(start + study.lag, periods, edition.policy.indicator[outcome.indicator]) :]
    wide = wide.join(_after(edition, outcome.indicator, codes, after), on="area", how="left")
    names = (outcome.indicator, *study.covariates)
    for place, name in enumerate(names):
        wide = wide.join(_before(edition, name, codes, start, f"known_{place}"), on="area", how="left")
    whole = wide.drop_nulls().sort("area")
    return scored(
        whole["score"].to_numpy(),
        whole["outcome"].to_numpy(),
        threshold=cutoff.threshold,
        treated_above=cutoff.treated_above,
        is_treated=np.array([code in roles.start for code in whole["area"]], dtype=np.bool_),
        areas=whole["area"].to_list(),
        covariates=whole.select(f"known_{place}" for place in range(len(names))).to_numpy(),
        names=names,
    )


def transitions_of(study: Study, outcome: StudyOutcome, edition: Edition, roles: Roles) -> tuple[Transition, ...]:
    """Count how many areas went from which class to which, between the first and the last year with figures.

    A neighbourhood of several areas has no class of its own: its parts are counted.
    """
    treated = sorted(parts_of(edition, roles.start))
    figures = _figures(edition, outcome.indicator, [*treated, *roles.compared]).filter(
        pl.col("period").is_between(study.first or 0, study.last or 9999)
    )
    years = sorted(figures.filter(pl.col("area").is_in(treated))["period"].unique())
    if len(years) < 2:
        return ()
    first, last = years[0], years[-1]
    wide = (
        figures.filter(pl.col("period").is_in([first, last])).pivot("period", index="area", values="value").drop_nulls()
    )
    before, after = ([f"{value:g}" for value in wide[str(year)]] for year in (first, last))
    return transitions(
        before,
        after,
        [TREATED if area in treated else "compared" for area in wide["area"]],
        classes=sorted({*before, *after}, key=float),
        first=first,
        last=last,
    )


def people_of(study: Study, outcome: StudyOutcome, edition: Edition, whole: Panel) -> Groups | None:
    """Give the outcomes of those who stayed and those who came, for the areas and periods of a panel.

    Nothing where the study names no such figures for this outcome, where one of them is missing, or where they do not
    add up to the outcome of everyone.
    """
    movers = next((one for one in study.movers if one.outcome == outcome.indicator), None)
    if movers is None:
        return None
    stayers, newcomers = (_cells(edition, name, whole) for name in (movers.stayers, movers.newcomers))
    if np.isnan(stayers).any() or np.isnan(newcomers).any():
        return None
    try:
        return groups(whole.outcome, stayers, newcomers)
    except RefusedError:
        return None


def size_of(outcome: StudyOutcome, edition: Edition, whole: Panel) -> Panel | None:
    """Give the panel of how many people (households, dwellings) an outcome is about, as a logarithm.

    Nothing where that is not known everywhere.
    """
    counted = edition.policy.base[edition.policy.indicator[outcome.indicator].base].population
    cells = _cells(edition, counted, whole)
    return whole.with_outcome(np.log(cells)) if (cells > 0).all() else None


def _cells(edition: Edition, indicator: str, whole: Panel) -> Floats:
    """Give the figures of an indicator for the areas and periods of a panel; NaN where there is none."""
    figures = _figures(edition, indicator, list(whole.areas)).filter(pl.col("period").is_in(whole.periods))
    wide = pl.DataFrame({"area": whole.areas}, schema={"area": pl.String}).join(
        figures.pivot("period", index="area", values="value"), on="area", how="left", maintain_order="left"
    )
    missing = pl.lit(None, dtype=pl.Float64)
    columns = [pl.col(str(year)) if str(year) in wide.columns else missing.alias(str(year)) for year in whole.periods]
    return wide.select(columns).to_numpy().astype(np.float64)


def _figures(edition: Edition, indicator: str, codes: list[str]) -> pl.DataFrame:
    return (
        edition.figures(indicator=indicator)
        .filter(pl.col("area").is_in(codes), pl.col("value").is_not_null())
        .select("area", "period", "value")
    )


def _after(edition: Edition, name: str, codes: list[str], years: tuple[int, ...]) -> pl.DataFrame:
    """Give the mean of the figures of some years, for the areas that have all of them."""
    figures = _figures(edition, name, codes).filter(pl.col("period").is_in(years))
    means = figures.group_by("area").agg(outcome=pl.col("value").mean(), count=pl.len())
    return means.filter(pl.col("count") == len(years)).drop("count")


def _before(edition: Edition, name: str, codes: list[str], year: int, called: str) -> pl.DataFrame:
    """Give the last figure of before a year."""
    indicator, figures = edition.policy.indicator[name], _figures(edition, name, codes)
    years = [one for one in figures["period"].unique() if indicator.period(one).end <= date(year, 1, 1)]
    latest = figures.filter(pl.col("period") == max(years, default=0))
    return latest.select("area", pl.col("value").alias(called))
