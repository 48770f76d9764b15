"""An edition is whole or not there, never changes, and says so when it is damaged."""

import os
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest

from wijkpeil.publication.manifest import EditionDamagedError, Manifest, content_hash, hash_of, read_manifest
from wijkpeil.publication.shelf import EditionExistsError, NoSuchEditionError, Shelf, ShelfBusyError, check_id


def manifest_of(folder: Path, *, id_: str = "2026-11", made_on: date = date(2026, 11, 24)) -> Manifest:
    files = {path.name: hash_of(path) for path in folder.iterdir()}
    return Manifest(
        id=id_,
        made_on=made_on,
        audience="openbaar",
        policy_name="Voorbeeldland",
        fictional=True,
        country="VL00",
        map_year=2020,
        default_programme="wijkaanpak",
        code_version="0.1.0",
        content=content_hash(files),
        figures=1,
        inputs=(),
        unknown_files=(),
        files=files,
        sizes={path.name: path.stat().st_size for path in folder.iterdir()},
    )


def put(shelf: Shelf, text: str, **told: object) -> None:
    with shelf.being_built() as work:
        finished = work / "edition"
        finished.mkdir()
        (finished / "areas.parquet").write_text(text)
        shelf.put(finished, manifest_of(finished, **told))  # type: ignore[arg-type]


def test_a_manifest_reads_back_as_it_was_written(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("figures")
    written = manifest_of(tmp_path)
    written.write(tmp_path)
    assert read_manifest(tmp_path) == written


def test_the_content_hash_does_not_depend_on_the_order_of_files() -> None:
    assert content_hash({"a": "1", "b": "2"}) == content_hash({"b": "2", "a": "1"})
    assert content_hash({"a": "1", "b": "2"}) != content_hash({"a": "2", "b": "1"})


def test_an_edition_with_the_same_content_is_put_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, "figures")
    put(shelf, "figures")
    assert [manifest.id for manifest in shelf.editions()] == ["2026-11"]


def test_an_edition_is_never_replaced_by_other_content(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, "figures")
    with pytest.raises(EditionExistsError, match="verandert nooit"):
        put(shelf, "other figures")
    assert (tmp_path / "2026-11" / "areas.parquet").read_text() == "figures"


def test_a_build_that_fails_leaves_the_shelf_as_it_was(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, "figures")
    with pytest.raises(RuntimeError), shelf.being_built() as work:
        (work / "edition").mkdir()
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith(".slot")] == ["2026-11"]


def test_a_build_that_is_killed_leaves_the_shelf_as_it_was_and_its_remains_are_cleared(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import sys, time
        from wijkpeil.publication.shelf import Shelf
        with Shelf(sys.argv[1]).being_built() as work:
            (work / "edition").mkdir()
            print("building", flush=True)
            time.sleep(60)
        """
    )
    with subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(ShelfBusyError, match="al een editie gebouwd"), Shelf(tmp_path).being_built():
            pass
        os.kill(process.pid, signal.SIGKILL)
    assert Shelf(tmp_path).editions() == []
    assert list(tmp_path.glob(".wordt-gebouwd*"))
    put(Shelf(tmp_path), "figures")
    assert not list(tmp_path.glob(".wordt-gebouwd*"))
    assert Shelf(tmp_path).open().id == "2026-11"


def test_a_missing_or_shortened_file_is_found_on_opening(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, "figures")
    (tmp_path / "2026-11" / "areas.parquet").write_text("fig")
    with pytest.raises(EditionDamagedError, match=r"areas\.parquet"):
        shelf.open("2026-11")


def test_a_changed_byte_is_found_before_anything_is_shown(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, "figures")
    (tmp_path / "2026-11" / "areas.parquet").write_text("fiGures")
    edition = shelf.open("2026-11")
    with pytest.raises(EditionDamagedError, match=r"areas\.parquet"):
        edition.areas  # noqa: B018
    with pytest.raises(EditionDamagedError):
        edition.verify()


def test_a_manifest_that_is_no_manifest_is_said(tmp_path: Path) -> None:
    put(Shelf(tmp_path), "figures")
    (tmp_path / "2026-11" / "manifest.json").write_text('{"format": 1}')
    with pytest.raises(EditionDamagedError, match="beschadigd"):
        Shelf(tmp_path).open("2026-11")


def test_an_empty_shelf_says_how_to_fill_it(tmp_path: Path) -> None:
    with pytest.raises(NoSuchEditionError, match="wijkpeil build"):
        Shelf(tmp_path / "nergens").open()


def test_an_unknown_edition_names_those_that_are_there(tmp_path: Path) -> None:
    put(Shelf(tmp_path), "figures")
    with pytest.raises(NoSuchEditionError, match="2026-11"):
        Shelf(tmp_path).open("2025-01")


def test_the_newest_edition_is_the_one_made_last(tmp_path: Path) -> None:
    put(Shelf(tmp_path), "late", id_="a", made_on=date(2026, 11, 2))
    put(Shelf(tmp_path), "early", id_="b", made_on=date(2026, 11, 1))
    assert Shelf(tmp_path).open().id == "a"


def test_a_month_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    put(shelf, "figures")
    assert shelf.free_id(date(2026, 11, 30)) == "2026-11.2"
    assert shelf.free_id(date(2026, 12, 1)) == "2026-12"


@pytest.mark.parametrize("id_", ["../x", "", ".", "A", "a/b", "-x", "a b"])
def test_an_id_that_is_no_folder_name_is_refused(id_: str) -> None:
    with pytest.raises(ValueError, match="kleine letters"):
        check_id(id_)
