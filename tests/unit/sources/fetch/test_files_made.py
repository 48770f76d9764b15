"""What is put together bears a name that the policy knows, is whole or not there, and is the same each time."""

import fnmatch
import gzip
import json
from pathlib import Path

import polars as pl
import pytest

from wijkpeil.domain.source import Table
from wijkpeil.sources.fetch.assemble import file_name, put_together, writer_for
from wijkpeil.sources.fetch.bookmark import Bookmark, PageMark, load, save
from wijkpeil.sources.fetch.dialect import Shape


def table(*files: str) -> Table:
    return Table(id="t", year=2020, vintage=2020, files=files, form="odata_typed_json")


@pytest.mark.parametrize(
    ("patterns", "name"),
    [
        (("kwb2020_84799NED*.json",), "kwb2020_84799NED.json"),
        (("*84799NED*", "kwb2020.json"), "kwb2020.json"),
        (("kwb[-_]2020_v?.xlsx",), "kwb-2020_v0.xlsx"),
        (("kwb2020_84799NED_TypedDataSet.parquet",), "kwb2020_84799NED_TypedDataSet.parquet"),
        (("cbs/kwb.json", "kwb*.json"), "kwb.json"),
        (("*",), None),
        ((), None),
    ],
)
def test_the_name_of_a_file_is_one_that_the_patterns_recognise(patterns: tuple[str, ...], name: str | None) -> None:
    found = file_name(table(*patterns))
    assert found == name
    assert found is None or any(fnmatch.fnmatchcase(found, pattern) for pattern in patterns)


def test_a_form_that_no_interface_gives_has_no_writer() -> None:
    assert writer_for(Shape.LONG, "kwb_xlsx") is None
    assert writer_for(Shape.FEATURES, "odata_typed_json") is None


def test_columns_that_are_empty_in_one_page_take_their_type_from_another(tmp_path: Path) -> None:
    writer = writer_for(Shape.ROWS, "odata_typed_parquet")
    assert writer is not None
    pages = [[{"ID": 0, "A": None, "B": 1}], [], [{"ID": 1, "A": 2.5, "B": 1.5, "C": "x"}]]
    put_together(writer, pages, tmp_path / "t.parquet")
    frame = pl.read_parquet(tmp_path / "t.parquet")
    assert frame.to_dicts() == [{"ID": 0, "A": None, "B": 1.0, "C": None}, {"ID": 1, "A": 2.5, "B": 1.5, "C": "x"}]


def test_a_name_that_ends_in_gz_is_packed_to_the_same_bytes_each_time(tmp_path: Path) -> None:
    writer = writer_for(Shape.FEATURES, "boundaries_geojson")
    assert writer is not None
    target = tmp_path / "map.geojson.gz"
    put_together(writer, [[{"type": "Feature"}]], target)
    first = target.read_bytes()
    put_together(writer, [[{"type": "Feature"}]], target)
    assert target.read_bytes() == first
    assert json.loads(gzip.decompress(first)) == {"type": "FeatureCollection", "features": [{"type": "Feature"}]}


def test_a_file_that_cannot_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    writer = writer_for(Shape.ROWS, "odata_typed_json")
    assert writer is not None
    target = tmp_path / "t.json"
    target.write_text("oud", encoding="utf-8")
    with pytest.raises(TypeError):
        put_together(writer, [[{"A": object()}]], target)
    assert [path.name for path in tmp_path.iterdir()] == ["t.json"]
    assert target.read_text(encoding="utf-8") == "oud"


def page(series: str, number: int) -> PageMark:
    return PageMark(series=series, address=f"{series}/{number}", sha256=f"{series}{number}", following=None, records=10)


def test_a_bookmark_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    mark = Bookmark(table="t", place="p", version="1", title="T").with_page(page("cijfers", 1))
    save(tmp_path / "a" / "t.json", mark)
    assert load(tmp_path / "a" / "t.json") == mark


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pages": 3}', '{"pages": [], "iets": 1}'])
def test_an_unreadable_bookmark_is_no_bookmark(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.json").write_text(content, encoding="utf-8")
    assert load(tmp_path / "t.json") is None
    assert load(tmp_path / "weg.json") is None


def test_a_lost_page_takes_the_later_pages_of_its_series_along() -> None:
    mark = Bookmark(table="t", place="p", version="1", title="T", is_complete=True)
    for number in range(3):
        mark = mark.with_page(page("codes", number)).with_page(page("cijfers", number))
    left = mark.without_lost(lambda sha256: sha256 != "cijfers1")
    assert [each.sha256 for each in left.pages] == ["codes0", "cijfers0", "codes1", "codes2"]
    assert not left.is_complete
    assert mark.without_lost(lambda sha256: True) is mark
