"""The command as a user types it, against the replay server."""

import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wijkpeil import catalogue
from wijkpeil.cli.main import main
from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.cbs import FORMS
from wijkpeil.sources.fetch import can_be_fetched
from wijkpeil.sources.folder import look_through

FEED, API = "/ODataFeed/odata/84799NED", "/ODataApi/odata/84799NED"
ROWS = [
    {"ID": number, "WijkenEnBuurten": f"WK0080{number:02}  ", "AantalInwoners_5": number * 5} for number in range(10)
]


@pytest.fixture(scope="module")
def kwb_2020() -> tuple[Source, Table]:
    """The table of the packaged policy that is fetched under this number."""
    policy, _ = catalogue.load(catalogue.packaged_folder(), today=date(2026, 11, 24))
    return next(each for each in can_be_fetched(policy) if each[1].address == "84799NED")


@pytest.fixture
def served(replay: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Serve a small table, made by hand, under the number of KWB 2020; no pause takes time."""
    info = {"Identifier": "84799NED", "Title": "Kerncijfers wijken en buurten 2020", "Period": "2020", "Modified": "1"}
    replay.fixed(f"{API}/TableInfos", {"value": [info]})
    replay.fixed(f"{API}/DataProperties", {"value": [{"Key": name} for name in ROWS[0]]})
    replay.collection(f"{FEED}/TypedDataSet", ROWS, size=4, link="odata.nextLink")
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("WIJKPEIL_LANG", raising=False)
    return replay


def typed(served: Any, *arguments: str) -> int:
    return main(["fetch", *arguments, "--address-base", served.base])


def test_a_table_is_fetched_into_the_folder_that_build_is_then_told_of(
    served: Any, kwb_2020: tuple[Source, Table], capsys: pytest.CaptureFixture[str]
) -> None:
    source, table = kwb_2020
    assert typed(served, table.id) == 0
    said = capsys.readouterr().out
    assert "opgehaald" in said and "wijkpeil build --data downloads" in said

    policy, _ = catalogue.load(catalogue.packaged_folder(), today=date(2026, 11, 24))
    (known,) = look_through(Path("downloads"), policy).known
    assert (known.source, known.table) == (source, table)
    parsed = FORMS[table.form](known.path.read_bytes(), source=source, table=table, file=known.file)
    assert parsed.frame["AantalInwoners_5"].to_list() == [row["AantalInwoners_5"] for row in ROWS]
    assert typed(served, table.id) == 0
    assert "was er al" in capsys.readouterr().out


def test_columns_that_the_policy_reads_and_the_table_lacks_are_complained_of(
    served: Any, kwb_2020: tuple[Source, Table], capsys: pytest.CaptureFixture[str]
) -> None:
    typed(served, kwb_2020[0].id)
    assert "Deze kolom staat niet in de tabel; nodig voor" in capsys.readouterr().out


def test_a_table_that_cannot_be_had_gives_exit_code_one(
    served: Any, kwb_2020: tuple[Source, Table], capsys: pytest.CaptureFixture[str]
) -> None:
    served.routes.clear()
    assert typed(served, kwb_2020[1].id, "--to", "elders") == 1
    said = capsys.readouterr().out
    assert "niet gelukt" in said and "bestaat niet (404)" in said
    assert "wijkpeil build" not in said


def test_a_stop_keeps_what_is_in_and_the_same_command_goes_on(
    served: Any, kwb_2020: tuple[Source, Table], capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(seconds: float) -> None:
        if served.times("skip=4"):
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", interrupt)
        assert typed(served, kwb_2020[1].id) == 130
    assert "blijft bewaard" in capsys.readouterr().err
    assert typed(served, kwb_2020[1].id) == 0
    assert set(served.times("TypedDataSet").values()) == {1}


def test_a_source_that_does_not_exist_is_a_mistake_with_a_hint(
    served: Any, kwb_2020: tuple[Source, Table], capsys: pytest.CaptureFixture[str]
) -> None:
    assert typed(served, kwb_2020[0].id[:-1]) == 2
    assert kwb_2020[0].id in capsys.readouterr().err
    assert served.asked == []


def test_the_list_asks_nothing(served: Any, kwb_2020: tuple[Source, Table], capsys: pytest.CaptureFixture[str]) -> None:
    assert typed(served, "--list") == 0
    assert kwb_2020[1].id in capsys.readouterr().out
    assert served.asked == []
