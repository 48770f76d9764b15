"""The edition of the real files, built once for all tests that look at it."""

import fcntl
from datetime import date
from pathlib import Path

import pytest

from wijkpeil import catalogue
from wijkpeil.publication import Edition, NoSuchEditionError, Shelf
from wijkpeil.publication.build import build


@pytest.fixture(scope="session")
def edition(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Give the edition of the real files; the first worker that asks builds it, the others wait."""
    folder = tmp_path_factory.getbasetemp().parent / "wijkpeil-real"
    folder.mkdir(exist_ok=True)
    shelf = Shelf(folder / "edities")
    with (folder / "wacht").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        try:
            return shelf.open()
        except NoSuchEditionError:
            return build(
                policy_folder=catalogue.packaged_folder(),
                data_folder=shared / "data",
                shelf=shelf,
                made_on=date(2026, 11, 24),
            )
