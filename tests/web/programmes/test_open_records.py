"""The open interface to what was approved: the same for everybody, and never more than everybody may read."""

import csv
import io
import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from wijkpeil.publication import Shelf
from wijkpeil.web.programmes import open_records, stories
from wijkpeil.web.programmes.models import Agreement, Item, Measure, Promise, Recommendation, Story, Visitation
from wijkpeil.web.programmes.records import KINDS

V1 = "/api/v1/programmas/wijkaanpak"
CANARY = "Kanariegeel"
DAY = date(2025, 3, 1)


@pytest.fixture(autouse=True)
def real_place(world, example_shelf):
    """Let the small world stand in a neighbourhood of the example."""
    programme = Shelf(example_shelf).open("voorbeeld").policy.programme["wijkaanpak"]
    first = programme.neighbourhoods[0]
    world.city, world.area = first.gemeente, programme.code_of(first)
    world.other = programme.code_of(programme.neighbourhoods[1])


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def get(browser: Any, path: str, **headers: str) -> dict[str, Any]:
    answer = browser.get(f"{V1}{path}", headers=headers)
    assert answer.status_code == 200, answer.content[:500]
    assert answer.headers["API-Version"] == "1.0.0"
    return json.loads(answer.content)


def keys(told: dict[str, Any], sort: str) -> list[str]:
    return [one["id"] for one in told[sort]]


def test_every_kind_has_a_list_and_each_record_an_address_of_its_own(visitor, world, corporation, municipality):
    agreement = world.published(corporation, municipality)
    measure = world.running(corporation, cost_cents=12_345, indicators=["x"])
    told = get(visitor, "/afspraken")
    assert (told["programma"], told["fictief"], told["aantal"]) == ("wijkaanpak", True, 1)
    assert told["afspraken"][0]["id"] == agreement.key
    assert told["afspraken"][0]["partijen"] == ["Gemeente", "Woningbouw"]
    one = get(visitor, f"/maatregelen/{measure.key}")
    assert one == {
        "programma": "wijkaanpak",
        "fictief": True,
        **get(visitor, "/maatregelen")["maatregelen"][0],
    }
    assert (one["kostenCenten"], one["begonnenOp"], one["indicatoren"]) == (12_345, "2024-03-01", ["x"])
    for sort in KINDS:
        assert get(visitor, f"/{sort}")["aantal"] == {"afspraken": 1, "onderdelen": 2, "maatregelen": 1}.get(sort, 0)


def test_what_is_hidden_and_what_is_not_there_are_answered_alike(visitor, signed_in, world, corporation):
    draft = world.measure(corporation, name=CANARY)
    answers = []
    for browser in (visitor, signed_in(world["manager"])):
        assert get(browser, "/maatregelen") == get(visitor, "/maatregelen")
        hidden, absent = (browser.get(f"{V1}/maatregelen/{key}") for key in (draft.key, "0" * 16))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content
        answers.append(absent.content)
        assert not hidden.cookies
        assert {name for name, _ in hidden.items()} == {name for name, _ in absent.items()}
    assert answers[0] == answers[1], "who logs in gets what everybody gets"
    assert CANARY not in json.dumps(get(visitor, "/maatregelen"))


def test_a_draft_changes_no_count_and_no_tag(visitor, world, corporation):
    world.running(corporation)
    first = visitor.get(f"{V1}/maatregelen")
    world.measure(corporation, name=CANARY)
    again = visitor.get(f"{V1}/maatregelen", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert first.headers["Cache-Control"] == "no-cache", "what can be withdrawn is asked for every time"
    assert not first.cookies


def test_a_story_that_is_withdrawn_is_gone_at_once(visitor, world):
    story = Story.objects.create(
        **world.place, author=world["coordinator"], title=CANARY, text="t", evidence="e", year=2025, state="submitted"
    )
    stories.publish(story, by=world["manager"], reason="", seen=1)
    first = visitor.get(f"{V1}/verhalen")
    assert CANARY in first.content.decode()
    assert get(visitor, f"/verhalen/{story.key}")["titel"] == CANARY
    stories.withdraw(fresh(story), by=world["manager"], reason="", seen=2)
    again = visitor.get(f"{V1}/verhalen", headers={"if-none-match": first.headers["ETag"]})
    assert (again.status_code, json.loads(again.content)["aantal"]) == (200, 0)
    assert visitor.get(f"{V1}/verhalen/{story.key}").status_code == 404


def test_nothing_points_to_what_may_not_be_known(visitor, world, corporation, municipality):
    old = world.published(corporation, municipality)
    draft = Agreement.objects.create(
        **world.place, author=world["coordinator"], title=CANARY, replaces=old, number=2, state="draft"
    )
    hidden = Item.objects.create(
        **world.place, author=world["coordinator"], agreement=draft, what=CANARY, partner=corporation, due=DAY,
        evidence_needed="e",
    )  # fmt: skip
    measure = world.running(corporation)
    Measure.objects.filter(pk=measure.pk).update(item=hidden)
    assert get(visitor, f"/maatregelen/{measure.key}")["onderdeel"] is None
    for sort in KINDS:
        written = visitor.get(f"{V1}/{sort}").content.decode()
        assert not any(word in written for word in (CANARY, draft.key, hidden.key, str(world["coordinator"].pk)))


def test_lists_are_filtered_by_place_theme_state_and_year(visitor, world, corporation):
    here = world.running(corporation, started=date(2024, 3, 1), theme="werk_inkomen")
    there = world.running(corporation, started=date(2020, 1, 1), theme="wonen")
    theme = themes_of(visitor)
    Measure.objects.filter(pk=here.pk).update(theme=theme[0])
    Measure.objects.filter(pk=there.pk).update(theme=theme[1], area=world.other, state="ended", ended=date(2021, 6, 1))
    for asked, wanted in (
        (f"wijk={world.area}", [here]),
        (f"wijk={world.other}", [there]),
        (f"stad={world.city}", [here, there]),
        (f"thema={theme[1]}", [there]),
        ("stand=approved", [here]),
        ("stand=ended&jaar=2020", [there]),
        ("jaar=2021", [there]),
        ("jaar=2023", []),
        ("jaar=2024", [here]),
        ("jaar=2030", [here]),
    ):
        told = get(visitor, f"/maatregelen?{asked}")
        assert sorted(keys(told, "maatregelen")) == sorted(one.key for one in wanted), asked
        assert told["aantal"] == len(wanted)


def themes_of(visitor) -> list[str]:
    """Give the themes, as a question with a wrong one names them."""
    fault = json.loads(visitor.get(f"{V1}/maatregelen?thema=geen").content)["fouten"][0]
    return fault["melding"].removeprefix("Kies uit: ").removesuffix(".").split(", ")


def test_every_fault_of_a_question_is_told_in_words(visitor):
    answer = visitor.get(f"{V1}/maatregelen?wijk=nergens&stad=GM0000&thema=geen")
    told = json.loads(answer.content)
    assert answer.status_code == 400
    assert {one["onderdeel"] for one in told["fouten"]} == {"wijk", "stad", "thema"}
    draft = visitor.get(f"{V1}/maatregelen?stand=draft&jaar=laatst&editie=voorbeeld")
    assert {one["onderdeel"] for one in json.loads(draft.content)["fouten"]} == {"stand", "jaar", "editie"}
    for path in ("/programmas/nergens/maatregelen", "/programmas/wijkaanpak/gesprekken", "/programmas/x/afspraken/y"):
        assert visitor.get(f"/api/v1{path}").status_code == 404


def test_pages_miss_nothing_and_repeat_nothing(visitor, world, corporation):
    made = {world.running(corporation, name=f"M{number}").key for number in range(7)}
    address, seen = f"{V1}/maatregelen?paginaGrootte=3", []
    while address:
        told = json.loads(visitor.get(address).content)
        seen += keys(told, "maatregelen")
        address = told["links"].get("next", {}).get("href", "").removeprefix("http://localhost")
    assert len(seen) == told["aantal"] == 7
    assert set(seen) == made
    assert get(visitor, "/maatregelen?pagina=99")["maatregelen"] == []


def test_files_hold_the_same_rows_all_at_once_and_nothing_that_runs(visitor, world, corporation):
    for number in range(3):
        world.running(corporation, name=f"=SOM(A{number})", cost_cents=number)
    path = f"{V1}/maatregelen?paginaGrootte=2"
    written = visitor.get(path, headers={"accept": "text/csv"})
    table = pl.read_parquet(io.BytesIO(visitor.get(path, headers={"accept": "application/vnd.apache.parquet"}).content))
    lines = list(csv.DictReader(io.StringIO(written.content.decode())))
    told = get(visitor, "/maatregelen")["maatregelen"]
    assert [one["id"] for one in lines] == table["id"].to_list() == [one["id"] for one in told]
    assert {one["naam"][:2] for one in lines} == {"'="}
    assert table["naam"].to_list() == [one["naam"] for one in told]
    assert table["begonnenOp"].dtype == pl.Date
    assert written.headers["Content-Disposition"] == 'attachment; filename="wijkpeil-maatregelen.csv"'
    assert written.headers["Cache-Control"] == "no-cache"
    assert visitor.get(path, headers={"accept": "image/png"}).status_code == 406


def test_parts_of_a_thing_have_names_that_stay_and_are_found_by_them(visitor, world, corporation, municipality):
    agreement = world.published(corporation, municipality)
    item = agreement.items.order_by("pk").first()
    for day in (1, 2):
        item.reports.create(by=world["coordinator"], on=date(2025, 1, day), status="underway", text=f"Dag {day}")
    told = get(visitor, f"/meldingen?wijk={world.area}&jaar=2025")
    assert keys(told, "meldingen") == [f"{item.key}-1", f"{item.key}-2"]
    assert get(visitor, f"/meldingen/{item.key}-2")["tekst"] == "Dag 2"
    assert "door" not in told["meldingen"][0]
    hidden = world.agreement(corporation, municipality).items.order_by("pk").first()
    hidden.reports.create(by=world["coordinator"], on=date(2025, 1, 3), status="underway", text=CANARY)
    assert get(visitor, "/meldingen")["aantal"] == 2
    assert visitor.get(f"{V1}/meldingen/{hidden.key}-1").status_code == 404


def test_the_description_names_every_field_that_is_given_and_no_other(visitor, world):
    document = json.loads(visitor.get("/api/v1/openapi.json").content)
    Promise.objects.create(**world.place, author=world["minister"], kind="motion", paper="p", text="t", due=DAY)
    visit = Visitation.objects.create(
        **world.place, author=world["reviewer"], committee="c", on=DAY, findings="f", state="published"
    )
    Recommendation.objects.create(**world.place, author=world["reviewer"], visitation=visit, text="t")
    for sort in KINDS:
        described = document["components"]["schemas"][f"{sort.capitalize()}Regel"]["properties"]
        assert list(described) == [one.name for one in open_records.public_fields(sort)]
        assert all(one.get("description") for one in described.values())
        for record in get(visitor, f"/{sort}")[sort]:
            assert list(record) == list(described)


def test_a_page_of_a_long_list_asks_the_database_a_few_things(
    visitor, world, corporation, django_assert_max_num_queries
):
    Measure.objects.bulk_create(
        Measure(**world.place, author=world["coordinator"], partner=corporation, name=f"M{number}", aim="a",
                mechanism="m", theme="t", started=DAY, state="approved")
        for number in range(150)
    )  # fmt: skip
    with django_assert_max_num_queries(5):
        assert get(visitor, "/maatregelen?pagina=2")["aantal"] == 150
