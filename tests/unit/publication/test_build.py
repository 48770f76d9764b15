"""A build goes one way and ends in an edition that is the same whenever it is made from the same."""

import shutil
from datetime import date
from importlib import import_module
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.domain.complaint import FaultsFound
from wijkpeil.publication import Edition, Shelf
from wijkpeil.publication.build import ROWS_AT_ONCE, Step, build, chunks
from wijkpeil.publication.manifest import hash_of

DAY = date(2026, 11, 24)


def build_into(shelf: Path, folder: Path, **told: object) -> Edition:
    return build(
        policy_folder=folder / "beleid",
        data_folder=folder / "data",
        shelf=Shelf(shelf),
        made_on=DAY,
        **told,  # type: ignore[arg-type]
    )


def test_the_same_input_gives_the_same_bytes_whatever_the_chunks(
    edition: Edition, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("wijkpeil.publication.build"), "ROWS_AT_ONCE", 9_000)
    monkeypatch.setattr("wijkpeil.store.figures.ROWS_AT_ONCE", 50_000)
    again = build_into(tmp_path, folder)
    assert again.manifest == edition.manifest
    assert (again.folder / "manifest.json").read_bytes() == (edition.folder / "manifest.json").read_bytes()


def test_every_file_of_an_edition_stands_in_its_manifest(edition: Edition) -> None:
    files = {path.relative_to(edition.folder).as_posix() for path in edition.folder.rglob("*") if path.is_file()}
    assert files - {"manifest.json"} == set(edition.manifest.files)
    edition.verify()


def test_every_input_stands_in_the_manifest_with_its_hash(edition: Edition, folder: Path) -> None:
    stated = {entry.file: entry.sha256 for entry in edition.manifest.inputs}
    assert stated == {path.name: hash_of(path) for path in (folder / "data").iterdir()}


def test_a_fault_in_the_files_stops_the_build_and_names_all_of_them(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "beleid", tmp_path / "beleid")
    shutil.copytree(folder / "data", tmp_path / "data")
    for year in (2010, 2011):
        path = tmp_path / "data" / f"cijfers_{year}.csv"
        path.write_text(path.read_text().replace("WK900103", "WK90010", 1))
    with pytest.raises(FaultsFound) as raised:
        build_into(tmp_path / "edities", tmp_path)
    assert {complaint.file for complaint in raised.value.complaints} == {"cijfers_2010.csv", "cijfers_2011.csv"}
    assert Shelf(tmp_path / "edities").editions() == []


def test_what_was_complained_of_stays_visible_when_the_rest_goes_in(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "beleid", tmp_path / "beleid")
    shutil.copytree(folder / "data", tmp_path / "data")
    path = tmp_path / "data" / "cijfers_2016.csv"
    path.write_text(path.read_text().replace("\nWK900105", "\nWK90010", 1))
    edition = build_into(tmp_path / "edities", tmp_path, accept_complaints=True)
    assert [(complaint.file, "WK90010" in complaint.found) for complaint in edition.complaints] == [
        ("cijfers_2016.csv", True)
    ]
    there = edition.figures(area="WK900105", indicator="bijstand").filter(pl.col("value").is_not_null())
    assert 2016 not in there["period"]
    assert 2017 in there["period"]


def test_a_folder_in_which_nothing_is_known_says_where_the_names_are(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "beleid", tmp_path / "beleid")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "vakantie.jpg").write_bytes(b"no figures")
    with pytest.raises(ValueError, match="beleid/bronnen"):
        build_into(tmp_path / "edities", tmp_path)


def test_files_without_areas_of_the_map_year_are_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "beleid", tmp_path / "beleid")
    (tmp_path / "data").mkdir()
    shutil.copy(folder / "data" / "cijfers_2010.csv", tmp_path / "data")
    with pytest.raises(ValueError, match="kaartjaar 2020"):
        build_into(tmp_path / "edities", tmp_path)


def test_an_audience_that_is_not_declared_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="openbaar, onderzoek"):
        build_into(tmp_path, folder, audience="iedereen")


def test_researchers_see_more_than_the_public_and_their_edition_says_so(
    edition: Edition, folder: Path, tmp_path: Path
) -> None:
    theirs = build_into(tmp_path, folder, audience="onderzoek")
    assert theirs.manifest.audience == "onderzoek"
    shown = [one.figures(indicator="bijstand")["value"].is_not_null().sum() for one in (edition, theirs)]
    assert shown[0] < shown[1]


def test_progress_goes_through_the_steps_in_order(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[Step, float]] = []
    build_into(tmp_path, folder, progress=lambda step, part: told.append((step, part)))
    assert list(dict.fromkeys(step for step, _ in told)) == list(Step)
    for step in Step:
        parts = [part for told_step, part in told if told_step is step]
        assert parts == sorted(parts)
        assert parts[-1] == pytest.approx(1.0)


def test_a_chunk_holds_whole_indicators_and_at_least_one() -> None:
    rows = {"a": ROWS_AT_ONCE * 2, "b": 1, "c": ROWS_AT_ONCE - 1, "d": 1}
    assert list(chunks(rows)) == [["a"], ["b", "c"], ["d"]]
