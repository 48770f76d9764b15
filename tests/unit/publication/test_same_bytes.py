"""The same figures give the same edition: the order of rows, the chunks and the number of threads change no byte."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import troubled_country as troubled
from wijkpeil.publication import Edition, Shelf


@pytest.fixture(scope="module")
def troubled_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("heen")
    troubled.write(folder)
    return troubled.build_of(folder, folder / "edities")


def test_the_order_of_rows_changes_no_byte(troubled_edition: Edition, tmp_path: Path) -> None:
    troubled.write(tmp_path, backwards=True)
    again = troubled.build_of(tmp_path, tmp_path / "edities")
    assert again.manifest.inputs != troubled_edition.manifest.inputs
    assert again.manifest.files == troubled_edition.manifest.files


@pytest.mark.parametrize("at_once", [1, 200])
def test_the_chunks_change_no_byte(
    troubled_edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """With one row at once every indicator is a chunk of its own, and the family is still all of them."""
    monkeypatch.setattr(import_module("wijkpeil.publication.build"), "ROWS_AT_ONCE", at_once)
    troubled.write(tmp_path)
    assert troubled.build_of(tmp_path, tmp_path / "edities").manifest == troubled_edition.manifest


@pytest.mark.slow
@pytest.mark.parametrize("threads", [1, 3])
def test_the_number_of_threads_changes_no_byte(edition: Edition, folder: Path, tmp_path: Path, threads: int) -> None:
    """A country of 100,000 figures: some thousands a file and an indicator, which threads do divide among them."""
    script = f"""
from datetime import date
from pathlib import Path

import polars

from wijkpeil.publication import Shelf
from wijkpeil.publication.build import build

assert polars.thread_pool_size() == {threads}
build(
    policy_folder=Path({str(folder / "beleid")!r}),
    data_folder=Path({str(folder / "data")!r}),
    shelf=Shelf(Path({str(tmp_path)!r})),
    made_on=date(2026, 11, 24),
)
"""
    around = {**os.environ, "POLARS_MAX_THREADS": str(threads), "OMP_NUM_THREADS": str(threads)}
    ran = subprocess.run([sys.executable, "-c", script], env=around, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert Shelf(tmp_path).open().manifest == edition.manifest
