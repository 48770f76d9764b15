"""Workbooks, attribute tables and code lists of CBS."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyogrio
import pytest

from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.source import Table
from wijkpeil.sources.cells import read_cells
from wijkpeil.sources.code_list import code_list
from wijkpeil.sources.parsed import ParsedTable


def dbf(fields: list[tuple[str, str, int]], records: list[list[str]]) -> bytes:
    """Write a dBase III table by hand: a heading, field descriptions of 32 bytes, records of fixed width."""
    width = 1 + sum(size for _, _, size in fields)
    start = 32 + 32 * len(fields) + 1
    head = bytes([3, 117, 6, 12]) + len(records).to_bytes(4, "little")
    head += start.to_bytes(2, "little") + width.to_bytes(2, "little") + bytes(20)
    for name, kind, size in fields:
        head += name.encode().ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size]) + bytes(15)
    body = b"".join(
        b" " + b"".join(cell.encode().ljust(size) for cell, (_, _, size) in zip(record, fields, strict=True))
        for record in records
    )
    return head + b"\r" + body + b"\x1a"


FIELDS = [("WK_CODE", "C", 8), ("WK_NAAM", "C", 20), ("WATER", "C", 3), ("AANT_INW", "N", 10)]


def test_water_and_abroad_are_left_out_and_counted(parse: Callable) -> None:
    data = dbf(
        FIELDS, [["WK000300", "Wijk 00", "NEE", "12000"], ["WK000399", "", "JA", "-99999999"], ["WK9", "", "B", "1"]]
    )
    parsed = parse("kaart_dbf", data, year=2016)
    assert parsed.frame.select("area", "name", "AANT_INW").rows() == [("WK000300", "Wijk 00", "12000")]
    assert [(c.severity, c.sentence) for c in parsed.complaints] == [
        (Severity.WARNING, "Weggelaten zijn de rijen die geen land zijn: 1 van water, 1 van buiten Nederland.")
    ]


def test_a_dbf_cut_off_on_the_way_is_refused(parse: Callable) -> None:
    data = dbf(FIELDS, [["WK000300", "Wijk 00", "NEE", "12000"]])
    with pytest.raises(FaultsFound, match="afgebroken"):
        parse("kaart_dbf", data[:-20], year=2016)


def test_bytes_that_are_no_dbf_are_refused(parse: Callable) -> None:
    with pytest.raises(FaultsFound, match="geen dbf"):
        parse("kaart_dbf", b"PK\x03\x04" + bytes(100))


def called(data: bytes, sheet: str) -> bytes:
    """Give the first sheet of a workbook another name."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"Blad1", sheet.encode()) if "xml" in name else old.read(name))
        new.writestr(f"xl/worksheets/{sheet}.xml", old.read("xl/worksheets/Blad1.xml"))
    return made.getvalue()


def test_a_workbook_is_the_year_that_its_sheet_says(parse: Callable, workbook: Callable) -> None:
    data = called(workbook([["gwb_code_10", "regio", "a_inw"], ["GM0344", "Utrecht", 367947]]), "kwb-2023")
    assert parse("kwb_xlsx", data, year=2023).complaints == ()
    complaint = parse("kwb_xlsx", data, year=2022).complaints[0]
    assert (complaint.severity, complaint.found) == (Severity.ERROR, "kwb-2023")


def test_a_number_that_became_a_date_reaches_the_reading_of_cells(parse: Callable, workbook: Callable) -> None:
    rows = [["gwb_code_10", "regio", "p_geb"], ["GM0344", "Utrecht", 11], ["WK034401", "West", ("date", 43831)]]
    parsed = parse("kwb_xlsx", workbook(rows), year=2023)
    found = read_cells(parsed.frame, ["p_geb"])
    assert found.faults.select("row", "fault").rows() == [(1, "date")]


def test_a_workbook_without_area_codes_is_refused(parse: Callable, workbook: Callable) -> None:
    with pytest.raises(FaultsFound, match="gebiedscodes ontbreekt"):
        parse("kwb_xlsx", workbook([["naam", "n"], ["Utrecht", 1]]), year=2023)


def test_a_list_of_codes_is_of_its_map_year(parse: Callable) -> None:
    parsed = parse("codes_csv", b"statcode,statnaam,rubriek\nWK008034,Heechterp,wijk\n", year=None)
    assert parsed.frame.select("area", "name", "period").rows() == [("WK008034", "Heechterp", 2020)]
    table = Table(id="t", year=None, vintage=2020, files=(), form="codes_csv")
    listed = code_list(parsed, table)
    assert listed is not None
    assert listed.select("code", "vintage", "name", "level").rows() == [("WK008034", 2020, "Heechterp", "wijk")]


def test_a_table_that_says_nothing_of_its_areas_is_no_code_list(parse: Callable) -> None:
    parsed = parse("codes_csv", b"statcode,statnaam\nWK008034,Heechterp\n", year=None)
    assert code_list(parsed, Table(id="t", year=None, vintage=2020, files=(), form="kaart_dbf")) is None


def number(parsed: ParsedTable, area: str, column: str) -> float | None:
    return read_cells(parsed.frame, [column]).values[column].filter(parsed.frame["area"] == area).item()


@pytest.mark.real
def test_three_figures_of_the_workbook_by_hand(shared: Path, parse: Callable, rows_by_hand: Callable) -> None:
    """Read from the XML: Utrecht 367,947 inhabitants and 187,640 households, and Utrecht West 29,040 inhabitants."""
    path = shared / "data/kwb/kwb2023_utrecht.xlsx"
    (utrecht,), (west,) = rows_by_hand(path, "GM0344"), rows_by_hand(path, "WK034401")
    assert [utrecht["a_inw"], utrecht["a_hh"], west["a_inw"]] == ["367947", "187640", "29040"]
    parsed = parse("kwb_xlsx", path, year=2023)
    assert [number(parsed, "GM0344", "a_inw"), number(parsed, "GM0344", "a_hh")] == [367947, 187640]
    assert number(parsed, "WK034401", "a_inw") == 29040
    assert parsed.frame.height == 122


@pytest.mark.real
@pytest.mark.parametrize(
    ("file", "year", "land", "water"),
    [
        ("kwb2016_wijk_2016.dbf", 2016, 2981, 0),
        ("kwb2017_wijk_2017.dbf", 2017, 3070, 88),
        ("kwb2020_gemeente_2020_v3.dbf", 2020, 355, 82),
    ],
)
def test_a_map_has_so_many_areas_of_land(
    shared: Path, parse: Callable, file: str, year: int, land: int, water: int
) -> None:
    parsed = parse("kaart_dbf", shared / "data/kwb" / file, year=year)
    assert parsed.frame.height == land
    assert len(parsed.complaints) == (water > 0)
    assert all(f"{water} van water, 1 van buiten" in complaint.sentence for complaint in parsed.complaints)


@pytest.mark.real
def test_three_figures_of_the_attribute_table_by_hand(shared: Path, parse: Callable) -> None:
    """Read with GDAL: wijk WK008050 of 2016 has 6,030 inhabitants, 27 per cent under 15 and 712 addresses per km²."""
    path = shared / "data/kwb/kwb2016_wijk_2016.dbf"
    about, _, _, columns = pyogrio.raw.read(path, read_geometry=False)
    raw = dict(zip(about["fields"], columns, strict=True))
    at = raw["WK_CODE"].tolist().index("WK008050")
    asked = {"AANT_INW": 6030, "P_00_14_JR": 27, "OAD": 712}
    assert {name: raw[name][at] for name in asked} == asked
    parsed = parse("kaart_dbf", path, year=2016)
    assert {name: number(parsed, "WK008050", name) for name in asked} == asked


@pytest.mark.real
def test_accents_of_an_attribute_table_are_read(shared: Path, parse: Callable) -> None:
    parsed = parse("kaart_dbf", shared / "data/kwb/kwb2016_gem_2016.dbf", year=2016)
    assert "Súdwest-Fryslân" in parsed.frame["name"]


@pytest.mark.real
def test_a_reused_code_names_two_places(shared: Path, parse: Callable) -> None:
    """WK008050 is Hempens/Teerns in 2014, 2016 and 2017, and one of the forty in 2020."""
    data = shared / "data"
    files = [
        ("codes_csv", "areacodes/wijk_buurt_namen_2014.csv", 2014),
        ("kaart_dbf", "kwb/kwb2016_wijk_2016.dbf", 2016),
        ("codes_parquet", "areacodes/gwb_codes_2017_83765NED.parquet", 2017),
        ("codes_parquet", "kwb/kwb2020_84799NED_WijkenEnBuurten.parquet", 2020),
    ]
    names = {}
    for form, file, year in files:
        frame = parse(form, data / file, year=year).frame
        names[year] = frame.row(by_predicate=pl.col("area") == "WK008050", named=True)["name"]
    assert all("Hempens/Teerns" in names[year] for year in (2014, 2016, 2017))
    assert names[2020] == "Heechterp & Schieringen"


@pytest.mark.real
@pytest.mark.parametrize(
    ("form", "file", "rows"),
    [
        ("codes_csv", "areacodes/wijk_buurt_namen_2014.csv", 14429),
        ("codes_parquet", "areacodes/gwb_codes_2017_83765NED.parquet", 16667),
        ("codes_parquet", "kwb/kwb2020_84799NED_WijkenEnBuurten.parquet", 17341),
    ],
)
def test_a_list_of_codes_has_all_its_codes(shared: Path, parse: Callable, form: str, file: str, rows: int) -> None:
    parsed = parse(form, shared / "data" / file, year=None)
    assert (parsed.frame.height, parsed.complaints) == (rows, ())
