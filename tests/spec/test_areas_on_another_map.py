"""How a figure of one map year comes onto the map of another, in one small city."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest
import shapely

from wijkpeil.areas.code_lists import combined
from wijkpeil.areas.convert import to_map_year
from wijkpeil.areas.lineage import trace
from wijkpeil.catalogue import load, packaged_folder
from wijkpeil.domain.frames import Boundaries, CodeList, Observations
from wijkpeil.domain.indicator import Kind

# In 2016 the city has four wijken in a row. In 2020
# - De Brink has the code that Zuiderburen had, and is made of Brink-Noord and Brink-Zuid;
# - Zuiderburen has a new code;
# - De Polder is cut in two: nearly everybody lives in the village.
#
#   2016   34 Brink-Noord   35 Brink-Zuid    50 Zuiderburen    60 De Polder
#   2020   50 De Brink .................     72 Zuiderburen    61 Dorp     62 Buiten
MAP_2016 = {"34": ("Brink-Noord", 0, 1, 1800), "35": ("Brink-Zuid", 1, 2, 1800)}
MAP_2016 |= {"50": ("Zuiderburen", 2, 4, 6000), "60": ("De Polder", 4, 8, 2000)}
MAP_2020 = {"50": ("De Brink", 0, 2, 3600), "72": ("Zuiderburen", 2, 4, 6000)}
MAP_2020 |= {"61": ("Dorp", 4, 5, 1700), "62": ("Buiten", 5, 8, 300)}


def _codes(year: int, wijken: dict[str, tuple[str, int, int, int]]) -> Any:
    rows = [(f"WK0001{n}", name, float(people), float(b - a)) for n, (name, a, b, people) in wijken.items()]
    frame = pl.DataFrame(rows, schema=["code", "name", "population", "land_km2"], orient="row")
    facts = {
        "vintage": year,
        "level": pl.lit("wijk"),
        "total_km2": pl.col("land_km2"),
        "comparability": None,
        "pc4": None,
    }
    return CodeList.validate(frame.with_columns(**facts).select(CodeList.column_names()), cast=True)


def _map(year: int, wijken: dict[str, tuple[str, int, int, int]]) -> Any:
    rows = [
        (f"WK0001{n}", name, shapely.to_wkb(shapely.box(a * 1000, 0, b * 1000, 1000)))
        for n, (name, a, b, _) in wijken.items()
    ]
    frame = pl.DataFrame(rows, schema=["code", "name", "geometry_rd"], orient="row")
    return Boundaries.validate(frame.with_columns(vintage=year, is_coarse=False), cast=True)


CODES = [_codes(2016, MAP_2016), _codes(2020, MAP_2020)]
LINEAGE = trace(CODES, [_map(2016, MAP_2016), _map(2020, MAP_2020)], map_year=2020)


def _in_2020(kind: Kind, **figures: float) -> dict[str, tuple[float | None, str]]:
    """Give what became of figures of 2016, by the number of the wijk in 2020."""
    packaged, _ = load(packaged_folder(), today=date(2026, 11, 1))
    policy = replace(packaged, map_year=2020, indicators=(replace(packaged.indicators[0], id="cijfer", kind=kind),))
    frame = pl.DataFrame({"area": [f"WK0001{wijk[1:]}" for wijk in figures], "value": list(figures.values())})
    known = {"vintage": 2016, "period": 2016, "base": None, "se": None, "rounded_to": None}
    words = {"indicator": pl.lit("cijfer"), "status": pl.lit("final"), "source": pl.lit("bron:tabel")}
    observed = Observations.validate(
        frame.with_columns(**known, **words).select(Observations.column_names()), cast=True
    )
    arrived = to_map_year(observed, LINEAGE, policy=policy, codes=combined(CODES))
    return {row["area"][6:]: (row["value"], row["status"]) for row in arrived.iter_rows(named=True)}


COUNTS = _in_2020(Kind.COUNT, w34=100.0, w35=60.0, w50=300.0, w60=50.0)
SHARES = _in_2020(Kind.PROPORTION, w34=0.4, w35=0.2, w50=0.1, w60=0.3)
CLASSES = _in_2020(Kind.ORDINAL, w34=4.0, w35=4.0, w50=6.0, w60=5.0)


def test_the_figure_of_a_reused_code_goes_to_the_place_and_not_to_the_code() -> None:
    assert COUNTS["72"] == (300.0, "final")


def test_counts_of_two_halves_are_added() -> None:
    assert COUNTS["50"] == (160.0, "final")


def test_shares_of_two_halves_are_weighted_by_people_and_said_to_be_approximate() -> None:
    assert SHARES["50"] == (pytest.approx(0.3), "approximate")


def test_a_wijk_that_was_cut_in_two_says_little_about_the_smaller_half() -> None:
    """Of the figure of the village 15 in 85 was cut away, which is within the limit; the other half is all cutting."""
    assert SHARES["61"] == (pytest.approx(0.3), "approximate")
    assert SHARES["62"] == (None, "not_comparable")


def test_classes_go_along_with_a_place_and_are_never_averaged() -> None:
    assert CLASSES["72"] == (6.0, "final")
    assert CLASSES["50"] == (None, "not_comparable")


def test_every_wijk_of_2020_has_a_figure_or_a_reason() -> None:
    for answers in (COUNTS, SHARES, CLASSES):
        assert set(answers) == {"50", "61", "62", "72"}
