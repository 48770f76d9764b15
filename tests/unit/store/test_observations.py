"""Observations come in by table and go out by indicator."""

from pathlib import Path

import polars as pl

from wijkpeil.domain.frames import Observations
from wijkpeil.store.observations import ObservationStore


def observed(indicators: list[str], period: int) -> pl.DataFrame:
    rows = [
        {
            "area": "WK000101",
            "vintage": 2020,
            "indicator": name,
            "period": period,
            "value": 0.5,
            "status": "final",
            "source": "a:1",
        }
        for name in indicators
    ]
    return Observations.validate(pl.DataFrame(rows, schema=Observations.create_empty().schema))


def test_an_indicator_is_taken_from_every_table(tmp_path: Path) -> None:
    store = ObservationStore(tmp_path)
    store.add(observed(["rookt", "eenzaam", "bijstand"], 2016))
    store.add(observed(["eenzaam", "rookt"], 2020))
    taken = store.take(["eenzaam", "bijstand"])
    assert sorted(taken.select("indicator", "period").rows()) == [
        ("bijstand", 2016),
        ("eenzaam", 2016),
        ("eenzaam", 2020),
    ]


def test_an_indicator_between_two_others_is_not_taken_along(tmp_path: Path) -> None:
    store = ObservationStore(tmp_path)
    store.add(observed(["a", "b", "c"], 2016))
    assert store.take(["a", "c"])["indicator"].to_list() == ["a", "c"]


def test_rows_are_counted_by_indicator(tmp_path: Path) -> None:
    store = ObservationStore(tmp_path)
    assert store.rows_by_indicator() == {}
    store.add(observed(["b", "a"], 2016))
    store.add(observed(["b"], 2017))
    assert store.rows_by_indicator() == {"a": 1, "b": 2}


def test_an_empty_store_gives_nothing(tmp_path: Path) -> None:
    assert ObservationStore(tmp_path).take(["a"]).height == 0
