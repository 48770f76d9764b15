"""The pictures and tables of the handbook are what the site obeys, and the words beside them say the same."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest

from wijkpeil.web.accounts.permissions import PERMISSIONS
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes import states
from wijkpeil.web.texts.rendering import written

DOCS = Path(__file__).parents[3] / "docs"


def load() -> ModuleType:
    spec = spec_from_file_location("states_of_the_handbook", DOCS / "states.py")
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


DRAWN = load()
MACHINES = list(DRAWN.MACHINES.values())


def test_every_table_of_steps_is_drawn_once() -> None:
    tables = [value for name, value in vars(states).items() if name.isupper() and isinstance(value, dict)]
    assert sorted(map(id, tables)) == sorted(id(machine.steps) for machine in MACHINES)


@pytest.mark.parametrize("machine", MACHINES, ids=lambda one: one.name)
def test_a_committed_picture_is_what_the_table_gives(machine) -> None:
    kept = DRAWN.file_of(machine).read_text(encoding="utf-8")
    assert kept == DRAWN.picture(machine), "Draw it anew: python docs/states.py"
    said = " ".join(ElementTree.fromstring(kept).itertext())
    for label in machine.labels.values():
        assert label in said
    for verb, _, _ in machine.buses:
        assert str(verb.label) in said


@pytest.mark.parametrize("machine", MACHINES, ids=lambda one: one.name)
def test_the_lines_of_a_picture_are_the_steps_of_the_table_and_no_others(machine) -> None:
    drawn = {(source, verb, to) for verb, sources, targets in machine.buses for source in sources for to in targets}
    told = {(str(one), verb, str(to)) for (one, verb), all_ in machine.steps.items() for to in all_ if to != one}
    assert drawn == told
    picture = DRAWN.picture(machine)
    assert picture.count("marker-end") == sum(len(targets) for _, _, targets in machine.buses)


def test_the_chapter_is_what_the_tables_give() -> None:
    text = DRAWN.PAGE.read_text(encoding="utf-8")
    assert text == DRAWN.page(text), "Write it anew: python docs/states.py"
    assert all(f"beelden/standen-{one.name}.svg" in text for one in MACHINES)
    assert text.count("\n| --- | --- |") >= len(MACHINES) + 1


def test_the_table_of_rights_says_every_cell() -> None:
    rows = DRAWN.rights().splitlines()[2:]
    assert len(rows) == len(PERMISSIONS)
    for row, ((kind, verb), given) in zip(rows, PERMISSIONS.items(), strict=True):
        assert row.startswith(f"| {kind.label} | {verb.label} |")
        assert row.count("| ja") + row.count("| eigen partij") == len(given)
    assert str(Role.READER.label) not in DRAWN.rights()


def test_the_site_shows_each_picture_with_its_words_and_its_table() -> None:
    body = str(written("handboek", "programma", "nl").body)
    assert body.count("data:image/svg+xml;base64,") == len(MACHINES)
    assert body.count('alt="') == len(MACHINES)
    assert body.count("<table") > len(MACHINES)
    assert "uit de code" not in body
