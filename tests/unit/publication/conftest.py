"""A small fictional country and its edition, for everything that asks what a build makes of it."""

from datetime import date
from pathlib import Path

import pytest

from wijkpeil.publication import Edition, Shelf
from wijkpeil.publication.build import build
from wijkpeil.sources import example

SIZE = example.Size(cities=4, neighbourhoods=8, others=120, first_year=2005, last_year=2020, indicators=42)


@pytest.fixture(scope="session")
def country() -> example.Country:
    return example.draw(SIZE, seed=3, truths=example.Truths(effect=1.5))


@pytest.fixture(scope="session")
def folder(country: example.Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder with the country's policy (``beleid``) and files (``data``)."""
    folder = tmp_path_factory.mktemp("land")
    example.write(folder, country)
    return folder


@pytest.fixture(scope="session")
def edition(folder: Path) -> Edition:
    return build(
        policy_folder=folder / "beleid",
        data_folder=folder / "data",
        shelf=Shelf(folder / "edities"),
        made_on=date(2026, 11, 24),
    )
