"""What can be taken away says what it is, equals what the interface says, and is never held whole."""

import io
import json
import zipfile

import polars as pl
import pytest

AREA, INDICATOR = "WK900103", "bijstand"
HERE = "/editie/voorbeeld/download"
ZIPS = (f"{HERE}/indicator/{INDICATOR}.zip", f"{HERE}/gebied/{AREA}.zip", f"{HERE}/editie.zip")


def sent(client, at: str) -> bytes:
    answer = client.get(at)
    assert answer.status_code == 200, at
    assert answer["Content-Type"] == "application/zip"
    assert answer.streaming
    return b"".join(answer.streaming_content)


def opened(client, at: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(sent(client, at)))


@pytest.mark.parametrize("at", ZIPS)
def test_a_zip_is_whole_and_says_of_every_file_what_it_is(client, at):
    archive = opened(client, at)
    assert archive.testzip() is None
    package = json.loads(archive.read("datapackage.json"))
    assert {one["path"] for one in package["resources"]} == set(archive.namelist()) - {"datapackage.json"}
    assert package["provenance"]["edition"] == "voorbeeld"
    assert package["provenance"]["fictional"] is True
    assert len(package["provenance"]["content"]) == 64
    assert package["licenses"] == [
        {"name": "CC0-1.0", "path": "https://creativecommons.org/publicdomain/zero/1.0/", "title": "CC0-1.0"}
    ]
    assert "VERZONNEN LAND" in archive.read("LEESMIJ.txt").decode()


@pytest.mark.parametrize("at", ZIPS[:2])
def test_the_package_holds_by_the_rules_of_frictionless(client, tmp_path, at):
    from frictionless import Package

    opened(client, at).extractall(tmp_path)
    whole = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    whole["resources"] = [one for one in whole["resources"] if one["format"] == "csv"]
    (tmp_path / "tables.json").write_text(json.dumps(whole), encoding="utf-8")
    report = Package(str(tmp_path / "tables.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "message"])[:5]
    assert len(report.tasks) == 6


@pytest.mark.parametrize("at", ZIPS[:2])
def test_size_and_hash_of_every_file_are_what_the_package_says(client, at):
    import hashlib

    archive = opened(client, at)
    for one in json.loads(archive.read("datapackage.json"))["resources"]:
        found = archive.read(one["path"])
        assert (len(found), f"sha256:{hashlib.sha256(found).hexdigest()}") == (one["bytes"], one["hash"])


@pytest.mark.parametrize("at", ZIPS)
def test_the_same_content_is_the_same_bytes(client, at):
    assert sent(client, at) == sent(client, at)


@pytest.mark.parametrize("at", ZIPS[:2])
def test_csv_and_parquet_hold_the_same(client, at):
    archive = opened(client, at)
    for table in ("cijfers", "oordelen", "gebieden"):
        parquet = pl.read_parquet(io.BytesIO(archive.read(f"{table}.parquet")))
        csv = pl.read_csv(io.BytesIO(archive.read(f"{table}.csv")), schema=parquet.schema)
        assert csv.height > 0
        assert csv.equals(parquet), table


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        (ZIPS[0], f"/api/v1/indicatoren/{INDICATOR}/cijfers"),
        (ZIPS[1], f"/api/v1/gebieden/{AREA}/cijfers"),
    ],
)
def test_the_figures_are_those_of_the_interface(client, at, asked):
    from wijkpeil.api.columns import FIGURES

    mine = pl.read_parquet(io.BytesIO(opened(client, at).read("cijfers.parquet")))
    answer = client.get(asked, headers={"accept": "application/vnd.apache.parquet"})
    theirs = pl.read_parquet(io.BytesIO(answer.content)).rename({there: here for here, there in FIGURES.items()})
    keys = ["area", "indicator", "period"]
    assert mine.select(list(FIGURES)).sort(keys).equals(theirs.select(list(FIGURES)).sort(keys))


def test_the_whole_edition_is_the_edition(client, tmp_path, example_shelf):
    from wijkpeil.publication import Shelf

    opened(client, ZIPS[2]).extractall(tmp_path)
    unpacked, own = Shelf(tmp_path).open("voorbeeld"), Shelf(example_shelf).open("voorbeeld")
    unpacked.verify()
    assert unpacked.manifest.content == own.manifest.content


@pytest.mark.parametrize("at", [f"{HERE}/indicator/nooit.zip", f"{HERE}/gebied/WK000000.zip"])
def test_what_is_not_there_is_a_page_that_says_so(client, at):
    assert client.get(at).status_code == 404


def test_a_zip_is_not_packed_again_on_its_way(client):
    answer = client.get(ZIPS[0], headers={"accept-encoding": "gzip"})
    assert b"".join(answer.streaming_content)[:2] == b"PK"


def test_the_page_offers_every_indicator_with_its_licence_and_every_link_is_a_file(client, example_shelf):
    import re

    from wijkpeil.publication import Shelf

    written = client.get(HERE).content.decode()
    offered = re.findall(rf'href="({HERE}/[^"]+\.zip)"', written)
    counted = [one for one in Shelf(example_shelf).open("voorbeeld").policy.indicators if f"/{one.id}.zip" in written]
    assert len(counted) > 50
    assert "CC0-1.0" in written
    for at in [*offered[:3], offered[-1]]:
        assert sent(client, at)[:2] == b"PK"


@pytest.mark.parametrize(
    ("page", "at"),
    [(f"/editie/voorbeeld/gebied/{AREA}", ZIPS[1]), (f"/editie/voorbeeld/indicator/{INDICATOR}", ZIPS[0])],
)
def test_the_page_of_a_thing_leads_to_its_zip(client, page, at):
    assert f'href="{at}"' in client.get(page).content.decode()
