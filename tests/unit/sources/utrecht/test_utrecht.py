"""The Utrecht residents' survey: areas by name, years in the names of columns."""

import csv
from pathlib import Path

import fastexcel
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.parsed import ParsedTable
from wijkpeil.sources.utrecht.gebieden import SUBWIJKEN, WIJKEN
from wijkpeil.sources.utrecht.swing import code_of, parse

SOURCE = Source(
    id="utrecht", label="", publisher="", licence="", attribution="", landing_page="", cadence="", note="", tables=()
)
CULTURE = "inwonersenquete2023_tevredenheid_culturele_voorzieningen_subwijk.csv"
YOUTH = "inwonersenquete2023_tevredenheid_jongerenvoorzieningen_zuilen.csv"


def read(data: bytes, year: int | None = 2023) -> ParsedTable:
    table = Table(id="enquete", year=year, vintage=2023, files=(), form="swing_csv")
    return parse(data, source=SOURCE, table=table, file="enquete.csv")


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "answer", "figure"),
    [
        # last line of the file on culture: "Utrecht";50;33;16
        (CULTURE, "(zeer) tevreden", "50"),
        (CULTURE, "(zeer) ontevreden", "16"),
        # last line of the file on youth: Utrecht;31;41;29
        (YOUTH, "neutraal", "41"),
    ],
)
def test_figures_are_those_of_the_raw_file(shared: Path, file: str, answer: str, figure: str) -> None:
    path = shared / "data/utrecht" / file
    rows = list(csv.reader(path.read_text().splitlines(), delimiter=";"))
    (at,) = [at for at, name in enumerate(rows[0]) if answer in name.split("|")]
    assert rows[-1][at] == figure
    parsed = read(path.read_bytes())
    (column,) = [name for name in parsed.columns if answer in name.split("|")]
    assert parsed.frame.filter(area="GM0344")[column].to_list() == [figure]
    assert parsed.frame["period"].unique().to_list() == [2023]


@pytest.mark.real
def test_every_subwijk_without_a_code_is_a_complaint(shared: Path) -> None:
    parsed = read((shared / "data/utrecht" / CULTURE).read_bytes())
    assert parsed.frame["area"].to_list() == ["BU03441041", "GM0344"]
    assert len(parsed.complaints) == 34 - 1
    assert all(complaint.sentence.startswith("Geen gebiedscode") for complaint in parsed.complaints)
    assert parsed.complaints[0].place == "rij 2, kolom 1"


@pytest.mark.real
def test_names_and_codes_of_wijken_are_those_of_cbs(shared: Path) -> None:
    sheet = fastexcel.read_excel(shared / "data/kwb/kwb2023_utrecht.xlsx").load_sheet(0).to_polars()
    names = dict(zip(sheet["gwb_code_10"], sheet["regio"].str.to_lowercase(), strict=True))
    for name, code in WIJKEN.items():
        assert names[code] == f"wijk {code[-2:]} {name}"
    assert [code for code in names if code.startswith("BU0344104")] == list(SUBWIJKEN.values())
    assert names["BU03441041"] == "rijnenburg"


def test_a_name_that_is_a_wijk_and_a_subwijk_is_told_apart_by_its_level() -> None:
    assert code_of("Wijk 09 Leidsche Rijn") == code_of("Leidsche Rijn") == "WK034409"
    assert code_of("Subwijk Leidsche Rijn") is None
    assert code_of("Gemeente Utrecht") == code_of("Utrecht") == "GM0344"
    assert code_of("Subwijk Rijnenburg") == "BU03441041"


def test_years_in_the_names_of_columns_become_periods() -> None:
    parsed = read(b'"Niveau";"t|ja|2021";"t|ja|2023";"t|nee|2023"\n"Utrecht";1;2;3\n', year=None)
    assert parsed.frame.rows() == [("GM0344", "Utrecht", 2021, "1", None), ("GM0344", "Utrecht", 2023, "2", "3")]


def test_a_column_without_any_year_is_refused() -> None:
    with pytest.raises(FaultsFound, match="geen jaar"):
        read(b"regio;tevreden\nUtrecht;31\n", year=None)


def test_another_table_is_refused() -> None:
    with pytest.raises(FaultsFound, match="geen export van Utrecht"):
        read(b"code;waarde\nGM0344;1\n")


@given(st.text())
def test_any_name_has_one_code_or_none(name: str) -> None:
    assert code_of(name) is None or code_of(name) == code_of(f"  {name} ")
