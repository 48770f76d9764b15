"""Below every method page stands what the code says of it now, and every example in it is executed."""

import doctest
import sys
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

import pytest

from unit.docs.pages import ROOT

FOLDER = ROOT / "docs" / "methoden"


def _methods() -> ModuleType:
    spec = spec_from_file_location("methods_of_the_docs", ROOT / "docs" / "methods.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


methods = _methods()
MODULES = sorted({methods.function(name).__module__ for one in methods.METHODS for name in one.functions})


@pytest.mark.parametrize("method", methods.METHODS, ids=lambda method: method.name)
def test_a_page_was_written_from_these_docstrings(method) -> None:
    assert method.page.read_text(encoding="utf-8") == methods.page(method), "Write it anew: python docs/methods.py"


def test_the_index_has_every_page_of_the_folder() -> None:
    assert methods.INDEX.read_text(encoding="utf-8") == methods.index(), "Write it anew: python docs/methods.py"
    assert {path.name for path in FOLDER.glob("*.md")} == {one.page.name for one in methods.METHODS} | {"README.md"}


def test_writing_a_page_anew_keeps_the_text_that_people_wrote() -> None:
    one = methods.METHODS[0]
    again = methods.page(one)
    assert again.count(methods.START) == 1
    assert again.startswith(one.page.read_text(encoding="utf-8").partition(methods.START)[0])


@pytest.mark.parametrize("name", MODULES)
def test_every_example_in_a_docstring_is_right(name: str) -> None:
    assert doctest.testmod(sys.modules[name]).failed == 0


def test_a_docstring_is_parted_by_its_headings() -> None:
    parts = methods.sections("Add.\n\nWhy.\n\nFormula\n-------\n``a + b``\n\nExamples\n--------\n>>> 1 + 1\n2")
    assert parts == {"": "Add.\n\nWhy.", "Formula": "``a + b``", "Examples": ">>> 1 + 1\n2"}
