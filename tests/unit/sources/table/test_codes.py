"""Area codes in full, and what is said of those that are not."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.area import Level, canonical_code
from wijkpeil.domain.complaint import Severity
from wijkpeil.sources.codes import AreasRead, code_in_full, read_areas, suggestion, without_duplicates


def areas(codes: list[str | None], level: Level | None = None) -> AreasRead:
    frame = pl.DataFrame({"code": codes, "w": ["1"] * len(codes)}, schema={"code": pl.String, "w": pl.String})
    lines = pl.Series("line", range(2, len(codes) + 2), dtype=pl.UInt32)
    return read_areas(frame, column="code", file="x.csv", lines=lines, level=level)


def in_full(code: str, level: Level | None = None) -> str | None:
    return pl.DataFrame({"code": [code]}).select(code_in_full(pl.col("code"), level))["code"][0]


@pytest.mark.parametrize(
    ("code", "level", "full"),
    [
        ("WK008050  ", None, "WK008050"),
        ("bu0363ab10", None, "BU0363AB10"),
        ("NL01", None, "NL00"),
        ("599", Level.GEMEENTE, "GM0599"),
        ("51829", Level.WIJK, "WK051829"),
        ("5182901", Level.BUURT, "BU05182901"),
        ("3075", Level.PC4, "PC3075"),
        ("363ab10", Level.BUURT, "BU0363AB10"),
        ("5182901", None, None),
        ("Totaal", Level.WIJK, None),
        ("123456789", Level.BUURT, None),
    ],
)
def test_a_code_is_written_in_full_only_where_its_level_is_known(code: str, level: Level | None, full: str) -> None:
    assert in_full(code, level) == full


@pytest.mark.parametrize(
    ("code", "meant"),
    [("5182901", "buurt BU05182901"), ("51829", "wijk WK051829"), ("051829", "wijk WK051829"),
     ("599", "gemeente GM0599"), ("3075", ""), ("12", ""), ("Tarwewijk", "")],
)  # fmt: skip
def test_lost_letters_and_zeros_are_offered_and_not_guessed(code: str, meant: str) -> None:
    assert suggestion(code) == meant
    assert areas([code]).frame.height == 0
    assert meant in areas([code]).complaints[0].sentence


def test_every_row_without_a_code_is_complained_of_at_its_own_row() -> None:
    read = areas(["GM0599", "5182901", None, "Totaal Rotterdam", "Bron: CBS", "GM0363"])
    assert read.frame["area"].to_list() == ["GM0599", "GM0363"]
    assert read.lines.to_list() == [2, 7]
    assert [complaint.place for complaint in read.complaints] == [f"rij {row}, kolom code" for row in (3, 4, 5, 6)]
    severities = [complaint.severity for complaint in read.complaints]
    assert severities == [Severity.ERROR, Severity.ERROR, Severity.WARNING, Severity.WARNING]
    assert [("totaalregel" in c.sentence, "bron" in c.sentence) for c in read.complaints[2:]] == [
        (True, False),
        (False, True),
    ]


def test_a_hundred_wrong_codes_are_twenty_complaints_and_a_number() -> None:
    complaints = areas(["fout"] * 100).complaints
    assert len(complaints) == 21
    assert "Nog 80 andere rijen" in complaints[-1].sentence


def test_a_column_named_area_is_kept_beside_the_key() -> None:
    frame = pl.DataFrame({"code": ["GM0599"], "area": [324.1]})
    read = read_areas(frame, column="code", file="x", lines=pl.Series([2]))
    assert read.frame.rows(named=True) == [{"area": "GM0599", "area_column": 324.1}]


def test_the_same_row_twice_is_one_row_and_different_rows_are_none() -> None:
    frame = pl.DataFrame(
        {"area": ["GM0599", "GM0363", "GM0599", "GM0363"], "period": [2019] * 4, "w": ["1", "2", "1", "3"]}
    )
    read = without_duplicates(frame, file="x", lines=pl.Series("line", [2, 3, 4, 5], dtype=pl.UInt32))
    assert read.frame.rows() == [("GM0599", 2019, "1")]
    assert [(c.place, c.severity) for c in read.complaints] == [
        ("rijen 2, 4", Severity.WARNING),
        ("rijen 3, 5", Severity.ERROR),
    ]


def test_an_area_may_stand_once_in_every_year() -> None:
    frame = pl.DataFrame({"area": ["GM0599", "GM0599"], "period": [2019, 2020], "w": ["1", "2"]})
    assert without_duplicates(frame, file="x", lines=pl.Series([2, 3])).frame.height == 2


@given(st.text(max_size=12) | st.from_regex(r"(GM|WK|BU|PC|NL)?[0-9A-Z]{0,8}", fullmatch=True))
def test_codes_in_full_are_those_of_the_domain(code: str) -> None:
    try:
        expected: str | None = canonical_code(code)
    except ValueError:
        expected = None
    assert in_full(code) == ("NL00" if expected == "NL01" else expected)
