"""Tables of StatLine through its open data interface."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import duckdb
import polars as pl
import pytest

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.domain.source import Table
from wijkpeil.sources.code_list import code_list

KWB_2020 = "kwb/kwb2020_84799NED_TypedDataSet.parquet"


def parquet(frame: pl.DataFrame) -> bytes:
    kept = BytesIO()
    frame.write_parquet(kept)
    return kept.getvalue()


def test_a_code_padded_to_ten_characters_is_written_in_full(parse: Callable) -> None:
    data = parquet(pl.DataFrame({"WijkenEnBuurten": ["GM0599    ", "BU0363AB10"], "AantalInwoners_5": [1, 2]}))
    parsed = parse("odata_typed_parquet", data)
    assert parsed.frame["area"].to_list() == ["GM0599", "BU0363AB10"]
    assert parsed.frame["period"].to_list() == [2020, 2020]


def test_the_name_of_a_gemeente_is_not_that_of_its_wijken(parse: Callable) -> None:
    codes, names = ["GM0599    ", "WK059914  "], ["Rotterdam   ", "Rotterdam   "]
    parsed = parse("odata_typed_parquet", parquet(pl.DataFrame({"WijkenEnBuurten": codes, "Gemeentenaam_1": names})))
    assert parsed.frame["name"].to_list() == ["Rotterdam", None]


def test_a_row_without_an_area_code_is_named_and_the_others_are_read(parse: Callable) -> None:
    data = parquet(pl.DataFrame({"WijkenEnBuurten": ["GM0599", "Totaal x", "WK9"], "n": [1, 2, 3]}))
    parsed = parse("odata_typed_parquet", data)
    assert parsed.frame.height == 1
    assert any("rij 3" in complaint.place for complaint in parsed.complaints)


def test_numbers_of_single_precision_keep_the_digits_that_were_published(parse: Callable) -> None:
    frame = pl.DataFrame({"WijkenEnBuurten": ["GM0599"], "n": pl.Series([7888.2], dtype=pl.Float32)})
    assert parse("odata_typed_parquet", parquet(frame)).frame["n"].to_list() == [7888.2]


def test_an_area_that_stands_twice_with_other_figures_is_left_out(parse: Callable) -> None:
    data = parquet(pl.DataFrame({"WijkenEnBuurten": ["GM0599", "GM0599", "GM0344"], "n": [1, 2, 3]}))
    parsed = parse("odata_typed_parquet", data)
    assert parsed.frame["area"].to_list() == ["GM0344"]
    assert "meer dan eens" in parsed.complaints[0].sentence


def test_an_answer_cut_off_on_the_way_is_refused_with_a_sentence(parse: Callable) -> None:
    with pytest.raises(FaultsFound, match=r"geen \(volledige\) JSON"):
        parse("odata_typed_json", b'{"value": [{"WijkenEnBuurten": "GM05')


def test_an_empty_early_release_is_refused_with_a_sentence(parse: Callable) -> None:
    with pytest.raises(FaultsFound, match="nog geen cijfers"):
        parse("odata_typed_json", b'{"odata.metadata": "x", "value": []}')


def test_a_table_of_another_number_than_declared_is_an_error(parse: Callable) -> None:
    envelope = {
        "odata.metadata": "https://example.nl/ODataApi/OData/84286NED/$metadata#TypedDataSet",
        "value": [{"WijkenEnBuurten": "GM0599    ", "n": 1}],
    }
    parsed = parse("odata_typed_json", json.dumps(envelope).encode(), address="CBS/84799NED")
    assert "andere tabel dan 84799NED" in parsed.complaints[0].sentence
    envelope["odata.metadata"] = "https://example.nl/ODataApi/OData/84799NED/$metadata#TypedDataSet"
    assert parse("odata_typed_json", json.dumps(envelope).encode(), address="84799NED").complaints == ()


def record(measure: str, value: float | None, area: str, period: str, attribute: str = "None") -> dict[str, object]:
    """Write one observation as version 4 of the interface does."""
    place = {"WijkenEnBuurten": area, "Perioden": period}
    return {"Id": 0, "Measure": measure, "ValueAttribute": attribute, "Value": value, **place}


LONG = [
    record("M1", 10.0, "GM0599", "2012JJ00"),
    record("M2", 0.5, "GM0599", "2012JJ00"),
    record("M1", None, "WK059914", "2012JJ00", "Secret"),
    record("M1", 11.0, "GM0599", "2016JJ00"),
    record("M1", 9.0, "GM0599", "2016KW01"),
]


def test_observations_become_a_row_per_area_and_year_and_quarters_are_no_years(parse: Callable) -> None:
    parsed = parse("odata_typed_json", json.dumps({"value": LONG}).encode(), year=None)
    rows = parsed.frame.select("area", "period", "M1", "M2").rows()
    assert rows == [("GM0599", 2012, "10.0", "0.5"), ("WK059914", 2012, "x", None), ("GM0599", 2016, "11.0", None)]


def test_a_further_dimension_with_several_members_is_part_of_the_name_of_a_column(parse: Callable) -> None:
    long = [
        {"Measure": "M1", "Value": 1.0, "WijkenEnBuurten": "GM0599", "Leeftijd": "18-64", "Marges": "MW00000"},
        {"Measure": "M1", "Value": 2.0, "WijkenEnBuurten": "GM0599", "Leeftijd": "65+", "Marges": "MW00000"},
    ]
    parsed = parse("odata_typed_json", json.dumps({"value": long}).encode())
    assert parsed.columns == ("M1 | 18-64", "M1 | 65+")


@pytest.mark.real
def test_three_figures_of_kwb_2020_by_hand(shared: Path, parse: Callable, cell: Callable) -> None:
    """Read with DuckDB: Schilderswijk 31,635 inhabitants and supermarket at 0.3 km; Rotterdam 651,157 inhabitants."""
    path = shared / "data" / KWB_2020
    raw = duckdb.sql(
        f"select trim(WijkenEnBuurten), AantalInwoners_5, AfstandTotGroteSupermarkt_106 from '{path}' "
        "where WijkenEnBuurten in ('WK051829  ', 'GM0599    ') order by 1"
    ).fetchall()
    assert raw == [("GM0599", 651157, 0.5), ("WK051829", 31635, 0.3)]
    parsed = parse("odata_typed_parquet", path)
    assert parsed.frame.height == 17341
    assert cell(parsed, "WK051829", "AantalInwoners_5") == 31635
    assert cell(parsed, "WK051829", "AfstandTotGroteSupermarkt_106") == 0.3
    assert cell(parsed, "GM0599", "AantalInwoners_5") == 651157


@pytest.mark.real
def test_three_figures_of_the_json_form_by_hand(shared: Path, parse: Callable, cell: Callable) -> None:
    """Read with the json module: Den Haag, its Schilderswijk, and the country, in the same table as the parquet."""
    path = shared / "data/odata_samples/derived_json/v3_84799NED_TypedDataSet_denhaag.json"
    raw = {record["WijkenEnBuurten"].strip(): record for record in json.loads(path.read_bytes())["value"]}
    asked = [("NL00", "AantalInwoners_5"), ("GM0518", "AantalInwoners_5"), ("WK051829", "k_0Tot15Jaar_8")]
    assert [raw[area][column] for area, column in asked[:2]] == [17407585, 545838]
    parsed = parse("odata_typed_json", path, address="84799NED")
    assert parsed.complaints == ()
    assert [cell(parsed, area, column) for area, column in asked] == [raw[area][column] for area, column in asked]


@pytest.mark.real
def test_the_interface_of_version_4_is_read_in_its_long_form(shared: Path, parse: Callable) -> None:
    """The sample has no areas; with its sex dimension posing as one, quarters fall away and years stay."""
    sample = pl.read_parquet(shared / "data/odata_samples/v4_82807NED/cbs.82807NED_Observations.parquet")
    mine = sample.filter(pl.col("Geslacht") == "T001038").rename({"Geslacht": "WijkenEnBuurten"})
    mine = mine.with_columns(WijkenEnBuurten=pl.lit("GM0001"))
    one = mine.filter(pl.col("BedrijfstakkenBranchesSBI2008") == "T001081", pl.col("Persoonskenmerken") == "T009002")
    parsed = parse("odata_typed_parquet", parquet(one), year=None)
    years = one.filter(pl.col("Perioden").str.contains("JJ00"))
    assert parsed.columns == ("3000795_1",)
    assert parsed.frame["3000795_1"].to_list() == years["Value"].to_list()
    assert parsed.frame.height == 2018 - 2003 + 1


@pytest.mark.real
def test_cbs_calls_789_areas_of_2020_redrawn(shared: Path, parse: Callable) -> None:
    """Reference: domain.md 7.2 (16,060 the same, 136 recoded, 789 redrawn)."""
    more = {
        "code_list": {
            "population": "AantalInwoners_5",
            "land_ha": "OppervlakteLand_111",
            "comparability": "IndelingswijzigingWijkenEnBuurten_4",
            "pc4": "MeestVoorkomendePostcode_113",
        }
    }
    parsed = parse("odata_typed_parquet", shared / "data" / KWB_2020, **more)
    table = Table(id="t", year=2020, vintage=2020, files=(), form="odata_typed_parquet", code_list=more["code_list"])
    listed = code_list(parsed, table)
    assert listed is not None
    counted = dict(listed["comparability"].value_counts().rows())
    assert counted == {1: 16060, 2: 136, 3: 789, None: 356}
    schilderswijk = listed.row(by_predicate=pl.col("code") == "WK051829", named=True)
    assert schilderswijk["population"] == 31635
    assert schilderswijk["land_km2"] == pytest.approx(1.46)


@pytest.mark.real
def test_the_columns_that_an_early_release_leaves_empty_stay_empty(shared: Path, parse: Callable) -> None:
    """The data README counts 50 columns with values among the 118."""
    parsed = parse("odata_typed_parquet", shared / "data" / KWB_2020)
    empty = [name for name in parsed.columns if parsed.frame[name].null_count() == parsed.frame.height]
    assert len(empty) == 118 - 50
    assert "GemiddeldeWoningwaarde_35" in empty
    assert "PersonenPerSoortUitkeringBijstand_83" not in empty
