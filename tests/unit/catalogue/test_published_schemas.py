"""The published schemas, the check and the files agree, because they come from one description."""

import copy
import json
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from wijkpeil import catalogue
from wijkpeil.catalogue import build, rules
from wijkpeil.catalogue.complaints import Where
from wijkpeil.catalogue.files import KINDS, FileKind
from wijkpeil.catalogue.folder import Folder, look_through
from wijkpeil.catalogue.starter import STARTER
from wijkpeil.domain.complaint import Severity

BELEID = catalogue.packaged_folder()
FILES = {kind.name: (sorted(STARTER.glob(kind.pattern)) or sorted(BELEID.glob(kind.pattern)))[0] for kind in KINDS}
ODD_VALUES = [
    1,
    -1,
    0.5,
    "x",
    "",
    " ",
    True,
    [],
    {},
    [1],
    ["x", "x"],
    ["x"],
    {"x": 1},
    {"2020": 3},
    "WK900101",
    "GM9001",
]


def plain(value: Any) -> Any:
    """Write dates as JSON does."""
    return json.loads(json.dumps(value, default=lambda day: day.isoformat()))


def validator(kind: FileKind) -> Draft202012Validator:
    schema = json.loads(catalogue.published()[f"{kind.name}.schema.json"])
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("name", sorted(catalogue.published()))
def test_committed_schema_is_the_one_of_the_check(name):
    assert (BELEID / "schema" / name).read_text(encoding="utf-8") == catalogue.published()[name], (
        "the description changed: run make fix, which writes beleid/schema anew"
    )


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_schema_is_a_schema(kind):
    Draft202012Validator.check_schema(validator(kind).schema)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("folder", [BELEID, STARTER], ids=["beleid", "starter"])
def test_every_policy_file_fits_its_schema(folder: Path, kind):
    own = validator(kind)
    for path in folder.glob(kind.pattern):
        faults = [fault.message for fault in own.iter_errors(plain(tomllib.loads(path.read_text(encoding="utf-8"))))]
        assert not faults, path


def places(value: Any, path: tuple = ()) -> list[tuple]:
    """Give every place in nested tables and lists."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in items for place in places(item, (*path, key)))]


def odd() -> st.SearchStrategy[Any]:
    return st.sampled_from(ODD_VALUES).map(copy.deepcopy)


def changed(raw: Any, data: st.DataObject) -> Any:
    """Change a file in up to three places: leave something out, put something odd in, or add it."""
    for _ in range(data.draw(st.integers(1, 3))):
        where = data.draw(st.sampled_from(places(raw)[1:] or [("label",)]))
        parent = raw
        for key in where[:-1]:
            parent = parent[key]
        action = data.draw(st.sampled_from(["drop", "change", "add"]))
        if action == "drop" and where[-1] in (parent if isinstance(parent, dict) else ()):
            del parent[where[-1]]
        elif action == "add" and isinstance(parent, dict):
            parent[data.draw(st.sampled_from(["note", "nieuw", "year", "2020"]))] = data.draw(odd())
        elif isinstance(parent, dict) or where[-1] < len(parent):
            parent[where[-1]] = data.draw(odd())
    return raw


@given(data=st.data())
@settings(max_examples=400, deadline=None, derandomize=True)
def test_schema_refuses_exactly_what_the_check_refuses(data):
    kind = data.draw(st.sampled_from(KINDS))
    raw = changed(tomllib.loads(FILES[kind.name].read_text(encoding="utf-8")), data)
    refused = any(kind.table.faults(raw, Where("x"), {}))
    assert refused == (not validator(kind).is_valid(plain(raw))), raw


@given(data=st.data())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_whatever_stands_in_a_file_gives_a_policy_or_complaints_and_never_a_traceback(data):
    starter, _ = look_through(STARTER)
    odd_one = data.draw(st.integers(0, len(starter.documents) - 1))
    documents = list(starter.documents)
    documents[odd_one] = replace(documents[odd_one], raw=changed(copy.deepcopy(documents[odd_one].raw), data))
    folder = Folder(documents=tuple(documents))
    known = folder.known()
    shapes = [fault for one in documents for fault in one.kind.table.faults(one.raw, one.where, known)]
    complaints = [*shapes, *rules.faults(folder, today=date(2026, 11, 24), forms={"eigen_tabel"})]
    if not [one for one in complaints if one.severity is Severity.ERROR]:
        assert build.policy(folder, checked_on=date(2026, 11, 24)).sources


def test_check_refuses_a_date_between_quotes_though_json_has_no_other():
    kind = next(kind for kind in KINDS if kind.name == "programma")
    raw = tomllib.loads(FILES["programma"].read_text(encoding="utf-8")) | {"start": "2021-01-01"}
    assert [fault.place for fault in kind.table.faults(raw, Where("x"), {})] == ["start"]
    assert not any(kind.table.faults(raw | {"start": date(2021, 1, 1)}, Where("x"), {}))


def test_page_for_readers_names_every_key():
    page = catalogue.published()["LEESMIJ.md"]
    for key in (
        "measure.kind",
        "source[].columns.<jaar>.form",
        "neighbourhood[].conflict[].decision",
        "table[].code_list",
    ):
        assert f"`{key}`" in page
