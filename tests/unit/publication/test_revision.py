"""Between two editions every change has its cause, and a flip that nothing explains is never published."""

import json
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.publication import Edition, Shelf
from wijkpeil.publication.build import build
from wijkpeil.publication.causes import Cause, causes
from wijkpeil.publication.manifest import content_hash, hash_of
from wijkpeil.publication.revision import Revision, changed_figures, compare
from wijkpeil.sources import example

pytestmark = pytest.mark.slow

SIZE = example.Size(cities=3, neighbourhoods=5, others=40, first_year=2005, last_year=2021, indicators=42)
LAST = "cijfers_2021.csv"


def made(folder: Path, shelf: Path, id_: str) -> Edition:
    return build(
        policy_folder=folder / "beleid",
        data_folder=folder / "data",
        shelf=Shelf(shelf),
        made_on=date(2026, 11, 24),
        id_=id_,
        accept_complaints=True,
    )


@pytest.fixture(scope="module")
def land(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("herzien")
    example.write(folder, example.draw(SIZE, seed=3, truths=example.Truths(effect=1.5)))
    return folder


@pytest.fixture(scope="module")
def old(land) -> Edition:
    return made(land, land / "edities", "oud")


@pytest.fixture(scope="module")
def earlier(land, tmp_path_factory) -> Edition:
    """The edition of the same country a year earlier, when its last file was not there yet."""
    folder = tmp_path_factory.mktemp("eerder")
    for name in ("beleid", "data"):
        shutil.copytree(land / name, folder / name)
    (folder / "data" / LAST).unlink()
    return made(folder, folder / "edities", "eerder")


@pytest.fixture
def other(land, tmp_path) -> Path:
    """A copy of what the old edition was made of, to change something in."""
    for name in ("beleid", "data"):
        shutil.copytree(land / name, tmp_path / name)
    return tmp_path


def tampered(old: Edition, shelf: Path, id_: str = "nieuw") -> Edition:
    """The old edition in which every verdict was turned, with nothing in what it was made of to show for it."""
    shutil.copytree(old.folder, shelf / id_)
    file = shelf / id_ / "verdicts.parquet"
    turned = pl.read_parquet(file).with_columns(
        verdict=pl.when(pl.col("verdict") == "cannot_tell").then(pl.lit("steady")).otherwise(pl.col("verdict"))
    )
    turned.cast(pl.read_parquet_schema(file)).write_parquet(file)
    said = json.loads((shelf / id_ / "manifest.json").read_text(encoding="utf-8"))
    said["id"], said["made_on"] = id_, "2026-12-01"
    said["files"]["verdicts.parquet"] = hash_of(file)
    said["sizes"]["verdicts.parquet"] = file.stat().st_size
    said["content"] = content_hash(said["files"])
    (shelf / id_ / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    return Shelf(shelf).open(id_)


def by_cause(found: Revision) -> dict[str, int]:
    return dict(found.counts.group_by("cause").agg(pl.col("figures").sum()).iter_rows())


def test_the_same_edition_under_another_name_has_no_changes(old, land, tmp_path):
    found = compare(old, made(land, tmp_path, "nieuw"))
    assert found.counts.is_empty()
    assert found.flips.is_empty()


def test_a_new_year_is_a_new_period(earlier, old):
    assert causes(earlier, old).added
    found = compare(earlier, old)
    added = found.counts.filter(pl.col("kind") == "added")
    assert set(added["cause"]) == {"new_period"}
    assert "unexplained" not in by_cause(found)
    assert not found.flips.is_empty()
    assert found.unexplained.is_empty()


def test_a_file_with_other_numbers_is_a_revised_source(old, other, tmp_path):
    file = other / "data" / "cijfers_2010.csv"
    rows = pl.read_csv(file, infer_schema=False)
    here = pl.col("gebied") == "WK900115"
    rows.with_columns(
        pl.when(here).then(pl.lit("0.81")).otherwise("tevreden_woning").alias("tevreden_woning")
    ).write_csv(file)
    found = compare(old, made(other, tmp_path / "edities", "nieuw"))
    assert set(by_cause(found)) == {"revised_source"}
    listed = dict(changed_figures(old, Shelf(tmp_path / "edities").open("nieuw")))
    own = listed["tevreden_woning"].filter(pl.col("area") == "WK900115", pl.col("period") == 2010)
    assert own.select("kind", "value").row(0) == ("changed", 0.81)


def test_another_threshold_is_another_definition_and_other_words_are_not(old, other, tmp_path):
    file = next((other / "beleid" / "indicatoren").rglob("bijstand.toml"))
    text = file.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("materiality"))
    file.write_text(text.replace(line, "materiality = 0.2"), encoding="utf-8")
    words = next((other / "beleid" / "indicatoren").rglob("gezinnen.toml"))
    words.write_text(words.read_text(encoding="utf-8").replace('label_en = "', 'label_en = "X '), encoding="utf-8")
    new = made(other, tmp_path / "edities", "nieuw")
    assert causes(old, new).definitions == {"bijstand"}
    own = compare(old, new).flips.filter(pl.col("indicator") == "bijstand")
    assert not own.is_empty()
    assert {tuple(one) for one in own["causes"]} == {("changed_definition",)}


def test_another_rule_or_version_is_another_method(old, tmp_path):
    shelf = tmp_path / "edities"
    shelf.mkdir()
    new = tampered(old, shelf)
    said = json.loads((new.folder / "manifest.json").read_text(encoding="utf-8"))
    said["code_version"] = "9.9"
    (new.folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    found = compare(old, Shelf(shelf).open("nieuw"))
    assert {tuple(one) for one in found.flips["causes"]} == {("changed_method",)}


def test_a_flip_for_which_nothing_is_found_is_unexplained(old, tmp_path):
    found = compare(old, tampered(old, tmp_path))
    assert found.unexplained.height == found.flips.height > 0
    assert {tuple(one) for one in found.flips["causes"]} == {(Cause.UNEXPLAINED,)}


def test_one_area_or_indicator_is_compared_without_the_others(earlier, old):
    area = old.verdicts()["area"][0]
    found = dict(changed_figures(earlier, old, area=area))
    assert {rows["area"].unique().item() for rows in found.values()} == {area}
    [(named, rows)] = changed_figures(earlier, old, indicator="bijstand")
    assert named == "bijstand"
    assert found["bijstand"].equals(rows.filter(pl.col("area") == area))
    assert list(changed_figures(earlier, old, area="WK000000")) == []
