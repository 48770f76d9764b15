"""What every test may ask for: the folder of real files, or a sentence that it is not there."""

import os
from pathlib import Path

import pytest

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
