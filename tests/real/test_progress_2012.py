"""The monitor section of the letter of 2012, written again: made anew from the real files, and in words of our own."""

import re
from pathlib import Path

import pytest

from wijkpeil.cli.main import main
from wijkpeil.publication import Edition

pytestmark = [pytest.mark.real, pytest.mark.slow]

SHOWCASE = Path(__file__).parents[2] / "docs" / "voortgang-2012"
IN_A_ROW = 6
"""So many words after another are a phrase of somebody else's."""


def test_the_showcase_is_what_the_command_gives(edition: Edition, tmp_path: Path) -> None:
    out = tmp_path / "rapport.md"
    words = ["report", "progress", str(SHOWCASE / "tekst"), "--out", str(out), "--shelf", str(edition.folder.parent)]
    assert main([*words, "--edition", edition.id]) == 0
    made, kept = (path.read_text(encoding="utf-8") for path in (out, SHOWCASE / "rapport.md"))
    assert made == kept, "Make it anew: docs/voortgang-2012/README.md says how"


def test_the_showcase_says_where_there_are_no_figures() -> None:
    said = (SHOWCASE / "rapport.md").read_text(encoding="utf-8")
    assert said.count("geen cijfers[^") >= 2
    assert "niet te zeggen" in said


def test_no_phrase_of_the_letter_is_taken_over(shared: Path) -> None:
    letter = _phrases((shared / "reference" / "kamerbrief_30995-92_2012-10-24.txt").read_text(encoding="utf-8"))
    for file in sorted((SHOWCASE / "tekst").glob("*.md")):
        assert not _phrases(file.read_text(encoding="utf-8")) & letter, file.name


def _phrases(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {" ".join(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1)}
