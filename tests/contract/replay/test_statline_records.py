"""The real records of CBS, served in pages by a server that breaks: nothing is lost, doubled or made up."""

import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from wijkpeil.domain.source import Table
from wijkpeil.sources.cbs import FORMS
from wijkpeil.sources.fetch import Outcome

pytestmark = pytest.mark.real

FEED, API = "/ODataFeed/odata", "/ODataApi/odata"


@pytest.fixture
def samples(shared: Path) -> Path:
    return shared / "data" / "odata_samples"


def records(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    answer = json.loads(path.read_text(encoding="utf-8"))
    return answer["value"]


@pytest.fixture
def kwb_2020(samples: Path, replay: Any) -> list[dict[str, Any]]:
    """The slice of Den Haag of KWB 2020: 28 rows, in pages of 8."""
    folder = samples / "derived_json"
    rows = records(folder / "v3_84799NED_TypedDataSet_denhaag.json")
    info = records(folder / "v3_84799NED_TableInfos.json")[0] | {"RecordCount": len(rows)}
    columns = records(folder / "v3_84799NED_DataProperties.json")
    replay.collection(f"{FEED}/84799NED/TypedDataSet", rows, size=8, link="odata.nextLink")
    replay.fixed(f"{API}/84799NED/TableInfos", {"value": [info]})
    replay.fixed(f"{API}/84799NED/DataProperties", {"value": columns})
    return rows


def test_a_table_of_the_feed_comes_in_whole_and_reads_as_a_table(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any
) -> None:
    source = making.source(making.kwb_2020)
    indicator = making.indicator("cbs_kwb", {2020: "AantalInwoners_5"})
    (fetched,) = fetcher.get(source, indicators=(indicator,))

    assert fetched.outcome is Outcome.FETCHED
    assert fetched.complaints == ()
    assert fetched.records == len(kwb_2020) == 28
    assert json.loads(fetched.file.read_bytes())["value"] == kwb_2020
    parsed = FORMS["odata_typed_json"](
        fetched.file.read_bytes(), source=source, table=making.kwb_2020, file=fetched.file.name
    )
    den_haag = parsed.frame.filter(pl.col("area") == "GM0518").row(0, named=True)
    assert den_haag["AantalInwoners_5"] == 545_838


def test_the_bytes_that_are_kept_are_the_bytes_that_were_served(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    fetcher.get(making.source(making.kwb_2020))
    assert fetcher.kept() == set(replay.served.values())


def test_every_kept_page_has_its_date_address_licence_and_tag(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    fetcher.get(making.source(making.kwb_2020))
    notes = [json.loads(path.read_text(encoding="utf-8")) for path in fetcher.raw.folder.rglob("*.json")]
    retrievals = {retrieval["address"]: retrieval for note in notes for retrieval in note["retrievals"]}
    first = retrievals[f"{replay.base}{FEED}/84799NED/TypedDataSet?$format=json"]
    assert first["licence"] == "CC BY 4.0"
    assert first["etag"] == '"0"'
    assert first["fetched_at"] == "2026-11-24T12:00:00+00:00"
    assert set(retrievals) == {f"{replay.base}{target}" for target in replay.served}


def test_going_on_after_a_stop_fetches_no_page_twice(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    source = making.source(making.kwb_2020)
    fetcher.interrupt_after = 16
    with pytest.raises(KeyboardInterrupt):
        fetcher.get(source)
    fetcher.interrupt_after = None
    (fetched,) = fetcher.get(source)

    assert json.loads(fetched.file.read_bytes())["value"] == kwb_2020
    assert set(replay.times("TypedDataSet").values()) == {1}


def test_a_connection_that_breaks_in_every_page_loses_nothing(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    replay.fail("TypedDataSet?$format", making.answer(body=b'{"value": [' + b" " * 5000, cut=2000))
    replay.fail("skip=8", making.answer(body=b"", cut=0, headers={"X": "y"}))
    replay.fail("skip=16", making.answer(body=b"x" * 100, cut=1))
    (fetched,) = fetcher.get(making.source(making.kwb_2020))
    assert json.loads(fetched.file.read_bytes())["value"] == kwb_2020
    assert fetcher.kept() == set(replay.served.values())


def test_a_changed_column_is_named_with_the_indicators_that_miss_it(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any, samples: Path
) -> None:
    columns = records(samples / "derived_json" / "v3_84799NED_DataProperties.json")
    renumbered = [
        column | {"Key": "AantalInwoners_6"} if column["Key"] == "AantalInwoners_5" else column for column in columns
    ]
    replay.fixed(f"{API}/84799NED/DataProperties", {"value": renumbered})
    indicator = making.indicator("cbs_kwb", {2020: "AantalInwoners_5"})
    (fetched,) = fetcher.get(making.source(making.kwb_2020), indicators=(indicator,))
    (complaint,) = fetched.complaints
    assert complaint.place == "kolom AantalInwoners_5"
    assert "nodig voor inwoners" in complaint.sentence
    assert "AantalInwoners_6" in complaint.sentence


def test_a_column_that_is_still_empty_is_said(kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any) -> None:
    columns = {2020: "GemiddeldeWoningwaarde_35"}
    woz = making.indicator("cbs_kwb", columns, name="woz_waarde")
    (fetched,) = fetcher.get(making.source(making.kwb_2020), indicators=(woz,))
    (complaint,) = fetched.complaints
    assert complaint.place == "kolom GemiddeldeWoningwaarde_35"
    assert "nog zonder cijfers" in complaint.sentence


def test_an_early_release_without_any_figure_is_said_and_makes_no_file(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any
) -> None:
    names = [
        {name: value if isinstance(value, str) or name == "ID" else None for name, value in row.items()}
        for row in kwb_2020
    ]
    replay.collection(f"{FEED}/84799NED/TypedDataSet", names, size=8, link="odata.nextLink")
    for _ in range(2):
        (fetched,) = fetcher.get(making.source(making.kwb_2020))
        assert fetched.outcome is Outcome.EMPTY
        assert fetched.file is None
        assert "vroege uitgave" in fetched.complaints[0].sentence
    assert set(replay.times("TypedDataSet").values()) == {1}
    assert not list(fetcher.folder.glob("cbs_kwb/*"))


def test_a_complete_table_is_not_fetched_again_and_a_new_version_is(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any, samples: Path
) -> None:
    source = making.source(making.kwb_2020)
    fetcher.get(source)
    (again,) = fetcher.get(source)
    assert again.outcome is Outcome.ALREADY_THERE
    assert set(replay.times("TypedDataSet").values()) == {1}

    info = records(samples / "derived_json" / "v3_84799NED_TableInfos.json")[0]
    replay.fixed(
        f"{API}/84799NED/TableInfos",
        {"value": [info | {"Modified": "2021-06-30T02:00:00", "RecordCount": len(kwb_2020)}]},
    )
    changed = [row | {"AantalInwoners_5": 1} for row in kwb_2020]
    replay.collection(f"{FEED}/84799NED/TypedDataSet", changed, size=8, link="odata.nextLink")
    (renewed,) = fetcher.get(source)
    assert renewed.outcome is Outcome.FETCHED
    assert json.loads(renewed.file.read_bytes())["value"] == changed


def test_another_table_under_the_same_number_is_refused_and_nothing_is_kept(
    kwb_2020: list[dict[str, Any]], fetcher: Any, making: Any, replay: Any, samples: Path
) -> None:
    jobs = json.loads((samples / "v3_83583NED" / "cbs.v3.83583NED_Metadata.json").read_text(encoding="utf-8"))
    replay.fixed(f"{API}/84799NED/TableInfos", {"value": [jobs]})
    (fetched,) = fetcher.get(making.source(making.kwb_2020))
    assert fetched.outcome is Outcome.FAILED
    assert {complaint.place for complaint in fetched.complaints} >= {"address", "title"}
    assert "Banen van werknemers" in "\n".join(map(str, fetched.complaints))
    assert fetcher.kept() == set()
    assert not replay.times("TypedDataSet")


def test_a_small_table_of_the_feed_is_the_same_as_the_one_others_kept(
    samples: Path, fetcher: Any, making: Any, replay: Any
) -> None:
    folder = samples / "v3_83583NED"
    kept = pl.read_parquet(folder / "cbs.v3.83583NED_TypedDataSet.parquet")
    info = json.loads((folder / "cbs.v3.83583NED_Metadata.json").read_text(encoding="utf-8"))
    replay.collection(f"{FEED}/83583NED/TypedDataSet", kept.to_dicts(), size=2000, link="odata.nextLink")
    replay.fixed(f"{API}/83583NED/TableInfos", {"value": [info]})
    replay.fixed(
        f"{API}/83583NED/DataProperties", {"value": records(folder / "cbs.v3.83583NED_DataProperties.parquet")}
    )
    table = Table(
        id="83583NED",
        year=2015,
        vintage=2015,
        files=("banen_83583NED.parquet",),
        form="odata_typed_parquet",
        title="Banen van werknemers; bedrijfsgrootte en economische activiteit (SBI2008)",
        protocol="odata_v3",
        address="CBS/83583NED",
    )
    (fetched,) = fetcher.get(making.source(table))
    assert fetched.outcome is Outcome.FETCHED, fetched.complaints
    assert pl.read_parquet(fetched.file).equals(kept)


@pytest.mark.slow
def test_half_a_million_observations_come_in_by_pages_of_a_hundred_thousand(
    samples: Path, fetcher: Any, making: Any, replay: Any
) -> None:
    """The observations are real; the table's card is that of another real table with this number put in."""
    folder = samples / "v4_82807NED"
    kept = pl.read_parquet(folder / "cbs.82807NED_Observations.parquet")
    card = json.loads((samples / "metadata_v4.json").read_text(encoding="utf-8"))
    card |= {"Identifier": "82807NED", "ObservationCount": kept.height}
    root = "/odata/v1/CBS/82807NED"
    replay.fixed(f"{root}/Properties", card)
    for path in folder.glob("*.parquet"):
        name = path.stem.partition("_")[2]
        replay.collection(f"{root}/{name}", records(path), size=100_000, link="@odata.nextLink")
    table = Table(
        id="82807NED",
        year=None,
        vintage=2018,
        files=("82807NED*.parquet",),
        form="odata_typed_parquet",
        title=card["Title"],
        protocol="odata_v4",
        address="CBS/82807NED",
    )
    (fetched,) = fetcher.get(making.source(table))
    assert fetched.outcome is Outcome.FETCHED, fetched.complaints
    assert fetched.complaints == ()
    assert len(replay.times("Observations")) == 5
    assert [step.done for step in fetcher.steps][-5:] == [100_000, 200_000, 300_000, 400_000, 481_770]
    assert pl.read_parquet(fetched.file).equals(kept)


def test_the_codes_of_a_map_year_are_fetched_as_a_list_of_their_own(
    samples: Path, fetcher: Any, making: Any, replay: Any
) -> None:
    folder = samples / "v4_83765NED"
    root = "/odata/v1/CBS/83765NED"
    replay.fixed(
        f"{root}/Properties", json.loads((folder / "cbs.v4.83765NED_Metadata.json").read_text(encoding="utf-8"))
    )
    codes = pl.read_parquet(folder / "cbs.v4.83765NED_WijkenEnBuurtenCodes.parquet")
    replay.collection(f"{root}/WijkenEnBuurtenCodes", codes.to_dicts(), size=10_000, link="@odata.nextLink")
    table = Table(
        id="codes-2017",
        year=2017,
        vintage=2017,
        files=("gwb_codes_2017*.parquet",),
        form="codes_parquet",
        title="Kerncijfers wijken en buurten 2017",
        protocol="odata_v4",
        address="CBS/83765NED/WijkenEnBuurtenCodes",
    )
    source = making.source(table)
    (fetched,) = fetcher.get(source)
    assert fetched.outcome is Outcome.FETCHED, fetched.complaints
    parsed = FORMS["codes_parquet"](fetched.file.read_bytes(), source=source, table=table, file=fetched.file.name)
    assert parsed.frame.filter(pl.col("area") == "WK008050")["name"].item().startswith("Wijk 50 Hempens/Teerns")


@pytest.mark.slow
def test_kwb_2020_fetched_reads_the_same_as_the_file_that_others_kept(
    shared: Path, samples: Path, fetcher: Any, making: Any, replay: Any
) -> None:
    """One in five of the 17,341 areas, of all levels, in pages of 2,000."""
    path = shared / "data" / "kwb" / "kwb2020_84799NED_TypedDataSet.parquet"
    rows = pl.read_parquet(path).gather_every(5)
    folder = samples / "derived_json"
    info = records(folder / "v3_84799NED_TableInfos.json")[0] | {"RecordCount": rows.height}
    replay.collection(f"{FEED}/84799NED/TypedDataSet", rows.to_dicts(), size=2000, link="odata.nextLink")
    replay.fixed(f"{API}/84799NED/TableInfos", {"value": [info]})
    replay.fixed(f"{API}/84799NED/DataProperties", {"value": records(folder / "v3_84799NED_DataProperties.json")})
    source = making.source(making.kwb_2020)
    (fetched,) = fetcher.get(source)
    assert fetched.outcome is Outcome.FETCHED
    assert fetched.complaints == ()
    ours = FORMS["odata_typed_json"](fetched.file.read_bytes(), source=source, table=making.kwb_2020, file="a")
    kept = io.BytesIO()
    rows.write_parquet(kept)
    theirs = FORMS["odata_typed_parquet"](kept.getvalue(), source=source, table=making.kwb_2020, file="b")
    numeric = [name for name, kind in theirs.frame.schema.items() if kind.is_numeric()]
    assert ours.frame.columns == theirs.frame.columns
    assert ours.frame.drop(numeric).equals(theirs.frame.drop(numeric))
    assert ours.frame.select(numeric).cast(pl.Float64).equals(theirs.frame.select(numeric).cast(pl.Float64))
