import argparse
import csv
import io
import json
from datetime import date

import polars as pl
import pytest

from wijkpeil import catalogue
from wijkpeil.areas.find import Elsewhere, Found
from wijkpeil.cli import door, records
from wijkpeil.domain.area import AreaCode
from wijkpeil.domain.complaint import Complaint, FaultsFound
from wijkpeil.portrayal.language import language
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.shelf import ShelfBusyError


def test_show_puts_an_area_beside_its_city_and_its_look_alikes(run, shelve, imagined):
    shelve()
    ran = run("show", imagined.HERE)
    assert ran.code == 0
    assert imagined.NAME in ran.out
    for said in ("wijk WK008050, kaart van 2020", "Leeuwarden", "5.060", "gevonden op naam", "zwakke gelijkenis"):
        assert said in ran.out
    assert "34,1%" in ran.out
    assert "13,1" in ran.out
    assert "(geschat)" in ran.out


def test_show_says_why_a_figure_is_absent(run, shelve, imagined):
    shelve()
    out = run("show", imagined.HERE).out
    assert "Dit cijfer gaat over te weinig mensen." in out
    assert "Geregistreerde problematische schulden" in out


def test_show_of_one_indicator_has_its_sentences_its_years_and_its_comparators(run, shelve, imagined):
    shelve()
    out = run("show", imagined.HERE, "--indicator", "woz").out
    assert "Sinds de nulmeting (2007) werd de achterstand" in out
    assert "1 jan 2007" in out
    assert "Naast wat, in 2020" in out
    assert "Zegt niets over de oorzaak." in out


def test_the_id_of_an_indicator_means_that_indicator_alone_and_a_part_of_it_every_one_that_has_it():
    policy, _ = catalogue.load(catalogue.packaged_folder(), today=date(2026, 11, 24))
    asked = [argparse.Namespace(theme=None, indicator=text) for text in ("eenzaam", "eenz")]
    alone, several = (door.chosen_indicators(policy, arguments, language("nl")) for arguments in asked)
    assert [indicator.id for indicator in alone] == ["eenzaam"]
    assert len(several) > 1


def test_show_calls_a_late_baseline_by_its_year(run, shelve, imagined):
    shelve()
    out = run("show", imagined.HERE, "--indicator", "rondkomen").out
    assert "Sinds 2012 " in out
    assert "nulmeting" not in out


def test_no_column_is_left_out_or_cut_on_a_screen_of_eighty(run, shelve, imagined, monkeypatch):
    shelve()
    monkeypatch.setenv("COLUMNS", "80")
    out = run("show", imagined.HERE).out
    tables = [line for line in out.splitlines() if "─" in line]
    assert tables
    assert max(map(len, tables)) <= 80
    assert "…" not in out


def test_a_code_of_another_place_in_another_year_is_named_with_the_map_year(run, shelve, imagined):
    edition = shelve()
    other = Elsewhere(area=AreaCode(code=imagined.HERE, vintage=2016), name="Hempens/Teerns")
    edition.find = lambda text: Found(text=text, matches=(imagined.HERE,), best=imagined.HERE, elsewhere=(other,))
    err = run("show", imagined.HERE).err
    assert "op andere kaarten een ander gebied (2016: Hempens/Teerns)" in err
    assert "kaart van 2020" in err


def test_an_unknown_area_is_answered_with_what_comes_near(run, shelve):
    shelve()
    ran = run("show", "Leewarden")
    assert ran.code == 2
    assert "Deze editie kent geen gebied 'Leewarden'." in ran.err
    assert "Bedoelde je Leeuwarden?" in ran.err


def test_a_name_of_several_areas_is_answered_with_their_codes(run, shelve, imagined):
    edition = shelve()
    edition.find = lambda text: Found(text=text, matches=("WK008010", "WK008011"), best=None)
    ran = run("show", "Wijk")
    assert ran.code == 2
    assert "WK008010  Wijk 10" in ran.err
    assert "(wijk, Leeuwarden)" in ran.err


def test_an_unknown_indicator_theme_or_edition_is_a_mistake_with_a_suggestion(run, shelve, imagined):
    shelve()
    for option, typed, near in (
        ("--indicator", "bijstnd", "bijstand"),
        ("--theme", "veiligheit", "Veiligheid"),
        ("--edition", "2026-12", "2026-11"),
    ):
        ran = run("show", imagined.HERE, option, typed)
        assert ran.code == 2
        assert near in ran.err


def test_json_gives_shares_as_fractions_and_statuses_as_stable_words(run, shelve, imagined):
    shelve()
    told = json.loads(run("show", imagined.HERE, "--json").out)
    rows = {(row["indicator"], row["period"]): row for row in told["figures"]}
    assert told["edition"]["fictional"] is False
    assert rows["rondkomen", 2020]["value"] == pytest.approx(0.362)
    assert rows["rondkomen", 2020]["status"] == "modelled"
    assert rows["rondkomen", 2020]["rest_gap"] == pytest.approx(-0.174)
    assert rows["schulden", 2020]["value"] is None
    assert rows["schulden", 2020]["status"] == "too_few"
    assert rows["woz_waarde", 2020]["rest_baseline_status"] == "in_window"


def test_csv_and_json_hold_the_same_figures(run, shelve, imagined):
    shelve()
    told = json.loads(run("show", imagined.HERE, "--json").out)["figures"]
    table = list(csv.DictReader(io.StringIO(run("show", imagined.HERE, "--csv").out)))
    assert [row["indicator"] for row in table] == [row["indicator"] for row in told]
    for mine, theirs in zip(table, told, strict=True):
        assert (float(mine["value"]) if mine["value"] else None) == theirs["value"]


def test_a_name_that_is_a_formula_is_disarmed_in_csv(capsys):
    frame = pl.DataFrame({"name": ["=HYPERLINK(1)", "+1", "-2", "@x", "'s-Gravenhage", None], "gap": [-0.1] * 6})
    records.write_csv(frame)
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["name"] for row in rows] == ["'=HYPERLINK(1)", "'+1", "'-2", "'@x", "'s-Gravenhage", ""]
    assert {row["gap"] for row in rows} == {"-0.1"}


def test_what_is_no_number_is_nothing_for_a_program(capsys):
    frame = pl.DataFrame({"value": [float("nan"), float("inf"), 0.5]})
    assert records.rows(frame) == [{"value": None}, {"value": None}, {"value": 0.5}]


@pytest.mark.parametrize("command", ["show", "overview", "editions", "compare"])
def test_an_invented_country_is_marked_on_every_screen(run, shelve, imagined, command):
    shelve(fictional=True)
    words = {"show": (imagined.HERE,), "compare": (imagined.HERE, "WK008010")}.get(command, ())
    assert "VERZONNEN LAND" in run(command, *words).out
    assert "FICTIONAL COUNTRY" in run(command, *words, "--lang", "en").out


def test_an_invented_country_is_marked_for_a_program_too(run, shelve, imagined):
    shelve(fictional=True)
    ran = run("show", imagined.HERE, "--csv")
    assert "VERZONNEN LAND" in ran.err
    assert {row["fictional"] for row in csv.DictReader(io.StringIO(ran.out))} == {"true"}
    assert json.loads(run("show", imagined.HERE, "--json").out)["edition"]["fictional"] is True


def test_an_edition_that_is_not_public_is_marked(run, shelve, imagined):
    shelve(audience="onderzoek")
    assert "NIET OPENBAAR" in run("show", imagined.HERE).out


def test_compare_sets_areas_side_by_side_and_many_under_each_other(run, shelve, imagined):
    shelve()
    few = run("compare", imagined.HERE, "WK008010").out
    assert imagined.NAME in few
    assert "Wijk 10" in few
    many = run(
        "compare", imagined.HERE, *(f"WK0080{number}" for number in range(10, 15)), "--indicator", "bijstand"
    ).out
    assert "Gebied" in many
    assert "Huishoudens met bijstand" in many


def test_compare_of_one_area_is_a_mistake(run, shelve, imagined):
    shelve()
    assert run("compare", imagined.HERE).code == 2


def test_profile_writes_one_page_and_replaces_none_unasked(run, shelve, imagined, tmp_path):
    shelve()
    out = tmp_path / "profiel.html"
    assert run("profile", imagined.HERE, "--out", str(out)).code == 0
    assert "<h1>Heechterp &amp; Schieringen</h1>" in out.read_text(encoding="utf-8")
    again = run("profile", imagined.HERE, "--out", str(out))
    assert again.code == 2
    assert "bestaat al" in again.err
    assert run("profile", imagined.HERE, "--out", str(out), "--overschrijf").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["profiel.html"]


def test_profile_into_a_folder_that_is_not_there_is_a_mistake(run, shelve, imagined, tmp_path):
    shelve()
    ran = run("profile", imagined.HERE, "--out", str(tmp_path / "geen" / "x.html"))
    assert ran.code == 2
    assert "bestaat niet" in ran.err


def test_an_empty_shelf_says_how_to_begin(run, tmp_path):
    ran = run("show", "x", "--shelf", str(tmp_path))
    assert ran.code == 2
    assert "wijkpeil start" in ran.err


def test_init_lays_down_a_folder_that_check_finds_in_order(run, tmp_path):
    folder = tmp_path / "mijn-beleid"
    assert run("init", str(folder)).code == 0
    checked = run("check", str(folder))
    assert checked.code == 0, checked.out
    assert "in orde" in checked.out
    again = run("init", str(folder))
    assert again.code == 2
    assert "overschrijven we niet" in again.err


def test_check_names_every_fault_and_ends_with_1(run, tmp_path):
    folder = tmp_path / "mijn-beleid"
    run("init", str(folder))
    themes = folder / "themas.toml"
    themes.write_text(themes.read_text(encoding="utf-8").replace("order", "odrer"), encoding="utf-8")
    ran = run("check", str(folder))
    assert ran.code == 1
    assert "themas.toml" in ran.out
    assert "FOUT" in ran.out
    told = json.loads(run("check", str(folder), "--json").out)
    assert {"file", "place", "found", "sentence", "severity"} == set(told[0])


def test_table_describe_writes_a_file_to_correct_and_keeps_one_that_is_there(run, tmp_path):
    table = tmp_path / "mijn.csv"
    table.write_text("wijkcode;jaar;inwoners\nWK008050;2020;100\nWK008051;2020;200\n", encoding="utf-8")
    ran = run("table", "describe", str(table))
    assert ran.code == 0
    assert "Kijk haar na" in ran.out
    written = tmp_path / "mijn.csv.tabel.toml"
    written.write_text("# van mij\n", encoding="utf-8")
    assert run("table", "describe", str(table)).code == 2
    assert written.read_text(encoding="utf-8") == "# van mij\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("build", "--data", "nergens"), "De map nergens bestaat niet."),
        (("check", "nergens"), "De map nergens bestaat niet."),
        (("table", "describe", "nergens.csv"), "Het bestand nergens.csv bestaat niet."),
        (("build", "--data", ".", "--edition", "Mijn Editie"), "kan niet voor een editie"),
        (("build", "--data", ".", "--audience", "opnbaar"), "Bedoelde je openbaar?"),
    ],
)
def test_a_wrong_folder_name_or_audience_is_one_sentence(run, words, said):
    ran = run(*words)
    assert ran.code == 2
    assert said in ran.err


def test_the_overview_tells_what_is_there_and_what_to_do_next(run, shelve):
    shelve()
    out = run("overview").out
    for said in ("De veertig aandachtswijken", "Heechterp/Schieringen", "Inkomen en schulden", "wijkpeil show"):
        assert said in out


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        (FaultsFound((Complaint(file="a.toml", place="x", found="1", sentence="Dit kan niet."),)), 1, "a.toml, x: Dit"),
        (EditionDamagedError("Editie 1 is beschadigd."), 1, "beschadigd"),
        (ShelfBusyError("Er wordt al gebouwd."), 1, "al gebouwd"),
        (PermissionError(13, "no", "geheim.csv"), 2, "geheim.csv"),
        (RuntimeError("oeps"), 1, "WIJKPEIL_DEBUG=1"),
    ],
)
def test_no_fault_ever_shows_a_traceback(run, shelve, monkeypatch, fault, code, said):
    shelve()

    def fail(*_: object) -> None:
        raise fault

    monkeypatch.setattr("wijkpeil.cli.overview.show_overview", fail)
    ran = run("overview")
    assert ran.code == code
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_english_screens_have_no_dutch_sentence_of_ours(run, shelve, imagined):
    shelve()
    said = run("show", imagined.HERE, "--lang", "en").out + run("overview", "--lang", "en").out
    known = language("en").catalogue._catalog
    ours = [dutch for dutch in known if isinstance(dutch, str) and len(dutch) > 20 and "{" not in dutch]
    assert not [dutch for dutch in ours if dutch in said and known[dutch] != dutch]
