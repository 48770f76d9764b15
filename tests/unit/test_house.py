"""The house keeps its own rules: rooms in their place, locks without hosts, files short."""

import hashlib
import importlib.util
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "src" / "wijkpeil"
OURS = [path for path in PACKAGE.rglob("*.py") if not path.match("migrations/0*")]
"""Migrations are written by Django."""
PURE = {"domain", "areas", "analysis", "disclosure", "portrayal"}


def rooms() -> set[str]:
    return {path.parent.name for path in PACKAGE.glob("*/__init__.py")}


def contracts() -> dict[str, dict[str, object]]:
    """Give the import contracts by the first word of their names: Rooms, Pure, Nobody, Parsers."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return {contract["name"].split()[0]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def tracked() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("This is no git checkout: what is committed cannot be told.")
    yield from (
        ROOT / name.decode() for name in listed.stdout.split(b"\0") if name and (ROOT / name.decode()).is_file()
    )


def test_every_room_has_its_place_in_the_order_of_imports():
    layers = contracts()["Rooms"]["layers"]
    named = {name.strip(" ()") for layer in layers for name in re.split(r"[|:]", layer)}
    assert rooms() <= named


def test_every_pure_room_is_held_to_purity():
    held = {name.removeprefix("wijkpeil.") for name in contracts()["Pure"]["source_modules"]}
    assert rooms() & PURE <= held
    assert {"httpx", "duckdb", "pathlib"} <= set(contracts()["Pure"]["forbidden_modules"])


def test_every_parser_room_is_held_to_purity():
    parsers = {path.parent.name for path in (PACKAGE / "sources").glob("*/__init__.py")} - {"fetch", "example"}
    held = {name.removeprefix("wijkpeil.sources.") for name in contracts()["Parsers"]["source_modules"]}
    assert parsers <= held


def test_contracts_have_no_exceptions():
    for contract in contracts().values():
        assert "ignore_imports" not in contract
    assert contracts()["Rooms"]["exhaustive"] is True


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_host_and_every_package_has_a_hash(lock: str):
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
    packages = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(packages) == len(blocks) > 20
    assert all("--hash=sha256:" in block for block in blocks)


def test_every_dependency_of_the_project_is_in_its_lock():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {
        "requirements.lock": project["dependencies"],
        "requirements-dev.lock": project["dependencies"] + project["optional-dependencies"]["dev"],
    }
    for lock, requirements in wanted.items():
        locked = set(re.findall(r"^([\w.\-]+)==", (ROOT / lock).read_text(), re.MULTILINE))
        names = {re.match(r"[\w.\-]+", requirement).group() for requirement in requirements}
        assert names <= locked, f"{lock}: run make lock"


def test_no_python_file_is_longer_than_400_lines():
    long = {path.name: count for path in OURS if (count := len(path.read_text().splitlines())) > 400}
    assert not long


def test_every_module_says_in_one_sentence_what_it_is():
    for path in OURS:
        first = path.read_text().splitlines()[0] if path.stat().st_size else ""
        assert first.startswith('"""'), f"{path.relative_to(ROOT)} has no docstring"


def test_no_committed_file_names_a_path_of_one_machine():
    own = [str(ROOT), "/" + "root/", "/" + "home/"]
    for path in tracked():
        text = path.read_bytes()
        assert not any(place.encode() in text for place in own), path.relative_to(ROOT)


@pytest.mark.real
def test_no_file_of_a_publisher_is_committed(shared: Path):
    theirs = {path.stat().st_size: path for path in (shared / "data").rglob("*") if path.is_file()}
    hashes = {digest(path) for path in (shared / "data").rglob("*") if path.is_file()}
    same = [path for path in tracked() if path.stat().st_size in theirs and digest(path) in hashes]
    assert not same


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def load_set_up() -> ModuleType:
    spec = importlib.util.spec_from_file_location("setup_env", ROOT / "setup_env.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_too_old_a_python_gets_a_sentence(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    with pytest.raises(SystemExit, match=r"3\.11 of nieuwer nodig; dit is Python 3\.10"):
        load_set_up().main()


def test_set_up_does_nothing_when_the_locks_are_unchanged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    set_up = load_set_up()
    calls = []
    monkeypatch.setattr(set_up, "HERE", tmp_path)
    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(set_up.venv, "create", lambda folder, **_: folder.mkdir(exist_ok=True))
    monkeypatch.setattr(
        set_up.subprocess, "run", lambda command, **_: calls.append(command) or subprocess.CompletedProcess(command, 0)
    )
    for name in set_up.INPUTS:
        (tmp_path / name).write_text(name)
    set_up.main()
    assert len(calls) == 2
    set_up.main()
    assert len(calls) == 2
    (tmp_path / "requirements-dev.lock").write_text("another lock")
    set_up.main()
    assert len(calls) == 4


def test_failed_set_up_is_tried_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    set_up = load_set_up()
    monkeypatch.setattr(set_up, "HERE", tmp_path)
    monkeypatch.setattr(set_up, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(set_up.venv, "create", lambda folder, **_: folder.mkdir(exist_ok=True))
    monkeypatch.setattr(set_up.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 1))
    for name in set_up.INPUTS:
        (tmp_path / name).write_text(name)
    with pytest.raises(SystemExit, match="niet gelukt"):
        set_up.main()
    assert not (tmp_path / ".venv" / "wijkpeil-lock").exists()
