"""Which area became which: a code alone never decides."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.areas.lineage import trace

Factory = Callable[..., Any]


def _rows(lineage: pl.DataFrame, area: str | None = None) -> list[tuple[Any, ...]]:
    chosen = lineage if area is None else lineage.filter(pl.col("area_from") == area)
    return chosen.select("area_from", "area_to", pl.col("of_from").round(4), pl.col("of_to").round(4), "kind").rows()


def _wijk(
    number: str, name: str, land: float | None = None, people: float | None = None, **more: Any
) -> dict[str, Any]:
    return {"code": f"WK0001{number}", "name": name, "land_km2": land, "total_km2": land, "population": people, **more}


def test_same_code_name_and_land_is_the_same_place(codes_of: Factory) -> None:
    lists = [codes_of(2016, _wijk("01", "Wijk 01 Oost", 2.0)), codes_of(2020, _wijk("01", "Oost", 2.05))]
    assert _rows(trace(lists, [], map_year=2020)) == [("WK000101", "WK000101", 1, 1, "same")]


def test_reused_code_is_not_one_series(codes_of: Factory) -> None:
    before = codes_of(2016, _wijk("50", "Hempens/Teerns", 5.0), _wijk("34", "Heechterp", 1.5))
    after = codes_of(2020, _wijk("72", "Hempens/Teerns", 5.0), _wijk("50", "Heechterp", 1.5))
    assert _rows(trace([before, after], [], map_year=2020)) == [
        ("WK000134", "WK000150", 1, 1, "recoded"),
        ("WK000150", "WK000172", 1, 1, "recoded"),
    ]


def test_a_code_with_the_same_land_but_another_name_and_other_people_is_another_place(codes_of: Factory) -> None:
    before = codes_of(2016, _wijk("50", "Hempens/Teerns", 2.0, 6000.0))
    after = codes_of(2020, _wijk("50", "Heechterp", 2.0, 3600.0))
    assert trace([before, after], [], map_year=2020).is_empty()


def test_a_code_with_the_same_land_and_people_only_got_another_name(codes_of: Factory) -> None:
    before = codes_of(2016, _wijk("50", "Plan Noord", 2.0, 3500.0))
    after = codes_of(2020, _wijk("50", "Prinsenhof", 2.0, 3600.0))
    assert _rows(trace([before, after], [], map_year=2020)) == [("WK000150", "WK000150", 1, 1, "same")]


def test_two_places_of_one_size_that_swapped_codes_keep_their_names(codes_of: Factory) -> None:
    before = codes_of(2016, _wijk("27", "Fabriekskwartier", 1.0, 4500.0), _wijk("44", "Sterrenkwartier", 1.0, 4000.0))
    after = codes_of(2020, _wijk("27", "Sterrenkwartier", 1.0, 4000.0), _wijk("44", "Fabriekskwartier", 1.0, 4500.0))
    assert _rows(trace([before, after], [], map_year=2020)) == [
        ("WK000127", "WK000144", 1, 1, "recoded"),
        ("WK000144", "WK000127", 1, 1, "recoded"),
    ]


def test_same_code_and_name_with_other_land_is_not_comparable(codes_of: Factory) -> None:
    lists = [codes_of(2016, _wijk("01", "Oost", 2.0)), codes_of(2020, _wijk("01", "Oost", 3.0))]
    assert trace(lists, [], map_year=2020).is_empty()


def test_a_code_that_cbs_calls_redrawn_needs_its_land_to_be_the_same(codes_of: Factory) -> None:
    before = codes_of(2019, _wijk("01", "Oost"), _wijk("02", "West"))
    after = codes_of(2020, _wijk("01", "Oost", 2.0, comparability=3), _wijk("02", "West", 2.0, comparability=1))
    assert _rows(trace([before, after], [], map_year=2020)) == [("WK000102", "WK000102", 1, 1, "same")]


def test_two_wijken_with_one_name_are_not_guessed_between(codes_of: Factory) -> None:
    before = codes_of(2016, _wijk("01", "Buitengebied", 2.0), _wijk("02", "Buitengebied", 2.0))
    after = codes_of(2020, _wijk("11", "Buitengebied", 2.0))
    assert trace([before, after], [], map_year=2020).is_empty()


def test_a_name_in_another_gemeente_is_another_place(codes_of: Factory) -> None:
    before = codes_of(2016, {"code": "WK000101", "name": "Rivierenwijk", "land_km2": 2.0}, _wijk("02", "West", 3.0))
    after = codes_of(2020, {"code": "WK000201", "name": "Rivierenwijk", "land_km2": 2.0}, _wijk("02", "West", 3.0))
    assert _rows(trace([before, after], [], map_year=2020), "WK000101") == []


def test_wijken_of_a_dissolved_gemeente_keep_their_names(codes_of: Factory) -> None:
    names = ("Annen", "Eext", "Gieten")
    before = codes_of(2016, *({"code": f"WK00010{i}", "name": n, "land_km2": 2.0 + i} for i, n in enumerate(names)))
    after = codes_of(2020, *({"code": f"WK16801{i}", "name": n, "land_km2": 2.0 + i} for i, n in enumerate(names)))
    kinds = trace([before, after], [], map_year=2020)
    assert kinds.select("area_from", "area_to", "kind").rows() == [
        ("WK000100", "WK168010", "recoded"),
        ("WK000101", "WK168011", "recoded"),
        ("WK000102", "WK168012", "recoded"),
    ]


def test_two_halves_that_were_joined_merge(codes_of: Factory, map_of: Factory) -> None:
    before = codes_of(2016, _wijk("34", "Heechterp", 1.0, 1000.0), _wijk("35", "Schieringen", 1.0, 3000.0))
    after = codes_of(2020, _wijk("50", "Heechterp & Schieringen", 2.0, 4000.0))
    maps = [map_of(2016, WK000134=(0, 0, 1, 1), WK000135=(1, 0, 2, 1)), map_of(2020, WK000150=(0, 0, 2, 1))]
    assert _rows(trace([before, after], maps, map_year=2020)) == [
        ("WK000134", "WK000150", 1, 0.5, "merged"),
        ("WK000135", "WK000150", 1, 0.5, "merged"),
    ]


def test_people_weigh_and_not_land(codes_of: Factory, map_of: Factory) -> None:
    before = codes_of(2016, _wijk("01", "Alles", 2.0, 1000.0))
    after = codes_of(2020, _wijk("11", "Dorp", 1.0, 900.0), _wijk("12", "Polder", 1.0, 100.0))
    maps = [map_of(2016, WK000101=(0, 0, 2, 1)), map_of(2020, WK000111=(0, 0, 1, 1), WK000112=(1, 0, 2, 1))]
    assert _rows(trace([before, after], maps, map_year=2020)) == [
        ("WK000101", "WK000111", 0.9, 1, "apportioned"),
        ("WK000101", "WK000112", 0.1, 1, "apportioned"),
    ]


def test_land_weighs_where_people_are_not_known(codes_of: Factory, map_of: Factory) -> None:
    before = codes_of(2016, _wijk("01", "Alles", 4.0))
    after = codes_of(2020, _wijk("11", "Dorp", 1.0), _wijk("12", "Polder", 3.0))
    maps = [map_of(2016, WK000101=(0, 0, 4, 1)), map_of(2020, WK000111=(0, 0, 1, 1), WK000112=(1, 0, 4, 1))]
    assert [row[2] for row in _rows(trace([before, after], maps, map_year=2020))] == [0.25, 0.75]


def test_a_polygon_of_another_year_serves_only_where_its_area_agrees(codes_of: Factory, map_of: Factory) -> None:
    before = codes_of(2016, _wijk("01", "Alles", 2.0, 1000.0))
    after = codes_of(2020, _wijk("11", "Dorp", 1.0, 500.0), _wijk("12", "Polder", 1.0, 500.0))
    later = codes_of(2022, _wijk("11", "Dorp", 1.0, 500.0), _wijk("12", "Polder", 2.0, 500.0))
    maps = [map_of(2016, WK000101=(0, 0, 2, 1)), map_of(2022, WK000111=(0, 0, 1, 1), WK000112=(1, 0, 3, 1))]
    rows = _rows(trace([before, after, later], maps, map_year=2020), "WK000101")
    assert rows == [("WK000101", "WK000111", 0.5, 1, "apportioned")]


def test_a_polygon_that_is_not_as_large_as_the_published_area_does_not_serve(
    codes_of: Factory, map_of: Factory
) -> None:
    before = codes_of(2016, _wijk("01", "Alles", 3.0, 1000.0))
    after, later = (codes_of(year, _wijk("11", "Dorp", 1.0, 500.0)) for year in (2020, 2022))
    maps = [map_of(2016, WK000101=(0, 0, 3, 1)), map_of(2022, WK000111=(0, 0, 3, 1))]
    assert _rows(trace([before, after, later], maps, map_year=2020), "WK000101") == []


def test_a_coarse_map_is_never_measured_with(codes_of: Factory, map_of: Factory) -> None:
    before = codes_of(2016, _wijk("01", "Alles", 2.0))
    after = codes_of(2020, _wijk("11", "Dorp", 2.0))
    maps = [map_of(2016, is_coarse=True, WK000101=(0, 0, 2, 1)), map_of(2020, WK000111=(0, 0, 2, 1))]
    assert trace([before, after], maps, map_year=2020).is_empty()


def test_a_small_difference_in_drawing_is_no_boundary_that_moved(codes_of: Factory, map_of: Factory) -> None:
    before = codes_of(2016, _wijk("01", "Oud", 1.02, 1000.0), _wijk("02", "Ouder", 0.98, 1000.0))
    after = codes_of(2020, _wijk("11", "Nieuw", 1.0, 1000.0), _wijk("12", "Nieuwer", 1.0, 1000.0))
    maps = [
        map_of(2016, WK000101=(0, 0, 1.02, 1), WK000102=(1.02, 0, 2, 1)),
        map_of(2020, WK000111=(0, 0, 1, 1), WK000112=(1, 0, 2, 1)),
    ]
    assert _rows(trace([before, after], maps, map_year=2020)) == [
        ("WK000101", "WK000111", 1, 1, "recoded"),
        ("WK000102", "WK000112", 1, 1, "recoded"),
    ]


def test_without_a_map_the_buurt_codes_decide(codes_of: Factory) -> None:
    buurten = (("A", 600.0), ("B", 400.0))
    before = codes_of(
        2017,
        _wijk("01", "Samen", 2.0, 1000.0),
        *({"code": f"BU0001010{i}", "name": n, "population": p} for i, (n, p) in enumerate(buurten)),
    )
    after = codes_of(
        2020,
        _wijk("11", "Apart", 1.2, 660.0),
        _wijk("12", "Alleen", 0.8, 440.0),
        {"code": "BU00011100", "name": "A", "population": 660.0},
        {"code": "BU00011200", "name": "B", "population": 440.0},
    )
    assert _rows(trace([before, after], [], map_year=2020), "WK000101") == [
        ("WK000101", "WK000111", 0.6, 1, "apportioned"),
        ("WK000101", "WK000112", 0.4, 1, "apportioned"),
    ]


def test_a_gemeente_follows_its_wijken(codes_of: Factory) -> None:
    before = codes_of(
        2016,
        {"code": "GM0001", "name": "Klein", "population": 100.0},
        *({"code": f"WK00010{i}", "name": n, "land_km2": 1.0 + i} for i, n in enumerate("AB")),
        {"code": "GM0002", "name": "Groot", "population": 300.0},
        *({"code": f"WK00020{i}", "name": n, "land_km2": 5.0 + i} for i, n in enumerate("CD")),
    )
    after = codes_of(
        2020,
        {"code": "GM0003", "name": "Nieuw", "population": 400.0},
        *({"code": f"WK00030{i}", "name": n, "land_km2": 1.0 + i, "population": 50.0} for i, n in enumerate("AB")),
        *({"code": f"WK00031{i}", "name": n, "land_km2": 5.0 + i, "population": 150.0} for i, n in enumerate("CD")),
    )
    rows = trace([before, after], [], map_year=2020).filter(pl.col("area_from").str.starts_with("GM"))
    assert _rows(rows) == [("GM0001", "GM0003", 1, 0.25, "merged"), ("GM0002", "GM0003", 1, 0.75, "merged")]


def test_a_year_between_shows_the_way(codes_of: Factory, map_of: Factory) -> None:
    first = codes_of(2014, _wijk("01", "Oud"))
    between = codes_of(2017, _wijk("01", "Oud", 2.0, 1000.0))
    after = codes_of(2020, _wijk("11", "Dorp", 1.0, 700.0), _wijk("12", "Polder", 1.0, 300.0))
    maps = [map_of(2017, WK000101=(0, 0, 2, 1)), map_of(2020, WK000111=(0, 0, 1, 1), WK000112=(1, 0, 2, 1))]
    traced = trace([first, between, after], maps, map_year=2020).filter(pl.col("vintage_from") == 2014)
    assert [row[2] for row in _rows(traced)] == [0.7, 0.3]


CELLS = 20
CUTS = st.lists(st.integers(1, CELLS - 1), unique=True, max_size=6).map(sorted)


def _strip(cuts: list[int]) -> list[tuple[int, int]]:
    return list(zip([0, *cuts], [*cuts, CELLS], strict=True))


@settings(max_examples=40, deadline=None)
@given(CUTS, CUTS, st.lists(st.integers(1, 500), min_size=CELLS, max_size=CELLS))
def test_nobody_is_lost_or_counted_twice_when_a_strip_is_cut_anew(
    codes_of: Factory, map_of: Factory, old: list[int], new: list[int], people: list[int]
) -> None:
    before = [(f"{i:02}", span) for i, span in enumerate(_strip(old))]
    after = [(f"{i:02}", span) for i, span in enumerate(_strip(new), start=50)]
    lists = [
        codes_of(year, *(_wijk(n, f"{year} {n}", b - a, float(sum(people[a:b]))) for n, (a, b) in wijken))
        for year, wijken in ((2016, before), (2020, after))
    ]
    cells = {f"BU0001{n}{cell:02}": cell for n, (a, b) in after for cell in range(a, b)}
    lists.append(codes_of(2020, *({"code": c, "name": c, "population": float(people[k])} for c, k in cells.items())))
    maps = [
        map_of(2016, **{f"WK0001{n}": (a, 0, b, 1) for n, (a, b) in before}),
        map_of(2020, **{code: (k, 0, k + 1, 1) for code, k in cells.items()}),
        map_of(2020, **{f"WK0001{n}": (a, 0, b, 1) for n, (a, b) in after}),
    ]
    lineage = trace(lists, maps, map_year=2020)
    given_away = lineage.group_by("area_from").agg(pl.col("of_from").sum())
    assert given_away.height == len(before)
    assert given_away["of_from"].to_list() == pytest.approx([1.0] * len(before))
    assert (lineage["of_from"] >= 0).all()
    for row in lineage.iter_rows(named=True):
        a, b = dict(before)[row["area_from"][6:]]
        c, d = dict(after)[row["area_to"][6:]]
        shared = sum(people[max(a, c) : min(b, d)]) / sum(people[a:b])
        assert row["of_from"] == pytest.approx(shared, abs=0.05 * len(after))


def test_no_area_is_traced_to_its_own_year(codes_of: Factory) -> None:
    assert trace([codes_of(2020, _wijk("01", "Oost", 2.0))], [], map_year=2020).is_empty()
