"""RIVM 50090NED, untyped, from Excel."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.parsed import ParsedTable
from wijkpeil.sources.rivm.statline_untyped import parse

SOURCE = Source(
    id="rivm", label="", publisher="", licence="", attribution="", landing_page="", cadence="", note="", tables=()
)
HEADER = ["ID", "Leeftijd", "Marges", "WijkenEnBuurten", "Perioden", "Eenzaam_28"]


def read(data: bytes, year: int | None = 2020) -> ParsedTable:
    table = Table(id="50090NED", year=year, vintage=2020, files=(), form="statline_untyped_xlsx")
    return parse(data, source=SOURCE, table=table, file="rivm.xlsx")


@pytest.mark.real
@pytest.mark.parametrize(
    ("year", "code", "column", "figure"),
    [
        # Schilderswijk, row 5827 of 50090NED_2012_18+.xlsx, column MoeiteMetRondkomen_38: "    57.4"
        (2012, "WK051829", "MoeiteMetRondkomen_38", "57.4"),
        # Heechterp & Schieringen (2020 code in the file of 2016), row 8809, column Eenzaam_28: "    58.4"
        (2016, "WK008050", "Eenzaam_28", "58.4"),
        # 's-Gravenhage, row 5735 of 50090NED_2020_18+.xlsx, column ErvarenGezondheidGoedZeerGoed_4: "    75.3"
        (2020, "GM0518", "ErvarenGezondheidGoedZeerGoed_4", "75.3"),
    ],
)
def test_figures_are_those_of_the_raw_file(
    shared: Path, rows_by_hand: Callable[..., list[dict[str, str]]], year: int, code: str, column: str, figure: str
) -> None:
    """By hand: unzip, find the shared string of the code, and read the row of the sheet that points to it."""
    path = shared / "data" / "rivm_gezondheid" / f"50090NED_{year}_18+.xlsx"
    (by_hand,) = rows_by_hand(path, code)
    parsed = read(path.read_bytes(), year)
    at = parsed.frame["area"].to_list().index(code)
    assert by_hand[column].strip() == figure
    assert parsed.frame[column][at].strip() == figure
    assert parsed.lines is not None and str(parsed.lines[at]) == by_hand["row"]
    assert parsed.frame["period"].unique().to_list() == [year]
    assert parsed.frame["area"].n_unique() == 17_341 and parsed.complaints == ()


def test_the_country_has_the_same_code_as_with_its_other_publisher(workbook: Callable[..., bytes]) -> None:
    data = workbook([HEADER, [0.0, 20300.0, "MW00000", "NL01      ", "2020JJ00", "    47.0"]])
    assert read(data).frame.rows() == [("NL00", None, 2020, "    47.0")]


def test_a_column_that_is_empty_until_row_1001_keeps_its_figures(workbook: Callable[..., bytes]) -> None:
    rows = [[1.0, 20300.0, "MW00000", f"BU0599{at:04}", "2020JJ00", None] for at in range(1200)]
    rows.append([1.0, 20300.0, "MW00000", "BU05999999", "2020JJ00", "     9.5"])
    assert read(workbook([HEADER, *rows])).frame["Eenzaam_28"].drop_nulls().to_list() == ["     9.5"]


def test_a_file_of_another_year_keeps_its_own_year_and_is_complained_of(workbook: Callable[..., bytes]) -> None:
    parsed = read(workbook([HEADER, [1.0, 20300.0, "MW00000", "GM0599", "2016JJ00", "40"]]), 2020)
    (complaint,) = parsed.complaints
    assert parsed.frame["period"].to_list() == [2016]
    assert complaint.severity is Severity.WARNING and complaint.found == "2016"


def test_two_age_groups_in_one_file_are_refused(workbook: Callable[..., bytes]) -> None:
    rows = [[1.0, age, "MW00000", "GM0599", "2020JJ00", "40"] for age in (20300.0, 53000.0)]
    with pytest.raises(FaultsFound, match="leeftijdsgroep"):
        read(workbook([HEADER, *rows]))


def test_another_workbook_is_refused_with_its_missing_column(workbook: Callable[..., bytes]) -> None:
    with pytest.raises(FaultsFound, match="WijkenEnBuurten ontbreekt"):
        read(workbook([["code", "waarde"], ["GM0599", 1.0]]))


def test_an_area_with_two_different_rows_is_left_out_with_their_row_numbers(workbook: Callable[..., bytes]) -> None:
    rows = [[at, 20300.0, "MW00000", code, "2020JJ00", figure] for at, code, figure in
            ((1.0, "GM0599", "40"), (2.0, "GM0363", "41"), (3.0, "GM0599", "42"))]  # fmt: skip
    parsed = read(workbook([HEADER, *rows]))
    assert parsed.frame["area"].to_list() == ["GM0363"]
    assert [(c.place, c.found) for c in parsed.complaints] == [("rijen 2, 4", "GM0599")]
    assert parsed.frame.schema["Eenzaam_28"] == pl.String
