"""What the README and the handbook tell a user to type does work, and says what they say it says."""

import os
import shlex
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from unit.docs.pages import HANDBOOK, LEFT_OUT, PAGES, ROOT, Block, blocks, collapsed, links
from wijkpeil import catalogue
from wijkpeil.cli.arguments import COMMANDS, parse
from wijkpeil.domain.indicator import Kind
from wijkpeil.portrayal.language import language

NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
ALL_PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "beleid").rglob("*.md")])


@pytest.fixture
def desk(tmp_path: Path, example_shelf: Path) -> Path:
    """Give a working folder as a reader has it after ``make start``: with the example on its shelf."""
    (tmp_path / "edities").mkdir()
    (tmp_path / "edities" / "voorbeeld").symlink_to(example_shelf / "voorbeeld")
    return tmp_path


def run(words: list[str], desk: Path) -> subprocess.CompletedProcess[str]:
    """Run a program at the desk with the command of this environment, and only its own settings."""
    around = {name: value for name, value in os.environ.items() if not name.startswith("WIJKPEIL_")}
    around.pop("COLUMNS", None)
    around["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{around['PATH']}"
    return subprocess.run(
        words, cwd=desk, env=around, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


def follow(block: Block, desk: Path) -> None:
    """Do what one block of a page says."""
    if block.kind == "console":
        ran = run(["bash", "-euo", "pipefail", "-c", block.commands], desk)
        assert (ran.returncode != 0) == (block.about == "fout"), f"{block.commands}\n{ran.stdout}"
        written = collapsed(ran.stdout)
        for piece in block.output:
            assert piece in written, f"{block.commands}\nno longer says: {piece}\nbut:\n{ran.stdout}"
    elif block.about:
        made = desk / block.about
        made.parent.mkdir(parents=True, exist_ok=True)
        made.write_text(block.text, encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_everything_that_a_page_tells_to_type_works(page: Path, desk: Path) -> None:
    for block in blocks(page):
        follow(block, desk)
    snippets = [block.text for block in blocks(page) if block.kind == "python"]
    if snippets:
        ran = run([sys.executable, "-c", "\n".join(snippets)], desk)
        assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_that_is_not_run_is_a_command_that_exists(page: Path) -> None:
    """Blocks marked ``sh`` need the real files, a network or the checkout; what they type must be understood."""
    for block in blocks(page):
        typed = [line.split(" #")[0] for line in block.text.splitlines() if block.kind == "sh"]
        for line in typed:
            words = [word for word in shlex.split(line) if not word.startswith("WIJKPEIL_")]
            if words[:1] == ["wijkpeil"]:
                assert parse(language("nl"), words[1:]).command in COMMANDS, line
            elif words[:1] == ["make"]:
                assert f"\n{words[1]}:" in (ROOT / "Makefile").read_text(), line


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_piece_of_a_policy_file_on_a_page_is_toml(page: Path) -> None:
    for block in blocks(page):
        if block.kind == "toml":
            tomllib.loads(block.text.replace(LEFT_OUT, ""))


@pytest.mark.parametrize("page", ALL_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in links(page):
        file = target.partition("#")[0]
        assert not file or (page.parent / file).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_minimum_bases_of_the_privacy_page_are_those_of_the_policy() -> None:
    policy, _ = catalogue.load(catalogue.packaged_folder(), today=date(2026, 11, 24))
    minimum = policy.rule["openbaar"].minimum_base
    rows = {"aandeel": "proportion", "gemiddelde": "mean", "aantal per 1.000": "rate", "score of klasse": "score"}
    page = (HANDBOOK / "07-onthulling-en-privacy.md").read_text(encoding="utf-8")
    assert all(f"| {dutch} | {minimum[Kind(kind)]} |" in page for dutch, kind in rows.items())
    assert minimum[Kind.SCORE] == minimum[Kind.ORDINAL]
    assert minimum[Kind.COUNT] == 0


def test_readme_begins_with_start_and_test() -> None:
    first = next(block for block in blocks(ROOT / "README.md"))
    assert [line.split()[:2] for line in first.text.splitlines()[:2]] == [["make", "start"], ["make", "test"]]


def test_every_page_of_the_handbook_is_reached_from_its_index() -> None:
    index = set(links(HANDBOOK / "README.md"))
    assert {page.name for page in HANDBOOK.glob("*.md")} - {"README.md"} <= index


def test_every_command_is_explained_in_the_handbook() -> None:
    whole = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [command for command in COMMANDS if f"wijkpeil {command}" not in whole] == []
