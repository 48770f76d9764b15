"""A workbook comes in as drafts, whole or not at all, with what is wrong said cell by cell."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wijkpeil.portrayal.language import language
from wijkpeil.publication.shelf import Shelf
from wijkpeil.web.accounts.roles import Role
from wijkpeil.web.logbook.models import Line
from wijkpeil.web.programmes import agreements
from wijkpeil.web.programmes.importing.bringing import bring_in
from wijkpeil.web.programmes.importing.report import Mode, Report, report_of, words
from wijkpeil.web.programmes.importing.surroundings import Surroundings
from wijkpeil.web.programmes.models import Agreement, Imported, Item, Measure, Partner

from .workbooks import AGREEMENT, AGREEMENTS, ITEM, ITEMS, MEASURE, MEASURES, PARTNER, PARTNERS, workbook

NL = language("nl")


@pytest.fixture(scope="module")
def around(example_shelf: Path) -> Surroundings:
    edition = Shelf(example_shelf).open("voorbeeld")
    return Surroundings(edition=edition, programme=edition.policy.programme["wijkaanpak"], language=NL)


@pytest.fixture
def world(world):
    """Stand in a neighbourhood of the example."""
    world.area = "wijkaanpak.9001-39"
    return world


@pytest.fixture
def theme(around: Surroundings) -> str:
    return around.theme_words()[0]


@pytest.fixture
def bring(world, around, corporation, municipality):
    def bring_with(sheets: Any, who: str = "coordinator", mode: Mode = Mode.ALL, **more: Any) -> Report:
        content = sheets if isinstance(sheets, bytes) else workbook(sheets, **more)
        return bring_in(content, "lijst.xlsx", around, by=world[who], mode=mode)

    return bring_with


def whole(theme: str) -> dict:
    return {AGREEMENTS: [AGREEMENT], ITEMS: [ITEM], MEASURES: [MEASURE | {"theme": theme}]}


def said(report: Report) -> str:
    rows = [words(report, row, NL) for sheet in report.sheets for row in sheet.rows]
    return "\n".join([*rows, *report.notes, *(fault for sheet in report.sheets for fault in sheet.faults)])


def test_everything_comes_in_as_drafts_of_who_sent_it_with_a_line_for_each(world, bring, theme):
    before = world.written()
    report = bring(whole(theme))
    assert report.is_written, said(report)
    assert report.counts == {"added": 3, "already": 0, "fault": 0, "example": 0}
    agreement, item, measure = Agreement.objects.get(), Item.objects.get(), Measure.objects.get()
    assert {agreement.state, measure.state} == {"draft"}
    assert (item.state, item.agreement, measure.item) == ("proposed", agreement, item)
    assert {one.author for one in (agreement, item, measure)} == {world["coordinator"]}
    assert [one.name for one in agreement.partners.order_by("name")] == ["Gemeente", "Woningbouw"]
    assert (agreement.valid_to, item.due) == (date(2030, 12, 31), date(2028, 6, 1))
    assert (item.budget_cents, item.budget_status, measure.cost_cents) == (125_000_050, "committed", 8_000_050)
    assert (agreement.city, agreement.area, item.area) == (world.city, world.area, world.area)
    assert world.written() == before + 3
    assert {line.verb for line in Line.objects.order_by("-number")[:3]} == {"add"}
    assert "Onderdelen, rij 2" in str([line.text.reason for line in Line.objects.order_by("-number")[:3]])


def test_a_trial_says_what_would_happen_and_keeps_nothing(world, bring, theme):
    before = world.written()
    report = bring(whole(theme), mode=Mode.TRIAL)
    assert (report.counts["added"], report.is_written) == (3, False)
    assert world.written() == before
    assert not Agreement.objects.exists()
    assert not Imported.objects.exists()
    assert "kan worden ingelezen als concept" in said(report)


def test_the_same_file_twice_makes_nothing_double_and_says_so(world, bring, theme):
    bring(whole(theme))
    lines = world.written()
    report = bring(whole(theme))
    assert report.counts == {"added": 0, "already": 3, "fault": 0, "example": 0}
    assert "Stond er al" in said(report) or "stond er al" in said(report)
    assert world.written() == lines
    assert (Agreement.objects.count(), Item.objects.count(), Measure.objects.count()) == (1, 1, 1)


def test_without_marks_the_same_content_is_recognised_too(world, bring, theme):
    world_sheets = {
        AGREEMENTS: [AGREEMENT | {"mark": ""}],
        MEASURES: [MEASURE | {"mark": "", "theme": theme, "item": ""}],
    }
    bring(world_sheets)
    assert bring(world_sheets).counts["already"] == 2
    assert (Agreement.objects.count(), Measure.objects.count()) == (1, 1)


def test_what_was_changed_on_the_site_stays_as_it_is_there(world, bring, theme):
    bring(whole(theme))
    draft = Agreement.objects.get()
    agreements.change(draft, {"title": "Anders"}, by=world["coordinator"], reason="", seen=draft.version)
    report = bring(whole(theme))
    assert report.counts["already"] == 3
    assert "blijft zo" in said(report)
    assert Agreement.objects.get().title == "Anders"


def test_a_mark_of_another_city_is_neither_taken_nor_told(world, bring, theme):
    bring({AGREEMENTS: [AGREEMENT]})
    elsewhere = world.somebody(Role.COORDINATOR, city="GM9002", area="")
    world.people["elders"] = elsewhere
    report = bring({AGREEMENTS: [AGREEMENT]}, who="elders")
    assert "Dat mag je op deze plek niet toevoegen" in said(report) or "niet mee" in said(report)
    assert "stond er al" not in said(report)


def test_one_faulty_row_stops_all_of_them_unless_only_the_good_ones_are_asked_for(world, bring, theme):
    sheets = whole(theme)
    sheets[MEASURES] = [*sheets[MEASURES], MEASURE | {"mark": "M2", "theme": "bestaat niet"}]
    report = bring(sheets)
    assert (report.is_written, report.counts["fault"]) == (False, 1)
    assert not Agreement.objects.exists()
    report = bring(sheets, mode=Mode.GOOD)
    assert (report.is_written, report.counts["added"]) == (True, 3)
    assert Measure.objects.get().name == "Werkplaats"


def test_what_hangs_on_a_faulty_row_is_faulty_too(bring, theme):
    sheets = whole(theme)
    sheets[AGREEMENTS] = [AGREEMENT | {"title": ""}]
    report = bring(sheets, mode=Mode.GOOD)
    assert report.counts["fault"] == 3
    assert "op het blad Afspraken is niet goed" in said(report)
    assert "op het blad Onderdelen is niet goed" in said(report)


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        ("title", "", "Titel: Vul dit vak in"),
        ("title", "x" * 301, "hoogstens 300 tekens"),
        ("area", "Nergenshuizen", "Wijk: je schreef ‘Nergenshuizen’. Deze wijk hoort niet bij het programma. Kies uit"),
        ("city", "Nergens", "Deze stad hoort niet bij het programma"),
        ("partners", "Gemeente; Onbekend", "‘Onbekend’ doet in deze stad niet mee. Kies uit: Gemeente, Woningbouw"),
        ("valid_to", "31-02-2030", "je schreef ‘31-02-2030’. Schrijf een datum als 31-12-2027"),
        ("valid_to", "1-6-27", "Schrijf een datum"),
        ("valid_to", 46539, "Schrijf een datum"),
        ("valid_to", "01-06-0228", "Kies een datum tussen 1950 en 2100"),
        ("valid_to", "=A1/0:#DIV/0!", "#DIV/0!’. Er staat een fout van Excel"),
    ],
)
def test_what_is_wrong_in_an_agreement_is_said_with_what_may_be_typed(bring, column, typed, sentence):
    report = bring({AGREEMENTS: [AGREEMENT | {column: typed}]})
    assert sentence in said(report)
    assert not Agreement.objects.exists()


@pytest.mark.parametrize(
    ("column", "typed", "sentence"),
    [
        ("budget_cents", "veel", "Schrijf een bedrag als 12.500 of 12.500,50"),
        ("budget_cents", "1,2,3", "Schrijf een bedrag"),
        ("budget_cents", "-5", "Schrijf een bedrag"),
        ("budget_cents", -5, "nul of meer"),
        ("budget_cents", 0.125, "Rond het bedrag af op centen"),
        ("budget_status", "zeker", "Kies uit: indicatief, toegezegd, uitgegeven"),
        ("partner", "Politie", "doet in deze stad niet mee"),
        ("supporting", "Buurtzorg", "‘Buurtzorg’ doet niet mee aan de afspraak"),
        ("agreement", "A9", "Dit kenmerk staat niet op het blad Afspraken"),
        ("due", "", "Klaar op: Vul dit vak in"),
    ],
)
def test_what_is_wrong_in_an_item_is_said_with_what_may_be_typed(world, bring, column, typed, sentence):
    Partner.objects.create(programme=world.programme, city=world.city, name="Buurtzorg", author=world["manager"])
    report = bring({AGREEMENTS: [AGREEMENT], ITEMS: [ITEM | {column: typed}]})
    assert sentence in said(report)
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("€ 1.250.000,50", 125_000_050),
        ("1250", 125_000),
        ("1.250", 125_000),
        (1.25, 125),
        (1250, 125_000),
        (0.1 + 0.2, 30),
        ("=1+1:2", 200),
        ("", None),
        (0, 0),
    ],
)
def test_an_amount_is_what_it_says_in_dutch_and_in_excel(bring, typed, cents):
    bring({AGREEMENTS: [AGREEMENT], ITEMS: [ITEM | {"budget_cents": typed}]})
    assert Item.objects.get().budget_cents == cents


@pytest.mark.parametrize("typed", ["Tuinkwartier", "TUINKWARTIER", "wijkaanpak.9001-39", "9001-39"])
def test_an_area_is_found_by_its_name_or_its_code(world, bring, typed):
    bring({AGREEMENTS: [AGREEMENT | {"area": typed}]})
    assert Agreement.objects.get().area == world.area


def test_a_name_that_two_cities_have_needs_its_city(world, bring):
    world.people["stad"] = world.somebody(Role.COORDINATOR, area="")
    row = AGREEMENT | {"area": "Rivierenpark"}
    assert "Er zijn meer wijken met deze naam. Vul ook de stad in" in said(bring({AGREEMENTS: [row]}, who="stad"))
    bring({AGREEMENTS: [row | {"city": "Aardenhaven"}]}, who="stad")
    assert Agreement.objects.get().area == "wijkaanpak.9001-62"


def test_without_an_area_it_is_of_the_city_and_who_is_of_a_neighbourhood_may_not(world, bring):
    world.people["stad"] = world.somebody(Role.COORDINATOR, area="")
    row = AGREEMENT | {"area": "", "city": world.city}
    assert "Dat mag je op deze plek niet toevoegen" in said(bring({AGREEMENTS: [row]}))
    bring({AGREEMENTS: [row]}, who="stad")
    assert (Agreement.objects.get().city, Agreement.objects.get().area) == (world.city, "")


def test_partners_are_added_by_the_manager_and_by_nobody_else(world, bring):
    world.people["hele"] = world.somebody(Role.MANAGER, city="", area="")
    assert "Dat mag je op deze plek niet toevoegen" in said(bring({PARTNERS: [PARTNER]}))
    report = bring({PARTNERS: [PARTNER, PARTNER | {"mark": "P2"}]}, who="hele")
    assert (report.counts["added"], report.counts["already"]) == (1, 1)
    assert Partner.objects.filter(name="Buurtzorg", city="", kind="other").count() == 1


def test_a_mark_is_used_once_on_a_sheet(bring):
    report = bring({AGREEMENTS: [AGREEMENT, AGREEMENT | {"title": "Nog een"}]})
    assert "staat al op een andere regel van dit blad" in said(report)


def test_the_row_of_the_example_is_left_out(bring):
    report = bring({AGREEMENTS: [AGREEMENT | {"mark": "VOORBEELD", "title": ""}, AGREEMENT]})
    assert report.counts == {"added": 1, "already": 0, "fault": 0, "example": 1}


def test_hidden_and_unknown_sheets_are_left_out_with_a_sentence(bring):
    report = bring({AGREEMENTS: [AGREEMENT], ITEMS: [ITEM], "Kladblok": []}, hidden=("Onderdelen",))
    assert report.counts["added"] == 1
    assert "Het blad ‘Onderdelen’ is verborgen" in said(report)
    assert "Het blad ‘Kladblok’ kennen we niet" in said(report)


def test_headings_may_stand_lower_and_a_file_without_them_says_which(bring):
    assert bring({AGREEMENTS: [AGREEMENT]}, first=3).sheets[0].rows[0].number == 5
    content = workbook({"Afspraken": []})
    assert "De koppen staan er niet" in said(bring(content))


def test_hostile_text_comes_in_as_text_and_a_report_is_read_back_as_it_was(world, bring):
    bring({AGREEMENTS: [AGREEMENT | {"title": "'=1+1"}]})
    assert Agreement.objects.get().title == "=1+1"
    report = bring({AGREEMENTS: [AGREEMENT | {"title": ""}]}, mode=Mode.TRIAL)
    assert report_of(report.record()) == report


def test_a_thing_with_five_hundred_others_takes_as_many_questions_as_alone(
    world, bring, theme, django_assert_max_num_queries
):
    rows = [MEASURE | {"mark": f"M{number}", "name": f"M{number}", "theme": theme, "item": ""} for number in range(20)]
    with django_assert_max_num_queries(20 * 12 + 20):
        assert bring({MEASURES: rows}).counts["added"] == 20
