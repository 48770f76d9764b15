"""A progress report in an archive: the same bytes without text or shelf, and a sentence where something differs."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from wijkpeil.cli.main import main
from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition
from wijkpeil.reports import remaking
from wijkpeil.reports.archive import Archive, ArchiveError, archive_bytes, read_archive, without_story
from wijkpeil.reports.grounds import Grounds
from wijkpeil.reports.state import ProgrammeState, Story, state_text

TEXT = {
    "rapport.toml": 'titel = "Kort"\nschrijver = "Een schrijver"\nbijlagen = false\n',
    "1-kort.md": "# Samenvatting\n\nHet staat op {{ cijfer Schippersbuurt bijstand }}.\n",
    "2-onderzoek.md": "# Hielp het?\n\n{{ studie STUDIE }}\n\nEr zijn {{ programma verhalen }}.\n",
}


@pytest.fixture(scope="module")
def study(grounds: Grounds) -> str:
    return next(one.study.id for one in grounds.studies if one.outcomes)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, told_state: ProgrammeState, study: str, example_shelf: Path) -> Path:
    """Freeze a short report over the command, of which two stories are known by their names."""
    here = tmp_path_factory.mktemp("bevroren")
    for name, text in TEXT.items():
        (here / name).write_text(text.replace("STUDIE", study), encoding="utf-8")
    (one,) = told_state.stories
    stories = (replace(one, key="aa", text="Dit moet weg"), Story(title="Thee", text="Dit blijft", year=2025, key="bb"))
    state, out = here / "stand.json", here / "rapport.zip"
    state.write_text(state_text(replace(told_state, stories=stories)), encoding="utf-8")
    words = ["progress", str(here), "--state", str(state), "--out", str(here / "rapport.pdf"), "--archive", str(out)]
    assert main(["report", *words, "--shelf", str(example_shelf)]) == 0
    return out


@pytest.fixture
def archive(file: Path) -> Archive:
    return read_archive(file.read_bytes())


@pytest.fixture(scope="module")
def edition(example_shelf: Path) -> Edition:
    return Shelf(example_shelf).open("voorbeeld")


def test_archive_holds_every_file_of_the_text_and_only_the_study_that_it_cites(
    file: Path, archive: Archive, study: str, grounds: Grounds
) -> None:
    assert {"tekst/1-kort.md", "tekst/2-onderzoek.md", f"onderzoek/{study}.json"} <= set(ZipFile(file).namelist())
    assert [one.study.id for one in archive.studies] == list(archive.recipe.studies) == [study]
    assert len(grounds.studies) > 1
    assert archive_bytes(archive) == file.read_bytes()


def test_report_is_made_again_byte_for_byte_on_a_shelf_without_studies(
    file: Path, example_shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelf, out = tmp_path / "plank", tmp_path / "weer.pdf"
    shelf.mkdir()
    (shelf / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
    assert main(["report", "rebuild", str(file), "--out", str(out), "--shelf", str(shelf)]) == 0
    assert out.read_bytes() == (file.parent / "rapport.pdf").read_bytes()
    assert "byte voor byte hetzelfde" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("part", "before", "after", "said"),
    [
        ("tekst/1-kort.md", b"Het staat", b"Hij staat", "is de tekst veranderd"),
        ("tekst.json", b"Een schrijver", b"Een ander", "is de tekst veranderd"),
        ("onderzoek/", b'"title": "', b'"title": "Niet ', "is een onderzoek veranderd"),
        ("onderzoek/", b"{", b"", "geen archief"),
    ],
)
def test_text_or_study_that_was_changed_is_seen(file: Path, part: str, before: bytes, after: bytes, said: str) -> None:
    out = BytesIO()
    with ZipFile(file) as whole, ZipFile(out, "w", ZIP_STORED) as changed:
        for name in whole.namelist():
            content = whole.read(name)
            changed.writestr(name, content.replace(before, after, 1) if name.startswith(part) else content)
    with pytest.raises(ArchiveError, match=said):
        read_archive(out.getvalue())


def test_withdrawn_story_is_cut_out_and_the_report_issued_again_with_one_less(
    archive: Archive, edition: Edition
) -> None:
    second = remaking.made(without_story(archive, "aa", on=date(2026, 11, 24)), edition)
    assert second.recipe.redaction == 1
    assert second.document != archive.document
    written = archive_bytes(second)
    assert b"Dit moet weg" not in written
    assert b"Dit blijft" in written
    assert remaking.remade(read_archive(written), edition) == second.document


def test_text_with_a_complaint_becomes_no_archive_and_the_place_is_told(archive: Archive, edition: Edition) -> None:
    assert archive.written is not None
    parts = (("1.md", "# Samenvatting\n\nEr zijn 40 wijken, en 50 straten.\n"),)
    wrong = replace(archive, written=replace(archive.written, parts=parts))
    with pytest.raises(ArchiveError, match=r"Er zijn 2 klachten over deze tekst\. De eerste: 1\.md:3:9: Het getal"):
        remaking.made(wrong, edition)


def test_archive_without_a_state_is_refused_and_nothing_is_written(
    file: Path, example_shelf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, kept = tmp_path / "r.pdf", tmp_path / "r.zip"
    words = ["progress", str(file.parent), "--out", str(out), "--archive", str(kept)]
    assert main(["report", *words, "--shelf", str(example_shelf)]) == 2
    assert "Noem die met --state" in capsys.readouterr().err
    assert not (out.exists() or kept.exists())
