"""Whatever a source or a disk does wrong is tried again or said in one Dutch sentence. The table is made by hand."""

import errno
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wijkpeil.domain.source import Source
from wijkpeil.sources.fetch import Fetched, Outcome, Patience
from wijkpeil.sources.fetch.address import followed
from wijkpeil.sources.fetch.dialect import NotAPage, NotJson
from wijkpeil.sources.fetch.dialects import DIALECTS
from wijkpeil.store.raw import DamagedDownload, RawFolder

FEED, API = "/ODataFeed/odata/84799NED", "/ODataApi/odata/84799NED"
ROWS = [
    {"ID": number, "WijkenEnBuurten": f"WK0080{number:02}  ", "AantalInwoners_5": number * 5} for number in range(6)
]


@pytest.fixture
def table(replay: Any, making: Any) -> Source:
    """Serve a table of six rows in pages of two."""
    info = {
        "Identifier": "84799NED",
        "Title": "Kerncijfers wijken en buurten 2020",
        "Period": "2020",
        "Modified": "2021-03-26T02:00:00",
        "RecordCount": 6,
    }
    replay.fixed(f"{API}/TableInfos", {"value": [info]})
    replay.fixed(f"{API}/DataProperties", {"value": [{"Key": name} for name in ROWS[0]]})
    replay.collection(f"{FEED}/TypedDataSet", ROWS, size=2, link="odata.nextLink")
    return making.source(making.kwb_2020)


def sentence(fetched: Fetched) -> str:
    assert fetched.outcome is Outcome.FAILED
    (complaint,) = fetched.complaints
    return complaint.sentence


def rows_of(fetched: Fetched) -> list[dict[str, Any]]:
    assert fetched.outcome is Outcome.FETCHED, fetched.complaints
    return json.loads(fetched.file.read_bytes())["value"]


def test_a_server_that_fails_three_times_and_then_answers_is_no_fault(
    table: Source, fetcher: Any, replay: Any, making: Any
) -> None:
    replay.fail("skip=2", making.answer(status=500, body=b"{}"), times=3)
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS
    assert replay.times("skip=2").total() == 4
    pauses = [pause for pause in fetcher.slept if pause != fetcher.patience.polite_pause]
    assert len(pauses) == 3
    assert pauses == sorted(pauses)
    assert 0.5 <= pauses[0] <= 1.0 and 1.0 <= pauses[1] <= 2.0 and 2.0 <= pauses[2] <= 4.0


def test_between_two_pages_lies_the_polite_pause(table: Source, fetcher: Any, replay: Any) -> None:
    fetcher.patience = Patience(polite_pause=3.25)
    fetcher.get(table)
    assert fetcher.slept == [3.25] * (len(replay.asked) - 1)


def test_a_server_that_keeps_failing_is_left_alone_and_what_is_in_stays(
    table: Source, fetcher: Any, replay: Any, making: Any
) -> None:
    replay.fail("skip=4", making.answer(status=503, body=b"{}"), times=6)
    (failed,) = fetcher.get(table)
    said = sentence(failed)
    assert "tijdelijk buiten dienst (503)" in said and "6 keer achter elkaar" in said and "blijft bewaard" in said
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS
    assert replay.times("TypedDataSet?$format") == {f"{FEED}/TypedDataSet?$format=json": 1}


def test_what_the_server_asks_to_wait_is_waited(table: Source, fetcher: Any, replay: Any, making: Any) -> None:
    replay.fail("skip=2", making.answer(status=429, headers={"Retry-After": "42"}))
    replay.fail("skip=4", making.answer(status=503, headers={"Retry-After": "Tue, 24 Nov 2026 12:01:17 GMT"}))
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS
    assert {42.0, 77.0} <= set(fetcher.slept)


def test_a_server_that_asks_to_come_back_in_hours_is_not_waited_for(
    table: Source, fetcher: Any, replay: Any, making: Any
) -> None:
    replay.fail("skip=2", making.answer(status=429, headers={"Retry-After": "7200"}))
    (failed,) = fetcher.get(table)
    assert "120 minuten" in sentence(failed)
    assert max(fetcher.slept) < 10


def test_a_body_that_is_cut_off_is_fetched_again(table: Source, fetcher: Any, replay: Any, making: Any) -> None:
    replay.fail("skip=2", making.answer(body=b'{"value": [' + b" " * 3000, cut=1500))
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS
    assert not list(fetcher.raw.folder.rglob(".half-*"))


def test_json_that_is_cut_off_before_it_was_sent_is_fetched_again(
    table: Source, fetcher: Any, replay: Any, making: Any
) -> None:
    replay.fail("skip=2", making.answer(body=b'{"value": [{"ID": 2, "Wijken'))
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS
    assert all(b'"Wijken' not in kept[-10:] for kept in fetcher.kept())


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("text/html; charset=utf-8", b"<html>Onderhoud</html>", "een webpagina (text/html) in plaats van JSON"),
        ("application/json", b"  <!DOCTYPE html><p>Onderhoud", "het antwoord is een webpagina"),
        ("application/xml", b"<ows:ExceptionReport/>", "XML (application/xml) in plaats van JSON"),
        ("application/json", b'{"value": [1, 2', "geen hele JSON"),
    ],
)
def test_something_else_than_figures_is_tried_again_and_then_said(
    table: Source, fetcher: Any, replay: Any, making: Any, kind: str, body: bytes, said: str
) -> None:
    replay.fail("skip=2", making.answer(kind=kind, body=body), times=6)
    (failed,) = fetcher.get(table)
    assert said in sentence(failed)
    assert body not in fetcher.kept()


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"status": 404}, "dit adres bestaat niet (404)"),
        ({"status": 403}, "de bron weigert toegang (403)"),
        ({"status": 204}, "de bron antwoordt met code 204"),
        (
            {"body": b'{"odata.error": {"code": "", "message": {"lang": "nl", "value": "Te veel cellen."}}}'},
            "Te veel cellen",
        ),
        ({"body": b'{"waarde": []}'}, "ontbreekt de lijst 'value'"),
        ({"body": b"[1]"}, "geen JSON-object"),
    ],
)
def test_what_will_not_come_better_is_said_at_once(
    table: Source, fetcher: Any, replay: Any, making: Any, answer: dict[str, Any], said: str
) -> None:
    replay.fail("skip=2", making.answer(**answer))
    (failed,) = fetcher.get(table)
    assert said in sentence(failed)
    assert replay.times("skip=2").total() == 1


def test_a_silent_server_is_listened_to_for_a_time_and_then_tried_again(
    table: Source, fetcher: Any, replay: Any
) -> None:
    answer, patient = replay.routes[f"{FEED}/TypedDataSet"], []

    def slow_once(question: dict[str, str]) -> Any:
        if not patient:
            patient.append(True)
            time.sleep(0.5)
        return answer(question)

    replay.routes[f"{FEED}/TypedDataSet"] = slow_once
    fetcher.patience = Patience(timeout=0.2)
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS


def test_a_server_that_is_not_there_is_said(fetcher: Any, table: Source, replay: Any) -> None:
    replay.base = "http://127.0.0.1:9"
    (failed,) = fetcher.get(table)
    assert "er is geen verbinding met 127.0.0.1" in sentence(failed)


def test_a_source_that_sends_on_in_circles_is_said(table: Source, fetcher: Any, replay: Any, making: Any) -> None:
    here = f"{FEED}/TypedDataSet"
    replay.fail("TypedDataSet", making.answer(status=302, headers={"Location": f"{here}?$format=json"}), times=20)
    (failed,) = fetcher.get(table)
    assert "verwijst steeds door" in sentence(failed)


def test_a_next_page_on_another_server_is_not_followed(table: Source, fetcher: Any, replay: Any) -> None:
    replay.fixed(
        f"{FEED}/TypedDataSet", {"value": ROWS[:2], "odata.nextLink": "http://elders.example/TypedDataSet?$skip=2"}
    )
    (failed,) = fetcher.get(table)
    assert "op een andere server staan (elders.example)" in sentence(failed)


def test_pages_that_point_at_each_other_end(table: Source, fetcher: Any, replay: Any) -> None:
    here = f"{replay.base}{FEED}/TypedDataSet"
    replay.fixed(f"{FEED}/TypedDataSet", {"value": ROWS[:2], "odata.nextLink": f"{here}?$skip=2"})
    (failed,) = fetcher.get(table)
    assert "een pagina die al gelezen is" in sentence(failed)


def test_fewer_rows_than_promised_is_said(table: Source, fetcher: Any, replay: Any) -> None:
    replay.fixed(f"{FEED}/TypedDataSet", {"value": ROWS[:2]})
    (fetched,) = fetcher.get(table)
    assert fetched.outcome is Outcome.FETCHED
    assert "belooft 6 regels" in fetched.complaints[0].sentence


def test_one_table_that_fails_does_not_stop_the_next(fetcher: Any, table: Source, making: Any, replay: Any) -> None:
    gone = making.kwb_2020.__class__(
        id="weg",
        year=2020,
        vintage=2020,
        files=("weg.json",),
        form="odata_typed_json",
        protocol="odata_v3",
        address="CBS/1",
    )
    failed, fetched = fetcher.get(making.source(gone, *table.tables))
    assert "404" in sentence(failed)
    assert rows_of(fetched) == ROWS


def test_a_full_disk_is_one_sentence_and_stops_the_rest(
    table: Source, fetcher: Any, making: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    results = fetcher.get(making.source(*table.tables, *table.tables))
    assert len(results) == 1
    assert "De schijf is vol" in sentence(results[0])
    assert not list(fetcher.folder.rglob(".half-*"))


def test_the_same_content_fetched_twice_is_stored_once(table: Source, fetcher: Any) -> None:
    fetcher.get(table)
    before = fetcher.kept()
    files = len(list(fetcher.raw.folder.rglob("*")))
    fetcher.anew = True
    (fetched,) = fetcher.get(table)
    assert fetched.outcome is Outcome.FETCHED
    assert fetcher.kept() == before
    assert len(list(fetcher.raw.folder.rglob("*"))) == files
    assert {
        len(fetcher.raw.find(path.name).retrievals)
        for path in fetcher.raw.folder.rglob("*")
        if path.is_file() and not path.suffix
    } == {2}


def test_a_page_that_was_damaged_on_disk_is_fetched_again(table: Source, fetcher: Any, replay: Any) -> None:
    fetcher.interrupt_after = 4
    with pytest.raises(KeyboardInterrupt):
        fetcher.get(table)
    fetcher.interrupt_after = None
    (page,) = (path for path in fetcher.raw.folder.rglob("*") if path.is_file() and b'"ID": 2' in path.read_bytes())
    page.write_bytes(b'{"value": []}')
    (fetched,) = fetcher.get(table)
    assert rows_of(fetched) == ROWS
    assert replay.times("skip=2").total() == 2
    assert replay.times("DataProperties").total() == 1


def test_a_file_that_was_taken_away_is_put_back_without_asking_for_pages(
    table: Source, fetcher: Any, replay: Any
) -> None:
    (fetched,) = fetcher.get(table)
    fetched.file.unlink()
    (again,) = fetcher.get(table)
    assert rows_of(again) == ROWS
    assert replay.times("TypedDataSet").total() == 3


def test_a_page_that_is_damaged_while_the_table_is_put_together_is_said(
    table: Source, fetcher: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damage(self: RawFolder, sha256: str) -> bytes:
        raise DamagedDownload("Het gedownloade bestand is beschadigd. Haal de tabel opnieuw op.")

    monkeypatch.setattr(RawFolder, "read", damage)
    (failed,) = fetcher.get(table)
    assert "beschadigd" in sentence(failed)
    assert not list(fetcher.folder.glob("cbs_kwb/*"))


@settings(max_examples=60, deadline=None)
@given(
    answer=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda part: (
            st.lists(part)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "value",
                        "features",
                        "links",
                        "Identifier",
                        "Title",
                        "title",
                        "error",
                        "odata.nextLink",
                        "rel",
                        "href",
                        "properties",
                        "id",
                    ]
                ),
                part,
            )
        ),
    )
)
@pytest.mark.parametrize("protocol", sorted(DIALECTS))
def test_no_answer_breaks_the_reading_of_any_interface(protocol: str, answer: Any) -> None:
    dialect = DIALECTS[protocol]
    place = dialect.place({"wfs": "lbm3:buurtscore24", "ogc_features": "a/collections/b"}.get(protocol, "84799NED"))
    data = json.dumps(answer).encode()
    for read, address in ((dialect.read_card, place), (dialect.read_page, dialect.first_page(place))):
        try:
            read(data, address)
        except (NotAPage, NotJson) as said:
            assert str(said)


def test_a_next_page_that_is_no_address_is_no_page() -> None:
    asked = "https://opendata.example/feed"
    for hostile in ([None], {"a": 1}, 7):
        with pytest.raises(NotAPage, match="geen tekst"):
            followed(hostile, asked=asked)
