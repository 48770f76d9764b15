"""What every test may ask for: the folder of real files (or a sentence that it is not there) and the example."""

import fcntl
import os
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import settings

# Tests run beside each other, a core for each: products of small matrices over more of them take twice the processor.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from wijkpeil.cli.start import publish_studies
from wijkpeil.publication import Shelf
from wijkpeil.publication.build import build
from wijkpeil.sources import example

# How long an example takes is the benchmark's to say: on a busy machine a true claim must not fail.
settings.register_profile("wijkpeil", deadline=None)
settings.load_profile("wijkpeil")

ROOT = Path(__file__).parent.parent
PUBLISHED = datetime(2026, 12, 1, tzinfo=UTC)


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

    It is built once for all processes of a test run, and with ``WIJKPEIL_TEST_EXAMPLE``, a folder, for all runs that
    name it. Read it only: whoever builds puts a link to the edition on a shelf of its own.
    """
    ours, named = tmp_path_factory.getbasetemp(), os.environ.get("WIJKPEIL_TEST_EXAMPLE")
    shelf = (Path(named) if named else ours if worker_id == "master" else ours.parent) / "example-shelf"
    with shelf.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shelf / "voorbeeld").is_dir():
            country = shelf.with_suffix(".country")
            example.write(country)
            edition = build(
                policy_folder=country / "beleid",
                data_folder=country / "data",
                shelf=Shelf(shelf),
                made_on=date(2026, 11, 24),
                id_="voorbeeld",
                accept_complaints=True,
            )
            publish_studies(country / "studies", edition, Shelf(shelf), now=PUBLISHED)
            _imagined().put_on(shelf)
    return shelf


def _imagined() -> ModuleType:
    """Load the imagined studies: the example has two of its own, and the pages of other kinds must be seen too."""
    spec = spec_from_file_location("imagined_studies_of_the_example", ROOT / "tests/unit/portrayal/imagined_study.py")
    if spec is None or spec.loader is None:
        pytest.fail("The imagined studies are not where they were.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
