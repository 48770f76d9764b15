"""Your own table, read as its mapping says."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.mapping import Decimal, Encoding, Layout, TableMapping
from wijkpeil.domain.policy import LookAlikes, Policy
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cells import read_cells
from wijkpeil.sources.folder import look_through
from wijkpeil.sources.parsed import KEYS
from wijkpeil.sources.table import parse
from wijkpeil.sources.table.reading import TableRead, read_table, split_year

WIDE = TableMapping(code_column="code")
SOURCE = Source(
    id="eigen", label="", publisher="", licence="", attribution="", landing_page="", cadence="", note="", tables=()
)


def read(text: str, layout: TableMapping = WIDE, year: int | None = 2019) -> TableRead:
    return read_table(text.encode(), layout, file="x.csv", year=year)


def figures(table: TableRead, *only: str) -> dict[tuple[str, int, str], float]:
    """Give the figures of a table by area, year and name, as all later rooms would read them."""
    names = list(only) or [name for name in table.frame.columns if name not in KEYS]
    cells = read_cells(table.frame, names)
    assert cells.faults.height == 0
    values = cells.values.with_columns(table.frame["area"], table.frame["period"])
    return {
        (row["area"], row["period"], name): row[name]
        for row in values.iter_rows(named=True)
        for name in names
        if row[name] is not None
    }


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "layout", "year", "code", "column", "value"),
    [
        ("kwb/kwb2022_wijk_tmap.csv", TableMapping(code_column="code", name_column="name"), 2022, "WK008050",
         "dwelling_value", None),
        ("kwb/kwb2022_gemeente_tmap.csv", TableMapping(code_column="code", name_column="name"), 2022, "GM0034",
         "population", 217828),
        ("rivm_gezondheid/eenzaamheid_wijk_2016.csv", TableMapping(code_column="wijkcode", name_column="wijknaam"),
         2016, "WK000300", "% eenzaam*", 46),
    ],
)  # fmt: skip
def test_figures_are_those_of_the_raw_file(
    shared: Path, file: str, layout: TableMapping, year: int, code: str, column: str, value: float | None
) -> None:
    """By hand: the csv module. GM0034 is "Almere,...,217828"; WK000300 is "Wijk 00,3,Appingedam,...,46"."""
    path = shared / "data" / file
    with path.open(newline="") as lines:
        (by_hand,) = [row for row in csv.DictReader(lines) if row[layout.code_column] == code]
    table = read_table(path.read_bytes(), layout, file=path.name, year=year)
    found = figures(table, column)[(code, year, column)]
    assert found == float(by_hand[column])
    assert value is None or found == value


@pytest.mark.real
def test_the_wijk_that_stands_three_times_in_the_loneliness_file_is_read_once(shared: Path) -> None:
    data = (shared / "data/rivm_gezondheid/eenzaamheid_wijk_2016.csv").read_bytes()
    table = read_table(data, TableMapping(code_column="wijkcode"), file="x.csv", year=2016)
    assert data.count(b"WK191104") == 3
    assert table.frame["area"].to_list().count("WK191104") == 1
    (complaint,) = table.complaints
    assert (complaint.place, complaint.severity) == ("rijen 2825, 2826, 2827", Severity.WARNING)


NAMES = st.sampled_from(["inwoners", "% eenzaam", "WOZ (x1000)", "score"])
CELLS = st.dictionaries(
    st.tuples(st.sampled_from(["GM0599", "WK059914", "BU0363AB10"]), st.integers(2010, 2024), NAMES),
    st.integers(-9999, 9999) | st.floats(-9e4, 1e6, allow_subnormal=False).map(lambda x: round(x, 4)),
    min_size=1,
)


def written(rows: list[list[object]], delimiter: str) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


@settings(deadline=None)
@given(cells=CELLS, comma=st.booleans(), in_header=st.booleans())
def test_long_and_wide_form_read_back_to_the_same_figures(
    cells: dict[tuple[str, int, str], float], comma: bool, in_header: bool
) -> None:
    def cell(value: float | None) -> str:
        text = "" if value is None else repr(float(value))
        return text.replace(".", ",") if comma else text

    decimal = Decimal.COMMA if comma else Decimal.POINT
    names = sorted({name for _, _, name in cells})
    keys = sorted({(area, year) for area, year, _ in cells})
    long_rows = [["code", "jaar", "onderwerp", "waarde"]]
    long_rows += [[area, str(year), name, cell(value)] for (area, year, name), value in cells.items()]
    long = TableMapping(code_column="code", period_column="jaar", layout=Layout.LONG, indicator_column="onderwerp",
                        value_column="waarde", decimal=decimal, header_row=1)  # fmt: skip
    wide = TableMapping(code_column="code", period_column="jaar", decimal=decimal, header_row=1)
    wide_rows = [["code", "jaar", *names]]
    wide_rows += [[area, str(year), *(cell(cells.get((area, year, name))) for name in names)] for area, year in keys]
    if in_header:
        wide = TableMapping(code_column="code", years_in_header=True, decimal=decimal, header_row=1)
        columns = sorted({(name, year) for _, year, name in cells})
        wide_rows = [["code", *(f"{name} {year}" for name, year in columns)]]
        wide_rows += [[area, *(cell(cells.get((area, year, name))) for name, year in columns)]
                      for area in sorted({area for area, _ in keys})]  # fmt: skip
    expected = {key: float(value) for key, value in cells.items()}
    assert figures(read_table(written(long_rows, ";"), long, file="x.csv")) == expected
    assert figures(read_table(written(wide_rows, ";"), wide, file="x.csv")) == expected


def test_rows_are_named_by_their_line_also_under_a_title_and_after_empty_lines() -> None:
    table = read("Titel;\n\ncode;w\nGM0599;1\n\nfout;2\nGM0363;3\n")
    assert table.lines.to_list() == [4, 7]
    assert table.complaints[0].place == "rij 6, kolom code"


def test_a_totals_row_and_a_source_line_are_skipped_with_a_warning() -> None:
    table = read("code;w\nGM0599;1\nTotaal;2\nBron: CBS\n")
    assert table.frame["area"].to_list() == ["GM0599"]
    assert [complaint.severity for complaint in table.complaints] == [Severity.WARNING] * 2


def test_a_declared_decimal_sign_settles_what_1_234_is() -> None:
    text = 'code;w\nGM0599;1.234\nGM0363;"2,345"\n'
    for decimal, expected in ((Decimal.COMMA, [1234.0, 2.345]), (Decimal.POINT, [1.234, 2345.0])):
        table = read(text, TableMapping(code_column="code", decimal=decimal))
        assert read_cells(table.frame, ["w"]).values["w"].to_list() == expected


def test_thousands_with_a_point_stay_doubtful_when_nobody_says_what_they_are() -> None:
    table = read("code;w\nGM0599;1.234\nGM0363;2.345\n")
    assert table.frame["w"].to_list() == ["1.234", "2.345"]
    assert read_cells(table.frame, ["w"]).faults["fault"].to_list() == ["ambiguous"] * 2


def test_plain_numbers_stay_numbers_and_codes_stay_texts() -> None:
    rows = "".join(f"{599 + at};{at}.1234;{at}\n" for at in range(50))
    table = read("code;x;n\n" + rows, TableMapping(code_column="code", level=Level.GEMEENTE))
    assert table.frame.schema["x"] == pl.Float64 and table.frame.schema["n"] == pl.Int64
    assert table.frame["area"][0] == "GM0599"
    zeros = read("naam;code;w\na;034401;1.55\n", TableMapping(code_column="code"))
    assert zeros.complaints[0].found == "034401"


def test_a_mark_of_ones_own_is_absence() -> None:
    layout = TableMapping(code_column="code", missing=("te weinig",))
    assert read("code;w\nGM0599;te weinig\nGM0363;2\n", layout).frame["w"].to_list() == [None, "2"]


def test_a_row_with_too_many_cells_is_complained_of_and_the_rest_is_read() -> None:
    for rows, row in (("GM0599,1,5\nGM0363,2\n", 2), ("GM0363,2\nGM0599,1,5\n", 3)):
        table = read("code,w\n" + rows)
        assert sorted(table.frame["area"]) == ["GM0363", "GM0599"]
        assert table.frame.columns == ["area", "w", "period"]
        assert [complaint.place for complaint in table.complaints] == [f"rij {row}"]


def test_a_year_that_is_none_is_complained_of() -> None:
    layout = TableMapping(code_column="code", period_column="jaar")
    table = read("code;jaar;w\nGM0599;2019JJ00;1\nGM0363;volgend jaar;2\n", layout)
    assert table.frame["period"].to_list() == [2019]
    assert (table.complaints[0].place, table.complaints[0].found) == ("rij 3, kolom jaar", "volgend jaar")


def test_a_column_that_is_not_there_is_refused_with_the_one_that_is_meant() -> None:
    with pytest.raises(FaultsFound, match="Bedoelde je 'wijkcode'"):
        read("wijkcode;w\nWK059914;1\n", TableMapping(code_column="wijkcodes"))


def test_a_table_without_any_year_is_refused() -> None:
    with pytest.raises(FaultsFound, match="Het jaar van de cijfers is niet bekend"):
        read("code;w\nGM0599;1\n", year=None)


def test_two_different_figures_for_one_thing_are_both_left_out_of_a_long_table() -> None:
    layout = TableMapping(code_column="c", layout=Layout.LONG, indicator_column="i", value_column="w")
    table = read("c;i;w\nGM0599;a;1\nGM0599;a;2\nGM0599;b;3\nGM0363;a;4\nGM0363;a;4\n", layout)
    assert figures(table) == {("GM0599", 2019, "b"): 3.0, ("GM0363", 2019, "a"): 4.0}
    assert [(c.place, c.found) for c in table.complaints] == [("rijen 2, 3, kolom w", "GM0599 (2019), a")]


def test_dates_in_a_workbook_stay_to_be_seen_as_dates(workbook: Callable[..., bytes]) -> None:
    data = workbook([["code", "w"], ["GM0599", 1.5], ["GM0363", ("date", 40969)]])
    table = read_table(data, WIDE, file="x.xlsx", year=2019)
    faults = read_cells(table.frame, ["w"]).faults
    assert faults.select("row", "found", "fault").rows() == [(1, "2012-03-01 00:00:00", "date")]


def test_a_workbook_is_read_under_two_rows_of_names_and_below_empty_rows(workbook: Callable[..., bytes]) -> None:
    rows = [[None], ["Titel"], [None, "Inwoners", None], ["code", "2018", "2019"], ["GM0599", 1.25, 2.0]]
    layout = TableMapping(code_column="code", header_row=3, header_rows=2, years_in_header=True)
    table = read_table(workbook(rows, merged=["B3:C3"]), layout, file="x.xlsx")
    assert figures(table) == {("GM0599", 2018, "Inwoners"): 1.25, ("GM0599", 2019, "Inwoners"): 2.0}
    assert table.lines.to_list() == [5, 5]


def test_a_named_sheet_is_read(workbook: Callable[..., bytes]) -> None:
    data = workbook([["uitleg"]], [["code", "w"], ["GM0599", 1.5]])
    table = read_table(data, TableMapping(code_column="code", sheet="Blad2"), file="x.xlsx", year=2019)
    assert figures(table) == {("GM0599", 2019, "w"): 1.5}


def test_a_column_that_is_called_as_a_key_is_kept_beside_it() -> None:
    table = read("area;name;period;w\nGM0599;7;8;9\n", TableMapping(code_column="area"))
    assert table.frame.columns == ["area", "name_column", "period_column", "w", "period"]


@pytest.mark.parametrize(
    ("name", "parts"),
    [("inwoners 2019", ("inwoners", 2019)), ("2019 | inwoners", ("inwoners", 2019)), ("2019", ("", 2019)),
     ("a|b|2023", ("a|b", 2023)), ("woz (2019)", ("woz", 2019)), ("artikel 12019", None), ("pc4", None)],
)  # fmt: skip
def test_the_year_in_a_name_is_found(name: str, parts: tuple[str, int] | None) -> None:
    assert split_year(name) == parts


def policy_of(table: Table) -> Policy:
    look_alikes = LookAlikes(characteristics=(), number=1, caliper=1.0, minimum_population=1, note="")
    return Policy(
        name="", fictional=True, country="NL00", map_year=2020, apportioned_limit=0.25, default_programme="", themes=(),
        indicators=(), sources=(replace(SOURCE, tables=(table,)),), programmes=(), bases=(), groups=(),
        look_alikes=look_alikes, disclosure=(), checked_on=date(2026, 1, 1),
    )  # fmt: skip


def test_the_mapping_beside_the_file_goes_before_that_of_the_policy(tmp_path: Path) -> None:
    mapping = TableMapping(code_column="code")
    table = Table(id="t", year=2019, vintage=2020, files=("x.csv",), form="eigen_tabel", mapping=mapping)
    data = b"code;wijk\nGM0599;GM0363\n"
    assert parse(data, source=SOURCE, table=table, file="x.csv").frame["area"].to_list() == ["GM0599"]
    (tmp_path / "x.csv").write_bytes(data)
    (tmp_path / "x.csv.tabel.toml").write_text('code_column = "wijk"')
    (known,) = look_through(tmp_path, policy_of(table)).known
    beside = parse(data, source=SOURCE, table=known.table, file="x.csv")
    assert beside.frame["area"].to_list() == ["GM0363"]


def test_a_wrong_mapping_beside_the_file_leaves_it_out_with_all_faults(tmp_path: Path) -> None:
    table = Table(id="t", year=2019, vintage=2020, files=("x.csv",), form="eigen_tabel")
    (tmp_path / "x.csv").write_bytes(b"code;w\nGM0599;1\n")
    (tmp_path / "x.csv.tabel.toml").write_text('code_colum = "code"\nlayout = "long"\nheader_row = 0\n')
    found = look_through(tmp_path, policy_of(table))
    assert found.known == () and found.unknown == ()
    assert {complaint.place for complaint in found.complaints} >= {"code_column", "code_colum", "header_row"}
    assert {complaint.file for complaint in found.complaints} == {"x.csv.tabel.toml"}


def test_a_table_that_nobody_described_is_refused_with_what_to_do() -> None:
    table = Table(id="t", year=2019, vintage=2020, files=(), form="eigen_tabel")
    with pytest.raises(FaultsFound, match=r"maak x.csv.tabel.toml met 'wijkpeil table describe'"):
        parse(b"code;w\nGM0599;1\n", source=SOURCE, table=table, file="x.csv")


def test_a_declared_encoding_goes_before_what_the_bytes_look_like() -> None:
    data = "code;Curaçao\nGM0599;1\n".encode("cp1252")
    table = read_table(data, TableMapping(code_column="code", encoding=Encoding.CP1252), file="x.csv", year=2019)
    assert "Curaçao" in table.frame.columns
    with pytest.raises(FaultsFound, match="niet in de codering utf-8"):
        read_table(data, TableMapping(code_column="code", encoding=Encoding.UTF8), file="x.csv", year=2019)
