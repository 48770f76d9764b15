"""The Rotterdam Wijkprofiel: encodings, numbers of buurten, and files that pose as another index."""

import csv
from pathlib import Path

import pytest

from wijkpeil.domain.complaint import FaultsFound, Severity
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.parsed import ParsedTable
from wijkpeil.sources.rotterdam.gebieden import BUURTEN, CODES, GEBIEDEN, WITHOUT_CODE
from wijkpeil.sources.rotterdam.wijkprofiel import parse

SOURCE = Source(
    id="rotterdam", label="", publisher="", licence="", attribution="", landing_page="", cadence="", note="", tables=()
)
HEAD = "naam gebied (voormalig deelgemeente);wijknr;BUURT;"
FILES = [
    (year, index)
    for year in (2014, 2016, 2018)
    for index in ("si", "vi", "fi_obj", "fi_subj")
    if (year, index) != (2018, "si")
]


def read(data: bytes, year: int = 2014, index: str = "si") -> ParsedTable:
    table = Table(id=f"wijkprofiel-{year}-{index}", year=year, vintage=2020, files=(), form="rotterdam_wijkprofiel_csv")
    return parse(data, source=SOURCE, table=table, file="wijkprofiel.csv")


def plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


@pytest.mark.real
@pytest.mark.parametrize(
    ("year", "index", "encoding", "number", "code", "column", "cell"),
    [
        # "Charlois;71;Tarwewijk;70;..." of wijkprofiel_2014_si.csv
        (2014, "si", "cp1252", "71", "BU05991571", "Sociale Index", "70"),
        # "Delfshaven;21;Bospolder;85;..." of wijkprofiel_2014_vi.csv
        (2014, "vi", "ascii", "21", "BU05990321", "Veiligheidsindex", "85"),
        # "Rotterdam;5000;Rotterdam;107;103;112;108;106;102;132;24%;..." of wijkprofiel_2018_fi_obj.csv
        (2018, "fi_obj", "cp1252", "5000", "GM0599", "% kwetsbare meergezinswoningen", "24%"),
    ],
)
def test_figures_are_those_of_the_raw_file(
    shared: Path, year: int, index: str, encoding: str, number: str, code: str, column: str, cell: str
) -> None:
    path = shared / f"data/rotterdam/wijkprofiel_{year}_{index}.csv"
    rows = list(csv.reader(path.read_text(encoding=encoding).splitlines(), delimiter=";"))
    (by_hand,) = [row[rows[0].index(column)] for row in rows if row[1] == number]
    parsed = read(path.read_bytes(), year, index)
    (found,) = parsed.frame.filter(area=code)[column].to_list()
    assert found == by_hand == cell


@pytest.mark.real
@pytest.mark.parametrize(("year", "index"), FILES)
def test_every_file_gives_62_buurten_14_gebieden_and_the_city(shared: Path, year: int, index: str) -> None:
    parsed = read((shared / f"data/rotterdam/wijkprofiel_{year}_{index}.csv").read_bytes(), year, index)
    assert parsed.frame.height == 62 + 14 + 1 == len(CODES)
    left_out = [complaint for complaint in parsed.complaints if "niet gelezen" in complaint.sentence]
    assert len(left_out) == len(WITHOUT_CODE) == 71 - 62
    assert not any("\ufffd" in name or "Ã" in name for name in parsed.columns)
    assert {complaint.severity for complaint in parsed.complaints} == {Severity.WARNING}


@pytest.mark.real
@pytest.mark.parametrize("year", [2014, 2016, 2018])
def test_numbers_and_names_agree_with_the_code_list_of_cbs(shared: Path, year: int) -> None:
    """Against Kerncijfers wijken en buurten of that year, whose names are ``Wijk 15 Charlois`` in 2014."""
    text = (shared / f"data/kwb/kwb{year}_rotterdam_statline.csv").read_text(encoding="utf-8-sig")
    rows = [row for row in csv.reader(text.splitlines(), delimiter=";") if len(row) > 4]
    names = {cell.strip(): row[0] for row in rows for cell in row if cell.startswith(("WK0599", "BU0599"))}
    for number, (name, code) in BUURTEN.items():
        assert int(code[-2:]) == number
        assert plain(names[code]) == plain(name)
    for name, code in GEBIEDEN.values():
        assert plain(names[code]).removeprefix(f"wijk{code[-2:]}") == plain(name)
    assert all(part in names for _, parts in WITHOUT_CODE.values() for part in parts)


def test_the_encoding_is_found_in_the_bytes_and_not_in_the_name() -> None:
    text = HEAD + "% braderieën\nCharlois;71;Tarwewijk;7%\n"
    for encoding in ("utf-8", "cp1252", "utf-8-sig"):
        assert read(text.encode(encoding)[0:], index="x").columns == ("% braderieën",)


def test_a_file_with_the_columns_of_another_index_is_refused() -> None:
    data = (HEAD + "Veiligheidsindex\nCharlois;71;Tarwewijk;81\n").encode()
    assert read(data, index="vi").frame["area"].to_list() == ["BU05991571"]
    with pytest.raises(FaultsFound, match=r"Hier hoort de Sociale Index .* de kolommen van de Veiligheidsindex"):
        read(data, index="si")


def test_half_a_buurt_and_two_buurten_together_get_no_code() -> None:
    data = (HEAD + "Sociale Index\nIJsselmonde;1009;Groot IJsselmonde-Noord;92\nHoek;3001;Dorp/Rijnpoort;1\n").encode()
    parsed = read(data)
    assert parsed.frame.height == 0
    assert [complaint.place for complaint in parsed.complaints] == ["rij 2, kolom wijknr", "rij 3, kolom wijknr"]
    assert "deel van de CBS-buurt BU05991289" in parsed.complaints[0].sentence
    assert "BU05991702, BU05991703 samen" in parsed.complaints[1].sentence


def test_a_number_with_the_name_of_another_buurt_is_not_believed() -> None:
    parsed = read((HEAD + "Sociale Index\nCharlois;71;Carnisse;70\nCharlois;999;Nergens;1\n").encode())
    assert parsed.frame.height == 0
    assert "71 is Tarwewijk" in parsed.complaints[0].sentence
    assert "niet bekend" in parsed.complaints[1].sentence


def test_columns_of_the_same_name_are_told_apart_and_complained_of() -> None:
    parsed = read((HEAD + "Sociale Index;% x ;% x\nCharlois;71;Tarwewijk;70;1%;2%\n").encode())
    assert parsed.columns == ("Sociale Index", "% x", "% x (2)")
    assert "2 kolommen" in parsed.complaints[0].sentence


def test_cells_with_and_without_a_percent_sign_are_complained_of_unless_they_are_0() -> None:
    rows = "Charlois;71;Tarwewijk;70;{};5%\nCharlois;72;Carnisse;70;6%;0\n"
    head = HEAD + "Sociale Index;taalhulp;nul\n"
    (complaint,) = read((head + rows.format("40")).encode()).complaints
    assert (complaint.place, complaint.found) == ("kolom taalhulp", "1 cellen met %, 1 zonder")
    assert read((head + rows.format("4%")).encode()).complaints == ()
