"""A policy folder of one's own for every test: the starter, in which a test changes what it wants to see refused."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from wijkpeil import catalogue
from wijkpeil.domain.complaint import Complaint, FaultsFound

TODAY = date(2026, 11, 24)
Change = Callable[[str, str, str], None]
Complaints = Callable[[], list[Complaint]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    catalogue.lay_down(tmp_path / "beleid")
    return tmp_path / "beleid"


@pytest.fixture
def change(folder: Path) -> Change:
    def change(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} does not hold {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


@pytest.fixture
def complaints(folder: Path) -> Complaints:
    def complaints() -> list[Complaint]:
        try:
            return list(catalogue.load(folder, today=TODAY)[1])
        except FaultsFound as found:
            return list(found.complaints)

    return complaints
