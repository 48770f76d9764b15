"""A published study is what was computed, is there as long as its edition is, and is never taken for an edition."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wijkpeil.domain.evidence import Power, StudyResult
from wijkpeil.domain.refusal import Refusal, RefusalReason
from wijkpeil.domain.study import Family, Study, StudyKind
from wijkpeil.publication.evidence_library import (
    NoSuchStudyError,
    NotForReadersError,
    damaged_on,
    may_be_study,
    publish_study,
    studies_for_readers,
    studies_on,
    study_for_readers,
    study_on,
)
from wijkpeil.publication.library import Library
from wijkpeil.publication.publishing import hold, withdraw
from wijkpeil.publication.shelf import STUDIES, Shelf, may_be_id
from wijkpeil.publication.study_records import ResultDamagedError, from_json, to_json

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def imagined_study() -> Any:
    path = Path(__file__).parents[1] / "portrayal" / "imagined_study.py"
    spec = spec_from_file_location("imagined_study_for_the_library", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


IMAGINED = imagined_study()


def result(id_: str = "hielp-het", **changed: Any) -> StudyResult:
    study = Study(
        id=id_,
        kind=StudyKind.EVALUATION,
        title="Hielp het?",
        title_en="Did it help?",
        question="Hielp het?",
        question_en="Did it help?",
        done="Iets.",
        mechanism="Zo.",
        hash="a" * 64,
    )
    usual = {
        "study": study,
        "study_hash": "a" * 64,
        "edition": "voorbeeld",
        "fictional": True,
        "computed_on": date(2026, 11, 24),
        "version": "0.1.0",
        "family": Family.HOLM,
        "outcomes": (),
        "names": {},
    }
    return StudyResult(**{**usual, **changed})


@pytest.fixture
def shelf(example_shelf: Path, tmp_path: Path) -> Shelf:
    """A shelf of one's own with the embedded example on it."""
    (tmp_path / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
    return Shelf(tmp_path)


# As JSON and back


@pytest.mark.parametrize("one", IMAGINED.library(), ids=lambda one: one.study.id)
def test_a_result_is_read_back_as_it_was_found(one: StudyResult):
    assert from_json(to_json(one)) == one


@pytest.fixture(scope="module")
def finite() -> Iterator[None]:
    """Let every float of a drawn result be a number."""
    st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
    yield
    st.register_type_strategy(float, st.floats())


@pytest.mark.usefixtures("finite")
@given(data=st.data())
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_whatever_a_result_may_hold_is_read_back(data: st.DataObject):
    one = data.draw(st.builds(StudyResult))
    assert from_json(to_json(one)) == one


@pytest.mark.parametrize("number", [nan, inf, -inf])
def test_what_is_no_number_is_never_written(number: float):
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(result(refusal=Refusal(reason=RefusalReason.GAPS, facts={"part": number})))
    power = Power(smallest_visible=number, worth_having=0.1, chance_to_see=None)
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(result(outcomes=(replace(IMAGINED.outcome(), power=power),)))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_never_read(number: str):
    text = to_json(result(refusal=Refusal(reason=RefusalReason.GAPS, facts={"part": 0.125})))
    assert "0.125" in text
    with pytest.raises(ResultDamagedError):
        from_json(text.replace("0.125", number))


def broken() -> Iterator[str]:
    whole = json.loads(to_json(result()))
    yield from ("", "x", "[]", "null", "{}", "[" * 100_000)
    for key in ("study", "edition", "computed_on", "outcomes", "names"):
        yield json.dumps({name: value for name, value in whole.items() if name != key})
        yield json.dumps(whole | {key: 3})


@pytest.mark.parametrize("text", list(broken()))
def test_anything_else_is_damaged_and_never_a_traceback(text: str):
    with pytest.raises(ResultDamagedError):
        from_json(text)


# On the shelf


def test_a_published_study_is_found_by_its_id(shelf: Shelf):
    publish_study(shelf, result(), now=NOW)
    assert study_on(shelf.folder, "hielp-het") == result()
    assert studies_on(shelf.folder) == (result(),)


def test_a_later_result_takes_the_place_of_the_earlier_one_at_once(shelf: Shelf):
    publish_study(shelf, result(), now=NOW)
    assert study_on(shelf.folder, "hielp-het").version == "0.1.0"
    publish_study(shelf, result(version="0.2.0"), now=NOW)
    assert study_on(shelf.folder, "hielp-het").version == "0.2.0"
    assert [one.name for one in (shelf.folder / STUDIES).iterdir()] == ["hielp-het.json"]


def test_a_file_that_did_not_change_is_read_once(shelf: Shelf):
    publish_study(shelf, result(), now=NOW)
    assert study_on(shelf.folder, "hielp-het") is study_on(shelf.folder, "hielp-het")


def test_a_damaged_file_is_left_out_and_named(shelf: Shelf):
    publish_study(shelf, result(), now=NOW)
    folder = shelf.folder / STUDIES
    (folder / "stuk.json").write_text("{", encoding="utf-8")
    (folder / "andere-naam.json").write_text(to_json(result()), encoding="utf-8")
    assert [one.study.id for one in studies_on(shelf.folder)] == ["hielp-het"]
    assert damaged_on(shelf.folder) == ("andere-naam.json", "stuk.json")
    with pytest.raises(NoSuchStudyError):
        study_on(shelf.folder, "stuk")


@pytest.mark.parametrize(
    "id_", ["../voorbeeld/manifest", "manifest", "", ".", "a/b", "a" * 101, "Hoofdletter", "a_b", "a\n"]
)
def test_a_name_that_is_no_id_is_no_study_and_reaches_no_file(shelf: Shelf, id_: str):
    assert not may_be_study(id_)
    with pytest.raises(NoSuchStudyError):
        study_on(shelf.folder, id_)
    with pytest.raises(ValueError):
        publish_study(shelf, result(id_), now=NOW)
    assert not (shelf.folder / STUDIES).exists()


def test_the_folder_of_studies_is_never_an_edition(shelf: Shelf):
    before = [manifest.id for manifest in shelf.editions()]
    publish_study(shelf, result(), now=NOW)
    assert [manifest.id for manifest in shelf.editions()] == before == ["voorbeeld"]
    assert not may_be_id(STUDIES)


def test_what_readers_may_see_is_another_thing_once_a_study_is_published_or_replaced(shelf: Shelf):
    library = Library(shelf.folder, clock=lambda: NOW)
    prints = [library.fingerprint()]
    for version in ("0.1.0", "0.2.0"):
        publish_study(shelf, result(version=version), now=NOW)
        prints.append(library.fingerprint())
    assert len(set(prints)) == 3


# For readers


def test_a_study_is_shown_as_long_as_its_edition_is(shelf: Shelf):
    publish_study(shelf, result(), now=NOW)
    library = Library(shelf.folder, clock=lambda: NOW)
    assert study_for_readers(library, "hielp-het") == result()
    withdraw(shelf, "voorbeeld", now=NOW, reason="Een fout.")
    library = Library(shelf.folder, clock=lambda: NOW)
    assert studies_for_readers(library) == ()
    with pytest.raises(NoSuchStudyError):
        study_for_readers(library, "hielp-het")


def test_a_study_by_others_needs_no_edition(tmp_path: Path):
    by_others = replace(IMAGINED.elsewhere(), edition="")
    publish_study(Shelf(tmp_path), by_others, now=NOW)
    assert studies_for_readers(Library(tmp_path, clock=lambda: NOW)) == (by_others,)


def test_a_study_on_a_draft_is_not_published(shelf: Shelf):
    hold(shelf, "voorbeeld", now=NOW)
    with pytest.raises(NotForReadersError):
        publish_study(shelf, result(), now=NOW)
    assert studies_on(shelf.folder) == ()


def test_a_study_on_an_edition_that_is_not_there_is_not_published(shelf: Shelf):
    with pytest.raises(NotForReadersError):
        publish_study(shelf, result(edition="2020-01"), now=NOW)
