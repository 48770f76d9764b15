"""The archive of a frozen report: the same bytes, nothing changed unseen, and a story that leaves only a tombstone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition
from wijkpeil.reports import remaking
from wijkpeil.reports.archive import (
    Archive,
    ArchiveError,
    Recipe,
    archive_bytes,
    document_name,
    read_archive,
    story_hash,
    without_story,
)
from wijkpeil.reports.state import Picture, ProgrammeState, Story

DAY = date(2026, 11, 24)
PHOTO = b"bytes van een foto"
SECRET = "Wat Gerrit zei en niet meer wil zeggen"


@pytest.fixture(scope="module")
def edition(example_shelf: Path) -> Iterator[Edition]:
    yield Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a magazine of one neighbourhood, so that making it twice is quick."""
    whole = remaking.magazine

    def of_one(edition: Edition, issue: object) -> object:
        one = replace(issue.programme, neighbourhoods=issue.programme.neighbourhoods[:1])  # type: ignore[attr-defined]
        return whole(edition, replace(issue, programme=one))  # type: ignore[type-var]

    monkeypatch.setattr(remaking, "magazine", of_one)


@pytest.fixture
def archive(edition: Edition) -> Archive:
    programme = edition.policy.programme["wijkaanpak"]
    area = programme.code_of(programme.neighbourhoods[0])
    name = sha256(PHOTO).hexdigest()
    state = ProgrammeState(
        programme=programme.id,
        taken_on=DAY,
        stories=(
            Story(
                area=area,
                title="Een",
                text=SECRET,
                year=2024,
                key="aa",
                pictures=(Picture(sha256=name, media_type="image/jpeg", alt="Gerrit"),),
            ),
            Story(area=area, title="Twee", text="Dit blijft staan", year=2025, key="bb"),
        ),
    )
    recipe = Recipe(
        sort="magazine",
        programme=programme.id,
        edition=edition.id,
        edition_hash=edition.manifest.content,
        code_version=remaking.code_version(),
        frozen_on=DAY.isoformat(),
    )
    return Archive(recipe=recipe, state=state, pictures={name: PHOTO}, document=b"%PDF van toen")


def test_archive_is_read_back_whole_and_written_as_the_same_bytes(archive: Archive) -> None:
    written = archive_bytes(archive)
    again = read_archive(written)
    assert (again.state, again.pictures, again.document) == (archive.state, archive.pictures, archive.document)
    assert archive_bytes(again) == written


@pytest.mark.parametrize("part", ["stand.json", "beelden/", "magazine-"])
def test_part_that_was_changed_is_seen(archive: Archive, part: str) -> None:
    out = BytesIO()
    with ZipFile(BytesIO(archive_bytes(archive))) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            after.writestr(name, content.replace(b"van", b"nav") if name.startswith(part) else content)
    if part == "stand.json":
        with ZipFile(BytesIO(archive_bytes(archive))) as before, ZipFile(out, "w") as after:
            for name in before.namelist():
                content = before.read(name)
                after.writestr(name, content.replace(b"2024", b"2023") if name == part else content)
    with pytest.raises(ArchiveError, match="hash klopt niet"):
        read_archive(out.getvalue())


@pytest.mark.parametrize("content", [b"", b"geen zip", b"PK\x05\x06" + bytes(18)])
def test_file_that_is_no_archive_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(ArchiveError, match="geen archief"):
        read_archive(content)


def test_report_of_an_archive_is_made_again_byte_for_byte(archive: Archive, edition: Edition) -> None:
    whole = remaking.made(replace(archive, pictures={}), edition)
    read = read_archive(archive_bytes(whole))
    assert remaking.remade(read, edition) == whole.document
    assert whole.document.startswith(b"%PDF")


def test_other_figures_or_other_code_are_refused_in_a_sentence(archive: Archive, edition: Edition) -> None:
    other = replace(archive, recipe=replace(archive.recipe, edition_hash="0" * 64))
    with pytest.raises(ArchiveError, match="De cijfers zijn niet die van het rapport"):
        remaking.remade(other, edition)
    older = replace(archive, recipe=replace(archive.recipe, code_version="0.0.1"))
    with pytest.raises(ArchiveError, match=r"gemaakt met Wijkpeil 0\.0\.1"):
        remaking.remade(older, edition)


def test_other_bytes_than_were_frozen_are_told(archive: Archive, edition: Edition) -> None:
    frozen = replace(read_archive(archive_bytes(archive)), pictures={})
    with pytest.raises(ArchiveError, match="een ander document"):
        remaking.remade(frozen, edition)


def test_withdrawn_story_leaves_no_word_and_no_photo_but_a_tombstone(archive: Archive) -> None:
    cut = without_story(archive, "aa", on=DAY)
    written = archive_bytes(cut)
    assert SECRET.encode() not in written
    assert PHOTO not in written
    assert b"%PDF van toen" not in written
    assert b"Dit blijft staan" in written
    (stone,) = read_archive(written).recipe.tombstones
    assert stone.sha256 == story_hash(archive.state.stories[0])
    assert stone.document_before == sha256(b"%PDF van toen").hexdigest()


def test_document_is_issued_again_as_the_next_redaction_with_its_own_lasting_bytes(
    archive: Archive, edition: Edition
) -> None:
    first = remaking.made(replace(archive, pictures={}), edition)
    second = remaking.made(without_story(first, "aa", on=DAY), edition)
    assert second.recipe.redaction == 1
    assert document_name(second.recipe).endswith("-redactie-1.pdf")
    assert second.document != first.document
    assert remaking.remade(read_archive(archive_bytes(second)), edition) == second.document


def test_archive_without_the_story_stays_as_it_is(archive: Archive) -> None:
    assert archive_bytes(without_story(archive, "cc", on=DAY)) == archive_bytes(archive)
