"""Raw downloads are whole, unchanged, known by where they came from, and there once."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wijkpeil.sources.fetch import Retrieval
from wijkpeil.store.raw import DamagedDownload, RawFolder

RETRIEVAL = Retrieval(
    address="https://bron.example/tabel",
    fetched_at=datetime(2026, 11, 24, 12, 0, tzinfo=UTC),
    publisher="CBS",
    licence="CC BY 4.0",
    attribution="Bron: CBS",
    etag='"1"',
)


@pytest.fixture
def raw(tmp_path: Path) -> RawFolder:
    return RawFolder(tmp_path / "raw")


@given(chunks=st.lists(st.binary(max_size=50), max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_read_is_what_was_kept(raw: RawFolder, chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    kept = raw.keep(iter(chunks), retrieval=RETRIEVAL)
    assert kept == sha256(whole).hexdigest()
    assert raw.has(kept)
    assert raw.read(kept) == whole


def test_the_same_content_from_two_addresses_is_there_once_with_both(raw: RawFolder) -> None:
    other = replace(RETRIEVAL, address="https://elders.example/tabel", etag=None)
    first = raw.keep([b"een"], retrieval=RETRIEVAL)
    second = raw.keep([b"e", b"en"], retrieval=other)
    kept = raw.find(first)
    assert first == second
    assert kept is not None
    assert kept.retrievals == (RETRIEVAL, other)
    assert kept.size == 3
    assert len([path for path in raw.folder.rglob("*") if path.is_file()]) == 2


def test_a_stream_that_breaks_leaves_nothing_behind(raw: RawFolder) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        raw.keep(broken(), retrieval=RETRIEVAL)
    assert list(raw.folder.iterdir()) == []


def test_what_does_not_pass_its_check_is_not_kept(raw: RawFolder) -> None:
    def check(file: Path) -> None:
        assert file.read_bytes() == b"geen JSON"
        raise ValueError

    with pytest.raises(ValueError):
        raw.keep([b"geen JSON"], retrieval=RETRIEVAL, check=check)
    assert list(raw.folder.iterdir()) == []


def test_a_changed_file_is_never_read_as_what_it_was(raw: RawFolder) -> None:
    kept = raw.keep([b"cijfers"], retrieval=RETRIEVAL)
    (found,) = (path for path in raw.folder.rglob(kept))
    found.write_bytes(b"cijferz")
    assert not raw.has(kept)
    with pytest.raises(DamagedDownload, match="beschadigd"):
        raw.read(kept)


def test_a_damaged_file_is_mended_when_its_content_comes_again(raw: RawFolder) -> None:
    kept = raw.keep([b"cijfers"], retrieval=RETRIEVAL)
    (found,) = (path for path in raw.folder.rglob(kept))
    found.write_bytes(b"")
    raw.keep([b"cijfers"], retrieval=RETRIEVAL)
    assert raw.read(kept) == b"cijfers"


def test_a_file_that_is_gone_is_said(raw: RawFolder) -> None:
    missing = "0" * 64
    assert raw.find(missing) is None
    assert not raw.has(missing)
    with pytest.raises(DamagedDownload, match="niet meer"):
        raw.read(missing)


def test_a_lost_note_does_not_lose_the_file(raw: RawFolder) -> None:
    kept = raw.keep([b"cijfers"], retrieval=RETRIEVAL)
    (note,) = raw.folder.rglob("*.json")
    note.write_text("{", encoding="utf-8")
    found = raw.find(kept)
    assert found is not None and found.retrievals == ()
    raw.keep([b"cijfers"], retrieval=RETRIEVAL)
    assert json.loads(note.read_text(encoding="utf-8"))["retrievals"][0]["licence"] == "CC BY 4.0"
