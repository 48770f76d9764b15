import argparse
import ast
import inspect
import subprocess
import sys

import pytest

from wijkpeil.cli import parser_words
from wijkpeil.cli.arguments import COMMANDS
from wijkpeil.cli.report_formats import FORMS
from wijkpeil.reports.formats import FORMATS

HEAVY = ("polars", "rich", "babel", "duckdb", "numpy", "jinja2", "httpx", "dataframely")


def test_help_reads_nothing_heavy():
    code = (
        "import sys\nfrom wijkpeil.cli.main import main\n"
        "try:\n main(['--help'])\nexcept SystemExit:\n pass\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_names_every_form_of_a_report():
    assert tuple(FORMATS) == FORMS


@pytest.mark.parametrize("words", [(), ("--help",)])
def test_help_names_every_command(run, words):
    ran = run(*words)
    assert ran.code == 0
    assert all(command in ran.out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(run, command):
    dutch, english = run(command, "--help"), run(command, "--help", "--lang", "en")
    assert dutch.code == english.code == 0
    assert "gebruik: wijkpeil" in dutch.out
    assert "usage: wijkpeil" in english.out
    assert "show this help" not in dutch.out
    assert "toon deze" not in english.out


def test_python_s_own_parser_says_nothing_that_we_did_not_translate():
    tree = ast.parse(inspect.getsource(argparse))
    said = {
        argument.value
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"_", "ngettext"}
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    assert said
    assert said <= parser_words.DUTCH.keys() | parser_words.MEANT_FOR_PROGRAMMERS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("shwo", "x"), "Bedoelde je show?"),
        (("show",), "Dit ontbreekt: GEBIED. Zie: wijkpeil show --help"),
        (("show", "x", "--bogus"), "Onbekend argument: --bogus"),
        (("show", "x", "--json", "--csv"), "kan niet samen met"),
        (("--lang", "de", "show", "x"), "'de' kan niet; kies uit"),
        (("show", "x", "--shelf"), "hier hoort één waarde"),
        (("build",), "Dit ontbreekt: --data"),
        (("--lang", "en", "show"), "The following arguments are required: AREA. See: wijkpeil show --help"),
    ],
)
def test_a_mistake_gets_one_sentence_in_its_language_and_code_2(run, words, said):
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_the_language_may_stand_before_or_after_the_command_or_in_the_environment(run, shelve, monkeypatch):
    shelve()
    before, after = run("--lang", "en", "editions"), run("editions", "--lang", "en")
    monkeypatch.setenv("WIJKPEIL_LANG", "en")
    assert before.out == after.out == run("editions").out
    assert "Made on" in before.out
    assert "Gemaakt op" in run("editions", "--lang", "nl").out


def test_the_shelf_may_stand_before_or_after_the_command_or_in_the_environment(run, tmp_path, monkeypatch):
    shelf = str(tmp_path / "plank")
    said = run("editions", "--shelf", shelf).out
    assert shelf in said
    assert run("--shelf", shelf, "editions").out == said
    monkeypatch.setenv("WIJKPEIL_SHELF", shelf)
    assert run("editions").out == said
