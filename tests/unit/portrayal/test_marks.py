"""Marks under a gap line: none, one and forty are drawn, told and listed, and many become one with a number."""

from datetime import date
from xml.etree import ElementTree

import pytest

from wijkpeil.portrayal import gapline
from wijkpeil.portrayal.marks import Mark, Sort
from wijkpeil.portrayal.timeline import HEIGHT

SVG = "{http://www.w3.org/2000/svg}"


def measure(year: int, label: str = "Goede sloten", end: int | None = None, month: int = 1) -> Mark:
    return Mark(
        sort=Sort.MEASURE, label=label, start=date(year, month, 1), end=None if end is None else date(end, 1, 1)
    )


@pytest.fixture
def drawn(dutch, about):
    reading = next(one for one in about.readings if one.indicator.id == "huisgeld")

    def draw(*marks: Mark):
        line = gapline.line(dutch, reading, "rest_of_city", identity="g", marks=marks)
        return line, ElementTree.fromstring(line.picture)

    return draw


def shapes(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [one for one in root.iter(f"{SVG}svg") if "mark" in one.get("class", "").split()]


def test_without_marks_the_picture_is_as_it_was(drawn):
    line, root = drawn()
    assert shapes(root) == []
    assert root.get("height") == str(HEIGHT)
    assert not any("as" in note for note in line.notes)


def test_a_measure_has_a_shape_its_name_and_how_long_it_lasted(drawn):
    line, root = drawn(measure(2015, end=2018))
    (one,) = shapes(root)
    assert one.find(f"{SVG}title").text == "Goede sloten (1 januari 2015 tot 1 januari 2018)"
    assert [path.get("class") for path in root.iter(f"{SVG}path")].count("lasted") == 1
    assert "Goede sloten (1 januari 2015" in root.find(f"{SVG}desc").text
    assert "Onder de as: vierkantjes zijn maatregelen." in line.notes


def test_a_decision_differs_from_a_measure_without_colour(drawn):
    _, root = drawn(measure(2015), Mark(sort=Sort.DECISION, label="afbouwen", start=date(2015, 1, 1)))
    first, second = shapes(root)
    assert first.find(f"{SVG}path").get("d") != second.find(f"{SVG}path").get("d")
    assert first.get("y") != second.get("y")


def test_forty_measures_become_few_marks_with_numbers_and_none_is_lost(drawn):
    many = [measure(2015 + place // 12, f"Maatregel {place}", month=place % 12 + 1) for place in range(40)]
    _, root = drawn(*many)
    found = shapes(root)
    assert len(found) < 15
    counts = [int(one.find(f"{SVG}text").text) if one.find(f"{SVG}text") is not None else 1 for one in found]
    assert sum(counts) == 40
    assert "maatregelen: Maatregel 0" in found[0].find(f"{SVG}title").text
    assert "en nog 36" in root.find(f"{SVG}desc").text


def test_what_lies_outside_the_years_is_counted_and_not_drawn(drawn):
    line, root = drawn(measure(1990), measure(2015))
    assert len(shapes(root)) == 1
    assert any(note.startswith("1 ervan begon") for note in line.notes)


def test_a_label_cannot_break_out_of_the_picture(drawn):
    _, root = drawn(measure(2015, "<script>&"))
    assert shapes(root)[0].find(f"{SVG}title").text.startswith("<script>&")
