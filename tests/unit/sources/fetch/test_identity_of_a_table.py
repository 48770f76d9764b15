"""A table is used only when it says itself that it is the one that the policy means."""

from dataclasses import replace

import pytest

from wijkpeil.domain.source import Source, Table
from wijkpeil.sources.fetch.dialect import Card
from wijkpeil.sources.fetch.identity import is_about, wrong_table
from wijkpeil.sources.fetch.release import changed_columns, empty_columns

PLACE = "https://opendata.cbs.nl/ODataFeed/odata/84799NED"
TABLE = Table(
    id="84799NED",
    year=2020,
    vintage=2020,
    files=(),
    form="odata_typed_json",
    title="Kerncijfers wijken en buurten 2020",
)
SOURCE = Source(
    id="cbs_kwb",
    label="",
    publisher="CBS",
    licence="",
    attribution="",
    landing_page="",
    cadence="",
    note="",
    tables=(TABLE,),
)
CARD = Card(identifier="84799NED", title="Kerncijfers wijken en buurten 2020", coverage="2020", version="1")


def places(card: Card, table: Table = TABLE) -> set[str]:
    return {complaint.place for complaint in wrong_table(card, source=SOURCE, table=table, place=PLACE)}


def test_the_right_table_is_not_complained_of() -> None:
    assert places(CARD) == set()
    assert places(replace(CARD, identifier="84799ned", title=" Kerncijfers  wijken en buurten 2020 ")) == set()


@pytest.mark.parametrize(
    ("card", "fault"),
    [
        (replace(CARD, identifier="84583NED"), {"address"}),
        (replace(CARD, title="Kerncijfers wijken en buurten 2019", coverage="2019"), {"title", "year"}),
        (replace(CARD, title="Regionale kerncijfers 2020"), {"title"}),
    ],
)
def test_another_table_is_refused_by_what_differs(card: Card, fault: set[str]) -> None:
    assert places(card) == fault


def test_without_a_title_in_the_policy_the_year_still_decides() -> None:
    table = replace(TABLE, title=None)
    assert places(replace(CARD, title="Iets anders over 2020"), table) == set()
    assert places(replace(CARD, title="Iets anders", coverage="2019"), table) == {"year"}
    assert places(replace(CARD, title="Iets anders", coverage="2019"), replace(table, year=None)) == {"year"}


@pytest.mark.parametrize(
    ("text", "years", "not_years"),
    [
        ("Gezondheid per wijk en buurt; 2012/2016/2020", [2012, 2016, 2020], [2014]),
        ("2010 t/m 2018", [2010, 2014, 2018], [2009, 2019]),
        ("2010 december - 2019 december", [2010, 2015, 2019], [2020]),
        ("2003-2018", [2003, 2010], [2019]),
        ("tabel 120204", [], [2020, 1202]),
        ("", [], [2020]),
    ],
)
def test_a_year_is_named_alone_or_within_a_range(text: str, years: list[int], not_years: list[int]) -> None:
    assert all(is_about(year, text) for year in years)
    assert not any(is_about(year, text) for year in not_years)


def test_a_column_that_is_gone_is_named_with_its_users_and_its_likely_new_name() -> None:
    wanted = {"AantalInwoners_5": ("inwoners",), "Mannen_6": ("mannen",), "Bijstand_83": ("bijstand", "code_list.x")}
    there = frozenset({"AantalInwoners_5", "Mannen_7", "Weg_1"})
    men, benefits = changed_columns(wanted, there, source=SOURCE, table=TABLE)
    assert (men.place, benefits.place) == ("kolom Mannen_6", "kolom Bijstand_83")
    assert "'Mannen_7'" in men.sentence
    assert "bijstand, code_list.x" in benefits.sentence and "Misschien" not in benefits.sentence


def test_a_column_is_empty_only_when_no_row_has_a_value() -> None:
    rows = [{"A": None, "B": None, "C": "   .", "D": 0}, {"A": None, "B": 1, "C": "  ", "D": None}]
    wanted = {name: (f"bij_{name}",) for name in "ABCD"}
    (complaint,) = empty_columns(wanted, rows, lambda row: row, source=SOURCE, table=TABLE)
    assert complaint.place == "kolom A, C"
    assert "bij_A, bij_C" in complaint.sentence
    assert empty_columns({"D": ("x",)}, rows, lambda row: row, source=SOURCE, table=TABLE) == ()
