"""``wijkpeil funnel`` on the embedded example: a sentence, a table, a file for a program and a picture."""

import csv
import io
from xml.etree import ElementTree

import pytest

CITY = "Aardenhaven"


@pytest.fixture
def funnel(run, example_shelf):
    return lambda *words: run("funnel", *words, "--shelf", str(example_shelf))


def test_the_screen_names_the_exceptions_and_how_many_there_are(funnel):
    ran = funnel("bijstand", "--city", CITY)
    assert ran.code == 0
    assert f"Van de wijken van {CITY}" in ran.out
    assert "VERZONNEN LAND" in ran.out


def test_a_program_gets_every_area_with_its_limits_or_its_reason(funnel):
    ran = funnel("bijstand", "--city", CITY, "--period", "2016", "--csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(rows) > 50
    assert {row["period"] for row in rows} == {"2016"}
    assert all(bool(row["reason"]) != bool(row["low_95"]) for row in rows)
    assert all(row["fictional"] == "true" for row in rows)


def test_the_picture_is_a_file_of_its_own_and_is_never_lost(funnel, tmp_path):
    out = tmp_path / "trechter.svg"
    assert funnel("bijstand", "--city", CITY, "--out", str(out)).code == 0
    assert ElementTree.parse(out).getroot().tag.endswith("svg")
    again = funnel("bijstand", "--city", CITY, "--out", str(out))
    assert again.code == 2
    assert "bestaat al" in again.err
    assert funnel("bijstand", "--city", CITY, "--out", str(out), "--overwrite").code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("bij", "--city", CITY), "één indicator"),
        (("bijstand", "--city", "Aardenhave"), "Bedoelde je Aardenhaven?"),
        (("inwoners", "--city", CITY, "--out", "trechter.svg"), "niets te tekenen"),
    ],
)
def test_a_mistake_is_a_sentence(funnel, tmp_path, monkeypatch, words, sentence):
    monkeypatch.chdir(tmp_path)
    ran = funnel(*words)
    assert ran.code == 2
    assert sentence in ran.err
    assert not list(tmp_path.iterdir())


def test_a_year_without_figures_says_so(funnel):
    ran = funnel("bijstand", "--city", CITY, "--period", "1990")
    assert ran.code == 0
    assert "geen cijfer" in ran.out


def test_show_tells_what_lies_behind_a_figure(run, example_shelf):
    ran = run("show", "WK900110", "--indicator", "bijstand", "--shelf", str(example_shelf))
    assert f"Gelet op {CITY} ligt het hier vermoedelijk tussen" in ran.out
    assert "De lijn achter de cijfers loopt van" in ran.out
