"""The library of evidence: ours and theirs in one list, a page each, and never one of an edition that is not shown."""

import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client, override_settings

from wijkpeil.publication.shelf import STUDIES

IMAGINED = Path(__file__).parents[1] / "unit" / "portrayal" / "imagined_study.py"
IDS = ["klassen", "proef", "te-laat", "werk-aan-de-wijk", "wijkteams"]
V1 = "/api/v1"


@pytest.fixture(scope="module")
def imagined() -> ModuleType:
    spec = spec_from_file_location("imagined_study_on_the_site", IMAGINED)
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def shelf(example_shelf: Path, tmp_path: Path, imagined: ModuleType) -> Iterator[Path]:
    """Give a shelf of our own with the example and all imagined studies on it."""
    (tmp_path / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
    imagined.put_on(tmp_path)
    with override_settings(SHELF=tmp_path):
        yield tmp_path


@pytest.fixture
def reader(shelf: Path) -> Client:
    return Client(headers={"host": "localhost"})


def page(reader: Client, at: str) -> str:
    answer = reader.get(at)
    assert answer.status_code == 200, at
    return unescape(answer.content.decode())


def api(reader: Client, at: str) -> Any:
    answer = reader.get(f"{V1}{at}")
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def listed(written: str) -> list[str]:
    return re.findall(r'<h2><a href="(?:/en)?/studies/([a-z-]+)">', written)


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_ours_and_theirs_stand_in_one_list_and_each_has_its_page(reader, tongue):
    assert sorted(listed(page(reader, f"{tongue}/studies"))) == IDS
    for id_ in IDS:
        written = page(reader, f"{tongue}/studies/{id_}")
        assert "None" not in written
        assert "voorbeeld" in written


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("thema=veiligheid", ["klassen", "proef", "te-laat", "wijkteams"]),
        ("opzet=matched_differences", ["werk-aan-de-wijk"]),
        ("bewijs=2", ["werk-aan-de-wijk", "wijkteams"]),
        ("bewijs=3", ["werk-aan-de-wijk"]),
        ("soort=placebo", ["proef"]),
        ("soort=placebo&bewijs=1", []),
        ("thema=&opzet=&bewijs=&soort=", IDS),
    ],
)
def test_the_list_gives_what_was_chosen(reader, asked, found):
    assert sorted(listed(page(reader, f"/studies?{asked}"))) == found


@pytest.mark.parametrize("asked", ["thema=weg", "opzet=x", "bewijs=6", "bewijs=0", "soort=y"])
def test_a_choice_that_is_none_says_what_can_be_chosen(reader, asked):
    answer = reader.get(f"/studies?{asked}")
    assert answer.status_code == 400
    assert "Kies uit:" in answer.content.decode()


def test_the_page_has_the_picture_the_answer_the_grade_and_the_file(reader):
    written = page(reader, "/studies/wijkteams")
    assert 'class="effect"' in written
    assert "95%-marge: 0,4 tot 3,1 procentpunt lager" in written
    assert "Bewijs 2 van 5" in written
    assert 'href="/studies/wijkteams.json"' in written
    assert 'href="/editie/voorbeeld/gebied/WK900103"' in written
    assert "gebied/WK008011" not in written
    assert 'href="/en/studies/wijkteams"' in written


def test_the_file_is_what_was_found(reader, shelf, imagined):
    answer = reader.get("/studies/wijkteams.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="wijkpeil-wijkteams.json"'
    assert imagined.from_json(answer.content.decode()) == imagined.on_the_example(imagined.result())


@pytest.mark.parametrize("at", ["/studies/weg", "/studies/weg.json", "/studies/..%2f..%2fetc", "/studies/.json"])
def test_a_study_that_is_not_there_is_not_found(reader, at):
    assert reader.get(at).status_code == 404


def test_a_shelf_without_studies_says_so(example_shelf, tmp_path):
    (tmp_path / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
    with override_settings(SHELF=tmp_path):
        written = page(Client(headers={"host": "localhost"}), "/studies")
    assert "Er is nog geen onderzoek gepubliceerd." in written


def test_a_study_of_an_edition_that_left_the_shelf_is_nowhere(reader, shelf, imagined):
    file = shelf / STUDIES / "wijkteams.json"
    file.write_text(file.read_text().replace('"edition": "voorbeeld"', '"edition": "2020-01"'))
    assert "wijkteams" not in listed(page(reader, "/studies"))
    for at in ("/studies/wijkteams", "/studies/wijkteams.json", "/en/studies/wijkteams", f"{V1}/onderzoeken/wijkteams"):
        assert reader.get(at).status_code == 404
    assert "wijkteams" not in [one["onderzoek"] for one in api(reader, "/onderzoeken")["onderzoeken"]]


def test_a_copy_is_good_until_the_study_is_computed_anew(reader, shelf, imagined):
    first = reader.get("/studies/wijkteams")
    again = {"if-none-match": first.headers["ETag"]}
    assert reader.get("/studies/wijkteams", headers=again).status_code == 304
    assert reader.get("/en/studies/wijkteams", headers=again).status_code == 200
    file = shelf / STUDIES / "wijkteams.json"
    beside = file.with_suffix(".nieuw")
    beside.write_text(file.read_text().replace("Wijkteams tegen armoede", "Wijkteams opnieuw"))
    beside.replace(file)
    assert "Wijkteams opnieuw" in page(reader, "/studies/wijkteams")
    assert reader.get("/studies/wijkteams", headers=again).status_code == 200


def test_studies_are_in_the_main_navigation_and_theirs_is_marked(reader):
    assert '<a href="/studies" aria-current="page">Wat hielp?</a>' in page(reader, "/studies")
    assert '<a href="/studies" aria-current="true">Wat hielp?</a>' in page(reader, "/studies/wijkteams")
    assert '<a href="/studies">Wat hielp?</a>' in page(reader, "/editie/voorbeeld")


class TestInterface:
    def test_it_lists_every_study_in_json_csv_and_parquet(self, reader):
        told = api(reader, "/onderzoeken")
        assert told["aantal"] == 5
        assert sorted(one["onderzoek"] for one in told["onderzoeken"]) == IDS
        text = reader.get(f"{V1}/onderzoeken", headers={"accept": "text/csv"}).content.decode()
        assert len(text.splitlines()) == 6

    def test_it_tells_the_effect_of_the_page_with_its_limits_and_its_grade(self, reader):
        told = api(reader, "/onderzoeken/wijkteams")
        found = told["uitkomsten"][0]["gevonden"]
        assert (found["effect"], found["ondergrens"], found["bovengrens"]) == (-0.018, -0.031, -0.004)
        assert told["niveau"] == told["bewijs"]["niveau"] == 2
        assert told["uitkomsten"][1]["weigering"]["reden"] == "modelled"
        assert told["uitkomsten"][1]["gevonden"] is None

    def test_every_answer_is_what_the_description_says(self, reader):
        from wijkpeil.api.studies import StudiesAnswer, StudyAnswer

        told = api(reader, "/onderzoeken")
        StudiesAnswer.model_validate(told)
        for id_ in IDS:
            one = api(reader, f"/onderzoeken/{id_}")
            assert set(one) == set(StudyAnswer.model_fields)
            StudyAnswer.model_validate(one)
        paths = json.loads(reader.get(f"{V1}/openapi.json").content)["paths"]
        assert {"/onderzoeken", "/onderzoeken/{id}"} <= set(paths)

    def test_a_start_that_never_was_has_no_level_of_evidence(self, reader):
        assert api(reader, "/onderzoeken/proef")["niveau"] is None

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("soort=elsewhere", 1),
            ("niveau=3", 1),
            ("opzet=differences", 4),
            ("indicator=onveilig_gevoel", 2),
            ("editie=voorbeeld", 4),
        ],
    )
    def test_it_gives_what_was_asked(self, reader, asked, found):
        assert api(reader, f"/onderzoeken?{asked}")["aantal"] == found

    @pytest.mark.parametrize(
        ("at", "status"),
        [
            ("/onderzoeken/weg", 404),
            ("/onderzoeken?soort=x", 400),
            ("/onderzoeken?niveau=9", 400),
            ("/onderzoeken?a=b", 400),
        ],
    )
    def test_what_cannot_be_answered_is_a_problem_in_dutch(self, reader, at, status):
        answer = reader.get(f"{V1}{at}")
        told = json.loads(answer.content)
        assert answer.status_code == told["status"] == status
        assert "Input" not in answer.content.decode()

    def test_an_answer_has_the_version_and_a_tag(self, reader):
        answer = reader.get(f"{V1}/onderzoeken/wijkteams")
        assert answer.headers["API-Version"]
        again = reader.get(f"{V1}/onderzoeken/wijkteams", headers={"if-none-match": answer.headers["ETag"]})
        assert again.status_code == 304
