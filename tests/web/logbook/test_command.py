"""``wijkpeil logbook``: what it says, and with which code it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[3] / "src"
_WRITE = """
import django; django.setup()
from django.core.management import call_command
from django.db import transaction
from wijkpeil.web.accounts.roles import Kind, Verb
from wijkpeil.web.logbook.writing import write
call_command("migrate", verbosity=0)
for number in range(3):
    with transaction.atomic():
        write(by=None, verb=Verb.ADD, kind=Kind.TALK, thing=f"t{number}", programme="p", reason="", payload={})
"""
_TAMPER = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("DROP TRIGGER logbook_no_delete")
    cursor.execute("DELETE FROM logbook_content WHERE line_id = 3")
    cursor.execute("DELETE FROM logbook_line WHERE number = 3")
"""


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    known = {
        "WIJKPEIL_DATABASE": f"sqlite:///{folder / 'een.sqlite3'}",
        "WIJKPEIL_SHELF": str(folder / "edities"),
        "DJANGO_SETTINGS_MODULE": "wijkpeil.site.settings",
        "PYTHONPATH": str(SOURCES),
    }
    return subprocess.run(
        [sys.executable, *words], env={**os.environ, **known}, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logboek")
    assert run(folder, "-c", _WRITE).returncode == 0
    return folder


def test_verify_is_well_until_lines_are_cut_off_and_then_the_kept_head_tells(written: Path) -> None:
    kept = run(written, "-m", "wijkpeil", "logbook", "head").stdout.strip()
    assert kept.startswith("3:")
    well = run(written, "-m", "wijkpeil", "logbook", "verify", "--head", kept)
    assert (well.returncode, well.stdout) == (0, "Het logboek klopt: 3 regels, van 0 is de tekst gewist.\n")
    assert run(written, "-c", _TAMPER).returncode == 0
    cut = run(written, "-m", "wijkpeil", "logbook", "verify", "--head", kept)
    assert cut.returncode == 1
    assert "Het logboek klopt niet" in cut.stderr


def test_a_head_that_is_none_is_a_mistake_in_words(written: Path) -> None:
    found = run(written, "-m", "wijkpeil", "logbook", "verify", "--head", "3:abc")
    assert found.returncode == 2
    assert "Dit slot kennen we niet" in found.stderr


def test_a_site_without_a_database_is_told_in_words(tmp_path: Path) -> None:
    found = run(tmp_path, "-m", "wijkpeil", "logbook", "verify")
    assert found.returncode == 2
    assert "De databank van deze site is niet te lezen" in found.stderr


def test_a_guard_that_is_gone_is_told_though_every_line_fits(tmp_path: Path) -> None:
    assert run(tmp_path, "-c", _WRITE).returncode == 0
    gone = "".join(
        f'    cursor.execute("DROP TRIGGER {name}")\n' for name in ("logbook_no_update", "programmes_keep_item_delete")
    )
    assert run(tmp_path, "-c", _TAMPER.partition("    cursor.")[0] + gone).returncode == 0
    told = run(tmp_path, "-m", "wijkpeil", "logbook", "verify")
    assert told.returncode == 1
    assert "tabel logbook_line: de bewaking" in told.stderr
    assert "tabel programmes_item: de bewaking" in told.stderr
    assert "De regels kloppen" in told.stderr
