"""The page of columns is what the frames are."""

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import polars as pl
import pytest

from unit.docs.pages import ROOT


@pytest.fixture(scope="module")
def columns() -> ModuleType:
    spec = spec_from_file_location("columns_of_the_handbook", ROOT / "docs" / "columns.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_page_of_columns_was_written_from_these_frames(columns: ModuleType) -> None:
    assert columns.PAGE.read_text(encoding="utf-8") == columns.page(), "Write it anew: python docs/columns.py"


@pytest.mark.slow
def test_every_parquet_file_of_an_edition_has_the_columns_of_the_page(columns: ModuleType, example_shelf) -> None:
    edition = example_shelf / "voorbeeld"
    schemas = {name: schema for name, (schema, _) in columns.READERS.items()}
    for path in sorted(edition.rglob("*.parquet")):
        name = "figures" if path.parent.name.startswith("by_") else path.stem
        before = {"programme"} if name == "verdicts" else set()
        assert pl.read_parquet_schema(path).keys() == before | set(schemas[name].column_names()), path.name
