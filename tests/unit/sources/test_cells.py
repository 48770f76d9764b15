"""Every way in which publishers write a number, or that there is none."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.status import Status
from wijkpeil.sources.cells import read_cells


def read(*cells: str | None) -> tuple[list[float | None], list[str | None], list[str | None]]:
    """Give value, reason other than missing, and fault of each cell of one column."""
    found = read_cells(pl.DataFrame({"c": pl.Series(cells, dtype=pl.String)}), ["c"])
    reasons: list[str | None] = [None] * len(cells)
    faults: list[str | None] = [None] * len(cells)
    for row, _, status in found.reasons.rows():
        reasons[row] = status
    for row, _, _, fault in found.faults.rows():
        faults[row] = fault
    return found.values["c"].to_list(), reasons, faults


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12", 12.0),
        ("  457400", 457400.0),
        ("    20.8 ", 20.8),
        ("  -0.100", -0.1),
        ("33,5", 33.5),
        ("67%", 67.0),
        ("67,5 %", 67.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("12 345", 12345.0),
        ("12\u00a0345,5", 12345.5),
        ("0", 0.0),
        ("-", 0.0),
        ("1e3", 1000.0),
    ],
)
def test_a_number_is_read_in_every_way_of_writing_it(written: str, number: float) -> None:
    assert read(written) == ([number], [None], [None])


@pytest.mark.parametrize("mark", ["", ".", "       .", "NA", "n.b.", "NaN", "-99999999", "-99999999.0", None])
def test_a_mark_of_absence_is_missing_and_never_zero(mark: str | None) -> None:
    assert read(mark, "5") == ([None, 5.0], [None, None], [None, None])


@pytest.mark.parametrize("mark", ["x", " X ", "-99997"])
def test_a_secret_cell_is_suppressed_by_its_source(mark: str) -> None:
    values, reasons, faults = read(mark)
    assert (values, reasons, faults) == ([None], [Status.SUPPRESSED_BY_SOURCE.value], [None])


def test_not_applicable_is_not_missing() -> None:
    assert read("n.v.t.")[1] == [Status.NOT_APPLICABLE.value]


@pytest.mark.parametrize(
    "mangled", ["jan-12", "12-jan", "3-mrt", "mei-04", "2012-01-05 00:00:00", "1-2-2020", "05/03", "2012-03-01"]
)
def test_a_number_that_became_a_date_is_a_named_fault(mangled: str) -> None:
    assert read(mangled, "5") == ([None, 5.0], [None, None], ["date", None])


@pytest.mark.parametrize("written", ["twaalf", "12 a 14", "<5", "#DIV/0!", "inf", "1_000", "0x1F"])
def test_what_is_no_number_is_a_fault_and_never_silently_null(written: str) -> None:
    assert read(written)[2] == ["unreadable"]


def test_a_point_before_three_digits_is_ambiguous_when_nothing_in_its_column_tells() -> None:
    assert read("12.370", "980") == ([None, 980.0], [None, None], ["ambiguous", None])


def test_a_point_before_three_digits_is_a_decimal_point_when_another_cell_shows_it() -> None:
    assert read("1.010", "0.856") == ([1.01, 0.856], [None, None], [None, None])


def test_a_point_in_a_column_with_decimal_commas_is_no_decimal_point() -> None:
    assert read("1.234", "12,5") == ([None, 12.5], [None, None], ["ambiguous", None])


def test_a_comma_before_three_digits_is_a_decimal_comma_when_another_cell_shows_it() -> None:
    assert read("1,234", "0,5") == ([1.234, 0.5], [None, None], [None, None])


def test_the_sign_may_be_shown_far_below_the_first_rows() -> None:
    values, _, faults = read(*["1.010"] * 600, "0.5")
    assert values[0] == 1.01
    assert not any(faults)


def test_numbers_stay_numbers_and_the_numbers_that_mean_nothing_do_not() -> None:
    frame = pl.DataFrame({"whole": [1, -99999999, None, -99997], "part": [0.5, float("nan"), float("inf"), None]})
    found = read_cells(frame, ["whole", "part"])
    assert found.values["whole"].to_list() == [1.0, None, None, None]
    assert found.values["part"].to_list() == [0.5, None, None, None]
    assert found.reasons.rows() == [(3, "whole", Status.SUPPRESSED_BY_SOURCE.value)]


def test_a_column_of_dates_is_a_fault_in_every_cell() -> None:
    frame = pl.DataFrame({"c": pl.Series(["2020-01-01", None]).str.to_date()})
    found = read_cells(frame, ["c"])
    assert found.faults.select("row", "fault").rows() == [(0, "date")]


def test_columns_keep_their_order_and_their_rows() -> None:
    frame = pl.DataFrame({"b": ["x", "1"], "a": [1, 2], "c": ["2,5", "?"]})
    found = read_cells(frame, ["c", "a", "b"])
    assert found.values.columns == ["c", "a", "b"]
    assert found.values.rows() == [(2.5, 1.0, None), (None, 2.0, 1.0)]
    assert found.faults.rows() == [(1, "c", "?", "unreadable")]


@settings(deadline=None)
@given(st.lists(st.decimals(-99990, 10**9, places=2), min_size=1, max_size=30), st.sampled_from([",", "."]))
def test_every_number_survives_being_written_with_either_sign(numbers: list[object], sign: str) -> None:
    values, _, faults = read(*[f" {number:f}".replace(".", sign) for number in numbers])  # type: ignore[str-format]
    assert values == [float(number) for number in numbers]  # type: ignore[arg-type]
    assert not any(faults)


PRINTED = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=12)


@settings(deadline=None)
@given(st.lists(PRINTED, min_size=1, max_size=20))
def test_every_cell_is_a_number_a_known_mark_or_a_fault(cells: list[str]) -> None:
    values, reasons, faults = read(*cells)
    marks = {"", ".", "na", "n/a", "nan", "null", "n.b.", "n.b", "nb", "onbekend"}
    for cell, value, reason, fault in zip(cells, values, reasons, faults, strict=True):
        known = reason is not None or cell.strip().lower() in marks
        assert (value is not None) + (fault is not None) + known == 1, cell
