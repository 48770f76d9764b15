"""Tables exported by hand from StatLine."""

from collections.abc import Callable
from pathlib import Path

import pytest

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.sources.cbs.statline import topic_names
from wijkpeil.sources.cells import read_cells
from wijkpeil.sources.parsed import ParsedTable

EDITED = """\ufeffKerncijfers wijken en buurten 2014;;;;;;
;;;;;;
;Onderwerp;;;;;
;Codering;Jaar;||Aantal inwoners;||||Gemiddeld gasverbruik totaal;||||Appartement;Meest voorkomende postcode
Wijken en buurten;code;;aantal;m³;m³;code
Rotterdam;GM0599;2014;618355;800;700,5;.
Tarwewijk;BU05991571;2014;12065;.;850;3081
Bron: CBS;;;;;;
"""


def test_topics_come_under_their_names_and_the_source_line_is_no_area(parse: Callable) -> None:
    parsed = parse("statline_csv", EDITED.encode(), year=2014)
    assert parsed.columns == (
        "Aantal inwoners",
        "Gemiddeld gasverbruik totaal",
        "Appartement",
        "Meest voorkomende postcode",
    )
    assert parsed.frame["area"].to_list() == ["GM0599", "BU05991571"]
    assert parsed.frame["name"].to_list() == ["Rotterdam", "Tarwewijk"]
    assert parsed.complaints == ()
    assert parsed.lines is not None
    assert parsed.lines.to_list() == [6, 7]


def test_a_title_of_another_year_is_an_error(parse: Callable) -> None:
    parsed = parse("statline_csv", EDITED.replace("buurten 2014", "buurten 2016").encode(), year=2014)
    assert [str(c) for c in parsed.complaints] == [
        "bestand, rij 1: Dit bestand gaat volgens zichzelf over 2016, maar het staat bij tabel t als cijfers over 2014."
        " (hier staat: Kerncijfers wijken en buurten 2016)"
    ]


def test_rows_of_another_year_than_the_table_are_an_error(parse: Callable) -> None:
    parsed = parse("statline_csv", EDITED.replace(";2014;", ";2016;").encode(), year=2014)
    assert parsed.complaints[0].place == "kolom Jaar"


def test_a_range_in_a_title_holds_all_its_years(parse: Callable) -> None:
    title = EDITED.replace("buurten 2014", "buurten 2012-2016")
    assert parse("statline_csv", title.encode(), year=2014).complaints == ()


def test_an_export_in_windows_1252_is_read_as_well(parse: Callable) -> None:
    parsed = parse(
        "statline_csv", EDITED.replace("\ufeff", "").replace("Tarwewijk", "Café").encode("cp1252"), year=2014
    )
    assert parsed.frame["name"].to_list() == ["Rotterdam", "Café"]


def test_a_topic_that_occurs_twice_bears_the_total_that_leads_it_and_never_a_number() -> None:
    topics = ["Stroom totaal", "Huurwoning", "Gas totaal", "Huurwoning", "Inwoners"]
    names, complaints = topic_names(topics, ["kWh", "kWh", "m³", "m³", ""], file="x")
    assert names == ["Stroom totaal", "Stroom totaal | Huurwoning", "Gas totaal", "Gas totaal | Huurwoning", "Inwoners"]
    assert complaints == ()


def test_a_total_that_occurs_in_two_units_bears_its_unit() -> None:
    names, _ = topic_names(["Bos totaal", "Bos totaal"], ["ha", "%"], file="x")
    assert names == ["Bos totaal | ha", "Bos totaal | %"]


def test_topics_that_cannot_be_told_apart_are_left_out_with_a_complaint() -> None:
    names, complaints = topic_names(["Inwoners", "Inwoners", "Mannen"], ["aantal", "aantal", "aantal"], file="x")
    assert names == [None, None, "Mannen"]
    assert [complaint.place for complaint in complaints] == ["kolom 1", "kolom 2"]


def test_a_file_without_the_heading_of_an_export_is_refused(parse: Callable) -> None:
    with pytest.raises(FaultsFound, match="Onderwerp"):
        parse("statline_csv", b"a;b\n1;2\n")


TURNED = """"Nabijheid 2021"
""
"";"";"Wijken en buurten"
"Onderwerp";"";"Annen";"Eext"
"Regio|Codering";"code";"WK168000";"WK168001"
"Afstand|Huisarts";"km";"0,9";"3,8"
"Bron: CBS"
"""


def test_an_export_with_areas_as_columns_is_turned(parse: Callable) -> None:
    parsed = parse("statline_csv_transposed", TURNED.encode(), year=2021)
    assert parsed.frame.rows() == [("WK168000", "Annen", 2021, "0,9"), ("WK168001", "Eext", 2021, "3,8")]
    assert parsed.columns == ("Afstand | Huisarts",)


def test_symbols_are_kept_for_the_reading_of_cells(parse: Callable) -> None:
    data = '"Perioden";"Wijken en buurten";"Regiocode (code)";"Score (Getal)"\n"2019";"Kop";"BU03630000";"       ."\n'
    parsed = parse("statline_symbols_csv", data.encode(), year=None)
    assert parsed.frame.rows() == [("BU03630000", "Kop", 2019, "       .")]


def test_a_quarter_is_no_year_and_is_left_out_with_a_word(parse: Callable) -> None:
    heading = '"Perioden";"Wijken en buurten";"Regiocode (code)";"Score (Getal)"\n'
    rows = '"2019";"Kop";"BU03630000";"1"\n"2019 1e kwartaal";"Kop";"BU03630000";"2"\n"2020*";"Kop";"BU03630000";"3"\n'
    parsed = parse("statline_symbols_csv", (heading + rows).encode(), year=None)
    assert parsed.frame.select("period", "Score (Getal)").rows() == [(2019, "1"), (2020, "3")]
    assert [complaint.found for complaint in parsed.complaints] == ["2019 1e kwartaal"]


def number(parsed: ParsedTable, area: str, column: str) -> float | None:
    return read_cells(parsed.frame, [column]).values[column].filter(parsed.frame["area"] == area).item()


@pytest.mark.real
@pytest.mark.parametrize(
    ("year", "inwoners", "kinderen", "woz"), [(2014, "12065", "20", "78"), (2018, "12310", "2240", "85")]
)
def test_three_figures_of_tarwewijk_by_hand(
    shared: Path, parse: Callable, raw_rows: Callable, year: int, inwoners: str, kinderen: str, woz: str
) -> None:
    """Read with the csv module: children are 20 per cent in 2014 and 2,240 children in 2018 (a trap of the data)."""
    path = shared / f"data/kwb/kwb{year}_rotterdam_statline.csv"
    rows = raw_rows(path)
    topics = [topic.strip("|") for topic in rows[3]]
    row = next(row for row in rows if row[topics.index("Codering")] == "BU05991571")
    asked = ("Aantal inwoners", "0 tot 15 jaar", "Gemiddelde woningwaarde")
    assert [row[topics.index(topic)] for topic in asked] == [inwoners, kinderen, woz]
    parsed = parse("statline_csv", path, year=year)
    assert parsed.complaints == ()
    assert parsed.frame.height == 115
    assert [number(parsed, "BU05991571", topic) for topic in asked] == [float(inwoners), float(kinderen), float(woz)]


@pytest.mark.real
def test_the_two_flats_of_2014_are_told_apart(shared: Path, parse: Callable) -> None:
    """A flat in Rotterdam used 2,150 kWh of electricity and 700 m³ of gas; the file calls both "Appartement"."""
    parsed = parse("statline_csv", shared / "data/kwb/kwb2014_rotterdam_statline.csv", year=2014)
    assert number(parsed, "GM0599", "Gemiddeld elektriciteitsverbruik totaal | Appartement") == 2150
    assert number(parsed, "GM0599", "Gemiddeld aardgasverbruik totaal | Appartement") == 700
    assert number(parsed, "GM0599", "Gemiddeld inkomen per inwoner") == 21.4


@pytest.mark.real
def test_names_without_codes_are_no_areas(shared: Path, parse: Callable) -> None:
    """The Amsterdam export of 2015: 112 lines, of which 5 of heading and one of source."""
    with pytest.raises(FaultsFound, match="Geen enkele van de 106 rijen"):
        parse("statline_csv", shared / "data/kwb/kwb2015_amsterdam_inkomen_statline.csv", year=2015)


@pytest.mark.real
def test_three_figures_of_the_turned_export_by_hand(shared: Path, parse: Callable, raw_rows: Callable) -> None:
    """Read with the csv module: doctor at 1.0 km in the country, 2.5 in Aa en Hunze; fire station at 4.2 in Eext."""
    path = shared / "data/ses_nabijheid/nabijheid_2021_statline_getransponeerd_voorbeeld.csv"
    rows = {row[0]: row for row in raw_rows(path)}
    doctor = rows["Gezondheid en welzijn|Huisartsenpraktijk|Afstand tot huisartsenpraktijk"]
    assert (doctor[2:4], rows["Afstand tot brandweerkazerne"][7]) == (["1,0", "2,5"], "4,2")
    parsed = parse("statline_csv_transposed", path, year=2021)
    column = "Gezondheid en welzijn | Huisartsenpraktijk | Afstand tot huisartsenpraktijk"
    assert [number(parsed, area, column) for area in ("NL00", "GM1680")] == [1.0, 2.5]
    assert number(parsed, "WK168001", "Afstand tot brandweerkazerne") == 4.2


@pytest.mark.real
def test_three_figures_of_ses_woa_by_hand(shared: Path, parse: Callable, raw_rows: Callable) -> None:
    """Read with the csv module: Amsterdam -0.100 with spread 1.010, and 90 areas without a score."""
    path = shared / "data/ses_nabijheid/85163NED_SES-WOA_2019_amsterdam_statline.csv"
    rows = raw_rows(path)
    score, spread = rows[0][7], rows[0][8]
    assert rows[1][7:9] == ["  -0.100", "   1.010"]
    assert sum(row[7].strip() == "." for row in rows[1:]) == 90
    parsed = parse("statline_symbols_csv", path, year=2019)
    assert (number(parsed, "GM0363", score), number(parsed, "GM0363", spread)) == (-0.1, 1.01)
    assert read_cells(parsed.frame, [score]).values[score].null_count() == 90


@pytest.mark.real
def test_three_figures_of_proximity_by_hand(shared: Path, parse: Callable, raw_rows: Callable) -> None:
    """Read with the csv module: to a large supermarket 1.0 km in the country, 0.7 in Utrecht, 0.6 in Utrecht West."""
    path = shared / "data/ses_nabijheid/nabijheid_voorzieningen_2023_utrecht_statline.csv"
    rows = raw_rows(path)
    column = "Detailhandel/Winkels dagelijkse boodschappen/Afstand tot grote supermarkt (km)"
    place = rows[0].index(column)
    assert [row[place].strip() for row in rows[1:4]] == ["1.0", "0.7", "0.6"]
    parsed = parse("statline_symbols_csv", path, year=2023)
    assert [number(parsed, area, column) for area in ("NL00", "GM0344", "WK034401")] == [1.0, 0.7, 0.6]
