"""Many profiles are the same as each alone, come in the order in which they were asked, and bind into one book."""

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from pdf_reading import tags_of
from wijkpeil.cli.main import main
from wijkpeil.publication import Shelf
from wijkpeil.publication.edition import Edition
from wijkpeil.reports.document import every_block
from wijkpeil.reports.series import Order, book, one_profile, pdfs
from wijkpeil.reports.state import ProgrammeState, state_text
from wijkpeil.reports.typesetting import compile_pdf


@pytest.fixture(scope="module")
def edition(example_shelf: Path) -> Edition:
    return Shelf(example_shelf).open("voorbeeld")


@pytest.fixture(scope="module")
def codes(edition: Edition) -> list[str]:
    programme = edition.policy.programme[edition.manifest.default_programme]
    return [programme.code_of(one) for one in programme.neighbourhoods[:5]]


@pytest.fixture(scope="module")
def alone(edition: Edition, codes: list[str]) -> bytes:
    return compile_pdf(one_profile(edition, codes[4], Order(folder=edition.folder)))


def test_two_processes_make_what_one_makes_and_in_order(edition, codes, alone):
    made = list(pdfs(Order(folder=edition.folder), codes))
    assert [one.code for one in made] == codes
    assert made[4].pdf == alone


def test_a_profile_has_four_to_six_pages(alone):
    with pikepdf.open(BytesIO(alone)) as pdf:
        assert 4 <= len(pdf.pages) <= 6


def test_a_book_binds_profiles_with_names_of_their_own(edition, codes):
    order = Order(folder=edition.folder)
    bound = book([one_profile(edition, code, order) for code in codes[:2]], title="Alle wijken", kicker="Boek")
    names = [one.id for one in every_block(bound.blocks) if getattr(one, "id", "")]
    assert len(names) == len(set(names))
    levels = [int(name[2:]) for name, _ in tags_of(compile_pdf(bound)) if name[:2] == "/H" and name[2:].isdigit()]
    assert levels[0] == 1
    assert levels.count(1) >= 3


def test_the_command_writes_the_file_and_says_where(edition, codes, alone, tmp_path, capsys):
    out = tmp_path / "profiel.pdf"
    shelf = str(edition.folder.parent)
    asked = ["report", "profile", codes[4], "--shelf", shelf, "--edition", "voorbeeld", "--out", str(out)]
    assert main(asked) == 0
    assert out.read_bytes() == alone
    said = capsys.readouterr()
    assert str(out) in said.out
    assert "VERZONNEN LAND" in said.out + said.err
    assert main(asked) == 2
    assert "bestaat al" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["profiel.pdf"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["profiles"], "Noem een map met --out"),
        (["profiles", "--out", "{map}", "--programme", "wijkanpak"], "bestaat niet"),
        (["profile", "{gebied}", "--out", "{map}"], "is een map"),
        (["profile", "{gebied}", "--out", "{map}/weg/x.pdf"], "bestaat niet"),
        (["profile", "{gebied}", "--out", "{map}/x.pdf", "--state", "{map}/weg.json"], "bestaat niet"),
        (["profile", "{gebied}", "--out", "{map}/x.pdf", "--site", "wijkpeil.nl"], "https://"),
        (["profile", "Nergenshuizen", "--out", "{map}/x.pdf"], "geen gebied"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_and_nothing_is_written(edition, codes, tmp_path, capsys, typed, said):
    asked = [one.format(map=tmp_path, gebied=codes[0]) for one in typed]
    assert main(["report", *asked, "--shelf", str(edition.folder.parent)]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not list(tmp_path.iterdir())


def test_a_state_of_another_programme_is_refused(edition, codes, tmp_path, capsys):
    file = tmp_path / "stand.json"
    other = ProgrammeState(programme="anders", taken_on=edition.manifest.made_on)
    file.write_text(state_text(other), encoding="utf-8")
    asked = ["report", "profile", codes[0], "--shelf", str(edition.folder.parent), "--state", str(file)]
    assert main([*asked, "--out", str(tmp_path / "x.pdf")]) == 2
    assert "anders" in capsys.readouterr().err
