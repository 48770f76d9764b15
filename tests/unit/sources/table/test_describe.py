"""The first guess at a table of one's own, and what it says is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.catalogue.mapping import read_mapping
from wijkpeil.domain.area import Level
from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.domain.mapping import Decimal, Encoding, Layout
from wijkpeil.sources.table.describe import Description, describe
from wijkpeil.sources.table.reading import read_table
from wijkpeil.sources.table.written import to_toml


def guess(text: str, file: str = "cijfers_2019.csv", encoding: str = "utf-8") -> Description:
    return describe(text.encode(encoding), file=file)


def said(description: Description) -> str:
    return "\n".join(str(complaint) for complaint in description.complaints)


def test_a_dutch_export_is_seen_through() -> None:
    text = (
        "Kerncijfers 2018\n\nwijkcode;wijknaam;inwoners;% eenzaam\n"
        "WK059914;Alexander;1.200;12,5\nWK059915;Charlois;64.530;onb.\nWK059916;Hoogvliet;999;onb.\n"
    )
    layout = guess(text, "export.csv", "cp1252").layout
    assert (layout.code_column, layout.name_column, layout.level) == ("wijkcode", "wijknaam", None)
    assert (layout.delimiter, layout.header_row, layout.header_rows, layout.year) == (";", 3, 1, 2018)
    assert (layout.decimal, layout.missing, layout.layout) == (Decimal.COMMA, ("onb.",), Layout.WIDE)
    assert guess("naam;code;w\nCafé;GM0599;1\n", encoding="cp1252").layout.encoding is Encoding.CP1252


def test_a_semicolon_parts_cells_also_where_every_row_has_as_many_commas() -> None:
    layout = guess("code;woningen, per 1.000\nGM0599;1,5\nGM0363;2,5\n").layout
    assert (layout.delimiter, layout.decimal) == (";", Decimal.COMMA)


def test_a_long_table_is_seen_through() -> None:
    rows = [
        f"GM0{599 + area};{year};{name};{area + year}" for area in range(3) for year in (2018, 2019) for name in "ab"
    ]
    layout = guess("code;jaar;onderwerp;waarde\n" + "\n".join(rows)).layout
    assert (layout.layout, layout.period_column) == (Layout.LONG, "jaar")
    assert (layout.indicator_column, layout.value_column) == ("onderwerp", "waarde")


def test_years_in_the_names_of_columns_are_seen() -> None:
    layout = guess("code;inw 2018;inw 2019\nGM0599;1;2\nGM0363;3;4\n").layout
    assert layout.years_in_header and layout.year is None and layout.period_column is None


def test_codes_without_their_letters_get_a_level_and_a_doubt() -> None:
    description = guess("buurtcode;inwoners\n5182901;10\n5182902;20\n3630000;30\n")
    assert (description.layout.code_column, description.layout.level) == ("buurtcode", Level.BUURT)
    assert "buurt" in description.doubts["level"]
    assert description.complaints == ()


def test_a_workbook_is_seen_through_below_its_title(workbook: Callable[..., bytes]) -> None:
    data = workbook([["Cijfers"], [None], ["gm_code", "w"], ["GM0599", 1.5], ["GM0363", 2.25]], [["uitleg"]])
    description = describe(data, file="cijfers 2021.xlsx")
    layout = description.layout
    assert (layout.header_row, layout.code_column, layout.year, layout.delimiter) == (3, "gm_code", 2021, None)
    assert "Blad2" in description.doubts["sheet"]


@pytest.mark.parametrize(
    ("rows", "place", "sentence"),
    [
        ("GM0599;1-mrt\nGM0363;5\nGM0014;6\n", "rij 2, GM0599, kolom w", "datum"),
        ("GM0599;mrt-12\nGM0363;5\nGM0014;6\n", "rij 2, GM0599, kolom w", "datum"),
        ("GM0599;5\nGM0363;6\nGM0599;7\n", "rijen 2, 4", "meer dan eens"),
        ("GM0599;5\nGM0363;6\n5182901;7\n", "rij 4, kolom code", "BU05182901"),
        ("GM0599;5\nGM0363;6\nGM9;7\n", "rij 4, kolom code", "niet bekend"),
        ("GM0599;5\nGM0363;6\nTotaal;11\n", "rij 4, kolom code", "totaalregel"),
        ("GM0599;5\nGM0363;6\nBron: CBS;\n", "rij 4, kolom code", "bron"),
        ("GM0599;1.234\nGM0363;2.345\nGM0014;6\n", "rij 2, GM0599, kolom w", "duizendtallen of decimalen"),
        ("GM0599;5\nGM0363;veel meer dan vorig jaar\nGM0014;6\n", "rij 3, GM0363, kolom w", "geen getal"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_with_row_and_column(rows: str, place: str, sentence: str) -> None:
    complaints = guess("code;w\n" + rows).complaints
    assert any(c.place == place and sentence in c.sentence and c.file for c in complaints), complaints


def test_a_percentage_over_100_is_said_with_row_and_column() -> None:
    (complaint,) = guess("code;% eenzaam\nGM0599;40\nGM0363;140\n").complaints
    assert (complaint.place, complaint.found) == ("rij 3, kolom % eenzaam", "140 (GM0363)")


def test_percentages_that_are_fractions_are_said() -> None:
    rows = "".join(f"GM0{600 + at};0,{at + 10}\n" for at in range(9))
    assert "waarschijnlijk zijn het aandelen" in said(guess("code;% eenzaam\n" + rows))


def test_a_column_that_changes_meaning_between_years_is_said() -> None:
    rows = "".join(f"GM0{600 + at};{12 + at};{4100 + at}\n" for at in range(9))
    complaint = guess("code;65plus 2014;65plus 2018\n" + rows).complaints[0]
    assert complaint.place == "kolom 65plus" and "in 2018 waarschijnlijk iets anders dan in 2014" in complaint.sentence


def test_a_table_without_codes_is_said_to_have_none() -> None:
    assert "geen kolom met gebiedscodes" in said(guess("naam;w\nTarwewijk;1\nCarnisse;2\n"))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"alleen woorden", b"a;b\n"])
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes) -> None:
    with pytest.raises(FaultsFound) as refused:
        describe(data, file="cijfers.xlsx")
    (complaint,) = refused.value.complaints
    assert complaint.sentence.endswith(".")


def test_the_written_mapping_says_what_every_key_means_and_what_to_check() -> None:
    toml = to_toml(guess("buurtcode;% eenzaam\n5182901;10,5\n5182902;20,5\n"))
    assert "# LET OP: De codes zijn niet voluit geschreven" in toml
    assert 'level = "buurt"' in toml and '# period_column = "jaar"' in toml
    assert 'percentages (form = "percent")' in toml


@pytest.mark.real
@pytest.mark.parametrize("file", ["kwb/kwb2022_wijk_tmap.csv", "kwb/kwb2024_utrecht.xlsx",
                                  "kwb/kwb2018_rotterdam_statline.csv",
                                  "ses_nabijheid/85163NED_SES-WOA_2019_amsterdam_statline.csv"])  # fmt: skip
def test_real_files_are_read_with_the_first_guess(shared: Path, file: str) -> None:
    path = shared / "data" / file
    description = describe(path.read_bytes(), file=path.name)
    assert description.complaints == ()
    layout = read_mapping(to_toml(description).encode(), file="x")
    assert layout == description.layout
    table = read_table(path.read_bytes(), layout, file=path.name, year=2020)
    assert table.frame.height == description.rows


TEXTS = st.text(alphabet=st.sampled_from("0123456789.,;|\t\n\r \"'%-xabGMWKBU2019é\\#=[]"), max_size=200)


@settings(deadline=None)
@given(st.binary(max_size=400) | TEXTS.map(str.encode) | TEXTS.map(lambda text: f"code;w\nGM0599;1\n{text}".encode()))
def test_no_bytes_at_all_break_a_description(data: bytes) -> None:
    try:
        description = describe(data, file="x.csv")
    except FaultsFound as refused:
        assert all(complaint.sentence.endswith(".") for complaint in refused.complaints)
    else:
        if description.layout.code_column:
            assert read_mapping(to_toml(description).encode(), file="x") == description.layout


def test_a_workbook_with_a_wrong_byte_breaks_nothing(workbook: Callable[..., bytes]) -> None:
    whole = workbook([["code", "w"], ["GM0599", 1.5], ["GM0363", ("date", 40969)]])
    for at in range(0, len(whole), 41):
        for byte in (0, 255, whole[at] ^ 1):
            broken = whole[:at] + bytes([byte]) + whole[at + 1 :]
            try:
                describe(broken, file="x.xlsx")
            except FaultsFound as refused:
                assert len(refused.complaints) == 1
