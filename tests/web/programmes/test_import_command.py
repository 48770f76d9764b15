"""The same from the command line, and the handbook tells of the columns that there are."""

from collections.abc import Callable
from pathlib import Path

import fastexcel
import pytest
from django.test import override_settings

from wijkpeil.cli import main
from wijkpeil.portrayal.language import language
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.programmes.importing.columns import handbook
from wijkpeil.web.programmes.models import Agreement
from wijkpeil.web.programmes.records import KINDS

from .workbooks import AGREEMENT, AGREEMENTS, workbook

HANDBOOK = Path(__file__).parents[3] / "docs" / "handboek" / "12-gegevens-in-en-uit.md"


@pytest.fixture
def typed(
    example_shelf: Path, world, corporation, municipality, capsys, monkeypatch, tmp_path: Path
) -> Callable[..., tuple[int, str]]:
    monkeypatch.setenv("WIJKPEIL_SHELF", str(example_shelf))
    monkeypatch.chdir(tmp_path)
    world.area = "wijkaanpak.9001-39"

    def type_words(*words: str) -> tuple[int, str]:
        with override_settings(SHELF=example_shelf):
            code = main.main(["programme", *words])
        written = capsys.readouterr()
        return code, written.out + written.err

    return type_words


def test_a_workbook_is_tried_and_comes_in_with_the_account_of_somebody_who_may(world, typed, tmp_path):
    who = ("--programme", "wijkaanpak", "--as", world["coordinator"].email)
    (tmp_path / "a.xlsx").write_bytes(workbook({AGREEMENTS: [AGREEMENT, AGREEMENT | {"mark": "A2", "title": ""}]}))
    code, said = typed("import", "a.xlsx", *who, "--proef", "--report", "verslag.xlsx")
    assert (code, Agreement.objects.count()) == (1, 0)
    assert "Afspraken, rij 3: niet goed. Titel: Vul dit vak in." in said
    assert "Kan erin: 1" in said
    told = fastexcel.read_excel((tmp_path / "verslag.xlsx").read_bytes()).load_sheet("Afspraken").to_polars()
    assert told.height == 2
    assert typed("import", "a.xlsx", *who)[0] == 1
    assert not Agreement.objects.exists()
    code, said = typed("import", "a.xlsx", *who, "--only-good")
    assert (code, Agreement.objects.count()) == (1, 1)
    assert "Ingelezen als concept: 1" in said
    (tmp_path / "a.xlsx").write_bytes(workbook({AGREEMENTS: [AGREEMENT]}))
    assert typed("import", "a.xlsx", *who)[0] == 0
    assert Agreement.objects.count() == 1


def test_who_or_what_is_not_there_is_one_sentence(world, typed, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"geen werkblad")
    mine = ("--as", world["coordinator"].email)
    for words, sentence in (
        (("import", "a.xlsx", "--as", "wie@voorbeeld.example"), "Er is geen account met het e-mailadres"),
        (("import", "a.xlsx", *mine), "geen Excelbestand"),
        (("import", "b.xlsx", *mine), "is niet te lezen"),
        (("template", "c.xlsx", "--programme", "wijkanpak"), "Bedoelde je wijkaanpak?"),
        (("template", "a.xlsx"), "is er al"),
        (("template", "nergens/c.xlsx"), "is niet te schrijven"),
        (("archive", "--out", "d.zip", *mine), "Alleen een controleur"),
    ):
        code, said = typed(*words)
        assert (code, sentence in said) == (2, True), (words, said)
        assert "Traceback" not in said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx"]


def test_the_auditor_takes_the_archive(world, typed, tmp_path):
    auditor = world.somebody(Role.AUDITOR, city="", area="")
    code, said = typed("archive", "--out", "alles.zip", "--as", auditor.email)
    assert (code, (tmp_path / "alles.zip").read_bytes()[:2]) == (0, b"PK"), said


def test_the_handbook_explains_every_column_and_every_file():
    text = HANDBOOK.read_text(encoding="utf-8")
    assert "\n".join(handbook(language("nl"))).rstrip() in text
    for kind, one in KINDS.items():
        assert f"| `{kind}` | {one.meaning} |" in text
