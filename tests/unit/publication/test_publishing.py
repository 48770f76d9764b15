"""An edition is published only when everything that changed can be explained."""

import json
import shutil
from datetime import UTC, datetime

import polars as pl
import pytest

from wijkpeil.cli.main import main
from wijkpeil.publication import Shelf
from wijkpeil.publication.manifest import content_hash, hash_of
from wijkpeil.publication.states import Standing, state_of

pytestmark = pytest.mark.slow


@pytest.fixture
def shelf(tmp_path, example_shelf):
    """A shelf with the example, and a later edition in which verdicts were turned and nothing says why."""
    shutil.copytree(example_shelf / "voorbeeld", tmp_path / "voorbeeld")
    shutil.copytree(example_shelf / "voorbeeld", tmp_path / "later")
    file = tmp_path / "later" / "verdicts.parquet"
    claims = pl.col("verdict") == "catching_up"
    kept = pl.read_parquet(file)
    kept.with_columns(
        verdict=pl.when(claims).then(pl.lit("falling_behind")).otherwise(pl.col("verdict")).cast(kept.schema["verdict"])
    ).write_parquet(file)
    said = json.loads((tmp_path / "later" / "manifest.json").read_text(encoding="utf-8"))
    said |= {"id": "later", "made_on": "2027-01-01"}
    said["files"]["verdicts.parquet"] = hash_of(file)
    said["sizes"]["verdicts.parquet"] = file.stat().st_size
    said["content"] = content_hash(said["files"])
    (tmp_path / "later" / "manifest.json").write_text(json.dumps(said), encoding="utf-8")
    return tmp_path


def test_an_unexplained_flip_is_refused_with_the_list(shelf, capsys):
    assert main(["publish", "later", "--draft", "--shelf", str(shelf)]) == 0
    assert main(["publish", "later", "--shelf", str(shelf)]) == 1
    told = capsys.readouterr().err
    assert "niets verklaart dat" in told
    assert "was ‘loopt in’, is nu ‘raakt achter’" in told
    assert state_of(shelf, "later").standing is Standing.DRAFT


def test_an_embargo_does_not_help_what_cannot_be_explained(shelf):
    assert main(["publish", "later", "--embargo", "2099-01-01T00:01", "--shelf", str(shelf)]) == 1
    assert Shelf(shelf).editions()[-1].id == "later"


def test_what_can_be_explained_is_published_or_waits_for_its_hour(shelf, capsys):
    assert main(["publish", "voorbeeld", "--embargo", "2099-01-01T00:01", "--shelf", str(shelf)]) == 0
    state = state_of(shelf, "voorbeeld")
    assert state.at(datetime(2098, 12, 31, 23, tzinfo=UTC)) is Standing.EMBARGOED
    assert state.at(datetime(2098, 12, 31, 23, 1, tzinfo=UTC)) is Standing.PUBLISHED
    assert "verschijnt op 1 januari 2099 om 00:01" in capsys.readouterr().out
    assert main(["publish", "voorbeeld", "--shelf", str(shelf)]) == 0
    assert state_of(shelf, "voorbeeld").standing is Standing.PUBLISHED


def test_an_edition_is_withdrawn_only_with_a_reason(shelf, capsys):
    assert main(["publish", "later", "--withdraw", "--shelf", str(shelf)]) == 2
    assert main(["publish", "later", "--withdraw", "--reason", "Bron fout", "--shelf", str(shelf)]) == 0
    assert state_of(shelf, "later").reason == "Bron fout"
    capsys.readouterr()
    main(["editions", "--shelf", str(shelf)])
    assert "ingetrokken" in capsys.readouterr().out


def test_the_terminal_counts_what_changed(shelf, capsys):
    assert main(["editions", "--compare", "voorbeeld", "later", "--shelf", str(shelf)]) == 0
    told = capsys.readouterr().out
    assert "Wat veranderde van voorbeeld naar later" in told
    assert "niet verklaard" in told


@pytest.mark.parametrize("typed", [["--embargo", "morgen"], ["--embargo", "2001-01-01"], ["--reason", "zomaar"]])
def test_what_makes_no_sense_is_a_sentence(shelf, typed, capsys):
    assert main(["publish", "voorbeeld", *typed, "--shelf", str(shelf)]) == 2
    assert "Traceback" not in capsys.readouterr().err
