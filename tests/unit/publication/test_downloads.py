"""A download describes every column, is written in small pieces, and is never half of something damaged."""

import json
import shutil
import zipfile
from io import BytesIO

import pytest

from wijkpeil.publication import Shelf, downloads
from wijkpeil.publication.datapackage import fields
from wijkpeil.publication.manifest import EditionDamagedError
from wijkpeil.publication.publisher import Publisher

BY = {
    "publisher": Publisher(name="Gemeente Ergens", address="https://ergens.example", email="wijken@ergens.example"),
    "page": "https://ergens.example/editie/voorbeeld",
}
LONGEST = 2_000_000
"""No piece of a zip is longer than so many bytes."""


@pytest.fixture(scope="module")
def edition(example_shelf):
    return Shelf(example_shelf).open("voorbeeld")


def package(pieces) -> dict:
    with zipfile.ZipFile(BytesIO(b"".join(pieces))) as archive:
        return json.loads(archive.read("datapackage.json"))


def described(resource: dict) -> list[dict]:
    return resource.get("schema", resource).get("fields") or resource.get("columns") or []


def test_every_column_of_every_table_has_a_title_a_meaning_and_a_type(edition):
    of_area = package(downloads.of_area(edition, "WK900103", **BY))
    whole = package(downloads.of_edition(edition, **BY))
    columns = [field for one in [*of_area["resources"], *whole["resources"]] for field in described(one)]
    assert len({one["name"] for one in columns}) > 100
    assert all(one["title"] and one["description"].endswith(".") and one["type"] for one in columns)


def test_every_reason_for_an_absent_figure_has_its_sentence(edition):
    [status] = [one for one in fields(edition.figures(indicator="bijstand").schema) if one["name"] == "status"]
    said = {one["value"]: one["label"] for one in status["categories"]}
    assert said["too_few"].startswith("Dit cijfer gaat over te weinig mensen.")
    assert set(status["constraints"]["enum"]) == set(said)


def test_a_package_says_who_made_it_and_from_which_files(edition):
    made = package(downloads.of_indicator(edition, "bijstand", **BY))
    assert made["contributors"][0]["title"] == "Gemeente Ergens"
    assert made["provenance"]["codeVersion"] == edition.manifest.code_version
    hashes = {one.sha256 for one in edition.manifest.inputs}
    assert made["provenance"]["inputs"]
    assert all(one["sha256"] in hashes for one in made["provenance"]["inputs"])


@pytest.mark.parametrize("what", ["edition", "indicator"])
def test_a_zip_is_written_in_pieces_and_begins_before_it_is_whole(edition, what):
    made = (
        downloads.of_edition(edition, **BY) if what == "edition" else downloads.of_indicator(edition, "bijstand", **BY)
    )
    pieces = [len(piece) for piece in made]
    assert len(pieces) > 5
    assert max(pieces) < LONGEST
    assert sum(pieces) > 10 * pieces[0]


def test_a_damaged_edition_is_not_sent_at_all(tmp_path, example_shelf):
    shutil.copytree(example_shelf / "voorbeeld", tmp_path / "voorbeeld")
    file = next((tmp_path / "voorbeeld" / "by_city").glob("*.parquet"))
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(held)
    with pytest.raises(EditionDamagedError):
        downloads.of_edition(Shelf(tmp_path).open("voorbeeld"), **BY)


@pytest.mark.parametrize("unknown", ["nooit", "../geheim"])
def test_what_an_edition_does_not_know_is_not_sent(edition, unknown):
    with pytest.raises(KeyError):
        downloads.of_indicator(edition, unknown, **BY)
    with pytest.raises(KeyError):
        downloads.of_area(edition, unknown, **BY)
