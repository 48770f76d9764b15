"""A hand-made edition for studies: areas on a grid, figures as told, and nothing that a study does not read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import polars as pl
import shapely

import small_country
from wijkpeil.domain.area import level_of
from wijkpeil.domain.indicator import Indicator
from wijkpeil.domain.period import Moment
from wijkpeil.domain.study import Candidates, Design, Expected, Family, Study, StudyKind, StudyOutcome, TreatedArea

YEARS = tuple(range(2005, 2015))
START = 2010
OUTCOME = "arm"


def wijken(count: int, *, city: int = 1) -> tuple[str, ...]:
    """The codes of so many areas of a city."""
    return tuple(f"WK{city:04d}{place:02d}" for place in range(1, count + 1))


@dataclass(kw_only=True)
class HandMade:
    """What a study reads of an edition.

    ``values`` gives by indicator and area the figure of every year; a year that is not there has no figure. ``places``
    gives the lower left corner of an area of one square kilometre, in kilometres; without it areas lie far apart.
    ``composed`` gives areas of a programme by their parts, ``within`` the programmes of an area.
    """

    values: Mapping[str, Mapping[str, Mapping[int, float]]]
    indicators: Iterable[Indicator] = ()
    people: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    composed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    within: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    id: str = "met-de-hand"
    manifest: Any = field(default_factory=lambda: SimpleNamespace(map_year=2020))

    @property
    def policy(self) -> Any:
        """A policy of the indicators, those that have figures first of all."""
        known = {one.id: one for one in self.indicators}
        for name in {*self.values, "inwoners"} - set(known):
            known[name] = small_country.indicator(name, moment=Moment.WHOLE_YEAR)
        return small_country.policy(*known.values())

    def figures(self, *, indicator: str) -> pl.DataFrame:
        """All figures of one indicator; of ``inwoners`` those of ``people``, the same every year."""
        told = self.values.get(indicator, {})
        if indicator == "inwoners" and not told:
            told = {code: dict.fromkeys(YEARS, float(number)) for code, number in self._people().items()}
        rows = [(area, year, value) for area, series in told.items() for year, value in series.items()]
        return pl.DataFrame(rows, schema={"area": pl.String, "period": pl.Int16, "value": pl.Float64}, orient="row")

    @property
    def areas(self) -> pl.DataFrame:
        """Every area that has a figure, and those that are composed."""
        rows = [
            {
                "code": code,
                "name": f"Wijk {code}",
                "level": "programmagebied" if code in self.composed else level_of(code).value,
                "gemeente": f"GM{self.composed.get(code, (code,))[0][2:6]}",
                "wijk": f"WK{code[2:8]}" if code.startswith("BU") else None,
                "population": self._people()[code],
                "programmes": list(self.within.get(code, ())),
            }
            for code in self._codes()
        ]
        return pl.DataFrame(rows, schema_overrides={"wijk": pl.String, "programmes": pl.List(pl.String)})

    @property
    def composition(self) -> pl.DataFrame:
        """Composed areas with their parts."""
        return small_country.composition(self.composed)

    @property
    def boundaries(self) -> Any:
        """The squares, in metres."""
        corners = {code: self.places.get(code, (100.0 * place, 0.0)) for place, code in enumerate(self._codes())}
        shapes = [shapely.box(x * 1000, y * 1000, (x + 1) * 1000, (y + 1) * 1000) for x, y in corners.values()]
        return pl.DataFrame(
            {"vintage": [2020] * len(corners), "code": list(corners), "geometry_rd": shapely.to_wkb(shapes).tolist()}
        )

    def _codes(self) -> list[str]:
        told = {area for series in self.values.values() for area in series}
        return sorted({*told, *self.people, *self.places, *self.composed, *self.within})

    def _people(self) -> dict[str, int]:
        return {code: self.people.get(code, 5000) for code in self._codes()}


def noisy(
    areas: Iterable[str],
    *,
    years: Iterable[int] = YEARS,
    effect: Mapping[str, float] | None = None,
    start: int = START,
    seed: int = 1,
) -> dict[str, dict[int, float]]:
    """Figures that wander a little around a level and a trend; ``effect`` comes on top from ``start`` on, by area."""
    rng = np.random.default_rng(seed)
    found = {}
    for area in areas:
        level = 0.3 + rng.normal(scale=0.02)
        found[area] = {
            year: float(level + 0.002 * (year - 2005) + rng.normal(scale=0.003))
            + ((effect or {}).get(area, 0.0) if year >= start else 0.0)
            for year in years
        }
    return found


def treated(areas: Iterable[str], start: int = START, end: int | None = None) -> tuple[TreatedArea, ...]:
    """Areas with the same first year under treatment."""
    return tuple(TreatedArea(area=area, start=start, end=end) for area in areas)


def study(*of: TreatedArea, **changed: Any) -> Study:
    """A study of treated areas, compared with wijken."""
    usual = {
        "id": "hielp-het",
        "kind": StudyKind.EVALUATION,
        "title": "Hielp het?",
        "title_en": "Did it help?",
        "question": "Hielp het?",
        "question_en": "Did it help?",
        "done": "Iets.",
        "mechanism": "Zo.",
        "hash": "a" * 64,
        "treated": of,
        "outcomes": (StudyOutcome(indicator=OUTCOME, expected=Expected.DOWN, smallest=0.001),),
        "candidates": Candidates(level="wijk"),
        "designs": (Design.DIFFERENCES,),
        "family": Family.HOLM,
        "draws": 199,
    }
    return Study(**{**usual, **changed})
