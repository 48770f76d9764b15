"""``wijkpeil outcomes``: the same counts for people, for a program and as a page."""

import csv
import io
import json


def test_people_get_the_whole_first_and_then_a_table_per_theme(run, shelve) -> None:
    shelve()
    ran = run("outcomes")
    assert ran.code == 0
    assert ran.out.index("Naast de rest van de stad") < ran.out.index("Door toeval")


def test_a_program_gets_the_same_counts_as_json_and_csv(run, shelve) -> None:
    shelve()
    rows = json.loads(run("outcomes", "--json").out)
    table = list(csv.DictReader(io.StringIO(run("outcomes", "--csv").out)))
    assert rows["seed"] == 1
    assert len(rows["outcomes"]) == len(table) > 0
    assert [str(row["smaller"]) for row in rows["outcomes"]] == [row["smaller"] for row in table]
    assert {row["edition"] for row in table} == {"2026-11"}


def test_a_page_says_how_it_was_made_and_how_to_read_it(run, shelve) -> None:
    shelve()
    page = run("outcomes", "--markdown", "--comparator", "rest_of_city").out
    assert page.startswith("# Uitkomsten: ")
    assert (
        "wijkpeil outcomes --edition 2026-11 --programme aandachtswijken --comparator rest_of_city --markdown" in page
    )
    assert page.index("## Zo lees je dit") < page.index("10. ") < page.index("## In het kort")


def test_an_invented_country_says_so_on_the_page_and_to_the_program(run, shelve) -> None:
    shelve(fictional=True)
    assert "VERZONNEN LAND" in run("outcomes", "--markdown").out
    assert "VERZONNEN LAND" in run("outcomes", "--json").err


def test_one_theme_and_one_comparator_are_asked_for(run, shelve) -> None:
    shelve()
    rows = json.loads(run("outcomes", "--json", "--theme", "leren", "--comparator", "rest_of_city").out)["outcomes"]
    assert {row["comparator"] for row in rows} == {"rest_of_city"}
    assert {row["theme"] for row in rows} <= {"leren", None}


def test_an_unknown_programme_or_comparator_is_a_mistake_with_what_there_is(run, shelve) -> None:
    shelve()
    for words in (("--programme", "vogelaar"), ("--comparator", "G5")):
        ran = run("outcomes", *words)
        assert ran.code == 2
        assert "Kies uit: " in ran.err


def test_the_overview_says_the_outcome_of_the_programme_in_a_few_lines(run, shelve) -> None:
    shelve()
    out = run("overview").out
    assert "Naast de rest van de stad: in " in out
    assert "wijkpeil outcomes --programme aandachtswijken" in out
