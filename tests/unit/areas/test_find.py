"""A code, a name or a postcode finds the place that somebody means."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from wijkpeil.areas.code_lists import combined
from wijkpeil.areas.find import find
from wijkpeil.domain.area import AreaCode
from wijkpeil.domain.frames import Areas

Factory = Callable[..., Any]


@pytest.fixture(scope="module")
def areas() -> Any:
    rows = [
        ("WK008050", "Heechterp & Schieringen", "wijk", ["8924"], []),
        ("BU00805001", "Heechterp", "buurt", ["8924"], []),
        ("WK030707", "Wijk 07 De Kruiskamp", "wijk", ["3814"], ["proef"]),
        ("proef.kruiskamp", "De Kruiskamp", "programmagebied", ["3814"], ["proef"]),
        ("proef.stad-noord", "Noord", "programmagebied", [], ["proef"]),
        ("proef.dorp-noord", "Noord", "programmagebied", [], ["proef"]),
        ("GM0518", "'s-Gravenhage", "gemeente", [], []),
    ]
    schema = {"code": pl.String, "name": pl.String, "level": pl.String, "pc4": pl.List(pl.String)}
    frame = pl.DataFrame(rows, schema={**schema, "programmes": pl.List(pl.String)}, orient="row")
    blank = [pl.lit(None).alias(name) for name in ("gemeente", "wijk", "population", "land_km2")]
    return Areas.validate(frame.with_columns(*blank, vintage=2020).select(Areas.column_names()), cast=True)


@pytest.fixture(scope="module")
def other_years(codes_of: Factory) -> Any:
    return combined(
        [
            codes_of(2016, {"code": "WK008050", "name": "Wijk 50 Hempens/Teerns"}),
            codes_of(2020, {"code": "WK008050", "name": "Heechterp & Schieringen"}),
            codes_of(2022, {"code": "WK008050", "name": "Heechterp en Schieringen"}),
            codes_of(2016, {"code": "WK008034", "name": "Wijk 34 Heechterp"}),
        ]
    )


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("wk008050", "WK008050"),
        (" Heechterp/Schieringen ", "WK008050"),
        ("heechterp en schieringen", "WK008050"),
        ("kruiskamp", "proef.kruiskamp"),
        ("De Kruiskamp", "proef.kruiskamp"),
        ("proef.kruiskamp", "proef.kruiskamp"),
        ("stad noord", "proef.stad-noord"),
        ("Den Haag", "GM0518"),
        ("3814", "proef.kruiskamp"),
        ("PC8924", "WK008050"),
    ],
)
def test_a_text_finds_the_place_that_is_meant(areas: Any, other_years: Any, text: str, best: str | None) -> None:
    assert find(areas, text, other_years=other_years).best == best


def test_the_reader_chooses_between_two_of_a_kind(areas: Any, other_years: Any) -> None:
    found = find(areas, "Noord", other_years=other_years)
    assert (found.best, found.matches) == (None, ("proef.dorp-noord", "proef.stad-noord"))


def test_a_code_that_was_another_place_names_that_place(areas: Any, other_years: Any) -> None:
    found = find(areas, "WK008050", other_years=other_years)
    assert found.best == "WK008050"
    assert [(other.area, other.name) for other in found.elsewhere] == [
        (AreaCode(code="WK008050", vintage=2016), "Wijk 50 Hempens/Teerns")
    ]


def test_a_code_of_another_year_only_says_what_it_was(areas: Any, other_years: Any) -> None:
    found = find(areas, "WK008034", other_years=other_years)
    assert (found.matches, [other.name for other in found.elsewhere]) == ((), ["Wijk 34 Heechterp"])


def test_a_typing_error_gets_suggestions(areas: Any, other_years: Any) -> None:
    found = find(areas, "Hechterp", other_years=other_years)
    assert (found.matches, found.suggestions[0]) == ((), "Heechterp")


def test_nonsense_gets_nothing(areas: Any, other_years: Any) -> None:
    found = find(areas, "???", other_years=other_years)
    assert (found.matches, found.best, found.suggestions) == ((), None, ())
