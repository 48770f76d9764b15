import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from wijkpeil.publication.evidence_library import studies_for_readers
from wijkpeil.publication.library import Library
from wijkpeil.publication.states import Standing, state_of
from wijkpeil.sources import example
from wijkpeil.sources.example import Size

SMALL = Size(cities=3, neighbourhoods=4, others=40, first_year=2005, last_year=2021, indicators=12)


@pytest.fixture(scope="module")
def country() -> example.Country:
    return example.draw(SMALL)


@pytest.fixture(autouse=True)
def without_a_database(monkeypatch):
    """Leave the database of this process alone: what is put in one is seen in tests/web/programmes/test_example.py."""
    monkeypatch.setattr("wijkpeil.cli.start.tell_where_empty", lambda arguments, screen: None)


@pytest.fixture
def small(monkeypatch, country):
    write = example.write
    monkeypatch.setattr(example, "write", lambda folder: write(folder, country))


@pytest.fixture
def laid_down(tmp_path: Path, country) -> Path:
    example.write(tmp_path / "land", country)
    return tmp_path / "land"


def test_start_builds_the_example_once_and_shows_it(run, small, tmp_path, monkeypatch):
    shelf = str(tmp_path / "plank")
    first = run("start", "--shelf", shelf)
    assert first.code == 0, first.err
    assert "We maken het voorbeeld" in first.err
    assert "VERZONNEN LAND" in first.out
    assert "Editie voorbeeld" in first.out
    monkeypatch.setattr(example, "write", lambda folder: pytest.fail("The example was made a second time."))
    second = run("start", "--shelf", shelf)
    assert second.code == 0
    assert second.out == first.out


def test_start_shows_the_studies_of_the_example_to_readers(run, monkeypatch, tmp_path):
    write, whole = example.write, example.draw(replace(SMALL, indicators=60))
    monkeypatch.setattr(example, "write", lambda folder: write(folder, whole))
    shelf = tmp_path / "plank"
    assert run("start", "--shelf", str(shelf)).code == 0
    published = studies_for_readers(Library(shelf, clock=lambda: datetime.now(tz=UTC)))
    assert {one.study.id for one in published} == {"goede-sloten", "wijkaanpak-bijstand"}
    assert {one.edition for one in published} == {"voorbeeld"}
    assert all(one.study_hash == one.study.hash for one in published)


def test_build_tells_what_it_knows_and_what_it_does_not(run, laid_down, tmp_path):
    (laid_down / "data" / "vakantiefoto.png").write_bytes(b"x")
    words = ("build", "--data", str(laid_down / "data"), "--policy", str(laid_down / "beleid"), "--neem-mee")
    ran = run(*words, "--shelf", str(tmp_path / "plank"), "--edition", "2026-11")
    assert ran.code == 0, ran.err
    assert "Dit kennen we" in ran.out
    assert "vakantiefoto.png" in ran.out
    assert "Editie 2026-11 staat klaar" in ran.out
    told = json.loads(run(*words, "--shelf", str(tmp_path / "plank2"), "--json").out)
    assert told["unknown_files"] == ["vakantiefoto.png"]
    assert told["known_files"]
    assert told["edition"]["fictional"] is True


def test_faults_in_the_policy_stop_a_build_and_leave_the_shelf_as_it_was(run, laid_down, tmp_path):
    policy = laid_down / "beleid" / "beleid.toml"
    policy.write_text(policy.read_text(encoding="utf-8").replace("map_year", "map_yaer"), encoding="utf-8")
    shelf = tmp_path / "plank"
    ran = run("build", "--data", str(laid_down / "data"), "--policy", str(policy.parent), "--shelf", str(shelf))
    assert ran.code == 1
    assert "map_yaer" in ran.out
    assert "Er is geen editie gemaakt." in ran.err
    assert not shelf.exists() or not [path for path in shelf.iterdir() if not path.name.startswith(".")]


def test_a_folder_without_figures_is_one_sentence(run, laid_down, tmp_path):
    empty = tmp_path / "leeg"
    empty.mkdir()
    ran = run("build", "--data", str(empty), "--policy", str(laid_down / "beleid"), "--shelf", str(tmp_path / "plank"))
    assert ran.code == 2
    assert len(ran.err.strip().splitlines()) == 1


def test_a_draft_is_built_without_any_reader_seeing_it(run, laid_down, tmp_path):
    shelf = tmp_path / "plank"
    words = ("build", "--data", str(laid_down / "data"), "--policy", str(laid_down / "beleid"), "--neem-mee")
    ran = run(*words, "--shelf", str(shelf), "--edition", "2026-11", "--draft")
    assert ran.code == 0, ran.err
    assert "wijkpeil publish 2026-11" in ran.out
    assert state_of(shelf, "2026-11").standing is Standing.DRAFT
    assert run("publish", "2026-11", "--shelf", str(shelf)).code == 0
    assert state_of(shelf, "2026-11").standing is Standing.PUBLISHED
