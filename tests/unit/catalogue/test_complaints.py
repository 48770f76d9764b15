"""Every fault of a policy folder is reported at once, with its place, what stands there and what is allowed."""

from datetime import date
from pathlib import Path

import pytest

from wijkpeil import catalogue
from wijkpeil.domain.complaint import FaultsFound, Severity

POLICY = "beleid.toml"
BASES = "grondslagen.toml"
SOURCE = "bronnen/eigen_tabel.toml"
PEOPLE = "indicatoren/bevolking/inwoners.toml"
CONTENT = "indicatoren/samen_leven/tevreden_met_buurt.toml"
PROGRAMME = "programmas/ons_programma.toml"


def test_starter_has_no_faults_and_no_warnings(complaints):
    assert complaints() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "place", "words"),
    [
        (CONTENT, 'unit = "percent"', 'unit = "procent"', "unit", "Bedoelde je percent?"),
        (CONTENT, '"higher_is_better"', '"hoger"', "direction", "higher_is_better, lower_is_better, context"),
        (CONTENT, 'label = "Tevreden met de buurt"', "", "label", "Deze sleutel ontbreekt"),
        (CONTENT, 'label = "Tevreden met de buurt"', "label = 3", "label", "tekst tussen aanhalingstekens"),
        (CONTENT, 'label = "Tevreden met de buurt"', 'label = "  "', "label", "tekst tussen aanhalingstekens"),
        (CONTENT, "label_en", "labelen", "labelen", "Bedoelde je label_en?"),
        (CONTENT, "decimals = 0", "decimals = true", "measure.decimals", "een heel getal van 0 tot en met 6"),
        (CONTENT, "decimals = 0", "decimals = 9", "measure.decimals", "een heel getal van 0 tot en met 6"),
        (CONTENT, "materiality = 0.02", "", "judgement.materiality", "Deze sleutel ontbreekt"),
        (CONTENT, "materiality = 0.02", "materiality = 2", "judgement.materiality", "Bedoelde je 0.02?"),
        (CONTENT, "materiality = 0.02", "materiality = nan", "judgement.materiality", "groter dan 0"),
        (CONTENT, "review_due = 2030-01-01", 'review_due = "2030-01-01"', "review.review_due", "een datum"),
        (CONTENT, 'base = "inwoners"\nmoment', 'base = "inwoner"\nmoment', "measure.base", "Bedoelde je inwoners?"),
        (CONTENT, 'id = "eigen_tabel"', 'id = "eigentabel"', "source.id", "Bedoelde je eigen_tabel?"),
        (CONTENT, "{ 2020 =", "{ twintig =", "source.columns.twintig", "een jaar"),
        (CONTENT, 'kind = "proportion"', 'kind = "rate"', "unit", 'unit = "per_1000"'),
        (CONTENT, "decimals = 0", "decimals = 0\nprice_year = 2020", "measure.price_year", 'unit = "euro"'),
        (PEOPLE, "[measure]", "[judgement]\nmateriality = 1\n[measure]", "judgement", "laat [judgement] weg"),
        (POLICY, "apportioned_limit = 0.25", "apportioned_limit = 25", "apportioned_limit", "van 0 tot en met 1"),
        (POLICY, '"ons_programma"', '"een_programma"', "default_programme", "Bekend: ons_programma"),
        (POLICY, '"NL00"', '"NL"', "country", "geen gebiedscode"),
        (SOURCE, 'files = ["eigen_tabel*.csv"]', "files = []", "table[1].files", "address"),
        (SOURCE, "provisional = false", 'protocol = "odata_v4"', "table[1]", "protocol en address"),
        (SOURCE, "provisional = false", 'protocol = "odata4"\naddress = "x"', "table[1].protocol", "je odata_v4?"),
        (SOURCE, "https://voorbeeldstad", "voorbeeldstad", "landing_page", "https://"),
        (SOURCE, 'layout = "wide"', 'layout = "long"', "table[1].mapping.value_column", 'layout = "long"'),
        (SOURCE, 'population = "inwoners"', 'inwoners = "a"', "table[1].code_list.inwoners", "onbekend"),
        (PROGRAMME, "vintage = 2024", "vintage = 2020", "vintage", "kaartjaar 2024"),
        (PROGRAMME, '["WK900101"', "[900101", "neighbourhood[1].parts[1]", "nooit een getal"),
        (PROGRAMME, '["WK900101"', '["900101"', "neighbourhood[1].parts[1]", "Bedoelde je WK900101?"),
        (PROGRAMME, '["WK900101"', '["wk900101 "', "neighbourhood[1].parts[1]", "Bedoelde je WK900101?"),
        (PROGRAMME, '["WK900101"', '["GM9001"', "neighbourhood[1].parts[1]", "de code van een gemeente"),
        (PROGRAMME, '["WK900101"', '["WK123401"', "neighbourhood[1].parts[1]", "ligt in GM1234 en niet in GM9001"),
        (PROGRAMME, '["WK900101"', '["BU90010201"', "neighbourhood[1].parts[2]", "twee keer"),
        (PROGRAMME, '"havenkwartier"', '"Haven kwartier"', "neighbourhood[1].id", "streepjes"),
        (PROGRAMME, '"havenkwartier"', '"alle"', "neighbourhood[1].id", "al in gebruik"),
        (PROGRAMME, "# start = 2022", "start = 2019", "neighbourhood[1].start", "het programma (2021-01-01)"),
        (PROGRAMME, "# end = 2025", "end = 2020", "neighbourhood[1].end", "voor het begin"),
        (PROGRAMME, "# end = 2030", "end = 2020", "end", "voor het begin"),
        (PROGRAMME, '["tevreden_met_buurt@2020"]', '["tevreden@2020"]', "selected_on[1]", "Er is geen indicator"),
        (PROGRAMME, '["tevreden_met_buurt@2020"]', '["tevreden_met_buurt"]', "selected_on[1]", "met het jaar erachter"),
        (PROGRAMME, '["tevreden_met_buurt@2020"]', '["tevreden_met_buurt@2019"]', "selected_on[1]", "wel over: 2020"),
        (PROGRAMME, '["tevreden_met_buurt@2020"]', '["inwoners@2020"]', "selected_on[1]", "geen betere kant (context)"),
        (PROGRAMME, "start = 2021-01-01", "start = 2019-01-01", "selected_on[1]", "begon in 2019"),
        (BASES, 'population = "inwoners"', 'population = "tevreden_met_buurt"', "base[1].population", "wegen"),
        ("lijkt_op.toml", "number = 20", "number = 0", "number", "van 1 of meer"),
        ("lijkt_op.toml", '"inwoners@2020",', '"inwonerz@2020",', "characteristics[1]", "Bedoelde je inwoners?"),
        ("onthulling.toml", "ordinal = 50", "klasse = 50", "audience[1].minimum_base.ordinal", "ontbreekt"),
        ("themas.toml", 'id = "samen_leven"', 'id = "bevolking"', "theme[2].id", "bestaat al"),
    ],
)  # fmt: skip
def test_one_fault_is_named_with_its_place_and_what_is_allowed(file, old, new, place, words, change, complaints):
    change(file, old, new)
    own = [found for found in complaints() if (found.file, found.place) == (file, place)]
    assert own
    assert all(words in found.sentence and found.sentence.endswith((".", "?")) for found in own)


def test_what_stands_there_is_quoted_as_in_the_file(change, complaints):
    change(CONTENT, "decimals = 0", "decimals = true")
    change(CONTENT, 'unit = "percent"', "unit = ['percent', 'euro', 'km', 'kwh']")
    found = {complaint.place: complaint.found for complaint in complaints()}
    assert found["measure.decimals"] == "true"
    assert found["unit"] == '["percent", "euro", "km", ...]'


def test_every_fault_of_every_file_comes_at_once(folder, change, complaints):
    change(POLICY, "fictional = true", 'fictional = "ja"')
    change("themas.toml", "order = 1", "order = -1")
    change(SOURCE, "licence", "licentie")
    change(CONTENT, 'kind = "proportion"', 'kind = "aandeel"')
    change(CONTENT, "materiality = 0.02", "materiality = 0")
    change(PROGRAMME, '"official"', '"zeker"')
    (folder / PEOPLE).write_text("label = \n", encoding="utf-8")
    places = {(found.file, found.place) for found in complaints()}
    assert places == {
        (POLICY, "fictional"),
        ("themas.toml", "theme[1].order"),
        (SOURCE, "licence"),
        (SOURCE, "licentie"),
        (CONTENT, "measure.kind"),
        (CONTENT, "judgement.materiality"),
        (PROGRAMME, "neighbourhood[1].certainty"),
        (PEOPLE, "regel 1"),
    }


def test_file_that_is_no_toml_is_named_with_its_line_and_causes_no_other_complaints(folder, change, complaints):
    change("themas.toml", 'label = "Samen leven"', 'label = "Samen leven')
    assert [(found.file, found.place, found.found) for found in complaints()] == [
        ("themas.toml", "regel 12", 'label = "Samen leven')
    ]


def test_key_that_stands_twice_is_named_with_its_line(change, complaints):
    change(POLICY, "map_year = 2024", "map_year = 2024\nmap_year = 2023")
    (only,) = complaints()
    assert "één keer" in only.sentence
    assert only.found == "map_year = 2023"


def test_file_that_is_no_utf8_is_named_with_its_line(folder, complaints):
    (folder / POLICY).write_bytes(b'name = "x"\nnote = "caf\xe9"\n')
    assert (complaints()[0].place, complaints()[0].sentence[-6:-1]) == ("regel 2", "UTF-8")


@pytest.mark.parametrize("text", ["\ufeff", "windows"])
def test_files_of_a_windows_editor_are_read(text, folder, complaints):
    content = (folder / POLICY).read_text(encoding="utf-8")
    content = text + content if text == "\ufeff" else content.replace("\n", "\r\n")
    (folder / POLICY).write_bytes(content.encode())
    assert complaints() == []


@pytest.mark.parametrize("file", [POLICY, "themas.toml", "grondslagen.toml", "lijkt_op.toml", "onthulling.toml"])
def test_missing_file_is_one_complaint(file, folder, complaints):
    (folder / file).unlink()
    assert [(found.file, found.sentence) for found in complaints()] == [(file, "Dit bestand ontbreekt.")]


def test_groups_may_be_left_out(folder, complaints):
    (folder / "groepen.toml").unlink()
    assert complaints() == []


def test_folder_that_is_not_there_gets_a_sentence(tmp_path):
    with pytest.raises(FaultsFound, match="geen map met beleidsbestanden"):
        catalogue.load(tmp_path / "nergens", today=date(2026, 1, 1))


def test_misspelt_file_is_not_silently_left_unread(folder, complaints):
    (folder / "groepen.toml").rename(folder / "groep.toml")
    (folder / "indicatoren" / "los.toml").write_text("", encoding="utf-8")
    found = {complaint.file: complaint.sentence for complaint in complaints()}
    assert "Bedoelde je groepen.toml?" in found["groep.toml"]
    assert "wordt niet gelezen" in found["indicatoren/los.toml"]


def test_description_beside_a_table_of_ones_own_is_no_policy_file(folder, complaints):
    (folder / "cijfers" / "eigen.csv.tabel.toml").write_text('code_column = "gebied"\n', encoding="utf-8")
    assert not complaints()


def test_file_name_that_is_no_id_is_refused(folder, complaints):
    (folder / PEOPLE).rename(folder / "indicatoren/bevolking/Inwoners 2020.toml")
    assert "De bestandsnaam is de id" in next(f.sentence for f in complaints() if "Inwoners 2020" in f.file)


def test_indicator_of_two_themes_is_refused_in_the_second(folder, complaints):
    (folder / "indicatoren/samen_leven/inwoners.toml").write_bytes((folder / PEOPLE).read_bytes())
    (only,) = complaints()
    assert only.file == "indicatoren/samen_leven/inwoners.toml"
    assert PEOPLE in only.sentence


def test_folder_that_is_no_theme_is_refused(folder, complaints):
    (folder / "indicatoren/samen_leven").rename(folder / "indicatoren/samenleven")
    assert ["thema samenleven staat niet in themas.toml" in found.sentence for found in complaints()] == [True]


def test_judged_indicator_without_judgement_is_refused(folder, change, complaints):
    text = (folder / CONTENT).read_text(encoding="utf-8")
    start, end = text.index("[judgement]"), text.index("[source]")
    (folder / CONTENT).write_text(text[:start] + text[end:], encoding="utf-8")
    assert [found.place for found in complaints()] == ["judgement.materiality"]


def test_year_for_which_the_source_has_no_table_is_refused(change, complaints):
    change(SOURCE, "# year = 2023", "year = 2023")
    assert {(found.file, found.place) for found in complaints()} == {
        (CONTENT, "source.columns.2020"),
        (PEOPLE, "source.columns.2020"),
    }


def test_numerator_without_base_is_refused_wherever_it_is_said(change, complaints):
    change(CONTENT, 'form = "percent"', 'form = "numerator"')
    assert complaints() == []
    change(CONTENT, 'base = "ondervraagd"', "")
    assert {found.place for found in complaints()} == {"source.columns.2020.base", "source.columns.2023.base"}


def test_code_that_is_a_number_in_a_group_is_refused(change, complaints):
    change(
        "groepen.toml",
        "# [[group]]",
        '[[group]]\nid = "G"\nlabel = "x"\nlabel_en = "x"\nvintage = 2019\nmembers = [363]',
    )
    assert {found.place for found in complaints()} == {"group[1].members[1]", "group[1].vintage"}


def test_look_alikes_are_sought_in_a_year_for_which_there_are_figures(change, complaints):
    change("lijkt_op.toml", "inwoners@2020", "inwoners@2019")
    assert ["geen cijfer over 2019, wel over: 2020, 2023" in found.sentence for found in complaints()] == [True]


def test_classes_are_no_characteristic_of_look_alikes(change, complaints):
    change(CONTENT, 'kind = "proportion"', 'kind = "ordinal"')
    change(CONTENT, 'unit = "percent"', 'unit = "class"')
    assert [found.place for found in complaints()] == ["characteristics[2]", "selected_on[1]"]


def test_form_that_nobody_can_read_is_refused_where_the_forms_are_known(folder, change):
    change(SOURCE, 'form = "eigen_tabel"', 'form = "eigentabel"')
    catalogue.load(folder, today=date(2026, 11, 24))
    with pytest.raises(FaultsFound, match="Bedoelde je eigen_tabel"):
        catalogue.load(folder, today=date(2026, 11, 24), forms={"eigen_tabel", "statline_csv"})


SECOND = """
[[neighbourhood]]
id = "kade"
name = "Kade"
gemeente = "GM9001"
parts = ["WK900101"]
certainty = "official"
start = {start}
"""


def test_area_belongs_to_one_neighbourhood_at_a_time(folder, change, complaints):
    with (folder / PROGRAMME).open("a", encoding="utf-8") as file:
        file.write(SECOND.format(start="2025-01-01"))
    assert ["hoort in dezelfde tijd al bij havenkwartier" in found.sentence for found in complaints()] == [True]
    change(PROGRAMME, "# end = 2025-12-31", "end = 2024-12-31")
    assert complaints() == []


def test_id_of_a_neighbourhood_is_used_once(folder, complaints):
    with (folder / PROGRAMME).open("a", encoding="utf-8") as file:
        file.write(SECOND.format(start="2025-01-01").replace('"kade"', '"havenkwartier"'))
    assert [found.place for found in complaints()] == ["neighbourhood[2].id"]


def test_review_that_is_overdue_is_a_warning_and_no_error(folder, change):
    change(CONTENT, "review_due = 2030-01-01", "review_due = 2026-11-23")
    _, warnings = catalogue.load(folder, today=date(2026, 11, 24))
    assert [(warning.place, warning.severity) for warning in warnings] == [("review.review_due", Severity.WARNING)]
    _, none = catalogue.load(folder, today=date(2026, 11, 23))
    assert none == ()


def test_second_reader_is_somebody_else(change, complaints):
    change(CONTENT, 'checked_by = "methoden', 'checked_by = "onderzoek')
    assert [(found.place, found.severity) for found in complaints()] == [("review.checked_by", Severity.WARNING)]


def test_message_names_every_complaint(folder, change):
    change(POLICY, "map_year = 2024", "map_year = 24")
    change(CONTENT, "decimals = 0", "decimals = -1")
    with pytest.raises(FaultsFound) as found:
        catalogue.load(folder, today=date(2026, 11, 24))
    assert "beleid.toml, map_year: Hier hoort een heel getal van 1900 tot en met 2100. (hier staat: 24)" in str(
        found.value
    )
    assert f"{CONTENT}, measure.decimals" in str(found.value)


def test_packaged_folder_is_that_of_this_checkout():
    assert (catalogue.packaged_folder() / "programmas").is_dir()
    assert catalogue.packaged_folder() == Path(__file__).parents[3] / "beleid"
