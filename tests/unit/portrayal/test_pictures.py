import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from wijkpeil.domain.comparator import Comparator
from wijkpeil.portrayal import gapline, spine
from wijkpeil.portrayal.reading import Reading
from wijkpeil.portrayal.svg import element

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def reading_of(about):
    return {reading.indicator.id: reading for reading in about.readings}


def drawn(markup: str) -> ElementTree.Element:
    return ElementTree.fromstring(markup)


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if name in one.get("class", "").split()]


def heights_of(paths: list[ElementTree.Element]) -> list[float]:
    """The places down of every dot or stroke of a path."""
    return [float(y) for path in paths for y in re.findall(r"M[\d.-]+ ([\d.-]+)[hv]", path.get("d"))]


def share(place: str) -> float:
    return float(place.removesuffix("%")) / 100


def strip(dutch, reading: Reading) -> ElementTree.Element:
    return drawn(spine.strip(dutch, reading, identity="s", around="de wijken van Leeuwarden").picture)


def test_text_in_a_picture_is_escaped():
    assert element("text", "<b>&", x='"') == '<text x="&#34;">&lt;b&gt;&amp;</text>'


def test_every_picture_has_a_title_a_description_and_a_role(dutch, reading_of):
    pictures = [spine.strip(dutch, reading_of["huisgeld"], identity="s", around="x").picture]
    pictures.append(gapline.line(dutch, reading_of["huisgeld"], "rest_of_city", identity="g").picture)
    for root in map(drawn, pictures):
        labels = root.get("aria-labelledby").split()
        assert root.get("role") == "img"
        assert [one.get("id") for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")] == labels
        assert all(one.text for one in root if one.get("id") in labels)


def test_the_good_side_is_on_the_right_whichever_way_is_better(dutch, reading_of):
    lower, higher = strip(dutch, reading_of["rondkomen"]), strip(dutch, reading_of["woz_waarde"])
    for root in (lower, higher):
        here, rest = of_class(root, "here")[0], of_class(root, "rest-line")[0]
        assert share(here.get("cx")) < share(rest.get("x1"))


def test_everything_drawn_lies_inside_the_strip(dutch, about):
    for reading in about.readings:
        made = spine.strip(dutch, reading, identity="s", around="x")
        places = re.findall(r'(?:cx|x1|x2|x)="([\d.-]+)%"', made.picture) if made else []
        places += (
            re.findall(r"M([\d.-]+) ", " ".join(re.findall(r'd="(M.*?)" class="tick"', made.picture))) if made else []
        )
        assert all(0 <= float(place) <= 100 for place in places)


def test_a_dot_without_a_known_margin_is_hollow_and_one_with_it_is_graded(dutch, reading_of):
    modelled, counted = strip(dutch, reading_of["rondkomen"]), strip(dutch, reading_of["huisgeld"])
    assert of_class(modelled, "hollow")
    assert not of_class(modelled, "grade-95")
    assert not of_class(counted, "hollow")
    widths = [share(of_class(counted, name)[0].get("width")) for name in ("grade-95", "grade-80", "grade-50")]
    assert widths == sorted(widths, reverse=True)


def test_every_neighbourhood_of_the_city_is_a_tick(dutch, reading_of, imagined):
    reading = reading_of["huisgeld"]
    assert len(reading.peers) == len(imagined._PEERS) + 1
    ticks = heights_of(of_class(strip(dutch, reading), "tick"))
    assert len(ticks) == len({round(peer, 9) for peer in reading.peers})


def test_the_middle_half_needs_four_neighbourhoods():
    assert spine.middle_half((1.0, 2.0, 3.0)) is None
    assert spine.middle_half((1.0, 2.0, 3.0, 4.0, 5.0)) == (2.0, 4.0)


def test_an_absent_figure_has_no_picture(dutch, reading_of):
    assert spine.strip(dutch, reading_of["schulden"], identity="s", around="x") is None


def test_a_count_is_not_set_beside_a_whole_city(dutch, reading_of):
    root = strip(dutch, reading_of["inwoners"])
    assert not of_class(root, "rest-line")


def test_behind_lies_under_the_zero_line_and_ahead_above_it(dutch, reading_of):
    root = drawn(gapline.line(dutch, reading_of["woz_waarde"], "rest_of_city", identity="g").picture)
    zero = float(of_class(root, "zero")[0].get("y1"))
    below = heights_of(of_class(root, "dot"))
    assert len(below) == len(reading_of["woz_waarde"].present)
    assert all(height > zero for height in below)
    root = drawn(gapline.line(dutch, reading_of["woz_waarde"], "look_alikes", identity="g").picture)
    assert all(height < zero for height in heights_of(of_class(root, "dot")))


def test_a_break_cuts_the_line_and_is_told(dutch, reading_of, imagined):
    reading = reading_of["bijstand"]
    line = gapline.line(dutch, reading, "rest_of_city", identity="g")
    parts = gapline.segments(reading, reading.gaps("rest_of_city"))
    assert [[figure.period for figure, _ in part] for part in parts] == [[2006, 2010, 2014], [2018, 2019]]
    assert len(of_class(drawn(line.picture), "line")) == 2
    assert of_class(drawn(line.picture), "break")
    assert any(str(imagined.BREAK_YEAR) in note and "jongeren" in note for note in line.notes)


def test_an_absent_period_between_two_others_cuts_the_line(dutch, reading_of):
    whole = reading_of["huisgeld"]
    absent = next(figure for figure in whole.figures if not figure.is_present)
    holed = Reading(
        indicator=whole.indicator,
        figures=tuple(absent if figure.period == 2016 else figure for figure in whole.figures if figure is not absent),
    )
    moved = Reading(indicator=whole.indicator, figures=(holed.figures[0], _at(absent, 2016), *holed.figures[2:]))
    parts = gapline.segments(moved, moved.gaps("rest_of_city"))
    assert [[figure.period for figure, _ in part] for part in parts] == [[2014], [2018, 2020]]


def test_one_period_makes_no_line(dutch, reading_of):
    for comparator in (Comparator.REST_OF_CITY, Comparator.LOOK_ALIKES):
        assert gapline.line(dutch, reading_of["inbraken"], comparator.value, identity="g") is None


def test_the_band_is_there_only_with_a_margin(dutch, reading_of):
    with_margin = gapline.line(dutch, reading_of["huisgeld"], "rest_of_city", identity="g").picture
    without = gapline.line(dutch, reading_of["rondkomen"], "rest_of_city", identity="g").picture
    assert of_class(drawn(with_margin), "band")
    assert not of_class(drawn(without), "band")
    assert not of_class(drawn(with_margin), "hollow")
    assert heights_of(of_class(drawn(without), "hollow")) == heights_of(of_class(drawn(without), "dot"))


def test_years_under_the_axis_never_run_into_each_other(dutch, about):
    for reading in about.readings:
        line = gapline.line(dutch, reading, "rest_of_city", identity="g")
        if line:
            years = [share(one.get("x")) for one in drawn(line.picture).iter(f"{SVG}text") if not one.get("class")]
            assert all(after - before > 0.15 for before, after in pairwise(years))


def test_the_start_of_the_programme_is_marked_only_inside_the_picture(dutch, reading_of):
    inside = gapline.line(dutch, reading_of["woz_waarde"], "rest_of_city", identity="g", start=2007)
    outside = gapline.line(dutch, reading_of["rondkomen"], "rest_of_city", identity="g", start=2007)
    assert of_class(drawn(inside.picture), "start")
    assert not of_class(drawn(outside.picture), "start")
    assert not outside.notes


def _at(figure, period: int):
    return type(figure)(**{**figure.__dict__, "period": period})


def test_a_long_line_is_described_by_its_ends_and_its_extremes_and_a_short_one_year_by_year(dutch, reading_of):
    reading = reading_of["huisgeld"]
    points = list(reading.gaps("rest_of_city"))
    figure, beside = points[0]
    gaps = [-0.10, -0.11, -0.12, -0.30, -0.13, -0.12, -0.02, -0.12, -0.11, -0.12]
    long = [
        (_at(figure, 2005 + place), type(beside)(**{**beside.__dict__, "gap": gap})) for place, gap in enumerate(gaps)
    ]
    told = gapline.description(dutch, reading, long)
    assert [int(year) for year in re.findall(r"(\d{4}):", told)] == [2005, 2008, 2011, 2014]
    assert len(re.findall(r"\d{4}:", gapline.description(dutch, reading, points))) == len(points)
