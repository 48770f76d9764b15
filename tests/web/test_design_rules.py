"""The description of the interface passes the linter of the Dutch API design rules."""

import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

LINTER = "@stoplight/spectral-cli@6.16.3"


@pytest.mark.real
@pytest.mark.slow
def test_the_linter_of_the_design_rules_finds_no_error(client: Client, shared: Path, tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("The linter of the design rules needs npm, and there is none here.")
    installed = subprocess.run(
        ["npm", "install", "--silent", "--no-save", "--ignore-scripts", LINTER],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    if installed.returncode:
        pytest.skip(f"The linter of the design rules could not be fetched: {installed.stderr[-200:]}")
    (tmp_path / "openapi.json").write_bytes(client.get("/api/v1/openapi.json").content)
    rules = shared / "standards" / "api-design-rules-linter.yaml"
    linted = subprocess.run(
        [tmp_path / "node_modules/.bin/spectral", "lint", "-r", rules, "openapi.json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.returncode == 0, linted.stdout
    assert "No results with a severity of 'error' found" in linted.stdout
