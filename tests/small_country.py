"""A country of a few areas, written in one line each, for the tests of analysis and disclosure."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import dataframely as dy
import polars as pl

from wijkpeil.domain.area import Level, gemeente_of, level_of, wijk_of
from wijkpeil.domain.frames import Areas, Composition, OnMapYear, Population
from wijkpeil.domain.indicator import Break, Direction, GapScale, Indicator, Kind, Nature, Review, Unit
from wijkpeil.domain.period import Moment
from wijkpeil.domain.policy import Base, DisclosureRule, LookAlikes, Policy
from wijkpeil.domain.programme import Programme

_UNIT = {Kind.PROPORTION: Unit.PERCENT, Kind.RATE: Unit.PER_1000, Kind.COUNT: Unit.DWELLINGS, Kind.ORDINAL: Unit.CLASS}


def indicator(name: str = "arm", kind: Kind = Kind.PROPORTION, **other: Any) -> Indicator:
    """An indicator with everything filled in that a test does not care about."""
    traits: dict[str, Any] = {
        "id": name,
        "theme": "werken",
        "label": name,
        "label_en": name,
        "unit": _UNIT.get(kind, Unit.SCORE),
        "direction": Direction.LOWER_IS_BETTER,
        "kind": kind,
        "nature": Nature.MEASURED,
        "base": "personen",
        "moment": Moment.FIRST_OF_JANUARY,
        "decimals": 1,
        "materiality": 0.01,
        "gap_scale": GapScale.ABSOLUTE,
        "sources": (),
        "question": "",
        "not_for": "",
        "definition": "",
        "minimum_base": None,
        "price_year": None,
        "review": Review(author="a", checked_by="b", review_due=date(2030, 1, 1)),
        "breaks": tuple(Break(year=year, note="") for year in other.pop("broken_in", ())),
    }
    return Indicator(**{**traits, **other})


def programme(baseline: date = date(2007, 1, 1), window: int = 1) -> Programme:
    """A programme of which only the baseline matters here; its areas stand in the composition."""
    return Programme(
        id="prog",
        label="",
        label_en="",
        start=date(2007, 7, 1),
        end=None,
        baseline=baseline,
        baseline_window=window,
        vintage=2020,
        note="",
        neighbourhoods=(),
    )


def policy(
    *indicators: Indicator,
    minimum: Mapping[str, int] | None = None,
    round_counts_to: int = 1,
    look_alikes: LookAlikes | None = None,
) -> Policy:
    """A policy of some indicators, one audience and one programme."""
    rule = DisclosureRule(
        audience="openbaar", label="", minimum_base=dict(minimum or {}), round_counts_to=round_counts_to
    )
    return Policy(
        name="",
        fictional=True,
        country="NL00",
        map_year=2020,
        apportioned_limit=0.25,
        default_programme="prog",
        themes=(),
        indicators=indicators or (indicator(),),
        sources=(),
        programmes=(programme(),),
        bases=(Base(id="personen", label="", label_en="", population="inwoners"),),
        groups=(),
        look_alikes=look_alikes or LookAlikes(characteristics=(), number=3, caliper=1.0, minimum_population=0, note=""),
        disclosure=(rule,),
        checked_on=date(2026, 1, 1),
    )


def areas(people: Mapping[str, float | None], composed: Mapping[str, str | None] | None = None) -> dy.DataFrame[Areas]:
    """Areas by code with their inhabitants; composed ones with their gemeente (null for a group)."""
    rows = [(code, level_of(code).value, gemeente_of(code), wijk_of(code), number) for code, number in people.items()]
    for code, gemeente in (composed or {}).items():
        level = Level.PROGRAMME_AREA if gemeente else Level.GROUP
        rows.append((code, level.value, gemeente, None, None))
    frame = pl.DataFrame(rows, schema=["code", "level", "gemeente", "wijk", "population"], orient="row")
    return Areas.cast(
        frame.with_columns(
            vintage=2020,
            name="code",
            land_km2=1.0,
            pc4=pl.lit([], dtype=pl.List(pl.String)),
            programmes=pl.lit([], dtype=pl.List(pl.String)),
        )
    )


def composition(parts: Mapping[str, Iterable[str]] | None = None) -> dy.DataFrame[Composition]:
    """Composed areas with their parts; a part with a minus before it is left out."""
    rows = [
        (whole, part.removeprefix("-"), -1 if part.startswith("-") else 1)
        for whole, some in (parts or {}).items()
        for part in some
    ]
    return Composition.validate(
        pl.DataFrame(rows, schema={"composed": pl.String, "part": pl.String, "sign": pl.Int8}, orient="row")
    )


def figures(rows: Iterable[Mapping[str, Any]]) -> dy.DataFrame[OnMapYear]:
    """Publisher's figures: each row names at least its area; a value of ``None`` is missing."""
    defaults = {
        "indicator": "arm",
        "period": 2007,
        "value": None,
        "base": None,
        "se": None,
        "rounded_to": None,
        "source": "cbs:1",
        "apportioned": 0.0,
    }
    whole = []
    for row in rows:
        filled = {**defaults, **row}
        filled.setdefault("status", "missing" if filled["value"] is None else "final")
        whole.append(filled)
    names = OnMapYear.column_names()
    frame = pl.DataFrame([[row[name] for name in names] for row in whole], schema=names, orient="row", strict=False)
    return OnMapYear.cast(frame)


def population(counts: Mapping[tuple[str, int], float] | None = None) -> dy.DataFrame[Population]:
    """Counted inhabitants by area and year."""
    rows = [(area, "inwoners", year, float(number)) for (area, year), number in (counts or {}).items()]
    schema = {"area": pl.String, "indicator": pl.String, "period": pl.Int16, "value": pl.Float64}
    return Population.validate(pl.DataFrame(rows, schema=schema, orient="row"))
