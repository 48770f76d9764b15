"""Studies of the invented country: one with a fair comparison, and one of areas that were chosen for being worst."""

from importlib import resources

from wijkpeil.sources.example.country import START, Country
from wijkpeil.sources.example.policy import PROGRAMME, neighbourhood_id

MEASURE = "goede-sloten"
"""The study of the measure that every second neighbourhood of the programme got."""


def studies_of(country: Country) -> dict[str, str]:
    """Give the study files by name; the treated areas of the measure are those that were helped."""
    folder = resources.files("wijkpeil.sources.example") / "studies"
    found = {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".toml")}
    treated = "".join(
        f'\n[[treated]]\narea = "{PROGRAMME}.{neighbourhood_id(country, number)}"\nstart = {START}\n'
        for number in country.helped
    )
    found[f"{MEASURE}.toml"] += treated
    return dict(sorted(found.items()))
