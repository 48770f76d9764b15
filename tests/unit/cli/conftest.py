"""A shelf with one invented edition on it, and a command that runs in this process."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from wijkpeil.areas.find import find
from wijkpeil.cli import arguments, main

IMAGINED = Path(__file__).parents[1] / "portrayal" / "imagined.py"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def imagined() -> ModuleType:
    spec = spec_from_file_location("imagined_for_the_command", IMAGINED)
    module = module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run the command with some words and give its exit code and what it wrote."""
    for name in (arguments.SHELF_VARIABLE, arguments.LANGUAGE_VARIABLE, main.DEBUG_VARIABLE, "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run_with(*words: str) -> Ran:
        try:
            code = main.main(list(words))
        except SystemExit as stop:
            code = int(stop.code or 0)
        written = capsys.readouterr()
        return Ran(code=code, out=written.out, err=written.err)

    return run_with


@pytest.fixture
def shelve(monkeypatch: pytest.MonkeyPatch, imagined: ModuleType) -> Callable[..., Any]:
    """Put invented editions on the shelf that every command opens."""

    def shelve_with(**traits: Any) -> Any:
        edition = imagined.ImaginedEdition(**traits)
        edition.find = lambda text: find(edition.areas, text, other_years=edition.code_lists)

        class Shelf:
            def __init__(self, folder: Path) -> None:
                self.folder = folder

            def editions(self) -> list[Any]:
                return [edition.manifest]

            def open(self, id_: str | None = None) -> Any:
                return edition

        for room in ("door", "editions"):
            monkeypatch.setattr(f"wijkpeil.cli.{room}.Shelf", Shelf)
        return edition

    return shelve_with
