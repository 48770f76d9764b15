"""What every test may ask for: the folder of real files (or a sentence that it is not there) and the example."""

import fcntl
import os
from datetime import date
from pathlib import Path

import pytest

from wijkpeil.publication import Shelf
from wijkpeil.publication.build import build
from wijkpeil.sources import example

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder with the real files; where ``WIJKPEIL_SHARED`` is set nothing may skip."""
    named = os.environ.get("WIJKPEIL_SHARED")
    folder = Path(named) if named else ROOT.parent / "shared"
    if (folder / "data").is_dir():
        return folder.resolve()
    if named:
        pytest.fail(f"WIJKPEIL_SHARED names {named}, but there is no folder 'data' in it.")
    pytest.skip("The real files are not here: set WIJKPEIL_SHARED to the folder that holds 'data'.")


@pytest.fixture(scope="session")
def example_shelf(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Give a shelf with the embedded example on it as the edition ``voorbeeld``, as ``wijkpeil start`` makes it.

    It is built once for all processes of a test run. Read it only: whoever builds puts a link to the edition on a
    shelf of its own.
    """
    ours = tmp_path_factory.getbasetemp()
    shelf = (ours if worker_id == "master" else ours.parent) / "example-shelf"
    with shelf.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shelf / "voorbeeld").is_dir():
            country = shelf.with_suffix(".country")
            example.write(country)
            build(
                policy_folder=country / "beleid",
                data_folder=country / "data",
                shelf=Shelf(shelf),
                made_on=date(2026, 11, 24),
                id_="voorbeeld",
                accept_complaints=True,
            )
    return shelf
