"""The same figures lie in two orders, and nothing is lost between them."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from wijkpeil.domain.frames import Figures
from wijkpeil.store import figures as store


def figures(areas: list[str], indicators: list[str], periods: list[int]) -> pl.DataFrame:
    rows = [
        {
            "area": area,
            "indicator": indicator,
            "period": period,
            "value": 0.25 + number / 100,
            "interval": "none_known",
            "status": "final",
            "source": "eigen:1",
            "apportioned": 0.0,
            "rest_status": "no_comparator",
            "like_status": "no_comparator",
        }
        for number, (indicator, area, period) in enumerate(
            (indicator, area, period) for indicator in indicators for area in sorted(areas) for period in periods
        )
    ]
    return Figures.validate(pl.DataFrame(rows, schema=Figures.create_empty().schema))


HOMES = pl.DataFrame(
    {
        "area": ["GM0001", "GM0002", "NL00", "WK000101", "WK000201"],
        "home": ["GM0001", "GM0002", "NL00", "GM0001", "GM0002"],
    }
)


def written(folder: Path, frame: pl.DataFrame) -> None:
    store.write_by_indicator(frame, folder)  # type: ignore[arg-type]
    store.write_by_city(folder, HOMES)


def test_a_city_holds_every_figure_of_its_areas_sorted_by_area(tmp_path: Path) -> None:
    frame = figures(HOMES["area"].to_list(), ["eenzaam", "rookt"], [2016, 2020])
    written(tmp_path, frame)
    expected = frame.filter(pl.col("area").is_in(["GM0001", "WK000101"])).sort("area", "indicator", "period")
    assert_frame_equal(store.read_city(tmp_path, "GM0001"), expected)


def test_one_area_is_read_out_of_its_city(tmp_path: Path) -> None:
    frame = figures(HOMES["area"].to_list(), ["eenzaam"], [2016, 2020])
    written(tmp_path, frame)
    assert_frame_equal(store.read_city(tmp_path, "GM0002", area="WK000201"), frame.filter(pl.col("area") == "WK000201"))


@pytest.mark.parametrize("at_once", [1, 7, 1000])
def test_the_size_of_the_bands_never_changes_a_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    frame = figures(HOMES["area"].to_list(), ["a", "b", "c"], [2016, 2018, 2020])
    for name, rows in (("one", 10_000), ("other", at_once)):
        monkeypatch.setattr(store, "ROWS_AT_ONCE", rows)
        written(tmp_path / name, frame)
    for path in (tmp_path / "one").rglob("*.parquet"):
        assert path.read_bytes() == (tmp_path / "other" / path.relative_to(tmp_path / "one")).read_bytes()


def test_an_indicator_without_figures_reads_as_none(tmp_path: Path) -> None:
    assert store.read_indicator(tmp_path, "niets").height == 0


@given(st.lists(st.tuples(st.text("GM0123", min_size=1, max_size=4), st.integers(0, 6_000_000)), max_size=30))
def test_bands_hold_every_city_once_and_in_order(counted: list[tuple[str, int]]) -> None:
    bands = store._bands(counted)
    assert [city for band in bands for city in band] == [city for city, _ in counted]
