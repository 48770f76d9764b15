"""Voorbeeldland: a generated country that does not exist, for trying things out and for testing what is found."""

from pathlib import Path

from wijkpeil.sources.example.country import Country, Truths, draw_country
from wijkpeil.sources.example.places import Size
from wijkpeil.sources.example.policy import policy_of
from wijkpeil.sources.example.studies import studies_of
from wijkpeil.sources.example.tables import files_of

__all__ = ["Country", "Size", "Truths", "draw", "files_of", "studies_of", "write"]

SEED = 20121024


def draw(size: Size | None = None, *, seed: int = SEED, truths: Truths | None = None) -> Country:
    """Draw a country of some size, from a seed, with declared truths: the same arguments give the same country."""
    return draw_country(size or Size(), seed=seed, truths=truths or Truths())


def write(folder: Path, country: Country | None = None) -> Country:
    """Write the country where a user would put it: its policy in ``beleid``, its files in ``data``, its ``studies``.

    Returns the country, so that a caller can compare what is found with what was planted.
    """
    country = country or draw()
    for name, text in policy_of(country).items():
        _put(folder / "beleid" / name, text.encode())
    for name, text in studies_of(country).items():
        _put(folder / "studies" / name, text.encode())
    for name, data in files_of(country).items():
        _put(folder / "data" / name, data)
    return country


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
