"""The shelf of editions, what changed between two of them, and feeds that follow."""

import csv
import io
import json
import shutil
from datetime import UTC, datetime
from xml.etree import ElementTree

import polars as pl
import pytest
from django.test import Client, override_settings

from wijkpeil.publication.manifest import content_hash, hash_of
from wijkpeil.publication.states import Standing, State, keep

ATOM = "{http://www.w3.org/2005/Atom}"
NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory, example_shelf):
    """Three editions: in the middle one and the last what is behind falls behind; the last flipped nothing."""
    folder = tmp_path_factory.mktemp("plank")
    for name, day, worse in (("een", "2026-10-01", False), ("twee", "2026-11-01", True), ("drie", "2026-12-01", True)):
        copy(example_shelf / "voorbeeld", folder / name, day, worse)
    return folder


def copy(source, target, day: str, worse: bool) -> None:
    shutil.copytree(source, target)
    said = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    said |= {"id": target.name, "made_on": day}
    if worse:
        file = target / "verdicts.parquet"
        found = pl.read_parquet(file)
        here = (
            (pl.col("gap_latest") < 0) & (pl.col("indicator") == "bijstand") & (pl.col("comparator") == "rest_of_city")
        )
        turned = pl.when(here).then(pl.lit("falling_behind")).otherwise(pl.col("verdict")).cast(found.schema["verdict"])
        reason = pl.when(here).then(None).otherwise(pl.col("reason"))
        found.with_columns(verdict=turned, reason=reason).write_parquet(file)
        said["files"]["verdicts.parquet"] = hash_of(file)
        said["sizes"]["verdicts.parquet"] = file.stat().st_size
        said["content"] = content_hash(said["files"])
        said["code_version"] = "9.9"
    (target / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


@pytest.fixture
def reader(shelf):
    with override_settings(SHELF=shelf):
        yield Client(headers={"host": "localhost"})
    for file in shelf.glob("*.stand.json"):
        file.unlink()


def page(reader, at: str, status: int = 200) -> str:
    answer = reader.get(at)
    assert answer.status_code == status
    return answer.content.decode()


def behind(shelf) -> str:
    found = pl.read_parquet(shelf / "twee" / "verdicts.parquet")
    return found.filter(
        pl.col("gap_latest") < 0, pl.col("indicator") == "bijstand", pl.col("comparator") == "rest_of_city"
    )["area"][0]


def test_the_shelf_lists_the_newest_first_with_what_changed(reader):
    written = page(reader, "/edities")
    assert [written.index(f'href="/editie/{name}"') for name in ("drie", "twee", "een")] == sorted(
        written.index(f'href="/editie/{name}"') for name in ("drie", "twee", "een")
    )
    assert "/edities/twee/drie" in written
    assert "De nieuwste editie" in written
    assert "VERZONNEN LAND" in written


def test_a_draft_is_nowhere_and_the_one_before_it_is_the_newest(reader, shelf):
    keep(shelf, "drie", State(standing=Standing.DRAFT, since=NOW))
    assert "drie" not in page(reader, "/edities")
    page(reader, "/editie/drie", 404)
    page(reader, "/edities/twee/drie", 404)
    assert reader.get("/").headers["Location"] == "/editie/twee"


def test_a_withdrawn_edition_leaves_a_stone_with_the_reason(reader, shelf):
    keep(shelf, "twee", State(standing=Standing.WITHDRAWN, since=NOW, reason="Een <bron> was fout."))
    assert "Een &lt;bron&gt; was fout." in page(reader, "/edities")
    assert "Een &lt;bron&gt; was fout." in page(reader, "/editie/twee/gebied/WK900103", 410)
    assert "Een &lt;bron&gt; was fout." in page(reader, "/edities/een/twee", 410)
    assert "/edities/een/drie" in page(reader, "/edities")


def test_the_report_gives_every_flip_its_cause_and_the_same_in_a_file(reader, shelf):
    written = page(reader, "/edities/een/twee")
    assert "Andere methode" in written
    assert "naast" in written.casefold()
    rows = list(csv.DictReader(io.StringIO(page(reader, "/edities/een/twee/oordelen.csv"))))
    assert rows
    assert {row["causes"] for row in rows} == {"changed_method"}
    assert {row["after"] for row in rows} == {"falling_behind"}
    assert f"Er zijn {len(rows)} oordelen anders" in written


def test_the_report_of_the_same_says_so_and_shows_no_empty_table(reader):
    written = page(reader, "/edities/twee/drie")
    assert "Er is niets veranderd" in written
    assert "<table" not in written


def test_the_figures_come_as_a_file_also_where_none_changed(reader):
    answer = reader.get("/edities/een/twee/cijfers.csv")
    assert b"".join(answer.streaming_content).decode() == ""
    assert answer.headers["Content-Type"].startswith("text/csv")


def parsed(reader, at: str) -> ElementTree.Element:
    answer = reader.get(at)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content)


@pytest.mark.parametrize("tongue", ["", "/en"])
def test_a_feed_is_atom_with_all_that_it_must_have(reader, shelf, tongue):
    for at in (f"/gebied/{behind(shelf)}/feed.atom", "/cijfer/bijstand/feed.atom"):
        feed = parsed(reader, f"{tongue}{at}")
        assert feed.tag == f"{ATOM}feed"
        ids = []
        for one in (feed, *feed.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                [found] = one.findall(f"{ATOM}{name}")
                assert found.text
            ids.append(one.find(f"{ATOM}id").text)
            assert datetime.fromisoformat(one.find(f"{ATOM}updated").text).tzinfo
        assert len(set(ids)) == len(ids) == 4
        assert feed.find(f"{ATOM}author/{ATOM}name").text
        assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
        times = [one.find(f"{ATOM}updated").text for one in feed.findall(f"{ATOM}entry")]
        assert times == sorted(times, reverse=True)


def test_behind_and_worse_in_two_editions_in_a_row_is_marked_and_once_is_not(reader, shelf):
    feed = parsed(reader, f"/gebied/{behind(shelf)}/feed.atom")
    marked = {
        one.find(f"{ATOM}link").get("href").split("/editie/")[1].split("/")[0]: one.find(f"{ATOM}category") is not None
        for one in feed.findall(f"{ATOM}entry")
    }
    assert marked == {"drie": True, "twee": False, "een": False}
    told = feed.find(f"{ATOM}entry/{ATOM}content").text
    assert "in twee edities op rij" in told
    assert "naast de rest van de stad" in told


def test_a_feed_of_what_is_not_there_is_not_found(reader):
    page(reader, "/gebied/WK000000/feed.atom", 404)
    page(reader, "/cijfer/nietes/feed.atom", 404)
