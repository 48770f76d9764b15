"""Several files that each know something of the areas become one list."""

from collections.abc import Callable
from typing import Any

from wijkpeil.areas.code_lists import combined, of_year
from wijkpeil.domain.area import Level


def test_each_file_adds_what_the_others_do_not_know(codes_of: Callable[..., Any]) -> None:
    names = codes_of(2020, {"code": "WK008050", "name": "Heechterp & Schieringen"})
    figures = codes_of(2020, {"code": "WK008050", "name": "WK008050", "population": 3650.0, "land_km2": 1.51})
    row = combined([figures, names]).row(0, named=True)
    assert (row["name"], row["population"], row["land_km2"]) == ("Heechterp & Schieringen", 3650.0, 1.51)


def test_a_name_that_is_only_a_number_gives_way_to_one_that_says_more(codes_of: Callable[..., Any]) -> None:
    lists = [codes_of(2017, {"code": "WK168000", "name": name}) for name in ("Wijk 00", "Wijk 00 Annen")]
    assert combined(lists)["name"].item() == "Wijk 00 Annen"


def test_a_number_is_kept_where_there_is_nothing_better(codes_of: Callable[..., Any]) -> None:
    assert combined([codes_of(2017, {"code": "WK168000", "name": "Wijk 00"})])["name"].item() == "Wijk 00"


def test_the_same_code_of_two_years_stays_two_areas(codes_of: Callable[..., Any]) -> None:
    lists = [
        codes_of(year, {"code": "WK008050", "name": name}) for year, name in ((2016, "Hempens"), (2020, "Heechterp"))
    ]
    assert combined(lists).select("vintage", "name").rows() == [(2016, "Hempens"), (2020, "Heechterp")]


def test_parents_are_read_from_the_digits(codes_of: Callable[..., Any]) -> None:
    codes = combined([codes_of(2020, {"code": "BU0363AB10", "name": "Kop Zeedijk"})])
    row = of_year(codes, 2020, Level.BUURT).row(0, named=True)
    assert (row["gemeente"], row["wijk"]) == ("GM0363", "WK0363AB")


def test_no_lists_make_an_empty_list() -> None:
    assert combined([]).is_empty()
